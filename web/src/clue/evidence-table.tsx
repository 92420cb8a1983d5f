// The lines that a finding stands on, each with its table, key, time and money.

import { Table } from "antd";
import type { Evidence, Finding } from "../api/findings";
import { useNames } from "../api/matters";
import { yuan } from "../format/money";
import { Sign } from "../parts/sign";
import { Wide } from "../parts/wide";
import { TABLES } from "../words/domain";

export function EvidenceTable({ finding }: { finding: Finding }) {
  const people = finding.evidence.some((one) => one.psn_no);
  const places = finding.evidence.some((one) => one.fixmedins_code);
  const names = useNames();
  const institution = (code?: string | null) =>
    code ? <span title={code}>{names.institution(code)}</span> : "—";
  return (
    <Wide label="证据明细">
      <Table<Evidence & { at: number }>
        size="small"
        rowKey="at"
        dataSource={finding.evidence.map((one, at) => ({ ...one, at: at + 1 }))}
        pagination={
          finding.evidence.length > 20 ? { pageSize: 20, size: "small", showSizeChanger: false } : false
        }
        columns={[
          { title: "序", dataIndex: "at", width: 48 },
          {
            title: "性质",
            dataIndex: "role",
            width: 84,
            render: (role: string) =>
              role === "offending" ? <Sign tone="red">疑点</Sign> : <Sign>相关</Sign>,
          },
          {
            title: "数据",
            dataIndex: "table",
            width: 90,
            render: (table: string) => <span title={table}>{TABLES[table] ?? table}</span>,
          },
          {
            title: "时间",
            dataIndex: "time",
            width: 150,
            render: (time?: string | null) => time?.slice(0, 16) ?? "—",
          },
          // Money stands before the keys: what a narrow window cuts off is the keys.
          {
            title: "涉及统筹基金（元）",
            dataIndex: "amount",
            align: "right",
            width: 140,
            render: (amount: number) => <span className="number">{yuan(amount)}</span>,
          },
          ...(people
            ? [{ title: <span title="psn_no">参保人</span>, dataIndex: "psn_no", render: code }]
            : []),
          ...(places
            ? [
                {
                  title: <span title="fixmedins_code">机构</span>,
                  dataIndex: "fixmedins_code",
                  render: institution,
                },
              ]
            : []),
          { title: "明细主键", dataIndex: "key", render: (key: string[]) => code(key.join(" · ")) },
          { title: <span title="setl_id">结算</span>, dataIndex: "setl_id", render: code },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={4}>
              合计
            </Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              <strong className="number">{yuan(finding.amount)}</strong>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={2} colSpan={2 + (people ? 1 : 0) + (places ? 1 : 0)} />
          </Table.Summary.Row>
        )}
      />
    </Wide>
  );
}

function code(text?: string | null) {
  return text ? <span className="code">{text}</span> : "—";
}
