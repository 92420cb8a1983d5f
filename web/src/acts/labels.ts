// What each field of each act's input is called on the screen. A field without a name does not compile.

import type { INPUTS } from "./generated";

/** How a text is chosen where it names something that the server knows. */
export type Picker =
  | "region"
  | "region_below"
  | "organisation"
  | "account"
  | "institution"
  | "measure"
  | "event"
  | "repair"
  | "limit"
  | "extension"
  | "stage"
  | "crime"
  | "link_kind"
  | "trace_kind";

export interface Label {
  label: string;
  hint?: string;
  picker?: Picker;
  /** Filled in from what one came from; not asked. */
  given?: boolean;
}

type Labels = { [Name in keyof typeof INPUTS]: { [Field in keyof (typeof INPUTS)[Name]]: string | Label } };

const receipt = { label: "送达回证编号", hint: "没有送达回证的，不算已送达" };
const paper = "文书编号";
const institution = { label: "定点医药机构", picker: "institution" } as const;
const due = "完成期限";
const department = "部门";
const toRegion = { label: "地区", picker: "region" } as const;
const digests = { label: "附件", hint: "选择文件后只登记其摘要，文件本身不上传" };
const parts = "告知内容";
const months = "月数";
const goods = { label: "物品", hint: "每输入一件按回车" };
const statement = "陈述申辩情况";
const record = "记录编号";
const voucher = "银行凭证号";
const situation = "情形";
const what = "内容";
const result = "结果";

export const LABELS = {
  nothing: {},
  approve: { paper: { label: "审批文书编号", hint: "没有编号的批准无效" } },
  officers: {
    accounts: {
      label: "办案人员",
      picker: "account",
      hint: "两名以上，执法证在有效期内；从执法证登记中核对",
    },
  },
  recuse: { account: { label: "回避人员", picker: "account" } },
  extend: {
    limit: { label: "期限", picker: "limit" },
    extension: { label: "延长情形", picker: "extension" },
    amount: { label: "延长多少", hint: "不填即按规定的最长" },
  },
  stop_clock: { cause: "事由" },
  resume_clock: { cause: "事由" },
  open_case: {
    subject: "当事人（代码）",
    clue: { label: "来源线索", given: true },
    violation_facts: { label: "违法事实", hint: "写已经看到的，不写个人信息" },
    violation_ended: { label: "违法行为终了之日", hint: "以证据能证明的最后一日为准，追诉时效由此起算" },
    grave: { label: "涉及生命健康、金融安全且有危害后果", hint: "是的，追诉时效为五年" },
    own_jurisdiction: "属于本部门管辖",
  },
  dispute: { with: "争议单位" },
  settle_jurisdiction: { own: "由本单位管辖" },
  evidence: {
    kind: "证据种类",
    title: "名称",
    sm3: "SM3 摘要",
    sha256: "SHA-256 摘要",
    source: { label: "来源", hint: "数据行、规则与筛查批次，或者提供人" },
  },
  custody: { evidence: "第几份证据", to: { label: "移交给", picker: "account" } },
  register_goods: { items: goods },
  seal_goods: { items: goods },
  settle_goods: { holding: "第几份清单" },
  ask_help: { of: "协助单位", asked: "协助事项" },
  enter_help: { help: "第几份协查函", answer: "回复" },
  refusal: { situation, what: "经过" },
  conclude: { review_required: "依法须经法制审核", discussion_required: "依法须经集体讨论" },
  review: { passed: "审核通过", opinion: "审核意见" },
  notice: { parts, fine: "拟罚款（元）", new_facts: "依据新的事实", receipt },
  statement: { what: statement },
  ask_hearing: {},
  notify_hearing: {
    chair: { label: "听证主持人", picker: "account", hint: "不得是本案调查人员" },
    place: "地点",
  },
  hold_hearing: {},
  close_hearing: {},
  hearing_opinion: { opinion: "听证意见" },
  discuss: { opinions: "各人意见", conclusion: "讨论结论" },
  decide: {
    items: "处理处罚",
    lines: { label: "计入金额的明细", hint: "每行一个明细编号；同一明细在各案中只计一次" },
  },
  write_decision: {},
  announce: {},
  serve: { receipt },
  publish: { anonymous: "已去除个人信息" },
  overturn: { by: "依据的文书" },
  withdraw_publication: {},
  pay: { kind: "款项", account: "收款账户", amount: "金额（元）", voucher },
  closing: { ground: "结案情形" },
  suspect_crime: { crime: { label: "涉嫌罪名条款", picker: "crime" } },
  open_transfer: { case: { label: "案件", given: true }, crime: { label: "涉嫌罪名条款", picker: "crime" } },
  team: { accounts: { label: "专案组成员", picker: "account", hint: "两名以上" } },
  transfer_report: { paper: "书面报告编号" },
  send: {
    enclosures: { label: "随附材料", hint: "五项均须勾选；没有的写明没有" },
    to: { label: "受移送单位", picker: "organisation" },
    same_level: "同级公安机关",
    letter: "移送书编号",
  },
  sign_receipt: {},
  ask_supplement: { items: { label: "须补充的材料", hint: "每输入一项按回车" } },
  supplement: { items: { label: "已补充的材料", hint: "每输入一项按回车" } },
  reroute: { to: { label: "转送单位", picker: "organisation" } },
  police_answer: { paper: "书面答复编号", file_returned: "案卷材料一并退回" },
  hand_over: { goods },
  stage: { stage: { label: "办理进度", picker: "stage" } },
  open_clue: {
    source: "来源",
    subject: "对象（代码）",
    key: { label: "重复识别号", hint: "同一事由与对象用同一个，便于并案" },
    amount: "涉及金额（元）",
    severity: { label: "严重程度", hint: "1 轻微，2 一般，3 严重" },
    grade: { label: "风险等级", hint: "1 高，2 中，3 低" },
  },
  refresh: { amount: "涉及金额（元）", grade: "风险等级" },
  merge: { into: "并入的线索编号" },
  pass_on: { to: "转往单位" },
  link: { kind: { label: "关联什么", picker: "link_kind" }, id: "代码或者编号" },
  dispatch: {
    to: { label: "分办到", picker: "region_below", hint: "逐级分办，只能到下一级" },
    due: { label: "反馈期限" },
  },
  answer: {
    outcome: "核查结论",
    facts: { label: "核查事实", hint: "查实的写事实，无法查清的写缺什么；不写姓名和证件号码" },
    found: "核实金额（元）",
    steps: "处理措施",
    attachments: digests,
  },
  report_up: {},
  send_back: {},
  spot_check: { draw: "抽签编号" },
  cross_check: { region: toRegion },
  complaint: {
    channel: "举报方式",
    named: "实名举报",
    informant: "举报人（另行密封）",
    target_is_person: "被举报对象为自然人",
    token: { label: "举报人保密编号", hint: "举报人身份另行密封，这里只填密封后的编号；匿名的留空" },
    target: "被举报对象（代码）",
    content: { label: "举报内容", hint: "不写举报人的任何信息" },
    evidence: "有具体线索或者证据",
  },
  complaint_clue: { clue: "线索编号" },
  complaint_outcome: { proved: "查证属实", value: "案值（元）" },
  tell: { paper },
  reward: {
    amount: "奖励金额（元）",
    known: "主要事实事先已掌握",
    first: "最先举报",
    staff: "举报人为相关工作人员",
  },
  tell_reward: { code_sm3: { label: "领奖密码的 SM3 摘要", hint: "密码只告知举报人本人" } },
  claim: { code: "领奖密码" },
  pay_reward: { voucher },
  referral: {
    to: department,
    to_region: toRegion,
    content: "移送事项",
    asked: "请对方办理",
    linked: { label: "关联线索或者案件编号", given: true },
    due,
  },
  refuse_referral: {},
  redirect: { to: department, to_region: toRegion, due },
  referral_result: { result, amount: "涉及金额（元）" },
  listed: {
    matters: { label: "督办事项编号", hint: "每输入一个按回车" },
    duty_region: { label: "责任地区", picker: "region" },
    authorities: { label: "督办单位", hint: "一个或者两个" },
    due,
  },
  agree: {},
  progress: { what: "进展" },
  listed_result: { result },
  agree_to_lift: {},
  move_due: { day: "改为" },
  meeting: { topic: "议题", departments: "参加部门" },
  minutes: { minutes: "会议纪要" },
  task: { what: "任务", who: department, due },
  task_result: { task: "第几项任务", result },
  plan_inspection: { kind: "检查方式", institution, plan: "年度计划项目" },
  draw: { draw: "抽签编号", accounts: { label: "抽中的检查人员", picker: "account" } },
  inspection_notice: { paper: "检查通知书编号" },
  site_record: { sm3: { label: "现场记录", hint: "选择记录文件，登记其 SM3 摘要" } },
  finding: { item: "检查指南条目", facts: "看到的情况", evidence: digests, amount: "金额（元）" },
  none_found: { words: "检查了什么" },
  institution_statement: { statement: { label: "机构说明", hint: "机构不作说明的，写明不作说明" } },
  hand_over_inspection: { region: toRegion },
  finding_result: { finding: "第几项问题", result },
  inspection_answer: { answer: "检查结果" },
  follow_up: { what: "复查情况" },
  self_check: {
    institution,
    field: { label: "领域", hint: "如：血液透析、骨科、心血管内科" },
    items: { label: "问题清单条目", hint: "每输入一条按回车" },
    variant: { label: "专项期限", hint: "没有专项要求的留空" },
  },
  check_answer: {
    item: "问题条目",
    found: "查到问题",
    lines: "涉及明细数",
    amount: "涉及金额（元）",
    facts: "自查情况",
  },
  refund: { amount: "退回金额（元）", voucher },
  correct: { item: "问题条目", correction: "整改情况" },
  return_check: {},
  review_check: {},
  report: { period: { label: "报送期", hint: "如：2026年第1季度" } },
  report_sent: { sm3: { label: "报送文件", hint: "选择文件，登记其 SM3 摘要" } },
  report_correction: {},
  trace_plan: { institution, kind: { label: "机构类别", picker: "trace_kind" } },
  keep: { what: "留存内容", sm3: { label: "留存文件", hint: "选择文件，登记其 SM3 摘要" } },
  points: {
    practitioner: "医药人员代码",
    institution,
    event: { label: "记分情形", picker: "event" },
    responsibility: "责任程度",
    points: "记分",
    facts: "事实",
  },
  decide_points: {},
  contest_points: { what },
  suspend_qualification: { months },
  repair: { kind: { label: "修复方式", picker: "repair" } },
  restore_qualification: {},
  person: {
    person: { label: "参保人编号", hint: "只填系统编号，不填姓名和证件号码" },
    measure: { label: "违反的条款", picker: "measure" },
    facts: "事实",
  },
  talk: { record },
  educate: { record },
  restrict: { measures: "信用措施" },
  person_notice: { parts },
  person_statement: { what: statement },
  person_months: { months },
  person_urgent: { situation, what: "经过" },
  contest_person: { what },
  agreement: { institution, breach: "违约事实" },
  agreement_statement: { what: statement },
  agreement_measures: { measures: "处理措施", money: "款项" },
  contest_agreement: { paper: "申请书或者起诉状编号", suit: "提起诉讼" },
  coordination: { what },
  agreement_result: { result },
  summary: { subject: "当事人（代码）", person: "当事人是个人", fine: "罚款（元）" },
  collect: {},
  hand_in: { paper: "缴款凭证编号" },
  record_summary: { paper: "备案编号" },
  add_person: {
    role: "身份",
    name: "姓名",
    certificate: "证件号码",
    phone: "联系电话",
    address: "地址",
    account: "银行账户",
    instead_of: "替换第几名",
  },
  sanction: {
    subject: "机构代码或者人员编号",
    measure: { label: "依据条款", picker: "measure" },
    department: { label: "暂停的科室", hint: "禁业的留空" },
    months,
    case: { label: "作出决定的案件", given: true },
  },
} satisfies Labels;

/** The label of a field. */
export function labelOf(input: keyof typeof INPUTS, field: string): Label {
  const known = (LABELS[input] as Record<string, string | Label>)[field];
  if (known === undefined) return { label: field };
  return typeof known === "string" ? { label: known } : known;
}
