// Whatever the trail may name has a Chinese word.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KINDS } from "../admin/record";
import { machineTitle } from "../parts/paths";
import { SYSTEM_ACTS } from "./domain";

const CRATES = join(import.meta.dirname, "../../../crates");

/** Source files of a folder, without those of tests. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rs") && !name.includes("tests"))
    .map((name) => readFileSync(join(folder, name), "utf8").split("#[cfg(test)]")[0] ?? "");
}

const text = [...sources(join(CRATES, "casework/src")), ...sources(join(CRATES, "server/src"))].join("\n");

it("knows every kind of thing that the trail names", () => {
  const drafts = [...text.matchAll(/Draft::new\(\s*[^,()]+,\s*"([a-z_]+)"/g)].map(([, kind]) => kind ?? "");
  const kinds = new Set(drafts);
  expect(kinds.size).toBeGreaterThan(15);
  expect([...kinds].filter((kind) => !KINDS[kind] && machineTitle(kind) === kind)).toEqual([]);
});

it("knows every act of the system that the trail names", () => {
  const drafts = [...text.matchAll(/Draft::new\(\s*"([a-z_]+)"/g)].map(([, act]) => act ?? "");
  const looks = [...text.matchAll(/looks\(&app, &caller, \w+, "([a-z_]+)"/g)].map(([, act]) => act ?? "");
  const acts = new Set([...drafts, ...looks]);
  expect(acts.size).toBeGreaterThan(50);
  expect([...acts].filter((act) => !SYSTEM_ACTS[act])).toEqual([]);
});
