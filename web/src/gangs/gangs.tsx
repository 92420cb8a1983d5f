// Groups that were seen together: the clues about them, opened as graphs.

import { Table } from "antd";
import { Link } from "react-router";
import type { Heading } from "../api/client";
import { useMatters, useNames } from "../api/matters";
import { count, yuan } from "../format/money";
import { day } from "../format/time";
import { Failure } from "../parts/failure";
import { endOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Grade, Left, Loading } from "../parts/states";
import { useStates } from "../parts/use-states";
import { membersOf } from "../words/subject";

export function Gangs() {
  const found = useMatters({ machine: "clue", sort: "score", descending: true, size: 500 });
  const states = useStates();
  const names = useNames();
  const groups = (found.data?.items ?? []).filter((one) => one.subject_kind === "group");
  return (
    <div className="screen">
      <div className="title">
        <h1>团伙</h1>
        <span className="hint">一起就医、一起住院的人群；打开后看谁、何时、何地在一起</span>
      </div>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      {found.isPending ? (
        <Loading what="团伙线索" />
      ) : (
        <Table<Heading>
          size="small"
          rowKey="id"
          dataSource={groups}
          pagination={groups.length > 50 ? { pageSize: 50 } : false}
          locale={{
            emptyText: <Empty title="没有团伙线索">筛查发现成群一起就医、一起住院的，会显示在这里。</Empty>,
          }}
          columns={[
            {
              title: "线索",
              dataIndex: "title",
              render: (title: string, one) => <Link to={`/gangs/${one.id}`}>{title}</Link>,
            },
            {
              title: "人数",
              dataIndex: "subject",
              align: "right",
              render: (subject: string) => count(membersOf(subject).length),
            },
            { title: "地区", dataIndex: "region", render: names.region },
            { title: "风险", dataIndex: "grade", render: (value: string) => <Grade value={value} /> },
            {
              title: "状态",
              dataIndex: "state",
              render: (state: string) => <Sign>{states.get(`clue.${state}`) ?? state}</Sign>,
            },
            { title: "评分", dataIndex: "score", align: "right" },
            {
              title: "涉及金额（元）",
              dataIndex: "amount",
              align: "right",
              render: (amount: number) => (amount > 0 ? yuan(amount) : "—"),
            },
            {
              title: "期限",
              dataIndex: "due",
              render: (_, one) => <Left due={one.due} ended={endOf(one)} />,
            },
            { title: "开始", dataIndex: "begun", render: day },
          ]}
        />
      )}
    </div>
  );
}
