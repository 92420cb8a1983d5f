// Screening runs: begun here, followed, looked at rule by rule, proved, their clues handed over.

import { Alert, Button, Card, DatePicker, Drawer, Select, Space, Switch, Table } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useAskJob, useJob, useRun, useRuns } from "../api/lake";
import { count, shortYuan } from "../format/money";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { Wide } from "../parts/wide";
import { CHAPTERS, KINDS } from "../words/domain";
import { JobCard } from "./job-card";

type Run = Schemas["RunView"];
type RunRule = Schemas["RunRule"];

/** What is told of a run, where it can be read. */
const known = (run: Run, told: string | number) => (run.damaged ? "—" : told);

export function Runs({ manages }: { manages: boolean }) {
  const runs = useRuns();
  const [open, setOpen] = useState<string>();
  const [job, setJob] = useState<string>();
  const ask = useAskJob();
  const followed = useJob(job);
  const damaged = (runs.data ?? []).filter((run) => run.damaged).map((run) => run.id);
  const start = (body: Parameters<typeof ask.mutate>[0]) =>
    ask.mutate(body, { onSuccess: (asked) => setJob(asked.id) });
  return (
    <div className="stack">
      {manages && <Begin pending={ask.isPending} onBegin={start} />}
      <Failure error={ask.error ?? runs.error} onRetry={() => void runs.refetch()} />
      {followed.data && <JobCard job={followed.data} />}
      {damaged.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`有 ${damaged.length} 次运行的记录已损坏，未能读取：${damaged.join("、")}`}
          description="其他运行不受影响。请系统管理员从备份恢复运行的文件夹，或者重新筛查。"
        />
      )}
      <Wide label="筛查运行">
        <Table<Run>
          size="small"
          rowKey="id"
          loading={runs.isPending}
          dataSource={runs.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="还没有筛查过">运行筛查后，每次的结果列在这里。</Empty> }}
          columns={[
            {
              title: "运行",
              dataIndex: "id",
              render: (id: string, run) =>
                run.damaged ? (
                  <>
                    <span className="code">{id}</span> <Sign tone="red">记录损坏</Sign>
                  </>
                ) : (
                  <Button type="link" size="small" className="code" onClick={() => setOpen(id)}>
                    {id}
                  </Button>
                ),
            },
            { title: "数据截至", render: (_, run) => known(run, run.as_of) },
            { title: "数据版本", align: "right", render: (_, run) => known(run, run.lake_version) },
            { title: "规则", align: "right", render: (_, run) => known(run, run.rules) },
            {
              title: "疑点",
              align: "right",
              render: (_, run) => (
                <span
                  title={Object.entries(run.kinds)
                    .map(([kind, many]) => `${KINDS[kind] ?? kind} ${count(many)}`)
                    .join("，")}
                >
                  {known(run, count(run.findings))}
                </span>
              ),
            },
            { title: "线索", align: "right", render: (_, run) => known(run, count(run.clues)) },
            { title: "涉及基金", align: "right", render: (_, run) => known(run, shortYuan(run.amount)) },
            {
              title: "",
              render: (_, run) =>
                manages &&
                !run.damaged && (
                  <Space>
                    <Button size="small" onClick={() => start({ kind: "prove", run: run.id })}>
                      复核
                    </Button>
                    <Button size="small" onClick={() => start({ kind: "hand_over", run: run.id })}>
                      移交线索
                    </Button>
                  </Space>
                ),
            },
          ]}
        />
      </Wide>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={860}
        title={`运行 ${open ?? ""}`}
      >
        {open && <ByRule run={open} />}
      </Drawer>
    </div>
  );
}

function Begin({
  pending,
  onBegin,
}: {
  pending: boolean;
  onBegin: (body: Parameters<ReturnType<typeof useAskJob>["mutate"]>[0]) => void;
}) {
  const [asOf, setAsOf] = useState<Dayjs | null>(null);
  const [rules, setRules] = useState<string[]>([]);
  const [full, setFull] = useState(false);
  return (
    <Card size="small" title="运行筛查">
      <Space wrap>
        <span>
          数据截至{" "}
          <DatePicker
            aria-label="数据截至"
            placeholder="数据的最后一天"
            style={{ width: 180 }}
            value={asOf}
            onChange={setAsOf}
          />
        </span>
        <span>
          规则{" "}
          <Select
            aria-label="规则"
            mode="multiple"
            placeholder="全部规则"
            style={{ minWidth: 220 }}
            value={rules}
            onChange={setRules}
            options={Object.entries(CHAPTERS).map(([value, label]) => ({ value: `${value}/`, label }))}
          />
        </span>
        <span>
          全部重新看一遍 <Switch aria-label="全部重新看一遍" checked={full} onChange={setFull} />
        </span>
        <Button
          type="primary"
          loading={pending}
          onClick={() =>
            onBegin({
              kind: "screen",
              as_of: asOf?.format("YYYY-MM-DD") ?? "",
              from: "",
              to: "",
              region: "",
              rules,
              full,
            })
          }
        >
          开始筛查
        </Button>
      </Space>
    </Card>
  );
}

function ByRule({ run }: { run: string }) {
  const found = useRun(run);
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="运行结果" />;
  const empty = Object.entries(found.data.empty_tables);
  return (
    <div className="stack">
      {empty.length > 0 && (
        <p className="hint">
          没有数据的表：{empty.map(([table, rules]) => `${table}（${rules.length} 条规则要用）`).join("、")}
          ；这些规则没有发现的，不等于没有。
        </p>
      )}
      <Table<RunRule>
        size="small"
        rowKey="rule"
        dataSource={found.data.by_rule}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="这次筛查没有产生线索" /> }}
        columns={[
          {
            title: "规则",
            render: (_, rule) => (
              <span title={rule.rule}>
                {rule.title} <span className="hint">第 {rule.version} 版</span>
              </span>
            ),
          },
          counted("线索", "clues"),
          counted("高风险", "high"),
          counted("疑点", "findings"),
          { title: "涉及基金", dataIndex: "amount", align: "right", render: shortYuan },
        ]}
      />
    </div>
  );
}
