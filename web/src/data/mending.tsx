// Refused rows mended on the page: the cells at fault marked with their reason, checked before they are imported as a batch of their own.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input, Modal, Select, Space, Table } from "antd";
import { useRef, useState } from "react";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { api, asApiError, newKey, told } from "../api/client";
import { isOver, type Job, useJob } from "../api/lake";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { Wide } from "../parts/wide";
import { JobCard } from "./job-card";
import {
  type Column,
  columnsOf,
  type Edits,
  lines,
  masked,
  placeOf,
  type Row,
  rowId,
  sent,
  shown,
  typed,
} from "./mends";
import type { ReportOf } from "./report";

interface Props {
  table: string;
  /** Its Chinese name. */
  title: string;
  rows: Row[];
  columns: Column[];
  onClose: () => void;
}

/** What was tried, and which row stood on which line of it. */
interface Tried {
  edits: Edits;
  at: Map<number, string>;
}

export function Mending({ table, title, rows, columns, onClose }: Props) {
  const queries = useQueryClient();
  // Once the last of a table's rows is mended, nobody around knows its name any more.
  const [name] = useState(title);
  const [edits, setEdits] = useState<Edits>(new Map());
  const [added, setAdded] = useState<string[]>([]);
  const [job, setJob] = useState<string>();
  const [tried, setTried] = useState<Tried>();
  const key = useRef(newKey());
  const last = useRef("");
  const followed = useJob(job).data;
  const done = followed?.kind === "import" && followed.state === "done";
  const dirty = edits.size > 0 && !done;
  useUnsaved(dirty);
  const close = useClosing(dirty, onClose);
  const ask = useMutation({
    mutationFn: (trial: boolean) => {
      const body = { table, trial, rows: sent(rows, edits) };
      // Other rows are another request; the same ones sent again after a lost connection are not.
      const text = JSON.stringify(body);
      if (last.current && last.current !== text) key.current = newKey();
      last.current = text;
      return told(
        api.POST("/api/v1/lake/quarantine/mend", { headers: { "Idempotency-Key": key.current }, body }),
      );
    },
    onSuccess: (asked) => {
      setJob(asked.id);
      setTried({ edits, at: lines(rows, edits) });
      key.current = newKey();
      last.current = "";
      return queries.invalidateQueries({ queryKey: ["jobs"], exact: true });
    },
  });
  const busy = ask.isPending || (job !== undefined && !(followed && isOver(followed)));
  const verdict = verdicts(followed, tried?.edits === edits ? tried : undefined);
  const lost = ask.error && asApiError(ask.error).status === 0;
  return (
    <Modal
      open
      title={`更正退回的行：${name}`}
      footer={null}
      onCancel={close}
      mask={{ closable: false }}
      width="min(1280px, 96vw)"
    >
      <div className="stack">
        {done ? (
          <Alert
            type="success"
            showIcon
            role="status"
            title="已作为单独一批导入"
            description="仍有问题的行没有入库，带着新的原因回到“退回的行”。"
          />
        ) : (
          <>
            <p>
              改正标有 ⚠ 的格子。证件号码、姓名、电话已遮盖，看不到原值：可以整格改填，不改填的按缺失导入。
              先核对，再导入；只提交改动过的行，没有改动的留在原处。
            </p>
            <Space wrap>
              <Select
                mode="multiple"
                aria-label="还要更正的字段"
                placeholder="还要更正的字段"
                style={{ minWidth: 280 }}
                value={added}
                onChange={setAdded}
                optionFilterProp="label"
                options={columns.map(({ column, title: label }) => ({ value: column, label }))}
              />
            </Space>
            <Cells
              rows={rows}
              columns={columnsOf(rows, columns, added)}
              edits={edits}
              verdict={verdict}
              disabled={busy}
              onType={(row, column, value) => setEdits((before) => typed(before, row, column, value))}
            />
            <Failure error={ask.error} onRetry={lost ? () => ask.mutate(ask.variables ?? true) : undefined} />
            <Space wrap>
              <Button disabled={edits.size === 0 || busy} onClick={() => ask.mutate(true)}>
                先核对（不写入）
              </Button>
              <Button type="primary" disabled={edits.size === 0 || busy} onClick={() => ask.mutate(false)}>
                导入更正的 {count(edits.size)} 行
              </Button>
            </Space>
          </>
        )}
        {followed && <JobCard job={followed} />}
        {done && (
          <Button type="primary" onClick={onClose}>
            回到退回的行
          </Button>
        )}
      </div>
    </Modal>
  );
}

/** What the check says of each row that was tried: what is still wrong, or nothing; none where it has not ended or is of other values. */
function verdicts(job: Job | undefined, tried: Tried | undefined): Map<string, string> | undefined {
  if (!tried || job?.kind !== "trial" || job.state !== "done") return undefined;
  const { rejected = [], titles = {}, quarantined = 0 } = job.report as ReportOf;
  const said = new Map<string, string>();
  // Where more were refused than are listed, of the others nothing is known.
  if (quarantined <= rejected.length) for (const row of tried.at.values()) said.set(row, "");
  for (const { line, table, column, message } of rejected) {
    const row = tried.at.get(line);
    if (row) said.set(row, `${titles[`${table}.${column}`] ?? ""}${message}`);
  }
  return said;
}

interface CellsProps {
  rows: Row[];
  columns: Column[];
  edits: Edits;
  verdict: Map<string, string> | undefined;
  disabled: boolean;
  onType: (row: Row, column: Column, value: string) => void;
}

function Cells({ rows, columns, edits, verdict, disabled, onType }: CellsProps) {
  return (
    <Wide label="要更正的行">
      <Table<Row>
        size="small"
        rowKey={rowId}
        dataSource={rows}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: "位置",
            render: (_, row) => (
              <>
                {placeOf(row)}
                <div className="hint">怎么办：{row.hint}</div>
                <Verdict said={verdict?.get(rowId(row))} />
              </>
            ),
          },
          ...columns.map((column) => ({
            title: (
              <span title={column.column}>{column.required ? `${column.title}（必填）` : column.title}</span>
            ),
            key: column.column,
            render: (_: unknown, row: Row) => {
              const value = edits.get(rowId(row))?.[column.column];
              const faulty = row.column === column.column;
              return (
                <>
                  <Input
                    aria-label={`${column.title}，${placeOf(row)}`}
                    status={faulty && value === undefined ? "error" : ""}
                    placeholder={masked(row, column) ? "已遮盖，整格改填" : "空"}
                    maxLength={500}
                    disabled={disabled}
                    value={value ?? shown(row, column)}
                    onChange={(event) => onType(row, column, event.target.value)}
                  />
                  {faulty && <div className={value === undefined ? "late" : "hint"}>⚠ {row.title}</div>}
                </>
              );
            },
          })),
        ]}
      />
    </Wide>
  );
}

/** What the check said of a row, in a line. */
function Verdict({ said }: { said: string | undefined }) {
  if (said === undefined) return null;
  return said ? <div className="late">⚠ 核对后仍有问题：{said}</div> : <div className="hint">✓ 核对无误</div>;
}
