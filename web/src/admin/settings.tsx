// What the server runs with.

import { useQuery } from "@tanstack/react-query";
import { Descriptions } from "antd";
import { api, told } from "../api/client";
import { Failure } from "../parts/failure";
import { Loading } from "../parts/states";

const FACTORS: Record<string, string> = {
  everybody: "所有人",
  administrators: "三员",
  chosen: "自愿设置的人",
};

export function SettingsTable() {
  const found = useQuery({ queryKey: ["settings"], queryFn: () => told(api.GET("/api/v1/settings")) });
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading what="运行参数" />;
  const settings = found.data;
  return (
    <Descriptions
      bordered
      size="small"
      column={2}
      items={[
        { key: "version", label: "程序版本", children: settings.version },
        {
          key: "database",
          label: "数据库",
          children: `${settings.database === "sqlite" ? "SQLite" : "PostgreSQL"}，结构版本 ${settings.form}`,
        },
        { key: "tls", label: "加密传输", children: settings.tls ? "已启用" : "未启用，仅供本机访问" },
        {
          key: "factor",
          label: "须用动态口令",
          children: FACTORS[settings.second_factor] ?? settings.second_factor,
        },
        { key: "idle", label: "无操作后退出", children: `${Math.round(settings.idle_seconds / 60)} 分钟` },
        {
          key: "longest",
          label: "一次登录最长",
          children: `${Math.round(settings.longest_seconds / 3600)} 小时`,
        },
        {
          key: "body",
          label: "一次提交上限",
          children: `${Math.round(settings.body_bytes / 1024 / 1024)} MiB`,
        },
        { key: "policies", label: "权限策略", children: `${settings.policies} 条` },
        { key: "limits", label: "法定期限", children: `${settings.limits} 项` },
      ]}
    />
  );
}
