// What the lake says of an institution or practitioner, made ready to be drawn: who can be asked about, months side by side, shares by column.

import type { EChartsCoreOption } from "echarts/core";
import type { Schemas } from "../api/client";
import { scaleYuan } from "../format/money";

export type Month = Schemas["PortraitMonth"];
export type Part = Schemas["PortraitPart"];
export type Portrayed = Schemas["Portrayed"];
type Points = Schemas["PointsStanding"];

/** Columns that the money is told by, in their order. */
const COLUMNS: [string, string][] = [
  ["med_type", "医疗类别"],
  ["insutype", "险种"],
  ["list_type", "目录类别"],
  ["med_chrgitm_type", "收费项目类别"],
  ["bilg_dept_codg", "开单科室"],
];

/** What somebody is to the lake, by the list that he was asked from, what his matters call him, and else by the form of his code; nothing for
 *  insured people and groups. */
export function portrayedAs(key: "institution" | "subject", code: string, kind = ""): Portrayed | undefined {
  if (key === "institution" || kind === "institution" || kind === "pharmacy") return "institution";
  if (kind === "practitioner") return "practitioner";
  if (kind) return undefined;
  if (/^[HP][0-9A-Z]{11}$/.test(code)) return "institution";
  return /^[DNPT]\d{8,14}$/.test(code) ? "practitioner" : undefined;
}

/** The columns that there are shares of. */
export function columnsOf(parts: Pick<Part, "by">[]): { value: string; label: string }[] {
  const known = COLUMNS.filter(([by]) => parts.some((part) => part.by === by));
  return known.map(([value, label]) => ({ value, label }));
}

/** A share as a list shows it. */
export const partTitle = ({ title }: Pick<Part, "title">) => title || "未填写";

/** A part of a whole in percent; nothing of nothing, or of what refunds have turned. */
export function percent(part: number, whole: number): string {
  return whole > 0 && part >= 0 ? `${((part / whole) * 100).toFixed(1)}%` : "—";
}

/** How far points are from what they bring. */
export function pointsWords({
  points,
  suspend_from,
  end_at,
}: Pick<Points, "points" | "suspend_from" | "end_at">): string {
  if (points >= end_at) return `已达 ${end_at} 分，终止支付资格`;
  const more = `再记 ${end_at - points} 分终止`;
  return points >= suspend_from
    ? `已达 ${suspend_from} 分，暂停支付资格；${more}`
    : `再记 ${suspend_from - points} 分暂停，${more}`;
}

/** What changes from one kind of visit to the other: its name, and its field. */
const VISITS = [
  ["门诊", "visits"],
  ["住院", "stays"],
  ["购药", "purchases"],
] as const;

/** Months side by side: visits on each other, money as lines. What never was is left out. */
export function monthsOption(months: Month[]): EChartsCoreOption {
  const visits = VISITS.filter(([, field]) => months.some((month) => month[field] > 0));
  const line = (name: string, field: "fee" | "fund", symbol: string) => ({
    name,
    type: "line",
    yAxisIndex: 1,
    data: months.map((month) => month[field]),
    symbol,
    symbolSize: 7,
  });
  return {
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: "#374151" } },
    xAxis: { type: "category", data: months.map(({ month }) => month), axisLabel: { color: "#374151" } },
    yAxis: [
      { type: "value", name: "人次", minInterval: 1, axisLabel: { color: "#374151" } },
      {
        type: "value",
        minInterval: 100,
        splitLine: { show: false },
        axisLabel: { color: "#374151", formatter: (value: number) => scaleYuan(value) },
      },
    ],
    series: [
      ...visits.map(([name, field]) => ({
        name,
        type: "bar",
        stack: "visits",
        data: months.map((month) => month[field]),
        barMaxWidth: 28,
      })),
      line("费用", "fee", "circle"),
      line("基金支付", "fund", "diamond"),
    ],
  };
}

/** Ten-thousandths of a unit as a quantity. */
export function quantity(units: number): string {
  return (units / 10_000).toLocaleString("zh-CN", { maximumFractionDigits: 4 });
}
