// The rules as a table: what each looks for, how grave, how often checking found it right.

import { Input, Select, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { CHAPTERS, KINDS } from "../words/domain";
import { CluesOf, useClues } from "./clues";
import { share, shareWords } from "./feedback";
import { useFeedback, useRules } from "./questions";
import { chapterOf, SEVERITY, STATUS, STATUS_TONES } from "./words";

type Heading = Schemas["RuleHeading"];

export function RuleList() {
  const rules = useRules();
  const feedback = useFeedback().data ?? [];
  const [text, setText] = useState("");
  const [chapter, setChapter] = useState<string>();
  const [status, setStatus] = useState<string>();
  const clues = useClues("rule");
  const rows = (rules.data ?? [])
    .filter(
      (one) =>
        (!chapter || one.name.startsWith(`${chapter}/`)) &&
        (!status || one.status === status) &&
        [one.id, one.name, one.title, ...one.covers].some((words) => words.includes(text)),
    )
    .sort((a, b) => a.id.localeCompare(b.id));
  const saidOf = (one: Heading) =>
    feedback.find((row) => row.rule === one.name && row.version === String(one.version));
  const right = (one: Heading) => {
    const said = saidOf(one);
    return said && share(said);
  };
  return (
    <>
      <search className="filters">
        <Input
          allowClear
          aria-label="查找规则"
          placeholder="规则名称、编号或者清单条目"
          style={{ width: 280 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <Select
          allowClear
          aria-label="对象"
          placeholder="对象"
          style={{ width: 130 }}
          onChange={setChapter}
          options={Object.entries(CHAPTERS).map(([value, label]) => ({ value, label }))}
        />
        <Select
          allowClear
          aria-label="状态"
          placeholder="状态"
          style={{ width: 130 }}
          onChange={setStatus}
          options={Object.entries(STATUS).map(([value, label]) => ({ value, label }))}
        />
        <span className="hint">{rows.length} 条规则；规则只说看到了什么，是否违规由核查认定</span>
      </search>
      <Failure error={rules.error} onRetry={() => void rules.refetch()} />
      <Wide label="规则">
        <Table<Heading>
          size="small"
          rowKey="id"
          loading={rules.isPending}
          dataSource={rows}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="没有符合条件的规则" /> }}
          columns={[
            {
              title: "编号",
              dataIndex: "id",
              render: (id: string, one) => (
                <span className="code" title={one.name}>
                  {id}
                </span>
              ),
            },
            {
              title: "规则",
              dataIndex: "title",
              sorter: (a, b) => a.title.localeCompare(b.title, "zh"),
              render: (title: string, one) => (
                <Link to={`/rules?rule=${encodeURIComponent(one.name)}`}>{title}</Link>
              ),
            },
            { title: "对象", dataIndex: "name", render: chapterOf },
            { title: "性质", dataIndex: "kind", render: (kind: string) => KINDS[kind] ?? kind },
            {
              title: "严重程度",
              dataIndex: "severity",
              sorter: (a, b) => a.severity - b.severity,
              render: (grade: number) => SEVERITY[grade] ?? grade,
            },
            { title: "版本", dataIndex: "version", align: "right" },
            {
              title: "状态",
              dataIndex: "status",
              render: (status: string) => <Sign tone={STATUS_TONES[status]}>{STATUS[status] ?? status}</Sign>,
            },
            {
              title: "本地参数",
              dataIndex: "own_params",
              render: (many: number) => (many > 0 ? `${many} 项` : <span className="hint">默认值</span>),
            },
            { title: "覆盖条目", dataIndex: "covers", align: "right", render: (ids: string[]) => ids.length },
            {
              title: "线索",
              align: "right",
              sorter: (a, b) => (clues?.get(a.name) ?? 0) - (clues?.get(b.name) ?? 0),
              render: (_, one) => <CluesOf by="rule" value={one.name} all={clues} />,
            },
            {
              title: "查实占比",
              align: "right",
              sorter: (a, b) => (right(a) ?? -1) - (right(b) ?? -1),
              render: (_, one) => {
                const said = saidOf(one);
                return (said && shareWords(said)) ?? <span className="hint">尚无反馈</span>;
              },
            },
          ]}
        />
      </Wide>
    </>
  );
}
