// The form to sign in: account and password, then the one-time code where the account has one.

import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useState } from "react";
import { api, asApiError, told } from "../api/client";
import { useSession } from "../api/session";
import { Failure } from "../parts/failure";

interface Given {
  account: string;
  password: string;
  code?: string;
}

export function SignInForm({ account }: { account?: string }) {
  const { enter } = useSession();
  const [form] = Form.useForm<Given>();
  const [asksCode, setAsksCode] = useState(false);
  const signIn = useMutation({
    mutationFn: ({ account, password, code }: Given) =>
      told(
        api.POST("/api/v1/session", {
          body: { account: account.trim(), password, code: code?.trim() || null },
        }),
      ),
    onSuccess: enter,
    onError: (error) => {
      const { code, field } = asApiError(error).body;
      if (code === "code_needed" || field === "code") {
        setAsksCode(true);
        form.setFieldValue("code", "");
        window.setTimeout(() => form.getFieldInstance("code")?.focus(), 50);
      }
    },
  });
  const asked = signIn.error && asApiError(signIn.error).body.code === "code_needed";
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ account: account ?? "" }}
      onFinish={(given) => signIn.mutate(given)}
    >
      <Form.Item name="account" label="账号" rules={[{ required: true, message: "请输入账号" }]}>
        <Input autoComplete="username" maxLength={64} autoFocus={!account} disabled={Boolean(account)} />
      </Form.Item>
      <Form.Item name="password" label="口令" rules={[{ required: true, message: "请输入口令" }]}>
        <Input.Password autoComplete="current-password" maxLength={200} autoFocus={Boolean(account)} />
      </Form.Item>
      {asksCode && (
        <Form.Item
          name="code"
          label="动态口令"
          rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: "请输入手机上的六位数字" }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
        </Form.Item>
      )}
      <Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={signIn.isPending}>
          {asksCode ? "验证并登录" : "登录"}
        </Button>
      </Form.Item>
      {!asked && <Failure error={signIn.error} />}
      {asked && <p role="status">口令正确，请输入手机上的六位动态口令。</p>}
    </Form>
  );
}
