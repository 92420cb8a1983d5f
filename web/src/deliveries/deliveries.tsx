// Data of other departments: what was delivered, by whom, for what and until when; a department hands its own over and takes it back.

import { Button, Result, Select, Switch, Table } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { type DataPurpose, type Delivery, type DeliveryKind, useDeliveries } from "../api/deliveries";
import { useNames } from "../api/matters";
import { useMe } from "../api/session";
import { count } from "../format/money";
import { day, moment } from "../format/time";
import { FailedScreen } from "../parts/failure";
import { Sign } from "../parts/sign";
import { Empty, now } from "../parts/states";
import { Wide } from "../parts/wide";
import { HandOver } from "./hand-over";
import { Withdraw } from "./withdraw";
import { delivers, KINDS, knows, PURPOSES, standing } from "./words";

/** Most deliveries of the server's list. */
const LISTED = 200;

export function Deliveries() {
  const me = useMe();
  const names = useNames();
  const found = useDeliveries(knows(me));
  const [kind, setKind] = useState<DeliveryKind>();
  const [ended, setEnded] = useState(true);
  const [handing, setHanding] = useState(false);
  const [back, setBack] = useState<Delivery>();
  if (!knows(me)) return <NotForYou />;
  if (found.error) return <FailedScreen error={found.error} onRetry={() => void found.refetch()} />;
  const may = delivers(me);
  const today = day(now());
  const all = found.data ?? [];
  const shown = all.filter((one) => (!kind || one.kind === kind) && (ended || !one.ended));
  return (
    <div className="screen">
      <div className="title">
        <h1>部门数据</h1>
        <span className="hint">
          {may
            ? "本单位推送的死亡、出入境、羁押、工伤、就业数据；证件号码只留摘要，到期自动删除"
            : "各部门推送了哪些数据；这里不显示其中的人"}
        </span>
      </div>
      <div className="filters">
        {may && (
          <Button type="primary" onClick={() => setHanding(true)}>
            推送数据
          </Button>
        )}
        <Select<DeliveryKind>
          aria-label="种类"
          allowClear
          placeholder="全部种类"
          style={{ width: 140 }}
          value={kind}
          onChange={setKind}
          options={Object.entries(KINDS).map(([value, label]) => ({ value: value as DeliveryKind, label }))}
        />
        <span>
          也看已删除的 <Switch aria-label="也看已删除的" checked={ended} onChange={setEnded} />
        </span>
        {!may && (
          <span className="hint">
            与事项中的人比对：打开<Link to="/clues">线索</Link>、<Link to="/cases">案件</Link>或者
            <Link to="/field?tab=inspection">检查</Link>，点“与部门数据比对”
          </span>
        )}
      </div>
      <Wide label="部门数据">
        <Table<Delivery>
          size="small"
          rowKey="id"
          loading={found.isPending}
          dataSource={shown}
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{
            emptyText: (
              <Empty title="没有推送的数据">
                {may
                  ? "点“推送数据”交来一批；每一批的种类、用途、期限和收下的行数列在这里。"
                  : "公安、法院、检察、卫健、财政、市场监管、数据管理部门推送后，列在这里。"}
              </Empty>
            ),
          }}
          columns={[
            { title: "推送时间", dataIndex: "at", render: moment },
            { title: "种类", dataIndex: "kind", render: (of: DeliveryKind) => KINDS[of] },
            { title: "推送单位", dataIndex: "organisation", render: names.organisation },
            {
              title: "用途",
              dataIndex: "purposes",
              render: (purposes: DataPurpose[]) => purposes.map((purpose) => PURPOSES[purpose]).join("、"),
            },
            { title: "使用至", dataIndex: "until" },
            { title: "收下（行）", dataIndex: "rows", align: "right", render: count },
            { title: "退回（行）", dataIndex: "refused", align: "right", render: count },
            {
              title: "状态",
              render: (_, one) => {
                const { word, tone } = standing(one, today);
                return (
                  <span title={one.ended ? moment(one.ended) : ""}>
                    <Sign tone={tone}>{word}</Sign>
                  </span>
                );
              },
            },
            { title: "依据", dataIndex: "why" },
            ...(may
              ? [
                  {
                    title: "操作",
                    render: (_: unknown, one: Delivery) =>
                      one.organisation === me.organisation && !one.ended ? (
                        <Button size="small" onClick={() => setBack(one)}>
                          撤回
                        </Button>
                      ) : (
                        "—"
                      ),
                  },
                ]
              : []),
          ]}
        />
      </Wide>
      {all.length >= LISTED && <p className="hint">只列出最近的 {LISTED} 批。</p>}
      {handing && <HandOver onClose={() => setHanding(false)} />}
      {back && <Withdraw key={back.id} delivery={back} onClose={() => setBack(undefined)} />}
    </div>
  );
}

/** For whoever neither delivers nor leads a bureau. */
function NotForYou() {
  return (
    <div className="screen">
      <Result
        status="info"
        title="部门数据不由您推送或者查看"
        subTitle="公安、法院、检察、卫健、财政、市场监管、数据管理部门推送，医保部门负责人查看有哪些；专案人员在所办的线索、案件、检查中写明事由后比对。"
      />
    </div>
  );
}
