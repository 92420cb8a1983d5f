// Draws by lot: the digest of a seed is published first, then lists are drawn from once; anybody draws again and compares.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Descriptions, Form, Input, InputNumber, Table } from "antd";
import { useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Id } from "../parts/id";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { type Lot, namesOf, proves } from "./lots";

type View = Schemas["DrawView"];
type Heading = Schemas["DrawHeading"];

/** A draw that waits for its lists; its seed where it was told just now. */
interface Begun {
  id: string;
  title: string;
  seed: string;
}

const LISTS: [string, string, string][] = [
  ["institutions", "检查对象", "机构代码，每行一个"],
  ["officers", "检查人员", "账号，每行一个"],
  ["clues", "复核线索", "线索编号，每行一个"],
];
const LIST_TITLES = Object.fromEntries(LISTS.map(([name, title]) => [name, title]));

export function Draws() {
  const me = useMe();
  const queries = useQueryClient();
  const [id, setId] = useState<string>();
  const [begun, setBegun] = useState<Begun>();
  const choose = (one: Heading) => {
    setId(one.id);
    // Who published it holds the seed and may draw now.
    const waits = !one.drawn_at && one.organisation === me.organisation;
    setBegun(waits ? { id: one.id, title: one.title, seed: "" } : undefined);
  };
  return (
    <div className="two">
      <div className="stack">
        <Publish
          onDone={({ draw, seed }) => {
            setBegun({ id: draw.id, title: draw.title, seed: seed ?? "" });
            setId(draw.id);
            void queries.invalidateQueries({ queryKey: ["draws"] });
          }}
        />
        {begun && (
          <Lists
            key={begun.id}
            begun={begun}
            onDone={() => {
              setBegun(undefined);
              void queries.invalidateQueries({ queryKey: ["draws"] });
            }}
          />
        )}
        <Known chosen={id} onChoose={choose} />
      </div>
      <div className="stack">
        <Card size="small" title="查看与复算">
          <Input.Search
            aria-label="抽签编号"
            placeholder="抽签编号"
            enterButton="查看"
            maxLength={60}
            onSearch={(text) => setId(text.trim() || undefined)}
          />
          {id ? (
            <Shown key={id} id={id} />
          ) : (
            <Empty title="还没有选择抽签">
              从左边的列表选择，或者输入编号；本机按公开的方法重算一遍，与记录逐项核对。
            </Empty>
          )}
        </Card>
      </div>
    </div>
  );
}

/** Draws of the own organisation and of those whose inspections one looks at. */
function Known({ chosen, onChoose }: { chosen: string | undefined; onChoose: (one: Heading) => void }) {
  const names = useNames();
  const found = useQuery({ queryKey: ["draws"], queryFn: () => told(api.GET("/api/v1/draws")) });
  return (
    <Card size="small" title="已公布的抽签">
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Heading>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={found.data ?? []}
        rowClassName={(one) => (one.id === chosen ? "chosen" : "")}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty title="还没有抽签">公布摘要后，抽签列在这里。</Empty> }}
        columns={[
          {
            title: "事项",
            render: (_, one) => (
              <Button type="link" size="small" onClick={() => onChoose(one)}>
                {one.title}
              </Button>
            ),
          },
          { title: "单位", dataIndex: "organisation", render: names.organisation },
          { title: "公布", dataIndex: "at", width: 150, render: moment },
          {
            title: "抽取",
            dataIndex: "drawn_at",
            width: 150,
            render: (at?: number | null) => (at ? moment(at) : <Sign tone="gold">尚未抽取</Sign>),
          },
        ]}
      />
    </Card>
  );
}

function Publish({ onDone }: { onDone: (begun: Schemas["BegunDraw"]) => void }) {
  const [form] = Form.useForm<{ title: string }>();
  const publish = useMutation({
    mutationFn: ({ title }: { title: string }) =>
      told(
        api.POST("/api/v1/draws", {
          headers: { "Idempotency-Key": newKey() },
          body: { title: title.trim(), commitment: null },
        }),
      ),
    onSuccess: (begun) => {
      form.resetFields();
      onDone(begun);
    },
  });
  return (
    <Card size="small" title="第一步：公布摘要">
      <p className="hint">
        系统生成种子，先公布种子的 SM3 摘要，再交名单，最后以种子抽取；名单交来后谁也改不了结果。
      </p>
      <Form form={form} layout="vertical" onFinish={(values) => publish.mutate(values)} aria-label="公布摘要">
        <Form.Item
          name="title"
          label="抽签事项"
          rules={[{ required: true, whitespace: true, message: "请写明为什么事项抽签" }]}
        >
          <Input maxLength={200} placeholder="如：2026年度专项检查抽取检查对象和人员" />
        </Form.Item>
        <Failure error={publish.error} />
        <Button type="primary" htmlType="submit" loading={publish.isPending}>
          公布摘要
        </Button>
      </Form>
    </Card>
  );
}

type Filled = { seed: string } & Record<string, string | number | undefined>;

function Lists({ begun, onDone }: { begun: Begun; onDone: () => void }) {
  const queries = useQueryClient();
  const draw = useMutation({
    mutationFn: (values: Filled) => {
      const lists = LISTS.map(([name]) => [
        name,
        {
          list: namesOf(String(values[name] ?? "")),
          without: namesOf(String(values[`${name}_without`] ?? "")),
          count: Number(values[`${name}_count`] ?? 0),
        },
      ]).filter(([, list]) => (list as { list: string[] }).list.length > 0);
      return told(
        api.POST("/api/v1/draws/{id}/result", {
          params: { path: { id: begun.id } },
          headers: { "Idempotency-Key": newKey() },
          body: { seed: values.seed.trim(), lists: Object.fromEntries(lists) },
        }),
      );
    },
    onSuccess: (drawn) => {
      queries.setQueryData(["draw", drawn.id], drawn);
      onDone();
    },
  });
  return (
    <Card size="small" title={`第二步：交名单，抽取（${begun.title}）`}>
      {begun.seed && (
        <Alert
          type="warning"
          showIcon
          title="种子只在这里显示一次"
          description="离开本页后系统不再保存种子；要以后抽取的，先抄存。种子丢失的，重新公布一次。"
        />
      )}
      <Form<Filled>
        layout="vertical"
        initialValues={{ seed: begun.seed }}
        onFinish={(values) => draw.mutate(values)}
        aria-label="抽取"
      >
        <Form.Item name="seed" label="种子" rules={[{ required: true, message: "请填写种子" }]}>
          <Input className="code" />
        </Form.Item>
        {LISTS.map(([name, title, hint]) => (
          <Card key={name} size="small" title={title}>
            <Form.Item name={name} label="名单" extra={hint}>
              <Input.TextArea rows={3} />
            </Form.Item>
            <div className="two">
              <Form.Item name={`${name}_without`} label="不参加抽取的" extra="如已回避的人员，每行一个">
                <Input.TextArea rows={2} />
              </Form.Item>
              <Form.Item
                name={`${name}_count`}
                label="抽取几个"
                dependencies={[name]}
                rules={[
                  ({ getFieldValue }) => ({
                    validator: (_, count?: number) =>
                      !getFieldValue(name) || (count ?? 0) > 0
                        ? Promise.resolve()
                        : Promise.reject(new Error("有名单的，写明抽取几个")),
                  }),
                ]}
              >
                <InputNumber min={1} precision={0} />
              </Form.Item>
            </div>
          </Card>
        ))}
        <Failure error={draw.error} />
        <Button type="primary" htmlType="submit" loading={draw.isPending}>
          抽取
        </Button>
      </Form>
    </Card>
  );
}

function Shown({ id }: { id: string }) {
  const names = useNames();
  const found = useQuery({
    queryKey: ["draw", id],
    queryFn: () => told(api.GET("/api/v1/draws/{id}", { params: { path: { id } } })),
  });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="抽签" rows={3} />;
  const draw: View = found.data;
  const lots = Object.entries(draw.draws as unknown as Record<string, Lot>);
  return (
    <div className="stack found">
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          { key: "id", label: "抽签编号", children: <Id id={draw.id} /> },
          { key: "title", label: "事项", children: draw.title },
          {
            key: "who",
            label: "公布",
            children: `${names.organisation(draw.organisation)} ${names.officer(draw.account)}，${moment(draw.at)}`,
          },
          { key: "sum", label: "种子摘要", children: <span className="code">{draw.commitment}</span> },
          { key: "drawn", label: "抽取", children: draw.drawn_at ? moment(draw.drawn_at) : "尚未抽取" },
        ]}
      />
      {lots.map(([name, lot]) => (
        <Card key={name} size="small" title={LIST_TITLES[name] ?? name}>
          <p>
            {proves(lot, draw.commitment) ? (
              <Sign tone="green">本机复算一致</Sign>
            ) : (
              <Sign tone="red">本机复算不一致</Sign>
            )}
            名单 {lot.list.length} 项，不参加 {lot.without.length} 项，抽取 {lot.drawn.length} 项
          </p>
          <Table
            size="small"
            rowKey="name"
            pagination={false}
            dataSource={lot.drawn.map((name, at) => ({ name, at: at + 1 }))}
            columns={[
              { title: "次序", dataIndex: "at", width: 70 },
              { title: "抽中", dataIndex: "name", render: (name: string) => names.institution(name) },
            ]}
          />
          <p className="code">种子 {lot.seed}</p>
        </Card>
      ))}
    </div>
  );
}
