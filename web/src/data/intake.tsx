// Files into the lake: chosen, sent with progress, tried, imported. A file that broke off goes on when it is chosen again.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Card, DatePicker, Progress, Select, Space, Switch, Table } from "antd";
import type { Dayjs } from "dayjs";
import { useEffect, useRef, useState } from "react";
import { api, told } from "../api/client";
import { type ClaimsFile, isOver, useAskJob, useClaimsFiles, useJob } from "../api/lake";
import { Failure } from "../parts/failure";
import { PickFiles } from "../parts/pick-files";
import { Empty } from "../parts/states";
import { JobCard } from "./job-card";
import { send } from "./send";
import { size } from "./words";

const ENDINGS = ".csv,.tsv,.txt,.xlsx,.xlsm,.parquet,.gz,.zst";

const PROFILES = [
  { value: "", label: "自动判断" },
  { value: "mingcha", label: "国家字段名" },
  { value: "interface", label: "接口规范报文" },
  { value: "centre", label: "数据中台提取表" },
];

/** Files on their way, one after another: the disk of the other side is the bound. */
function useSending(known: ClaimsFile[]) {
  const queries = useQueryClient();
  const [under, setUnder] = useState<ReadonlyMap<string, number>>(new Map());
  const latest = useRef(known);
  latest.current = known;
  const sending = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) {
        await send(file, latest.current, (received) =>
          setUnder((before) => new Map(before).set(file.name, received)),
        );
        await queries.invalidateQueries({ queryKey: ["lake", "files"] });
      }
    },
    onSettled: () => {
      setUnder(new Map());
      return queries.invalidateQueries({ queryKey: ["lake", "files"] });
    },
  });
  return { sending, under };
}

export function Intake() {
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const files = useClaimsFiles();
  const known = files.data ?? [];
  const { sending, under } = useSending(known);
  const [chosen, setChosen] = useState<string[]>();
  const [profile, setProfile] = useState("");
  const [asOf, setAsOf] = useState<Dayjs | null>(null);
  const [again, setAgain] = useState(false);
  const [job, setJob] = useState<string>();
  const ask = useAskJob();
  const followed = useJob(job);
  const discard = useMutation({
    mutationFn: (id: string) => told(api.DELETE("/api/v1/lake/files/{id}", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["lake", "files"] }),
  });
  const over = followed.data && isOver(followed.data);
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ["lake", "files"] });
  }, [over, queries]);

  const whole = known.filter((file) => file.received === file.bytes).map((file) => file.id);
  const taken = (chosen ?? whole).filter((id) => whole.includes(id));
  const start = (kind: "import" | "trial") =>
    ask.mutate(
      { kind, files: taken, profile, as_of: asOf?.format("YYYY-MM-DD") ?? "", again },
      { onSuccess: (asked) => setJob(asked.id) },
    );
  return (
    <div className="stack">
      <Card size="small" title="一、选择文件">
        <Space wrap className="before">
          <PickFiles
            label="选择要上传的数据文件"
            multiple
            accept={ENDINGS}
            type="primary"
            loading={sending.isPending}
            onFiles={(picked) => sending.mutate(picked)}
          >
            上传数据文件
          </PickFiles>
          <span className="hint">
            支持 CSV、XLSX、Parquet，可以压缩；传到一半中断的，再选一次同一文件就接着传
          </span>
        </Space>
        <Failure error={sending.error ?? files.error ?? discard.error} />
        <Table<ClaimsFile>
          size="small"
          rowKey="id"
          loading={files.isPending}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={known}
          locale={{
            emptyText: <Empty title="还没有等待导入的文件">上传的文件先列在这里，核对后再导入。</Empty>,
          }}
          rowSelection={{
            selectedRowKeys: taken,
            onChange: (keys) => setChosen(keys.map(String)),
            getCheckboxProps: (file) => ({
              disabled: file.received !== file.bytes,
              "aria-label": `选择 ${file.title}`,
            }),
          }}
          columns={[
            { title: "文件", dataIndex: "title" },
            { title: "大小", dataIndex: "bytes", align: "right", render: size },
            {
              title: "已收到",
              render: (_, file) => {
                const received = Math.max(under.get(file.title) ?? 0, file.received);
                const share = Math.floor((received / file.bytes) * 100);
                return share >= 100 ? (
                  "完整"
                ) : (
                  <Progress percent={share} size="small" style={{ width: 160 }} aria-label="上传进度" />
                );
              },
            },
            {
              title: "",
              render: (_, file) => (
                <Button
                  size="small"
                  onClick={() =>
                    modal.confirm({
                      title: `不导入 ${file.title}？`,
                      content: "只删除等待导入的这一份，已经导入的数据不受影响。",
                      okText: "删除",
                      cancelText: "保留",
                      onOk: () => discard.mutate(file.id),
                    })
                  }
                >
                  删除
                </Button>
              ),
            },
          ]}
        />
      </Card>
      <Card size="small" title="二、核对并导入">
        <div className="stack">
          <Space wrap>
            <span>
              字段对应{" "}
              <Select
                aria-label="字段对应"
                style={{ width: 160 }}
                value={profile}
                onChange={setProfile}
                options={PROFILES}
              />
            </span>
            <span>
              数据截至 <DatePicker aria-label="数据截至" placeholder="今天" value={asOf} onChange={setAsOf} />
            </span>
            <span>
              已导入过的文件也重新读取{" "}
              <Switch aria-label="已导入过的文件也重新读取" checked={again} onChange={setAgain} />
            </span>
          </Space>
          <Space wrap>
            <Button disabled={taken.length === 0} loading={ask.isPending} onClick={() => start("trial")}>
              先试导入（不写入）
            </Button>
            <Button
              type="primary"
              disabled={taken.length === 0}
              loading={ask.isPending}
              onClick={() => start("import")}
            >
              导入所选 {taken.length} 个文件
            </Button>
          </Space>
          <Failure error={ask.error} />
        </div>
      </Card>
      {followed.data && <JobCard job={followed.data} />}
    </div>
  );
}
