// Self-checks: a list of problems for an institution, its answers item by item, refunds and corrections.

import { useMe } from "../api/session";
import { Tabbed } from "../parts/tabbed";

export function SelfChecks() {
  const { department } = useMe();
  return (
    <Tabbed
      title="自查自纠"
      tabs={[
        {
          machine: "self_check",
          title: "自查自纠",
          keys: ["title", "state", "amount", "institution", "region", "due", "changed"],
          empty:
            department === "institution"
              ? "医保部门下发自查问题清单后，会显示在这里；逐条作答，退回违规费用，写明整改。"
              : "向机构下发问题清单后，会显示在这里。",
        },
      ]}
    />
  );
}
