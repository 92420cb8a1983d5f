// Who works on a case, with certificates, and who stepped back.

import { Table } from "antd";
import type { Officer } from "../api/facts";
import { useNames } from "../api/matters";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";

export function Team({ officers, recused }: { officers: Officer[]; recused: string[] }) {
  const names = useNames();
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
          { title: "姓名", dataIndex: "account", render: (account: string) => names.officer(account) },
          { title: "账号", dataIndex: "account", key: "id" },
          { title: "执法证号", dataIndex: "certificate", render: (number?: string) => number || "—" },
          {
            title: "执法证",
            dataIndex: "valid",
            render: (valid?: boolean) =>
              valid ? <Sign tone="green">有效</Sign> : <Sign tone="red">无效</Sign>,
          },
          {
            title: "回避",
            dataIndex: "recused",
            render: (yes?: boolean) => (yes ? <Sign tone="gold">已回避</Sign> : "否"),
          },
        ]}
      />
      {recused.length > 0 && <p className="hint">已登记回避：{recused.map(names.officer).join("、")}</p>}
    </>
  );
}
