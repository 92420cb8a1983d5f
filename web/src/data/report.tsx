// The report of a batch: rows by table, what was refused and why, what was noted, what is odd about the whole.

import { Alert, Table } from "antd";
import { count } from "../format/money";
import { Wide } from "../parts/wide";

interface Note {
  check: string;
  column: string;
  rows: number;
  examples?: string[];
}

interface Tally {
  read: number;
  kept?: number;
  passed?: number;
  duplicate?: number;
  unchanged?: number;
  corrected: number;
  quarantined: number;
  refused: Record<string, number>;
  notes: Note[];
}

interface Problem {
  file?: string;
  line?: number;
  message: string;
  hint?: string;
}

/** A refused row of a batch that was not kept. */
interface Rejected {
  file: string;
  line: number;
  table: string;
  column: string;
  value: string;
  check: string;
  message: string;
  hint: string;
}

export interface ReportOf {
  read?: number;
  quarantined?: number;
  refused_ratio?: number;
  tables?: Record<string, Tally>;
  files?: (Tally & { file: string; table: string })[];
  problems?: Problem[];
  rejected?: Rejected[];
  left_out?: Record<string, string>;
  titles?: Record<string, string>;
  state?: string;
}

interface Line {
  key: string;
  table: string;
  what: string;
  column: string;
  check: string;
  rows: number;
}

/** What was refused and noted, the most rows first. */
export function lines(report: ReportOf): Line[] {
  const all = Object.entries(report.tables ?? {}).flatMap(([table, tally]) => [
    ...Object.entries(tally.refused ?? {}).map(([check, rows]) => ({
      key: `${table} ${check}`,
      table,
      what: "退回",
      column: "",
      check,
      rows,
    })),
    ...(tally.notes ?? []).map(({ check, column, rows }) => ({
      key: `${table} ${check} ${column} noted`,
      table,
      what: "提示",
      column,
      check,
      rows,
    })),
  ]);
  return all.sort((a, b) => b.rows - a.rows);
}

export function Report({ report, titles }: { report: ReportOf; titles: Record<string, string> }) {
  if (report.state === "already there")
    return <Alert type="info" showIcon title="这些文件已经导入过，数据没有变化" />;
  const tables = Object.entries(report.tables ?? {}).map(([table, tally]) => ({ table, ...tally }));
  const named = (id: string) => titles[id] ?? id;
  const number = (value: number | undefined) => count(value ?? 0);
  return (
    <div className="stack">
      <p>
        共读入 {number(report.read)} 行，退回 {number(report.quarantined)} 行（
        {((report.refused_ratio ?? 0) * 100).toFixed(2)}%）。
      </p>
      {(report.problems ?? []).map((problem) => (
        <Alert
          key={`${problem.file} ${problem.line} ${problem.message}`}
          type="error"
          showIcon
          title={`${problem.file ?? ""} ${problem.message}`}
          description={problem.hint}
        />
      ))}
      <Wide label="各表的行数">
        <Table
          size="small"
          rowKey="table"
          pagination={false}
          dataSource={tables}
          columns={[
            {
              title: "表",
              dataIndex: "table",
              render: (table: string) => <span title={table}>{named(table)}</span>,
            },
            { title: "读入", dataIndex: "read", align: "right", render: number },
            { title: "入库", dataIndex: "kept", align: "right", render: number },
            { title: "批内重复", dataIndex: "duplicate", align: "right", render: number },
            { title: "库中已有", dataIndex: "unchanged", align: "right", render: number },
            { title: "退回", dataIndex: "quarantined", align: "right", render: number },
            { title: "更正", dataIndex: "corrected", align: "right", render: number },
          ]}
        />
      </Wide>
      <Wide label="退回和提示">
        <Table<Line>
          size="small"
          rowKey="key"
          pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={lines(report)}
          locale={{ emptyText: "没有退回的行，也没有提示" }}
          columns={[
            { title: "处理", dataIndex: "what" },
            { title: "表", dataIndex: "table", render: named },
            {
              title: "字段",
              dataIndex: "column",
              render: (column: string, line) => (
                <span title={column}>{column ? named(`${line.table}.${column}`) : "—"}</span>
              ),
            },
            { title: "问题", dataIndex: "check", render: named },
            { title: "行数", dataIndex: "rows", align: "right", render: number },
          ]}
        />
      </Wide>
      {report.rejected && report.rejected.length > 0 && (
        <RejectedRows rows={report.rejected} all={report.quarantined ?? 0} named={named} />
      )}
    </div>
  );
}

interface RejectedProps {
  rows: Rejected[];
  all: number;
  named: (id: string) => string;
}

/** Where the refused rows stand and what to do about each. */
function RejectedRows({ rows, all, named }: RejectedProps) {
  return (
    <Wide label="退回的行">
      <Table<Rejected>
        size="small"
        rowKey={(one) => `${one.file} ${one.line} ${one.table} ${one.column} ${one.check}`}
        title={() =>
          all > rows.length
            ? `退回的行，列出前 ${count(rows.length)} 行，共 ${count(all)} 行`
            : `退回的行，共 ${count(rows.length)} 行`
        }
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={rows}
        columns={[
          { title: "文件", dataIndex: "file", render: (file: string) => file.split(/[\\/]/).pop() },
          { title: "行", dataIndex: "line", align: "right" },
          { title: "表", dataIndex: "table", render: named },
          {
            title: "字段",
            dataIndex: "column",
            render: (column: string, one) => (
              <span title={column}>{column ? named(`${one.table}.${column}`) : "—"}</span>
            ),
          },
          { title: "原值", dataIndex: "value", render: (value: string) => value || "（空）" },
          { title: "问题", dataIndex: "message" },
          { title: "怎么改", dataIndex: "hint" },
        ]}
      />
    </Wide>
  );
}
