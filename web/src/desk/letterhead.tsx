// What an office writes on all of its papers: address, accounts, where to appeal, the published names of its officers.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, Form, Input, Space } from "antd";
import { useState } from "react";
import { useUnsaved } from "../acts/unsaved";
import { api, newKey, type Schemas, told } from "../api/client";
import { useMe } from "../api/session";
import { Failure } from "../parts/failure";
import { Loading } from "../parts/states";

type Letterhead = Schemas["Letterhead"];
type Filled = Omit<Letterhead, "names"> & { officers: { key: string; name: string }[] };

const LINES: [Exclude<keyof Letterhead, "names">, string, string][] = [
  ["place", "文号前的地名简称", "如“示”；至多十个字"],
  ["unit", "承办科室", ""],
  ["address", "地址", ""],
  ["contact", "联系人", "按本单位公布的"],
  ["phone", "联系电话", ""],
  ["reconsideration", "行政复议机关", ""],
  ["court", "有管辖权的人民法院", ""],
  ["bank", "罚款代收银行", ""],
  ["fine_account", "罚款缴款账户", ""],
  ["fund_account", "退回基金的账户", ""],
];

export function LetterheadForm() {
  const found = useQuery({ queryKey: ["letterhead"], queryFn: () => told(api.GET("/api/v1/letterhead")) });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="文书抬头" />;
  return <Filled key={found.data.version} view={found.data} />;
}

function Filled({ view }: { view: Schemas["LetterheadView"] }) {
  const me = useMe();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const may = me.role === "head";
  const set = useMutation({
    mutationFn: ({ officers, ...lines }: Filled) =>
      told(
        api.PUT("/api/v1/letterhead", {
          headers: { "Idempotency-Key": newKey() },
          body: {
            version: view.version,
            letterhead: {
              ...lines,
              names: Object.fromEntries((officers ?? []).map((one) => [one.key.trim(), one.name.trim()])),
            },
          },
        }),
      ),
    onSuccess: async () => {
      setDirty(false);
      message.success("已保存；以后出具的文书按此填写，已出具的不变");
      await queries.invalidateQueries({ queryKey: ["letterhead"] });
    },
  });
  const officers = Object.entries(view.letterhead.names ?? {}).map(([key, name]) => ({ key, name }));
  return (
    <Form<Filled>
      layout="vertical"
      disabled={!may}
      initialValues={{ ...view.letterhead, officers }}
      onValuesChange={() => setDirty(true)}
      onFinish={(values) => set.mutate(values)}
      aria-label="文书抬头"
    >
      <p className="hint">
        本单位出具的文书都从这里取这些内容；没有填的，出具时逐份填写。
        {may ? "" : "由主要负责人设置，这里只能查看。"}
      </p>
      <Card size="small" title="单位">
        <div className="two">
          {LINES.map(([name, label, hint]) => (
            <Form.Item key={name} name={name} label={label} extra={hint || undefined}>
              <Input maxLength={name === "place" ? 10 : 200} />
            </Form.Item>
          ))}
        </div>
      </Card>
      <Card size="small" title="执法人员姓名（按本单位公布的）">
        <Form.List name="officers">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <Space key={row.key} align="baseline" wrap>
                  <Form.Item
                    name={[row.name, "key"]}
                    label="执法证号或者账号"
                    rules={[{ required: true, message: "请填写执法证号或者账号" }]}
                  >
                    <Input maxLength={60} />
                  </Form.Item>
                  <Form.Item
                    name={[row.name, "name"]}
                    label="姓名"
                    rules={[{ required: true, message: "请填写姓名" }]}
                  >
                    <Input maxLength={60} />
                  </Form.Item>
                  <Button onClick={() => remove(row.name)}>删去</Button>
                </Space>
              ))}
              <div>
                <Button onClick={() => add({ key: "", name: "" })}>增加一人</Button>
              </div>
            </>
          )}
        </Form.List>
      </Card>
      <Failure error={set.error} />
      {may && (
        <div className="closing">
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            保存
          </Button>
        </div>
      )}
    </Form>
  );
}
