// The offline form of an inspection: taken along as one page, brought back as the file that it saved, looked at, taken in.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Card, Descriptions, Select, Space, Table } from "antd";
import { useRef, useState } from "react";
import { api, newKey, type Schemas, told } from "../api/client";
import { useGuides } from "../api/law";
import { type Matter, useNames } from "../api/matters";
import { yuan } from "../format/money";
import { Failure } from "../parts/failure";
import { PickFiles } from "../parts/pick-files";
import { Wide } from "../parts/wide";
import { WORDS } from "../words/generated";
import { faultLines, formHref, MOST_FORM, sums } from "./site-form";

const SEEN: Record<string, string> = WORDS.Seen;

/** Nothing where no form may be brought in now. */
export function SiteFormCard({ matter }: { matter: Matter }) {
  const open = matter.acts.some((act) => act.id === "import_form" && act.open);
  if (!open) return null;
  return (
    <Card title="离线检查表" size="small">
      <div className="stack">
        <TakeAlong matter={matter.heading.id} />
        <BringBack matter={matter} />
      </div>
    </Card>
  );
}

function TakeAlong({ matter }: { matter: string }) {
  const guides = useGuides().data ?? [];
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <>
      <p className="hint">
        去没有网络的地方前下载：选择检查领域，得到一个网页文件，用任何浏览器打开，填写后“保存记录”。
      </p>
      <Space wrap>
        <Select
          mode="multiple"
          aria-label="检查领域"
          placeholder="检查领域"
          style={{ minWidth: 260 }}
          value={chosen}
          onChange={setChosen}
          showSearch={{ optionFilterProp: "label" }}
          options={guides.map((one) => ({ value: one.id, label: one.title }))}
        />
        <Button
          disabled={chosen.length === 0}
          {...(chosen.length ? { href: formHref(matter, chosen), download: true } : {})}
        >
          下载离线检查表
        </Button>
      </Space>
    </>
  );
}

function BringBack({ matter }: { matter: Matter }) {
  const { id, version } = matter.heading;
  const { message } = App.useApp();
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [file, setFile] = useState("");
  const look = useMutation({
    mutationFn: (text: string) =>
      told(
        api.POST("/api/v1/matters/{id}/site-form/look", {
          params: { path: { id } },
          body: { file: text },
        }),
      ),
  });
  const take = useMutation({
    mutationFn: () =>
      told(
        api.POST("/api/v1/matters/{id}/site-form", {
          params: { path: { id } },
          headers: { "Idempotency-Key": key.current },
          body: { version, file },
        }),
      ),
    onError: () => {
      key.current = newKey();
    },
    onSuccess: async (taken) => {
      message.success(`已导入并留痕：登记检查发现 ${taken.findings} 项`);
      look.reset();
      await Promise.all(
        [["matter", id], ["files", id], ["history", id], ["papers", id], ["matters"], ["counts"]].map(
          (queryKey) => queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  const choose = async (chosen: File) => {
    take.reset();
    look.reset();
    if (chosen.size > MOST_FORM) {
      message.error("这不是离线检查表保存的文件：文件过大");
      return;
    }
    const text = await chosen.text();
    key.current = newKey();
    setFile(text);
    look.mutate(text);
  };
  return (
    <>
      <p className="hint">回来后：先在“文件”中收存证据文件，再选择检查表保存的文件，核对后导入。</p>
      <div>
        <PickFiles
          label="选择检查表保存的文件"
          accept=".json"
          loading={look.isPending}
          onFiles={([chosen]) => chosen && choose(chosen)}
        >
          核对离线检查表
        </PickFiles>
      </div>
      <Failure error={look.error ?? take.error} />
      {look.data && <Look look={look.data} taking={take.isPending} onTake={() => take.mutate()} />}
    </>
  );
}

interface LookProps {
  look: Schemas["FormLook"];
  taking: boolean;
  onTake: () => void;
}

function Look({ look, taking, onTake }: LookProps) {
  const names = useNames();
  const { form, faults, sm3 } = look;
  return (
    <>
      {faults.length > 0 && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={`不能导入：${faults.length} 处不符`}
          description={
            <ul className="plainlist">
              {faultLines(faults).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
        />
      )}
      {form && (
        <>
          <Descriptions
            size="small"
            bordered
            column={1}
            items={[
              { key: "at", label: "记录时间", children: form.at },
              { key: "place", label: "地点", children: form.place },
              { key: "officers", label: "执法人员", children: form.officers.map(names.officer).join("、") },
              { key: "present", label: "在场人员", children: form.present.join("、") },
              { key: "statement", label: "机构当场意见", children: form.statement || "—" },
              { key: "sums", label: "合计", children: sums(form) },
              { key: "sm3", label: "SM3 摘要", children: <span className="code">{sm3}</span> },
            ]}
          />
          <Wide label="检查项目" fits>
            <Table<Schemas["FormItemView"]>
              size="small"
              rowKey="item"
              pagination={false}
              dataSource={form.items}
              columns={[
                { title: "项目", dataIndex: "item" },
                { title: "结果", dataIndex: "seen", render: (seen: string) => SEEN[seen] ?? seen },
                {
                  title: "事实",
                  dataIndex: "facts",
                  render: (facts: string) => <span className="prose">{facts || "—"}</span>,
                },
                { title: "金额（元）", dataIndex: "amount", align: "right", render: yuan },
                {
                  title: "证据文件",
                  dataIndex: "files",
                  render: (files: string[]) => files.join("、") || "—",
                },
              ]}
            />
          </Wide>
          <div>
            <Button type="primary" disabled={faults.length > 0} loading={taking} onClick={onTake}>
              {`导入记录，登记检查发现 ${form.findings} 项`}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
