// A ledger or statistics table of a period: figures open to their matters, files to take along, a quarter that stays closed.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Input, Modal, Select, Space, Table } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { Link } from "react-router";
import { api, type Heading, newKey, type Schemas, told } from "../api/client";
import { useNames, useOrganisations } from "../api/matters";
import { useMe } from "../api/session";
import { Failure } from "../parts/failure";
import { machineTitle, pathOf } from "../parts/paths";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";

type Ledger = Schemas["LedgerView"];
type Row = Schemas["RowView"];
type Heads = Schemas["HeadingView"];

/** The quarters of the last two years, the newest first. */
function quarters(): string[] {
  const now = dayjs();
  const last = now.year() * 4 + Math.floor(now.month() / 3);
  return Array.from(
    { length: 8 },
    (_, back) => `${Math.floor((last - back) / 4)}Q${((last - back) % 4) + 1}`,
  );
}

/** Headings that stand side by side under one group; each of no group by itself. */
function grouped(headings: Heads[]): { group: string; columns: { heading: Heads; at: number }[] }[] {
  const groups: { group: string; columns: { heading: Heads; at: number }[] }[] = [];
  headings.forEach((heading, at) => {
    const last = groups.at(-1);
    if (heading.group && last?.group === heading.group) last.columns.push({ heading, at });
    else groups.push({ group: heading.group ?? "", columns: [{ heading, at }] });
  });
  return groups;
}

interface Asked {
  period?: string;
  from?: string;
  to?: string;
  region?: string;
}

export function LedgerTable({ ledger }: { ledger: Ledger }) {
  const me = useMe();
  const names = useNames();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const organisations = useOrganisations().data ?? [];
  const quarterly = ledger.period === "quarter";
  const [period, setPeriod] = useState(
    quarterly ? (quarters()[0] ?? "") : ledger.period === "campaign" ? "专项整治" : "",
  );
  const [days, setDays] = useState<[Dayjs, Dayjs]>(() => [dayjs().startOf("year"), dayjs()]);
  const [region, setRegion] = useState<string>();
  const [figure, setFigure] = useState<{ figure: string; title: string; region?: string | undefined }>();
  const asked: Asked = {
    ...(period ? { period } : {}),
    ...(quarterly ? {} : { from: days[0].format("YYYY-MM-DD"), to: days[1].format("YYYY-MM-DD") }),
    ...(region ? { region } : {}),
  };
  const path = { id: ledger.id };
  const table = useQuery({
    queryKey: ["ledger", ledger.id, asked],
    queryFn: () => told(api.GET("/api/v1/ledgers/{id}", { params: { path, query: asked } })),
  });
  const close = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/ledgers/{id}/close", {
          params: { path },
          headers: { "Idempotency-Key": newKey() },
          body: { period, from: asked.from ?? null, to: asked.to ?? null },
        }),
      ),
    onSuccess: async () => {
      message.success("已结账：本期不再变动，更正另列");
      await queries.invalidateQueries({ queryKey: ["ledger", ledger.id] });
    },
  });
  const file = (format: string) =>
    `/api/v1/ledgers/${ledger.id}/file?${new URLSearchParams({ ...asked, format })}`;
  const regions = [
    ...new Set(organisations.filter((one) => one.department === "insurance").map((one) => one.region)),
  ].sort();
  const data = table.data;
  const rows = data ? [...data.rows, ...(data.total ? [data.total] : [])] : [];
  const cell = (row: Row, at: number) => {
    const heading = data?.headings[at];
    const text = row.cells[at] ?? "";
    if (!heading?.figure || ["", "0", "0.00"].includes(text) || me.role === "statistics") return text || "—";
    const { figure, label, group } = heading;
    return (
      <Button
        type="link"
        size="small"
        onClick={() =>
          setFigure({
            figure,
            title: [row.id, group, label].filter(Boolean).join(" · "),
            region: row.region ?? region,
          })
        }
      >
        {text}
      </Button>
    );
  };
  return (
    <>
      <div className="filters noprint">
        {quarterly ? (
          <Select
            aria-label="季度"
            value={period}
            onChange={setPeriod}
            options={quarters().map((value) => ({ value, label: value }))}
          />
        ) : (
          <>
            {ledger.period === "campaign" && (
              <Input
                aria-label="专项名称"
                value={period}
                maxLength={40}
                onChange={(event) => setPeriod(event.target.value)}
                style={{ width: 160 }}
              />
            )}
            <DatePicker.RangePicker
              value={days}
              allowClear={false}
              onChange={(range) => range?.[0] && range[1] && setDays([range[0], range[1]])}
            />
          </>
        )}
        <Select
          allowClear
          aria-label="地区"
          placeholder="本地区"
          value={region}
          onChange={setRegion}
          style={{ minWidth: 160 }}
          options={regions.map((code) => ({ value: code, label: `${names.region(code)}（${code}）` }))}
        />
        <Button href={file("xlsx")} download>
          导出表格
        </Button>
        <Button href={file("html")} download>
          打印件
        </Button>
        {ledger.kind === "statistics" && data && !data.closed && !region && (
          <Button loading={close.isPending} onClick={() => close.mutate()}>
            结账
          </Button>
        )}
      </div>
      <Failure error={table.error ?? close.error} onRetry={() => void table.refetch()} />
      {data?.closed && (
        <p className="hint">
          已于 {data.closed.at} 由 {data.closed.by} 结账，SM3 <span className="code">{data.closed.sm3}</span>
          ；更正 {data.closed.corrections.length} 处
        </p>
      )}
      <Wide label={ledger.title}>
        <Table<Row>
          size="small"
          bordered
          rowKey={(row) => `${row.id}${row.cells.join()}`}
          loading={table.isPending}
          pagination={rows.length > 50 ? { pageSize: 50 } : false}
          dataSource={rows}
          locale={{ emptyText: <Empty title="这一期还没有记录" /> }}
          columns={grouped(data?.headings ?? []).map(({ group, columns }) => {
            const inner = columns.map(({ heading, at }) => ({
              key: String(at),
              title: heading.label,
              align: heading.number ? ("right" as const) : ("left" as const),
              render: (_: unknown, row: Row) => cell(row, at),
            }));
            return group
              ? { key: `${group} ${inner[0]?.key}`, title: group, align: "center" as const, children: inner }
              : (inner[0] ?? {});
          })}
        />
      </Wide>
      {ledger.note && <p className="hint">{ledger.note}</p>}
      {ledger.basis.length > 0 && <p className="hint">依据：{ledger.basis.join("；")}</p>}
      {figure && <Behind ledger={ledger.id} asked={asked} of={figure} onClose={() => setFigure(undefined)} />}
    </>
  );
}

interface BehindProps {
  ledger: string;
  asked: Asked;
  of: { figure: string; title: string; region?: string | undefined };
  onClose: () => void;
}

function Behind({ ledger, asked, of, onClose }: BehindProps) {
  const [page, setPage] = useState(1);
  const query = { ...asked, figure: of.figure, page, ...(of.region ? { region: of.region } : {}) };
  const found = useQuery({
    queryKey: ["behind", ledger, query],
    queryFn: () => told(api.GET("/api/v1/ledgers/{id}/records", { params: { path: { id: ledger }, query } })),
  });
  return (
    <Modal open title={of.title} footer={null} width={760} onCancel={onClose}>
      <Failure error={found.error} />
      <Table<Heading>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={found.data?.items ?? []}
        pagination={{
          current: page,
          total: found.data?.total ?? 0,
          pageSize: Math.max(1, found.data?.items.length ?? 1),
          onChange: setPage,
          hideOnSinglePage: true,
          showSizeChanger: false,
        }}
        columns={[
          { title: "类别", dataIndex: "machine", render: machineTitle },
          {
            title: "事项",
            dataIndex: "title",
            render: (title: string, one) => <Link to={pathOf(one)}>{title}</Link>,
          },
        ]}
      />
      <Space />
    </Modal>
  );
}
