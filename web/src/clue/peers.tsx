// Where the institution or practitioner of a clue lies among its peers: the same rule, the same run.

import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions } from "antd";
import { useMemo } from "react";
import { api, type Schemas, told } from "../api/client";
import { count, shortYuan } from "../format/money";
import { barOption } from "../overview/options";
import { Chart } from "../parts/chart";
import { Gone } from "./gone";

type Found = Schemas["Peers"];

/** How many are drawn. */
const SHOWN = 10;

/** The first by money, and the own one wherever it lies. */
export function drawn({ peers, own }: Pick<Found, "peers" | "own">): [string, number][] {
  const first = peers.slice(0, SHOWN);
  const self = peers.find((peer) => peer.code === own);
  const all = self && !first.includes(self) ? [...first.slice(0, SHOWN - 1), self] : first;
  return all.map((peer) => [`${peer.code === own ? "▶ " : ""}${peer.name || peer.code}`, peer.amount]);
}

export function Peers({ matter }: { matter: string }) {
  const found = useQuery({
    queryKey: ["peers", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/peers", { params: { path: { id: matter } } })),
    retry: false,
  });
  const option = useMemo(() => found.data && barOption(drawn(found.data), "amount"), [found.data]);
  if (found.error)
    return <Gone title="与同类比较" error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || !option) return null;
  if (found.data.peers.length === 0) {
    return (
      <Card size="small" title="与同类比较">
        <p className="hint">没有可比的对象：只有机构和医药人员与同类比较，参保人和同行人群的线索不比较。</p>
      </Card>
    );
  }
  const { own, kind, peers, all, rank, findings, amount } = found.data;
  const self = peers.find((peer) => peer.code === own);
  return (
    <Card size="small" title={kind === "practitioner" ? "与同行比较" : "与同类机构比较"}>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: "own", label: "本对象", children: self?.name || own || "—" },
          {
            key: "rank",
            label: "位次",
            children: rank ? `第 ${rank} 位，共 ${count(all)} 家` : "没有可比的对象",
          },
          {
            key: "amount",
            label: "涉及基金",
            children: `${shortYuan(self?.amount ?? 0)}（中位 ${shortYuan(amount[0] ?? 0)}，九成不超过 ${shortYuan(amount[1] ?? 0)}）`,
          },
          {
            key: "findings",
            label: "疑点",
            children: `${count(self?.findings ?? 0)} 条（中位 ${count(findings[0] ?? 0)}，九成不超过 ${count(findings[1] ?? 0)}）`,
          },
        ]}
      />
      {peers.some((peer) => peer.amount !== 0) ? (
        <Chart option={option} label="同一规则下各对象涉及的基金，从多到少；▶ 为本对象" />
      ) : (
        <p className="hint">这条规则不计金额，或者各对象都没有涉及基金，只比较疑点条数。</p>
      )}
    </Card>
  );
}
