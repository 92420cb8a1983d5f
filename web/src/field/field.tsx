// Complaints at the desk, inspections from plan to follow-up, and whom to inspect.

import { Button } from "antd";
import { useSearchParams } from "react-router";
import { useMe } from "../api/session";
import { Tabbed } from "../parts/tabbed";
import { InspectionBoard } from "./inspection-board";

export function Field() {
  const me = useMe();
  const [asked, setAsked] = useSearchParams();
  const leads = me.department === "insurance" && ["team_lead", "head"].includes(me.role);
  if (leads && asked.get("view") === "board")
    return <InspectionBoard onBack={() => setAsked({ tab: "inspection" })} />;
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
          beside: leads && (
            <Button onClick={() => setAsked({ tab: "inspection", view: "board" })}>检查安排</Button>
          ),
        },
      ]}
    />
  );
}
