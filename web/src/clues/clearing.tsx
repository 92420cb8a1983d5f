// The board of clearing: how far each region and bureau is from having answered all its clues.

import { Button, Card, Progress, Segmented, Table } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Counted, useCounts, useNames } from "../api/matters";
import { count, yuan } from "../format/money";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";

export function Clearing({ onBack }: { onBack: () => void }) {
  const [by, setBy] = useState<"region" | "organisation">("region");
  const names = useNames();
  const navigate = useNavigate();
  const counts = useCounts({ by, machine: "clue" });
  const name = by === "region" ? names.region : names.organisation;
  return (
    <div className="screen">
      <div className="title">
        <Button size="small" onClick={onBack}>
          ← 线索
        </Button>
        <h1>清仓进度</h1>
        <span className="grow" />
        <Segmented
          value={by}
          onChange={setBy}
          options={[
            { value: "region", label: "按地区" },
            { value: "organisation", label: "按承办单位" },
          ]}
        />
      </div>
      <Failure error={counts.error} onRetry={() => void counts.refetch()} />
      <Card size="small">
        <Table<Counted>
          size="small"
          rowKey="value"
          loading={counts.isPending}
          dataSource={counts.data ?? []}
          pagination={false}
          locale={{ emptyText: <Empty title="还没有线索" /> }}
          onRow={(row) => ({
            onClick: () => navigate(`/clues?${by}=${encodeURIComponent(row.value)}&ended=false`),
          })}
          columns={[
            {
              title: by === "region" ? "地区" : "承办单位",
              dataIndex: "value",
              render: (code: string) => `${name(code)}${name(code) === code ? "" : `（${code}）`}`,
            },
            {
              title: "线索数",
              dataIndex: "count",
              align: "right",
              render: count,
              sorter: (a, b) => a.count - b.count,
            },
            { title: "已办结", dataIndex: "ended", align: "right", render: count },
            {
              title: "未办结",
              align: "right",
              render: (_, row) => count(row.count - row.ended),
              sorter: (a, b) => a.count - a.ended - (b.count - b.ended),
              defaultSortOrder: "descend",
            },
            {
              title: "已逾期",
              dataIndex: "overdue",
              align: "right",
              render: (value: number) => (value > 0 ? <span className="late">⚠ {count(value)}</span> : "0"),
              sorter: (a, b) => a.overdue - b.overdue,
            },
            {
              title: "涉及金额（元）",
              dataIndex: "amount",
              align: "right",
              render: yuan,
              sorter: (a, b) => a.amount - b.amount,
            },
            {
              title: "清仓进度",
              width: 220,
              render: (_, row) => (
                <Progress
                  percent={Math.floor((row.ended / Math.max(1, row.count)) * 100)}
                  size="small"
                  aria-label={`${name(row.value)}清仓进度`}
                />
              ),
            },
          ]}
        />
      </Card>
    </div>
  );
}
