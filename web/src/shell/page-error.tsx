// What is shown where a screen itself fails: that nothing was submitted, and the way on.

import { Button, Result } from "antd";
import { useRouteError } from "react-router";

export function PageError() {
  const error = useRouteError();
  const stale = error instanceof Error && /import|chunk|module/i.test(error.message);
  return (
    <Result
      status="warning"
      title={stale ? "工作台已更新" : "页面出错"}
      subTitle={
        stale
          ? "请重新载入页面，使用新的版本。"
          : "没有提交任何内容。请重新载入页面；仍出错的，告知系统管理员。"
      }
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          重新载入
        </Button>
      }
    />
  );
}
