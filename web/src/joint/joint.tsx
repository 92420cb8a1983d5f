// Work between departments: referrals, meetings, listed supervision, reports.

import { useMe } from "../api/session";
import { Tabbed } from "../parts/tabbed";

const KEYS = ["title", "state", "region", "organisation", "due", "begun", "changed"];

export function Joint() {
  const { department } = useMe();
  const reports = ["insurance", "police"].includes(department);
  return (
    <Tabbed
      title="部门协同"
      tabs={[
        {
          machine: "referral",
          title: "部门移送",
          keys: KEYS,
          empty: "向其他部门移送，或者收到其他部门的移送后，会显示在这里。",
        },
        {
          machine: "meeting",
          title: "联席会议",
          keys: KEYS,
          empty: "召集联席会议后，会显示在这里；会议决定成为各部门的任务。",
        },
        {
          machine: "listed_supervision",
          title: "挂牌督办",
          keys: KEYS,
          empty: "提出挂牌督办后，会显示在这里。",
        },
        ...(reports
          ? [{ machine: "report", title: "报送", keys: KEYS, empty: "到了报送期，报送事项会显示在这里。" }]
          : []),
      ]}
    />
  );
}
