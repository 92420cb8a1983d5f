// Portraits: all that is known here about one institution, practitioner or masked person: its clues and matters, by rule and time; of an
// institution its grade, of a practitioner the points; of each what the lake says of visits, money and goods.

import { Button, Card, Descriptions, Table } from "antd";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { Heading } from "../api/client";
import { useCounts, useMatters, useNames } from "../api/matters";
import { useMe } from "../api/session";
import { Drawn } from "../clue/drawn";
import { Peers } from "../clue/peers";
import { count, yuan } from "../format/money";
import { day } from "../format/time";
import { barOption } from "../overview/options";
import { Chart } from "../parts/chart";
import { Codes } from "../parts/codes";
import { Failure } from "../parts/failure";
import { InstitutionInput } from "../parts/institution-input";
import { endOf, machineTitle, pathOf } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, Grade, Left, Loading } from "../parts/states";
import { useStates } from "../parts/use-states";
import { subjectKind } from "../words/domain";
import { ofPeople } from "../words/subject";
import { Cases } from "./cases-card";
import { Claims, PersonClaims } from "./claims-cards";
import { GradeCard } from "./grade-card";
import { portrayedAs } from "./numbers";
import { PointsCard } from "./points-card";

/** Money and number of matters by what they are about. */
export function byTitle(items: Heading[]): { title: string; count: number; amount: number }[] {
  const found = new Map<string, { title: string; count: number; amount: number }>();
  for (const one of items.filter((one) => one.machine === "clue")) {
    const row = found.get(one.title) ?? { title: one.title, count: 0, amount: 0 };
    row.count += 1;
    row.amount += one.amount;
    found.set(one.title, row);
  }
  return [...found.values()].sort((a, b) => b.amount - a.amount || b.count - a.count);
}

export function Portraits() {
  const [asked, setAsked] = useSearchParams();
  const [text, setText] = useState("");
  // Codes stay out of the address: it is kept in histories and logs.
  const [of, setOf] = useState<{ key: "institution" | "subject"; code: string }>();
  const choose = (key: "institution" | "subject", code: string) => {
    if (!code.trim()) return;
    setOf({ key, code: code.trim() });
    if (asked.size) setAsked(new URLSearchParams(), { replace: true });
  };
  return (
    <div className="screen">
      <div className="title">
        <h1>画像</h1>
        <span className="hint">输入机构、医药人员或者参保人的代码，看它的全部线索和事项；代码不进入网址</span>
      </div>
      <search className="filters" title="国家字段：fixmedins_code / psn_no / prac_psn_code">
        <InstitutionInput
          value={text}
          onChange={setText}
          style={{ width: 360 }}
          placeholder="机构名称、定点医药机构编码、人员编号或医师代码"
          aria-label="代码"
          maxLength={200}
        />
        <Button type="primary" onClick={() => choose("institution", text)}>
          看机构
        </Button>
        <Button onClick={() => choose("subject", text)}>看人员或其他对象</Button>
      </search>
      {of ? (
        <Portrait key={of.key + of.code} of={of} />
      ) : (
        <Empty title="还没有选择对象">
          选定后显示它的线索、案件和其他事项；另有按月的诊疗与费用、费用构成（参保人须有筛查出的线索），机构的进销存和追溯码，医药人员的记分。
        </Empty>
      )}
    </div>
  );
}

function Portrait({ of }: { of: { key: "institution" | "subject"; code: string } }) {
  const found = useMatters({ [of.key]: of.code, size: 500, sort: "begun", descending: true });
  const states = useStates();
  const names = useNames();
  const me = useMe();
  // A grade is told to those who may count all that it rests on.
  const grades = me.department === "insurance" && ["team_lead", "head", "statistics"].includes(me.role);
  // The list ends at 500; what lies beyond is counted where it can be.
  const more = found.data?.more ?? false;
  const counts = more && of.key === "institution" && me.department !== "third_party";
  const counted = useCounts({ by: "machine", institution: of.code }, counts).data ?? [];
  const items = useMemo(() => found.data?.items ?? [], [found.data]);
  const rules = useMemo(() => byTitle(items).slice(0, 12), [items]);
  const option = useMemo(
    () =>
      barOption(
        rules.map((row) => [row.title, row.amount]),
        "amount",
      ),
    [rules],
  );
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Loading what="画像" />;
  const kind = items.find((one) => one.subject === of.code)?.subject_kind;
  const portrayed = portrayedAs(of.key, of.code, kind);
  const known = portrayed && (
    <>
      {portrayed === "practitioner" && <PointsCard code={of.code} />}
      <Claims kind={portrayed} code={of.code} />
    </>
  );
  if (items.length === 0)
    return (
      <div className="stack">
        <Empty title="没有它的线索和事项">核对代码；不在您查阅范围内的也不显示。</Empty>
        {known}
      </div>
    );
  const clues = items.filter((one) => one.machine === "clue");
  const all = counts ? counted.find((row) => row.value === "clue") : undefined;
  const told = all
    ? {
        clues: all.count,
        open: all.count - all.ended,
        amount: all.amount,
        others: counted.reduce((sum, row) => sum + row.count, 0) - all.count,
      }
    : {
        clues: clues.length,
        open: clues.filter((one) => !one.ended).length,
        amount: clues.reduce((sum, one) => sum + one.amount, 0),
        others: items.length - clues.length,
      };
  const atLeast = more && !all ? "以上" : "";
  // What the lake knows of it is drawn as its gravest clue of a run has it.
  const [gravest] = clues
    .filter((one) => one.subject === of.code && one.source === "screening")
    .sort((a, b) => b.score - a.score);
  const people = of.key === "subject" && ofPeople({ subject: of.code, subject_kind: kind ?? "" });
  return (
    <div className="stack">
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          {
            key: "who",
            label: of.key === "institution" ? "机构" : subjectKind(kind ?? ""),
            children: people ? (
              <Codes codes={[of.code]} />
            ) : (
              <span className="code">{of.key === "institution" ? names.institution(of.code) : of.code}</span>
            ),
          },
          {
            key: "clues",
            label: "线索",
            children: `${count(told.clues)} 条${atLeast}，未办结 ${count(told.open)} 条${atLeast}`,
          },
          { key: "amount", label: "线索涉及金额", children: `${yuan(told.amount)} 元${atLeast}` },
          { key: "others", label: "案件等其他事项", children: `${count(told.others)} 件${atLeast}` },
          {
            key: "span",
            label: "最早与最近",
            children: `${day(items.at(-1)?.begun)} 至 ${day(items[0]?.begun)}`,
          },
          {
            key: "more",
            label: "范围",
            children: more ? `图和列表为最近 ${count(items.length)} 件` : "全部",
          },
        ]}
      />
      {grades && of.key === "institution" && <GradeCard institution={of.code} />}
      {known}
      {gravest?.subject_kind === "person" && <PersonClaims matter={gravest.id} />}
      {rules.length > 0 && (
        <Card size="small" title="线索涉及金额，按事由">
          <Chart
            option={option}
            rows={rules.length}
            label={rules.map((row) => `${row.title} ${yuan(row.amount)} 元`).join("，")}
          />
        </Card>
      )}
      {gravest && <Drawn matter={gravest.id} />}
      {gravest && <Peers matter={gravest.id} />}
      <Cases items={items} states={states} institution={of.key === "institution" ? of.code : undefined} />
      <Card size="small" title="线索与事项">
        <Table<Heading>
          size="small"
          rowKey="id"
          dataSource={items}
          pagination={items.length > 20 ? { pageSize: 20, size: "small", showSizeChanger: false } : false}
          columns={[
            { title: "类别", dataIndex: "machine", render: machineTitle },
            {
              title: "事项",
              dataIndex: "title",
              render: (title: string, one) => <Link to={pathOf(one)}>{title}</Link>,
            },
            {
              title: "状态",
              dataIndex: "state",
              render: (state: string, one) => <Sign>{states.get(`${one.machine}.${state}`) ?? state}</Sign>,
            },
            { title: "风险", dataIndex: "grade", render: (value: string) => <Grade value={value} /> },
            {
              title: "金额（元）",
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
      </Card>
    </div>
  );
}
