// What the rule says: what it looks for, the law, what may explain it honestly, how to check it on site.

import { Card, Descriptions } from "antd";
import type { Origin } from "../api/matters";

function Points({ items }: { items: string[] }) {
  return (
    <ol className="plainlist">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ol>
  );
}

export function RuleCard({ origin }: { origin: Origin }) {
  const basis = [...new Set((origin.findings ?? []).flatMap((finding) => finding.basis))];
  const about = origin.about;
  if (!origin.rule && basis.length === 0) return null;
  return (
    <>
      <Card title={`规则与依据${about?.title ? `：${about.title}` : ""}`} size="small">
        <Descriptions
          size="small"
          column={1}
          items={[
            ...(about?.definition
              ? [{ key: "definition", label: "查什么", children: about.definition }]
              : []),
            { key: "basis", label: "法律依据", children: basis.length ? <Points items={basis} /> : "—" },
            {
              key: "rule",
              label: "规则",
              children: (
                <span>
                  <span className="code" title={origin.rule}>
                    {origin.rule_id}
                  </span>
                  （第 {origin.version} 版），筛查批次 <span className="code">{origin.run}</span>
                </span>
              ),
            },
          ]}
        />
      </Card>
      {about?.false_positives && about.false_positives.length > 0 && (
        <Card title="可能的合理情形（先排除这些）" size="small">
          <Points items={about.false_positives} />
        </Card>
      )}
      {about?.investigate && about.investigate.length > 0 && (
        <Card title="核查要点" size="small">
          <Points items={about.investigate} />
        </Card>
      )}
    </>
  );
}
