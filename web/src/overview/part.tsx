// One breakdown of the overview: bars, and the figures behind them in a plain table, of which there are many, each opening to its records.

import { Card } from "antd";
import { type ReactNode, useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { type Counted, type CountQuery, useCounts } from "../api/matters";
import { useMe } from "../api/session";
import { count, yuan } from "../format/money";
import { Chart } from "../parts/chart";
import { Failure } from "../parts/failure";
import { Empty, Loading } from "../parts/states";
import { barOption } from "./options";

export type Measure = "count" | "amount" | "found" | "recovered";

export const MEASURES: { value: Measure; label: string }[] = [
  { value: "count", label: "件数" },
  { value: "amount", label: "涉及金额" },
  { value: "found", label: "查实金额" },
  { value: "recovered", label: "追回金额" },
];

/** What is told of each value, in columns. */
const FIGURES = [
  { field: "count", title: "件数", words: count },
  { field: "ended", title: "已办结", words: count },
  { field: "overdue", title: "逾期", words: count },
  { field: "amount", title: "涉及（元）", words: yuan },
  { field: "found", title: "查实（元）", words: yuan },
  { field: "recovered", title: "追回（元）", words: yuan },
] as const;

/** Bars that are drawn; more are told as figures. */
const DRAWN = 15;

interface Props {
  title: string;
  /** What is asked for; `by` may name the columns of other parts too, so that all of them are one question. */
  query: CountQuery;
  /** The column of this part, where the question names several. */
  by?: string;
  name: (value: string) => string;
  measure: Measure;
  to: (value: string) => string;
  /** Which values belong here; all where nothing is said. */
  keep?: (value: string) => boolean;
  /** What is said where nothing is. */
  empty?: string;
  /** What is drawn instead of bars. */
  draw?: (rows: Counted[], to: ((value: string) => string) | undefined) => ReactNode;
}

export function Part({
  title,
  query,
  by = query.by,
  name,
  measure,
  to,
  keep,
  draw,
  empty = "这一期间没有数据",
}: Props) {
  const counts = useCounts(query, true, by);
  const navigate = useNavigate();
  const opens = useMe().role !== "statistics";
  const kept = useMemo(
    () => (counts.data ?? []).filter((row) => !keep || keep(row.value)),
    [counts.data, keep],
  );
  const rows = useMemo(
    () => [...kept].sort((a, b) => b[measure] - a[measure]).slice(0, DRAWN),
    [kept, measure],
  );
  const option = useMemo(
    () =>
      barOption(
        rows.map((row) => [name(row.value), row[measure]]),
        measure === "count" ? "count" : "amount",
      ),
    [rows, measure, name],
  );
  const all = kept.length;
  // A state says by itself whether it is an end.
  const shown = (field: string) => !(by === "state" && field === "ended");
  return (
    <Card size="small" title={all > DRAWN ? `${title}（前 ${DRAWN} 项，共 ${all} 项）` : title}>
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      {counts.isPending ? (
        <Loading what={title} rows={4} />
      ) : rows.length === 0 ? (
        <Empty title={empty} />
      ) : (
        <>
          {draw ? (
            draw(kept, opens ? to : undefined)
          ) : (
            <Chart
              option={option}
              rows={rows.length}
              label={`${title}：${rows.map((row) => `${name(row.value)} ${row[measure]}`).join("，")}`}
              onChoose={(index) => {
                const row = rows[rows.length - 1 - index];
                if (row?.value && opens) navigate(to(row.value));
              }}
            />
          )}
          <table className="figures">
            <thead>
              <tr>
                <th scope="col">{title.replace(/^.*按/, "")}</th>
                {FIGURES.filter((one) => shown(one.field)).map((one) => (
                  <th key={one.field} scope="col" className="number">
                    {one.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.value}>
                  <th scope="row">
                    {opens && row.value ? <Link to={to(row.value)}>{name(row.value)}</Link> : name(row.value)}
                  </th>
                  {FIGURES.filter((one) => shown(one.field)).map((one) => (
                    <td key={one.field} className="number">
                      {one.field === "overdue" && row.overdue > 0 ? (
                        <span className="late">⚠ {count(row.overdue)}</span>
                      ) : (
                        one.words(row[one.field])
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Card>
  );
}
