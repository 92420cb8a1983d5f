// Charts from counts: horizontal bars with their values beside them.

import type { EChartsCoreOption } from "echarts/core";
import type { Counted } from "../api/matters";
import { count, shortYuan } from "../format/money";

/** Bars, the greatest on top. */
export function barOption(rows: [string, number][], measure: "count" | "amount"): EChartsCoreOption {
  const words = measure === "count" ? count : shortYuan;
  const up = [...rows].reverse();
  return {
    grid: { left: 8, right: 88, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: "category",
      data: up.map(([name]) => name),
      axisTick: { show: false },
      axisLabel: { width: 190, overflow: "truncate", color: "#374151" },
    },
    series: [
      {
        type: "bar",
        data: up.map(([, value]) => value),
        barMaxWidth: 20,
        cursor: "pointer",
        label: {
          show: true,
          position: "right",
          color: "#1f2937",
          formatter: ({ value }: { value: number }) => words(value),
        },
      },
    ],
  };
}

/** A column added up. */
export function sum(rows: Counted[], column: "count" | "ended" | "overdue" | "amount"): number {
  return rows.reduce((all, row) => all + row[column], 0);
}
