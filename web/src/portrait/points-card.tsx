// The points of a practitioner: how many stand this year, how far they are from what they bring, and what they came from.

import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Table } from "antd";
import { Link } from "react-router";
import { api, asApiError, type Schemas, told } from "../api/client";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { pointsWords } from "./numbers";

type Entry = Schemas["PointsEntry"];

export function PointsCard({ code }: { code: string }) {
  const found = useQuery({
    queryKey: ["points-standing", code],
    queryFn: () => told(api.POST("/api/v1/portraits/points", { body: { code } })),
    retry: false,
  });
  // A place without a scheme of points has none to tell.
  if (found.error && asApiError(found.error).status === 404) return null;
  const one = found.data;
  return (
    <Card size="small" title="支付资格记分">
      {found.error ? (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      ) : !one ? (
        <Loading what="记分" rows={2} />
      ) : one.entries.length === 0 ? (
        <Empty title="没有可查阅的记分">
          经办机构记分并生效后，这里显示本年度的分值、距暂停和终止还差几分。
        </Empty>
      ) : (
        <Standing one={one} />
      )}
    </Card>
  );
}

function Standing({ one }: { one: Schemas["PointsStanding"] }) {
  const now = one.effects.filter((effect) => effect.holds).at(-1);
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { key: "points", label: `${one.year} 年记分`, children: `${one.points} 分` },
          { key: "words", label: "距暂停、终止", children: pointsWords(one) },
          { key: "cleared", label: "清零", children: one.cleared },
          {
            key: "now",
            label: "支付资格",
            span: "filled",
            children: now ? (
              <Sign tone="red">
                {now.ended ? "终止" : "暂停"}：{now.since} 起，{now.until} 起可以恢复
              </Sign>
            ) : (
              <Sign tone="green">正常</Sign>
            ),
          },
        ]}
      />
      <Table<Entry>
        size="small"
        rowKey="matter"
        pagination={one.entries.length > 20 && { pageSize: 20, size: "small", showSizeChanger: false }}
        dataSource={one.entries}
        columns={[
          {
            title: "记分事项",
            dataIndex: "title",
            render: (title: string, { matter }) => (
              <Link to={pathOf({ machine: "points", id: matter })}>{title}</Link>
            ),
          },
          counted("分值", "points"),
          { title: "生效", dataIndex: "on" },
          {
            title: "修复与撤销",
            key: "after",
            render: (_, { revoked, repairs }) =>
              revoked ? <Sign tone="plain">已撤销，不计</Sign> : repairs.join("；") || "—",
          },
        ]}
      />
      <p className="hint">
        按您可查阅的记分事项合计。依据：{one.basis}（{one.certainty}）。
      </p>
    </>
  );
}
