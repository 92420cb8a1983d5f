// The overview: clues, cases and money by state, region, source and risk; every figure opens to its records.

import { Button, Card, Segmented, Table } from "antd";
import { useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { type Counted, type CountQuery, useCounts, useMachine, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { count, shortYuan, yuan } from "../format/money";
import { moment } from "../format/time";
import { Chart } from "../parts/chart";
import { Failure } from "../parts/failure";
import { machineTitle } from "../parts/paths";
import { Empty, Loading, now } from "../parts/states";
import { grade, source } from "../words/domain";
import { barOption, sum } from "./options";

type Measure = "count" | "amount";

const MEASURES = [
  { value: "count" as const, label: "按件数" },
  { value: "amount" as const, label: "按金额" },
];

interface PartProps {
  title: string;
  query: CountQuery;
  name: (value: string) => string;
  measure: Measure;
  to: (value: string) => string;
  tall?: boolean;
}

function Part({ title, query, name, measure, to, tall }: PartProps) {
  const counts = useCounts(query);
  const navigate = useNavigate();
  const me = useMe();
  const opens = me.role !== "statistics";
  const rows = useMemo(
    () => [...(counts.data ?? [])].sort((a, b) => b[measure] - a[measure]).slice(0, 15),
    [counts.data, measure],
  );
  const option = useMemo(
    () =>
      barOption(
        rows.map((row) => [name(row.value), row[measure]]),
        measure,
      ),
    [rows, measure, name],
  );
  return (
    <Card size="small" title={title}>
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      {counts.isPending ? (
        <Loading what={title} rows={4} />
      ) : rows.length === 0 ? (
        <Empty title="还没有数据" />
      ) : (
        <>
          <Chart
            option={option}
            label={`${title}：${rows.map((row) => `${name(row.value)} ${row[measure]}`).join("，")}`}
            {...(tall ? { tall } : {})}
            onChoose={(index) => {
              const row = rows[rows.length - 1 - index];
              if (row && opens) navigate(to(row.value));
            }}
          />
          <Table<Counted>
            size="small"
            rowKey="value"
            dataSource={rows}
            pagination={rows.length > 8 ? { pageSize: 8, size: "small", showSizeChanger: false } : false}
            columns={[
              {
                title: "",
                dataIndex: "value",
                render: (value: string) => (opens ? <Link to={to(value)}>{name(value)}</Link> : name(value)),
              },
              { title: "件数", dataIndex: "count", align: "right", render: count },
              ...(query.by === "state"
                ? []
                : [{ title: "已办结", dataIndex: "ended", align: "right" as const, render: count }]),
              {
                title: "逾期",
                dataIndex: "overdue",
                align: "right",
                render: (value: number) => (value > 0 ? <span className="late">⚠ {count(value)}</span> : 0),
              },
              { title: "金额（元）", dataIndex: "amount", align: "right", render: yuan },
            ]}
          />
        </>
      )}
    </Card>
  );
}

function Tiles() {
  const me = useMe();
  const counts = useCounts({ by: "machine" });
  const of = (machine: string) => counts.data?.find((row) => row.value === machine);
  const clue = of("clue");
  const work = of("case");
  const overdue = sum(counts.data ?? [], "overdue");
  const tiles: [string, string, string, boolean?][] = [
    ["线索", count(clue?.count ?? 0), "/clues"],
    ["线索涉及金额", shortYuan(clue?.amount ?? 0), "/clues?sort=amount&descending=true"],
    ["案件", count(work?.count ?? 0), "/cases"],
    ["移送", count(of("transfer")?.count ?? 0), "/transfers"],
    ["逾期未办", count(overdue), "/clues?due=late&sort=due", overdue > 0],
  ];
  return (
    <div className="tiles">
      {tiles.map(([title, figure, to, late]) => {
        const inside = (
          <>
            <span className="hint">{title}</span>
            <span className={late ? "figure late" : "figure"}>
              {late ? "⚠ " : ""}
              {counts.isPending ? "…" : figure}
            </span>
          </>
        );
        // Who only counts sees no single matter.
        if (me.role === "statistics") {
          return (
            <div key={title} className="tile">
              {inside}
            </div>
          );
        }
        return (
          <Link key={title} className="tile" to={to}>
            {inside}
          </Link>
        );
      })}
    </div>
  );
}

export function Overview() {
  const names = useNames();
  const [asked, setAsked] = useSearchParams();
  const [measure, setMeasure] = useState<Measure>("count");
  const machine = asked.get("machine") ?? "clue";
  const known = useMachine(machine);
  const state = (value: string) => known?.states.find((one) => one.id === value)?.title ?? value;
  const list = machine === "case" ? "/cases" : "/clues";
  const places = { region: names.region, organisation: names.organisation };
  const link = (key: string) => (value: string) => `${list}?${key}=${encodeURIComponent(value)}`;
  return (
    <div className="screen">
      <div className="title">
        <h1>总览</h1>
        <span className="hint">{moment(now())}</span>
        <span className="grow" />
        <Segmented
          aria-label="看什么"
          value={machine}
          onChange={(value) => setAsked({ machine: value })}
          options={["clue", "case"].map((value) => ({ value, label: machineTitle(value) }))}
        />
        <Segmented aria-label="按什么" value={measure} onChange={setMeasure} options={MEASURES} />
        <Button className="noprint" onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <div className="stack">
        <Tiles />
        <div className="two">
          <Part
            title="按地区"
            query={{ by: "region", machine }}
            name={places.region}
            measure={measure}
            to={link("region")}
          />
          <Part
            title="按环节"
            query={{ by: "state", machine }}
            name={state}
            measure={measure}
            to={link("state")}
          />
          <Part
            title="按承办单位"
            query={{ by: "organisation", machine }}
            name={places.organisation}
            measure={measure}
            to={link("organisation")}
          />
          <Part
            title="按来源"
            query={{ by: "source", machine }}
            name={source}
            measure={measure}
            to={link("source")}
          />
          {machine === "clue" && (
            <Part
              title="按风险等级"
              query={{ by: "grade", machine }}
              name={grade}
              measure={measure}
              to={link("grade")}
            />
          )}
        </div>
      </div>
    </div>
  );
}
