// That a case may have to go to the police: amount, threshold and basis, what speaks for the purpose, and that people decide.

import { Alert } from "antd";
import type { Schemas } from "../api/client";
import { yuan } from "../format/money";

/** A threshold in words, the one that is reached marked by a word and not by colour alone. */
export function thresholdWords(
  one: Pick<Schemas["TransferThreshold"], "id" | "title" | "amount">,
  reached: string,
): string {
  return `${one.title} ${yuan(one.amount)} 元${one.id === reached ? "（已达到）" : ""}`;
}

export function TransferPrompt({ hint }: { hint: Schemas["TransferHint"] }) {
  const reached = hint.thresholds.find((one) => one.id === hint.reached);
  return (
    <Alert
      type="warning"
      showIcon
      title={`提示：${hint.words}`}
      description={
        <ul className="plainlist">
          <li>
            金额：{yuan(hint.amount)} 元（{hint.amount_of}）
          </li>
          <li>本地区标准：{hint.thresholds.map((one) => thresholdWords(one, hint.reached)).join("，")}</li>
          <li>
            依据：{reached?.basis} <span className="hint">{reached?.note}</span>
          </li>
          {hint.purpose.map((line) => (
            <li key={line}>骗取目的：{line}</li>
          ))}
          <li>{hint.decided_by}</li>
        </ul>
      }
    />
  );
}
