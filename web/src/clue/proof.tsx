// The proof of a clue: its rule again over the same versions of data and library, compared byte by byte.

import { useMutation } from "@tanstack/react-query";
import { Button, Card } from "antd";
import { useState } from "react";
import { api, newKey, told } from "../api/client";
import { useJob } from "../api/lake";
import { JobCard } from "../data/job-card";
import { Failure } from "../parts/failure";

export function Proof({ matter }: { matter: string }) {
  const [job, setJob] = useState<string>();
  const followed = useJob(job);
  const verify = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/matters/{id}/verify", {
          params: { path: { id: matter } },
          headers: { "Idempotency-Key": newKey() },
        }),
      ),
    onSuccess: (asked) => setJob(asked.id),
  });
  return (
    <Card
      size="small"
      title="复核"
      extra={
        <Button size="small" loading={verify.isPending} onClick={() => verify.mutate()}>
          重新算一遍
        </Button>
      }
    >
      <div className="stack">
        {!job && (
          <p className="hint">用当时的数据版本和规则版本重新计算这条线索，逐字节比对，证明没有被改动。</p>
        )}
        <Failure error={verify.error ?? followed.error} />
        {followed.data && <JobCard job={followed.data} />}
      </div>
    </Card>
  );
}
