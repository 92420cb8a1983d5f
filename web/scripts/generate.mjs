// Writes what the workbench takes from the server's source, or with --check says which file is stale.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapi, { astToString } from "openapi-typescript";
import { csv, fields, knowledge, root, structs, typescript, words } from "./source.mjs";

const HEAD = "written by `npm run generate`; do not edit.\n";

/** A table, a row a line. */
const rows = (table) => `[\n${table.map((row) => `  ${JSON.stringify(row)},`).join("\n")}\n]`;

/** The reviewed description of the API, without the header of its snapshot. */
function description() {
  const folder = join(root, "crates/server/tests/server/snapshots");
  const name = readdirSync(folder).find((name) => name.includes("__openapi__"));
  const text = readFileSync(join(folder, name), "utf8");
  const api = JSON.parse(text.slice(text.indexOf("\n{") + 1));
  // Names of handlers repeat between files; the path and method already name an operation.
  for (const path of Object.values(api.paths)) {
    for (const operation of Object.values(path)) delete operation.operationId;
  }
  return api;
}

function declared(found, known) {
  return Object.entries(found)
    .filter(([, fields]) => fields.length)
    .map(([name, fields]) => {
      const lines = fields.map(
        ({ field, type, away }) => `  ${field}${away ? "?" : ""}: ${typescript(type)};`,
      );
      return `export interface ${name} {\n${lines.join("\n")}\n}\n`;
    })
    .concat(known)
    .join("\n");
}

async function wanted() {
  const lists = words();
  const { Proposal, Amounts } = structs(["crates/casework/src/measure.rs", "crates/casework/src/money.rs"]);
  const facts = { ...structs(["crates/casework/src/facts"]), Proposal, Amounts };
  const clocks = structs(["crates/casework/src/clock/mod.rs"]);
  const importing = (text) => {
    const used = Object.keys(lists).filter((name) => new RegExp(`[^"\\w]${name}\\b`).test(text));
    return used.length ? `import type { ${used.join(", ")} } from "../words/generated";\n\n${text}` : text;
  };
  const wrapped = ["Returned", "Fined", "AgreementDamages", "Refused"].map(
    (name) => `export type ${name} = number;`,
  );
  const findings = structs(["crates/model/src/finding.rs"]);
  const kinds = [
    'export type Kind = "violation" | "suspect" | "monitor" | "inconclusive";',
    'export type SubjectKind = "person" | "institution" | "practitioner" | "pharmacy" | "group";',
    'export type Role = "offending" | "related";\n',
  ].join("\n");
  return {
    "api/schema.ts": `// Types of the server's API, ${HEAD}// One file, however long: its types refer to each other by one name, and nobody reads it by hand.\n\n${astToString(await openapi(description()))}`,
    "words/generated.ts": `// Closed lists of words with their Chinese titles, ${HEAD}
export const WORDS = ${JSON.stringify(lists, null, 2)} as const;

/** Fields of a matter's record: from which lists their words are. */
export const FIELD_LISTS: Record<string, (keyof typeof WORDS)[]> = ${JSON.stringify(fieldLists(facts, lists), null, 2)};

${Object.keys(lists)
  .map((name) => `export type ${name} = keyof (typeof WORDS)["${name}"];`)
  .join("\n")}
`,
    "rules/generated.ts": `// What rules may cover and read: items of the negative list, national classes of rules, key fields, columns, ${HEAD}
/** Items of the negative list, in their order: id, document, whom it binds, words, how far data can show it. */
export const ITEMS: [string, string, string, string, string][] = ${rows(
      knowledge("negative_list").map((row) => [
        row.id,
        row.source_document,
        row.category,
        row.item_text,
        row.detectability,
      ]),
    )};

/** National classes of rules: id, first and second tier, name. */
export const CLASSES: [string, string, string, string][] = ${rows(
      knowledge("rule_class").map((row) => [`C-${row.seq}`, row.tier1, row.tier2, row.name]),
    )};

/** Key fields: id to title. */
export const FIELDS: Record<string, string> = ${JSON.stringify(fields(), null, 2)};

/** Columns of the data that rules read: table and column to title. */
export const COLUMNS: Record<string, string> = ${JSON.stringify(
      Object.fromEntries(
        csv("crates/model/tables.csv").map(({ table, column, label }) => [`${table}.${column}`, label]),
      ),
      null,
      2,
    )};
`,
    "api/facts.ts": `// Facts of matters, ${HEAD}
${importing(declared(facts, [`${wrapped.join("\n")}\n`]))}`,
    "api/clocks.ts": `// Clocks of matters and breaches of limits, ${HEAD}
${importing(declared(clocks, ["export type Note = string | Record<string, unknown>;\n"]))}`,
    "api/findings.ts": `// What a rule saw: the findings that a clue stands on, ${HEAD}
${declared(findings, [kinds])}`,
  };
}

/** Lists that the fields of the record take their words from: the same word may stand in several. */
function fieldLists(facts, lists) {
  const found = {};
  for (const fields of Object.values(facts)) {
    for (const { field, type } of fields) {
      for (const name of Object.keys(lists)) {
        if (new RegExp(`\\b${name}\\b`).test(type))
          found[field] = [...new Set([...(found[field] ?? []), name])];
      }
    }
  }
  return found;
}

const check = process.argv.includes("--check");
let stale = 0;
for (const [name, text] of Object.entries(await wanted())) {
  const path = join(root, "web/src", name);
  let have = "";
  try {
    have = readFileSync(path, "utf8");
  } catch {
    // Not there yet.
  }
  if (have === text) continue;
  stale += 1;
  if (check) console.error(`${name} is stale: run npm run generate`);
  else writeFileSync(path, text);
}
if (check && stale) process.exit(1);
