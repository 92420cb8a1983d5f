// Closed lists of words with their Chinese titles, written by `npm run generate`; do not edit.

export const WORDS = {
  "Department": {
    "insurance": "医保行政部门",
    "agency": "经办机构",
    "police": "公安机关",
    "procuratorate": "检察机关",
    "court": "人民法院",
    "health": "卫生健康部门",
    "finance": "财政部门",
    "market": "市场监管部门",
    "discipline": "纪检监察机关",
    "network": "网信部门",
    "data": "数据管理部门",
    "institution": "定点医药机构",
    "third_party": "受委托第三方"
  },
  "Role": {
    "handler": "经办人",
    "team_lead": "科室负责人",
    "head": "主要负责人",
    "legal_reviewer": "法制审核人员",
    "statistics": "统计人员",
    "auditor": "安全审计员",
    "security_administrator": "安全保密管理员",
    "system_administrator": "系统管理员"
  },
  "EvidenceKind": {
    "document": "书证",
    "thing": "物证",
    "audio_visual": "视听资料",
    "electronic": "电子数据",
    "witness": "证人证言",
    "party": "当事人陈述",
    "appraisal": "鉴定意见",
    "site": "勘验笔录、现场笔录"
  },
  "PersonRole": {
    "party": "当事人",
    "representative": "法定代表人或者负责人",
    "agent": "委托代理人",
    "witness": "证人",
    "insured": "参保人",
    "practitioner": "相关医务人员",
    "other": "其他相关人员"
  },
  "Matter": {
    "filing": "立案",
    "registration": "先行登记保存",
    "sealing": "封存",
    "suspension": "暂停医保基金结算",
    "stop": "中止调查",
    "decision": "处理处罚决定",
    "deferral": "暂缓或者分期缴纳",
    "closing": "结案",
    "transfer": "移送涉嫌犯罪案件",
    "reopening": "重启线索",
    "person_suspension": "暂停个人联网结算",
    "reward": "举报奖励",
    "agreement": "协议处理决定",
    "sanction": "责令暂停或者禁业"
  },
  "DecisionKind": {
    "penalty": "行政处罚",
    "no_penalty": "不予行政处罚",
    "not_established": "违法事实不能成立",
    "moved": "移送其他机关处理"
  },
  "ClosingGround": {
    "performed": "执行完毕",
    "court_accepted": "法院受理强制执行",
    "nothing_to_perform": "无须执行",
    "other": "其他应当结案的情形"
  },
  "Enclosure": {
    "letter": "涉嫌犯罪案件移送书",
    "report": "案件调查报告",
    "goods": "涉案物品清单",
    "tests": "检验报告或者鉴定结论",
    "others": "其他有关材料"
  },
  "EnclosedAs": {
    "paper": "已出具的文书",
    "file": "收存的文件",
    "original": "线下原件",
    "none": "本案没有"
  },
  "EvidenceOrigin": {
    "file": "本案收存的文件",
    "finding": "来源线索的发现",
    "outside": "系统外的原件"
  },
  "NoticePart": {
    "facts": "事实",
    "reasons": "理由",
    "basis": "依据",
    "rights": "陈述、申辩、听证的权利"
  },
  "Statement": {
    "examined": "已陈述申辩并经复核",
    "waived": "书面放弃"
  },
  "Source": {
    "screening": "大数据筛查",
    "review": "智能审核",
    "complaint": "投诉举报",
    "inspection": "监督检查",
    "superior": "上级交办",
    "referral": "部门移送",
    "self_check": "自查自纠",
    "opinion": "舆情",
    "agency": "经办核查"
  },
  "Outcome": {
    "confirmed": "查实",
    "refuted": "查否",
    "unclear": "无法查清"
  },
  "Step": {
    "corrected": "责令改正",
    "talk": "约谈",
    "returned": "追回基金",
    "agreement": "协议处理",
    "case": "立案处理",
    "police": "移送公安机关",
    "department": "移送其他部门",
    "nothing": "不予处理"
  },
  "Channel": {
    "line_12345": "12345热线",
    "telephone": "举报电话",
    "letter": "来信",
    "visit": "来访",
    "network": "网络",
    "passed": "转办"
  },
  "InspectionKind": {
    "unannounced": "飞行检查",
    "cross": "交叉检查",
    "daily": "日常检查（双随机）",
    "special": "专项检查"
  },
  "Seen": {
    "seen": "发现",
    "not_seen": "未发现",
    "not_applicable": "不适用"
  },
  "Responsibility": {
    "general": "一般责任",
    "important": "重要责任",
    "main": "主要责任"
  },
  "CreditMeasure": {
    "promise": "教育承诺",
    "chronic": "门诊慢特病资格复核",
    "named": "限定就医购药机构",
    "remote": "异地就医备案审核",
    "reminder": "智能提醒",
    "papers": "报销单据审核",
    "published": "信息公开",
    "other": "其他信用措施"
  },
  "AgreementMeasure": {
    "talk": "约谈",
    "correction": "限期整改",
    "refusal": "拒付",
    "recovery": "追回违规费用",
    "damages": "违约金",
    "halt": "中止协议",
    "end": "解除协议"
  },
  "Refusal": {
    "entry": "阻挠进入现场或者相关场所",
    "questions": "阻挠询问或者串通",
    "documents": "逾期不提供资料、数据、视频或者提供虚假资料",
    "recording": "阻挠记录、取证或者提取电子数据",
    "silence": "拒绝回答",
    "destruction": "转移、隐匿、篡改、删除资料",
    "threat": "威胁或者暴力",
    "other": "其他拒不配合的情形"
  },
  "Status": {
    "not_started": "未起算",
    "running": "计时中",
    "stopped": "中止",
    "free": "期满可办",
    "done_in_time": "按期办结",
    "done_late": "逾期办结",
    "done_early": "未满期实施",
    "breached": "逾期未办",
    "lapsed": "期满终止",
    "moot": "不再适用"
  },
  "BreachKind": {
    "late": "逾期",
    "early": "未满期",
    "skipped": "缺少先行步骤"
  },
  "MoneyKind": {
    "returned": "退回基金",
    "fined": "罚款",
    "agreement_damages": "违约金",
    "refused": "拒付"
  },
  "Account": {
    "fund": "原医疗保障基金财政专户",
    "treasury": "国库",
    "agreement": "协议约定账户",
    "unpaid": "未支付"
  },
  "Unit": {
    "hour": "小时",
    "natural_day": "日",
    "working_day": "个工作日",
    "month": "个月",
    "year": "年"
  },
  "TermKind": {
    "within": "期限内完成",
    "gate": "先行步骤",
    "least": "期满方可",
    "between": "幅度期间",
    "fixed": "固定日期",
    "every": "定期",
    "daily": "按日计算"
  },
  "Period": {
    "quarter": "每季度",
    "year": "每年"
  },
  "Stop": {
    "testing": "检测",
    "inspection": "检验",
    "appraisal": "鉴定",
    "hearing": "听证",
    "announcement": "公告",
    "expert_review": "专家评审",
    "review_or_suit": "复议、诉讼",
    "force_majeure": "不可抗力"
  },
  "Certainty": {
    "full": "全文核对",
    "secondary": "二手材料",
    "recalled": "记忆录入",
    "mixed": "部分核对"
  },
  "CalendarName": {
    "china": "国务院办公厅放假安排"
  },
  "Mode": {
    "add": "顺延",
    "to": "改为"
  },
  "Lapse": {
    "right": "届满即止，不计为逾期",
    "condition": "仅在该情形出现时适用：没有办理的，届满不计为逾期；届满后才办理的，计为逾期"
  },
  "Per": {
    "holding": "份物品清单",
    "help": "份协查函",
    "supplement": "次补正"
  },
  "Waits": {
    "head": "主要负责人审批",
    "reviewer": "法制审核",
    "another": "另一人复核",
    "receiver": "接收单位办理",
    "institution": "定点医药机构反馈",
    "insurance": "医保行政部门办理",
    "police": "公安机关办理",
    "procuratorate": "检察机关办理"
  }
} as const;

/** Fields of a matter's record: from which lists their words are. */
export const FIELD_LISTS: Record<string, (keyof typeof WORDS)[]> = {
  "parts": [
    "NoticePart"
  ],
  "statement": [
    "Statement"
  ],
  "kind": [
    "DecisionKind",
    "EvidenceKind",
    "MoneyKind",
    "InspectionKind"
  ],
  "ground": [
    "ClosingGround"
  ],
  "account": [
    "Account"
  ],
  "source": [
    "Source"
  ],
  "outcome": [
    "Outcome"
  ],
  "steps": [
    "Step"
  ],
  "channel": [
    "Channel"
  ],
  "from": [
    "Department"
  ],
  "to": [
    "Department"
  ],
  "authorities": [
    "Department"
  ],
  "agreed": [
    "Department"
  ],
  "lifted": [
    "Department"
  ],
  "departments": [
    "Department"
  ],
  "who": [
    "Department"
  ],
  "matter": [
    "Matter"
  ],
  "role": [
    "Role",
    "PersonRole"
  ],
  "refusals": [
    "Refusal"
  ],
  "responsibility": [
    "Responsibility"
  ],
  "convenience": [
    "CreditMeasure"
  ],
  "notified": [
    "NoticePart"
  ],
  "measures": [
    "AgreementMeasure"
  ],
  "seen": [
    "Seen"
  ],
  "enclosure": [
    "Enclosure"
  ],
  "form": [
    "EnclosedAs"
  ]
};

export type Department = keyof (typeof WORDS)["Department"];
export type Role = keyof (typeof WORDS)["Role"];
export type EvidenceKind = keyof (typeof WORDS)["EvidenceKind"];
export type PersonRole = keyof (typeof WORDS)["PersonRole"];
export type Matter = keyof (typeof WORDS)["Matter"];
export type DecisionKind = keyof (typeof WORDS)["DecisionKind"];
export type ClosingGround = keyof (typeof WORDS)["ClosingGround"];
export type Enclosure = keyof (typeof WORDS)["Enclosure"];
export type EnclosedAs = keyof (typeof WORDS)["EnclosedAs"];
export type EvidenceOrigin = keyof (typeof WORDS)["EvidenceOrigin"];
export type NoticePart = keyof (typeof WORDS)["NoticePart"];
export type Statement = keyof (typeof WORDS)["Statement"];
export type Source = keyof (typeof WORDS)["Source"];
export type Outcome = keyof (typeof WORDS)["Outcome"];
export type Step = keyof (typeof WORDS)["Step"];
export type Channel = keyof (typeof WORDS)["Channel"];
export type InspectionKind = keyof (typeof WORDS)["InspectionKind"];
export type Seen = keyof (typeof WORDS)["Seen"];
export type Responsibility = keyof (typeof WORDS)["Responsibility"];
export type CreditMeasure = keyof (typeof WORDS)["CreditMeasure"];
export type AgreementMeasure = keyof (typeof WORDS)["AgreementMeasure"];
export type Refusal = keyof (typeof WORDS)["Refusal"];
export type Status = keyof (typeof WORDS)["Status"];
export type BreachKind = keyof (typeof WORDS)["BreachKind"];
export type MoneyKind = keyof (typeof WORDS)["MoneyKind"];
export type Account = keyof (typeof WORDS)["Account"];
export type Unit = keyof (typeof WORDS)["Unit"];
export type TermKind = keyof (typeof WORDS)["TermKind"];
export type Period = keyof (typeof WORDS)["Period"];
export type Stop = keyof (typeof WORDS)["Stop"];
export type Certainty = keyof (typeof WORDS)["Certainty"];
export type CalendarName = keyof (typeof WORDS)["CalendarName"];
export type Mode = keyof (typeof WORDS)["Mode"];
export type Lapse = keyof (typeof WORDS)["Lapse"];
export type Per = keyof (typeof WORDS)["Per"];
export type Waits = keyof (typeof WORDS)["Waits"];
