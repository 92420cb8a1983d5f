// From what the server says of an act's fields to kinds of fields, and from what was filled in to what the act brings.

import type { Schemas } from "../api/client";
import { fenOf } from "../format/money";

/** What a value is held against, as far as forms are drawn from it (JSON Schema). */
interface Shape {
  type?: string;
  format?: string;
  pattern?: string;
  maxLength?: number;
  maxItems?: number;
  title?: string;
  oneOf?: { const: string; title: string }[];
  items?: Shape;
  prefixItems?: Shape[];
  properties?: Record<string, Shape>;
}

export type Kind =
  | {
      kind:
        | "line"
        | "prose"
        | "date"
        | "flag"
        | "number"
        | "money"
        | "digest"
        | "opinions"
        | "proposals"
        | "enclosures";
    }
  | { kind: "lines" | "digests"; most: number }
  | { kind: "word" | "words"; words: Record<string, string> }
  | { kind: "person"; parts: Record<string, string> };

export interface Field {
  name: string;
  /** Its Chinese name; the unit stands beside money. */
  label: string;
  optional: boolean;
  kind: Kind;
}

/** Longest text that is a line. */
const LINE = 200;

const wordsOf = (shape: Shape): Record<string, string> =>
  Object.fromEntries((shape.oneOf ?? []).map((one) => [one.const, one.title]));

function kindOf(shape: Shape): Kind {
  switch (shape.type) {
    case "boolean":
      return { kind: "flag" };
    case "integer":
      return { kind: shape.format === "fen" ? "money" : "number" };
    case "object": {
      const parts = Object.entries(shape.properties ?? {});
      return {
        kind: "person",
        parts: Object.fromEntries(parts.map(([name, part]) => [name, part.title ?? name])),
      };
    }
    case "array": {
      const most = shape.maxItems ?? LINE;
      const { items } = shape;
      if (items?.prefixItems)
        return { kind: items.prefixItems[1]?.type === "object" ? "proposals" : "opinions" };
      if (items?.type === "object") return { kind: "enclosures" };
      if (items?.oneOf) return { kind: "words", words: wordsOf(items) };
      return { kind: items?.pattern ? "digests" : "lines", most };
    }
    default:
      if (shape.oneOf) return { kind: "word", words: wordsOf(shape) };
      if (shape.pattern) return { kind: "digest" };
      if (shape.format === "date") return { kind: "date" };
      return { kind: (shape.maxLength ?? 0) > LINE ? "prose" : "line" };
  }
}

/** The fields of a form, in their order. */
export function fieldsOf(form: Schemas["FormFieldView"][]): Field[] {
  return form.map(({ name, title, required, schema }) => {
    const kind = kindOf(schema as Shape);
    return { name, label: kind.kind === "money" ? `${title}（元）` : title, optional: !required, kind };
  });
}

export type Values = Record<string, unknown>;

interface Enclosing {
  enclosure?: string;
  form?: string;
  piece?: string;
  title?: string;
  number?: string;
  amount?: string;
}

interface Row {
  measure?: string;
  loss?: string;
  defrauded?: string;
  returned?: string;
  fined?: string;
  damages?: string;
  refused?: string;
  suspension?: number | null;
  flags?: string[];
}

const money = (text: unknown) => (typeof text === "string" && text.trim() ? (fenOf(text) ?? 0) : 0);
const some = (text: unknown) => (typeof text === "string" && text.trim() ? (fenOf(text) ?? 0) : null);
const plain = (text: unknown) => (typeof text === "string" ? text.trim() : "");

function proposal(row: Row): [string, Record<string, unknown>] {
  const flags = row.flags ?? [];
  return [
    row.measure ?? "",
    {
      loss: money(row.loss),
      defrauded: money(row.defrauded),
      refused_to_correct: flags.includes("refused_to_correct"),
      serious: flags.includes("serious"),
      mitigated: flags.includes("mitigated"),
      returned: some(row.returned),
      fined: some(row.fined),
      damages: some(row.damages),
      refused: some(row.refused),
      suspension: row.suspension ?? null,
    },
  ];
}

/** An enclosure with what its form asks for, and nothing of a form that was chosen before. */
function enclosing(row: Enclosing): Record<string, unknown> {
  const text = (value: unknown, asked: boolean) => (asked && plain(value)) || null;
  const { form = "" } = row;
  return {
    enclosure: row.enclosure ?? "",
    form,
    piece: text(row.piece, form === "paper" || form === "file"),
    title: text(row.title, form === "original"),
    number: text(row.number, form === "original"),
    amount: text(row.amount, form !== "none"),
  };
}

function sentOf({ kind, optional }: Field, value: unknown): unknown {
  switch (kind.kind) {
    case "line":
    case "prose":
    case "digest": {
      const text = plain(value);
      return optional && !text ? null : text;
    }
    case "money":
      return money(value);
    case "flag":
      return Boolean(value);
    case "number":
      return typeof value === "number" ? value : optional ? null : 0;
    case "lines":
    case "digests":
    case "words":
      return Array.isArray(value) ? value : [];
    case "opinions":
      return ((value as { who?: string; what?: string }[] | undefined) ?? []).map((one) => [
        one.who ?? "",
        one.what ?? "",
      ]);
    case "enclosures":
      return ((value as Enclosing[] | undefined) ?? []).map(enclosing);
    case "proposals":
      return ((value as Row[] | undefined) ?? []).map(proposal);
    case "person": {
      const given = (value ?? {}) as Record<string, unknown>;
      const parts = Object.keys(kind.parts).map((part) => [part, plain(given[part])] as const);
      // Nobody is named where nothing was written of anybody.
      return parts.some(([, text]) => text) ? Object.fromEntries(parts) : null;
    }
    default:
      return value ?? null;
  }
}

/** What the act brings, as the server reads it. Dates are texts already. */
export function toInput(name: string, fields: Field[], values: Values): Record<string, unknown> {
  return Object.fromEntries([
    ["input", name],
    ...fields.map((field) => [field.name, sentOf(field, values[field.name])]),
  ]);
}
