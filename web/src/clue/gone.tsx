// A part of a clue that cannot be drawn: what is gone, and what can be done.

import { Card } from "antd";
import { asApiError } from "../api/client";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";

interface Props {
  title: string;
  error: unknown;
  onRetry: () => void;
}

export function Gone({ title, error, onRetry }: Props) {
  const { body, status } = asApiError(error);
  return (
    <Card size="small" title={title}>
      {status === 404 ? (
        <Empty title={body.message}>{body.next}</Empty>
      ) : (
        <Failure error={error} onRetry={onRetry} />
      )}
    </Card>
  );
}
