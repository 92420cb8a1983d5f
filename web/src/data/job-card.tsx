// One job: how far it is, what came of it, what to do next, and a way to stop it.

import { Alert, Button, Card, Descriptions, Progress, Space } from "antd";
import { isOver, type Job, useCancelJob } from "../api/lake";
import { count, shortYuan } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { type Effect, EffectOf } from "../rules/effect";
import { Report, type ReportOf } from "./report";
import { cameTo, KINDS, STATES, TONES } from "./words";

interface Props {
  job: Job;
  /** Whether who looks may stop it. */
  stops?: boolean;
}

export function JobCard({ job, stops = true }: Props) {
  const cancel = useCancelJob();
  const share = job.whole > 0 ? Math.floor((job.done / job.whole) * 100) : 0;
  return (
    <Card
      size="small"
      title={
        <Space>
          {`${KINDS[job.kind]}：${job.title}`}
          <Sign tone={TONES[job.state]}>{STATES[job.state]}</Sign>
        </Space>
      }
      extra={
        stops &&
        !isOver(job) && (
          <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            停止
          </Button>
        )
      }
    >
      <div className="stack" aria-live="polite">
        {!isOver(job) && (
          <Progress
            percent={share}
            status="active"
            aria-label={`${KINDS[job.kind]}的进度`}
            format={() =>
              job.state === "waiting" ? "等前面的任务" : job.whole > 0 ? `${share}%` : "正在准备"
            }
          />
        )}
        <Failure error={cancel.error} />
        {isOver(job) && <Outcome job={job} />}
      </div>
    </Card>
  );
}

function Outcome({ job }: { job: Job }) {
  const good = job.state === "done";
  const { words, next } = cameTo(job);
  return (
    <>
      <Alert
        type={good ? "success" : job.state === "failed" ? "error" : "warning"}
        showIcon
        title={`${KINDS[job.kind]}${STATES[job.state]}，${moment(job.ended)}`}
        description={
          <>
            {next && <div>下一步：{next}</div>}
            {!good && words && <pre className="words">{words}</pre>}
          </>
        }
      />
      <Came job={job} />
    </>
  );
}

interface Screened {
  id: string;
  findings: number;
  clues: number;
  amount: number;
}
interface Pushed {
  begun: number;
  updated: number;
  same: number;
  left: number;
}
interface Proof {
  same: boolean;
  findings: number;
  written: string;
  now: string;
  differences: string[];
}

/** What came of a job, by its kind. */
function Came({ job }: { job: Job }) {
  if (!job.report || Object.keys(job.report).length === 0) return null;
  switch (job.kind) {
    case "import":
    case "trial":
      return <Report report={job.report as ReportOf} titles={(job.report as ReportOf).titles ?? {}} />;
    case "screen": {
      const run = job.report as unknown as Screened;
      return (
        <Descriptions
          size="small"
          items={[
            { key: "id", label: "运行", children: <span className="code">{run.id}</span> },
            { key: "findings", label: "疑点", children: count(run.findings) },
            { key: "clues", label: "线索", children: count(run.clues) },
            { key: "amount", label: "涉及基金", children: shortYuan(run.amount) },
          ]}
        />
      );
    }
    case "effect":
      return <EffectOf effect={job.report as unknown as Effect} />;
    case "hand_over": {
      const pushed = job.report as unknown as Pushed;
      return (
        <p>
          新建 {count(pushed.begun)} 条，更新 {count(pushed.updated)} 条，没有变化 {count(pushed.same)}{" "}
          条，已有结论不再改动 {count(pushed.left)} 条。
        </p>
      );
    }
    default:
      return <ProofOf proof={job.report as unknown as Proof} />;
  }
}

/** A proof: the same or not, by which digests, and what differs. */
export function ProofOf({ proof }: { proof: Proof }) {
  return (
    <div>
      <p>
        {proof.same ? <Sign tone="green">一致</Sign> : <Sign tone="red">不一致</Sign>}{" "}
        用同一版本的数据和规则重新算出 {count(proof.findings)} 条疑点，
        {proof.same ? "与当时写下的逐字节相同。" : "与当时写下的不同："}
      </p>
      {proof.differences.length > 0 && (
        <ul className="plainlist">
          {proof.differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
      <p className="hint">
        当时 SM3 <span className="code">{proof.written}</span>
        <br />
        现在 SM3 <span className="code">{proof.now}</span>
      </p>
    </div>
  );
}
