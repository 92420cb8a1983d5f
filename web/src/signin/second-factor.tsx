// Setting up one's second factor: a picture for the authenticator, the first code and the password once more.

import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useEffect } from "react";
import { renderSVG } from "uqr";
import { api, told } from "../api/client";
import { useSession } from "../api/session";
import { Failure } from "../parts/failure";
import { Loading } from "../parts/states";

interface Given {
  code: string;
  password: string;
}

/** The picture of an address, drawn here: nothing of the secret leaves this machine. */
function Picture({ address }: { address: string }) {
  const source = `data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(address))}`;
  return <img src={source} width={190} height={190} alt="动态口令二维码，用手机上的动态口令程序扫描" />;
}

export function SecondFactor() {
  const { refresh } = useSession();
  const { message } = App.useApp();
  const begin = useMutation({ mutationFn: () => told(api.POST("/api/v1/session/second-factor")) });
  const { mutate } = begin;
  useEffect(() => mutate(), [mutate]);
  const confirm = useMutation({
    mutationFn: ({ code, password }: Given) =>
      told(
        api.PUT("/api/v1/session/second-factor", {
          body: { pending: begin.data?.pending ?? "", code: code.trim(), password },
        }),
      ),
    onSuccess: async () => {
      message.success("动态口令已设置");
      await refresh();
    },
  });
  if (begin.error) return <Failure error={begin.error} onRetry={() => mutate()} />;
  if (!begin.data) return <Loading what="动态口令" rows={3} />;
  return (
    <>
      <Picture address={begin.data.address} />
      <p>
        用手机上的动态口令程序（TOTP）扫描；不能扫描的，手工输入密钥：
        <br />
        <span className="code" data-testid="secret">
          {begin.data.secret}
        </span>
      </p>
      <Form<Given> layout="vertical" requiredMark={false} onFinish={(given) => confirm.mutate(given)}>
        <Form.Item
          name="code"
          label="手机上显示的六位数字"
          rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: "请输入六位数字" }]}
        >
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
        </Form.Item>
        <Form.Item name="password" label="再输入一次口令" rules={[{ required: true, message: "请输入口令" }]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Failure error={confirm.error} />
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          确认设置
        </Button>
      </Form>
    </>
  );
}
