// The data of the lake: files in, quality, refused rows, runs, the work that is under way, versions.

import { Tabs } from "antd";
import { lazy, Suspense } from "react";
import { useSearchParams } from "react-router";
import { asApiError } from "../api/client";
import { useLake } from "../api/lake";
import { useMe } from "../api/session";
import { count } from "../format/money";
import { FailedScreen } from "../parts/failure";
import { Loading } from "../parts/states";
import { tabOf } from "../parts/tab";
import { Intake } from "./intake";
import { Jobs } from "./jobs";
import { Quality } from "./quality";
import { Quarantine } from "./quarantine";
import { Runs } from "./runs";
import { Versions } from "./versions";
import { MANAGE } from "./words";

// It draws; whoever keeps the data need not load that.
const Elsewhere = lazy(async () => ({ default: (await import("./elsewhere")).Elsewhere }));

export function Data() {
  const me = useMe();
  const [asked, setAsked] = useSearchParams();
  const lake = useLake();
  if (lake.error && asApiError(lake.error).status === 403) {
    return (
      <Suspense fallback={<Loading what="数据" />}>
        <Elsewhere error={lake.error} />
      </Suspense>
    );
  }
  if (lake.error) return <FailedScreen error={lake.error} onRetry={() => void lake.refetch()} />;
  // Whoever may not see it is told so, and nothing more of it is asked for.
  if (lake.isPending) {
    return (
      <div className="screen">
        <Loading what="数据" />
      </div>
    );
  }
  const manages = MANAGE.includes(me.role);
  const tabs = [
    ...(manages ? [{ key: "intake", label: "上传导入", children: <Intake /> }] : []),
    { key: "quality", label: "质量报告", children: <Quality /> },
    ...(manages ? [{ key: "quarantine", label: "退回的行", children: <Quarantine /> }] : []),
    { key: "runs", label: "筛查运行", children: <Runs manages={manages} /> },
    { key: "jobs", label: "任务", children: <Jobs manages={manages} /> },
    { key: "versions", label: "版本", children: <Versions /> },
  ];
  return (
    <div className="screen">
      <div className="title">
        <h1>数据</h1>
        <State />
      </div>
      <Tabs
        items={tabs}
        activeKey={tabOf(tabs, asked)}
        onChange={(tab) => setAsked({ tab }, { replace: true })}
        destroyOnHidden
      />
    </div>
  );
}

/** What lies in the lake now, in a line; all tables beneath. */
function State() {
  const lake = useLake();
  if (!lake.data) return <span className="hint">正在读取数据情况</span>;
  if (!lake.data.there) return <span className="hint">还没有导入任何数据</span>;
  const rows = (name: string) => lake.data.tables.find((table) => table.table === name)?.rows ?? 0;
  return (
    <span className="hint">
      第 {lake.data.version} 版，{lake.data.batches} 个批次；参保人 {count(rows("person"))} 人，结算{" "}
      {count(rows("settlement"))} 笔，费用明细 {count(rows("fee"))} 行
    </span>
  );
}
