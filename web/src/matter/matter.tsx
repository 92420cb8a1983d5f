// The screen of any matter that has none of its own: facts, clocks, what may be done.

import { Card } from "antd";
import { Navigate, useParams } from "react-router";
import { ActsPanel } from "../acts/acts-panel";
import { type Matter, useMatter } from "../api/matters";
import { FailedScreen } from "../parts/failure";
import { pathOf } from "../parts/paths";
import { Loading } from "../parts/states";
import { ClocksPanel } from "./clocks-panel";
import { FactsPanel } from "./facts-panel";
import { Files } from "./files";
import { MatterCard, MatterTitle } from "./heading";
import { homeOf } from "./home";
import { Linked } from "./linked";
import { PapersCard } from "./papers";

export function MatterScreen() {
  const { id = "" } = useParams();
  const matter = useMatter(id);
  if (matter.error && !matter.data)
    return <FailedScreen error={matter.error} onRetry={() => void matter.refetch()} />;
  if (!matter.data) {
    return (
      <div className="screen">
        <Loading what="事项" rows={10} />
      </div>
    );
  }
  const path = pathOf(matter.data.heading);
  if (!path.startsWith("/matters/")) return <Navigate to={path} replace />;
  return <Shown matter={matter.data} />;
}

function Shown({ matter }: { matter: Matter }) {
  return (
    <div className="screen">
      <MatterTitle matter={matter} back={homeOf(matter.heading.machine)} />
      <div className="columns">
        <div className="stack">
          <MatterCard matter={matter} />
          <Card title="办理记载" size="small">
            <FactsPanel facts={matter.facts} />
          </Card>
          <PapersCard matter={matter.heading.id} />
          <Card title="文件" size="small">
            <Files matter={matter.heading.id} />
          </Card>
          <Linked matter={matter} />
        </div>
        <div className="stack aside">
          <Card title="现在可以办理" size="small">
            <ActsPanel matter={matter} />
          </Card>
          <Card title="期限" size="small">
            <ClocksPanel clocks={matter.clocks} breaches={matter.breaches} />
          </Card>
        </div>
      </div>
    </div>
  );
}
