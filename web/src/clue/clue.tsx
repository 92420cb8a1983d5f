// A clue: what was seen, the lines, the rule and the law, honest explanations, how to check, and the answer beside it.

import { Button, Card } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { ActForm } from "../acts/act-form";
import { ActsPanel } from "../acts/acts-panel";
import type { Matter } from "../api/matters";
import { MatchCard } from "../deliveries/match-card";
import { ClocksPanel } from "../matter/clocks-panel";
import { Files } from "../matter/files";
import { MatterCard, MatterTitle } from "../matter/heading";
import { History } from "../matter/history";
import { Linked } from "../matter/linked";
import { PersonalCard } from "../matter/personal";
import { WithMatter } from "../matter/with-matter";
import { BeginMatter } from "../parts/begin-matter";
import { Course } from "./course";
import { Drawn } from "./drawn";
import { Past } from "./past";
import { Peers } from "./peers";
import { Proof } from "./proof";
import { RuleCard } from "./rule-card";
import { Seen } from "./seen";

export function Clue() {
  return <WithMatter what="线索">{(matter) => <Shown matter={matter} />}</WithMatter>;
}

/** Acts whose form stands beside what was seen, the first that is open. */
const BESIDE = ["answer", "answer_cross_check"];

function Shown({ matter }: { matter: Matter }) {
  const navigate = useNavigate();
  const beside = matter.acts.find((act) => BESIDE.includes(act.id) && act.open);
  const [filing, setFiling] = useState(false);
  const clue = matter.facts.clue ?? {};
  const proposes = matter.heading.state === "filed" || matter.heading.state === "answered";
  return (
    <div className="screen">
      <MatterTitle matter={matter} back={{ path: "/clues", title: "线索" }} />
      <div className="columns">
        <div className="stack">
          <MatterCard matter={matter} />
          <Seen matter={matter} />
          {matter.origin.run && <Drawn matter={matter.heading.id} />}
          <RuleCard origin={matter.origin} />
          {matter.origin.run && <Peers matter={matter.heading.id} />}
          <Course clue={clue} />
          <PersonalCard matter={matter} />
          <MatchCard matter={matter} />
          <Card title="文件" size="small">
            <Files matter={matter.heading.id} />
          </Card>
          <Past heading={matter.heading} />
          <Linked matter={matter} />
          <Card title="操作记录" size="small">
            <History matter={matter.heading.id} machine="clue" />
          </Card>
        </div>
        <div className="stack aside">
          {beside && (
            <Card title={beside.title} size="small">
              <ActForm matter={matter} act={beside} />
            </Card>
          )}
          <Card title="现在可以办理" size="small">
            <ActsPanel matter={matter} without={beside ? [beside.id] : []} />
            {proposes && (
              <Button block type="dashed" onClick={() => setFiling(true)}>
                据此提出立案
              </Button>
            )}
          </Card>
          {matter.origin.run && <Proof matter={matter.heading.id} />}
          <Card title="期限" size="small">
            <ClocksPanel clocks={matter.clocks} breaches={matter.breaches} />
          </Card>
        </div>
      </div>
      {filing && (
        <BeginMatter
          machine="case"
          act="open"
          onClose={() => setFiling(false)}
          onDone={(acted) => navigate(`/cases/${acted.id}`)}
          from={matter.heading}
          initial={{ clue: matter.heading.id, subject: matter.heading.subject }}
        />
      )}
    </div>
  );
}
