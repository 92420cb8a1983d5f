// What was seen: every finding in words, with how its money was counted, the law and its lines.

import { Card, Collapse } from "antd";
import type { Finding } from "../api/findings";
import { type Matter, useNames } from "../api/matters";
import { count, yuan } from "../format/money";
import { Sign, type Tone } from "../parts/sign";
import { Empty } from "../parts/states";
import { COUNTING, KINDS } from "../words/domain";
import { EvidenceTable } from "./evidence-table";
import { useLineNames } from "./lines";
import { Timeline } from "./timeline";

const KIND_COLORS: Record<string, Tone> = {
  violation: "red",
  suspect: "orange",
  monitor: "blue",
  inconclusive: "plain",
};

function Words({ finding }: { finding: Finding }) {
  return (
    <div>
      <Sign tone={KIND_COLORS[finding.kind]}>{KINDS[finding.kind]}</Sign>
      {finding.message}
      <span className="hint">
        {`　${finding.begin === finding.end ? finding.begin : `${finding.begin} 至 ${finding.end}`}　${yuan(finding.amount)} 元`}
      </span>
    </div>
  );
}

export function Seen({ matter }: { matter: Matter }) {
  const { origin } = matter;
  const findings = origin.findings ?? [];
  const named = useLineNames(matter.heading.id, origin.run);
  const names = useNames();
  if (findings.length === 0) {
    return (
      <Card title="看到了什么" size="small">
        <Empty title="这条线索不是筛查产生的">它的来由见“办理记载”。</Empty>
      </Card>
    );
  }
  const inAll = origin.findings_in_all ?? findings.length;
  const counted = [...new Set(findings.map((one) => COUNTING[one.counting] ?? one.counting))];
  return (
    <Card
      title="看到了什么"
      size="small"
      extra={
        <span className="hint">
          {origin.begin} 至 {origin.end}　涉及 {count(origin.people ?? 0)} 人　共 {count(inAll)} 项发现
        </span>
      }
    >
      <Timeline findings={findings} named={named} institution={names.institution} />
      <p className="hint">
        金额怎么算的：{counted.join("；")}。
        {origin.account ? `另涉个人账户 ${yuan(origin.account)} 元，不计入上列金额。` : ""}
      </p>
      <Collapse
        size="small"
        defaultActiveKey={["0"]}
        items={findings.map((finding, at) => ({
          key: String(at),
          label: <Words finding={finding} />,
          children: (
            <>
              {(finding.notes ?? []).map((note) => (
                <p key={note} className="near">
                  注意：{note}
                </p>
              ))}
              <EvidenceTable finding={finding} named={named} />
            </>
          ),
        }))}
      />
      {inAll > findings.length && (
        <p className="hint">
          这里列出前 {count(findings.length)} 项；全部 {count(inAll)} 项在筛查批次{" "}
          <span className="code">{origin.run}</span> 中。
        </p>
      )}
    </Card>
  );
}
