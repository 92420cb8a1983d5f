// What rules and the items that they cover are called in a breakdown.

import { useCallback } from "react";
import { useRules } from "../rules/questions";
import { covered } from "../rules/words";

export function useTitles(): { rule: (name: string) => string; item: (id: string) => string } {
  const rules = useRules().data;
  const rule = useCallback(
    (name: string) => rules?.find((one) => one.name === name)?.title ?? (name || "非筛查线索"),
    [rules],
  );
  const item = useCallback((id: string) => (id ? `${id} ${covered(id).words}` : "未对应条目"), []);
  return { rule, item };
}
