// From the server's types of inputs to kinds of fields, and from what was filled in to what an act brings.

import { fenOf } from "../format/money";
import { WORDS } from "../words/generated";
import { INPUTS } from "./generated";

export type InputName = keyof typeof INPUTS;

export type Kind =
  | { kind: "line" | "prose" | "date" | "flag" | "number" | "money" | "digest" | "opinions" | "proposals" }
  | { kind: "lines" | "digests"; most: number }
  | { kind: "word" | "words"; words: Record<string, string> };

export interface Field {
  name: string;
  optional: boolean;
  kind: Kind;
}

const PLAIN: Record<string, Kind> = {
  Line: { kind: "line" },
  // Sealed on the server; here they are typed like any line.
  Key: { kind: "line" },
  Personal: { kind: "line" },
  Prose: { kind: "prose" },
  Date: { kind: "date" },
  bool: { kind: "flag" },
  u32: { kind: "number" },
  Sum: { kind: "money" },
  Digest: { kind: "digest" },
};

function kindOf(type: string): Kind {
  const plain = PLAIN[type];
  if (plain) return plain;
  const list = type.match(/^List<(.+?)(?:, (\d+))?>$/);
  if (list) {
    const [, of = "", most = "200"] = list;
    if (of === "Line") return { kind: "lines", most: Number(most) };
    if (of === "Digest") return { kind: "digests", most: Number(most) };
    if (of === "(Line, Prose)") return { kind: "opinions" };
    if (of === "(Line, Proposal)") return { kind: "proposals" };
    const words = (WORDS as Record<string, Record<string, string>>)[of];
    if (words) return { kind: "words", words };
  }
  const words = (WORDS as Record<string, Record<string, string>>)[type];
  if (words) return { kind: "word", words };
  throw new Error(`a field of type ${type} has no kind`);
}

/** The fields of an input, in their order. */
export function fieldsOf(name: InputName): Field[] {
  // Who informed is taken down at a desk of its own, never in a form beside the matter.
  const drawn = Object.entries(INPUTS[name]).filter(([, type]) => type !== "Option<Informant>");
  return drawn.map(([field, type]) => {
    const inner = (type as string).match(/^Option<(.+)>$/)?.[1];
    return { name: field, optional: inner !== undefined, kind: kindOf(inner ?? (type as string)) };
  });
}

/** Whether the server's name of an input is one that this screen knows. */
export function isInput(name: string): name is InputName {
  return Object.hasOwn(INPUTS, name);
}

export type Values = Record<string, unknown>;

interface Row {
  measure?: string;
  loss?: string;
  defrauded?: string;
  returned?: string;
  fined?: string;
  damages?: string;
  refused?: string;
  flags?: string[];
}

const money = (text: unknown) => (typeof text === "string" && text.trim() ? (fenOf(text) ?? 0) : 0);
const some = (text: unknown) => (typeof text === "string" && text.trim() ? (fenOf(text) ?? 0) : null);

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
      suspension: null,
    },
  ];
}

function sentOf({ kind, optional }: Field, value: unknown): unknown {
  switch (kind.kind) {
    case "line":
    case "prose":
    case "digest": {
      const text = typeof value === "string" ? value.trim() : "";
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
    case "proposals":
      return ((value as Row[] | undefined) ?? []).map(proposal);
    default:
      return value ?? null;
  }
}

/** What the act brings, as the server reads it. Dates are texts already. */
export function toInput(name: InputName, values: Values): Record<string, unknown> {
  return Object.fromEntries([
    ["input", name],
    ...fieldsOf(name).map((field) => [field.name, sentOf(field, values[field.name])]),
  ]);
}
