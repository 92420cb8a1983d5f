// The fixtures of a rule, run on the spot: what it must find, what it found, and whether that is the same.

import { Button, Table } from "antd";
import type { Schemas } from "../api/client";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { useRunFixtures } from "./questions";

type Run = Schemas["FixtureRun"];

function Said({ lines }: { lines: string[] }) {
  if (lines.length === 0) return "没有发现";
  return (
    <ul className="plainlist">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Passed({ run }: { run: Run }) {
  if (run.passed === true) return <Sign tone="green">通过</Sign>;
  if (run.passed === false) return <Sign tone="red">不符</Sign>;
  return <Sign>超时未运行</Sign>;
}

/** How many of them went as they must. */
export function summary(runs: Run[]): string {
  const passed = runs.filter((run) => run.passed === true).length;
  const failed = runs.filter((run) => run.passed === false).length;
  const left = runs.length - passed - failed;
  return [
    `${passed} 个通过`,
    ...(failed ? [`${failed} 个不符`] : []),
    ...(left ? [`${left} 个超时未运行`] : []),
  ].join("，");
}

export function FixtureRuns({ name }: { name: string }) {
  const work = useRunFixtures(name);
  return (
    <div className="stack">
      <div className="filters">
        <Button loading={work.isPending} onClick={() => work.mutate()}>
          运行验证用例
        </Button>
        <span className="hint" role="status">
          {work.data ? summary(work.data) : "用本系统现有的规则和知识，看每个用例发现的是否与应当发现的一致"}
        </span>
      </div>
      <Failure error={work.error} onRetry={() => work.mutate()} />
      {work.data && (
        <Wide label="验证用例" fits>
          <Table<Run>
            size="small"
            rowKey={(run) => `${run.sort} ${run.title} ${run.differences.join(" ")}`}
            pagination={false}
            dataSource={work.data}
            locale={{ emptyText: <Empty title="这条规则没有验证用例" /> }}
            columns={[
              {
                title: "用例",
                width: "25%",
                render: (_, run) => (run.title ? `${run.sort}：${run.title}` : "用例未能读取"),
              },
              { title: "应当发现", render: (_, run) => <Said lines={run.expected} /> },
              {
                title: "实际发现",
                render: (_, run) => (run.passed === null ? "—" : <Said lines={run.found} />),
              },
              {
                title: "结果",
                width: 140,
                render: (_, run) => (
                  <>
                    <Passed run={run} />
                    {run.differences.map((one) => (
                      <p key={one} className="hint">
                        {one}
                      </p>
                    ))}
                  </>
                ),
              },
            ]}
          />
        </Wide>
      )}
    </div>
  );
}
