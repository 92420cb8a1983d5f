// Every input of the server can be filled in, and becomes what the server reads.

import { expect, test } from "vitest";
import { INPUTS } from "./generated";
import { fieldsOf, isInput, toInput } from "./kinds";
import { labelOf } from "./labels";

test("every field of every input has a kind and a Chinese name", () => {
  for (const name of Object.keys(INPUTS)) {
    if (!isInput(name)) throw new Error(name);
    for (const field of fieldsOf(name)) {
      expect(labelOf(name, field.name).label, `${name}.${field.name}`).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});

test("yuan become fen, and what was left empty becomes what the server takes for nothing", () => {
  const values = { outcome: "confirmed", facts: " 见到三行 ", found: "1,200.5", steps: ["returned"] };
  expect(toInput("answer", values)).toEqual({
    input: "answer",
    outcome: "confirmed",
    facts: "见到三行",
    found: 120050,
    steps: ["returned"],
    attachments: [],
  });
  expect(toInput("extend", { limit: "D06", extension: "case-more" })).toEqual({
    input: "extend",
    limit: "D06",
    extension: "case-more",
    amount: null,
  });
});

test("a decision carries its four kinds of money apart", () => {
  const decided = toInput("decide", {
    items: [{ measure: "M05", loss: "100", returned: "100", fined: "150", flags: ["serious"] }],
    lines: ["l-1"],
  });
  expect(decided).toMatchObject({
    lines: ["l-1"],
    items: [
      ["M05", { loss: 10000, returned: 10000, fined: 15000, damages: null, refused: null, serious: true }],
    ],
  });
});
