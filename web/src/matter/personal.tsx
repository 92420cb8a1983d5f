// Personal data of a matter: masked; opened for a purpose, shown once, kept nowhere.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Checkbox, Descriptions, Form, Input, Modal, Select, Table } from "antd";
import { useState } from "react";
import { api, type Schemas, told } from "../api/client";
import type { Matter } from "../api/matters";
import { Failure } from "../parts/failure";

type Masked = Schemas["Masked"];

/** What personal data may be needed for. */
const PURPOSES = [
  "核对身份",
  "送达文书",
  "联系当事人或者参保人",
  "制作法律文书",
  "移送案件",
  "发放奖励",
  "答复举报人",
];
const INFORMANT: [keyof Schemas["InformantBody"], string][] = [
  ["name", "姓名"],
  ["certificate", "证件号码"],
  ["phone", "联系电话"],
  ["address", "地址"],
  ["account", "收款账户"],
];

interface Shown {
  key: string;
  label: string;
  value: string;
}

interface OpeningProps {
  title: string;
  /** What to choose from; nothing where there is one thing. */
  values?: Masked[];
  ask: (purpose: string, tokens: string[]) => Promise<Shown[]>;
  onClose: () => void;
}

/** What for, then the values, until the window is closed. */
function Opening({ title, values = [], ask, onClose }: OpeningProps) {
  const [form] = Form.useForm<{ purpose: string; why: string; tokens?: string[] }>();
  const opened = useMutation({
    // Nothing of what is opened stays behind in memory for later.
    gcTime: 0,
    mutationFn: ({ purpose, why, tokens }: { purpose: string; why: string; tokens?: string[] }) =>
      ask(`${purpose}：${why.trim()}`, tokens ?? []),
  });
  return (
    <Modal open title={title} footer={null} onCancel={onClose} mask={{ closable: false }} width={560}>
      {opened.data ? (
        <>
          <Alert
            type="warning"
            showIcon
            title="只显示这一次，关闭后须再次写明事由才能打开；请勿抄录、截屏外传"
          />
          <Descriptions
            bordered
            size="small"
            column={1}
            items={opened.data.map(({ key, label, value }) => ({
              key,
              label,
              children: <span className="opened">{value || "未填写"}</span>,
            }))}
          />
          <div className="closing">
            <Button type="primary" onClick={onClose}>
              看完，关闭
            </Button>
          </div>
        </>
      ) : (
        <Form form={form} layout="vertical" onFinish={(given) => opened.mutate(given)} aria-label={title}>
          <p className="hint">每次打开都记入审计记录，并计入每日限额。事由中不写姓名、证件号码和手机号码。</p>
          {values.length > 0 && (
            <Form.Item
              name="tokens"
              label="打开哪些"
              rules={[{ required: true, message: "请选择要打开的内容" }]}
            >
              <Checkbox.Group
                options={values.map((one) => ({ value: one.token, label: `${one.title} ${one.shown}` }))}
              />
            </Form.Item>
          )}
          <Form.Item name="purpose" label="目的" rules={[{ required: true, message: "请选择目的" }]}>
            <Select options={PURPOSES.map((value) => ({ value, label: value }))} />
          </Form.Item>
          <Form.Item
            name="why"
            label="事由"
            rules={[{ required: true, whitespace: true, message: "请写明为什么需要打开" }]}
          >
            <Input.TextArea maxLength={180} rows={2} />
          </Form.Item>
          <Failure error={opened.error} />
          <Button type="primary" htmlType="submit" loading={opened.isPending}>
            打开
          </Button>
        </Form>
      )}
    </Modal>
  );
}

export function PersonalCard({ matter }: { matter: Matter }) {
  const queries = useQueryClient();
  const [opening, setOpening] = useState<"people" | "informant">();
  const id = matter.heading.id;
  const informant = Boolean(matter.facts.complaint?.token);
  if (matter.masked.length === 0 && !informant) return null;
  const done = () => {
    setOpening(undefined);
    void queries.invalidateQueries({ queryKey: ["history", id] });
  };
  const open = async (purpose: string, tokens: string[]): Promise<Shown[]> => {
    const { values } = await told(api.POST("/api/v1/vault/open", { body: { matter: id, tokens, purpose } }));
    return values.map((one) => ({
      key: one.token,
      label: matter.masked.find((masked) => masked.token === one.token)?.title ?? one.kind,
      value: one.value,
    }));
  };
  const openInformant = async (purpose: string): Promise<Shown[]> => {
    const known = await told(api.POST("/api/v1/vault/informant", { body: { matter: id, purpose } }));
    return INFORMANT.map(([key, label]) => ({ key, label, value: known[key] }));
  };
  return (
    <Card
      size="small"
      title="个人信息（已密封）"
      extra={
        <>
          {matter.masked.length > 0 && (
            <Button size="small" onClick={() => setOpening("people")}>
              打开个人信息
            </Button>
          )}{" "}
          {informant && (
            <Button size="small" onClick={() => setOpening("informant")}>
              打开举报人身份
            </Button>
          )}
        </>
      }
    >
      {matter.masked.length > 0 ? (
        <Table<Masked>
          size="small"
          rowKey="token"
          pagination={false}
          dataSource={matter.masked}
          columns={[
            { title: "种类", dataIndex: "title" },
            { title: "可见部分", dataIndex: "shown" },
          ]}
        />
      ) : (
        <p className="hint">举报人信息另行密封，这里和任何列表、文书、导出中都不显示。</p>
      )}
      {opening === "people" && (
        <Opening title="打开个人信息" values={matter.masked} ask={open} onClose={done} />
      )}
      {opening === "informant" && <Opening title="打开举报人身份" ask={openInformant} onClose={done} />}
    </Card>
  );
}
