// Values of parameters: from TOML into what people read and fields hold, and what was changed.

import type { Schemas } from "../api/client";

type Param = Pick<Schemas["ParamView"], "name" | "default" | "site">;

/** A value as the server writes it in TOML: numbers, truth, texts and lists of texts are the same in JSON. */
export function plain(text: string): number | boolean | string | string[] {
  try {
    return JSON.parse(text) as number | boolean | string | string[];
  } catch {
    return text.replace(/^'(.*)'$/, "$1");
  }
}

/** As people read it. */
export function shown(text: string): string {
  const value = plain(text);
  if (Array.isArray(value)) return value.join("、") || "空";
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "number" ? text : value;
}

/** The value in force here, as a field holds it. */
export function inForce(param: Param): string {
  const text = param.site ?? param.default;
  const value = plain(text);
  if (Array.isArray(value)) return value.join("、");
  return typeof value === "string" ? value : text;
}

/** The values that differ from those in force. */
export function changes(params: Param[], given: Record<string, string>): Record<string, string> {
  const changed = params.filter((one) => given[one.name] !== undefined && given[one.name] !== inForce(one));
  return Object.fromEntries(changed.map((one) => [one.name, given[one.name] ?? ""]));
}

/** The lines of `params.toml` for the values that a job tried. */
export function section(rule: string, asked: Record<string, unknown>): string {
  return `["${rule}"]\n${String(asked.set ?? "").trim()}\n`;
}
