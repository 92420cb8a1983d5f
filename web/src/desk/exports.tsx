// Exports of personal data: one asks, another approves or refuses, the first takes it once within a time.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Select, Space, Table } from "antd";
import { useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { useKeyed } from "../api/keyed";
import { useMachines, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { moment } from "../format/time";
import { save } from "../matter/save";
import { Because } from "../parts/because";
import { Failure } from "../parts/failure";
import { machineTitle } from "../parts/paths";
import { Sign, type Tone } from "../parts/sign";
import { Empty, now } from "../parts/states";
import { Wide } from "../parts/wide";

type Export = Schemas["BulkExport"];
type Deciding = { one: Export; approved: boolean };

const STATES: Record<string, [string, Tone]> = {
  asked: ["待审批", "gold"],
  approved: ["已批准，待领取", "green"],
  refused: ["不批准", "red"],
  taken: ["已领取", "plain"],
};

/** Which matters were asked for, in words. */
function wordsOf({ query }: Export): string {
  const words = [query.machine ? machineTitle(query.machine) : "全部事项"];
  if (query.region) words.push(`地区 ${query.region}`);
  if (query.q) words.push(`标题含“${query.q}”`);
  if (query.ended === false) words.push("未办结");
  if (query.ended === true) words.push("已办结");
  return words.join("，");
}

export function Exports() {
  const me = useMe();
  const names = useNames();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [deciding, setDeciding] = useState<Deciding>();
  const found = useQuery({ queryKey: ["exports"], queryFn: () => told(api.GET("/api/v1/exports")) });
  const again = () => queries.invalidateQueries({ queryKey: ["exports"] });
  const take = useMutation({
    gcTime: 0,
    mutationFn: (id: string) =>
      told(
        api.POST("/api/v1/exports/{id}/download", {
          params: { path: { id } },
          headers: { "Idempotency-Key": newKey() },
          parseAs: "blob",
        }),
      ),
    onSuccess: async (bytes) => {
      save(bytes as unknown as Blob, "个人信息导出.csv");
      message.success("已领取；这份导出不能再次领取");
      await again();
    },
  });
  const late = (one: Export) => one.state === "approved" && (one.until ?? 0) < now();
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setAsking(true)}>
          申请导出
        </Button>
        <span className="hint">
          一人申请，另一人审批；批准后限时领取一次，文件带领取人、时间和记录号，每一步都留痕
        </span>
      </div>
      <Failure error={found.error ?? take.error} onRetry={() => void found.refetch()} />
      <Wide label="个人信息导出">
        <Table<Export>
          size="small"
          rowKey="id"
          loading={found.isPending}
          dataSource={found.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{
            emptyText: <Empty title="没有导出申请">您的申请，以及等您审批的申请，显示在这里。</Empty>,
          }}
          columns={[
            { title: "申请时间", dataIndex: "asked", render: moment },
            { title: "申请人", dataIndex: "asker", render: names.officer },
            { title: "范围", render: (_, one) => wordsOf(one) },
            { title: "事由", dataIndex: "purpose" },
            {
              title: "状态",
              dataIndex: "state",
              render: (state: string, one) => {
                const [word, tone] = late(one)
                  ? (["已过领取时限", "red"] as const)
                  : (STATES[state] ?? ([state, "plain"] as const));
                return <Sign tone={tone}>{word}</Sign>;
              },
            },
            {
              title: "审批人",
              dataIndex: "decider",
              render: (who?: string | null) => (who ? names.officer(who) : "—"),
            },
            { title: "领取时限", dataIndex: "until", render: moment },
            {
              title: "人数",
              dataIndex: "rows",
              align: "right",
              render: (rows?: number | null) => rows ?? "—",
            },
            {
              title: "操作",
              render: (_, one) => {
                if (one.state === "asked" && one.asker !== me.account) {
                  return (
                    <Space>
                      <Button size="small" onClick={() => setDeciding({ one, approved: true })}>
                        批准
                      </Button>
                      <Button size="small" onClick={() => setDeciding({ one, approved: false })}>
                        不批准
                      </Button>
                    </Space>
                  );
                }
                if (one.state === "approved" && one.asker === me.account && !late(one)) {
                  return (
                    <Button size="small" loading={take.isPending} onClick={() => take.mutate(one.id)}>
                      领取（仅一次）
                    </Button>
                  );
                }
                return "—";
              },
            },
          ]}
        />
      </Wide>
      {asking && <Asking onClose={() => setAsking(false)} onDone={again} />}
      {deciding && <Decide {...deciding} onClose={() => setDeciding(undefined)} onDone={again} />}
    </>
  );
}

function Asking({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const machines = useMachines().data ?? [];
  const ask = useMutation({
    mutationFn: (values: { machine: string; q?: string; ended?: string; purpose: string }) =>
      told(
        api.POST("/api/v1/exports", {
          headers: { "Idempotency-Key": newKey() },
          body: {
            purpose: values.purpose.trim(),
            query: {
              machine: values.machine,
              descending: false,
              ...(values.q?.trim() ? { q: values.q.trim() } : {}),
              ...(values.ended ? { ended: values.ended === "true" } : {}),
              // What is left out is not asked for.
            } as Schemas["Query"],
          },
        }),
      ),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <Modal open title="申请导出个人信息" footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form
        layout="vertical"
        initialValues={{ machine: "case" }}
        onFinish={(values) => ask.mutate(values)}
        aria-label="申请导出个人信息"
      >
        <Form.Item name="machine" label="哪类事项" rules={[{ required: true, message: "请选择" }]}>
          <Select options={machines.map((one) => ({ value: one.id, label: one.title }))} />
        </Form.Item>
        <Form.Item name="q" label="标题中的字" extra="不填即您可以打开个人信息的全部此类事项">
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="ended" label="办结">
          <Select
            allowClear
            options={[
              { value: "false", label: "未办结" },
              { value: "true", label: "已办结" },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="purpose"
          label="事由"
          extra="写明用途和依据；不写姓名、证件号码和手机号码"
          rules={[{ required: true, whitespace: true, message: "请写明事由" }]}
        >
          <Input.TextArea maxLength={200} rows={2} />
        </Form.Item>
        <Failure error={ask.error} />
        <Button type="primary" htmlType="submit" loading={ask.isPending}>
          提交申请
        </Button>
      </Form>
    </Modal>
  );
}

function Decide({
  one,
  approved,
  onClose,
  onDone,
}: Deciding & { onClose: () => void; onDone: () => Promise<void> }) {
  const names = useNames();
  const title = approved ? "批准导出" : "不批准导出";
  const keyOf = useKeyed();
  const decide = useMutation({
    mutationFn: ({ why }: { why: string }) => {
      const body = { why: why.trim() };
      const asked = {
        params: { path: { id: one.id } },
        headers: { "Idempotency-Key": keyOf([approved, body]) },
        body,
      };
      return told(
        approved
          ? api.POST("/api/v1/exports/{id}/approve", asked)
          : api.POST("/api/v1/exports/{id}/refuse", asked),
      );
    },
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <Because title={title} button={title} most={200} work={decide} onClose={onClose}>
      <p>
        {names.officer(one.asker)} 申请导出：{wordsOf(one)}。事由：{one.purpose}
      </p>
    </Because>
  );
}
