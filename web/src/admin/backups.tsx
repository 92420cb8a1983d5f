// Copies of the store in the server's own folder: what there is, a new one, a check. They are restored at the command line only.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Space, Table } from "antd";
import { api, newKey, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { size } from "../data/words";
import { count } from "../format/money";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty, Loading } from "../parts/states";
import { Wide } from "../parts/wide";

type View = Schemas["BackupsView"];
type Archive = Schemas["Archive"];

/** How often work that runs is looked after, in milliseconds. */
const LOOK = 1000;

const runs = (view: View | undefined) => view?.work?.state === "running";

export function Backups() {
  const queries = useQueryClient();
  const names = useNames();
  const found = useQuery({
    queryKey: ["backups"],
    queryFn: () => told(api.GET("/api/v1/backups")),
    refetchInterval: ({ state }) => (runs(state.data) ? LOOK : false),
  });
  const begun = (view: View) => queries.setQueryData(["backups"], view);
  const make = useMutation({
    mutationFn: (key: string) => told(api.POST("/api/v1/backups", { headers: { "Idempotency-Key": key } })),
    onSuccess: begun,
  });
  const check = useMutation({
    mutationFn: ({ name, key }: { name: string; key: string }) =>
      told(
        api.POST("/api/v1/backups/{id}/check", {
          params: { path: { id: name } },
          headers: { "Idempotency-Key": key },
        }),
      ),
    onSuccess: begun,
  });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="备份" />;
  const busy = runs(found.data) || make.isPending || check.isPending;
  return (
    <div className="stack">
      <p className="hint">
        备份含全部案卷、账号、审计记录和上传的文件，写到服务器数据文件夹的 backups
        下，期间系统照常使用。个人信息在备份中仍是加密的；密钥不进入备份，须另行保管，没有密钥打不开。备份不经本页下载；恢复在服务器上执行{" "}
        <span className="code unbroken">mingcha restore 备份文件</span>，恢复到空的数据库。
      </p>
      <Space>
        <Button type="primary" disabled={busy} onClick={() => make.mutate(newKey())}>
          现在备份
        </Button>
      </Space>
      <Failure error={make.error ?? check.error} />
      <div aria-live="polite">{found.data.work && <Came work={found.data.work} />}</div>
      <Wide label="备份">
        <Table<Archive>
          size="small"
          rowKey="name"
          dataSource={found.data.archives}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{
            emptyText: (
              <Empty title="还没有备份">点“现在备份”，做完后在这里列出；建议转存到另一台机器。</Empty>
            ),
          }}
          columns={[
            {
              title: "备份文件",
              dataIndex: "name",
              render: (name: string) => <span className="code">{name}.zip</span>,
            },
            { title: "时间", dataIndex: "at", render: moment },
            { title: "大小", dataIndex: "bytes", align: "right", render: size },
            {
              title: "SM3 摘要",
              dataIndex: "sm3",
              render: (sm3: string) => <span className="code">{sm3}</span>,
            },
            {
              title: "审计记录到",
              dataIndex: "seq",
              align: "right",
              render: (seq: number) => `第 ${count(seq)} 条`,
            },
            { title: "备份人", dataIndex: "account", render: names.officer },
            { title: "上次核验", key: "checked", render: (_, { checked }) => <Proved checked={checked} /> },
            {
              title: "操作",
              key: "check",
              render: (_, { name }) => (
                <Button
                  size="small"
                  aria-label={`核验 ${name}`}
                  disabled={busy}
                  onClick={() => check.mutate({ name, key: newKey() })}
                >
                  核验
                </Button>
              ),
            },
          ]}
        />
      </Wide>
    </div>
  );
}

function Proved({ checked }: { checked: Archive["checked"] }) {
  if (!checked) return <span className="hint">尚未核验</span>;
  const who = `${checked.account}，${moment(checked.at)}`;
  return checked.whole ? (
    <span>
      <Sign tone="green">可以恢复</Sign> {who}
    </span>
  ) : (
    <span>
      <Sign tone="red">不能恢复</Sign> {checked.words}（{who}）
    </span>
  );
}

/** What runs, or why the last one was not done; what was done stands in the list. */
function Came({ work }: { work: NonNullable<View["work"]> }) {
  const what = work.what === "backup" ? "备份" : "核验";
  const who = `${work.account}，${moment(work.begun)}`;
  if (work.state === "running")
    return <Alert type="info" showIcon title={`正在${what} ${work.name}（${who}）`} />;
  if (work.state === "failed") {
    return <Alert type="error" showIcon title={`${what}没有做完（${who}）`} description={work.words} />;
  }
  return null;
}
