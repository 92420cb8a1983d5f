// Reads the shapes that the server's Rust source declares: closed lists of words, facts of matters.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const casework = join(root, "crates/casework/src");

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
    .filter((name) => name.endsWith(".rs"));
}

function texts(paths) {
  return paths.flatMap(files).map((path) => readFileSync(path, "utf8"));
}

/** Closed lists: name to its words, each with its Chinese title. */
export function words() {
  const found = {};
  const of = ["facts", "clock", "money.rs", "limit.rs", "machine.rs"].map((name) => join(casework, name));
  for (const text of texts(of)) {
    for (const [, name, body] of text.matchAll(/pub enum (\w+) \{([^}]*)\}/g)) {
      const list = [...body.matchAll(/\w+ = "([^"]+)", "([^"]+)";/g)];
      if (list.length) found[name] = Object.fromEntries(list.map(([, id, title]) => [id, title]));
    }
  }
  return found;
}

/** Rows of a knowledge table of the library, by their columns. */
export const knowledge = (table) => csv(`library/knowledge/${table}/rows.csv`);

/** Rows of a file of separated values, by their columns. */
export function csv(path) {
  const text = readFileSync(join(root, path), "utf8");
  const rows = [[""]];
  let quoted = false;
  [...text.trimEnd()].forEach((letter, at) => {
    const row = rows.at(-1);
    if (letter === '"') {
      // A quote that stands twice inside of quotes is one of the text's own.
      if (!quoted && text[at - 1] === '"') row[row.length - 1] += letter;
      quoted = !quoted;
    } else if (letter === "," && !quoted) row.push("");
    else if (letter === "\n" && !quoted) rows.push([""]);
    else if (letter !== "\r") row[row.length - 1] += letter;
  });
  const [head, ...lines] = rows;
  return lines.map((line) => Object.fromEntries(head.map((name, column) => [name, line[column]])));
}

/** Key fields whose problem lists rules may cover: id to title. */
export function fields() {
  const text = readFileSync(join(root, "library/coverage.toml"), "utf8");
  return Object.fromEntries(
    [...text.matchAll(/^\[fields\.([\w-]+)\]\ntitle = "([^"]+)"/gm)].map(([, id, title]) => [id, title]),
  );
}

/** Structs: name to fields with type, and whether a field may be away. */
export function structs(paths) {
  const found = {};
  for (const text of texts(paths.map((path) => join(root, path)))) {
    const plain = text.split("#[cfg(test)]")[0];
    for (const [, indent, name, body] of plain.matchAll(/^( *)pub struct (\w+) \{\n([\s\S]*?)^\1\}/gm)) {
      const macro = indent.length > 0;
      const fields = [...body.matchAll(/((?:^ *(?:\/\/\/|#\[)[^\n]*\n)*)^ *pub (\w+): ([^\n]+),$/gm)];
      found[name] = fields.map(([, above, field, type]) => ({
        field,
        type,
        away: macro || above.includes("default") || above.includes("skip_serializing_if"),
      }));
    }
  }
  return found;
}

const PLAIN = {
  String: "string",
  bool: "boolean",
  Fen: "number",
  Sum: "number",
  Line: "string",
  Prose: "string",
  Date: "string",
  Time: "string",
  ServerTime: "string",
  Digest: "string",
  Version: "number",
  Counting: "string",
};

/** A Rust type as TypeScript. */
export function typescript(type) {
  const generic = type.match(/^(\w+)<(.*)>$/s);
  if (generic) {
    const [, outer, inner] = generic;
    const parts = split(inner);
    if (outer === "Option") return `${typescript(parts[0])} | null`;
    if (["Vec", "BTreeSet", "List"].includes(outer)) return `Array<${typescript(parts[0])}>`;
    if (outer === "BTreeMap") return `Record<string, ${typescript(parts[1])}>`;
    throw new Error(`unknown generic ${type}`);
  }
  if (type.startsWith("(")) return `[${split(type.slice(1, -1)).map(typescript).join(", ")}]`;
  if (/^[ui](8|16|32|64)$/.test(type)) return "number";
  return PLAIN[type] ?? type;
}

function split(text) {
  const parts = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((letter, at) => {
    if ("<(".includes(letter)) depth += 1;
    if (">)".includes(letter)) depth -= 1;
    if (letter === "," && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  });
  return [...parts, text.slice(from).trim()];
}
