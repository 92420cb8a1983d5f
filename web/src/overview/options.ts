// Charts from counts: horizontal bars with their values beside them, and months as columns with money as lines.

import type { EChartsCoreOption } from "echarts/core";
import type { Counted } from "../api/matters";
import { count, scaleYuan, shortYuan } from "../format/money";

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

/** Months side by side. */
export function trendOption(rows: Counted[]): EChartsCoreOption {
  const money = (field: "found" | "recovered") => rows.map((row) => row[field]);
  return {
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: "#374151" } },
    xAxis: { type: "category", data: rows.map((row) => row.value), axisLabel: { color: "#374151" } },
    yAxis: [
      { type: "value", name: "件", minInterval: 1, axisLabel: { color: "#374151" } },
      {
        type: "value",
        // Marks stand at whole yuan, also where nothing was found yet.
        minInterval: 100,
        splitLine: { show: false },
        axisLabel: { color: "#374151", formatter: (value: number) => scaleYuan(value) },
      },
    ],
    series: [
      { name: "件数", type: "bar", data: rows.map((row) => row.count), barMaxWidth: 28, cursor: "pointer" },
      {
        name: "查实金额",
        type: "line",
        yAxisIndex: 1,
        data: money("found"),
        symbol: "circle",
        symbolSize: 7,
      },
      {
        name: "追回金额",
        type: "line",
        yAxisIndex: 1,
        data: money("recovered"),
        symbol: "diamond",
        symbolSize: 9,
      },
    ],
  };
}

/** A column added up. */
export function sum(
  rows: Counted[],
  column: "count" | "ended" | "overdue" | "amount" | "found" | "recovered",
): number {
  return rows.reduce((all, row) => all + row[column], 0);
}
