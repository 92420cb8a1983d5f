// The graph on its canvas: G6, with our own shapes; shape and word tell kinds apart, not colour alone.

import { Graph } from "@antv/g6";
import { useEffect, useRef } from "react";
import { COLORS, FONT } from "../shell/theme";
import { shortOf } from "../words/subject";
import type { Edge, Group, Node } from "./graph";

const SHAPES: Record<Node["kind"], string> = {
  person: "circle",
  institution: "rect",
  practitioner: "triangle",
  terminal: "diamond",
};
const FILLS: Record<Node["kind"], string> = {
  person: "#ffffff",
  institution: "#dbeafe",
  practitioner: "#fef3c7",
  terminal: "#dcfce7",
};

interface Props {
  group: Group;
  pinned: ReadonlySet<string>;
  /** What institutions are called, by node. */
  places: ReadonlyMap<string, string>;
  onNode: (node: Node) => void;
  onEdge: (edge: Edge) => void;
  /** Hands a way to take the picture over. */
  onReady: (picture: () => Promise<string>) => void;
}

export function Canvas({ group, pinned, places, onNode, onEdge, onReady }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const called = useRef({ onNode, onEdge, onReady });
  called.current = { onNode, onEdge, onReady };
  useEffect(() => {
    const container = place.current;
    if (!container || group.nodes.length === 0) return;
    const many = group.nodes.length > 300;
    const most = Math.max(...group.nodes.map((node) => node.lines), 1);
    const graph = new Graph({
      container,
      autoFit: { type: "view", options: { when: "overflow" } },
      padding: 24,
      animation: false,
      data: {
        nodes: group.nodes.map((node) => ({
          id: node.id,
          type: SHAPES[node.kind],
          style: {
            size: 16 + 22 * Math.sqrt(node.lines / most),
            fill: FILLS[node.kind],
            stroke: pinned.has(node.id) ? COLORS.late : COLORS.brand,
            lineWidth: pinned.has(node.id) ? 3 : 1.5,
            labelText: many ? "" : (places.get(node.id) ?? shortOf(node.name)),
            labelFontFamily: FONT,
            labelFontSize: 11,
            labelFill: "#1f2937",
            labelBackground: true,
            labelBackgroundFill: "#ffffff",
            labelBackgroundFillOpacity: 0.85,
            labelPadding: [0, 2],
          },
        })),
        edges: group.edges.map((edge) => ({
          id: edge.id,
          source: edge.source,
          target: edge.target,
          style: {
            stroke: edge.kind === "together" ? COLORS.late : "#9aa5b1",
            lineWidth: edge.kind === "together" ? Math.min(6, 1 + edge.meetings.length / 2) : 1,
            lineDash: edge.kind === "together" ? [] : [4, 3],
            labelText: edge.kind === "together" && !many ? `${edge.meetings.length} 次` : "",
            labelFontSize: 10,
            labelFontFamily: FONT,
            labelFill: COLORS.late,
            labelAutoRotate: false,
            labelBackground: true,
            labelBackgroundFill: "#ffffff",
            labelBackgroundFillOpacity: 1,
            labelPadding: [0, 2],
            increasedLineWidthForHitTesting: 8,
          },
        })),
      },
      layout: many
        ? { type: "concentric", preventOverlap: true, sortBy: "degree" }
        : {
            type: "d3-force",
            link: { distance: 170 },
            manyBody: { strength: -420 },
            collide: { radius: 34 },
            iterations: 200,
          },
      behaviors: ["drag-canvas", "zoom-canvas", "drag-element"],
    });
    graph.on("node:click", (event) => {
      const id = String((event as unknown as { target: { id: string } }).target.id);
      const node = group.nodes.find((one) => one.id === id);
      if (node) called.current.onNode(node);
    });
    graph.on("edge:click", (event) => {
      const id = String((event as unknown as { target: { id: string } }).target.id);
      const edge = group.edges.find((one) => one.id === id);
      if (edge) called.current.onEdge(edge);
    });
    let gone = false;
    const sizes = new ResizeObserver(() => {
      graph.resize(container.clientWidth, container.clientHeight);
      void graph.fitCenter();
    });
    void graph.render().then(() => {
      // The library puts its canvases first in the order of Tab; what they show stands in the list beside them.
      for (const canvas of container.querySelectorAll("canvas")) canvas.tabIndex = -1;
      if (gone) return;
      // A small group stays at its size, in the middle, also of a window that grows.
      if (graph.getZoom() >= 1) void graph.fitCenter();
      sizes.observe(container);
      called.current.onReady(() => graph.toDataURL({ type: "image/png", mode: "overall" }));
    });
    return () => {
      gone = true;
      sizes.disconnect();
      graph.destroy();
    };
  }, [group, pinned, places]);
  return (
    <div
      ref={place}
      className="graph"
      role="img"
      aria-label={`关系图：${group.nodes.length} 个点，${group.edges.length} 条线；同样内容见右侧列表`}
    />
  );
}
