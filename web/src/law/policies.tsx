// The permits and prohibitions that hold on this server, its own among them.

import { usePolicies } from "../api/law";
import { Sign } from "../parts/sign";
import { LawTable } from "./law-table";

export function Policies() {
  const found = usePolicies();
  return (
    <>
      <p className="hint">
        没有许可的一律不可以，禁止优先于许可。单位自己的策略文件由系统管理员放置，启动时核对。
      </p>
      <LawTable
        what="策略"
        placeholder="说明、依据或者文件中的字"
        hint={(all) => `共 ${all} 条`}
        found={found}
        words={(one) => [one.id, one.title, one.basis, one.file]}
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
