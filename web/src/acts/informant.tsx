// Who informed: taken down where a complaint is named, sealed by the server before anything is stored, shown nowhere afterwards.

import { Alert, Card, Form, Input } from "antd";

interface Props {
  name: string;
  label: string;
  parts: Record<string, string>;
}

export function Person({ name, label, parts }: Props) {
  const named = Form.useWatch("named");
  if (!named) return null;
  return (
    <Card size="small" title={label} className="row-card">
      <Alert
        type="info"
        showIcon
        title="以下内容一经提交即另行密封：不进入事项、列表和记录，只有受理人写明事由才能打开"
      />
      {Object.entries(parts).map(([part, title]) => (
        <Form.Item
          key={part}
          name={[name, part]}
          label={title}
          rules={part === "name" ? [{ required: true, whitespace: true, message: "实名举报须填写姓名" }] : []}
        >
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
      ))}
    </Card>
  );
}
