// Rules and knowledge: the rules with what checking said of them, what they cover, what they know, and the procedure with its law.

import { Tabs } from "antd";
import { useSearchParams } from "react-router";
import { useMe } from "../api/session";
import { Calendars } from "../law/calendars";
import { Limits } from "../law/limits";
import { MeasuresOfLaw } from "../law/measures";
import { tabOf } from "../parts/tab";
import { Coverage } from "./coverage";
import { Feedback } from "./feedback";
import { KnowledgeTab } from "./knowledge";
import { RuleList } from "./list";
import { Machines } from "./machines";
import { RuleScreen } from "./rule";

/** Who checks clues sees the rules; all see the procedure. */
export function Rules() {
  const { department } = useMe();
  const [asked, setAsked] = useSearchParams();
  const checks = ["insurance", "agency"].includes(department);
  const rule = asked.get("rule");
  if (rule && checks) return <RuleScreen name={rule} />;
  const tabs = [
    ...(checks
      ? [
          { key: "rules", label: "规则", children: <RuleList /> },
          { key: "coverage", label: "清单覆盖", children: <Coverage /> },
          { key: "knowledge", label: "知识", children: <KnowledgeTab /> },
          { key: "feedback", label: "核查反馈", children: <Feedback /> },
        ]
      : []),
    { key: "machines", label: "办理程序", children: <Machines /> },
    { key: "limits", label: "法定期限", children: <Limits /> },
    { key: "measures", label: "处理依据", children: <MeasuresOfLaw /> },
    { key: "calendars", label: "工作日历", children: <Calendars /> },
  ];
  return (
    <div className="screen">
      <div className="title">
        <h1>规则与知识</h1>
      </div>
      <Tabs
        destroyOnHidden
        activeKey={tabOf(tabs, asked)}
        onChange={(tab) => setAsked({ tab })}
        items={tabs}
      />
    </div>
  );
}
