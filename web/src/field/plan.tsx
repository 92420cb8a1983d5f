// The year's plan of inspections against the institutions of a region: how many it covers, and which it leaves out, each to be put into it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Card, Progress, Segmented, Table } from "antd";
import { useState } from "react";
import { api, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { count } from "../format/money";
import { day } from "../format/time";
import { BeginMatter } from "../parts/begin-matter";
import { Failure } from "../parts/failure";
import { Empty, now } from "../parts/states";

type Coverage = Pick<Schemas["InspectionPlan"], "known" | "covered" | "inspected" | "uncovered">;

/** How far a plan goes, in words. */
export function coverageWords({ known, covered, inspected, uncovered }: Coverage): string {
  if (known === 0) return "还没有已知的定点机构";
  return `已知 ${count(known)} 家，列入计划 ${count(covered)} 家（已现场检查 ${count(inspected)} 家），未列入 ${count(uncovered)} 家`;
}

/** What share of the known is covered, in whole per cent rounded down. */
export function coveredPercent({ known, covered }: Pick<Coverage, "known" | "covered">): number {
  return known > 0 ? Math.floor((covered * 100) / known) : 0;
}

export function Plan({ region }: { region: string }) {
  const names = useNames();
  const queries = useQueryClient();
  const thisYear = Number(day(now()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [planning, setPlanning] = useState<string>();
  const board = useQuery({
    queryKey: ["inspection-plan", year, region],
    queryFn: () => told(api.GET("/api/v1/boards/inspection-plan", { params: { query: { year, region } } })),
  });
  const plan = board.data;
  return (
    <>
      <Failure error={board.error} onRetry={() => void board.refetch()} />
      {!board.error && (
        <Card
          size="small"
          title={`${year} 年度检查计划`}
          extra={
            <Segmented
              size="small"
              aria-label="年度"
              value={year}
              onChange={(value) => setYear(Number(value))}
              options={[thisYear - 1, thisYear, thisYear + 1].map((value) => ({
                value,
                label: String(value),
              }))}
            />
          }
        >
          {plan && (
            <>
              <p>{coverageWords(plan)}</p>
              <Progress percent={coveredPercent(plan)} size="small" aria-label="计划覆盖率" />
            </>
          )}
          <Table<{ code: string }>
            size="small"
            rowKey="code"
            loading={board.isPending}
            dataSource={(plan?.without ?? []).map((code) => ({ code }))}
            pagination={
              (plan?.without.length ?? 0) > 20
                ? { pageSize: 20, size: "small", showSizeChanger: false }
                : false
            }
            locale={{ emptyText: <Empty title="没有漏下的机构">已知的机构都列入了本年度计划。</Empty> }}
            columns={[
              {
                title: "未列入计划的机构",
                dataIndex: "code",
                render: (code: string) => <span className="code">{names.institution(code)}</span>,
              },
              {
                title: "办理",
                key: "plan",
                width: 120,
                render: (_: unknown, row) => (
                  <Button size="small" onClick={() => setPlanning(row.code)}>
                    列入计划
                  </Button>
                ),
              },
            ]}
          />
          <p className="hint">
            已知的机构：登记册中的、在本系统办理事项的、出现在线索和案件中的。年度以计划项目中写的年份为准；没有写的，以列入的年份为准。
          </p>
        </Card>
      )}
      {planning && (
        <BeginMatter
          machine="inspection"
          act="open"
          initial={{ institution: planning, plan: `${year}年度计划`, matter_region: region }}
          onClose={() => setPlanning(undefined)}
          onDone={() => {
            setPlanning(undefined);
            void queries.invalidateQueries({ queryKey: ["inspection-plan"] });
            void queries.invalidateQueries({ queryKey: ["inspections-due"] });
          }}
        />
      )}
    </>
  );
}
