// What is shown where a screen itself fails: whether the server can be reached, that nothing was submitted, and the way on.

import { Button, Result } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useRouteError } from "react-router";
import { Loading } from "../parts/states";

/** Whether the server answers, itself and not a gateway before it. */
async function answers(): Promise<boolean> {
  try {
    return (await fetch("/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

const reload = () => window.location.reload();

export function PageError() {
  const error = useRouteError();
  const unread = error instanceof Error && /import|chunk|module|preload/i.test(error.message);
  if (unread) return <Unread />;
  return (
    <Failed
      title="页面出错"
      next="没有提交任何内容。请重新载入页面；仍出错的，告知系统管理员。"
      button="重新载入"
      onClick={reload}
    />
  );
}

/** A part of the workbench that could not be read: the connection is lost, or the workbench is another by now. */
function Unread() {
  const [reached, setReached] = useState<boolean>();
  const ask = useCallback(async () => {
    const answered = await answers();
    setReached(answered);
    return answered;
  }, []);
  useEffect(() => {
    void ask();
  }, [ask]);
  if (reached === undefined) return <Loading what="页面" />;
  if (reached) {
    return (
      <Failed title="工作台已更新" next="请重新载入页面，使用新的版本。" button="重新载入" onClick={reload} />
    );
  }
  // What failed to load is kept as failed: only the page anew reads it again, and only where that can succeed.
  return (
    <Failed
      title="与服务器的连接中断"
      next="这个页面没有打开，没有提交任何内容。网络恢复后点“重试”。"
      button="重试"
      onClick={() => void ask().then((answered) => answered && reload())}
    />
  );
}

function Failed({
  title,
  next,
  button,
  onClick,
}: {
  title: string;
  next: string;
  button: string;
  onClick: () => void;
}) {
  return (
    <Result
      status="warning"
      title={title}
      subTitle={next}
      extra={
        <Button type="primary" onClick={onClick}>
          {button}
        </Button>
      }
    />
  );
}
