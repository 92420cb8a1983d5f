// All work on the lake: what runs, what waits, what came of the rest.

import { Button, Drawer, Table } from "antd";
import { useState } from "react";
import { isOver, type Job, useCancelJob, useJob, useJobs } from "../api/lake";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { JobCard } from "./job-card";
import { KINDS, STATES, TONES } from "./words";

interface Props {
  /** Whether work on the lake may be stopped; a proof of a clue is stopped by who asked for it. */
  manages: boolean;
  /** What will be here, where nothing is. */
  empty?: string;
}

export function Jobs({ manages, empty = "导入、筛查和移交都会列在这里。" }: Props) {
  const me = useMe();
  const names = useNames();
  const jobs = useJobs();
  const cancel = useCancelJob();
  const [open, setOpen] = useState<string>();
  const job = useJob(open);
  const stops = (one: Job) => manages || (one.kind === "verify" && one.account === me.account);
  return (
    <>
      <Failure error={jobs.error ?? cancel.error} onRetry={() => void jobs.refetch()} />
      <Wide label="任务">
        <Table<Job>
          size="small"
          rowKey="id"
          loading={jobs.isPending}
          dataSource={jobs.data ?? []}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{ emptyText: <Empty title="还没有任务">{empty}</Empty> }}
          columns={[
            { title: "发起", dataIndex: "at", render: moment },
            {
              title: "任务",
              render: (_, one) => (
                <Button type="link" size="small" onClick={() => setOpen(one.id)}>
                  {KINDS[one.kind]}：{one.title}
                </Button>
              ),
            },
            {
              title: "状态",
              render: (_, one) => (
                <Sign tone={TONES[one.state]}>
                  {STATES[one.state]}
                  {one.state === "running" &&
                    one.whole > 0 &&
                    ` ${Math.floor((one.done / one.whole) * 100)}%`}
                </Sign>
              ),
            },
            { title: "发起人", dataIndex: "account", render: names.officer },
            { title: "结束", dataIndex: "ended", render: moment },
            {
              title: "",
              render: (_, one) =>
                stops(one) &&
                !isOver(one) && (
                  <Button
                    size="small"
                    loading={cancel.isPending && cancel.variables === one.id}
                    onClick={() => cancel.mutate(one.id)}
                  >
                    停止
                  </Button>
                ),
            },
          ]}
        />
      </Wide>
      <Drawer open={open !== undefined} onClose={() => setOpen(undefined)} size={900} title="任务">
        <Failure error={job.error} onRetry={() => void job.refetch()} />
        {job.data && <JobCard job={job.data} stops={stops(job.data)} />}
      </Drawer>
    </>
  );
}
