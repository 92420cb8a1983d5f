// Past clues of the same subject, so that one looks once.

import { Card } from "antd";
import { Link } from "react-router";
import type { Heading } from "../api/client";
import { useMatters } from "../api/matters";
import { shortYuan } from "../format/money";
import { day } from "../format/time";
import { Sign } from "../parts/sign";
import { useStates } from "../parts/use-states";

export function Past({ heading }: { heading: Heading }) {
  const { data } = useMatters(
    { subject: heading.subject, size: 20, sort: "begun", descending: true },
    Boolean(heading.subject),
  );
  const states = useStates();
  const others = (data?.items ?? []).filter((one) => one.id !== heading.id);
  return (
    <Card title={`同一对象的其他线索与案件（${others.length}）`} size="small">
      {others.length === 0 ? (
        <p className="hint">没有其他线索和案件。</p>
      ) : (
        <ul className="plainlist">
          {others.map((one) => (
            <li key={one.id}>
              <Link to={one.machine === "clue" ? `/clues/${one.id}` : `/matters/${one.id}`}>{one.title}</Link>{" "}
              <Sign>{states.get(`${one.machine}.${one.state}`) ?? one.state}</Sign>
              <span className="hint">
                {day(one.begun)}　{shortYuan(one.amount)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
