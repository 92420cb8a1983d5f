// Closed lists of words with their Chinese titles, and titles of policies, written by `npm run generate`; do not edit.

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
    "breached": "逾期未办"
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
  }
} as const;

export const POLICIES: Record<string, string> = {
  "auditor_reads_trail": "安全审计员查阅和核验审计记录",
  "security_manages_users": "安全保密管理员管理本辖区单位的账号",
  "security_manages_policies": "安全保密管理员管理权限策略",
  "system_operates": "系统管理员备份、恢复和配置系统",
  "head_sets_parameters": "医保部门主要负责人确定期限、门槛等业务参数",
  "agency_handler_works": "经办机构经办人办理本单位的线索、检查、自查、记分和参保人处理",
  "agency_leads_own": "经办机构负责人办理本单位的全部事项",
  "agency_superior_looks": "上级经办机构负责人查阅下级经办机构的事项",
  "agency_executes": "经办机构执行送交的案件，只登记款项",
  "departments_answer": "协同部门办理送达本单位和本单位提出的部门往来",
  "line_takes_complaints": "数据管理部门登记12345热线的投诉举报",
  "finance_pays_rewards": "财政部门支付送达本单位的举报奖励",
  "health_reads_sanctions": "卫健部门查阅送达本单位的责令暂停与禁业",
  "disabled_account": "停用的账号一律不得使用",
  "recused_officer": "回避人员立即失去对该事项的一切权限",
  "three_administrators": "系统管理员、安全保密管理员、安全审计员不办理业务",
  "secrecy_grade": "密级高于本人涉密等级的事项不得接触",
  "institution_checks_itself": "定点医药机构办理本机构的自查自纠",
  "institution_reads_its_agreement": "定点医药机构查阅本机构的协议处理和追溯码实施，提出协调",
  "bureau_handler_looks": "医保经办人查阅本单位的线索、检查、自查和部门往来",
  "bureau_handler_registers": "医保经办人建立本单位的事项，登记和受理线索、检查、自查和部门往来",
  "team_works": "医保和经办机构的专案人员办理所在专案的事项",
  "team_opens_personal_data": "专案人员写明事由后可以打开所在专案的个人信息",
  "bureau_leads_own": "科室负责人和主要负责人办理本单位的全部事项",
  "bureau_superior_looks": "上级医保部门负责人查阅下级医保和经办机构的事项",
  "bureau_superior_acts": "上级医保部门负责人分办、退回、抽查、督办下级的事项",
  "reviewer_reviews": "法制审核人员查阅并审核本单位的案件和移送",
  "reviewer_acts": "法制审核人员只办理法制审核",
  "statistics_counts": "统计人员只看汇总数，不看单个事项",
  "informant_kept": "举报人身份只由受理该举报的人员打开",
  "head_approves_bulk_export": "主要负责人审批本单位的批量导出",
  "police_receives": "公安机关办理移送给本单位的案件",
  "police_refers": "公安机关向医保部门移交线索",
  "procuratorate_supervises": "检察机关监督本辖区的移送",
  "procuratorate_refers": "检察机关办理送达本单位和本单位提出的部门往来",
  "court_receives": "人民法院办理申请执行和送达本单位的移送",
  "police_reports": "公安机关办理本单位的报送",
  "commission_looks": "第三方在委托期内查阅委托书写明的线索和检查",
  "commission_records": "第三方在委托期内记录委托书写明的检查"
};

/** Measures of the law, by id. */
export const MEASURES: Record<string, string> = {
  "M01": "《医疗保障基金使用监督管理条例》第36条 未建立制度，未履行协议、费用监控、拨付、审核职责，未公开收支结余",
  "M02": "《医疗保障基金使用监督管理条例》第37条；《社会保险法》第87条 伪造、变造、隐匿、涂改、销毁资料或者虚构项目骗取基金",
  "M25": "《刑法》第266条；2011年诈骗案件司法解释 诈骗医保基金，数额较大",
  "M26": "《刑法》第266条；2011年诈骗案件司法解释 诈骗医保基金，数额巨大",
  "M27": "《刑法》第266条；2011年诈骗案件司法解释 诈骗医保基金，数额特别巨大",
  "M28": "《刑法》第312条；法发〔2024〕6号 明知系骗保购买的药品而非法收购、销售",
  "M29": "《刑法》第382、383条；法发〔2024〕6号 经办人员、国家工作人员利用职务便利骗取基金",
  "M03": "《医疗保障基金使用监督管理条例》第38条（一） 分解住院、挂床住院",
  "M04": "《医疗保障基金使用监督管理条例》第38条（二） 过度诊疗、过度检查、分解处方、超量或者重复开药、提供不必要服务",
  "M05": "《医疗保障基金使用监督管理条例》第38条（三） 重复收费、超标准收费、分解项目收费",
  "M06": "《医疗保障基金使用监督管理条例》第38条（四） 串换药品、医用耗材、诊疗项目和服务设施",
  "M07": "《医疗保障基金使用监督管理条例》第38条（五） 为参保人员转卖药品、接受返利提供便利",
  "M08": "《医疗保障基金使用监督管理条例》第38条（六） 将不属于支付范围的费用纳入结算",
  "M09": "《医疗保障基金使用监督管理条例》第38条（七） 造成基金损失的其他违法行为（含高套、低编病种编码）",
  "M10": "《医疗保障基金使用监督管理条例》第39条（一）至（七） 未建立内部制度、未保管资料、未传送数据、未报告信息、未公开费用、目录外未经同意、拒绝检查等",
  "M11": "《医疗保障基金使用监督管理条例》第40条第1款（一）至（四） 诱导、协助冒名或者虚假就医购药、虚假证明、虚开单据；伪造资料；虚构项目等骗保",
  "M12": "《医疗保障基金使用监督管理条例》第40条第2款 以骗取基金为目的实施第38条行为并造成损失",
  "M13": "《医疗保障基金使用监督管理条例》第30条第1款 涉嫌骗保且拒不配合调查",
  "M14": "《医疗保障基金使用监督管理条例》第43条 造成重大损失或者严重不良影响",
  "M24": "《医疗保障基金使用监督管理条例》第13条 违反服务协议",
  "M20": "《医疗保障基金使用监督管理条例》第42条 收受贿赂或者取得其他非法收入",
  "M21": "《医疗保障基金使用监督管理条例》第44条 侵占、挪用医疗保障基金",
  "M22": "《医疗保障基金使用监督管理条例》第46条 泄露、篡改、毁损、非法向他人提供个人信息、商业秘密",
  "M23": "《社会救助暂行办法》第68条 采取虚报、隐瞒、伪造等手段骗取社会救助资金",
  "M15": "《医疗保障基金使用监督管理条例》第41条第1款（一） 将医疗保障凭证交由他人冒名使用",
  "M16": "《医疗保障基金使用监督管理条例》第41条第1款（二） 重复享受医疗保障待遇",
  "M17": "《医疗保障基金使用监督管理条例》第41条第1款（三） 利用待遇机会转卖药品，接受返还现金、实物或者获得其他非法利益",
  "M18": "《医疗保障基金使用监督管理条例》第41条第2款；《社会保险法》第88条 以骗取为目的实施前款行为造成损失，或者使用他人凭证冒名就医购药、伪造资料、虚构项目骗取基金",
  "M19": "《医疗保障基金使用监督管理条例》第30条第2款 涉嫌骗保且拒不配合调查"
};

/** Events that bring points, by id. */
export const EVENTS: Record<string, string> = {
  "breach": "违反协议情节较轻且负有责任（含集采高价非中选品种被通报）",
  "penalty": "机构依条例第38、39条受处罚且负有责任，或者超出执业范围被处理",
  "covering": "以他人名义为未登记、被暂停或者终止的人员结算，或者年度内再次发生",
  "fraud": "机构依条例第40条因骗保受处罚且负有责任，或者执业证书被吊销、注销"
};

/** Extensions of limits, by limit and id. */
export const EXTENSIONS: Record<string, Record<string, string>> = {
  "D01": {
    "clue-more": "延长核查"
  },
  "D08": {
    "seal-more": "延长封存"
  },
  "D06": {
    "case-more": "案情复杂延长",
    "case-again": "仍不能结案再延长"
  },
  "D11": {
    "review-more": "延长审核"
  },
  "D21": {
    "pay-later": "暂缓或者分期缴纳"
  },
  "D39": {
    "review-7": "需要查证",
    "review-30": "重大、疑难、复杂"
  }
};

/** What takes points back, by id. */
export const REPAIRS: Record<string, string> = {
  "learning": "参加政策学习",
  "correction": "主动整改并退回基金"
};

export type Department = keyof (typeof WORDS)["Department"];
export type Role = keyof (typeof WORDS)["Role"];
export type EvidenceKind = keyof (typeof WORDS)["EvidenceKind"];
export type PersonRole = keyof (typeof WORDS)["PersonRole"];
export type Matter = keyof (typeof WORDS)["Matter"];
export type ClosingGround = keyof (typeof WORDS)["ClosingGround"];
export type Enclosure = keyof (typeof WORDS)["Enclosure"];
export type NoticePart = keyof (typeof WORDS)["NoticePart"];
export type Statement = keyof (typeof WORDS)["Statement"];
export type Source = keyof (typeof WORDS)["Source"];
export type Outcome = keyof (typeof WORDS)["Outcome"];
export type Step = keyof (typeof WORDS)["Step"];
export type Channel = keyof (typeof WORDS)["Channel"];
export type InspectionKind = keyof (typeof WORDS)["InspectionKind"];
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
