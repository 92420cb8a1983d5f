// A case as a stepper: where it stands, what may be done, clocks, team, evidence, money in four kinds, what it suggests, and its records.

import { Button, Card, Steps, Tabs } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { ActsPanel } from "../acts/acts-panel";
import { type Matter, useMachine } from "../api/matters";
import { MatchCard } from "../deliveries/match-card";
import { ClocksPanel } from "../matter/clocks-panel";
import { FactsPanel } from "../matter/facts-panel";
import { Files } from "../matter/files";
import { MatterCard, MatterTitle } from "../matter/heading";
import { History } from "../matter/history";
import { Linked } from "../matter/linked";
import { Papers } from "../matter/papers";
import { PersonalCard } from "../matter/personal";
import { WithMatter } from "../matter/with-matter";
import { BeginMatter } from "../parts/begin-matter";
import { FineTiers, Tiers } from "./discretion";
import { EvidenceList } from "./evidence";
import { Money } from "./money";
import { stepOf, WAY } from "./steps";
import { Team } from "./team";
import { TransferPrompt } from "./transfer-hint";

/** Parts of the record that have a place of their own. */
const APART = ["officers", "evidence", "payments", "decision"];

export function Case() {
  return <WithMatter what="案件">{(matter) => <Shown matter={matter} />}</WithMatter>;
}

function Way({ matter }: { matter: Matter }) {
  const machine = useMachine(matter.heading.machine);
  const { at, left } = stepOf(matter.heading.state);
  const title = (state: string) => machine?.states.find((one) => one.id === state)?.title ?? state;
  return (
    <Card size="small">
      <Steps
        size="small"
        titlePlacement="vertical"
        responsive={false}
        current={at}
        status={left ? "error" : matter.heading.ended ? "finish" : "process"}
        items={WAY.map((state, index) => ({
          title: left && index === at ? matter.state_title : title(state),
        }))}
      />
    </Card>
  );
}

function Shown({ matter }: { matter: Matter }) {
  const { facts, heading } = matter;
  const navigate = useNavigate();
  const [transferring, setTransferring] = useState(false);
  const fines = matter.discretion?.fines ?? [];
  const deciding = matter.acts.some((act) => act.id === "decide" && act.open);
  return (
    <div className="screen">
      <MatterTitle matter={matter} back={{ path: "/cases", title: "案件" }} />
      <div className="columns">
        <div className="stack">
          <Way matter={matter} />
          {matter.transfer_hint && <TransferPrompt hint={matter.transfer_hint} />}
          <MatterCard matter={matter} />
          <Card size="small">
            <Tabs
              items={[
                { key: "record", label: "办理记载", children: <FactsPanel facts={facts} without={APART} /> },
                {
                  key: "evidence",
                  label: `证据（${facts.evidence?.length ?? 0}）`,
                  children: <EvidenceList matter={heading.id} evidence={facts.evidence ?? []} />,
                },
                { key: "papers", label: "文书", children: <Papers matter={heading.id} /> },
                { key: "files", label: "文件", children: <Files matter={heading.id} /> },
                { key: "money", label: "款项", children: <Money facts={facts} /> },
                {
                  key: "decision",
                  label: "决定",
                  children: (
                    <div className="stack">
                      <FactsPanel facts={facts.decision ? { decision: facts.decision } : {}} />
                      {fines.length > 0 && <FineTiers fines={fines} />}
                    </div>
                  ),
                },
                {
                  key: "team",
                  label: `办案人员（${facts.officers?.length ?? 0}）`,
                  children: <Team officers={facts.officers ?? []} recused={facts.recused ?? []} />,
                },
                {
                  key: "history",
                  label: "操作记录",
                  children: <History matter={heading.id} machine="case" />,
                },
              ]}
            />
          </Card>
          <PersonalCard matter={matter} />
          <MatchCard matter={matter} />
          <Linked matter={matter} />
        </div>
        <div className="stack aside">
          <Card title="现在可以办理" size="small">
            <ActsPanel matter={matter} />
            {deciding && matter.discretion && <Tiers discretion={matter.discretion} />}
            {facts.transfer?.suspected && (
              <Button block type="dashed" onClick={() => setTransferring(true)}>
                移送涉嫌犯罪案件
              </Button>
            )}
          </Card>
          <Card title="期限" size="small">
            <ClocksPanel clocks={matter.clocks} breaches={matter.breaches} />
          </Card>
        </div>
      </div>
      {transferring && (
        <BeginMatter
          machine="transfer"
          act="open"
          from={heading}
          initial={{ case: heading.id, crime: facts.transfer?.crime ?? "" }}
          onClose={() => setTransferring(false)}
          onDone={(acted) => navigate(`/matters/${acted.id}`)}
        />
      )}
    </div>
  );
}
