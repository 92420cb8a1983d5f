// Taking a delivery back: its rows are deleted at once, and why is recorded.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { api, told } from "../api/client";
import type { Delivery } from "../api/deliveries";
import { useKeyed } from "../api/keyed";
import { count } from "../format/money";
import { day } from "../format/time";
import { Because } from "../parts/because";
import { KINDS } from "./words";

export function Withdraw({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  const keyOf = useKeyed();
  const take = useMutation({
    mutationFn: ({ why }: { why: string }) => {
      const body = { why: why.trim() };
      const headers = { "Idempotency-Key": keyOf(body) };
      const params = { path: { id: delivery.id } };
      return told(api.POST("/api/v1/deliveries/{id}/withdraw", { params, headers, body }));
    },
    onSuccess: async () => {
      message.success("已撤回，数据行已删除");
      await queries.invalidateQueries({ queryKey: ["deliveries"] });
      onClose();
    },
  });
  return (
    <Because
      title="撤回部门数据"
      button="撤回并删除"
      danger
      most={200}
      extra="不写姓名、证件号码和手机号码"
      work={take}
      onClose={onClose}
    >
      <p>
        {day(delivery.at)} 推送的{KINDS[delivery.kind]}数据，{count(delivery.rows)}{" "}
        行。撤回后立即删除，不能恢复，也不再参加比对；已有的比对记录不变。
      </p>
    </Because>
  );
}
