// What the lake says of an institution, a practitioner or a masked insured person: month by month, what the money is made of, and the goods with the most money; of an
// institution its stock and trace codes.

import { useQuery } from "@tanstack/react-query";
import { Card, Segmented, Table } from "antd";
import { useMemo, useState } from "react";
import { api, asApiError, type Schemas, told } from "../api/client";
import { Gone } from "../clue/gone";
import { count, shortYuan } from "../format/money";
import { barOption } from "../overview/options";
import { Chart } from "../parts/chart";
import { Failure } from "../parts/failure";
import { counted, paid } from "../parts/figures";
import { Empty, Loading } from "../parts/states";
import {
  columnsOf,
  type Month,
  monthsOption,
  type Part,
  type Portrayed,
  partTitle,
  percent,
} from "./numbers";
import { Stock } from "./stock-card";
import { Traces } from "./traces-card";

type Found = Schemas["Portrait"];

/** Months of a page of the table: a year. */
const YEAR = 12;
/** How long an answer is taken for the newest, in milliseconds: the lake changes with imports alone. */
const FRESH = 300_000;

export function Claims({ kind, code }: { kind: Portrayed; code: string }) {
  const found = useQuery({
    queryKey: ["portrait", kind, code],
    // The code goes in the body: addresses stand in logs.
    queryFn: () => told(api.POST("/api/v1/portraits", { body: { kind, code } })),
    retry: false,
    staleTime: FRESH,
  });
  if (found.error && asApiError(found.error).status === 404) {
    return (
      <Card size="small" title="诊疗与费用">
        <Empty title="没有可看的诊疗与费用数据">
          核对代码；机构和医药人员须在已导入的机构目录（institution）和医药人员目录（practitioner）中，不在您辖区内的不显示。
        </Empty>
      </Card>
    );
  }
  if (found.error || !found.data) {
    return (
      <Card size="small" title="诊疗与费用">
        {found.error ? (
          <Failure error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <Loading what="诊疗与费用" rows={4} />
        )}
      </Card>
    );
  }
  return <Numbers found={found.data} />;
}

/** Of an insured person, by a clue about him that one may read. */
export function PersonClaims({ matter }: { matter: string }) {
  const found = useQuery({
    queryKey: ["portrait", "person", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/portrait", { params: { path: { id: matter } } })),
    retry: false,
    staleTime: FRESH,
  });
  if (found.error)
    return <Gone title="诊疗与费用" error={found.error} onRetry={() => void found.refetch()} />;
  return found.data ? <Numbers found={found.data} alone /> : <Loading what="诊疗与费用" rows={4} />;
}

function Numbers({ found, alone }: { found: Found; alone?: boolean }) {
  const { months, more, from, parts, goods, goods_all, stock, traces } = found;
  return (
    <>
      <Months months={months} more={more} alone={alone} />
      <Mix parts={parts} from={from} />
      <Goods goods={goods} all={goods_all} from={from} />
      {stock && <Stock stock={stock} />}
      {traces && <Traces traces={traces} />}
    </>
  );
}

/** `alone`: of one person, of whom there is no number of people. */
function Months({ months, more, alone }: { months: Month[]; more: boolean; alone?: boolean }) {
  const option = useMemo(() => monthsOption(months), [months]);
  const newest = useMemo(() => [...months].reverse(), [months]);
  return (
    <Card size="small" title="诊疗与费用，按月">
      {months.length === 0 ? (
        <Empty title="还没有就诊和结算">
          导入就诊（encounter）和结算（settlement）后，这里按月画出人次、费用和基金支付。
        </Empty>
      ) : (
        <>
          <Chart
            option={option}
            label={`按月：${months.map((row) => `${row.month} ${count(row.visits + row.stays + row.purchases)} 人次，费用 ${shortYuan(row.fee)}，基金 ${shortYuan(row.fund)}`).join("；")}`}
          />
          <Table<Month>
            size="small"
            rowKey="month"
            pagination={months.length > YEAR && { pageSize: YEAR, size: "small", showSizeChanger: false }}
            dataSource={newest}
            columns={[
              { title: "月份", dataIndex: "month" },
              counted("门诊人次", "visits"),
              counted("住院人次", "stays"),
              counted("购药人次", "purchases"),
              ...(alone ? [] : [counted("人数", "people")]),
              paid("费用（元）", "fee"),
              paid("基金支付（元）", "fund"),
              {
                title: "基金占比",
                key: "share",
                align: "right",
                render: (_, row) => percent(row.fund, row.fee),
              },
            ]}
          />
          <p className="hint">
            {alone ? "人次" : "人次和人数"}按就诊开始的月份，费用按结算的月份，退费已冲减。
            {more && "更早的月份没有列出。"}
          </p>
        </>
      )}
    </Card>
  );
}

function Mix({ parts, from }: { parts: Part[]; from: string }) {
  const columns = useMemo(() => columnsOf(parts), [parts]);
  const [chosen, setChosen] = useState<string>();
  const by = chosen ?? columns[0]?.value;
  const rows = useMemo(() => parts.filter((part) => part.by === by), [parts, by]);
  const option = useMemo(
    () =>
      barOption(
        rows.map((row) => [partTitle(row), row.amount]),
        "amount",
      ),
    [rows],
  );
  if (rows.length === 0) return null;
  const whole = rows.reduce((sum, row) => sum + row.amount, 0);
  return (
    <Card
      size="small"
      title="费用构成"
      extra={
        <Segmented
          size="small"
          aria-label="构成的口径"
          value={by ?? ""}
          onChange={setChosen}
          options={columns}
        />
      }
    >
      <Chart
        option={option}
        rows={rows.length}
        label={`费用构成：${rows.map((row) => `${partTitle(row)} ${shortYuan(row.amount)}`).join("，")}`}
      />
      <Table<Part>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={rows}
        columns={[
          {
            title: columns.find((one) => one.value === by)?.label,
            key: "title",
            render: (_, row) => partTitle(row),
          },
          counted("结算或明细", "count"),
          paid("金额（元）", "amount"),
          { title: "占比", key: "share", align: "right", render: (_, row) => percent(row.amount, whole) },
        ]}
      />
      <p className="hint">自 {from} 起至最近的月份；医疗类别、险种数结算，其余数费用明细。</p>
    </Card>
  );
}

function Goods({ goods, all, from }: { goods: Found["goods"]; all: number; from: string }) {
  if (goods.length === 0) return null;
  return (
    <Card
      size="small"
      title={
        all > goods.length
          ? `金额最多的药品和项目（前 ${goods.length} 种，共 ${count(all)} 种）`
          : "药品和项目"
      }
    >
      <Table<Found["goods"][number]>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={goods}
        columns={[
          { title: "名称", key: "name", render: (_, row) => row.name || row.code },
          { title: "国家编码", dataIndex: "code", className: "code" },
          { title: "类别", dataIndex: "kind" },
          counted("明细行数", "count"),
          paid("金额（元）", "amount"),
        ]}
      />
      <p className="hint">自 {from} 起至最近的月份，退费已冲减；名称是机构自己的叫法。</p>
    </Card>
  );
}
