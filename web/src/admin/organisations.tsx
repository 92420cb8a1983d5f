// Organisations that take part, and adding one.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input, Select, Table } from "antd";
import { useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { useOrganisations } from "../api/matters";
import { Failure } from "../parts/failure";
import { DEPARTMENTS, department } from "../words/domain";

type Organisation = Schemas["OrganisationBody"];

interface Given {
  id: string;
  title: string;
  region: string;
  department: string;
  fixmedins_code?: string;
}

export function Organisations() {
  const found = useOrganisations();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div className="filters">
        <Button type="primary" onClick={() => setAdding(true)}>
          登记单位
        </Button>
      </div>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Table<Organisation>
        size="small"
        rowKey="id"
        loading={found.isPending}
        dataSource={found.data ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: "代码", dataIndex: "id", render: (id: string) => <span className="code">{id}</span> },
          { title: "名称", dataIndex: "title" },
          { title: "行政区划", dataIndex: "region" },
          { title: "部门", dataIndex: "department", render: department },
          {
            title: <span title="fixmedins_code">定点机构代码</span>,
            dataIndex: "fixmedins_code",
            render: (code?: string | null) => code ?? "—",
          },
        ]}
      />
      {adding && <Add onClose={() => setAdding(false)} />}
    </>
  );
}

function Add({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Given>();
  const of = Form.useWatch("department", form);
  const add = useMutation({
    mutationFn: ({ fixmedins_code, ...given }: Given) =>
      told(
        api.POST("/api/v1/organisations", {
          headers: { "Idempotency-Key": newKey() },
          body: { ...given, fixmedins_code: fixmedins_code?.trim() || null },
        }),
      ),
    onSuccess: async () => {
      message.success("单位已登记");
      await queries.invalidateQueries({ queryKey: ["organisations"] });
      onClose();
    },
  });
  return (
    <Drawer open title="登记单位" size={480} onClose={onClose} mask={{ closable: false }}>
      <Form<Given>
        form={form}
        layout="vertical"
        initialValues={{ department: "insurance" }}
        onFinish={(given) => add.mutate(given)}
      >
        <Form.Item
          name="id"
          label="代码"
          extra="小写字母、数字和 -"
          rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{1,63}$/, message: "小写字母、数字和 -" }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item
          name="title"
          label="名称"
          rules={[{ required: true, whitespace: true, message: "请填写名称" }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="region"
          label="行政区划代码"
          rules={[{ required: true, pattern: /^\d{6}$/, message: "六位数字" }]}
        >
          <Input maxLength={6} inputMode="numeric" />
        </Form.Item>
        <Form.Item name="department" label="部门" rules={[{ required: true }]}>
          <Select options={DEPARTMENTS.map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        {of === "institution" && (
          <Form.Item
            name="fixmedins_code"
            label="定点机构代码"
            rules={[{ required: true, message: "请填写定点机构代码" }]}
          >
            <Input maxLength={40} placeholder="fixmedins_code" />
          </Form.Item>
        )}
        <Failure error={add.error} />
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          登记
        </Button>
      </Form>
    </Drawer>
  );
}
