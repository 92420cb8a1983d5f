// How a clue went: down by dispatches, what was answered, sent back, checked again.

import { Card, Descriptions, Timeline } from "antd";
import type { Clue } from "../api/facts";
import { useNames } from "../api/matters";
import { yuan } from "../format/money";
import { idWords } from "../parts/paths";
import { Sign, type Tone } from "../parts/sign";
import { Empty } from "../parts/states";
import { WORDS } from "../words/generated";

const OUTCOME_COLORS: Record<string, Tone> = { confirmed: "red", refuted: "green", unclear: "gold" };

export function Course({ clue }: { clue: Clue }) {
  const names = useNames();
  const steps = [
    ...(clue.dispatches ?? []).map((one) => ({
      content: `由 ${names.region(one.from ?? "")} 分办到 ${names.region(one.to ?? "")}，${one.due ?? "—"} 前反馈`,
    })),
    ...(clue.returns ?? []).map((why) => ({ color: "red", content: `退回重查：${why}` })),
    ...(clue.cross_checker ? [{ content: `转 ${names.region(clue.cross_checker)} 交叉检查` }] : []),
    ...(clue.draw ? [{ content: `抽中复核，${idWords(clue.draw)}` }] : []),
    ...(clue.reported && clue.reported !== clue.answers?.at(-1)?.region
      ? [{ color: "green", content: `已上报至 ${names.region(clue.reported)}` }]
      : []),
    ...(clue.same_as ? [{ content: `并入${idWords(clue.same_as)}` }] : []),
    ...(clue.passed_to ? [{ content: `转往 ${idWords(clue.passed_to)}` }] : []),
  ];
  const answers = [...(clue.answers ?? [])].reverse();
  return (
    <Card title="办理经过" size="small">
      {steps.length === 0 && answers.length === 0 && (
        <Empty title="还没有分办和反馈">登记、分办、核查、反馈后，经过显示在这里。</Empty>
      )}
      {steps.length > 0 && <Timeline items={steps} />}
      {answers.map((answer, at) => (
        <Descriptions
          key={`${answer.by}${answer.at}`}
          size="small"
          bordered
          column={2}
          title={at === 0 ? "核查反馈" : "以前的反馈（已退回）"}
          items={[
            {
              key: "outcome",
              label: "结论",
              children: (
                <Sign tone={OUTCOME_COLORS[answer.outcome ?? ""]}>
                  {answer.outcome ? WORDS.Outcome[answer.outcome] : "—"}
                </Sign>
              ),
            },
            { key: "found", label: "核实金额", children: `${yuan(answer.found ?? 0)} 元` },
            { key: "facts", label: "事实", span: 2, children: <p className="prose">{answer.facts}</p> },
            {
              key: "steps",
              label: "处理措施",
              children: (answer.steps ?? []).map((step) => WORDS.Step[step]).join("、") || "—",
            },
            {
              key: "by",
              label: "核查人",
              children: `${answer.by}（${names.region(answer.region ?? "")}），${answer.at?.slice(0, 16)}`,
            },
            {
              key: "attachments",
              label: "附件",
              span: 2,
              children: (answer.attachments ?? []).length
                ? (answer.attachments ?? []).map((digest) => (
                    <div key={digest} className="code">
                      SM3 {digest}
                    </div>
                  ))
                : "无",
            },
          ]}
        />
      ))}
      {(clue.links ?? []).length > 0 && (
        <p>
          关联：
          {(clue.links ?? []).map((link) => (
            <Sign key={`${link.kind}${link.id}`}>{idWords(link.id ?? "")}</Sign>
          ))}
        </p>
      )}
    </Card>
  );
}
