// The way in by the site's own provider: the button, what it came back with, and the one-time code where that is still asked.

import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Divider, Form, Input } from "antd";
import { useState } from "react";
import { api, told } from "../api/client";
import { useSession } from "../api/session";
import { Failure } from "../parts/failure";

/** What a provider's word came to, where it opened no session; said by the server in the page's address. */
const CAME_TO: Record<string, string> = {
  refused: "未能登录：身份认证未通过，或者该人员没有可用的账号。请重试；仍不能登录的，请安全保密管理员处理。",
  "second-factor": "未能登录：该账号须经双因素认证。请在身份认证页面使用动态口令、证书等方式后重试。",
  unavailable: "统一身份认证暂时无法连接。请稍后重试，或者使用账号和口令登录。",
};

/** The button, where the site has a provider. */
export function ProviderDoor() {
  const [came] = useState(() => new URLSearchParams(window.location.search).get("oidc"));
  const ways = useQuery({ queryKey: ["ways"], queryFn: () => told(api.GET("/api/v1/session/ways")) });
  const provider = ways.data?.provider;
  if (!provider) return null;
  if (came === "code") return <OwnCode />;
  return (
    <>
      {came && CAME_TO[came] && <Alert type="warning" showIcon role="alert" title={CAME_TO[came]} />}
      <Button href="/api/v1/session/oidc" block size="large">
        {provider}登录
      </Button>
      <Divider plain>或者使用账号和口令</Divider>
    </>
  );
}

function OwnCode() {
  const { enter } = useSession();
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) =>
      told(api.POST("/api/v1/session/oidc", { body: { code: code.trim() } })),
    onSuccess: (me) => {
      window.history.replaceState(null, "", "/");
      enter(me);
    },
  });
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={(given) => confirm.mutate(given)}
    >
      <p role="status">身份认证已通过，请输入手机上的六位动态口令。</p>
      <Form.Item
        name="code"
        label="动态口令"
        rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: "请输入手机上的六位数字" }]}
      >
        <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} autoFocus />
      </Form.Item>
      <Form.Item>
        <Button type="primary" htmlType="submit" block size="large" loading={confirm.isPending}>
          验证并登录
        </Button>
      </Form.Item>
      <Failure error={confirm.error} />
      <Divider plain>或者使用账号和口令</Divider>
    </Form>
  );
}
