// Rows that were refused: why, what stood there, and their way back in: mended on the page, or out as CSV and sent again.

import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Select, Space, Switch, Table } from "antd";
import { useState } from "react";
import { api, type Schemas, told } from "../api/client";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { Mending } from "./mending";
import { MOST, placeOf, type Row, rowId } from "./mends";
import { REFUSED } from "./words";

type Group = Schemas["RefusedGroup"];

const PAGE = 100;

export function Quarantine() {
  const [table, setTable] = useState<string>();
  const [check, setCheck] = useState<string>();
  const [mended, setMended] = useState(false);
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<Row[]>([]);
  const [mending, setMending] = useState(false);
  const all = useQuery({
    queryKey: ["lake", "quarantine", mended],
    queryFn: () => told(api.GET("/api/v1/lake/quarantine", { params: { query: { mended } } })),
  });
  const rows = useQuery({
    queryKey: ["lake", "quarantine", mended, table, check, page],
    queryFn: () =>
      told(
        api.GET("/api/v1/lake/quarantine", {
          params: { query: { mended, page, ...(table ? { table } : {}), ...(check ? { check } : {}) } },
        }),
      ),
  });
  const groups = all.data?.groups ?? [];
  // Groups name their columns by code only; the rows know them by name.
  const named = new Map(
    [...(all.data?.items ?? []), ...(rows.data?.items ?? [])].map((row) => [
      `${row.table} ${row.column}`,
      row.column_title,
    ]),
  );
  const tables = new Map(groups.map((group) => [group.table, group.table_title]));
  const show = (ofTable: string | undefined, ofCheck: string | undefined) => {
    setTable(ofTable);
    setCheck(ofCheck);
    setPage(1);
    setChosen([]);
  };
  const ids = new Set(chosen.map(rowId));
  const query = new URLSearchParams({ ...(table ? { table } : {}), ...(check ? { check } : {}) });
  return (
    <div className="stack">
      <Alert
        type="info"
        showIcon
        title="选一张表，勾选要更正的行，在本页改正、核对后直接导入；更正后的行会自动从这里消去"
        description="行数多的，导出后在表格中更正，到“上传导入”上传同一份文件。证件号码、姓名、电话已遮盖；要保留的请在更正时补填，否则按缺失导入。"
      />
      <Failure error={all.error ?? rows.error} onRetry={() => void rows.refetch()} />
      <Wide label="退回的原因">
        <Table<Group>
          size="small"
          rowKey={(group) => `${group.table} ${group.column} ${group.check} ${group.state}`}
          loading={all.isPending}
          dataSource={groups}
          pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="没有待更正的行">导入时退回的行会按原因列在这里。</Empty> }}
          columns={[
            {
              title: "表",
              render: (_, group) => <span title={group.table}>{group.table_title}</span>,
            },
            {
              title: "字段",
              dataIndex: "column",
              render: (column: string, group) => (
                <span title={column}>{(named.get(`${group.table} ${column}`) ?? column) || "整行"}</span>
              ),
            },
            { title: "问题", dataIndex: "title" },
            {
              title: "状态",
              dataIndex: "state",
              render: (state: string) => (
                <Sign tone={state === "mended" ? "green" : "orange"}>{REFUSED[state] ?? state}</Sign>
              ),
            },
            counted("行数", "rows"),
            {
              title: "",
              render: (_, group) => (
                <Button size="small" onClick={() => show(group.table, group.check)}>
                  看这些行
                </Button>
              ),
            },
          ]}
        />
      </Wide>
      <Space wrap>
        <Select
          aria-label="表"
          allowClear
          placeholder="全部表"
          style={{ width: 200 }}
          value={table}
          onChange={(value) => show(value, undefined)}
          options={[...tables].map(([value, label]) => ({ value, label }))}
        />
        <span>
          也看已更正的 <Switch aria-label="也看已更正的" checked={mended} onChange={setMended} />
        </span>
        <Button type="primary" disabled={chosen.length === 0} onClick={() => setMending(true)}>
          更正所选 {chosen.length} 行
        </Button>
        <Button
          disabled={!table}
          href={table ? `/api/v1/lake/quarantine/export?${query}` : undefined}
          title={table ? "" : "先选一张表"}
          download
        >
          导出待更正的行
        </Button>
        {!table && groups.length > 0 && <span className="hint">先选一张表，再勾选或者导出</span>}
        {chosen.length >= MOST && <span className="hint">一次最多更正 {MOST} 行</span>}
      </Space>
      <Wide label="退回的行">
        <Table<Row>
          size="small"
          rowKey={rowId}
          loading={rows.isPending}
          dataSource={rows.data?.items ?? []}
          pagination={{
            current: page,
            pageSize: PAGE,
            total: rows.data?.total ?? 0,
            onChange: setPage,
            hideOnSinglePage: true,
            showSizeChanger: false,
          }}
          locale={{ emptyText: <Empty title="没有符合条件的行" /> }}
          {...(table && {
            rowSelection: {
              selectedRowKeys: [...ids],
              preserveSelectedRowKeys: true,
              onChange: (_, rows) => setChosen(rows.slice(0, MOST)),
              getCheckboxProps: (row) => ({
                disabled: row.state === "mended" || (ids.size >= MOST && !ids.has(rowId(row))),
                "aria-label": `选择 ${placeOf(row)}`,
              }),
            },
          })}
          expandable={{
            expandedRowRender: (row) => (
              <div>
                <p>怎么办：{row.hint}</p>
                <p className="code">
                  {Object.entries(row.row)
                    .map(([column, value]) => `${column}=${value}`)
                    .join("　")}
                </p>
              </div>
            ),
          }}
          columns={[
            { title: "位置", render: (_, row) => placeOf(row) },
            {
              title: "字段",
              render: (_, row) => <span title={row.column}>{row.column_title || "整行"}</span>,
            },
            {
              title: "原值",
              dataIndex: "value",
              render: (value: string) => <span className="code">{value || "空"}</span>,
            },
            { title: "问题", dataIndex: "title" },
            {
              title: "状态",
              dataIndex: "state",
              render: (state: string) => REFUSED[state] ?? state,
            },
          ]}
        />
      </Wide>
      {mending && table && (
        <Mending
          table={table}
          title={tables.get(table) ?? table}
          rows={chosen}
          columns={rows.data?.columns ?? []}
          onClose={() => {
            setMending(false);
            setChosen([]);
          }}
        />
      )}
    </div>
  );
}
