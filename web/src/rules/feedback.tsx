// What checking says of each version of each rule: how often it was right, and what that brought.

import { Progress, Table } from "antd";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Failure } from "../parts/failure";
import { by, counted, paid } from "../parts/figures";
import { Empty } from "../parts/states";
import { useFeedback, useRules } from "./questions";

type Row = Schemas["RuleFeedback"];

/** Confirmed of those that could be decided, in whole per cent; nothing where none was. */
export function share({ confirmed, refuted }: Pick<Row, "confirmed" | "refuted">): number | undefined {
  const decided = confirmed + refuted;
  return decided > 0 ? Math.floor((confirmed / decided) * 100) : undefined;
}

/** The same in words with what it is of: of two, all say little. */
export function shareWords(row: Pick<Row, "confirmed" | "refuted">): string | undefined {
  const percent = share(row);
  return percent === undefined ? undefined : `${percent}%（${row.confirmed}/${row.confirmed + row.refuted}）`;
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
          { ...counted("查实", "confirmed"), sorter: by("confirmed") },
          { ...counted("查否", "refuted"), sorter: by("refuted") },
          counted("无法查清", "unclear"),
          { ...paid("查实金额（元）", "found"), sorter: by("found") },
          {
            title: "查实占比",
            width: 220,
            render: (_, row) => {
              const percent = share(row);
              return percent === undefined ? (
                "—"
              ) : (
                <Progress
                  percent={percent}
                  size="small"
                  status="normal"
                  format={() => shareWords(row)}
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
