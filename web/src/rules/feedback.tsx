// What checking says of each version of each rule: how often it was right, and what that brought.

import { Progress, Table } from "antd";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { count, yuan } from "../format/money";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";
import { useFeedback, useRules } from "./questions";

type Row = Schemas["RuleFeedback"];

/** Confirmed of those that could be decided, in whole per cent; nothing where none was. */
export function share({ confirmed, refuted }: Pick<Row, "confirmed" | "refuted">): number | undefined {
  const decided = confirmed + refuted;
  return decided > 0 ? Math.floor((confirmed / decided) * 100) : undefined;
}

export function Feedback() {
  const found = useFeedback();
  const rules = useRules().data ?? [];
  return (
    <>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Row>
        size="small"
        rowKey={(row) => `${row.rule} ${row.version}`}
        loading={found.isPending}
        dataSource={found.data ?? []}
        pagination={false}
        locale={{
          emptyText: (
            <Empty title="还没有核查反馈">筛查线索有了核查结论后，各规则的查实情况显示在这里。</Empty>
          ),
        }}
        columns={[
          {
            title: "规则",
            dataIndex: "rule",
            render: (name: string) => {
              const rule = rules.find((one) => one.name === name);
              return rule ? (
                <Link to={`/rules?rule=${encodeURIComponent(name)}`}>{rule.title}</Link>
              ) : (
                <span className="code">{name}</span>
              );
            },
          },
          { title: "版本", dataIndex: "version" },
          {
            title: "查实",
            dataIndex: "confirmed",
            align: "right",
            render: count,
            sorter: (a, b) => a.confirmed - b.confirmed,
          },
          {
            title: "查否",
            dataIndex: "refuted",
            align: "right",
            render: count,
            sorter: (a, b) => a.refuted - b.refuted,
          },
          { title: "无法查清", dataIndex: "unclear", align: "right", render: count },
          {
            title: "查实金额（元）",
            dataIndex: "found",
            align: "right",
            render: yuan,
            sorter: (a, b) => a.found - b.found,
          },
          {
            title: "查实占比",
            width: 180,
            render: (_, row) => {
              const percent = share(row);
              return percent === undefined ? (
                "—"
              ) : (
                <Progress
                  percent={percent}
                  size="small"
                  status="normal"
                  format={(part) => `${part}%`}
                  aria-label={`${row.rule}查实占比`}
                />
              );
            },
          },
        ]}
      />
    </>
  );
}
