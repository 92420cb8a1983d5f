// The parameters of a rule: what each means, how far it may be moved, what is in force here, and other values tried on the data before
// anybody writes them down.

import { App, Button, Input, InputNumber, Select, Table } from "antd";
import { useState } from "react";
import { useUnsaved } from "../acts/unsaved";
import type { Schemas } from "../api/client";
import { useAskJob, useJob } from "../api/lake";
import { useMe } from "../api/session";
import { JobCard } from "../data/job-card";
import { MANAGE } from "../data/words";
import { Failure } from "../parts/failure";
import { Empty } from "../parts/states";
import { Wide } from "../parts/wide";
import { useSetParams } from "./questions";
import { changes, inForce, plain, section, shown } from "./values";

type Param = Schemas["ParamView"];

/** How far a parameter may be moved. */
function range({ choices, min, max }: Param): string {
  if (choices.length) return choices.join("、");
  return min || max ? `${min ?? "不限"} 至 ${max ?? "不限"}` : "—";
}

interface FieldProps {
  param: Param;
  value: string;
  onChange: (text: string) => void;
}

/** A field for another value, as the default is written. */
function Field({ param, value, onChange }: FieldProps) {
  const label = `${param.name}的试算值`;
  const kind = plain(param.default);
  if (typeof kind === "number") {
    const bound = (text: string | null | undefined) => (text ? { edge: Number(text) } : {});
    const [min, max] = [bound(param.min).edge, bound(param.max).edge];
    return (
      <InputNumber<string>
        stringMode
        aria-label={label}
        value={value}
        {...(min === undefined ? {} : { min: String(min) })}
        {...(max === undefined ? {} : { max: String(max) })}
        onChange={(number) => onChange(number ?? "")}
      />
    );
  }
  const options =
    typeof kind === "boolean"
      ? [
          { value: "true", label: "是" },
          { value: "false", label: "否" },
        ]
      : param.choices.map((one) => ({ value: one, label: one }));
  if (options.length === 0 || Array.isArray(kind)) {
    return <Input aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <Select aria-label={label} style={{ width: 120 }} value={value} onChange={onChange} options={options} />
  );
}

interface KeepProps {
  rule: string;
  values: Record<string, string>;
  onKept: () => void;
}

/** Values that were tried, kept by whoever is in charge. */
function Keep({ rule, values, onKept }: KeepProps) {
  const { message } = App.useApp();
  const work = useSetParams();
  const keep = () =>
    work.mutate(
      { rule, values },
      {
        onSuccess: () => {
          onKept();
          message.success("已保存，下一次筛查起使用新值");
        },
      },
    );
  return (
    <>
      <Failure error={work.error} onRetry={keep} />
      <div className="filters">
        <Button type="primary" loading={work.isPending} disabled={work.isSuccess} onClick={keep}>
          采用试算值
        </Button>
        <span className="hint">写入本地规则文件夹的 params.toml，留下记录；下一次筛查起使用</span>
      </div>
    </>
  );
}

/** What was tried last. */
interface Trial {
  job?: string;
  tried: Record<string, string>;
}

export function Params({ rule }: { rule: Schemas["RuleView"] }) {
  const me = useMe();
  const manages = MANAGE.includes(me.role);
  const [given, setGiven] = useState<Record<string, string>>({});
  const [{ job, tried }, setTrial] = useState<Trial>({ tried: {} });
  const ask = useAskJob();
  const followed = useJob(job).data;
  const values = changes(rule.params, given);
  const many = Object.keys(values).length;
  const keeps = rule.keeps && me.role === "head";
  // Who cannot keep values has had all that they are good for once they were tried.
  useUnsaved(many > 0 && (keeps || JSON.stringify(values) !== JSON.stringify(tried)));
  const start = () =>
    ask.mutate(
      { kind: "effect", rule: rule.name, values },
      { onSuccess: ({ id }) => setTrial({ job: id, tried: values }) },
    );
  return (
    <div className="stack">
      <Wide label="参数" fits>
        <Table<Param>
          size="small"
          rowKey="name"
          pagination={false}
          dataSource={rule.params}
          locale={{ emptyText: <Empty title="这条规则没有可调的参数" /> }}
          columns={[
            {
              title: "参数",
              dataIndex: "name",
              render: (name: string) => <span className="code">{name}</span>,
            },
            { title: "含义", dataIndex: "meaning" },
            { title: "默认值", align: "right", render: (_, one) => shown(one.default) },
            {
              title: "本地值",
              align: "right",
              render: (_, one) => (one.site ? shown(one.site) : "同默认值"),
            },
            { title: "可调范围", render: (_, one) => range(one) },
            ...(manages
              ? [
                  {
                    title: "试算值",
                    width: 160,
                    render: (_: unknown, one: Param) => (
                      <Field
                        param={one}
                        value={given[one.name] ?? inForce(one)}
                        onChange={(text) => setGiven({ ...given, [one.name]: text })}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Wide>
      {manages && rule.params.length > 0 && (
        <div className="filters">
          <Button disabled={many === 0} loading={ask.isPending} onClick={start}>
            试算
          </Button>
          <span className="hint">
            {many === 0
              ? "改动试算值后，可以先看对现有数据的影响；试算不写入任何结果"
              : `改动了 ${many} 个参数；试算用最新版本的数据，不写入任何结果`}
          </span>
        </div>
      )}
      <Failure error={ask.error} onRetry={start} />
      {followed && <JobCard job={followed} />}
      {followed?.state === "done" && keeps && (
        <Keep key={followed.id} rule={rule.name} values={tried} onKept={() => setGiven({})} />
      )}
      {followed?.state === "done" && !keeps && (
        <div>
          <p className="hint">
            {rule.keeps ? "采用的，由主要负责人在本页保存，或者" : "采用的，"}
            由系统管理员把下面各行写入本地规则文件夹（服务器配置 [lake] 的 site）中的
            params.toml；这条规则已有一节的，改其中的值。下一次筛查起使用新值。
          </p>
          <pre className="code fixtures">{section(rule.name, followed.asked)}</pre>
        </div>
      )}
    </div>
  );
}
