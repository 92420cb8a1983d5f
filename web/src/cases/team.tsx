// Who works on a case, with certificates, and who stepped back.

import { Table, Tag } from "antd";
import type { Officer } from "../api/facts";
import { Empty } from "../parts/states";

export function Team({ officers, recused }: { officers: Officer[]; recused: string[] }) {
  return (
    <>
      <Table<Officer>
        size="small"
        rowKey={(one) => one.account ?? ""}
        pagination={false}
        dataSource={officers}
        locale={{
          emptyText: <Empty title="还没有指定办案人员">立案和调查须有两名以上执法人员，按执法证号计。</Empty>,
        }}
        columns={[
          { title: "账号", dataIndex: "account" },
          { title: "执法证号", dataIndex: "certificate", render: (number?: string) => number || "—" },
          {
            title: "执法证",
            dataIndex: "valid",
            render: (valid?: boolean) =>
              valid ? <Tag color="green">有效</Tag> : <Tag color="red">无效</Tag>,
          },
          {
            title: "回避",
            dataIndex: "recused",
            render: (yes?: boolean) => (yes ? <Tag color="gold">已回避</Tag> : "否"),
          },
        ]}
      />
      {recused.length > 0 && <p className="hint">已登记回避：{recused.join("、")}</p>}
    </>
  );
}
