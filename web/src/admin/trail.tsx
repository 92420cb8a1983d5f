// The trail: who did, read or was refused what, when and from where, the newest first.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { api, told } from "../api/client";
import { useClosedBy } from "../api/law";
import { useMachines, useNames } from "../api/matters";
import { Failure } from "../parts/failure";
import { Sign, type Tone } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { OUTCOMES, role, SYSTEM_ACTS } from "../words/domain";
import { recordOf, type TrailRecord, whyOf } from "./record";

interface Filter {
  account?: string;
  object?: string;
  act?: string;
  outcome?: string;
}

const COLORS: Record<string, Tone> = { done: "green", refused: "red", read: "plain" };

/** Names of acts: those of machines by kind, those of the system by their own. */
function useActs(): (kind: string, act: string) => string {
  const machines = useMachines().data;
  return useMemo(() => {
    const known = new Map(
      (machines ?? []).flatMap((machine) =>
        machine.acts.map((act) => [`${machine.id}.${act.id}`, act.title]),
      ),
    );
    return (kind, act) => known.get(`${kind}.${act}`) ?? SYSTEM_ACTS[act] ?? act;
  }, [machines]);
}

/** Reasons of records in words. */
function useWhy(): (record: TrailRecord) => string {
  const machines = useMachines().data;
  const closedBy = useClosedBy();
  const guards = useMemo(() => {
    const all = (machines ?? []).flatMap((machine) => machine.acts.flatMap((act) => act.guards));
    return new Map(all.map((guard) => [guard.code, guard.message]));
  }, [machines]);
  return (record) => whyOf(record, guards, closedBy);
}

/** Acts to choose from, each by all that it is called. */
function useActChoices(): { value: string; label: string }[] {
  const machines = useMachines().data;
  return useMemo(() => {
    const titles = new Map(Object.entries(SYSTEM_ACTS).map(([act, title]) => [act, new Set([title])]));
    for (const { id, title } of (machines ?? []).flatMap((machine) => machine.acts))
      titles.set(id, (titles.get(id) ?? new Set()).add(title));
    return [...titles]
      .map(([value, called]) => ({ value, label: [...called].join("、") }))
      .sort((a, b) => a.label.localeCompare(b.label, "zh"));
  }, [machines]);
}

export function Trail() {
  const title = useActs();
  const choices = useActChoices();
  const why = useWhy();
  const names = useNames();
  const [filter, setFilter] = useState<Filter>({});
  const set = (change: Filter) => setFilter((before) => ({ ...before, ...change }));
  const found = useInfiniteQuery({
    queryKey: ["trail", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => {
      const query = Object.fromEntries(
        Object.entries({ ...filter, before: pageParam, limit: 100 }).filter(([, value]) => value),
      );
      return told(api.GET("/api/v1/trail", { params: { query } }));
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = (found.data?.pages ?? []).flatMap((page) => page.items.map(recordOf));
  return (
    <>
      <search className="filters">
        <Input.Search
          allowClear
          placeholder="账号"
          aria-label="账号"
          style={{ width: 180 }}
          onSearch={(account) => set({ account: account.trim() })}
        />
        <Input.Search
          allowClear
          placeholder="对象编号"
          aria-label="对象编号"
          style={{ width: 240 }}
          onSearch={(object) => set({ object: object.trim() })}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder="操作"
          aria-label="操作"
          style={{ width: 180 }}
          popupMatchSelectWidth={false}
          onChange={(act?: string) => set({ act: act ?? "" })}
          options={choices}
        />
        <Select
          allowClear
          placeholder="结果"
          aria-label="结果"
          style={{ width: 110 }}
          onChange={(outcome?: string) => set({ outcome: outcome ?? "" })}
          options={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label }))}
        />
        <Button href="/api/v1/trail/export" download>
          导出全部
        </Button>
      </search>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Wide label="审计记录">
        <Table<TrailRecord>
          size="small"
          rowKey="seq"
          loading={found.isPending}
          dataSource={rows}
          pagination={false}
          locale={{ emptyText: <Empty title="没有符合条件的记录" /> }}
          expandable={{
            expandedRowRender: (record) => (
              <div>
                {record.id && <p className="code">对象编号：{record.id}</p>}
                {record.before && <p className="code">办理前：{record.before}</p>}
                {record.after && <p className="code">办理后：{record.after}</p>}
                <p className="code">本条摘要（SM3）：{record.digest}</p>
              </div>
            ),
          }}
          columns={[
            { title: "序号", dataIndex: "seq", align: "right" },
            { title: "时间", dataIndex: "at" },
            {
              title: "账号",
              dataIndex: "account",
              render: (account: string, record) => (
                <>
                  {account || "—"}
                  {record.role && `（${role(record.role)}）`}
                  {record.organisation && (
                    <div className="hint">{names.organisation(record.organisation)}</div>
                  )}
                </>
              ),
            },
            { title: "来自", dataIndex: "from" },
            {
              title: "操作",
              dataIndex: "act",
              render: (act: string, record) => <span title={act}>{title(record.kind, act)}</span>,
            },
            {
              title: "对象",
              dataIndex: "object",
              render: (object: string) => <span className="code">{object}</span>,
            },
            {
              title: "结果",
              dataIndex: "outcome",
              render: (outcome: string) => <Sign tone={COLORS[outcome]}>{OUTCOMES[outcome] ?? outcome}</Sign>,
            },
            { title: "理由或者拒绝原因", dataIndex: "why", render: (_, record) => why(record) || "—" },
          ]}
        />
      </Wide>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          更早的记录
        </Button>
      )}
    </>
  );
}
