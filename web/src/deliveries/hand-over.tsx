// Handing data over: what it tells, for what and until when, and its rows from a file or pasted. They travel in the request's body alone.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Drawer, Form, Input, Select, Table } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useDeferredValue, useMemo, useState } from "react";
import { Words } from "../acts/field";
import { useClosing, useUnsaved } from "../acts/unsaved";
import { api, asApiError, type Schemas, told } from "../api/client";
import type { DataPurpose, DeliveryKind } from "../api/deliveries";
import { useKeyed } from "../api/keyed";
import { count } from "../format/money";
import { day } from "../format/time";
import { Failure } from "../parts/failure";
import { PickFiles } from "../parts/pick-files";
import { now } from "../parts/states";
import { MOST, type Row, refusedLines, rowsOf, textOf, type Wrong } from "./rows";
import { DAYS, KINDS, PURPOSES } from "./words";

interface Given {
  kind: DeliveryKind;
  purposes: DataPurpose[];
  until: Dayjs;
  why: string;
  text: string;
}

/** What came of a delivery, with the lines that were not taken. */
interface Outcome {
  taken: number;
  refused: number;
  /** Lines that were not sent, for they could not be read. */
  unread: number;
  wrong: Wrong[];
}

export function HandOver({ onClose }: { onClose: () => void }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty);
  const close = useClosing(dirty, onClose);
  return (
    <Drawer open title="推送部门数据" size={680} onClose={close} mask={{ closable: false }}>
      {outcome ? (
        <Came outcome={outcome} onClose={onClose} />
      ) : (
        <Filled
          onDirty={() => setDirty(true)}
          onDone={(came) => {
            setDirty(false);
            setOutcome(came);
          }}
        />
      )}
    </Drawer>
  );
}

function Filled({ onDirty, onDone }: { onDirty: () => void; onDone: (came: Outcome) => void }) {
  const [form] = Form.useForm<Given>();
  const queries = useQueryClient();
  const keyOf = useKeyed();
  const kind = Form.useWatch("kind", form);
  const text = useDeferredValue(Form.useWatch("text", form) ?? "");
  const { rows, wrong } = useMemo(() => rowsOf(text), [text]);
  const send = useMutation({
    // Nothing of the rows stays behind in memory.
    gcTime: 0,
    mutationFn: async ({ given, rows }: { given: Given; rows: Row[] }) => {
      const body: Schemas["NewDelivery"] = {
        kind: given.kind,
        purposes: given.purposes,
        until: given.until.format("YYYY-MM-DD"),
        why: given.why.trim(),
        rows: rows.map(({ certno, from, to }) => ({ certno, from, to })),
      };
      const headers = { "Idempotency-Key": keyOf(body) };
      return told(api.POST("/api/v1/deliveries", { headers, body }));
    },
    onSuccess: async ({ delivery, refused_rows }, { given, rows }) => {
      form.resetFields();
      await queries.invalidateQueries({ queryKey: ["deliveries"] });
      const refused = refusedLines(rows, refused_rows);
      const unread = rowsOf(given.text).wrong;
      onDone({
        taken: delivery.rows,
        refused: delivery.refused,
        unread: unread.length,
        wrong: [...unread, ...refused].sort((a, b) => a.line - b.line),
      });
    },
  });
  const submit = (given: Given) => send.mutate({ given, rows: rowsOf(given.text).rows });
  const lost = send.error && asApiError(send.error).status === 0;
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      scrollToFirstError
      aria-label="推送部门数据"
      onValuesChange={onDirty}
      onFinish={submit}
    >
      <Form.Item name="kind" label="种类" rules={[{ required: true, message: "请选择种类" }]}>
        <Select options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item
        name="purposes"
        label="用途"
        extra="医保部门只能为所选用途比对"
        rules={[{ required: true, message: "请选择至少一项用途" }]}
      >
        <Words words={PURPOSES} />
      </Form.Item>
      <Form.Item
        name="until"
        label="使用至"
        extra="过了这一天，这批数据自动删除"
        rules={[{ required: true, message: "请选择使用期限" }]}
      >
        <DatePicker
          style={{ width: "100%" }}
          placeholder="年-月-日"
          minDate={dayjs(day(now()))}
          format="YYYY-MM-DD"
        />
      </Form.Item>
      <Form.Item
        name="why"
        label="依据"
        extra="如来函文号；不写姓名、证件号码和手机号码"
        rules={[{ required: true, whitespace: true, message: "请写明依据" }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <FromFile
        onText={(text) => {
          form.setFieldsValue({ text });
          onDirty();
        }}
      />
      <Form.Item
        name="text"
        label="数据行"
        extra={`每行依次为证件号码、起始日、终止日，可以从表格直接粘贴。${kind ? `${KINDS[kind]}：${DAYS[kind]}。` : ""}`}
        rules={[
          {
            validator: async (_, value: string | undefined) => {
              const { rows } = rowsOf(value ?? "");
              if (rows.length === 0) throw new Error("没有可以推送的行；请粘贴或者从文件读取");
              if (rows.length > MOST) throw new Error(`一次最多推送 ${count(MOST)} 行，请分成几批`);
            },
          },
        ]}
      >
        <Input.TextArea rows={6} spellCheck={false} autoComplete="off" className="code" />
      </Form.Item>
      <div className="stack" aria-live="polite">
        {text.trim() !== "" && (
          <p className="hint">
            读出 {count(rows.length)} 行
            {wrong.length > 0 && `；另有 ${count(wrong.length)} 行读不出，不会推送`}
          </p>
        )}
        {wrong.length > 0 && <Lines label="读不出的行" lines={wrong} />}
        <Failure error={send.error} onRetry={lost ? () => submit(form.getFieldsValue()) : undefined} />
      </div>
      <div className="closing">
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          推送 {count(rows.length)} 行
        </Button>
      </div>
    </Form>
  );
}

/** A file read into the form, where its lines can still be mended. */
function FromFile({ onText }: { onText: (text: string) => void }) {
  return (
    <div className="filters">
      <PickFiles
        label="选择要推送的数据文件"
        accept=".csv,.tsv,.txt"
        onFiles={async ([file]) => file && onText(textOf(await file.arrayBuffer()))}
      >
        从文件读取
      </PickFiles>
      <span className="hint">CSV 或者文本文件；Excel 表先另存为 CSV，或者复制后粘贴到下面</span>
    </div>
  );
}

function Lines({ label, lines }: { label: string; lines: Wrong[] }) {
  return (
    <Table<Wrong>
      size="small"
      aria-label={label}
      rowKey="line"
      dataSource={lines}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { title: "行号", dataIndex: "line", width: 80 },
        { title: "原因", dataIndex: "message" },
      ]}
    />
  );
}

function Came({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const { taken, refused, unread, wrong } = outcome;
  const left = refused + unread;
  return (
    <div className="stack">
      <Alert
        type={left > 0 ? "warning" : "success"}
        showIcon
        role="status"
        title={`已推送并留痕：收下 ${count(taken)} 行，退回 ${count(refused)} 行${unread > 0 ? `；另有 ${count(unread)} 行读不出，没有推送` : ""}`}
        description={
          left > 0
            ? "在原来的表格中更正下列各行，只把这些行作为新的一批再次推送；已收下的行不必再推送。"
            : "证件号码已换成摘要，不再保存原文。"
        }
      />
      {wrong.length > 0 && <Lines label="没有收下的行" lines={wrong} />}
      {wrong.length < left && <p className="hint">只列出前 {count(wrong.length)} 行。</p>}
      <div className="closing">
        <Button type="primary" onClick={onClose}>
          看完，关闭
        </Button>
      </div>
    </div>
  );
}
