// Administration, parted among three: accounts and organisations, the trail, the running system.

import { Tabs } from "antd";
import { useMe } from "../api/session";
import { Calendars } from "../law/calendars";
import { Limits } from "../law/limits";
import { MeasuresOfLaw } from "../law/measures";
import { Policies } from "../law/policies";
import { role } from "../words/domain";
import { Accounts } from "./accounts";
import { Backups } from "./backups";
import { Keys } from "./keys";
import { Organisations } from "./organisations";
import { Proof } from "./proof";
import { SettingsTable } from "./settings";
import { Trail } from "./trail";

const POLICIES = { key: "policies", label: "权限策略", children: <Policies /> };

const TABS: Record<string, { key: string; label: string; children: React.ReactNode }[]> = {
  security_administrator: [
    { key: "accounts", label: "账号", children: <Accounts /> },
    { key: "organisations", label: "单位", children: <Organisations /> },
    POLICIES,
  ],
  auditor: [
    { key: "trail", label: "审计记录", children: <Trail /> },
    { key: "proof", label: "核验", children: <Proof /> },
    POLICIES,
  ],
  system_administrator: [
    { key: "settings", label: "运行参数", children: <SettingsTable /> },
    { key: "keys", label: "密钥", children: <Keys /> },
    { key: "backups", label: "备份", children: <Backups /> },
    { key: "proof", label: "核验", children: <Proof /> },
    POLICIES,
    { key: "limits", label: "法定期限", children: <Limits /> },
    { key: "calendars", label: "工作日历", children: <Calendars /> },
    { key: "measures", label: "处理依据", children: <MeasuresOfLaw /> },
  ],
};

export function Admin() {
  const me = useMe();
  return (
    <div className="screen">
      <div className="title">
        <h1>管理</h1>
        <span className="hint">{role(me.role)}；三员分立，互不兼任，不办业务</span>
      </div>
      <Tabs items={TABS[me.role] ?? []} destroyOnHidden />
    </div>
  );
}
