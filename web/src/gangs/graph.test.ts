// A group's graph ties who was seen together, keeps the times, and can be cut to days.

import { expect, test } from "vitest";
import type { Evidence, Finding } from "../api/findings";
import { graphOf, near, span, spanWords } from "./graph";

const line = (psn_no: string, time: string): Evidence => ({
  table: "settlement",
  key: [psn_no, time],
  role: "offending",
  time,
  psn_no,
  fixmedins_code: "H1",
  amount: 100,
});
const finding: Finding = {
  rule_id: "G1",
  rule: "gang/seen-together",
  version: 1,
  kind: "suspect",
  severity: 2,
  subject: { kind: "group", id: "g" },
  begin: "2025-01-01",
  end: "2025-02-01",
  amount: 400,
  counting: "line_fund",
  message: "",
  values: {},
  basis: [],
  evidence: [
    line("P1", "2025-01-01 09:00:00"),
    line("P2", "2025-01-01 09:04:00"),
    line("P1", "2025-02-01 10:00:00"),
    line("P3", "2025-02-01 10:02:00"),
  ],
  pairs: [
    [0, 1],
    [2, 3],
  ],
};

test("people seen together are tied with their times, and with where it was", () => {
  const { nodes, edges } = graphOf([finding]);
  expect(nodes.map((node) => node.name).sort()).toEqual(["H1", "P1", "P2", "P3"]);
  expect(nodes.find((node) => node.name === "H1")?.amount).toBe(400);
  const together = edges.filter((edge) => edge.kind === "together");
  expect(together).toHaveLength(2);
  expect(together[0]?.meetings).toEqual([
    { at: "2025-01-01 09:00:00", other: "2025-01-01 09:04:00", place: "H1" },
  ]);
});

test("days cut the graph, and expanding takes the neighbours", () => {
  expect(span([finding])).toEqual(["2025-01-01", "2025-02-01"]);
  const early = graphOf([finding], "2025-01-01", "2025-01-31");
  expect(early.nodes.map((node) => node.name).sort()).toEqual(["H1", "P1", "P2"]);
  const whole = graphOf([finding]);
  expect([...near(whole, new Set(["person P2"]))].sort()).toEqual([
    "institution H1",
    "person P1",
    "person P2",
  ]);
});

test("a terminal that a settlement names stands between the person and the institution", () => {
  const evidence = finding.evidence.map((one, at) => ({ ...one, setl_id: `S${at}` }));
  const { nodes, edges } = graphOf([{ ...finding, evidence }], undefined, undefined, { S0: "T1", S1: "T1" });
  expect(nodes.filter((node) => node.kind === "terminal")).toEqual([
    { id: "terminal H1 T1", kind: "terminal", name: "T1", lines: 2, amount: 200 },
  ]);
  const visited = edges.filter((edge) => edge.kind === "visited").map((edge) => [edge.id, edge.lines]);
  expect(visited.sort()).toEqual([
    ["institution H1|person P1", 1],
    ["institution H1|person P3", 1],
    ["institution H1|terminal H1 T1", 2],
    ["person P1|terminal H1 T1", 1],
    ["person P2|terminal H1 T1", 1],
  ]);
});

test("days are told once where there is one, and not at all where there is none", () => {
  expect([
    spanWords("2025-01-02", "2025-03-04"),
    spanWords("2025-01-02", "2025-01-02"),
    spanWords(null, null),
  ]).toEqual(["2025-01-02 至 2025-03-04", "2025-01-02", "—"]);
});

test("a finding without pairs ties people at one institution on one day, once a day", () => {
  const { edges } = graphOf([{ ...finding, pairs: [] }]);
  const together = edges.filter((edge) => edge.kind === "together");
  expect(together.map((edge) => [edge.source, edge.target, edge.meetings.length])).toEqual([
    ["person P1", "person P2", 1],
    ["person P1", "person P3", 1],
  ]);
});
