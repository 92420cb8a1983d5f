// What the law answers acts with: who is liable, for what, what is ordered, on what condition.

import { useMeasureViews } from "../api/law";
import { LawTable, NUMBER } from "./law-table";

export function MeasuresOfLaw() {
  const found = useMeasureViews();
  return (
    <LawTable
      what="条款"
      placeholder="条款、行为或者主体中的字"
      hint={() => "作出决定时从这些条款中选择"}
      found={found}
      words={(one) => [one.id, one.article, one.act, one.subject]}
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
        NUMBER,
        { title: "主体", dataIndex: "subject", width: 130 },
        { title: "条款", dataIndex: "article", width: "28%" },
        { title: "行为", dataIndex: "act" },
        {
          title: "责令",
          dataIndex: "corrective",
          width: "22%",
          render: (words?: string | null) => words ?? "—",
        },
      ]}
    />
  );
}
