// Accounts of an organisation: made, disabled, enabled, given a new first password, each with its reason.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Space, Table } from "antd";
import { useState } from "react";
import { api, type Schemas, told } from "../api/client";
import { useKeyed } from "../api/keyed";
import { useNames, useOrganisations } from "../api/matters";
import { useMe } from "../api/session";
import { Because } from "../parts/because";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { department, role, SECRECY } from "../words/domain";
import { AddAccount } from "./add-account";

type Account = Schemas["AccountBody"];
type Doing = { what: "disable" | "enable" | "reset"; account: Account };
const TITLES = { disable: "停用", enable: "启用", reset: "重置口令" };

export function Accounts() {
  const me = useMe();
  const names = useNames();
  const organisations = useOrganisations().data ?? [];
  const [organisation, setOrganisation] = useState<string | undefined>(me.organisation);
  const [adding, setAdding] = useState(false);
  const [doing, setDoing] = useState<Doing>();
  const accounts = useQuery({
    queryKey: ["accounts", organisation],
    queryFn: () =>
      told(
        api.GET("/api/v1/accounts", {
          params: { query: organisation ? { organisation, limit: 200 } : { limit: 200 } },
        }),
      ),
  });
  return (
    <>
      <div className="filters">
        <Select
          aria-label="单位"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder="全部单位"
          style={{ width: 280 }}
          value={organisation}
          onChange={setOrganisation}
          options={organisations.map((one) => ({ value: one.id, label: one.title }))}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          新建账号
        </Button>
      </div>
      <Failure error={accounts.error} onRetry={() => void accounts.refetch()} />
      <Wide label="账号">
        <Table<Account>
          size="small"
          rowKey="id"
          loading={accounts.isPending}
          dataSource={accounts.data?.items ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          locale={{ emptyText: <Empty title="没有账号" /> }}
          columns={[
            { title: "账号", dataIndex: "id" },
            {
              title: "姓名",
              key: "name",
              // As the letterhead of the organisation publishes it.
              render: (_, { id }) => (names.officer(id) === id ? "—" : names.officer(id)),
            },
            { title: "单位", dataIndex: "organisation", render: names.organisation },
            { title: "部门", dataIndex: "department", render: department },
            { title: "职务", dataIndex: "role", render: role },
            {
              title: "涉密等级",
              dataIndex: "clearance",
              render: (grade: number) => SECRECY[String(grade)] ?? grade,
            },
            {
              title: "执法证",
              dataIndex: "certificate",
              render: (number: string | null, one) =>
                number ? `${number}（至 ${one.certificate_until ?? "长期"}）` : "—",
            },
            {
              title: "动态口令",
              dataIndex: "has_second_factor",
              render: (yes: boolean) => (yes ? "已设置" : "未设置"),
            },
            {
              title: "状态",
              render: (_, one) =>
                one.disabled ? (
                  <Sign tone="red">已停用</Sign>
                ) : one.locked ? (
                  <Sign tone="gold">暂时锁定</Sign>
                ) : one.must_change_password ? (
                  <Sign>待改初始口令</Sign>
                ) : (
                  <Sign tone="green">在用</Sign>
                ),
            },
            {
              title: "操作",
              render: (_, account) =>
                account.id === me.account ? (
                  "—"
                ) : (
                  <Space>
                    <Button
                      size="small"
                      onClick={() => setDoing({ what: account.disabled ? "enable" : "disable", account })}
                    >
                      {account.disabled ? "启用" : "停用"}
                    </Button>
                    <Button size="small" onClick={() => setDoing({ what: "reset", account })}>
                      重置口令
                    </Button>
                  </Space>
                ),
            },
          ]}
        />
      </Wide>
      {adding && (
        <AddAccount organisation={organisation ?? me.organisation} onClose={() => setAdding(false)} />
      )}
      {doing && (
        <Change key={doing.account.id + doing.what} doing={doing} onClose={() => setDoing(undefined)} />
      )}
    </>
  );
}

function Change({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyOf = useKeyed();
  const { what, account } = doing;
  const change = useMutation({
    mutationFn: ({ why, password }: { why: string; password?: string }) => {
      const params = { path: { id: account.id } };
      const version = account.version;
      const headers = { "Idempotency-Key": keyOf([what, account.id, version, why, password]) };
      if (what === "disable")
        return told(api.POST("/api/v1/accounts/{id}/disable", { params, headers, body: { why, version } }));
      if (what === "enable")
        return told(api.POST("/api/v1/accounts/{id}/enable", { params, headers, body: { why, version } }));
      return told(
        api.POST("/api/v1/accounts/{id}/reset", {
          params,
          headers,
          body: { why, version, password: password ?? "" },
        }),
      );
    },
    onSuccess: async () => {
      message.success(`${account.id}：已${TITLES[what]}`);
      await queries.invalidateQueries({ queryKey: ["accounts"] });
      onClose();
    },
  });
  return (
    <Because<{ why: string; password?: string }>
      title={`${TITLES[what]}：${account.id}`}
      button={TITLES[what]}
      danger={what === "disable"}
      most={500}
      work={change}
      onClose={onClose}
    >
      <p className="hint">
        {what === "disable" && "停用后，该账号已登录的会话立即失效。"}
        {what === "enable" && "启用后，用原口令登录。"}
        {what === "reset" && "口令和动态口令一并作废，首次登录须修改口令。"}
      </p>
      {what === "reset" && (
        <Form.Item
          name="password"
          label="新的初始口令"
          rules={[{ required: true, min: 12, message: "至少十二个字符" }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      )}
    </Because>
  );
}
