// A table of the law that is searched by the words in it: limits, measures, policies.

import { Input, Table, type TableProps } from "antd";
import { useState } from "react";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";

interface Props<Row> {
  /** What is searched, such as `期限`. */
  what: string;
  placeholder: string;
  hint: (all: number) => string;
  found: { data: Row[] | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  /** The words of a row that are searched. */
  words: (row: Row) => string[];
  columns: TableProps<Row>["columns"];
  expandable?: TableProps<Row>["expandable"];
}

export function LawTable<Row extends { id: string }>(props: Props<Row>) {
  const { what, placeholder, hint, found, words, columns, expandable } = props;
  const [text, setText] = useState("");
  const all = found.data ?? [];
  return (
    <>
      <search className="filters">
        <Input
          allowClear
          aria-label={`查找${what}`}
          placeholder={placeholder}
          style={{ width: 280 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <span className="hint">{hint(all.length)}</span>
      </search>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Row>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={all.filter((row) => words(row).some((word) => word.includes(text)))}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title={`没有符合条件的${what}`} /> }}
        columns={columns ?? []}
        {...(expandable ? { expandable } : {})}
      />
    </>
  );
}

/** The number under which an entry of the law is cited. */
export const NUMBER = {
  title: "编号",
  dataIndex: "id",
  width: 70,
  render: (id: string) => <span className="code">{id}</span>,
};
