// Proving the chain of the trail, against an anchor that was kept elsewhere where there is one.

import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Space } from "antd";
import { useState } from "react";
import { api, newKey, told } from "../api/client";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { PickFiles } from "../parts/pick-files";

export function Proof() {
  const [anchors, setAnchors] = useState<{ name: string; value: Record<string, never> }[]>([]);
  const [unread, setUnread] = useState("");
  const proof = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/trail/verify", {
          headers: { "Idempotency-Key": newKey() },
          body: { anchors: anchors.map((anchor) => anchor.value) },
        }),
      ),
  });
  const read = async (chosen: File) => {
    try {
      const value = JSON.parse(await chosen.text()) as Record<string, never>;
      setAnchors((known) => [...known, { name: chosen.name, value }]);
      setUnread("");
    } catch {
      setUnread(`${chosen.name} 不是锚点文件`);
    }
  };
  return (
    <Card size="small" title="审计记录核验" style={{ maxWidth: 820 }}>
      <p>
        每条记录含上一条的 SM3
        摘要，任何一条被改、被删、被调换都会断链。把锚点存到系统之外，日后可以证明从那时起没有人重写过全部记录。
      </p>
      <Space wrap>
        <Button type="primary" loading={proof.isPending} onClick={() => proof.mutate()}>
          核验全部记录
        </Button>
        <Button href="/api/v1/trail/anchor" download="anchor.json">
          取锚点存到系统之外
        </Button>
        <PickFiles
          label="选择锚点文件"
          accept="application/json"
          onFiles={([chosen]) => chosen && read(chosen)}
        >
          选用保存的锚点{anchors.length ? `（已选 ${anchors.length}）` : ""}
        </PickFiles>
      </Space>
      {unread && <p className="late">{unread}</p>}
      <Failure error={proof.error} onRetry={() => proof.mutate()} />
      {proof.data && (
        <Alert
          showIcon
          className="found"
          role="status"
          type={proof.data.whole ? "success" : "error"}
          title={
            proof.data.whole
              ? `完整：核验 ${count(proof.data.records)} 条记录，没有发现改动`
              : `不完整：核验 ${count(proof.data.records)} 条记录`
          }
          description={
            proof.data.whole ? undefined : (
              <ul className="plainlist">
                {proof.data.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            )
          }
        />
      )}
    </Card>
  );
}
