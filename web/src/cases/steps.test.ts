// The stepper knows every state that a case can be in.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stepOf, WAY } from "./steps";

test("every state of a case has its step", () => {
  const machine = readFileSync("../procedures/machines/case.toml", "utf8");
  const states = [...machine.matchAll(/\[\[state\]\]\nid = "(\w+)"/g)].map((found) => found[1] ?? "");
  expect(states.length).toBeGreaterThan(8);
  for (const state of states) expect(stepOf(state).at, state).toBeGreaterThanOrEqual(0);
  expect(states).toEqual(expect.arrayContaining(WAY));
});
