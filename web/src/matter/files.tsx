// The files of a matter: sent in pieces that survive a lost connection, kept with their digests, proved against the trail.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Space, Table } from "antd";
import { useState } from "react";
import { sm3 } from "../acts/sm3";
import { api, newKey, type Schemas, told } from "../api/client";
import { useNames } from "../api/matters";
import { moment } from "../format/time";
import { Failure } from "../parts/failure";
import { PickFiles } from "../parts/pick-files";
import { Empty } from "../parts/states";
import { useProveFile } from "./prove";

type File_ = Schemas["FileView"];

/** How often a piece is tried again. */
const TRIES = 5;

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** Sends a file piece by piece; the server says where the next one begins, so that nothing is sent twice over a bad line. */
async function send(matter: string, file: File, onProgress: (share: number) => void): Promise<File_> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const begun = await told(
    api.POST("/api/v1/matters/{id}/files", {
      params: { path: { id: matter } },
      headers: { "Idempotency-Key": newKey() },
      body: { title: file.name, bytes: bytes.length, line: "", rule: "", run: "" },
    }),
  );
  let offset = 0;
  let failed = 0;
  while (offset < bytes.length) {
    const piece = bytes.slice(offset, offset + begun.piece);
    try {
      const taken = await told(
        api.PUT("/api/v1/uploads/{id}", {
          params: { path: { id: begun.upload }, query: { offset } },
          headers: { "Content-Type": "application/octet-stream" },
          body: piece as unknown as never,
          bodySerializer: (body) => body as unknown as BodyInit,
        }),
      );
      offset = taken.received;
      failed = 0;
    } catch (error) {
      failed += 1;
      if (failed >= TRIES) throw error;
      await new Promise((resolve) => window.setTimeout(resolve, 1000 * failed));
    }
    onProgress(Math.round((offset / bytes.length) * 100));
  }
  return told(
    api.POST("/api/v1/uploads/{id}/finish", {
      params: { path: { id: begun.upload } },
      headers: { "Idempotency-Key": newKey() },
      body: { sm3: sm3(bytes) },
    }),
  );
}

export function Files({ matter }: { matter: string }) {
  const names = useNames();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [share, setShare] = useState(0);
  const files = useQuery({
    queryKey: ["files", matter],
    queryFn: () => told(api.GET("/api/v1/matters/{id}/files", { params: { path: { id: matter } } })),
  });
  const upload = useMutation({
    mutationFn: (file: File) => send(matter, file, setShare),
    onSuccess: async () => {
      message.success("文件已收存并留痕");
      await queries.invalidateQueries({ queryKey: ["files", matter] });
    },
  });
  const prove = useProveFile(matter);
  return (
    <div className="stack">
      <Space>
        <PickFiles
          label="选择要收存的文件"
          loading={upload.isPending}
          onFiles={([file]) => {
            setShare(0);
            if (file) upload.mutate(file);
          }}
        >
          收存文件
        </PickFiles>
        {upload.isPending && (
          <Progress percent={share} size="small" style={{ width: 200 }} aria-label="上传进度" />
        )}
      </Space>
      <Failure error={files.error ?? upload.error ?? prove.error} />
      <Table<File_>
        size="small"
        rowKey="id"
        loading={files.isPending}
        pagination={false}
        dataSource={files.data ?? []}
        locale={{
          emptyText: <Empty title="还没有收存文件">收存的文件带 SM3 和 SHA-256 摘要，可以随时核验。</Empty>,
        }}
        expandable={{
          expandedRowRender: (one) => (
            <div className="code">
              SM3 {one.sm3}
              <br />
              SHA-256 {one.sha256}
            </div>
          ),
        }}
        columns={[
          { title: "名称", dataIndex: "title" },
          { title: "版本", dataIndex: "version" },
          { title: "大小", dataIndex: "bytes", align: "right", render: size },
          { title: "收存人", dataIndex: "account", render: names.officer },
          { title: "时间", dataIndex: "at", render: moment },
          {
            title: "",
            render: (_, one) => (
              <Space>
                <Button size="small" href={`/api/v1/matters/${matter}/files/${one.id}`} download>
                  下载
                </Button>
                <Button
                  size="small"
                  loading={prove.isPending && prove.variables === one.id}
                  onClick={() => prove.mutate(one.id)}
                >
                  核验
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </div>
  );
}
