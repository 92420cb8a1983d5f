// Periods that are looked at and compared: the month, quarter or year that runs, or two days; and what came before.

/** A span of China's civil time in seconds, the end not in it. */
export interface Span {
  from: number;
  to: number;
}

export type Period = "month" | "quarter" | "year" | "all";

export const PERIODS: [Period, string][] = [
  ["month", "本月"],
  ["quarter", "本季度"],
  ["year", "本年"],
  ["all", "全部"],
];
export const BEFORE: Record<Period, string> = {
  month: "上月同期",
  quarter: "上季度同期",
  year: "上年同期",
  all: "",
};

const seconds = (year: number, month: number) => Date.UTC(year, month, 1) / 1000;

/** The period that runs, up to now. */
export function spanOf(period: Period, now: number): Span | undefined {
  if (period === "all") return undefined;
  const date = new Date(now * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const first = period === "year" ? 0 : period === "quarter" ? month - (month % 3) : month;
  return { from: seconds(year, first), to: now };
}

/** As much of the period before: the same number of days from its beginning, and no more than it has. */
export function before(period: Period, now: number): Span | undefined {
  const span = spanOf(period, now);
  if (!span) return undefined;
  const date = new Date(span.from * 1000);
  const months = period === "year" ? 12 : period === "quarter" ? 3 : 1;
  const from = seconds(date.getUTCFullYear(), date.getUTCMonth() - months);
  return { from, to: Math.min(from + (span.to - span.from), span.from) };
}

/** How much more or less than before, in words. */
export function change(now: number, then: number): string {
  if (then === 0) return now === 0 ? "持平" : "上期为零";
  const percent = ((now - then) / then) * 100;
  if (Math.abs(percent) < 0.05) return "持平";
  return `${percent > 0 ? "增" : "减"} ${Math.abs(percent).toFixed(1)}%`;
}

/** A month `2026-03` and its span, for the records behind it. */
export function monthSpan(month: string): Span {
  const [year = 0, of = 1] = month.split("-").map(Number);
  return { from: seconds(year, of - 1), to: seconds(year, of) };
}
