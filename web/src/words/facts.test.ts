// Every field that a matter's record shows has a Chinese word.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FACT_WORDS, SECTIONS } from "./facts";

/** Shown by screens of their own, or not at all; a proposal's own fields stand beside each other. */
const ELSEWHERE = ["version", "variants", "people", "name", "phone", "address", "proposal", "piece"];

it("knows every field of the facts", () => {
  const text = readFileSync(join(import.meta.dirname, "../api/facts.ts"), "utf8");
  const fields = new Set([...text.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field ?? ""));
  expect(fields.size).toBeGreaterThan(150);
  const unknown = [...fields].filter((field) => !FACT_WORDS[field] && !SECTIONS[field]);
  expect(unknown.filter((field) => !ELSEWHERE.includes(field))).toEqual([]);
});
