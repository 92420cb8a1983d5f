// What other values of a rule's parameters change: findings and money with those in force and with the others, and examples of what comes
// and goes.

import { Table } from "antd";
import { institutions } from "../api/names";
import { count } from "../format/money";
import { counted, paid } from "../parts/figures";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";

interface Side {
  findings: number;
  people: number;
  institutions: number;
  /** Fen. */
  amount: number;
}

interface Example {
  begin: string;
  end: string;
  institution: string;
  /** Fen. */
  amount: number;
  message: string;
}

/** As `mingcha rule effect` tells it. */
export interface Effect {
  as_of: string;
  lake_version: number;
  now: Side;
  changed: Side;
  come: number;
  gone: number;
  come_examples: Example[];
  gone_examples: Example[];
}

function Examples({ label, all, examples }: { label: string; all: number; examples: Example[] }) {
  const institution = institutions.useFound();
  if (all === 0) return <p className="hint">{label}：没有</p>;
  return (
    <Wide label={label} fits>
      <Table<Example>
        size="small"
        rowKey={(one) => `${one.institution} ${one.begin} ${one.end} ${one.amount} ${one.message}`}
        pagination={false}
        dataSource={examples}
        title={() =>
          `${label} ${count(all)} 条${all > examples.length ? `，列出金额最大的 ${examples.length} 条` : ""}`
        }
        columns={[
          {
            title: "日期",
            width: 210,
            render: (_, one) => (one.begin === one.end ? one.begin : `${one.begin} 至 ${one.end}`),
          },
          {
            title: "机构",
            width: "20%",
            dataIndex: "institution",
            render: (code: string) => (code ? (institution(code)?.name ?? code) : "—"),
          },
          { title: "看到的情况", dataIndex: "message" },
          paid("涉及基金（元）", "amount"),
        ]}
      />
    </Wide>
  );
}

export function EffectOf({ effect }: { effect: Effect }) {
  const sides = [
    { key: "now", name: "现行值", ...effect.now },
    { key: "changed", name: "试算值", ...effect.changed },
  ];
  return (
    <div className="stack">
      <Wide label="试算对照" fits>
        <Table<(typeof sides)[number]>
          size="small"
          rowKey="key"
          pagination={false}
          dataSource={sides}
          locale={{ emptyText: <Empty title="没有结果" /> }}
          columns={[
            { title: "", dataIndex: "name" },
            counted("疑点", "findings"),
            counted("涉及人数", "people"),
            counted("涉及机构", "institutions"),
            paid("涉及基金（元）", "amount"),
          ]}
        />
      </Wide>
      <p className="hint">
        数据截至 {effect.as_of}，数据版本 {effect.lake_version}。
      </p>
      <Examples label="新增的疑点" all={effect.come} examples={effect.come_examples} />
      <Examples label="减少的疑点" all={effect.gone} examples={effect.gone_examples} />
    </div>
  );
}
