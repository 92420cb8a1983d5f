// A group's graph ties who was seen together, keeps the times, and can be cut to days.

import { expect, test } from "vitest";
import type { Evidence, Finding } from "../api/findings";
import { graphOf, near, span } from "./graph";

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

test("a finding without pairs ties people at one institution on one day, once a day", () => {
  const { edges } = graphOf([{ ...finding, pairs: [] }]);
  const together = edges.filter((edge) => edge.kind === "together");
  expect(together.map((edge) => [edge.source, edge.target, edge.meetings.length])).toEqual([
    ["person P1", "person P2", 1],
    ["person P1", "person P3", 1],
  ]);
});
