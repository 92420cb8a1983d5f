// What a matter grew out of and what grew out of it.

import { Card } from "antd";
import { Link } from "react-router";
import { type Matter, useMatters } from "../api/matters";
import { day } from "../format/time";
import { machineTitle, pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { useStates } from "../parts/use-states";

export function Linked({ matter }: { matter: Matter }) {
  const grown = useMatters({ parent: matter.heading.id, size: 50 });
  const states = useStates();
  const items = grown.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title="由此产生的事项" size="small">
      <ul className="plainlist">
        {items.map((one) => (
          <li key={one.id}>
            {machineTitle(one.machine)} <Link to={pathOf(one)}>{one.title}</Link>{" "}
            <Sign>{states.get(`${one.machine}.${one.state}`) ?? one.state}</Sign>
            <span className="hint">{day(one.begun)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
