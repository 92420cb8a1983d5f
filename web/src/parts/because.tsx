// A dialog that does something for a stated reason: what will happen, whatever else is asked, the reason, and why it was refused.

import { Button, Form, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { Failure } from "./failure";

export function Because<Given extends { why: string }>(dialog: {
  title: string;
  /** What the form is called, where that is not its title. */
  name?: string;
  /** The words on the button. */
  button: string;
  danger?: boolean;
  /** Most characters of the reason. */
  most: number;
  /** What must not stand in the reason. */
  extra?: string;
  work: { mutate: (given: Given) => void; isPending: boolean; error: unknown };
  onClose: () => void;
  children: ReactNode;
}) {
  const { title, name = title, button, danger = false, most, extra, work, onClose, children } = dialog;
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const close = useClosing(dirty, onClose);
  return (
    <Modal open title={title} footer={null} onCancel={close} mask={{ closable: false }}>
      <Form<Given>
        layout="vertical"
        aria-label={name}
        onValuesChange={() => setDirty(true)}
        onFinish={(given) => work.mutate(given)}
      >
        {children}
        <Form.Item
          name="why"
          label="理由"
          extra={extra}
          rules={[{ required: true, whitespace: true, message: "请写明理由" }]}
        >
          <Input.TextArea maxLength={most} rows={2} />
        </Form.Item>
        <Failure error={work.error} />
        <Button type="primary" htmlType="submit" danger={danger} loading={work.isPending}>
          {button}
        </Button>
      </Form>
    </Modal>
  );
}
