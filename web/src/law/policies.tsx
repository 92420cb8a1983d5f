// The permits and prohibitions that hold on this server, its own among them.

import { Input, Table } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { usePolicies } from "../api/law";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";

type Policy = Schemas["PolicyView"];

export function Policies() {
  const found = usePolicies();
  const [text, setText] = useState("");
  const rows = (found.data ?? []).filter((one) =>
    [one.id, one.title, one.basis, one.file].some((words) => words.includes(text)),
  );
  return (
    <>
      <p className="hint">
        没有许可的一律不可以，禁止优先于许可。单位自己的策略文件由系统管理员放置，启动时核对。
      </p>
      <search className="filters">
        <Input
          allowClear
          aria-label="查找策略"
          placeholder="说明、依据或者文件中的字"
          style={{ width: 280 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <span className="hint">共 {found.data?.length ?? 0} 条</span>
      </search>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Policy>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="没有符合条件的策略" /> }}
        columns={[
          {
            title: "效果",
            dataIndex: "forbids",
            width: 80,
            render: (forbids: boolean) =>
              forbids ? <Sign tone="red">禁止</Sign> : <Sign tone="green">许可</Sign>,
          },
          { title: "说明", dataIndex: "title" },
          { title: "依据", dataIndex: "basis" },
          {
            title: "所在",
            width: 220,
            render: (_, one) => (
              <span className="code" title={one.id}>
                {one.file}:{one.line}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
