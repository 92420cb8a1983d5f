// The clocks of a matter: counting, with the end, the law and the sum that led there; what was broken stays.

import { Collapse } from "antd";
import { useEffect, useState } from "react";
import type { Breach } from "../api/clocks";
import { type Clock, keyOf } from "../api/matters";
import { end, left, secondsOf } from "../format/time";
import { Sign, type Tone } from "../parts/sign";
import { Empty, now } from "../parts/states";
import { WORDS } from "../words/generated";

const COLORS: Record<string, Tone> = {
  running: "blue",
  stopped: "gold",
  free: "green",
  done_in_time: "green",
  done_late: "red",
  done_early: "red",
  breached: "red",
  not_started: "plain",
  lapsed: "plain",
  moot: "plain",
};

/** The present second, anew each half minute. */
export function useNow(): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = window.setInterval(() => setAt(now()), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  return at;
}

function Count({ clock, at }: { clock: Clock; at: number }) {
  const { state } = clock;
  // What has fallen away is not counted on.
  if (!state.due || state.dropped || !["running", "breached"].includes(state.status)) return null;
  const { text, late, near } = left(secondsOf(state.due.last), at);
  return <strong className={late ? "late" : near ? "near" : ""}>{text}</strong>;
}

function Line({ clock, at }: { clock: Clock; at: number }) {
  const { state } = clock;
  return (
    <div>
      <div>
        {clock.title} <Sign tone={COLORS[state.status]}>{WORDS.Status[state.status]}</Sign>
      </div>
      <div>
        <Count clock={clock} at={at} />
        {state.due && <span className="hint"> 至 {end(state.due)}</span>}
        {state.earliest && <span className="hint"> 不早于 {state.earliest.slice(0, 16)}</span>}
        {state.status === "not_started" && state.refused[0] && (
          <span className="hint">{state.refused[0].why}</span>
        )}
        {state.days !== null && state.days !== undefined && (
          <span className="hint"> 已计 {state.days} 天</span>
        )}
      </div>
    </div>
  );
}

export function ClocksPanel({ clocks, breaches }: { clocks: Clock[]; breaches: Breach[] }) {
  const at = useNow();
  if (clocks.length === 0) return <Empty title="还没有起算的期限" />;
  const order = [
    "breached",
    "running",
    "stopped",
    "free",
    "done_late",
    "done_early",
    "done_in_time",
    "lapsed",
    "moot",
    "not_started",
  ];
  const sorted = [...clocks].sort((a, b) => order.indexOf(a.state.status) - order.indexOf(b.state.status));
  return (
    <>
      <Collapse
        size="small"
        items={sorted.map((clock) => ({
          key: keyOf(clock.state),
          label: <Line clock={clock} at={at} />,
          children: (
            <>
              <p className="hint">依据：{clock.basis}</p>
              <ol className="plainlist">
                {clock.state.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              {clock.state.refused.map((refused) => (
                <p key={refused.at + refused.why} className="near">
                  {refused.at}：{refused.why}
                </p>
              ))}
            </>
          ),
        }))}
      />
      {breaches.length > 0 && (
        <div role="note">
          <p className="late">
            <strong>逾期登记（不因以后的办理而消除）</strong>
          </p>
          <ul className="plainlist">
            {breaches.map((breach) => (
              <li key={keyOf(breach) + breach.since}>
                {clocks.find((clock) => keyOf(clock.state) === keyOf(breach))?.title ?? breach.limit}：
                {WORDS.BreachKind[breach.kind]}，自 {breach.since.slice(0, 16)} 起
                {breach.done ? `，${breach.done.slice(0, 16)} 办理` : "，尚未办理"}。{breach.missed}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
