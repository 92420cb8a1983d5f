// The people of a matter met with what departments delivered, by digest, for the matter's purpose; shown once, recorded first.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Form, Input, Modal, Table } from "antd";
import { useState } from "react";
import { Words } from "../acts/field";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { api, type Schemas, told } from "../api/client";
import type { DataPurpose, DeliveryKind, Met } from "../api/deliveries";
import { type Matter, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";
import { KINDS, PURPOSES, purposeOf } from "./words";

type Matched = Schemas["Matched"];

/** Stands on a matter for those who may; nothing for the others. */
export function MatchCard({ matter }: { matter: Matter }) {
  const me = useMe();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const purpose = purposeOf(me, matter);
  if (!purpose) return null;
  const close = () => {
    setAsking(false);
    void queries.invalidateQueries({ queryKey: ["history", matter.heading.id] });
  };
  return (
    <Card
      size="small"
      title="部门数据"
      extra={
        <Button size="small" onClick={() => setAsking(true)}>
          与部门数据比对
        </Button>
      }
    >
      <p className="hint">
        看公安、法院、检察、卫健等部门推送的死亡、出入境、羁押、工伤、就业数据里，有没有本事项中的人。按证件号码的摘要比对，每次都记入审计记录。
      </p>
      {asking && <Meeting matter={matter} purpose={purpose} onClose={close} />}
    </Card>
  );
}

function Meeting({
  matter,
  purpose,
  onClose,
}: {
  matter: Matter;
  purpose: DataPurpose;
  onClose: () => void;
}) {
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const close = useClosing(dirty, onClose);
  const meet = useMutation({
    // What is found stays behind nowhere.
    gcTime: 0,
    mutationFn: ({ kinds, why }: { kinds?: DeliveryKind[]; why: string }) => {
      const params = { path: { id: matter.heading.id } };
      const body = { kinds: kinds ?? [], purpose, why: why.trim() };
      return told(api.POST("/api/v1/matters/{id}/met-deliveries", { params, body }));
    },
    onSuccess: () => setDirty(false),
  });
  return (
    <Modal
      open
      title="与部门数据比对"
      footer={null}
      onCancel={close}
      mask={{ closable: false }}
      width={meet.data ? 760 : 560}
    >
      {meet.data ? (
        <Found met={meet.data} matter={matter} onClose={onClose} />
      ) : (
        <Form
          layout="vertical"
          aria-label="与部门数据比对"
          onValuesChange={() => setDirty(true)}
          onFinish={(values) => meet.mutate(values)}
        >
          <p>用途：{PURPOSES[purpose]}。只比对为此用途推送、还在使用期限内的数据。</p>
          <Form.Item name="kinds" label="比对哪些" extra="不选即全部">
            <Words words={KINDS} />
          </Form.Item>
          <Form.Item
            name="why"
            label="事由"
            extra="随比对留痕；不写姓名、证件号码和手机号码"
            rules={[{ required: true, whitespace: true, message: "请写明为什么需要比对" }]}
          >
            <Input.TextArea maxLength={180} rows={2} />
          </Form.Item>
          <Failure error={meet.error} />
          <Button type="primary" htmlType="submit" loading={meet.isPending}>
            比对
          </Button>
        </Form>
      )}
    </Modal>
  );
}

function Found({ met, matter, onClose }: { met: Met; matter: Matter; onClose: () => void }) {
  const names = useNames();
  const shown = new Map(matter.masked.map((one) => [one.token, one.shown]));
  return (
    <div className="stack">
      <Alert
        type={met.matches.length > 0 ? "warning" : "info"}
        showIcon
        role="status"
        title={
          met.people === 0
            ? "本事项没有登记证件号码的人，没有可以比对的"
            : `比对了 ${met.people} 个证件号码，相符的记录 ${met.matches.length} 条`
        }
        description={
          met.people === 0
            ? "先用“登记相关人员”登记证件号码，再比对。"
            : met.matches.length > 0
              ? "相符只说明部门数据中有此记录，是否违规须核实。关闭后不保存，再看须重新比对。"
              : "没有相符的，不等于没有发生：有的部门可能还没有推送，或者推送的用途不同、已经到期。"
        }
      />
      {met.people > 0 && (
        <Table<Matched>
          size="small"
          rowKey={(one) => `${one.token} ${one.kind} ${one.from} ${one.delivery}`}
          dataSource={met.matches}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="没有相符的记录" /> }}
          columns={[
            {
              title: "证件号码",
              dataIndex: "token",
              render: (token: string) => shown.get(token) ?? "关联事项中的人",
            },
            { title: "数据", dataIndex: "kind", render: (kind: DeliveryKind) => KINDS[kind] },
            { title: "起始日", dataIndex: "from" },
            { title: "终止日", dataIndex: "to", render: (to?: string | null) => to ?? "—" },
            { title: "推送单位", dataIndex: "organisation", render: names.organisation },
          ]}
        />
      )}
      <div className="closing">
        <Button type="primary" onClick={onClose}>
          看完，关闭
        </Button>
      </div>
    </div>
  );
}
