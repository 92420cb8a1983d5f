// What the server says of fields becomes fields to fill in, and what was filled in becomes what the server reads.

import { expect, test } from "vitest";
import { fieldsOf, toInput } from "./kinds";

const digest = { type: "string", pattern: "^[0-9a-f]{64}$" };
const choices = (...pairs: [string, string][]) => ({
  type: "string",
  oneOf: pairs.map(([name, title]) => ({ const: name, title })),
});
const line = { type: "string", maxLength: 200 };
const form = (fields: Record<string, [string, object, boolean?]>) =>
  fieldsOf(
    Object.entries(fields).map(([name, [title, schema, optional]]) => ({
      name,
      title,
      required: !optional,
      schema: schema as Record<string, never>,
    })),
  );

test("every shape of the server has its kind of field, and money says its unit", () => {
  const fields = form({
    text: ["甲", line],
    prose: ["乙", { type: "string", maxLength: 4000 }],
    day: ["丙", { type: "string", format: "date" }],
    yes: ["丁", { type: "boolean" }],
    count: ["戊", { type: "integer", minimum: 0 }],
    sum: ["己", { type: "integer", format: "fen" }],
    file: ["庚", digest],
    files: ["辛", { type: "array", items: digest, maxItems: 50 }],
    lines: ["壬", { type: "array", items: line, maxItems: 20 }],
    one: ["癸", choices(["a", "甲种"])],
    some: ["子", { type: "array", items: choices(["a", "甲种"]) }],
    said: [
      "丑",
      { type: "array", items: { type: "array", prefixItems: [line, { type: "string", maxLength: 4000 }] } },
    ],
    items: ["寅", { type: "array", items: { type: "array", prefixItems: [line, { type: "object" }] } }],
    enclosed: ["辰", { type: "array", items: { type: "object" }, maxItems: 50 }],
    who: ["卯", { type: "object", properties: { name: { type: "string", title: "姓名" } } }, true],
  });
  expect(fields.map((field) => field.kind.kind).join(" ")).toBe(
    "line prose date flag number money digest digests lines word words opinions proposals enclosures person",
  );
  expect(fields.find((field) => field.name === "sum")?.label).toBe("己（元）");
  expect(fields.find((field) => field.name === "lines")?.kind).toEqual({ kind: "lines", most: 20 });
  expect(fields.find((field) => field.name === "one")?.kind).toEqual({ kind: "word", words: { a: "甲种" } });
});

test("yuan become fen, and what was left empty becomes what the server takes for nothing", () => {
  const answer = form({
    outcome: ["结论", choices(["confirmed", "查实"])],
    facts: ["事实", { type: "string", maxLength: 4000 }],
    found: ["金额", { type: "integer", format: "fen" }],
    attachments: ["附件", { type: "array", items: digest }],
    amount: ["延长", { type: "integer" }, true],
  });
  expect(toInput("answer", answer, { outcome: "confirmed", facts: " 见到三行 ", found: "1,200.5" })).toEqual({
    input: "answer",
    outcome: "confirmed",
    facts: "见到三行",
    found: 120050,
    attachments: [],
    amount: null,
  });
});

test("a decision carries its four kinds of money apart", () => {
  const decide = form({
    items: ["处理", { type: "array", items: { type: "array", prefixItems: [line, { type: "object" }] } }],
  });
  const decided = toInput("decide", decide, {
    items: [
      { measure: "M05", loss: "100", returned: "100", fined: "150", flags: ["serious"] },
      { measure: "M11", defrauded: "100", fined: "200", suspension: 6 },
    ],
  });
  expect(decided).toMatchObject({
    items: [
      ["M05", { loss: 10000, returned: 10000, fined: 15000, damages: null, refused: null, serious: true }],
      ["M11", { defrauded: 10000, fined: 20000, suspension: 6 }],
    ],
  });
});

test("an enclosure brings what its form asks for, and nothing of a form that was chosen before", () => {
  const enclose = form({ enclosures: ["附件", { type: "array", items: { type: "object" } }] });
  const row = { piece: "t-1/report/1", title: "病历", number: " 卷2 ", amount: "3册" };
  const { enclosures } = toInput("enclose", enclose, {
    enclosures: [
      { enclosure: "report", form: "paper", ...row },
      { enclosure: "others", form: "original", ...row },
      { enclosure: "tests", form: "none", ...row },
    ],
  });
  const nothing = { piece: null, title: null, number: null, amount: null };
  expect(enclosures).toEqual([
    { ...nothing, enclosure: "report", form: "paper", piece: "t-1/report/1", amount: "3册" },
    { ...nothing, enclosure: "others", form: "original", title: "病历", number: "卷2", amount: "3册" },
    { ...nothing, enclosure: "tests", form: "none" },
  ]);
});

test("who informed is sent whole, or not at all", () => {
  const parts = { name: { type: "string", title: "姓名" }, phone: { type: "string", title: "联系电话" } };
  const complaint = form({ informant: ["举报人", { type: "object", properties: parts }, true] });
  expect(toInput("complaint", complaint, { informant: { name: " 某人 " } }).informant).toEqual({
    name: "某人",
    phone: "",
  });
  expect(toInput("complaint", complaint, {}).informant).toBeNull();
});
