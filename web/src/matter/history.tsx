// What was done to a matter and what was refused: when, by whom, why; the newest first.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table } from "antd";
import { api, type Schemas, told } from "../api/client";
import { useMachine, useNames } from "../api/matters";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { role, SYSTEM_ACTS } from "../words/domain";

type Past = Schemas["Past"];

/** Words for the codes that a refusal was recorded with. */
function useReasons(machine: string): (why: string) => string {
  const acts = useMachine(machine)?.acts ?? [];
  const guards = new Map(acts.flatMap((act) => act.guards.map((guard) => [guard.code, guard.message])));
  return (why) => why.replace(/\bCW\d{3}\b/g, (code) => guards.get(code) ?? code);
}

export function History({ matter, machine }: { matter: string; machine: string }) {
  const names = useNames();
  const reason = useReasons(machine);
  const found = useInfiniteQuery({
    queryKey: ["history", matter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      told(
        api.GET("/api/v1/matters/{id}/history", {
          params: { path: { id: matter }, query: pageParam ? { before: pageParam } : {} },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <>
      <Failure error={found.error} onRetry={() => void found.refetch()} />
      <Wide label="操作记录">
        <Table<Past>
          size="small"
          rowKey="seq"
          loading={found.isPending}
          dataSource={(found.data?.pages ?? []).flatMap((page) => page.items)}
          pagination={false}
          locale={{ emptyText: <Empty title="还没有操作" /> }}
          columns={[
            { title: "时间", dataIndex: "at", render: moment },
            { title: "操作", render: (_, one) => SYSTEM_ACTS[one.title] ?? one.title },
            {
              title: "办理人",
              render: (_, one) => (
                <>
                  <span title={one.account}>{one.account ? names.officer(one.account) : "系统"}</span>
                  {one.role && <span className="hint">（{role(one.role)}）</span>}
                </>
              ),
            },
            {
              title: "单位",
              dataIndex: "organisation",
              render: (id: string) => (id ? names.organisation(id) : "—"),
            },
            {
              title: "结果",
              dataIndex: "refused",
              render: (refused: boolean) =>
                refused ? <Sign tone="red">不予办理</Sign> : <Sign tone="green">已办</Sign>,
            },
            {
              title: "理由",
              dataIndex: "why",
              render: (why: string) => <span className="prose">{why ? reason(why) : "—"}</span>,
            },
            { title: "记录号", dataIndex: "seq", align: "right" },
          ]}
        />
      </Wide>
      {found.hasNextPage && (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          更早的操作
        </Button>
      )}
    </>
  );
}
