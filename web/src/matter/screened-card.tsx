// What the newest screening found at one's own institution, while its self-check waits for answers: rule by rule, lines by page, and into an answer.

import { useQuery } from "@tanstack/react-query";
import { Button, Card, Drawer, Table } from "antd";
import { useState } from "react";
import { ActForm } from "../acts/act-form";
import { useClosing } from "../acts/unsaved";
import { api, type Schemas, told } from "../api/client";
import type { Matter, MayAct } from "../api/matters";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { counted, paid } from "../parts/figures";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { answerOf } from "./screened";

type Rule = Schemas["ScreenedRule"];
type Line = Schemas["ScreenedLine"];

/** Lines of a page, as the server counts them. */
const PAGE = 100;

function useScreened(matter: string, query: { rule?: string; page?: number }) {
  return useQuery({
    queryKey: ["screened", matter, query],
    queryFn: () =>
      told(api.GET("/api/v1/matters/{id}/screened", { params: { path: { id: matter }, query } })),
  });
}

/** Stands on a self-check for those of the institution who may answer it now; nothing for the others. */
export function ScreenedCard({ matter }: { matter: Matter }) {
  const act = matter.acts.find((one) => one.id === "answer_item" && one.open);
  return act && matter.heading.machine === "self_check" ? <Shown matter={matter} act={act} /> : null;
}

function Shown({ matter, act }: { matter: Matter; act: MayAct }) {
  const [taken, setTaken] = useState<Rule>();
  const found = useScreened(matter.heading.id, {});
  const rules = found.data?.rules ?? [];
  return (
    <Card size="small" title="本机构数据筛查结果">
      <p className="hint">
        {found.data?.run ? `最近一次筛查，数据截至 ${found.data.as_of}。` : ""}
        这是系统对本机构结算数据的提示，供逐条核对，不是处理结论；不显示参保人，也不显示其他机构的内容。每次查看都记入审计记录，提交后不再显示。
      </p>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      {!found.error && (
        <Wide label="筛查结果">
          <Table<Rule>
            size="small"
            rowKey="rule"
            loading={found.isPending}
            dataSource={rules}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{
              emptyText: (
                <Empty title="没有筛查结果">
                  {found.data?.run ? "最近一次筛查没有提示本机构的明细。" : "医保部门还没有运行过筛查。"}
                  清单各条仍须自查作答。
                </Empty>
              ),
            }}
            expandable={{
              rowExpandable: (rule) => rule.lines > 0,
              expandedRowRender: (rule) => <Lines matter={matter.heading.id} rule={rule.rule} />,
            }}
            columns={[
              { title: "规则", dataIndex: "title" },
              counted("疑点", "findings"),
              counted("明细", "lines"),
              paid("涉及金额（元）", "amount"),
              { title: "依据", dataIndex: "basis", render: (basis: string[]) => basis.join("；") },
              {
                title: "操作",
                key: "take",
                render: (_, rule) => (
                  <Button
                    size="small"
                    aria-label={`将“${rule.title}”转为反馈`}
                    onClick={() => setTaken(rule)}
                  >
                    转为反馈
                  </Button>
                ),
              },
            ]}
          />
        </Wide>
      )}
      {taken && <Answer matter={matter} act={act} rule={taken} onClose={() => setTaken(undefined)} />}
    </Card>
  );
}

function Lines({ matter, rule }: { matter: string; rule: string }) {
  const [page, setPage] = useState(1);
  const found = useScreened(matter, { rule, page });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <Table<Line>
      size="small"
      rowKey={(line) => [line.table, ...line.key].join("|")}
      loading={found.isPending}
      dataSource={found.data?.lines ?? []}
      pagination={{
        current: page,
        pageSize: PAGE,
        total: found.data?.total ?? 0,
        hideOnSinglePage: true,
        showSizeChanger: false,
        onChange: setPage,
      }}
      columns={[
        { title: "时间", dataIndex: "at", render: moment },
        { title: "数据", dataIndex: "table" },
        {
          title: "编号",
          dataIndex: "key",
          render: (key: string[]) => <span className="code">{key.join(" / ")}</span>,
        },
        paid("金额（元）", "amount"),
        {
          title: "所见",
          dataIndex: "message",
          render: (message: string) => message || <span className="hint">涉及其他机构，不显示</span>,
        },
      ]}
    />
  );
}

function Answer({
  matter,
  act,
  rule,
  onClose,
}: {
  matter: Matter;
  act: MayAct;
  rule: Rule;
  onClose: () => void;
}) {
  const [dirty, setDirty] = useState(false);
  const close = useClosing(dirty, onClose);
  const items = matter.facts.self_check?.items ?? [];
  return (
    <Drawer open title={act.title} size={560} destroyOnHidden mask={{ closable: false }} onClose={close}>
      <ActForm
        matter={matter}
        act={act}
        initial={answerOf(rule, items)}
        onDirty={setDirty}
        onDone={() => onClose()}
      />
    </Drawer>
  );
}
