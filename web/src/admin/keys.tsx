// Keys of sealed personal data: which seals, what waits, and a new one while everything goes on.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Descriptions, Progress, Space } from "antd";
import { useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { count } from "../format/money";
import { moment } from "../format/time";
import { Because } from "../parts/because";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Loading } from "../parts/states";

type Vault = Schemas["KeysView"];

/** How often a rotation that runs is looked after, in milliseconds. */
const LOOK = 1000;

const runs = (vault: Vault) => vault.rotation?.state === "running";

export function Keys() {
  const found = useQuery({
    queryKey: ["keys"],
    queryFn: () => told(api.GET("/api/v1/keys")),
    refetchInterval: ({ state }) => (state.data?.some(runs) ? LOOK : false),
  });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="密钥情况" />;
  return (
    <div className="stack">
      <p className="hint">
        个人信息和举报人身份分别以各自的密钥加密保存。更换密钥时系统照常使用：先启用新密钥，再分批把已有的数据用新密钥重新加密；中途停机的，再次更换时从中断处继续。密钥本身不在本页显示，也不进入备份。
      </p>
      <div className="two">
        {found.data.map((vault) => (
          <Ring key={vault.vault} vault={vault} />
        ))}
      </div>
    </div>
  );
}

function Ring({ vault }: { vault: Vault }) {
  const [asking, setAsking] = useState(false);
  const all = vault.keys.reduce((sum, key) => sum + key.values, 0);
  // What an earlier rotation left undone.
  const broken = vault.waiting > 0 && !runs(vault);
  return (
    <Card
      size="small"
      title={vault.title}
      extra={
        <Button size="small" disabled={runs(vault)} onClick={() => setAsking(true)}>
          {broken ? "继续更换" : "更换密钥"}
        </Button>
      }
    >
      <div className="stack" aria-live="polite">
        <Descriptions
          size="small"
          column={1}
          items={[
            {
              key: "current",
              label: "现用密钥",
              children: vault.current ? <span className="code">{vault.current}</span> : "尚未加密过数据",
            },
            { key: "all", label: "已加密", children: `${count(all)} 项` },
            {
              key: "keys",
              label: "各密钥",
              children: vault.keys.length ? (
                <Space wrap>
                  {vault.keys.map((key) => (
                    <span key={key.id}>
                      <span className="code">{key.id}</span> {count(key.values)} 项{" "}
                      {key.id !== vault.current && <Sign tone="gold">待重新加密</Sign>}
                    </span>
                  ))}
                </Space>
              ) : (
                "—"
              ),
            },
            {
              key: "source",
              label: "密钥来源",
              children: vault.makes_key
                ? "本机密钥文件，更换时自动生成新密钥"
                : "密钥服务，更换前须先在密钥服务中备好新密钥",
            },
          ]}
        />
        {broken && (
          <Alert
            type="warning"
            showIcon
            title={`有 ${count(vault.waiting)} 项仍以旧密钥加密`}
            description="上次更换没有做完，数据不受影响；点“继续更换”从中断处继续，不会再生成新密钥。"
          />
        )}
        {vault.rotation && <Came rotation={vault.rotation} vault={vault} />}
      </div>
      {asking && <Ask vault={vault} broken={broken} onClose={() => setAsking(false)} />}
    </Card>
  );
}

function Came({ rotation, vault }: { rotation: NonNullable<Vault["rotation"]>; vault: Vault }) {
  const percent = rotation.of > 0 ? Math.floor((rotation.done / rotation.of) * 100) : 0;
  if (rotation.state === "running") {
    return (
      <Progress
        percent={percent}
        status="active"
        aria-label={`${vault.title}更换密钥的进度`}
        format={() => `${count(rotation.done)} / ${count(rotation.of)}`}
      />
    );
  }
  const who = `${rotation.account}，${moment(rotation.begun)}`;
  if (rotation.state === "failed") {
    return (
      <Alert
        type="error"
        showIcon
        title={`更换没有做完（${who}）`}
        description="已重新加密的仍然有效，其余仍可用旧密钥打开。查看日志中的原因，处理后点“继续更换”。"
      />
    );
  }
  return (
    <Alert
      type="success"
      showIcon
      title={`已换用 ${rotation.key}，重新加密 ${count(rotation.of)} 项（${who}）`}
      description={
        vault.makes_key ? (
          <>
            旧密钥已不再使用。仍须用旧备份的，另行妥善保管旧密钥；移出旧密钥在服务器上执行{" "}
            <span className="code unbroken">mingcha vault retire {vault.vault} 旧密钥编号</span>。
          </>
        ) : (
          "旧密钥已不再使用；仍须用旧备份的，在密钥服务中保留旧密钥。"
        )
      }
    />
  );
}

function Ask({ vault, broken, onClose }: { vault: Vault; broken: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const rotate = useMutation({
    mutationFn: ({ why }: { why: string }) =>
      told(
        api.POST("/api/v1/keys/{id}/rotation", {
          params: { path: { id: vault.vault } },
          headers: { "Idempotency-Key": key },
          body: { why: why.trim() },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["keys"] });
      onClose();
    },
  });
  const title = `${broken ? "继续更换" : "更换"}${vault.title}的密钥`;
  return (
    <Because
      title={title}
      button={broken ? "继续更换" : "开始更换"}
      most={200}
      extra="如：密钥使用满一年"
      work={rotate}
      onClose={onClose}
    >
      <ul className="plainlist">
        {!broken && (
          <li>{vault.makes_key ? "生成一把新密钥，立即用于加密新的数据；" : "启用密钥服务中的现用密钥；"}</li>
        )}
        <li>把已有数据分批用新密钥重新加密，办案不受影响；</li>
        <li>旧密钥仍保留在密钥环中，直到由系统管理员移出；</li>
        <li>更换的人、时间和理由记入审计记录。</li>
      </ul>
    </Because>
  );
}
