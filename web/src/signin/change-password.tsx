// Changing one's own password.

import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { api, told } from "../api/client";
import { useSession } from "../api/session";
import { Failure } from "../parts/failure";

interface Given {
  old: string;
  fresh: string;
  again: string;
}

export function ChangePassword({ onDone }: { onDone?: () => void }) {
  const { refresh } = useSession();
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: ({ old, fresh }: Given) =>
      told(api.PUT("/api/v1/session/password", { body: { old, new: fresh } })),
    onSuccess: async () => {
      message.success("口令已修改，其他地方的登录已全部退出");
      await refresh();
      onDone?.();
    },
  });
  return (
    <Form<Given> layout="vertical" requiredMark={false} onFinish={(given) => change.mutate(given)}>
      <Form.Item name="old" label="现在的口令" rules={[{ required: true, message: "请输入现在的口令" }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="fresh"
        label="新口令"
        extra="至少十二个字符；可以是几个词组成的一句话；不要用姓名、单位、生日和常见口令。"
        rules={[{ required: true, message: "请输入新口令" }]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label="再输入一次"
        dependencies={["fresh"]}
        rules={[
          { required: true, message: "请再输入一次新口令" },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue("fresh")
                ? Promise.resolve()
                : Promise.reject(new Error("两次输入不一致")),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Failure error={change.error} />
      <Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          修改口令
        </Button>
      </Form.Item>
    </Form>
  );
}
