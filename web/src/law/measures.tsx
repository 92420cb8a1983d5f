// What the law answers acts with: who is liable, for what, what is ordered, on what condition.

import { Input, Table } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useMeasureViews } from "../api/law";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";

type Measure = Schemas["MeasureView"];

export function MeasuresOfLaw() {
  const found = useMeasureViews();
  const [text, setText] = useState("");
  const rows = (found.data ?? []).filter((one) =>
    [one.id, one.article, one.act, one.subject].some((words) => words.includes(text)),
  );
  return (
    <>
      <search className="filters">
        <Input
          allowClear
          aria-label="查找条款"
          placeholder="条款、行为或者主体中的字"
          style={{ width: 280 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <span className="hint">作出决定时从这些条款中选择</span>
      </search>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Measure>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="没有符合条件的条款" /> }}
        expandable={{
          rowExpandable: (one) => Boolean(one.other || one.condition || one.note),
          expandedRowRender: (one) => (
            <div>
              {one.condition && <p>条件：{one.condition}</p>}
              {one.other && <p>其他：{one.other}</p>}
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
          { title: "主体", dataIndex: "subject" },
          { title: "条款", dataIndex: "article" },
          { title: "行为", dataIndex: "act", width: 420 },
          { title: "责令", dataIndex: "corrective", render: (words?: string | null) => words ?? "—" },
        ]}
      />
    </>
  );
}
