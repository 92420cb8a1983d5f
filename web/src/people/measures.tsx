// Agreements, points of practitioners, measures for insured people, sanctions, trace codes.

import { useMe } from "../api/session";
import { Tabbed } from "../parts/tabbed";

const KEYS = ["title", "state", "subject", "institution", "region", "organisation", "due", "changed"];
const TABS = [
  { machine: "agreement", title: "协议处理", empty: "经办机构登记违约后，会显示在这里。" },
  { machine: "points", title: "支付资格记分", empty: "对医药人员提出记分后，会显示在这里。" },
  { machine: "person_measure", title: "参保人处理", empty: "对参保人提出处理后，会显示在这里。" },
  { machine: "sanction", title: "暂停与禁业", empty: "决定责令暂停、禁业后，会显示在这里。" },
  { machine: "summary_penalty", title: "当场处罚", empty: "当场作出处罚后，会显示在这里。" },
  { machine: "trace_plan", title: "追溯码实施", empty: "机构纳入追溯码实施后，会显示在这里。" },
].map((tab) => ({ ...tab, keys: KEYS }));

export function Measures() {
  const { department } = useMe();
  const own: Record<string, string[]> = {
    institution: ["agreement", "trace_plan"],
    health: ["sanction"],
    agency: ["agreement", "points", "person_measure", "trace_plan"],
  };
  const tabs = TABS.filter((tab) => !own[department] || own[department].includes(tab.machine));
  return <Tabbed title="协议与人员" tabs={tabs} />;
}
