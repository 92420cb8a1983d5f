// The permits and prohibitions that were built in, by title.

import { Table } from "antd";
import { POLICIES } from "../words/generated";

export function Policies() {
  return (
    <>
      <p className="hint">
        没有许可的一律不可以，禁止优先于许可。本页列出随程序发布的策略；单位自己的策略文件由系统管理员放置，启动时核对。
      </p>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={Object.entries(POLICIES).map(([id, title]) => ({ id, title }))}
        columns={[
          { title: "说明", dataIndex: "title" },
          { title: "编号", dataIndex: "id", render: (id: string) => <span className="code">{id}</span> },
        ]}
      />
    </>
  );
}
