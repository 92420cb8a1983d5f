// What must be done before anything else: change the first password, set up the second factor.

import { Button, Card, Steps } from "antd";
import { useMe, useSession } from "../api/session";
import { ChangePassword } from "./change-password";
import { SecondFactor } from "./second-factor";

export function FirstSteps() {
  const me = useMe();
  const { leave } = useSession();
  const steps = [
    { title: "修改初始口令", status: me.must_change_password ? ("process" as const) : ("finish" as const) },
    ...(me.must_set_second_factor
      ? [
          {
            title: "设置动态口令",
            status: me.must_change_password ? ("wait" as const) : ("process" as const),
          },
        ]
      : []),
  ];
  return (
    <main className="screen">
      <div className="title">
        <h1>首次使用：{me.account}</h1>
        <span className="grow" />
        <Button onClick={() => void leave()}>退出登录</Button>
      </div>
      <div className="two">
        <Card title={me.must_change_password ? "修改初始口令" : "设置动态口令"}>
          {me.must_change_password ? <ChangePassword /> : <SecondFactor />}
        </Card>
        <Card title="步骤">
          <Steps orientation="vertical" items={steps} />
          <p className="hint">完成后即可办理业务。口令由安全保密管理员发放的，发放人也不应再知道它。</p>
        </Card>
      </div>
    </main>
  );
}
