// The facts of a matter as acts left them, field by field, in words; used where no screen of its own draws them better.

import { Descriptions, Table } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useGuides, useMeasures } from "../api/law";
import { useNames } from "../api/matters";
import { yuan } from "../format/money";
import { idWords } from "../parts/paths";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { FACT_WORDS, MONEY_FACTS, SECTIONS } from "../words/facts";
import { FIELD_LISTS, WORDS } from "../words/generated";
import { inSight, membersOf } from "../words/subject";
import { useMasking } from "./masked";

/** Fields that hold the code of a region. */
const REGIONS = [
  "region",
  "from_region",
  "to_region",
  "duty_region",
  "cross_checker",
  "reported",
  "handed_to",
];

/** The number of another matter, where a field holds one. */
const isMatter = (field: string, value: string) =>
  ["case", "clue"].includes(field) && /^(c|clue-|case-)[0-9a-f]{12,}$/.test(value);

/** Fields that hold the account of an officer. */
const OFFICERS = [
  "approver",
  "reviewer",
  "reviewed_by",
  "decided_by",
  "proposed_by",
  "by",
  "chair",
  "officers",
];

/** Fields that hold the id of a file or of an issued paper, which its title stands beside. */
const POINTERS = ["piece"];

/** Whether a text has the form of an account; a name that somebody typed is asked of nobody. */
const isAccount = (text: string) => /^[a-z0-9][a-z0-9-]*$/.test(text);

/** Whether a code has the form of a designated institution's or pharmacy's. */
const isInstitution = (code: string) => /^[HP]\d{11}$/.test(code);

/** Words of a closed list, by the lists that the field takes them from. */
export function wordOf(field: string, value: string): string | undefined {
  const lists = FIELD_LISTS[field] ?? [];
  return lists.map((list) => (WORDS[list] as Record<string, string>)[value]).find(Boolean);
}

/** How a text of a field is said: words of lists, names of places and institutions, masked forms of what is sealed; where `items` are said,
 *  those of guides in their words. */
function useSaying(items = false): (field: string, value: string) => string {
  const masked = useMasking();
  const names = useNames();
  const guides = useGuides(items).data ?? [];
  const measures = useMeasures();
  return (field, value) => {
    const measure = field === "measure" && measures.find(([id]) => id === value);
    if (measure) return measure[1];
    const item = field === "item" && guides.flatMap((guide) => guide.items).find((one) => one.id === value);
    if (item) return `${item.id} ${item.words}`;
    const word = wordOf(field, value);
    if (word) return word;
    if (REGIONS.includes(field) || (["from", "to"].includes(field) && /^\d{6}$/.test(value))) {
      const name = names.region(value);
      return name === value ? value : `${name}（${value}）`;
    }
    const house = names.organisation(value);
    if (house !== value) return house;
    const place = (code: string) => {
      const name = names.institution(code);
      return name === code ? masked(inSight(code)) : `${name}（${code}）`;
    };
    // A person's code is asked of nobody.
    if (field === "subject")
      return membersOf(value)
        .map((one) => (isInstitution(one) ? place(one) : masked(inSight(one))))
        .join("、");
    if (["institution", "target"].includes(field)) return place(value);
    if (OFFICERS.includes(field) && isAccount(value)) return names.officer(value);
    if (field === "draw") return idWords(value);
    return masked(field === "person" ? inSight(value) : value);
  };
}

type Saying = ReturnType<typeof useSaying>;

function text(field: string, value: unknown, say: Saying): ReactNode {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return MONEY_FACTS.has(field) ? `${yuan(value)} 元` : value;
  if (typeof value === "string" && isMatter(field, value))
    return (
      <Link to={`/matters/${value}`} title={value}>
        {idWords(value)}
      </Link>
    );
  if (typeof value === "string") return <span className="prose">{say(field, value)}</span>;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object"))
      return value.map((one) => say(field, String(one))).join("、");
    return value.every(isRow) ? <Lines rows={value} say={say} /> : null;
  }
  if (typeof value === "object" && "day" in value) return String(value.day ?? "—");
  return null;
}

/** Rows inside of a cell, a line each. */
function Lines({ rows, say }: { rows: Record<string, unknown>[]; say: Saying }) {
  return (
    <ul className="plainlist">
      {rows.map((row) => (
        <li key={JSON.stringify(row)}>
          {Object.entries(row).map(([name, one]) => (
            <div key={name}>
              <span className="hint">{word(name)}：</span>
              {text(name, one, say)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

const isRow = (one: unknown): one is Record<string, unknown> =>
  typeof one === "object" && one !== null && !Array.isArray(one);

const word = (field: string) => FACT_WORDS[field] ?? SECTIONS[field] ?? field;

/** What a column of rows is called: an answer of yes or no is no sum, and whom money goes to is nobody who signs in. */
function heading(field: string, value: unknown): string {
  if (field === "found" && typeof value === "boolean") return "发现问题";
  if (field === "account" && typeof value === "string" && wordOf(field, value)) return "款项去向";
  return word(field);
}

/** A row with what it holds one below the other side by side, as the measure of a decision with its sums. */
export function flat(row: Record<string, unknown>): Record<string, unknown> {
  const inside = (value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !("day" in value);
  return Object.fromEntries(
    Object.entries(row).flatMap(([key, value]) =>
      inside(value) ? Object.entries(value as object) : [[key, value]],
    ),
  );
}

function Rows({ field, rows: given }: { field: string; rows: Record<string, unknown>[] }) {
  const rows = given.map(flat);
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !POINTERS.includes(key));
  const say = useSaying(keys.includes("item") || field === "sheets");
  // An account of an approval is whose it is; of a person it is one at a bank.
  const named = (key: string) => (field === "approvals" && key === "account" ? "approver" : key);
  // A heading that stands above already, or over the first column, is not said twice.
  const said = word(field) === SECTIONS[field] || keys.some((key) => word(key) === word(field));
  return (
    <Wide label={word(field)} fits>
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => JSON.stringify(row)}
        dataSource={rows}
        {...(said ? {} : { title: () => word(field) })}
        columns={keys.map((key) => ({
          key,
          title: heading(named(key), rows.at(0)?.[key]),
          ...(rows.some((row) => typeof row[key] === "number")
            ? { align: "right" as const, className: "number" }
            : {}),
          render: (_: unknown, row) => text(named(key), row[key], say),
        }))}
      />
    </Wide>
  );
}

/** One part of the document. */
export function Part({ value }: { value: object }) {
  const say = useSaying();
  const entries = Object.entries(value);
  const tables = entries.filter(
    ([, one]) =>
      Array.isArray(one) &&
      one.length > 0 &&
      one.every((row) => typeof row === "object" && !Array.isArray(row)),
  );
  const plain = entries.filter(
    ([field, one]) => !tables.some(([name]) => name === field) && text(field, one, say) !== null,
  );
  return (
    <div className="stack">
      {plain.length > 0 && (
        <Descriptions
          size="small"
          bordered
          column={1}
          items={plain.map(([field, one]) => ({
            key: field,
            label: word(field),
            children: text(field, one, say),
          }))}
        />
      )}
      {tables.map(([field, rows]) => (
        <Rows key={field} field={field} rows={rows as Record<string, unknown>[]} />
      ))}
    </div>
  );
}

export function FactsPanel({ facts, without = [] }: { facts: object; without?: string[] }) {
  const parts = Object.entries(facts).filter(
    ([name, part]) => typeof part === "object" && part !== null && SECTIONS[name] && !without.includes(name),
  );
  if (parts.length === 0) return <Empty title="还没有办理记载">办理后，每一步的内容显示在这里。</Empty>;
  return (
    <div className="stack">
      {parts.map(([name, part]) => (
        <section key={name} aria-label={SECTIONS[name]}>
          <h3>{SECTIONS[name]}</h3>
          {Array.isArray(part) ? <List name={name} part={part} /> : <Part value={part} />}
        </section>
      ))}
    </div>
  );
}

function List({ name, part }: { name: string; part: unknown[] }) {
  const say = useSaying();
  if (part.every((one) => typeof one === "object" && one !== null && !Array.isArray(one))) {
    return <Rows field={name} rows={part as Record<string, unknown>[]} />;
  }
  return (
    <ul className="plainlist">
      {part.map((one) => (
        <li key={JSON.stringify(one)}>
          {Array.isArray(one)
            ? one.map((item) => say(name, String(item))).join("：")
            : say(name, String(one))}
        </li>
      ))}
    </ul>
  );
}
