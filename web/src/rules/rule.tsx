// One rule with all its words: what it looks for, the law, honest explanations, how to check, parameters with bounds, what it covers.

import { Button, Card, Collapse, Descriptions, Table } from "antd";
import { Link } from "react-router";
import type { Schemas } from "../api/client";
import { FailedScreen } from "../parts/failure";
import { counted, paid } from "../parts/figures";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { KINDS } from "../words/domain";
import { shareWords } from "./feedback";
import { FixtureRuns } from "./fixture-runs";
import { Fixtures } from "./fixtures";
import { Params } from "./params";
import { useFeedback, useRule } from "./questions";
import { chapterOf, covered, filled, readWords, SEVERITY, STATUS, STATUS_TONES } from "./words";

type Said = Schemas["RuleFeedback"];

function Points({ items }: { items: string[] }) {
  return (
    <ol className="plainlist">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ol>
  );
}

function Covers({ ids }: { ids: string[] }) {
  return (
    <ul className="plainlist">
      {ids.map((id) => {
        const { words, from } = covered(id);
        return (
          <li key={id}>
            <span className="code">{id}</span> {words} <span className="hint">{from}</span>
          </li>
        );
      })}
    </ul>
  );
}

function KnowledgeLinks({ tables }: { tables: Schemas["KnowledgeName"][] }) {
  return (
    <ul className="plainlist">
      {tables.map(({ id, title }) => (
        <li key={id}>
          <Link to={`/rules?tab=knowledge&table=${encodeURIComponent(id)}`}>{title}</Link>
        </li>
      ))}
    </ul>
  );
}

function Checked({ said }: { said: Said[] }) {
  return (
    <Table<Said>
      size="small"
      rowKey="version"
      pagination={false}
      dataSource={said}
      locale={{ emptyText: <Empty title="还没有核查反馈">线索有了核查结论后，查实占比显示在这里。</Empty> }}
      columns={[
        { title: "版本", dataIndex: "version" },
        counted("查实", "confirmed"),
        counted("查否", "refuted"),
        counted("无法查清", "unclear"),
        paid("查实金额（元）", "found"),
        {
          title: "查实占比",
          align: "right",
          render: (_, row) => shareWords(row) ?? "—",
        },
      ]}
    />
  );
}

export function RuleScreen({ name }: { name: string }) {
  const found = useRule(name);
  const said = (useFeedback().data ?? []).filter((row) => row.rule === name);
  if (found.error) return <FailedScreen error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) {
    return (
      <div className="screen">
        <Loading what="规则" rows={12} />
      </div>
    );
  }
  const rule = found.data;
  return (
    <div className="screen">
      <div className="title">
        <Link to="/rules">
          <Button size="small" tabIndex={-1}>
            ← 规则
          </Button>
        </Link>
        <h1>{rule.title}</h1>
        <Sign tone={STATUS_TONES[rule.status]}>{STATUS[rule.status] ?? rule.status}</Sign>
        <span className="grow" />
        <span className="hint">
          规则编号{" "}
          <span className="code" title={rule.name}>
            {rule.id}
          </span>
          （第 {rule.version} 版）
        </span>
      </div>
      <div className="stack">
        <Card size="small" title="查什么">
          <Descriptions
            size="small"
            column={{ xs: 1, lg: 2 }}
            items={[
              {
                key: "definition",
                label: "定义",
                span: "filled",
                children: filled(rule.definition, rule.params),
              },
              { key: "chapter", label: "对象", children: chapterOf(rule.name) },
              { key: "kind", label: "性质", children: KINDS[rule.kind] ?? rule.kind },
              { key: "severity", label: "严重程度", children: SEVERITY[rule.severity] ?? rule.severity },
              {
                key: "time",
                label: "适用时间",
                children: `${rule.effective} 起${rule.expires ? `，至 ${rule.expires}` : ""}`,
              },
              {
                key: "basis",
                label: "法律依据",
                span: "filled",
                children: rule.basis.length ? <Points items={rule.basis} /> : "—",
              },
              ...(rule.knowledge.length
                ? [
                    {
                      key: "knowledge",
                      label: "所用知识",
                      span: "filled" as const,
                      children: <KnowledgeLinks tables={rule.knowledge} />,
                    },
                  ]
                : []),
            ]}
          />
        </Card>
        <div className="two">
          <Card size="small" title="可能的合理情形">
            <Points items={rule.false_positives} />
          </Card>
          <Card size="small" title="核查要点">
            <Points items={rule.investigate} />
          </Card>
        </div>
        <Card size="small" title="参数">
          <Params key={rule.name} rule={rule} />
        </Card>
        <Card size="small" title="核查反馈">
          <Checked said={said} />
        </Card>
        {rule.fixtures && (
          <Card size="small" title="验证用例">
            <FixtureRuns key={rule.name} name={rule.name} />
          </Card>
        )}
        <Card size="small" title={`覆盖的条目（${rule.covers.length}）`}>
          <Covers ids={rule.covers} />
        </Card>
        <Collapse
          size="small"
          items={[
            {
              key: "reads",
              label: `所看的数据（${rule.reads.length} 项）`,
              children: (
                <ul className="plainlist">
                  {rule.reads.map((read) => (
                    <li key={read} title={`国家字段：${read}`}>
                      {readWords(read)}
                    </li>
                  ))}
                </ul>
              ),
            },
            ...(rule.fixtures
              ? [
                  {
                    key: "fixtures",
                    label: "验证用例（给什么数据，应当发现什么）",
                    children: <Fixtures text={rule.fixtures} />,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </div>
  );
}
