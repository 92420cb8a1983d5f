// Whom a clue is about, drawn from the lake of its run: stays as bars, visits as points, drugs' supply as bands, and what the clue stands
// on lit; institutions and practitioners by days.

import { useQuery } from "@tanstack/react-query";
import { Card, Segmented } from "antd";
import { useMemo, useState } from "react";
import { api, type Schemas, told } from "../api/client";
import { count, shortYuan, yuan } from "../format/money";
import { moment, secondsOf } from "../format/time";
import { useWidth } from "../parts/width";
import { COLORS } from "../shell/theme";
import { Gone } from "./gone";
import { ticks } from "./timeline";

type Found = Schemas["Timeline"];
type Item = Schemas["Item"];
type Day = Schemas["Day"];

/** Until the place is measured. */
const FIRST = 960;
const LEFT = 190;
const RIGHT = 16;
const LANE = 24;
const TOP = 8;
const DAY = 86_400;

/** What is drawn at first: the time around what the clue stands on, or everything. */
export function around(items: Pick<Item, "from" | "to" | "offending">[]): [number, number] | undefined {
  const lit = items.filter((item) => item.offending);
  if (lit.length === 0) return undefined;
  const from = Math.min(...lit.map((item) => item.from));
  const to = Math.max(...lit.map((item) => item.to ?? item.from));
  const beside = Math.max((to - from) * 0.5, 15 * DAY);
  return [from - beside, to + beside];
}

export function Drawn({ matter }: { matter: string }) {
  const found = useQuery({
    queryKey: ["timeline", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/timeline", { params: { path: { id: matter } } })),
    retry: false,
  });
  const [whole, setWhole] = useState(false);
  if (found.error) return <Gone title="就诊全景" error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || (found.data.items.length === 0 && found.data.days.length === 0)) return null;
  const byDays = found.data.days.length > 0;
  return (
    <Card
      size="small"
      title={byDays ? "逐日情况" : "就诊全景"}
      extra={
        !byDays && (
          <Segmented
            size="small"
            aria-label="时间范围"
            value={whole ? "whole" : "near"}
            onChange={(value) => setWhole(value === "whole")}
            options={[
              { value: "near", label: "疑点前后" },
              { value: "whole", label: "全部时间" },
            ]}
          />
        )
      }
    >
      {byDays ? <Days days={found.data.days} /> : <Lanes found={found.data} whole={whole} />}
      {found.data.more && <p className="hint">内容较多，只画出疑点和最近的部分。</p>}
    </Card>
  );
}

/** An item in words, for the mark that is looked at. */
function words(item: Item): string {
  const until = item.to && item.to > item.from ? ` 至 ${moment(item.to)}` : "";
  const money = item.amount === null || item.amount === undefined ? "" : ` ${yuan(item.amount)} 元`;
  return `${moment(item.from)}${until} ${item.label}${money}${item.offending ? "（疑点）" : ""}`;
}

function Lanes({ found, whole }: { found: Found; whole: boolean }) {
  const [place, width] = useWidth(FIRST);
  const seen = useMemo(() => {
    const near = whole ? undefined : around(found.items);
    const [from, to] = near ?? [
      Math.min(...found.items.map((item) => item.from)),
      Math.max(...found.items.map((item) => item.to ?? item.from)),
    ];
    const items = found.items.filter((item) => (item.to ?? item.from) >= from && item.from <= to);
    const lanes = found.lanes.filter((lane) => items.some((item) => item.lane === lane.id));
    return { items, lanes, from, to: Math.max(to, from + DAY) };
  }, [found, whole]);
  const { items, lanes, from, to } = seen;
  const x = (at: number) =>
    LEFT + 8 + ((Math.min(Math.max(at, from), to) - from) / (to - from)) * (width - LEFT - RIGHT - 16);
  const y = (lane: string) => TOP + lanes.findIndex((one) => one.id === lane) * LANE + LANE / 2;
  const kinds = new Map(lanes.map((lane) => [lane.id, lane.kind]));
  const height = TOP + lanes.length * LANE + 22;
  const lit = items.filter((item) => item.offending).length;
  return (
    <figure ref={place} className="timeline" style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`就诊全景：${lanes.length} 行，${items.length} 项，其中疑点 ${lit} 项`}
      >
        {lanes.map((lane, index) => (
          <g key={lane.id}>
            <rect
              x={LEFT}
              y={TOP + index * LANE}
              width={width - LEFT - RIGHT}
              height={LANE}
              fill={index % 2 ? "#f8fafc" : "#eef2f7"}
            />
            <text
              x={LEFT - 8}
              y={TOP + index * LANE + LANE / 2 + 4}
              textAnchor="end"
              fontSize="12"
              fill="#374151"
            >
              {lane.label.length > 14 ? `${lane.label.slice(0, 13)}…` : lane.label}
              <title>{lane.label}</title>
            </text>
          </g>
        ))}
        {ticks(from, to).map((mark) => (
          <g key={mark.at}>
            <line
              x1={x(mark.at)}
              x2={x(mark.at)}
              y1={TOP}
              y2={height - 20}
              stroke="#d5dbe3"
              strokeDasharray="2 3"
            />
            <text x={x(mark.at)} y={height - 6} textAnchor="middle" fontSize="11" fill="#4b5563">
              {mark.label}
            </text>
          </g>
        ))}
        {items.map((item) => (
          <Mark
            key={`${item.lane} ${item.key.join(" ")}`}
            item={item}
            kind={kinds.get(item.lane) ?? "visit"}
            from={x(item.from)}
            to={x(item.to ?? item.from)}
            y={y(item.lane)}
          />
        ))}
      </svg>
      <figcaption className="hint">
        ▬ 住院　● 门诊、购药　▭ 用药覆盖的天数　◆ 疑点；深色为疑点所在。指向一处看时间和金额
      </figcaption>
    </figure>
  );
}

function Mark({
  item,
  kind,
  from,
  to,
  y,
}: {
  item: Item;
  kind: string;
  from: number;
  to: number;
  y: number;
}) {
  const title = <title>{words(item)}</title>;
  const color = item.offending ? COLORS.late : COLORS.brand;
  const wide = Math.max(to - from, 3);
  if (kind === "stay") {
    return (
      <rect
        x={from}
        y={y - 6}
        width={wide}
        height={12}
        rx={2}
        fill={color}
        fillOpacity={item.offending ? 0.9 : 0.55}
      >
        {title}
      </rect>
    );
  }
  if (kind === "supply") {
    return (
      <rect
        x={from}
        y={y - 4}
        width={wide}
        height={8}
        fill={color}
        fillOpacity={item.offending ? 0.45 : 0.2}
        stroke={color}
        strokeWidth={item.offending ? 1.4 : 0.6}
      >
        {title}
      </rect>
    );
  }
  if (kind === "line") {
    return (
      <rect
        x={from - 5}
        y={y - 5}
        width={10}
        height={10}
        transform={`rotate(45 ${from} ${y})`}
        fill={COLORS.late}
        stroke="#fff"
      >
        {title}
      </rect>
    );
  }
  return (
    <circle
      cx={from}
      cy={y}
      r={4}
      fill={item.offending ? COLORS.late : "#fff"}
      stroke={color}
      strokeWidth="1.6"
    >
      {title}
    </circle>
  );
}

/** Visits by day as bars; days that the clue stands on lit. */
function Days({ days }: { days: Day[] }) {
  const [place, width] = useWidth(FIRST);
  const height = 180;
  const first = secondsOf(`${days[0]?.day ?? ""} 00:00:00`);
  const last = secondsOf(`${days.at(-1)?.day ?? ""} 00:00:00`);
  const span = Math.max(last - first, DAY);
  const most = Math.max(1, ...days.map((one) => one.visits));
  const x = (at: number) => 48 + ((at - first) / span) * (width - 48 - RIGHT - 8);
  const wide = Math.max(1, ((width - 48 - RIGHT) / (span / DAY + 1)) * 0.8);
  const lit = days.filter((one) => one.offending > 0);
  const people = days.reduce((all, one) => all + one.people, 0);
  const fund = days.reduce((all, one) => all + one.fund, 0);
  return (
    <figure ref={place} className="timeline" style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`逐日就诊：${days.length} 天，其中有疑点的 ${lit.length} 天`}
      >
        <text x={0} y={12} fontSize="11" fill="#4b5563">
          最多 {count(most)} 人次
        </text>
        <line x1={48} x2={width - RIGHT} y1={height - 22} y2={height - 22} stroke="#9aa5b4" />
        {ticks(first, first + span).map((mark) => (
          <text key={mark.at} x={x(mark.at)} y={height - 6} textAnchor="middle" fontSize="11" fill="#4b5563">
            {mark.label}
          </text>
        ))}
        {days.map((one) => {
          const tall = (one.visits / most) * (height - 42);
          const at = x(secondsOf(`${one.day} 00:00:00`));
          return (
            <g key={one.day}>
              <rect
                x={at - wide / 2}
                y={height - 22 - tall}
                width={wide}
                height={Math.max(tall, 1)}
                fill={one.offending > 0 ? COLORS.late : COLORS.brand}
                fillOpacity={one.offending > 0 ? 0.9 : 0.45}
              >
                <title>
                  {`${one.day} ${count(one.visits)} 人次，${count(one.people)} 人，基金 ${yuan(one.fund)} 元${one.offending > 0 ? `，疑点明细 ${one.offending} 条` : ""}`}
                </title>
              </rect>
              {one.offending > 0 && <circle cx={at} cy={height - 16} r={2.5} fill={COLORS.late} />}
            </g>
          );
        })}
      </svg>
      <figcaption className="hint">
        柱高为当天就诊人次，深色并带点的是有疑点明细的日子；共 {count(people)} 人天，基金支付{" "}
        {shortYuan(fund)}
      </figcaption>
    </figure>
  );
}
