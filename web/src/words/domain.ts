// Words of the field that lists and headings show: one place for what the server names by codes.

import type { Department, Role } from "./generated";
import { WORDS } from "./generated";

type Words = Record<string, string>;

function from(words: Words, name: string | null | undefined): string {
  return name ? (words[name] ?? name) : "—";
}

export const department = (name: string) => from(WORDS.Department, name);
export const role = (name: string) => from(WORDS.Role, name);
export const source = (name: string) => from(WORDS.Source, name);
export const waits = (name: string) => from(WORDS.Waits, name);

export const GRADES: Words = { high: "高", middle: "中", low: "低" };
export const grade = (name: string) => from(GRADES, name);

export const SUBJECTS: Words = {
  person: "参保人",
  institution: "医疗机构",
  practitioner: "医药人员",
  pharmacy: "零售药店",
  group: "同行人群",
};
export const subjectKind = (name: string) => from(SUBJECTS, name);

export const KINDS: Words = {
  violation: "明确违规",
  suspect: "可疑",
  monitor: "重点关注",
  inconclusive: "无法判断",
};
export const COUNTING: Words = {
  none: "仅作线索，不计金额",
  line_fund: "按违规明细的统筹基金支付份额计",
  excess_fund: "按超出允许数量部分的统筹基金支付份额计",
  difference_fund: "按超出合理价格部分的统筹基金支付份额计",
  settlement_fund: "按整笔结算的统筹基金支付额计",
};
export const TABLES: Words = {
  fee: "费用明细",
  settlement: "结算",
  encounter: "就诊",
  diagnosis: "诊断",
  operation: "手术操作",
  stock: "进销存",
  trace: "追溯码流水",
  activity: "活动轨迹",
  benefit: "其他待遇",
  invoice: "电子票据",
  person: "参保人",
  institution: "定点医药机构",
  practitioner: "执业人员",
  agreement: "医保协议",
};
export const SECRECY: Words = { "1": "公开", "2": "内部", "3": "敏感", "4": "核心" };
export const OUTCOMES: Words = { done: "已办", refused: "拒绝", read: "查阅" };

/** Why an act is closed to the one who looks, where no policy says it. */
export const CLOSED_BY: Words = {
  state: "当前状态下不能办理",
  department: "不属于本部门的职责",
  no_permit: "没有办理这一操作的权限",
  ended: "事项已终结",
  act: "相应的操作还没有办理",
};

/** Departments and roles as lists of choices. */
export const DEPARTMENTS = Object.entries(WORDS.Department) as [Department, string][];
export const ROLES = Object.entries(WORDS.Role) as [Role, string][];

/** National field names beside our words, shown as hints. */
export const FIELD_HINTS: Words = {
  subject: "psn_no / fixmedins_code / prac_psn_code",
  institution: "fixmedins_code",
  region: "admdvs",
  amount: "fund_pay_sumamt 中涉及的部分",
};

/** Acts of the system itself, as the trail names them. */
export const SYSTEM_ACTS: Words = {
  sign_in: "登录",
  sign_out: "退出登录",
  end_session: "退出登录",
  change_password: "修改口令",
  set_second_factor: "设置动态口令",
  read: "查阅",
  list: "列表",
  count: "统计",
  export: "导出",
  push: "交办筛查线索",
  act: "办理",
  create: "建立",
  begin: "初始化",
  add_account: "新建账号",
  change_account: "变更账号",
  disable: "停用账号",
  enable: "启用账号",
  reset: "重置口令",
  disable_account: "停用账号",
  enable_account: "启用账号",
  reset_account: "重置口令",
  add_organisation: "登记单位",
  manage_users: "管理账号",
  read_audit: "查阅审计记录",
  verify_audit: "核验审计记录",
  export_audit: "导出审计记录",
  anchor_audit: "取审计锚点",
  configure: "查看运行参数",
  migrate: "升级数据库",
  backup: "备份",
  restore: "恢复",
};
