// The evidence of a case: eight kinds, both digests, where it comes from, whose hands it went through.

import { Table } from "antd";
import type { Evidence } from "../api/facts";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { type EvidenceKind, WORDS } from "../words/generated";

export function EvidenceList({ evidence }: { evidence: Evidence[] }) {
  return (
    <Wide label="证据">
      <Table<Evidence & { at: number }>
        size="small"
        rowKey="at"
        pagination={false}
        dataSource={evidence.map((one, at) => ({ ...one, at: at + 1 }))}
        locale={{ emptyText: <Empty title="还没有证据">调查中“收集证据”后，显示在这里。</Empty> }}
        expandable={{
          expandedRowRender: (one) => (
            <div className="code">
              SM3 {one.sm3}
              <br />
              SHA-256 {one.sha256}
            </div>
          ),
        }}
        columns={[
          { title: "第几份", dataIndex: "at", width: 70 },
          { title: "种类", dataIndex: "kind", render: (kind: EvidenceKind) => WORDS.EvidenceKind[kind] },
          { title: "名称", dataIndex: "title" },
          { title: "来源", dataIndex: "source" },
          { title: "保管经过", dataIndex: "custody", render: (hands: string[]) => hands.join(" → ") },
        ]}
      />
    </Wide>
  );
}
