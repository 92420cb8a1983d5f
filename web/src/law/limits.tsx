// The time limits of the law as a table: what must be done by whom, how long, what follows a miss, and where that stands.

import { useLimits } from "../api/law";
import { Sign } from "../parts/sign";
import { LawTable, NUMBER } from "./law-table";

export function Limits() {
  const found = useLimits();
  return (
    <LawTable
      what="期限"
      placeholder="期限、责任人或者法律中的字"
      hint={(all) => `共 ${all} 项；地方另有规定的在各地的期限文件中，案件的期限按所在地计算`}
      found={found}
      words={(one) => [one.id, one.title, one.act, one.actor, ...one.basis]}
      expandable={{
        expandedRowRender: (one) => (
          <div>
            <p>起算：{one.start}</p>
            <p>逾期的后果：{one.missed}</p>
            {one.extensions.length > 0 && (
              <p>
                可以延长：
                {one.extensions.map((more) => `${more.title}，${more.span}（${more.granted_by}）`).join("；")}
              </p>
            )}
            {one.note && <p>说明：{one.note}</p>}
            <p className="hint">确定程度：{one.certainty}</p>
          </div>
        ),
      }}
      columns={[
        NUMBER,
        { title: "期限", dataIndex: "title", width: "22%" },
        { title: "环节", dataIndex: "phase", width: 80, render: (phase: string) => <Sign>{phase}</Sign> },
        { title: "由谁", dataIndex: "actor", width: "18%" },
        { title: "多久", dataIndex: "term", width: 140 },
        { title: "依据", dataIndex: "basis", render: (basis: string[]) => basis.join("；") },
      ]}
    />
  );
}
