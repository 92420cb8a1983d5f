// The lines that a finding stands on, each with its table, whom it is about, key, time and money.

import { Table } from "antd";
import type { Evidence, Finding } from "../api/findings";
import { useNames } from "../api/matters";
import { yuan } from "../format/money";
import { useCodes } from "../parts/codes";
import { Sign } from "../parts/sign";
import { Wide } from "../parts/wide";
import { TABLES } from "../words/domain";
import type { NameOf } from "./lines";

export function EvidenceTable({ finding, named }: { finding: Finding; named: NameOf }) {
  // A line that names nobody is of whom the finding is about.
  const who = (line: Evidence) => line.psn_no ?? finding.psn_no;
  const people = finding.evidence.some(who);
  const places = finding.evidence.some((one) => one.fixmedins_code);
  const items = finding.evidence.some(named);
  const names = useNames();
  const [written, button] = useCodes();
  const institution = (code?: string | null) =>
    code ? <span title={code}>{names.institution(code)}</span> : "—";
  return (
    <Wide label="证据明细" fits>
      <Table<Evidence & { at: number }>
        size="small"
        rowKey="at"
        dataSource={finding.evidence.map((one, at) => ({ ...one, at: at + 1 }))}
        pagination={
          finding.evidence.length > 20 ? { pageSize: 20, size: "small", showSizeChanger: false } : false
        }
        columns={[
          {
            title: "性质",
            dataIndex: "role",
            render: (role: string, { table }) => (
              <>
                {role === "offending" ? <Sign tone="red">疑点</Sign> : <Sign>相关</Sign>}
                <div className="hint unbroken" title={table}>
                  {TABLES[table] ?? table}
                </div>
              </>
            ),
          },
          {
            title: "时间",
            dataIndex: "time",
            render: (time?: string | null) =>
              time ? (
                <>
                  <span className="unbroken">{time.slice(0, 10)}</span> {time.slice(11, 16)}
                </>
              ) : (
                "—"
              ),
          },
          // Money stands before the keys: what a narrow window cuts off is the keys.
          {
            title: "涉及统筹基金（元）",
            dataIndex: "amount",
            align: "right",
            render: (amount: number) => <span className="number">{yuan(amount)}</span>,
          },
          ...(people
            ? [
                {
                  title: <span title="psn_no">参保人 {button}</span>,
                  key: "psn_no",
                  render: (_: unknown, line: Evidence) => code(who(line) && written(who(line) ?? "")),
                },
              ]
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
          ...(items
            ? [
                {
                  title: <span title="medins_list_name">项目</span>,
                  key: "item",
                  render: (_: unknown, line: Evidence) => named(line) ?? "—",
                },
              ]
            : []),
          {
            title: "明细主键",
            dataIndex: "key",
            render: (key: string[], line) =>
              code(key.map((part) => (part === who(line) ? written(part) : part)).join(" · "), "code breaks"),
          },
          {
            title: <span title="setl_id">结算</span>,
            dataIndex: "setl_id",
            render: (id?: string | null) => code(id, "code breaks"),
          },
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} colSpan={2}>
              合计
            </Table.Summary.Cell>
            <Table.Summary.Cell index={1} align="right">
              <strong className="number">{yuan(finding.amount)}</strong>
            </Table.Summary.Cell>
            <Table.Summary.Cell index={2} colSpan={2 + [people, places, items].filter(Boolean).length} />
          </Table.Summary.Row>
        )}
      />
    </Wide>
  );
}

function code(text?: string | null, className = "code") {
  return text ? <span className={className}>{text}</span> : "—";
}
