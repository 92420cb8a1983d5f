// Matters of one machine as a board: a lane for each state that has any, what ends soonest on top.

import type { ReactNode } from "react";
import { Link } from "react-router";
import { useCounts, useMachine, useMatters, useNames } from "../api/matters";
import { shortYuan } from "../format/money";
import { Failure } from "../parts/failure";
import { endOf, pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Left, Loading } from "../parts/states";

const SHOWN = 30;

function Lane({
  machine,
  state,
  title,
  total,
}: {
  machine: string;
  state: string;
  title: string;
  total: number;
}) {
  const found = useMatters({ machine, state, sort: "due", size: SHOWN }, total > 0);
  const names = useNames();
  return (
    <section className="lane" aria-label={title}>
      <h2>
        {title} <Sign>{total}</Sign>
      </h2>
      {total > 0 && found.isPending && <Loading what={title} rows={2} />}
      <Failure error={found.error} />
      {total > 0 &&
        found.data?.items.map((one) => (
          <Link key={one.id} className="ticket" to={pathOf(one)}>
            {one.title}
            <div className="hint">
              {[names.region(one.region), one.institution && names.institution(one.institution)]
                .filter(Boolean)
                .join(" · ")}
            </div>
            <div className="hint">
              {one.amount > 0 && `${shortYuan(one.amount)}　`}
              <Left due={one.due} ended={endOf(one)} />
            </div>
          </Link>
        ))}
      {total > SHOWN && <p className="hint">还有 {total - SHOWN} 件，见列表</p>}
    </section>
  );
}

export function Board({ machine, title, extra }: { machine: string; title: string; extra: ReactNode }) {
  const known = useMachine(machine);
  const counts = useCounts({ by: "state", machine });
  const total = (state: string) => counts.data?.find((row) => row.value === state)?.count ?? 0;
  const used = (known?.states ?? []).filter((state) => total(state.id) > 0);
  const unused = (known?.states ?? []).filter((state) => total(state.id) === 0);
  const all = (counts.data ?? []).reduce((sum, row) => sum + row.count, 0);
  return (
    <div className="screen whole">
      <div className="title">
        <h1>{title}</h1>
        <span className="grow" />
        {extra}
      </div>
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      {counts.isPending || !known ? (
        <Loading what={title} />
      ) : all === 0 ? (
        <Empty title={`还没有${title}`}>有了之后，按环节一列一列显示在这里。</Empty>
      ) : (
        <div className="board">
          {used.map((state) => (
            <Lane
              key={state.id}
              machine={machine}
              state={state.id}
              title={state.title}
              total={total(state.id)}
            />
          ))}
          {unused.length > 0 && (
            <section className="lane" aria-label="没有事项的环节">
              <h2>没有事项的环节（{unused.length}）</h2>
              <p className="hint">{unused.map((state) => state.title).join("、")}</p>
            </section>
          )}
        </div>
      )}
    </div>
  );
}
