// A chart: drawn on a canvas, described in words for those who do not see it, its bars open to their records.

import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use as register } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { COLORS, FONT } from "../shell/theme";

register([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  AriaComponent,
  CanvasRenderer,
]);

interface Props {
  option: EChartsCoreOption;
  label: string;
  /** Bars below each other; the picture is as high as they need. */
  rows?: number;
  /** A mark was chosen, by its place in the data. */
  onChoose?: (index: number) => void;
}

/** Height of a bar with the space around it, and of what surrounds all bars. */
const BAR = 30;
const AROUND = 20;

export function Chart({ option, label, rows, onChoose }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const choose = useRef(onChoose);
  choose.current = onChoose;
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current);
    chart.setOption({
      color: [...COLORS.series],
      textStyle: { fontFamily: FONT },
      // Tips are drawn on the canvas too: the page's rules forbid styles in markup.
      tooltip: { renderMode: "richText", trigger: "item", confine: true },
      aria: { enabled: true },
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 300,
      ...option,
    });
    chart.on("click", ({ dataIndex }) => choose.current?.(dataIndex));
    const resize = () => chart.resize();
    const watch = new ResizeObserver(resize);
    watch.observe(place.current);
    window.addEventListener("beforeprint", resize);
    return () => {
      window.removeEventListener("beforeprint", resize);
      watch.disconnect();
      chart.dispose();
    };
  }, [option]);
  const height = rows ? rows * BAR + AROUND : undefined;
  return (
    <div
      ref={place}
      className="chart"
      role="img"
      aria-label={label}
      {...(height ? { style: { height } } : {})}
    />
  );
}
