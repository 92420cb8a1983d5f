// The facts of a matter as acts left them, field by field, in words; used where no screen of its own draws them better.

import { Descriptions, Table } from "antd";
import type { ReactNode } from "react";
import { yuan } from "../format/money";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { FACT_WORDS, MONEY_FACTS, SECTIONS } from "../words/facts";
import { WORDS } from "../words/generated";
import { useMasking } from "./masked";

const TITLES: Record<string, string> = Object.assign({}, ...Object.values(WORDS));

function text(field: string, value: unknown, masked: (text: string) => string): ReactNode {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return MONEY_FACTS.has(field) ? `${yuan(value)} 元` : value;
  if (typeof value === "string") return <span className="prose">{TITLES[value] ?? masked(value)}</span>;
  if (Array.isArray(value)) {
    return value.every((one) => typeof one !== "object")
      ? value.map((one) => TITLES[String(one)] ?? masked(String(one))).join("、")
      : null;
  }
  if (typeof value === "object" && "day" in value) return String(value.day ?? "—");
  return null;
}

const word = (field: string) => FACT_WORDS[field] ?? field;

function Rows({ field, rows }: { field: string; rows: Record<string, unknown>[] }) {
  const masked = useMasking();
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <Wide label={word(field)}>
      <Table
        size="small"
        pagination={false}
        rowKey={(row) => JSON.stringify(row)}
        dataSource={rows}
        title={() => word(field)}
        columns={keys.map((key) => ({
          key,
          title: word(key),
          render: (_: unknown, row) => text(key, row[key], masked),
        }))}
      />
    </Wide>
  );
}

/** One part of the document. */
export function Part({ value }: { value: object }) {
  const masked = useMasking();
  const entries = Object.entries(value);
  const tables = entries.filter(
    ([, one]) =>
      Array.isArray(one) &&
      one.length > 0 &&
      one.every((row) => typeof row === "object" && !Array.isArray(row)),
  );
  const plain = entries.filter(
    ([field, one]) => !tables.some(([name]) => name === field) && text(field, one, masked) !== null,
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
            children: text(field, one, masked),
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
  const masked = useMasking();
  if (part.every((one) => typeof one === "object" && one !== null && !Array.isArray(one))) {
    return <Rows field={name} rows={part as Record<string, unknown>[]} />;
  }
  return (
    <ul className="plainlist">
      {part.map((one) => (
        <li key={JSON.stringify(one)}>
          {Array.isArray(one)
            ? one.map((item) => TITLES[String(item)] ?? masked(String(item))).join("：")
            : masked(String(one))}
        </li>
      ))}
    </ul>
  );
}
