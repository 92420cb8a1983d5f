// The tiers of fines beside the decision: what each measure's tiers are, and in which of them the fines of the decision fall.

import { Collapse, Table } from "antd";
import type { Schemas } from "../api/client";
import { yuan } from "../format/money";

/** Basis points as a multiple: `1.2 倍`. */
export function timesOf(bp: number): string {
  return `${Number((bp / 10_000).toFixed(4))} 倍`;
}

/** The tiers of a scheme, those of the same measures together. */
export function tiersByMeasures(tiers: Schemas["TierBand"][]): { of: string; tiers: string }[] {
  const found = new Map<string, string[]>();
  for (const one of tiers) {
    const of = one.measures.join("、");
    const words = `${one.title} ${timesOf(one.least_bp)}至 ${timesOf(one.most_bp)}`;
    found.set(of, [...(found.get(of) ?? []), words]);
  }
  return [...found].map(([of, tiers]) => ({ of, tiers: tiers.join("，") }));
}

/** Where the fines of the decision fall. */
export function FineTiers({ fines }: { fines: Schemas["FineTier"][] }) {
  return (
    <Table<Schemas["FineTier"]>
      size="small"
      title={() => "罚款所在的裁量档次"}
      rowKey={(row) => `${row.measure} ${row.of} ${row.fined}`}
      pagination={false}
      dataSource={fines}
      columns={[
        { title: "条款", dataIndex: "article" },
        { title: "基数", dataIndex: "base" },
        { title: "基数金额（元）", dataIndex: "of", align: "right", render: yuan },
        { title: "罚款（元）", dataIndex: "fined", align: "right", render: yuan },
        { title: "倍数", dataIndex: "multiple_bp", align: "right", render: timesOf },
        {
          title: "档次",
          dataIndex: "tier",
          render: (tier?: string | null) => tier ?? "不在各档之内，须有减轻情节",
        },
      ]}
    />
  );
}

/** The tiers, for whoever is about to decide. */
export function Tiers({ discretion }: { discretion: Schemas["Discretion"] }) {
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: "tiers",
          label: "罚款的裁量档次",
          children: (
            <>
              <ul className="plainlist">
                {tiersByMeasures(discretion.tiers).map((row) => (
                  <li key={row.of}>
                    {row.of}：{row.tiers}
                  </li>
                ))}
              </ul>
              <p className="hint">
                {discretion.basis}；{discretion.note}
              </p>
            </>
          ),
        },
      ]}
    />
  );
}
