// What the rules cover of the negative lists, the national classes of rules and the key fields, item by item, with what data can show.

import { Input, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { Failure } from "../parts/failure";
import { Sign, type Tone } from "../parts/sign";
import { Empty } from "../parts/states";
import { CluesOf, useClues } from "./clues";
import { CLASSES, FIELDS, ITEMS } from "./generated";
import { useRules } from "./questions";

type Rule = Schemas["RuleHeading"];

interface Item {
  id: string;
  list: string;
  part: string;
  words: string;
  /** A, B or C; nothing where the list does not say. */
  shown: string;
  rules: Rule[];
}

export const SHOWN: Record<string, string> = {
  A: "结算数据可判",
  B: "需要补充数据",
  C: "只能人工发现",
};
const TONES: Record<string, Tone> = { A: "green", B: "gold", C: "plain" };
const CLASS_LIST = "国家规则分类（2025 年版）";
const FIELD_LIST = "重点领域问题清单";

/** All items of all lists, each with the rules that cover it: one that is retired no longer does. */
export function itemsOf(rules: Rule[]): Item[] {
  const by = (id: string) => rules.filter((rule) => rule.status !== "retired" && rule.covers.includes(id));
  return [
    ...ITEMS.map(([id, list, part, words, shown]) => ({ id, list, part, words, shown, rules: by(id) })),
    ...CLASSES.map(([id, first, part, words]) => ({
      id,
      list: CLASS_LIST,
      part: `${first}，${part}`,
      words,
      shown: "",
      rules: by(id),
    })),
    ...Object.entries(FIELDS).map(([id, words]) => ({
      id,
      list: FIELD_LIST,
      part: "",
      words,
      shown: "",
      rules: by(id),
    })),
  ];
}

export function Coverage() {
  const rules = useRules();
  const items = useMemo(() => itemsOf(rules.data ?? []), [rules.data]);
  const lists = [...new Set(items.map((item) => item.list))];
  const [list, setList] = useState(lists[0] ?? "");
  const [only, setOnly] = useState<string>();
  const [text, setText] = useState("");
  const clues = useClues("covers");
  const of = items.filter((item) => item.list === list);
  const rows = of.filter(
    (item) =>
      (only === undefined || item.rules.length > 0 === (only === "covered")) &&
      [item.id, item.part, item.words].some((words) => words.includes(text)),
  );
  const done = of.filter((item) => item.rules.length > 0).length;
  return (
    <>
      <p className="hint">
        一条规则覆盖一个条目，是指它能为该条目提示线索，不是说它能发现全部情形；只能人工发现的条目由检查和举报发现。
      </p>
      <div className="filters">
        <Select
          aria-label="清单"
          style={{ width: 560 }}
          value={list}
          onChange={setList}
          options={lists.map((value) => ({ value, label: value }))}
        />
        <Select
          allowClear
          aria-label="是否覆盖"
          placeholder="全部条目"
          style={{ width: 130 }}
          onChange={setOnly}
          options={[
            { value: "covered", label: "已覆盖" },
            { value: "open", label: "未覆盖" },
          ]}
        />
        <Input
          allowClear
          aria-label="查找条目"
          placeholder="条目编号、类别或者内容"
          style={{ width: 240 }}
          value={text}
          onChange={(event) => setText(event.target.value.trim())}
        />
        <span>
          {of.length} 个条目，已覆盖 <strong>{done}</strong> 个
        </span>
      </div>
      <Failure error={rules.error} onRetry={() => void rules.refetch()} />
      <Table<Item>
        size="small"
        rowKey="id"
        loading={rules.isPending}
        dataSource={rows}
        pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="没有这样的条目" /> }}
        columns={[
          {
            title: "条目",
            dataIndex: "id",
            width: 120,
            render: (id: string) => <span className="code">{id}</span>,
          },
          { title: "类别", dataIndex: "part", width: 160, render: (part: string) => part || "—" },
          { title: "内容", dataIndex: "words" },
          {
            title: "可识别",
            dataIndex: "shown",
            width: 130,
            render: (shown: string) => (SHOWN[shown] ? <Sign tone={TONES[shown]}>{SHOWN[shown]}</Sign> : "—"),
          },
          {
            title: "规则",
            width: "40%",
            render: (_, item) =>
              item.rules.length ? (
                <div className="members">
                  {item.rules.map((rule) => (
                    <Link key={rule.id} to={`/rules?rule=${encodeURIComponent(rule.name)}`}>
                      {rule.title}
                    </Link>
                  ))}
                </div>
              ) : (
                <span className="hint">{item.shown === "C" ? "由人工发现" : "尚无规则"}</span>
              ),
          },
          {
            title: "线索",
            width: 90,
            align: "right",
            render: (_, item) => <CluesOf by="covers" value={item.id} all={clues} />,
          },
        ]}
      />
    </>
  );
}
