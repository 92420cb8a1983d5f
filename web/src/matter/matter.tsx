// The screen of any matter that has none of its own: facts, clocks, what may be done.

import { Card } from "antd";
import { Navigate } from "react-router";
import { ActsPanel } from "../acts/acts-panel";
import type { Matter } from "../api/matters";
import { MatchCard } from "../deliveries/match-card";
import { pathOf } from "../parts/paths";
import { ClocksPanel } from "./clocks-panel";
import { FactsPanel } from "./facts-panel";
import { Files } from "./files";
import { MatterCard, MatterTitle } from "./heading";
import { History } from "./history";
import { homeOf } from "./home";
import { Linked } from "./linked";
import { PapersCard } from "./papers";
import { PersonalCard } from "./personal";
import { ScreenedCard } from "./screened-card";
import { heardOnSite } from "./site-form";
import { SiteFormCard } from "./site-form-card";
import { WithMatter } from "./with-matter";

export function MatterScreen() {
  return (
    <WithMatter what="事项">
      {(matter) => {
        const path = pathOf(matter.heading);
        if (!path.startsWith("/matters/")) return <Navigate to={path} replace />;
        return <Shown matter={matter} />;
      }}
    </WithMatter>
  );
}

function Shown({ matter }: { matter: Matter }) {
  return (
    <div className="screen">
      <MatterTitle matter={matter} back={homeOf(matter.heading.machine)} />
      <div className="columns">
        <div className="stack">
          <MatterCard matter={matter} />
          <ScreenedCard matter={matter} />
          <SiteFormCard matter={matter} />
          <Card title="办理记载" size="small">
            <FactsPanel facts={matter.facts} />
          </Card>
          <PersonalCard matter={matter} />
          <MatchCard matter={matter} />
          <PapersCard matter={matter.heading.id} />
          <Card title="文件" size="small">
            <Files matter={matter.heading.id} />
          </Card>
          <Linked matter={matter} />
          <Card title="操作记录" size="small">
            <History matter={matter.heading.id} machine={matter.heading.machine} />
          </Card>
        </div>
        <div className="stack aside">
          <Card title="现在可以办理" size="small">
            <ActsPanel matter={matter} without={["import_form"]} initial={heardOnSite(matter.facts)} />
          </Card>
          <Card title="期限" size="small">
            <ClocksPanel clocks={matter.clocks} breaches={matter.breaches} />
          </Card>
        </div>
      </div>
    </div>
  );
}
