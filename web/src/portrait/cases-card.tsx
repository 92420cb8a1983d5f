// Cases about somebody: how each stands or ended, and the money of it.

import { Card, Table } from "antd";
import { Link } from "react-router";
import type { Heading } from "../api/client";
import { useCounts } from "../api/matters";
import { shortYuan, yuan } from "../format/money";
import { day } from "../format/time";
import { pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";

interface Props {
  items: Heading[];
  states: Map<string, string>;
  /** Code of the institution, where it is one: then what its cases found and recovered is known. */
  institution?: string | undefined;
}

export function Cases({ items, states, institution }: Props) {
  const cases = items.filter((one) => one.machine === "case");
  const counts = useCounts(
    institution ? { by: "machine", machine: "case", institution } : { by: "machine", machine: "case" },
    Boolean(institution) && cases.length > 0,
  );
  if (cases.length === 0) return null;
  const [sum] = institution ? (counts.data ?? []) : [];
  return (
    <Card size="small" title={`办过的案件（${cases.length}）`}>
      {sum && (
        <p>
          金额合计 {shortYuan(sum.amount)}，追回 {shortYuan(sum.recovered)}；已办结 {sum.ended} 件。
        </p>
      )}
      <Table<Heading>
        size="small"
        rowKey="id"
        dataSource={cases}
        pagination={cases.length > 10 && { pageSize: 10, size: "small", showSizeChanger: false }}
        columns={[
          {
            title: "案件",
            dataIndex: "title",
            render: (title: string, one) => <Link to={pathOf(one)}>{title}</Link>,
          },
          {
            title: "结果",
            dataIndex: "state",
            render: (state: string) => <Sign>{states.get(`case.${state}`) ?? state}</Sign>,
          },
          {
            title: "金额（元）",
            dataIndex: "amount",
            align: "right",
            render: (amount: number) => (amount > 0 ? yuan(amount) : "—"),
          },
          { title: "开始", dataIndex: "begun", render: day },
          {
            title: "办结",
            dataIndex: "ended",
            render: (ended?: number | null) => (ended ? day(ended) : "未办结"),
          },
        ]}
      />
      <p className="hint">金额是决定认定的基金损失；还没有决定的，是线索涉及的金额。</p>
    </Card>
  );
}
