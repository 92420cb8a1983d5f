// The time limits of the law as a table: what must be done by whom, how long, what follows a miss, and where that stands.

import { Input, Table } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useLimits } from "../api/law";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";

type Limit = Schemas["LimitView"];

export function Limits() {
  const found = useLimits();
  const [text, setText] = useState("");
  const rows = (found.data ?? []).filter((one) =>
    [one.id, one.title, one.act, one.actor, ...one.basis].some((words) => words.includes(text)),
  );
  return (
    <>
      <search className="filters">
        <Input
          allowClear
          aria-label="查找期限"
          placeholder="期限、责任人或者法律中的字"
          style={{ width: 280 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <span className="hint">
          共 {found.data?.length ?? 0} 项；地方另有规定的在各地的期限文件中，案件的期限按所在地计算
        </span>
      </search>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Limit>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="没有符合条件的期限" /> }}
        expandable={{
          expandedRowRender: (one) => (
            <div>
              <p>起算：{one.start}</p>
              <p>逾期的后果：{one.missed}</p>
              {one.note && <p>说明：{one.note}</p>}
              <p className="hint">确定程度：{one.certainty}</p>
            </div>
          ),
        }}
        columns={[
          {
            title: "编号",
            dataIndex: "id",
            width: 70,
            render: (id: string) => <span className="code">{id}</span>,
          },
          { title: "期限", dataIndex: "title" },
          { title: "环节", dataIndex: "phase", width: 80, render: (phase: string) => <Sign>{phase}</Sign> },
          { title: "由谁", dataIndex: "actor" },
          { title: "多久", dataIndex: "term", width: 140 },
          { title: "依据", dataIndex: "basis", width: 380, render: (basis: string[]) => basis.join("；") },
        ]}
      />
    </>
  );
}
