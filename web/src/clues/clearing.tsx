// The board of clearing: how far each region right below is from having answered all its clues, and whose clocks run out.

import { useQuery } from "@tanstack/react-query";
import { Button, Card, Progress, Table } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, type Schemas, told } from "../api/client";
import { useMe } from "../api/session";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { by, counted, paid } from "../parts/figures";
import { Empty } from "../parts/states";

type Region = Schemas["Clearing"];
type Bureau = Schemas["OrganisationClocks"];

const late = (value: number) => (value > 0 ? <span className="late">⚠ {count(value)}</span> : "0");

export function Clearing({ onBack }: { onBack: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const [way, setWay] = useState<string[]>([me.region]);
  const region = way.at(-1) ?? me.region;
  const params = { query: { region } };
  const board = useQuery({
    queryKey: ["clearing", region],
    queryFn: () => told(api.GET("/api/v1/boards/clearing", { params })),
  });
  const clocks = useQuery({
    queryKey: ["clocks", region],
    queryFn: () => told(api.GET("/api/v1/boards/clocks", { params })),
  });
  const rows = board.data ?? [];
  // Counties have nothing below them to look into.
  const below = (row: Region) => row.region !== region && row.region.endsWith("00");
  return (
    <div className="screen">
      <div className="title">
        <Button size="small" onClick={() => (way.length > 1 ? setWay(way.slice(0, -1)) : onBack())}>
          ← {way.length > 1 ? "上一级" : "线索"}
        </Button>
        <h1>清仓进度</h1>
        <span className="hint">已办结、转立案、并案、转出的为已清</span>
      </div>
      <div className="stack">
        <Failure error={board.error} onRetry={() => void board.refetch()} />
        <Card size="small" title="各地区">
          <Table<Region>
            size="small"
            rowKey="region"
            loading={board.isPending}
            dataSource={rows}
            pagination={false}
            locale={{ emptyText: <Empty title="还没有线索" /> }}
            columns={[
              {
                title: "地区",
                dataIndex: "name",
                render: (name: string, row) => (
                  <Button type="link" size="small" onClick={() => navigate(`/clues?region=${row.region}`)}>
                    {name}（{row.region}）
                  </Button>
                ),
              },
              { ...counted("收到", "received"), sorter: by("received") },
              counted("已分办", "dispatched"),
              counted("已反馈", "answered"),
              counted("已清", "cleared"),
              counted("退回过", "returned"),
              { ...counted("逾期", "overdue"), render: late, sorter: by("overdue") },
              { ...paid("查实金额（元）", "found"), sorter: by("found") },
              {
                title: "清仓进度",
                dataIndex: "share_bp",
                width: 220,
                sorter: by("share_bp"),
                render: (share: number, row) => (
                  <Progress
                    percent={Math.floor(share / 100)}
                    size="small"
                    aria-label={`${row.name}清仓进度`}
                  />
                ),
              },
              ...(rows.some(below)
                ? [
                    {
                      title: "下级",
                      render: (_: unknown, row: Region) =>
                        below(row) && (
                          <Button size="small" onClick={() => setWay([...way, row.region])}>
                            看下级
                          </Button>
                        ),
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        <Failure error={clocks.error} onRetry={() => void clocks.refetch()} />
        <Card size="small" title="各单位的期限">
          <Table<Bureau>
            size="small"
            rowKey="organisation"
            loading={clocks.isPending}
            dataSource={clocks.data ?? []}
            pagination={false}
            locale={{ emptyText: <Empty title="没有在计时的期限" /> }}
            columns={[
              { title: "单位", dataIndex: "title" },
              counted("有期限的事项", "running"),
              counted("三日内到期", "soon"),
              { ...counted("逾期", "overdue"), render: late, sorter: by("overdue") },
            ]}
          />
        </Card>
      </div>
    </div>
  );
}
