// What an office keeps beside its matters: draws by lot, exports of personal data by two people, commissions, the head of its papers.

import { Tabs } from "antd";
import { useSearchParams } from "react-router";
import { tabOf } from "../parts/tab";
import { Commissions } from "./commissions";
import { Draws } from "./draws";
import { Exports } from "./exports";
import { LetterheadForm } from "./letterhead";

const TABS = [
  { key: "draws", label: "抽签", children: <Draws /> },
  { key: "exports", label: "个人信息导出", children: <Exports /> },
  { key: "commissions", label: "委托", children: <Commissions /> },
  { key: "letterhead", label: "文书抬头", children: <LetterheadForm /> },
];

export function Desk() {
  const [asked, setAsked] = useSearchParams();
  return (
    <div className="screen">
      <div className="title">
        <h1>本单位事务</h1>
      </div>
      <Tabs
        destroyOnHidden
        activeKey={tabOf(TABS, asked)}
        onChange={(tab) => setAsked({ tab })}
        items={TABS}
      />
    </div>
  );
}
