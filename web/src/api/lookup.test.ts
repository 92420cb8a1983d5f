// Codes are asked for together and once; what failed is asked for again.

import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { Lookup } from "./lookup";

interface Props {
  lookup: Lookup<string>;
  codes: string[];
  onFound: (found: (string | undefined)[]) => void;
}

function Screen({ lookup, codes, onFound }: Props) {
  onFound(codes.map(lookup.useFound()));
  return null;
}

/** Draws a component that looks codes up, and says what it has found. */
function drawn(lookup: Lookup<string>, codes: string[]): (string | undefined)[] {
  let found: (string | undefined)[] = [];
  const onFound = (now: (string | undefined)[]) => {
    found = now;
  };
  renderToString(createElement(Screen, { lookup, codes, onFound }));
  return found;
}

afterEach(() => vi.useRealTimers());

test("codes of one screen are one question, and none is asked for twice", async () => {
  vi.useFakeTimers();
  const asked: string[][] = [];
  const lookup = new Lookup<string>(async (codes) => {
    asked.push(codes);
    return codes.filter((code) => code !== "H9").map((code) => [code, `name of ${code}`] as const);
  });
  expect(drawn(lookup, ["H1", "H2", "H1", "", "H9"])).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([["H1", "H2", "H9"]]);
  expect(drawn(lookup, ["H1", "H9"])).toEqual(["name of H1", undefined]);
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(1);
  expect(lookup.known("H2")).toBe("name of H2");
});

test("a question is no longer than the server takes, and one that failed is asked again", async () => {
  vi.useFakeTimers();
  let broken = true;
  const sizes: number[] = [];
  const lookup = new Lookup<string>(async (codes) => {
    sizes.push(codes.length);
    if (broken) throw new Error("lost");
    return codes.map((code) => [code, code.toLowerCase()] as const);
  });
  const codes = Array.from({ length: 201 }, (_, at) => `H${at}`);
  drawn(lookup, codes);
  await vi.runAllTimersAsync();
  expect(sizes).toEqual([200, 1]);
  broken = false;
  drawn(lookup, codes);
  await vi.runAllTimersAsync();
  expect(drawn(lookup, ["H200"])).toEqual(["h200"]);
});
