// Batches with their reports of quality.

import { Button, Drawer, Table } from "antd";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useBatch, useBatches } from "../api/lake";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { Wide } from "../parts/wide";
import { Report, type ReportOf } from "./report";

type Batch = Schemas["BatchView"];

export function Quality() {
  const batches = useBatches();
  const [open, setOpen] = useState<string>();
  const batch = useBatch(open);
  return (
    <>
      <Failure error={batches.error} onRetry={() => void batches.refetch()} />
      <Wide label="批次">
        <Table<Batch>
          size="small"
          rowKey="id"
          loading={batches.isPending}
          dataSource={batches.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="还没有导入过数据">导入后，每一批的质量报告列在这里。</Empty> }}
          columns={[
            { title: "时间", dataIndex: "at", render: moment },
            {
              title: "批次",
              dataIndex: "id",
              render: (id: string) => (
                <Button type="link" size="small" className="code" onClick={() => setOpen(id)}>
                  {id.slice(0, 12)}
                </Button>
              ),
            },
            {
              title: "结果",
              dataIndex: "refused_whole",
              render: (refused: boolean) =>
                refused ? <Sign tone="red">整批退回</Sign> : <Sign tone="green">已入库</Sign>,
            },
            { title: "版本", dataIndex: "version", align: "right" },
            counted("读入", "read"),
            counted("退回", "quarantined"),
            {
              title: "文件",
              dataIndex: "files",
              render: (files: string[]) =>
                files.length > 3 ? `${files.slice(0, 3).join("、")} 等 ${files.length} 个` : files.join("、"),
            },
          ]}
        />
      </Wide>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={900}
        title={`质量报告 ${open?.slice(0, 12) ?? ""}`}
      >
        <Failure error={batch.error} onRetry={() => void batch.refetch()} />
        {batch.data ? (
          <Report report={batch.data.report as ReportOf} titles={batch.data.titles} />
        ) : (
          !batch.error && <Loading what="质量报告" />
        )}
      </Drawer>
    </>
  );
}
