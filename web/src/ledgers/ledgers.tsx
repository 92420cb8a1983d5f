// Statistics of all matters by kind and state; every number opens to its records.

import { useQuery } from "@tanstack/react-query";
import { Button, Card, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, told } from "../api/client";
import { type Counted, useCounts, useMachines } from "../api/matters";
import { useMe } from "../api/session";
import { count, yuan } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { machineTitle } from "../parts/paths";
import { Empty, now } from "../parts/states";
import { LedgerTable } from "./table";

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
  const ledgers = useQuery({ queryKey: ["ledgers"], queryFn: () => told(api.GET("/api/v1/ledgers")) });
  const [chosen, setChosen] = useState<string>();
  const ledger = ledgers.data?.find((one) => one.id === chosen) ?? ledgers.data?.[0];
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
      <div className="stack">
        <Failure error={ledgers.error} onRetry={() => void ledgers.refetch()} />
        {ledger && (
          <Card
            size="small"
            title={ledger.title}
            extra={
              <Select
                aria-label="台账或统计表"
                value={ledger.id}
                onChange={setChosen}
                popupMatchSelectWidth={false}
                options={(ledgers.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
              />
            }
          >
            <LedgerTable key={ledger.id} ledger={ledger} />
          </Card>
        )}
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
    </div>
  );
}
