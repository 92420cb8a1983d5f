// Whom to inspect: whom the year's plan leaves out, and the institutions that are due by their grade.

import { useQuery } from "@tanstack/react-query";
import { Button, Card, Table } from "antd";
import { useState } from "react";
import { api, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { by, counted } from "../parts/figures";
import { Empty } from "../parts/states";
import { GradeSign, nextWords } from "../portrait/grade-card";
import { Plan } from "./plan";
import { RegionChoice } from "./region-choice";

type Graded = Schemas["InstitutionGrade"];

export function InspectionBoard({ onBack }: { onBack: () => void }) {
  const me = useMe();
  const [region, setRegion] = useState(me.region);
  return (
    <div className="screen">
      <div className="title">
        <Button size="small" onClick={onBack}>
          ← 监督检查
        </Button>
        <h1>检查安排</h1>
        <RegionChoice value={region} onChange={setRegion} />
      </div>
      <div className="stack">
        <Plan region={region} />
        <Due region={region} />
      </div>
    </div>
  );
}

function Due({ region }: { region: string }) {
  const names = useNames();
  const board = useQuery({
    queryKey: ["inspections-due", region],
    queryFn: () => told(api.GET("/api/v1/boards/inspections-due", { params: { query: { region } } })),
  });
  const { known = 0, due = 0, items = [] } = board.data ?? {};
  const more = due > items.length ? `，显示得分最低的 ${count(items.length)} 家` : "";
  return (
    <>
      <Failure error={board.error} onRetry={() => void board.refetch()} />
      {!board.error && (
        <Card
          size="small"
          title={`按等级应当检查的机构（已知 ${count(known)} 家，到期 ${count(due)} 家${more}）`}
        >
          <Table<Graded>
            size="small"
            rowKey="institution"
            loading={board.isPending}
            dataSource={items}
            pagination={items.length > 20 ? { pageSize: 20, size: "small", showSizeChanger: false } : false}
            locale={{ emptyText: <Empty title="没有到期的机构">各机构都按等级的频次检查过。</Empty> }}
            columns={[
              {
                title: "机构",
                dataIndex: "institution",
                render: (code: string) => <span className="code">{names.institution(code)}</span>,
              },
              { title: "等级", dataIndex: "grade", render: (_: unknown, one) => <GradeSign one={one} /> },
              { ...counted("得分", "score"), sorter: by("score") },
              counted("每年次数", "inspections"),
              { title: "上次检查", dataIndex: "last", render: (day?: string | null) => day ?? "没有" },
              { title: "下次检查", key: "next", render: (_: unknown, one) => nextWords(one) },
            ]}
          />
        </Card>
      )}
    </>
  );
}
