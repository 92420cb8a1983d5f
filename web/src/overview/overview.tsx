// The overview: what came, was found and recovered in a period, beside the one before; by month, place, rule and list; to be printed for a meeting.

import { Button, Segmented } from "antd";
import { useCallback, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { type CountQuery, useCounts, useMachine, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { count, shortYuan } from "../format/money";
import { day, moment } from "../format/time";
import { machineTitle } from "../parts/paths";
import { now } from "../parts/states";
import { grade, source } from "../words/domain";
import { RegionMap } from "./map";
import { sum } from "./options";
import { MEASURES, type Measure, Part } from "./part";
import { BEFORE, before, change, PERIODS, type Period, type Span, spanOf } from "./periods";
import { useTitles } from "./titles";
import { Trend } from "./trend";

/** Items of the negative list of 2025; rules cover other lists too. */
const isListed = (id: string) => id.startsWith("N2025-");

/** The end of the hour that runs: a question asked twice is one question, and what came just now is in it. */
const hour = (seconds: number) => Math.ceil(seconds / 3600) * 3600;
const spanning = (span: Span | undefined) => (span ? { begun_from: span.from, begun_to: span.to } : {});

/** By what each kind of matter is broken down. */
const columnsOf = (machine: string) => [
  ...["region", "state", "institution", "organisation", "source"],
  ...(machine === "clue" ? ["rule", "covers", "grade"] : []),
];

interface Figure {
  title: string;
  column: "count" | "amount" | "found" | "recovered" | "overdue" | "ended";
  machine: string;
  to: string;
}

const FIGURES: Figure[] = [
  { title: "线索", column: "count", machine: "clue", to: "/clues" },
  { title: "线索涉及金额", column: "amount", machine: "clue", to: "/clues?sort=amount&descending=true" },
  { title: "查实金额", column: "found", machine: "clue", to: "/clues?state=answered,filed,closed" },
  { title: "追回金额", column: "recovered", machine: "", to: "/ledgers" },
  { title: "已办结线索", column: "ended", machine: "clue", to: "/clues?state=closed,filed" },
  { title: "案件", column: "count", machine: "case", to: "/cases" },
  { title: "移送", column: "count", machine: "transfer", to: "/transfers" },
  { title: "逾期未办", column: "overdue", machine: "", to: "/clues?due=late&sort=due" },
];

function Tiles({ period, at }: { period: Period; at: number }) {
  const opens = useMe().role !== "statistics";
  const counts = useCounts({ by: "machine", ...spanning(spanOf(period, at)) });
  const earlier = useCounts({ by: "machine", ...spanning(before(period, at)) }, period !== "all");
  const of = (rows: typeof counts.data, { machine, column }: Figure) =>
    sum(
      (rows ?? []).filter((row) => !machine || row.value === machine),
      column,
    );
  return (
    <div className="tiles">
      {FIGURES.map((figure) => {
        const value = of(counts.data, figure);
        const words = ["count", "overdue", "ended"].includes(figure.column) ? count : shortYuan;
        const late = figure.column === "overdue" && value > 0;
        const inside = (
          <>
            <span className="hint">{figure.title}</span>
            <span className={late ? "figure late" : "figure"}>
              {late ? "⚠ " : ""}
              {counts.isPending ? "…" : words(value)}
            </span>
            {period !== "all" && figure.column !== "overdue" && earlier.data && (
              <span className="hint">
                {BEFORE[period]} {words(of(earlier.data, figure))}，{change(value, of(earlier.data, figure))}
              </span>
            )}
          </>
        );
        // Who only counts sees no single matter.
        return opens ? (
          <Link key={figure.title} className="tile" to={figure.to}>
            {inside}
          </Link>
        ) : (
          <div key={figure.title} className="tile">
            {inside}
          </div>
        );
      })}
    </div>
  );
}

export function Overview() {
  const names = useNames();
  const titles = useTitles();
  const [asked, setAsked] = useSearchParams();
  const [measure, setMeasure] = useState<Measure>("count");
  const at = hour(now());
  const machine = asked.get("machine") ?? "clue";
  const period = (asked.get("period") ?? "all") as Period;
  const known = useMachine(machine);
  const state = useCallback(
    (value: string) => known?.states.find((one) => one.id === value)?.title ?? value,
    [known],
  );
  const institution = (code: string) => (code ? names.institution(code) : "不涉及单个机构");
  const span = useMemo(() => spanOf(period, at), [period, at]);
  const list = machine === "case" ? "/cases" : "/clues";
  const set = (key: string, value: string) => {
    const next = new URLSearchParams(asked);
    next.set(key, value);
    setAsked(next, { replace: true });
  };
  const link = (key: string) => (value: string) => {
    const next = new URLSearchParams({ [key]: value });
    if (span) {
      next.set("begun_from", String(span.from));
      next.set("begun_to", String(span.to));
    }
    return `${list}?${next}`;
  };
  const columns = columnsOf(machine).join(",");
  const query: CountQuery = { by: span ? columns : `month,${columns}`, machine, ...spanning(span) };
  // Months are told of all time, and where all time is asked for they are one question with the rest.
  const months: CountQuery = span ? { by: "month", machine } : query;
  const part = (
    title: string,
    by: string,
    name: (value: string) => string,
    keep?: (value: string) => boolean,
  ) => (
    <Part
      title={title}
      query={query}
      by={by}
      name={name}
      measure={measure}
      to={link(by)}
      {...(keep ? { keep } : {})}
    />
  );
  const words = measure === "count" ? count : shortYuan;
  return (
    <div className="screen overview">
      <div className="title">
        <h1>总览</h1>
        <span className="hint">
          {span ? `${day(span.from)} 至 ${day(now())}` : "全部时间"}，截至 {moment(now())}
        </span>
        <span className="grow" />
        <Segmented
          className="noprint"
          aria-label="期间"
          value={period}
          onChange={(value) => set("period", value)}
          options={PERIODS.map(([value, label]) => ({ value, label }))}
        />
        <Segmented
          className="noprint"
          aria-label="看什么"
          value={machine}
          onChange={(value) => set("machine", value)}
          options={["clue", "case"].map((value) => ({ value, label: machineTitle(value) }))}
        />
        <Segmented
          className="noprint"
          aria-label="按什么"
          value={measure}
          onChange={setMeasure}
          options={MEASURES}
        />
        <Button className="noprint" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <div className="stack">
        <Tiles period={period} at={at} />
        <Trend query={months} list={list} />
        <div className="two">
          <Part
            title="按地区"
            query={query}
            by="region"
            name={names.region}
            measure={measure}
            to={link("region")}
            draw={(rows, to) => (
              <RegionMap
                to={to}
                places={rows.map((row) => ({
                  code: row.value,
                  name: names.region(row.value),
                  value: row[measure],
                  words: words(row[measure]),
                }))}
              />
            )}
          />
          {part("按环节", "state", state)}
          {machine === "clue" && part("按规则", "rule", titles.rule)}
          {machine === "clue" && part("按负面清单条目", "covers", titles.item, isListed)}
          {part("按机构", "institution", institution)}
          {part("按承办单位", "organisation", names.organisation)}
          {part("按来源", "source", source)}
          {machine === "clue" && part("按风险等级", "grade", grade)}
        </div>
      </div>
    </div>
  );
}
