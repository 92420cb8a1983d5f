// The grade of an institution with its sum: what is on record of it, how often that has it inspected, and when next.

import { useQuery } from "@tanstack/react-query";
import { Card, Descriptions, Table } from "antd";
import { api, asApiError, type Schemas, told } from "../api/client";
import { count } from "../format/money";
import { Failure } from "../parts/failure";
import { counted } from "../parts/figures";
import { Sign, type Tone } from "../parts/sign";

type Graded = Schemas["InstitutionGrade"];

const TONES: Record<string, Tone> = { A: "green", B: "blue", C: "orange", D: "red" };

/** A grade in words. */
export function GradeSign({ one }: { one: Pick<Graded, "grade" | "title"> }) {
  return (
    <Sign tone={TONES[one.grade]}>
      {one.grade} {one.title}
    </Sign>
  );
}

/** When the next inspection is due, in words. */
export function nextWords({ next, due, under_way }: Pick<Graded, "next" | "due" | "under_way">): string {
  if (!next) return "不要求定期检查";
  const way = under_way > 0 ? `，已列入计划或者在办 ${under_way} 次` : "";
  return `${next} 前${due ? "（已到期）" : ""}${way}`;
}

export function GradeCard({ institution }: { institution: string }) {
  const found = useQuery({
    queryKey: ["institution-grade", institution],
    queryFn: () => told(api.GET("/api/v1/boards/institution-grade", { params: { query: { institution } } })),
    retry: false,
  });
  // Whoever may not count all that a grade rests on is told none.
  if (found.error && [403, 404].includes(asApiError(found.error).status)) return null;
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  const one = found.data;
  if (!one) return null;
  const { records } = one;
  return (
    <Card size="small" title="机构等级与检查频次">
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          { key: "grade", label: "等级", children: <GradeSign one={one} /> },
          { key: "score", label: "得分", children: `${one.score} 分` },
          { key: "inspections", label: "检查频次", children: `每年 ${one.inspections} 次` },
          { key: "last", label: "上次检查", children: one.last ?? `${one.from} 以来没有` },
          { key: "next", label: "下次检查", children: nextWords(one) },
          { key: "inspected", label: "已检查", children: `${one.inspected} 次（${one.from} 以来）` },
          {
            key: "records",
            label: "记录",
            span: "filled",
            children: `线索 ${count(records.clues)} 条（未办结 ${count(records.open_clues)} 条），案件 ${count(records.cases)} 件，检查 ${count(records.inspections)} 次，自查 ${count(records.self_checks)} 次`,
          },
        ]}
      />
      <Table<Schemas["GradePart"]>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={one.parts}
        columns={[
          { title: "扣分项", dataIndex: "title" },
          counted("件数", "count"),
          counted("每件扣分", "points"),
          {
            title: "扣分",
            key: "off",
            align: "right",
            render: (_: unknown, part) => count(part.count * part.points),
          },
        ]}
      />
      <p className="hint">
        {one.steps.join("；")}。依据：{one.basis}。{one.note}
      </p>
    </Card>
  );
}
