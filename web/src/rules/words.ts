// Words of rules and of the knowledge that they go by: status, severity, chapters, what tables, columns and values are called.

import type { Tone } from "../parts/sign";
import { CHAPTERS, TABLES } from "../words/domain";
import { CLASSES, COLUMNS, FIELDS, ITEMS } from "./generated";

export const STATUS: Record<string, string> = {
  draft: "草稿",
  trial: "试运行",
  active: "启用",
  retired: "停用",
};
export const STATUS_TONES: Record<string, Tone> = {
  draft: "plain",
  trial: "gold",
  active: "green",
  retired: "plain",
};
export const SEVERITY: Record<number, string> = { 1: "轻微", 2: "一般", 3: "严重" };

/** The chapter of a rule's folder. */
export const chapterOf = (name: string) => CHAPTERS[name.split("/")[0] ?? ""] ?? name;

/** What a column of a table of the data is called. */
export const columnWords = (table: string, column: string) => COLUMNS[`${table}.${column}`] ?? column;

/** `fee.cnt` in words. */
export function readWords(read: string): string {
  const [table = "", column] = read.split(".");
  const title = TABLES[table] ?? table;
  return column ? `${title}：${columnWords(table, column)}` : title;
}

/** A value of TOML in words. */
export function valueWords(value: string): string {
  const inside = value
    .replace(/^\[|\]$/g, "")
    .replaceAll('"', "")
    .trim();
  return (
    inside
      .split(/\s*,\s*/)
      .filter(Boolean)
      .join("、") || "无"
  );
}

/** A text of a rule with the values of its parameters that are in force here where their names stand. */
export function filled(
  text: string,
  params: { name: string; default: string; site?: string | null }[],
): string {
  const values = new Map(params.map((one) => [one.name, valueWords(one.site ?? one.default)]));
  return text.replace(/\$([a-z][a-z0-9_]*)/g, (all, name: string) => values.get(name) ?? all);
}

const items = new Map(
  ITEMS.map(([id, document, binds, words]) => [id, { words, from: `${binds}，${document}` }]),
);
const classes = new Map(
  CLASSES.map(([id, first, second, name]) => [id, { words: name, from: `${first}，${second}` }]),
);

/** What an id that a rule covers stands for. */
export function covered(id: string): { words: string; from: string } {
  return (
    items.get(id) ??
    classes.get(id) ?? { words: FIELDS[id] ?? id, from: FIELDS[id] ? "重点领域问题清单" : "" }
  );
}

/** The head of a knowledge column: its meaning as far as that is a name. */
export const columnHead = (meaning: string) => meaning.split(/[：，；]/)[0] ?? meaning;

/** Values that more than one column has. */
const VALUES: Record<string, string> = { child: "儿童", yes: "是", day: "天" };

/** A value as the meaning of its column says it behind the colon: `限定种类：sex 性别，age 年龄`. */
export function knowledgeWords(meaning: string, value: string): string {
  const said = meaning.slice(meaning.indexOf("：") + 1).split("，");
  const words = said.find((one) => value !== "" && one.startsWith(`${value} `));
  return words?.slice(value.length + 1) ?? VALUES[value] ?? value;
}
