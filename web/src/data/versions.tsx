// Versions of the lake: what made each and what it changed; a run pins the one that it read.

import { Descriptions, Table } from "antd";
import type { Schemas } from "../api/client";
import { useLake, useVersions } from "../api/lake";
import { count } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { MADE } from "./words";

type Version = Schemas["LakeVersion"];

export function Versions() {
  const versions = useVersions();
  return (
    <div className="stack">
      <Tables />
      <Failure error={versions.error} onRetry={() => void versions.refetch()} />
      <Wide label="版本">
        <Table<Version>
          size="small"
          rowKey="version"
          loading={versions.isPending}
          dataSource={versions.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="还没有版本">每次导入产生一个新版本，旧版本留作复核。</Empty> }}
          columns={[
            { title: "版本", dataIndex: "version", align: "right" },
            { title: "时间", dataIndex: "at", render: moment },
            { title: "由来", dataIndex: "made", render: (made: string) => MADE[made] ?? made },
            {
              title: "批次",
              dataIndex: "batch",
              render: (batch: string | null) => <span className="code">{batch?.slice(0, 12) ?? "—"}</span>,
            },
            counted("新增", "added"),
            counted("替换", "replaced"),
            counted("没有变化", "unchanged"),
            {
              title: <span title="导入时退回的行见质量报告">入库时退回</span>,
              dataIndex: "refused",
              align: "right",
              render: count,
            },
            { title: "复核", dataIndex: "kept", render: (kept: boolean) => (kept ? "可复核" : "已清理") },
          ]}
        />
      </Wide>
    </div>
  );
}

/** All tables with their rows. */
function Tables() {
  const lake = useLake();
  return (
    <Descriptions
      size="small"
      column={3}
      items={(lake.data?.tables ?? []).map((table) => ({
        key: table.table,
        label: <span title={table.table}>{table.title}</span>,
        children: `${count(table.rows)} 行`,
      }))}
    />
  );
}
