// Complaints at the desk, and inspections from plan to follow-up.

import { Tabbed } from "../parts/tabbed";

export function Field() {
  return (
    <Tabbed
      title="举报与检查"
      tabs={[
        {
          machine: "complaint",
          title: "投诉举报",
          keys: ["title", "state", "subject", "region", "organisation", "due", "begun"],
          empty: "接收举报后，会显示在这里。举报人身份另行密封，任何列表、文书和导出中都没有。",
        },
        {
          machine: "inspection",
          title: "监督检查",
          keys: ["title", "state", "institution", "region", "organisation", "due", "begun"],
          empty: "检查列入年度计划后，会显示在这里。",
        },
      ]}
    />
  );
}
