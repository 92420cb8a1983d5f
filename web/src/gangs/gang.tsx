// One group as a graph: who and when together, times on a click, expand, hide, pin, days, the picture to take along.

import { useQuery } from "@tanstack/react-query";
import { App, Button, Card, Checkbox, Descriptions, Slider, Space, Table } from "antd";
import { useMemo, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { api, told } from "../api/client";
import { type Matter, useMatter, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { yuan } from "../format/money";
import { civilNow, moment, secondsOf } from "../format/time";
import { save } from "../matter/save";
import { Codes, useCodes } from "../parts/codes";
import { FailedScreen } from "../parts/failure";
import { Empty, Loading } from "../parts/states";
import { FONT } from "../shell/theme";
import { subjectKind } from "../words/domain";
import { shortOf } from "../words/subject";
import { Canvas } from "./canvas";
import { type Edge, graphOf, type Node, near, span, spanWords } from "./graph";
import { captioned } from "./picture";

const DAY = 86_400;
const dayOf = (number: number) => new Date(number * DAY * 1000).toISOString().slice(0, 10);

export function Gang() {
  const { id = "" } = useParams();
  const matter = useMatter(id);
  if (matter.error && !matter.data)
    return <FailedScreen error={matter.error} onRetry={() => void matter.refetch()} />;
  if (!matter.data) {
    return (
      <div className="screen">
        <Loading what="关系图" />
      </div>
    );
  }
  return <Shown matter={matter.data} />;
}

type Chosen = { node: Node } | { edge: Edge };

/** Terminals by settlement, as the data of the run has them; nothing where that is not kept any more. */
function useTerminals(id: string, run: string | undefined) {
  return useQuery({
    queryKey: ["timeline", id],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/timeline", { params: { path: { id } } })),
    select: (timeline) => timeline.terminals,
    retry: false,
    enabled: Boolean(run),
  }).data;
}

function Shown({ matter }: { matter: Matter }) {
  const findings = useMemo(() => matter.origin.findings ?? [], [matter.origin]);
  const names = useNames();
  const me = useMe();
  const { message } = App.useApp();
  const terminals = useTerminals(matter.heading.id, matter.origin.run);
  const [withTerminals, setWithTerminals] = useState(true);
  // The data is read for the first people of a large group, and a terminal may have no number.
  const unknown = useMemo(() => {
    const settled = findings.flatMap((one) => one.evidence.map((line) => line.setl_id ?? ""));
    return terminals ? [...new Set(settled)].filter((id) => id && !terminals[id]).length : 0;
  }, [findings, terminals]);
  const days = useMemo(() => span(findings), [findings]);
  const bounds = days
    ? ([secondsOf(`${days[0]} 00:00:00`) / DAY, secondsOf(`${days[1]} 00:00:00`) / DAY] as const)
    : undefined;
  const [range, setRange] = useState<[number, number]>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  const [only, setOnly] = useState<ReadonlySet<string>>();
  const [chosen, setChosen] = useState<Chosen>();
  const picture = useRef<() => Promise<string>>(undefined);
  const whole = useMemo(() => {
    const [from, to] = range ? [dayOf(range[0]), dayOf(range[1])] : [];
    return graphOf(findings, from, to, withTerminals ? terminals : undefined);
  }, [findings, range, terminals, withTerminals]);
  const group = useMemo(() => {
    const shown = (id: string) => !hidden.has(id) && (!only || only.has(id));
    return {
      nodes: whole.nodes.filter((node) => shown(node.id)),
      edges: whole.edges.filter((edge) => shown(edge.source) && shown(edge.target)),
    };
  }, [whole, hidden, only]);
  const ties = useMemo(
    () =>
      group.edges
        .filter((edge) => edge.kind === "together")
        .sort((a, b) => b.meetings.length - a.meetings.length),
    [group],
  );
  // The names come after the codes; the picture is drawn anew when they have.
  const called = JSON.stringify(
    group.nodes
      .filter((node) => node.kind === "institution")
      .map((node) => [node.id, names.institution(node.name)]),
  );
  const places = useMemo(() => new Map(JSON.parse(called) as [string, string][]), [called]);
  const plain = (id: string) => id.slice(id.indexOf(" ") + 1);

  const take = async () => {
    const url = await picture.current?.();
    if (!url) return;
    const about = {
      title: matter.heading.title,
      run: matter.origin.run,
      rule: matter.origin.about?.title,
      days: range ? spanWords(dayOf(range[0]), dayOf(range[1])) : spanWords(days?.[0], days?.[1]),
      account: me.account,
      officer: names.officer(me.account),
      organisation: names.organisation(me.organisation),
      at: moment(civilNow()),
    };
    try {
      save(await captioned(url, about, FONT), `${matter.heading.id}.png`);
    } catch {
      message.error("图片太大，请隐藏一部分后再导出");
    }
  };
  return (
    <div className="screen whole">
      <div className="title">
        <Link to="/gangs">
          <Button size="small" tabIndex={-1}>
            ← 团伙
          </Button>
        </Link>
        <h1>{matter.heading.title}</h1>
        <span className="grow" />
        <Link to={`/clues/${matter.heading.id}`}>线索详情</Link>
        <Button onClick={() => void take()} disabled={group.nodes.length === 0}>
          导出图片
        </Button>
      </div>
      {bounds && bounds[1] > bounds[0] && (
        <div className="filters">
          <span className="hint">日期</span>
          <div style={{ flex: 1, maxWidth: 560 }}>
            <Slider
              range
              min={bounds[0]}
              max={bounds[1]}
              defaultValue={[bounds[0], bounds[1]]}
              tooltip={{ formatter: (value) => (value === undefined ? "" : dayOf(value)) }}
              ariaLabelForHandle={["从哪一天", "到哪一天"]}
              onChangeComplete={(value) => setRange([value[0] ?? bounds[0], value[1] ?? bounds[1]])}
            />
          </div>
          <span className="hint">
            {range ? `${dayOf(range[0])} 至 ${dayOf(range[1])}` : `${days?.[0]} 至 ${days?.[1]}`}　○ 参保人　▭
            机构　△ 医药人员　◇ 结算终端　红线：一起出现的次数
          </span>
          {terminals && Object.keys(terminals).length > 0 && (
            <Checkbox checked={withTerminals} onChange={(event) => setWithTerminals(event.target.checked)}>
              结算终端
            </Checkbox>
          )}
          {terminals && unknown > 0 && <span className="hint">另有 {unknown} 笔结算的终端未取到</span>}
          {(hidden.size > 0 || only) && (
            <Button
              size="small"
              onClick={() => {
                setHidden(new Set());
                setOnly(undefined);
              }}
            >
              全部显示
            </Button>
          )}
        </div>
      )}
      {group.nodes.length === 0 ? (
        <Empty title="画不出关系图">这条线索没有随附能看出谁与谁在一起的明细。</Empty>
      ) : (
        <div className="gang">
          <Canvas
            group={group}
            pinned={pinned}
            places={places}
            onNode={(node) => setChosen({ node })}
            onEdge={(edge) => setChosen({ edge })}
            onReady={(take) => {
              picture.current = take;
            }}
          />
          <div className="side stack">
            <Card size="small" title={chosen ? "选中" : "点一下图中的人、机构或者红线"}>
              {chosen && "node" in chosen && (
                <>
                  <Descriptions
                    size="small"
                    column={1}
                    items={[
                      {
                        key: "kind",
                        label: chosen.node.kind === "terminal" ? "结算终端" : subjectKind(chosen.node.kind),
                        children: (
                          <Named key={chosen.node.id} node={chosen.node} institution={names.institution} />
                        ),
                      },
                      { key: "lines", label: "明细", children: `${chosen.node.lines} 条` },
                      { key: "amount", label: "涉及金额", children: `${yuan(chosen.node.amount)} 元` },
                    ]}
                  />
                  <Space wrap>
                    <Button
                      size="small"
                      onClick={() => setOnly(near(whole, new Set([chosen.node.id, ...(only ?? [])])))}
                    >
                      只看并展开
                    </Button>
                    <Button size="small" onClick={() => setHidden(new Set([...hidden, chosen.node.id]))}>
                      隐藏
                    </Button>
                    <Button
                      size="small"
                      onClick={() => {
                        const next = new Set(pinned);
                        if (!next.delete(chosen.node.id)) next.add(chosen.node.id);
                        setPinned(next);
                      }}
                    >
                      {pinned.has(chosen.node.id) ? "取消标记" : "标记"}
                    </Button>
                  </Space>
                </>
              )}
              {chosen && "edge" in chosen && (
                <Meetings
                  key={chosen.edge.id}
                  edge={chosen.edge}
                  plain={plain}
                  institution={names.institution}
                />
              )}
            </Card>
            <Card size="small" title={`一起出现（${ties.length} 对）`}>
              <ul className="tasks">
                {ties.slice(0, 100).map((edge) => (
                  <li key={edge.id} className="task">
                    <Button type="link" size="small" onClick={() => setChosen({ edge })}>
                      {shortOf(plain(edge.source))} 与 {shortOf(plain(edge.target))}：{edge.meetings.length}{" "}
                      次
                    </Button>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        </div>
      )}
    </div>
  );
}

/** What a node stands for: a place by its name, a person by a code that is shown whole when asked for. */
function Named({ node, institution }: { node: Node; institution: (code: string) => string }) {
  if (node.kind === "person") return <Codes codes={[node.name]} />;
  return <span className="code">{node.kind === "institution" ? institution(node.name) : node.name}</span>;
}

/** A day and a time, each on a line of its own where the column is narrow. */
const time = (at: string) => (
  <>
    <span className="unbroken">{at.slice(0, 10)}</span> <span className="unbroken">{at.slice(11, 16)}</span>
  </>
);

function Meetings({
  edge,
  plain,
  institution,
}: {
  edge: Edge;
  plain: (id: string) => string;
  institution: (code: string) => string;
}) {
  const [written, button] = useCodes();
  const called = (id: string) => {
    if (id.startsWith("person ")) return written(plain(id));
    if (id.startsWith("terminal ")) return `结算终端 ${id.slice(id.lastIndexOf(" ") + 1)}`;
    return institution(plain(id));
  };
  return (
    <>
      <p>
        <span className="code">{called(edge.source)}</span> 与{" "}
        <span className="code">{called(edge.target)}</span>
        {edge.kind === "visited" && `：明细 ${edge.lines} 条`} {button}
      </p>
      {edge.meetings.length > 0 && (
        <Table
          size="small"
          rowKey={(row) => `${row.at}${row.other}${row.place}`}
          pagination={
            edge.meetings.length > 10 ? { pageSize: 10, size: "small", showSizeChanger: false } : false
          }
          dataSource={[...edge.meetings].sort((a, b) => a.at.localeCompare(b.at))}
          columns={[
            { title: "一方", dataIndex: "at", render: time },
            { title: "另一方", dataIndex: "other", render: time },
            { title: "机构", dataIndex: "place", render: institution },
          ]}
        />
      )}
    </>
  );
}
