// Fields that are lists of rows: opinions of a discussion, and the acts of a decision with their money.

import { Button, Card, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useMeasures } from "../api/law";
import { fenOf } from "../format/money";
import { MoneyField } from "./money-field";

const MONEY: [string, string][] = [
  ["loss", "基金损失（元）"],
  ["defrauded", "骗取金额（元）"],
  ["returned", "退回基金（元）"],
  ["fined", "罚款（元）"],
  ["damages", "违约金（元）"],
  ["refused", "拒付（元）"],
];

export const yuanRule = {
  validator: (_: unknown, value: string | undefined) =>
    !value?.trim() || fenOf(value) !== undefined
      ? Promise.resolve()
      : Promise.reject(new Error("写作元，至多两位小数，如 1234.50")),
};

export function Opinions({ name }: { name: string }) {
  return (
    <Form.List name={name} initialValue={[{}, {}]}>
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <Card size="small" key={row.key} className="row-card">
              <Form.Item
                name={[row.name, "who"]}
                label="参加人账号"
                rules={[{ required: true, message: "请填写参加人" }]}
              >
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item
                name={[row.name, "what"]}
                label="意见"
                rules={[{ required: true, message: "请填写意见" }]}
              >
                <Input.TextArea maxLength={4000} rows={2} />
              </Form.Item>
              <Button size="small" onClick={() => remove(row.name)}>
                删去此人
              </Button>
            </Card>
          ))}
          <Button onClick={() => add({})}>增加一人</Button>
        </>
      )}
    </Form.List>
  );
}

export function Proposals({ name }: { name: string }) {
  const measures = useMeasures().map(([value, label]) => ({ value, label }));
  return (
    <Form.List name={name} initialValue={[{}]}>
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <Card size="small" key={row.key}>
              <Form.Item
                name={[row.name, "measure"]}
                label="依据条款"
                rules={[{ required: true, message: "请选择条款" }]}
              >
                <Select
                  showSearch={{ optionFilterProp: "label" }}
                  options={measures}
                  popupMatchSelectWidth={false}
                />
              </Form.Item>
              <div className="tiles">
                {MONEY.map(([field, label]) => (
                  <Form.Item key={field} name={[row.name, field]} label={label} rules={[yuanRule]}>
                    <MoneyField />
                  </Form.Item>
                ))}
                <Form.Item name={[row.name, "suspension"]} label="暂停月数">
                  <InputNumber min={0} max={120} precision={0} style={{ width: "100%" }} />
                </Form.Item>
              </div>
              <Form.Item name={[row.name, "flags"]} label="情节">
                <Checkbox.Group
                  options={[
                    { value: "refused_to_correct", label: "拒不改正" },
                    { value: "serious", label: "后果严重" },
                    { value: "mitigated", label: "有减轻处罚情节" },
                  ]}
                />
              </Form.Item>
              <Button size="small" onClick={() => remove(row.name)}>
                删去此项
              </Button>
            </Card>
          ))}
          <Button onClick={() => add({})}>增加一项</Button>
        </>
      )}
    </Form.List>
  );
}
