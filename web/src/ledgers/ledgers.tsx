// Statistics of all matters by kind and state; every number opens to its records.

import { Button, Card, Table } from "antd";
import { Link } from "react-router";
import { type Counted, useCounts, useMachines } from "../api/matters";
import { useMe } from "../api/session";
import { count, yuan } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { machineTitle } from "../parts/paths";
import { Empty, now } from "../parts/states";

const LISTS: Record<string, string> = {
  clue: "/clues",
  case: "/cases",
  transfer: "/transfers",
  complaint: "/field?tab=complaint",
  inspection: "/field?tab=inspection",
  self_check: "/self-checks",
  referral: "/joint?tab=referral",
  meeting: "/joint?tab=meeting",
  listed_supervision: "/joint?tab=listed_supervision",
  report: "/joint?tab=report",
  agreement: "/measures?tab=agreement",
  points: "/measures?tab=points",
  person_measure: "/measures?tab=person_measure",
  sanction: "/measures?tab=sanction",
  summary_penalty: "/measures?tab=summary_penalty",
  trace_plan: "/measures?tab=trace_plan",
};

function States({ machine }: { machine: string }) {
  const counts = useCounts({ by: "state", machine });
  const known = useMachines().data?.find((one) => one.id === machine);
  const me = useMe();
  const to = (state: string) => {
    const list = LISTS[machine];
    return list ? `${list}${list.includes("?") ? "&" : "?"}state=${state}` : undefined;
  };
  return (
    <Table<Counted>
      size="small"
      rowKey="value"
      loading={counts.isPending}
      pagination={false}
      dataSource={counts.data ?? []}
      columns={[
        {
          title: "环节",
          dataIndex: "value",
          render: (state: string) => {
            const title = known?.states.find((one) => one.id === state)?.title ?? state;
            const path = to(state);
            return path && me.role !== "statistics" ? <Link to={path}>{title}</Link> : title;
          },
        },
        { title: "件数", dataIndex: "count", align: "right", render: count },
        { title: "逾期", dataIndex: "overdue", align: "right", render: count },
        { title: "金额（元）", dataIndex: "amount", align: "right", render: yuan },
      ]}
    />
  );
}

export function Ledgers() {
  const counts = useCounts({ by: "machine" });
  const me = useMe();
  return (
    <div className="screen">
      <div className="title">
        <h1>台账与统计</h1>
        <span className="hint">截至 {moment(now())}，本人查阅范围</span>
        <span className="grow" />
        <Button className="noprint" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      <Card size="small" title="各类事项">
        <Table<Counted>
          size="small"
          rowKey="value"
          loading={counts.isPending}
          pagination={false}
          dataSource={counts.data ?? []}
          locale={{ emptyText: <Empty title="还没有事项" /> }}
          expandable={{ expandedRowRender: (row) => <States machine={row.value} /> }}
          columns={[
            {
              title: "类别",
              dataIndex: "value",
              render: (machine: string) => {
                const path = LISTS[machine];
                return path && me.role !== "statistics" ? (
                  <Link to={path}>{machineTitle(machine)}</Link>
                ) : (
                  machineTitle(machine)
                );
              },
            },
            { title: "件数", dataIndex: "count", align: "right", render: count },
            { title: "已办结", dataIndex: "ended", align: "right", render: count },
            {
              title: "逾期未办",
              dataIndex: "overdue",
              align: "right",
              render: (value: number) => (value > 0 ? <span className="late">⚠ {count(value)}</span> : 0),
            },
            { title: "金额（元）", dataIndex: "amount", align: "right", render: yuan },
          ]}
        />
      </Card>
    </div>
  );
}
