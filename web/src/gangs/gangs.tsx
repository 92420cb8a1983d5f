// Groups that were seen together: who, where and when, opened as graphs.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { count, yuan } from "../format/money";
import { day } from "../format/time";
import { Failure } from "../parts/failure";
import { endOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Grade, Left, Loading } from "../parts/states";
import { useStates } from "../parts/use-states";
import { membersOf } from "../words/subject";
import { spanWords } from "./graph";

type Group = Schemas["GroupView"];

/** Groups of a page, as the server cuts them. */
const PAGE = 50;
/** Most institutions that a row names. */
const NAMED = 3;

function useGroups(page: number) {
  return useQuery({
    queryKey: ["groups", page],
    queryFn: () => told(api.GET("/api/v1/groups", { params: { query: { page } } })),
    placeholderData: keepPreviousData,
  });
}

export function Gangs() {
  const [page, setPage] = useState(1);
  const found = useGroups(page);
  const states = useStates();
  const names = useNames();
  const places = ({ institutions }: Group) => {
    const named = institutions.slice(0, NAMED).map(names.institution).join("、");
    return institutions.length > NAMED ? `${named}等 ${institutions.length} 家` : named || "—";
  };
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
        <Table<Group>
          size="small"
          rowKey={(one) => one.heading.id}
          dataSource={found.data?.items ?? []}
          pagination={
            (found.data?.total ?? 0) > PAGE
              ? {
                  current: page,
                  pageSize: PAGE,
                  total: found.data?.total ?? 0,
                  showSizeChanger: false,
                  onChange: setPage,
                }
              : false
          }
          locale={{
            emptyText: <Empty title="没有团伙线索">筛查发现成群一起就医、一起住院的，会显示在这里。</Empty>,
          }}
          columns={[
            {
              title: "线索",
              key: "title",
              render: (_, { heading }) => <Link to={`/gangs/${heading.id}`}>{heading.title}</Link>,
            },
            {
              title: "人数",
              key: "people",
              width: 60,
              align: "right",
              render: (_, { heading }) => count(membersOf(heading.subject).length),
            },
            { title: "机构", key: "institutions", render: (_, one) => places(one) },
            {
              title: "起止日期",
              key: "span",
              render: (_, one) => <span className="unbroken">{spanWords(one.begin, one.end)}</span>,
            },
            {
              title: "地区",
              key: "region",
              className: "unbroken",
              render: (_, { heading }) => names.region(heading.region),
            },
            { title: "风险", key: "grade", render: (_, { heading }) => <Grade value={heading.grade} /> },
            {
              title: "状态",
              key: "state",
              render: (_, { heading }) => <Sign>{states.get(`clue.${heading.state}`) ?? heading.state}</Sign>,
            },
            {
              title: "评分",
              key: "score",
              align: "right",
              width: 60,
              render: (_, { heading }) => heading.score,
            },
            {
              title: "涉及金额（元）",
              key: "amount",
              align: "right",
              render: (_, { heading }) => (heading.amount > 0 ? yuan(heading.amount) : "—"),
            },
            {
              title: "期限",
              key: "due",
              className: "unbroken",
              render: (_, { heading }) => <Left due={heading.due} ended={endOf(heading)} />,
            },
            {
              title: "开始",
              key: "begun",
              className: "unbroken",
              render: (_, { heading }) => day(heading.begun),
            },
          ]}
        />
      )}
    </div>
  );
}
