// What came into an institution beside what it charged, good by good.

import { Card, Table } from "antd";
import type { Schemas } from "../api/client";
import { count } from "../format/money";
import { Sign } from "../parts/sign";
import { Empty } from "../parts/states";
import { quantity } from "./numbers";

type Line = Schemas["StockLine"];

export function Stock({ stock }: { stock: Schemas["PortraitStock"] }) {
  const { since, goods, short, lines } = stock;
  return (
    <Card size="small" title="进销存">
      {lines.length === 0 ? (
        <Empty title="没有该机构的进销存记录">
          导入该机构的进销存（stock 表）后，这里逐种比对购进数量和收费数量。
        </Empty>
      ) : (
        <>
          <p>
            自 {since} 有进销存记录起，{count(goods)} 种药品和耗材中有 {count(short)} 种收费多于购进。
          </p>
          <Table<Line>
            size="small"
            rowKey="code"
            pagination={false}
            dataSource={lines}
            columns={[
              { title: "名称", key: "name", render: (_, line) => line.name || "没有收费" },
              { title: "国家编码", dataIndex: "code", className: "code" },
              { title: "购进（净）", dataIndex: "received", align: "right", render: quantity },
              { title: "收费", dataIndex: "charged", align: "right", render: quantity },
              {
                title: "收费多于购进",
                key: "over",
                align: "right",
                render: (_, { charged, received }) =>
                  charged > received ? <Sign tone="orange">多 {quantity(charged - received)}</Sign> : "—",
              },
            ]}
          />
          <p className="hint">
            购进包括采购、调拨、赠药、盘盈，减去退货、调出、销毁、盘损。期初库存、计量单位不同和漏登记的购进也会显示为收费多于购进，须先核对。
          </p>
        </>
      )}
    </Card>
  );
}
