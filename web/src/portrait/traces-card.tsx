// Trace codes of an institution: how many it bought, sold and took back, and those that were sold more than once.

import { Card, Descriptions, Table } from "antd";
import type { Schemas } from "../api/client";
import { count } from "../format/money";
import { counted } from "../parts/figures";
import { Empty } from "../parts/states";

type Twice = Schemas["TracedTwice"];

export function Traces({ traces }: { traces: Schemas["PortraitTraces"] }) {
  const { purchases, sales, returns, twice, codes } = traces;
  return (
    <Card size="small" title="追溯码">
      {purchases + sales + returns === 0 ? (
        <Empty title="没有该机构的追溯码记录">
          导入追溯码流水（trace 表）后，这里显示购进、销售、退回的数量和重复销售的追溯码。
        </Empty>
      ) : (
        <>
          <Descriptions
            size="small"
            column={{ xs: 1, md: 4 }}
            items={[
              { key: "purchases", label: "购进", children: `${count(purchases)} 条` },
              { key: "sales", label: "销售", children: `${count(sales)} 条` },
              { key: "returns", label: "退回", children: `${count(returns)} 条` },
              { key: "twice", label: "重复销售的追溯码", children: `${count(twice)} 个` },
            ]}
          />
          {codes.length > 0 && (
            <Table<Twice>
              size="small"
              rowKey="code"
              pagination={false}
              dataSource={codes}
              columns={[
                { title: "追溯码", dataIndex: "code", className: "code" },
                { title: "国家编码", dataIndex: "good", className: "code" },
                counted("销售次数", "sales"),
                counted("退回次数", "returns"),
                counted("销售机构", "places"),
                counted("购药人数", "people"),
                { title: "首次销售", dataIndex: "first" },
                { title: "末次销售", dataIndex: "last" },
              ]}
            />
          )}
          <p className="hint">
            一盒一码：本机构卖过、在各机构合计卖出多于退回一次以上的追溯码；拆零销售的不算。
            {twice > codes.length && `只列出销售最多的 ${codes.length} 个。`}
          </p>
        </>
      )}
    </Card>
  );
}
