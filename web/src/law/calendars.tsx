// The years' holidays and days made up, by which working days are counted.

import { Alert, Select, Table } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useCalendars } from "../api/law";
import { day } from "../format/time";
import { Failure } from "../parts/failure";
import { Empty, Loading, now } from "../parts/states";

type Holiday = Schemas["HolidayView"];

export function Calendars() {
  const found = useCalendars();
  const [chosen, setChosen] = useState<number>();
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="工作日历" />;
  const years = [...found.data].sort((a, b) => b.year - a.year);
  const present = Number(day(now()).slice(0, 4));
  const year = years.find((one) => one.year === (chosen ?? present)) ?? years[0];
  if (!year) return <Empty title="还没有工作日历">没有日历的年份，工作日的期限无法计算。</Empty>;
  return (
    <div className="stack">
      <div className="filters">
        <Select
          aria-label="年份"
          style={{ width: 120 }}
          value={year.year}
          onChange={setChosen}
          options={years.map((one) => ({ value: one.year, label: `${one.year} 年` }))}
        />
        <span className="hint">{year.notices.join("；")}</span>
      </div>
      {!year.complete && (
        <Alert type="warning" showIcon title="这一年的放假安排尚未全部公布；公布后由系统管理员更新日历文件" />
      )}
      <Table<Holiday>
        size="small"
        rowKey="first"
        pagination={false}
        dataSource={year.holidays}
        columns={[
          { title: "假日", dataIndex: "name" },
          {
            title: "放假",
            render: (_, one) => (one.first === one.last ? one.first : `${one.first} 至 ${one.last}`),
          },
          {
            title: "调休上班",
            dataIndex: "work",
            render: (work: string[]) => (work.length ? work.join("、") : "—"),
          },
        ]}
      />
    </div>
  );
}
