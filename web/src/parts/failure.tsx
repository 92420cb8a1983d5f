// How any refusal is shown: what is wrong, every condition of the law that is not met, what to do next.

import { Alert, Button, Result } from "antd";
import { useEffect, useRef } from "react";
import { asApiError } from "../api/client";

/** A refusal beside what was tried. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  // A refusal at the end of a long form is brought before the eyes.
  useEffect(() => {
    if (error) place.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  if (!error) return null;
  const { body, request, status } = asApiError(error);
  const guards = body.guards ?? [];
  return (
    <div ref={place}>
      <Alert
        type={status >= 500 || status === 0 ? "error" : "warning"}
        showIcon
        role="alert"
        title={body.message}
        description={
          <>
            {guards.length > 0 && (
              <ul className="plainlist">
                {guards.map((guard) => (
                  <li key={guard.code + guard.message}>
                    {guard.message}
                    {guard.basis && <span className="hint">（{guard.basis}）</span>}
                    {guard.next && <div className="hint">怎么办：{guard.next}</div>}
                  </li>
                ))}
              </ul>
            )}
            {guards.length === 0 && <div>怎么办：{body.next}</div>}
            {status >= 500 && request && <div className="hint">请求编号：{request}</div>}
          </>
        }
        action={
          onRetry ? (
            <Button size="small" onClick={onRetry}>
              重试
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}

/** A whole screen that could not be read. */
export function FailedScreen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { body, status } = asApiError(error);
  return (
    <div className="screen">
      <Result
        status={status === 404 || status === 403 ? "info" : "warning"}
        title={body.message}
        subTitle={body.next}
        extra={status !== 403 && <Button onClick={onRetry}>重试</Button>}
      />
    </div>
  );
}
