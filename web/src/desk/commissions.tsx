// Commissions of third parties: which accounts there are, what each may look at and until when; given, changed and ended by the head.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Space, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api, told } from "../api/client";
import { useKeyed } from "../api/keyed";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { day } from "../format/time";
import { Because } from "../parts/because";
import { Failure } from "../parts/failure";
import { idWords } from "../parts/paths";
import { Sign } from "../parts/sign";
import { Empty, now } from "../parts/states";
import { Wide } from "../parts/wide";
import { Letter } from "./letter";
import { type Commissionable, standing } from "./letters";

export function Commissions() {
  const me = useMe();
  if (me.role !== "head") {
    return (
      <Empty title="委托第三方由主要负责人办理">
        保险公司、信息技术公司、会计师事务所协助核查的，由主要负责人在这里写明委托哪些线索、检查或者机构，以及起止日期。
      </Empty>
    );
  }
  return <List />;
}

function List() {
  const me = useMe();
  const names = useNames();
  const [giving, setGiving] = useState<Commissionable>();
  const [ending, setEnding] = useState<Commissionable>();
  const found = useQuery({
    queryKey: ["commissions"],
    queryFn: async () => (await told(api.GET("/api/v1/commissions"))).items,
  });
  const today = day(now());
  return (
    <div className="stack">
      <p className="hint">
        受委托的第三方只能查阅委托书写明的本单位线索、检查，或者写明机构的线索、检查，到期自动终止；不能导出、检索，也不能打开个人信息。第三方的单位和账号由安全保密管理员登记。
      </p>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Wide label="委托">
        <Table<Commissionable>
          size="small"
          rowKey="account"
          loading={found.isPending}
          dataSource={found.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{
            emptyText: (
              <Empty title="没有可以委托的第三方">
                安全保密管理员登记本地第三方单位和账号后，列在这里，再写明委托内容。
              </Empty>
            ),
          }}
          columns={[
            { title: "第三方", dataIndex: "organisation", render: names.organisation },
            { title: "账号", dataIndex: "account" },
            {
              title: "状态",
              render: (_, one) => {
                if (one.disabled) return <Sign tone="red">账号已停用</Sign>;
                const { word, tone } = standing(one, me.organisation, today);
                return <Sign tone={tone}>{word}</Sign>;
              },
            },
            {
              title: "委托单位",
              render: (_, { commission }) => (commission ? names.organisation(commission.by) : "—"),
            },
            {
              title: "起止",
              render: (_, { commission }) => (commission ? `${commission.from} 至 ${commission.to}` : "—"),
            },
            { title: "委托内容", render: (_, one) => <Named one={one} own={me.organisation} /> },
            {
              title: "操作",
              render: (_, one) => {
                const { gives, ends } = standing(one, me.organisation, today);
                return gives || ends ? (
                  <Space>
                    {gives && !one.disabled && (
                      <Button size="small" onClick={() => setGiving(one)}>
                        {ends ? "变更" : "委托"}
                      </Button>
                    )}
                    {ends && (
                      <Button size="small" onClick={() => setEnding(one)}>
                        终止
                      </Button>
                    )}
                  </Space>
                ) : (
                  <span className="hint">原委托期满或者终止后才能委托</span>
                );
              },
            },
          ]}
        />
      </Wide>
      {giving && <Letter key={giving.account} one={giving} onClose={() => setGiving(undefined)} />}
      {ending && <End key={ending.account} one={ending} onClose={() => setEnding(undefined)} />}
    </div>
  );
}

/** What a commission names; another bureau's is not told. */
function Named({ one: { commission }, own }: { one: Commissionable; own: string }) {
  const names = useNames();
  if (!commission) return "—";
  if (commission.by !== own) return <span className="hint">其他单位的委托，不显示内容</span>;
  return (
    <ul className="plainlist">
      {commission.matters.map((id) => (
        <li key={id}>
          <Link to={`/matters/${id}`} title={id}>
            {idWords(id)}
          </Link>
        </li>
      ))}
      {commission.institutions.map((code) => (
        <li key={code}>
          机构 {names.institution(code)}
          {names.institution(code) !== code && <span className="hint">（{code}）</span>}
        </li>
      ))}
    </ul>
  );
}

function End({ one, onClose }: { one: Commissionable; onClose: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyOf = useKeyed();
  const end = useMutation({
    mutationFn: ({ why }: { why: string }) => {
      const body = { version: one.version, why: why.trim() };
      const headers = { "Idempotency-Key": keyOf(body) };
      const params = { path: { id: one.account } };
      return told(api.POST("/api/v1/accounts/{id}/commission/end", { params, headers, body }));
    },
    onError: () => queries.invalidateQueries({ queryKey: ["commissions"] }),
    onSuccess: async () => {
      message.success(`${one.account}：委托已终止`);
      await queries.invalidateQueries({ queryKey: ["commissions"] });
      onClose();
    },
  });
  return (
    <Because
      title={`终止委托：${one.account}`}
      name="终止委托"
      button="终止委托"
      danger
      most={500}
      work={end}
      onClose={onClose}
    >
      <p className="hint">终止后，该账号立即退出登录，不能再查阅任何事项。</p>
    </Because>
  );
}
