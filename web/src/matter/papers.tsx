// The papers of a matter: which may be issued now, what still misses, a preview, and what was issued and frozen.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, Drawer, Form, Input, Space, Table } from "antd";
import { useRef, useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { useClosedBy } from "../api/law";
import { useNames } from "../api/matters";
import { fenOf } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { Wide } from "../parts/wide";
import { save } from "./save";

type Kind = Schemas["KindView"];
type Paper = Schemas["PaperView"];
type Entered = Record<string, unknown>;

const HINTS: Record<string, string> = {
  日期: "如 2026-03-04",
  时间: "如 2026-03-04 09:30:00",
  金额: "元",
  数量: "整数",
};

/** Columns of a list that are to be written: all, or of a list that the record holds those that it lacks. */
export function columnsOf(kind: Kind, field: Kind["fields"][number]): string[] {
  if (field.value !== "known") return field.columns;
  const lacking = kind.missing.map((label) => label.split("·"));
  return lacking.flatMap(([list, column]) => (list === field.label && column ? [column] : []));
}

/** What was filled in, by label, with money as fen and lists line by line. */
export function entered(kind: Kind, values: Record<string, string | undefined>): Entered {
  const fields: Entered = {};
  for (const field of kind.fields) {
    const text = values[field.label]?.trim();
    if (!text) continue;
    if (field.columns.length > 0) {
      fields[field.label] = text.split("\n").map((line) => {
        const cells = line.split(/[,，\t]/);
        return Object.fromEntries(
          columnsOf(kind, field).map((column, at) => [column, cells[at]?.trim() ?? ""]),
        );
      });
    } else if (field.kind === "金额") fields[field.label] = fenOf(text) ?? text;
    else fields[field.label] = field.kind === "数量" ? Number(text) : text;
  }
  return fields;
}

export function Papers({ matter }: { matter: string }) {
  const names = useNames();
  const papers = useQuery({
    queryKey: ["papers", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/papers", { params: { path: { id: matter } } })),
  });
  const [making, setMaking] = useState<Kind>();
  const closedBy = useClosedBy();
  if (papers.error) return <Failure error={papers.error} onRetry={() => void papers.refetch()} />;
  if (!papers.data) return <Loading what="文书" rows={4} />;
  const { kinds, issued, version } = papers.data;
  if (kinds.length === 0 && issued.length === 0) return <Empty title="这类事项没有文书" />;
  return (
    <div className="stack">
      <Table<Paper>
        size="small"
        rowKey={(one) => `${one.paper}-${one.version}`}
        title={() => "已出具（内容已固定，不能更改）"}
        pagination={false}
        dataSource={issued}
        locale={{ emptyText: <Empty title="还没有出具文书" /> }}
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
          { title: "文书", dataIndex: "title" },
          { title: "文号", dataIndex: "number", render: (number?: string | null) => number ?? "—" },
          { title: "第几版", dataIndex: "version" },
          { title: "出具人", dataIndex: "account", render: names.officer },
          { title: "时间", dataIndex: "at", render: moment },
          {
            title: "",
            render: (_, one) => (
              <Button
                size="small"
                href={`/api/v1/matters/${matter}/papers/${one.paper}/${one.version}`}
                download
              >
                下载
              </Button>
            ),
          },
        ]}
      />
      <Wide label="可以出具的文书" fits>
        <Table<Kind>
          size="small"
          rowKey="paper"
          title={() => "可以出具的文书"}
          pagination={false}
          dataSource={kinds}
          locale={{ emptyText: <Empty title="这类事项没有文书" /> }}
          columns={[
            {
              title: "文书",
              dataIndex: "title",
              render: (title: string, kind) => (
                <>
                  {title} {kind.needed && <Sign tone="gold">必备</Sign>}
                </>
              ),
            },
            {
              title: "已出具",
              dataIndex: "issued",
              render: (count: number) => (count ? `${count} 版` : "—"),
            },
            {
              title: "还缺",
              dataIndex: "missing",
              render: (missing: string[]) => (missing.length ? missing.join("、") : "齐全"),
            },
            {
              title: "",
              render: (_, kind) =>
                kind.open ? (
                  <Button size="small" onClick={() => setMaking(kind)}>
                    填写与预览
                  </Button>
                ) : (
                  <span className="hint">{closedBy(kind.closed_by)}</span>
                ),
            },
          ]}
        />
      </Wide>
      {making && (
        <Make
          key={making.paper}
          matter={matter}
          version={version}
          kind={making}
          onClose={() => setMaking(undefined)}
        />
      )}
    </div>
  );
}

interface MakeProps {
  matter: string;
  version: number;
  kind: Kind;
  onClose: () => void;
}

function Make({ matter, version, kind, onClose }: MakeProps) {
  const [form] = Form.useForm<Record<string, string>>();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const asked = kind.fields
    .map((field) => ({ ...field, columns: columnsOf(kind, field) }))
    .filter((field) => !field.recorded && (field.value !== "known" || field.columns.length > 0));
  const path = { id: matter, paper: kind.paper };
  const fields = () => entered(kind, form.getFieldsValue()) as Record<string, never>;
  const preview = useMutation({
    mutationFn: async () => {
      const bytes = await told(
        api.POST("/api/v1/matters/{id}/papers/{paper}/preview", {
          params: { path },
          body: { fields: fields() },
          parseAs: "blob",
        }),
      );
      save(bytes as unknown as Blob, `预览-${kind.title}.docx`);
    },
  });
  const issue = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/matters/{id}/papers/{paper}", {
          params: { path },
          headers: { "Idempotency-Key": key.current },
          body: { version, fields: fields(), reason: form.getFieldValue("reason") ?? "" },
        }),
      ),
    onError: () => {
      key.current = newKey();
    },
    onSuccess: async (paper) => {
      message.success(`已出具：${paper.number ?? paper.title}`);
      // A paper that is there may be what an act waited for.
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["papers", matter] }),
        queries.invalidateQueries({ queryKey: ["matter", matter] }),
      ]);
      onClose();
    },
  });
  return (
    <Drawer open title={kind.title} size={600} onClose={onClose} mask={{ closable: false }}>
      <Form form={form} layout="vertical">
        {asked.length === 0 && <p className="hint">需要的内容记录中都有，不用填写。</p>}
        {asked.map((field) => (
          <Form.Item
            key={field.label}
            name={field.label}
            label={field.label}
            extra={[
              field.note,
              field.columns.length ? `每行一项，依次写：${field.columns.join("，")}` : "",
              field.columns.length && field.value === "known" ? "各行与记录中的各项一一对应" : "",
              field.value === "suggested" ? "不填即用已有的内容" : "",
            ]
              .filter(Boolean)
              .join("；")}
            rules={
              field.required && field.value !== "suggested"
                ? [{ required: true, message: `请填写${field.label}` }]
                : []
            }
          >
            {field.columns.length || field.kind === "文字" ? (
              <Input.TextArea rows={field.columns.length ? 4 : 2} />
            ) : (
              <Input maxLength={200} placeholder={HINTS[field.kind] ?? ""} />
            )}
          </Form.Item>
        ))}
        {kind.issued > 0 && (
          <Form.Item name="reason" label="再次出具的理由" rules={[{ required: true, message: "请写明理由" }]}>
            <Input.TextArea rows={2} maxLength={2000} />
          </Form.Item>
        )}
        <Failure error={preview.error ?? issue.error} />
        <Space>
          <Button loading={preview.isPending} onClick={() => preview.mutate()}>
            预览（带标记的草稿）
          </Button>
          <Button
            type="primary"
            loading={issue.isPending}
            onClick={async () => {
              await form.validateFields();
              modal.confirm({
                title: `出具${kind.title}？`,
                content: "出具后编号并固定，不能更改；要改只能写明理由再出一版。",
                okText: "出具",
                onOk: () => issue.mutate(),
              });
            }}
          >
            出具
          </Button>
        </Space>
      </Form>
    </Drawer>
  );
}

/** The papers as a card of their own. */
export function PapersCard({ matter }: { matter: string }) {
  return (
    <Card size="small" title="文书">
      <Papers matter={matter} />
    </Card>
  );
}
