// An act that may not be done is told with its step, and with whose it is.

import { expect, test } from "vitest";
import type { Machine, MayAct } from "../api/matters";
import { begins, laterSteps, whose } from "./why";

const guard = (code: string) => ({ code, message: "", basis: "" });
const known = (id: string, from: string[], departments = ["insurance"], codes: string[] = []) => ({
  id,
  title: id,
  from,
  departments,
  to: null,
  input: "nothing",
  guards: codes.map(guard),
});
const state = (id: string, title: string) => ({ id, title });
const machine: Machine = {
  id: "case",
  title: "案件",
  states: [
    state("proposed", "拟立案"),
    state("investigating", "调查中"),
    state("notified", "已告知"),
    state("decided", "已决定"),
  ],
  acts: [
    known("open", ["new"]),
    known("file", ["proposed"]),
    known("assign", ["proposed", "investigating", "decided"]),
    known("decide", ["notified"]),
    known("approve_decision", ["notified"], ["insurance"], ["CW062"]),
    known("serve", ["decided"]),
    known("pay", ["decided"], ["insurance", "agency"]),
  ],
};
const act = (id: string): MayAct => ({
  id,
  title: id,
  input: "nothing",
  open: false,
  closed_by: "state",
  against: [],
});

test("what another step opens stands under the next one that does, and what is past comes last", () => {
  const acts = ["serve", "file", "assign", "pay", "unheard_of"].map(act);
  const steps = laterSteps(machine, "notified", acts).map((step) => [
    step.title,
    step.ahead,
    step.acts.map((one) => one.id),
  ]);
  expect(steps).toEqual([
    ["已决定", true, ["serve", "assign", "pay"]],
    ["拟立案", false, ["file"]],
  ]);
  const first = laterSteps(machine, "proposed", ["decide", "assign"].map(act)).map((step) => step.state);
  expect(first).toEqual(["investigating", "notified"]);
  expect(laterSteps(undefined, "proposed", acts)).toEqual([]);
});

test("an act of somebody else says whose it is", () => {
  expect(whose(machine, act("pay"))).toBe("由医保行政部门、经办机构办理");
  expect(whose(machine, act("approve_decision"))).toBe("由医保行政部门的正职负责人办理");
  expect(whose(machine, act("unheard_of"))).toBe("");
});

test("what begins a matter is no act of one that stands", () => {
  expect([begins(machine, act("open")), begins(machine, act("file"))]).toEqual([true, false]);
});
