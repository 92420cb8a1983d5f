// The knowledge that rules go by: tables of codes, names and limits, looked up by code or name and by the day on which they hold.

import { DatePicker, Input, Select, Table } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import type { Schemas } from "../api/client";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { useKnowledge, useKnowledgeTables } from "./questions";
import { columnHead, knowledgeWords } from "./words";

type Row = Schemas["KnowledgeRowView"];
type Column = Schemas["KnowledgeColumn"];

const PAGE = 50;

/** Whether a column holds codes. */
const isCode = ({ name }: Column) => name === "id" || /code|prefix/.test(name);

/** From when to when a row holds. */
function holds({ begin, end }: Row): string {
  if (begin && end) return `${begin} 至 ${end}`;
  if (begin) return `${begin} 起`;
  return end ? `至 ${end}` : "不限";
}

function Rows({ table, code, date }: { table: Schemas["KnowledgeTable"]; code: string; date: string }) {
  const [page, setPage] = useState(1);
  const found = useKnowledge(table.id, { code, date, page });
  const columns = table.columns.map((column, at) => ({
    title: <span title={column.meaning}>{columnHead(column.meaning)}</span>,
    key: column.name,
    render: (_: unknown, row: Row) => {
      const words = knowledgeWords(column.meaning, row.values[at] ?? "");
      return isCode(column) ? <span className="code">{words}</span> : words;
    },
  }));
  return (
    <>
      <p className="hint">
        来源：{table.source}。
        {found.data && `符合条件 ${count(found.data.total)} 行，共 ${count(table.rows)} 行。`}
      </p>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Wide label={table.title} fits>
        <Table<Row>
          size="small"
          rowKey={(row) => [...row.values, row.begin].join(" ")}
          loading={found.isPending}
          dataSource={found.data?.items ?? []}
          pagination={{
            current: page,
            pageSize: PAGE,
            total: found.data?.total ?? 0,
            onChange: setPage,
            hideOnSinglePage: true,
            showSizeChanger: false,
          }}
          locale={{ emptyText: <Empty title="没有符合条件的知识">换一个代码、名称或者日期再查。</Empty> }}
          columns={[...columns, { title: "有效期", key: "holds", render: (_, row) => holds(row) }]}
        />
      </Wide>
    </>
  );
}

export function KnowledgeTab() {
  const tables = useKnowledgeTables();
  const [asked, setAsked] = useSearchParams();
  const [code, setCode] = useState("");
  const [date, setDate] = useState("");
  const all = tables.data ?? [];
  const table = all.find((one) => one.id === asked.get("table")) ?? all[0];
  return (
    <>
      <search className="filters">
        <Select
          aria-label="知识表"
          style={{ width: 320 }}
          loading={tables.isPending}
          value={table?.id}
          onChange={(id) => setAsked({ tab: "knowledge", table: id }, { replace: true })}
          options={all.map((one) => ({ value: one.id, label: `${one.title}（${count(one.rows)}）` }))}
        />
        <Input.Search
          allowClear
          aria-label="查找知识"
          placeholder="代码、代码开头或者名称"
          enterButton="查找"
          maxLength={60}
          style={{ width: 300 }}
          onSearch={(text) => setCode(text.trim())}
        />
        <DatePicker
          aria-label="有效日期"
          placeholder="在哪一天有效"
          onChange={(day) => setDate(day?.format("YYYY-MM-DD") ?? "")}
        />
        <span className="hint">不选日期的，列出全部时期的知识</span>
      </search>
      <Failure error={tables.error} onRetry={() => void tables.refetch()} />
      {table && <Rows key={`${table.id} ${code} ${date}`} table={table} code={code} date={date} />}
    </>
  );
}
