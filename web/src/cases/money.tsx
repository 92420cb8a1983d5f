// The four kinds of money of a case, never mixed: what was decided, what came in, what is still owed, to which account.

import { Table } from "antd";
import type { Facts } from "../api/facts";
import { yuan } from "../format/money";
import { type MoneyKind, WORDS } from "../words/generated";

const OF: Record<MoneyKind, "returned" | "fined" | "damages" | "refused"> = {
  returned: "returned",
  fined: "fined",
  agreement_damages: "damages",
  refused: "refused",
};
const TO: Record<MoneyKind, string> = {
  returned: WORDS.Account.fund,
  fined: WORDS.Account.treasury,
  agreement_damages: WORDS.Account.agreement,
  refused: WORDS.Account.unpaid,
};

export interface MoneyRow {
  kind: MoneyKind;
  decided: number;
  paid: number;
  owed: number;
}

/** What was decided, paid and is owed of each kind. What was refused was never paid, so nothing is owed of it. */
export function moneyOf({ decision, payments }: Pick<Facts, "decision" | "payments">): MoneyRow[] {
  return (Object.keys(OF) as MoneyKind[]).map((kind) => {
    const decided = (decision?.items ?? []).reduce((sum, item) => sum + (item.proposal?.[OF[kind]] ?? 0), 0);
    const paid = (payments ?? [])
      .filter((one) => one.kind === kind)
      .reduce((sum, one) => sum + one.amount, 0);
    return { kind, decided, paid, owed: kind === "refused" ? 0 : Math.max(0, decided - paid) };
  });
}

export function Money({ facts }: { facts: Facts }) {
  return (
    <div className="stack">
      <Table<MoneyRow>
        size="small"
        rowKey="kind"
        pagination={false}
        dataSource={moneyOf(facts)}
        columns={[
          { title: "款项", dataIndex: "kind", render: (kind: MoneyKind) => WORDS.MoneyKind[kind] },
          { title: "去向", dataIndex: "kind", key: "to", render: (kind: MoneyKind) => TO[kind] },
          { title: "决定（元）", dataIndex: "decided", align: "right", render: yuan },
          { title: "已到账（元）", dataIndex: "paid", align: "right", render: yuan },
          {
            title: "尚欠（元）",
            dataIndex: "owed",
            align: "right",
            render: (owed: number) =>
              owed > 0 ? <strong className="near">{yuan(owed)}</strong> : yuan(owed),
          },
        ]}
      />
      {(facts.payments ?? []).length > 0 && (
        <Table
          size="small"
          title={() => "到账记录"}
          rowKey={(row) => row.voucher + row.kind}
          pagination={false}
          dataSource={facts.payments ?? []}
          columns={[
            { title: "款项", dataIndex: "kind", render: (kind: MoneyKind) => WORDS.MoneyKind[kind] },
            {
              title: "收款账户",
              dataIndex: "account",
              render: (account: keyof typeof WORDS.Account) => WORDS.Account[account],
            },
            { title: "金额（元）", dataIndex: "amount", align: "right", render: yuan },
            { title: "银行凭证号", dataIndex: "voucher" },
          ]}
        />
      )}
    </div>
  );
}
