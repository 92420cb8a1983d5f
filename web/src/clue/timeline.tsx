// The lines of a clue drawn over time: one lane a person, institution, item or table, offending lines lit, pairs tied.

import { useMemo } from "react";
import type { Evidence, Finding } from "../api/findings";
import { yuan } from "../format/money";
import { secondsOf } from "../format/time";
import { useWidth } from "../parts/width";
import { COLORS } from "../shell/theme";
import { TABLES } from "../words/domain";
import { inSight, shortOf } from "../words/subject";
import type { NameOf } from "./lines";

/** Until the place is measured. */
const FIRST = 960;
const LEFT = 130;
const RIGHT = 16;
const LANE = 26;
const TOP = 8;

interface Point {
  x: number;
  lane: number;
  evidence: Evidence;
}

/** By what lanes are told apart: people of a group, institutions where there are several, else items by name where they are known, else tables. */
export function lanesBy(findings: Finding[]): "people" | "places" | "items" {
  const several = (of: (line: Evidence, finding: Finding) => string | null | undefined) => {
    const codes = findings.flatMap((one) => one.evidence.map((line) => of(line, one) ?? ""));
    return new Set(codes.filter((code) => code)).size > 1;
  };
  if (several((line) => line.psn_no)) return "people";
  return several((line, finding) => line.fixmedins_code ?? finding.fixmedins_code) ? "places" : "items";
}

/** The lane of a line: a code of a person or an institution, or the name of an item or a table. */
export function laneOf(findings: Finding[], named: NameOf): (evidence: Evidence, finding: Finding) => string {
  const by = lanesBy(findings);
  if (by === "people") return (evidence) => evidence.psn_no ?? "—";
  if (by === "places") return (evidence, finding) => evidence.fixmedins_code ?? finding.fixmedins_code ?? "—";
  return (evidence) => named(evidence) ?? TABLES[evidence.table] ?? evidence.table;
}

/** Marks of a scale of time, days or months as they fit. */
export function ticks(from: number, to: number): { at: number; label: string }[] {
  const days = (to - from) / 86_400;
  const first = new Date(from * 1000);
  const marks: { at: number; label: string }[] = [];
  if (days <= 45) {
    const step = days <= 2 ? 6 * 3600 : days <= 10 ? 86_400 : 5 * 86_400;
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
      const text = new Date(at * 1000).toISOString();
      marks.push({ at, label: days <= 2 ? text.slice(5, 16).replace("T", " ") : text.slice(5, 10) });
    }
    return marks;
  }
  const step = days > 800 ? 6 : days > 300 ? 2 : 1;
  for (let month = 0; marks.length < 40; month += step) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1 + month, 1) / 1000;
    if (at > to) break;
    marks.push({ at, label: new Date(at * 1000).toISOString().slice(0, 7) });
  }
  return marks;
}

/** Most characters of a lane's name that stand beside it. */
const BESIDE = 10;
const cut = (text: string) => (text.length > BESIDE ? `${text.slice(0, BESIDE - 1)}…` : text);

/** A line in words, for the point that is looked at. */
function told(line: Evidence, name: string | undefined): string {
  const key = line.key.map((part) => (part === line.psn_no ? shortOf(part) : part));
  const what = [TABLES[line.table] ?? line.table, name].filter(Boolean).join(" ");
  return `${line.time} ${what} ${key.join(" ")} ${yuan(line.amount)} 元`;
}

interface Props {
  findings: Finding[];
  /** What lines are called. */
  named: NameOf;
  /** What institutions are called. */
  institution: (code: string) => string;
}

export function Timeline({ findings, named, institution }: Props) {
  const [place, width] = useWidth(FIRST);
  const drawn = useMemo(() => {
    const lane = laneOf(findings, named);
    const timed = findings.flatMap((finding) =>
      finding.evidence.flatMap((evidence) =>
        evidence.time ? [{ evidence, at: secondsOf(evidence.time), lane: lane(evidence, finding) }] : [],
      ),
    );
    if (timed.length === 0) return undefined;
    const lanes = [...new Set(timed.map((one) => one.lane))].slice(0, 24);
    const from = Math.min(...timed.map((one) => one.at));
    const to = Math.max(...timed.map((one) => one.at));
    const span = Math.max(to - from, 3600);
    const scale = (at: number) => LEFT + 8 + ((at - from) / span) * (width - LEFT - RIGHT - 16);
    const points: Point[] = timed
      .filter((one) => lanes.includes(one.lane))
      .map((one) => ({ x: scale(one.at), lane: lanes.indexOf(one.lane), evidence: one.evidence }));
    const pairs = findings.flatMap((finding) =>
      (finding.pairs ?? []).slice(0, 200).flatMap(([a, b]) => {
        const one = points.find((point) => point.evidence === finding.evidence[a]);
        const other = points.find((point) => point.evidence === finding.evidence[b]);
        return one && other ? [{ one, other, key: `${finding.rule}-${a}-${b}-${one.x}` }] : [];
      }),
    );
    return {
      lanes,
      points,
      pairs,
      marks: ticks(from, from + span).map((mark) => ({ ...mark, x: scale(mark.at) })),
    };
  }, [findings, width, named]);
  if (!drawn) return <p className="hint">这些明细没有时间，画不出时间轴。</p>;
  const height = TOP + drawn.lanes.length * LANE + 22;
  const y = (lane: number) => TOP + lane * LANE + LANE / 2;
  const placed = lanesBy(findings) === "places";
  const called = (lane: string) => (placed && lane !== "—" ? institution(lane) : inSight(lane));
  const offending = drawn.points.filter((point) => point.evidence.role === "offending").length;
  return (
    <figure ref={place} className="timeline" style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`时间轴：${drawn.lanes.length} 行，疑点明细 ${offending} 条，相关明细 ${drawn.points.length - offending} 条`}
      >
        {drawn.lanes.map((lane, index) => (
          <g key={lane}>
            <rect
              x={LEFT}
              y={TOP + index * LANE}
              width={width - LEFT - RIGHT}
              height={LANE}
              fill={index % 2 ? "#f8fafc" : "#eef2f7"}
            />
            <text x={LEFT - 8} y={y(index) + 4} textAnchor="end" fontSize="12" fill="#374151">
              {cut(called(lane))}
              <title>{called(lane)}</title>
            </text>
          </g>
        ))}
        {drawn.marks.map((mark) => (
          <g key={mark.at}>
            <line x1={mark.x} x2={mark.x} y1={TOP} y2={height - 20} stroke="#d5dbe3" strokeDasharray="2 3" />
            <text x={mark.x} y={height - 6} textAnchor="middle" fontSize="11" fill="#4b5563">
              {mark.label}
            </text>
          </g>
        ))}
        {drawn.pairs.map(({ one, other, key }) => (
          <line
            key={key}
            x1={one.x}
            y1={y(one.lane)}
            x2={other.x}
            y2={y(other.lane)}
            stroke={COLORS.late}
            strokeOpacity="0.5"
          />
        ))}
        {drawn.points.map((point) => {
          const lit = point.evidence.role === "offending";
          const key = `${point.evidence.table}${point.evidence.key.join("-")}${point.x}`;
          return lit ? (
            <rect
              key={key}
              x={point.x - 5}
              y={y(point.lane) - 5}
              width={10}
              height={10}
              transform={`rotate(45 ${point.x} ${y(point.lane)})`}
              fill={COLORS.late}
              stroke="#fff"
            >
              <title>{told(point.evidence, named(point.evidence))}</title>
            </rect>
          ) : (
            <circle
              key={key}
              cx={point.x}
              cy={y(point.lane)}
              r={4}
              fill="#fff"
              stroke={COLORS.brand}
              strokeWidth="1.6"
            >
              <title>{told(point.evidence, named(point.evidence))}</title>
            </circle>
          );
        })}
      </svg>
      <figcaption className="hint">◆ 疑点明细　○ 相关明细　— 成对出现；指向一点看时间、主键和金额</figcaption>
    </figure>
  );
}
