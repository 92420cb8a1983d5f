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
/** Chapters of the library: whom its rules are about. */
export const CHAPTERS: Words = {
  institution: "医疗机构",
  pharmacy: "零售药店",
  insured: "参保人",
  gang: "团伙",
  "cross-region": "异地就医",
  agency: "经办机构",
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
  decision: "与本案的决定种类不符",
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
  grade: "查看机构评级",
  inspections_due: "查看检查安排",
  take_form: "下载离线检查表",
  look_at_form: "核对离线检查表",
  inspection_plan: "查看年度检查计划",
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
  deliver_data: "报送部门数据",
  withdraw_delivery: "撤回部门数据",
  match_data: "比对部门数据",
  expire_delivery: "部门数据到期删除",
  commission: "委托第三方",
  end_commission: "终止委托",
  verify_audit: "核验审计记录",
  export_audit: "导出审计记录",
  anchor_audit: "取审计锚点",
  configure: "查看运行参数",
  close_table: "封存台账",
  correct_table: "更正台账",
  approve_export: "批准导出",
  refuse_export: "不批准导出",
  open_personal_data: "打开个人信息",
  open_informant: "打开举报人信息",
  ask_export: "申请导出个人信息",
  ask_job: "发起数据任务",
  begin_draw: "公布抽签摘要",
  begin_job: "开始数据任务",
  behind: "查看数字后的记录",
  cancel_job: "停止数据任务",
  discard_claim_file: "删除待导入文件",
  draw: "抽签",
  end_job: "数据任务结束",
  export_audit_end: "审计记录导出结束",
  export_quarantine: "导出退回的行",
  figures: "查看统计",
  history: "查看操作记录",
  issue_paper: "出具文书",
  list_claim_files: "查看待导入文件",
  list_exports: "查看导出申请",
  list_files: "查看文件目录",
  list_papers: "查看文书目录",
  manage_data: "管理数据",
  mend_quarantine: "更正退回的行",
  pass_time: "期限随时间推移",
  peers: "查看同类比较",
  points_standing: "查看记分",
  portrait: "查看画像",
  preview_paper: "预览文书",
  prove_evidence: "核验证据",
  prove_file: "核验文件",
  read_batch: "查看导入批次",
  read_batches: "查看导入批次",
  read_data: "查看数据",
  read_draw: "查看抽签",
  read_file: "查看文件",
  read_lake: "查看数据情况",
  read_paper: "查看文书",
  read_quarantine: "查看退回的行",
  read_run: "查看筛查运行",
  read_runs: "查看筛查运行",
  read_screened: "查看本机构筛查结果",
  read_versions: "查看数据版本",
  renew_password: "更新口令的保存形式",
  save_view: "保存视图",
  send_claim_file: "上传待导入文件",
  set_letterhead: "设置文书抬头",
  set_params: "调整规则参数",
  take_export: "领取导出",
  timeline: "查看时间轴",
  rotate_key: "更换密钥",
  use_key: "启用新密钥",
  reseal: "以新密钥重新加密",
  migrate: "升级数据库",
  backup: "备份",
  backup_end: "备份结束",
  check_backup: "核验备份",
  check_backup_end: "核验备份结束",
  restore: "恢复",
};
