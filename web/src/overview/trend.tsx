// How it went month by month: matters as columns, money found and recovered as lines; a month opens to its records.

import { Card } from "antd";
import { useMemo } from "react";
import { useNavigate } from "react-router";
import { type CountQuery, useCounts } from "../api/matters";
import { useMe } from "../api/session";
import { shortYuan } from "../format/money";
import { Chart } from "../parts/chart";
import { Failure } from "../parts/failure";
import { Empty, Loading } from "../parts/states";
import { trendOption } from "./options";
import { monthSpan } from "./periods";

/** Months that are drawn. */
const MONTHS = 24;

export function Trend({ query, list }: { query: CountQuery; list: string }) {
  const counts = useCounts(query, true, "month");
  const navigate = useNavigate();
  const opens = useMe().role !== "statistics";
  const rows = useMemo(
    () => [...(counts.data ?? [])].sort((a, b) => a.value.localeCompare(b.value)).slice(-MONTHS),
    [counts.data],
  );
  const option = useMemo(() => trendOption(rows), [rows]);
  return (
    <Card size="small" title="按月">
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      {counts.isPending ? (
        <Loading what="按月" rows={4} />
      ) : rows.length === 0 ? (
        <Empty title="还没有数据" />
      ) : (
        <Chart
          option={option}
          label={`按月：${rows.map((row) => `${row.value} ${row.count} 件，查实 ${shortYuan(row.found)}，追回 ${shortYuan(row.recovered)}`).join("；")}`}
          onChoose={(index) => {
            const row = rows[index];
            if (!row || !opens) return;
            const { from, to } = monthSpan(row.value);
            navigate(`${list}?begun_from=${from}&begun_to=${to}`);
          }}
        />
      )}
    </Card>
  );
}
