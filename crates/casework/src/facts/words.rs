//! Words of the facts: departments, roles, kinds and grounds.

use crate::words::words;

words! {
    /// Departments that act.
    pub enum Department {
        /// Medical insurance bureau.
        Insurance = "insurance", "医保行政部门";
        /// Insurance agency.
        Agency = "agency", "经办机构";
        /// Police.
        Police = "police", "公安机关";
        /// Procuratorate.
        Procuratorate = "procuratorate", "检察机关";
        /// Court.
        Court = "court", "人民法院";
        /// Health department.
        Health = "health", "卫生健康部门";
        /// Finance department.
        Finance = "finance", "财政部门";
        /// Market supervision.
        Market = "market", "市场监管部门";
        /// Discipline inspection.
        Discipline = "discipline", "纪检监察机关";
        /// Network office.
        Network = "network", "网信部门";
        /// Data bureau, which runs the 12345 line.
        Data = "data", "数据管理部门";
        /// A designated institution, for its own self-check.
        Institution = "institution", "定点医药机构";
        /// Insurer, IT firm or accountants who help under a commission.
        ThirdParty = "third_party", "受委托第三方";
    }
}

words! {
    /// Roles in a department.
    pub enum Role {
        /// Handles.
        Handler = "handler", "经办人";
        /// Leads a team.
        TeamLead = "team_lead", "科室负责人";
        /// Heads the department, or stands in as its head.
        Head = "head", "主要负责人";
        /// Reviews the law of it.
        LegalReviewer = "legal_reviewer", "法制审核人员";
        /// Counts, and sees no single matter.
        Statistics = "statistics", "统计人员";
        /// Looks after the trail.
        Auditor = "auditor", "安全审计员";
        /// Looks after accounts and policies.
        SecurityAdministrator = "security_administrator", "安全保密管理员";
        /// Looks after the running system.
        SystemAdministrator = "system_administrator", "系统管理员";
    }
}

words! {
    /// The eight kinds of evidence.
    pub enum EvidenceKind {
        /// Documents.
        Document = "document", "书证";
        /// Things.
        Thing = "thing", "物证";
        /// Sound and pictures.
        AudioVisual = "audio_visual", "视听资料";
        /// Electronic data.
        Electronic = "electronic", "电子数据";
        /// What a witness said.
        Witness = "witness", "证人证言";
        /// What the party said.
        Party = "party", "当事人陈述";
        /// Opinions of appraisers.
        Appraisal = "appraisal", "鉴定意见";
        /// Records of inspections on site.
        Site = "site", "勘验笔录、现场笔录";
    }
}

words! {
    /// As what somebody is concerned by a matter.
    pub enum PersonRole {
        /// Whom it is about.
        Party = "party", "当事人";
        /// Acts for an organisation by law.
        Representative = "representative", "法定代表人或者负责人";
        /// Acts for the party by its will.
        Agent = "agent", "委托代理人";
        /// Saw or heard something.
        Witness = "witness", "证人";
        /// Is insured.
        Insured = "insured", "参保人";
        /// Treats, dispenses or manages.
        Practitioner = "practitioner", "相关医务人员";
        /// Anybody else.
        Other = "other", "其他相关人员";
    }
}

words! {
    /// What needs a written approval.
    pub enum Matter {
        /// Filing a case.
        Filing = "filing", "立案";
        /// Registering and keeping goods.
        Registration = "registration", "先行登记保存";
        /// Sealing.
        Sealing = "sealing", "封存";
        /// Suspending settlement.
        Suspension = "suspension", "暂停医保基金结算";
        /// Stopping the case.
        Stop = "stop", "中止调查";
        /// The decision.
        Decision = "decision", "处理处罚决定";
        /// Paying later or in parts.
        Deferral = "deferral", "暂缓或者分期缴纳";
        /// Closing.
        Closing = "closing", "结案";
        /// Transfer to the police.
        Transfer = "transfer", "移送涉嫌犯罪案件";
        /// Opening a closed clue again.
        Reopening = "reopening", "重启线索";
        /// Suspending a person's settlement by network.
        PersonSuspension = "person_suspension", "暂停个人联网结算";
        /// A complaint's reward.
        Reward = "reward", "举报奖励";
        /// A decision under the agreement.
        Agreement = "agreement", "协议处理决定";
        /// Suspending a department's services, or a ban.
        Sanction = "sanction", "责令暂停或者禁业";
    }
}

words! {
    /// What a case comes to.
    pub enum DecisionKind {
        /// A penalty, with what is returned beside it.
        Penalty = "penalty", "行政处罚";
        /// A violation that the law leaves without a penalty; what the fund lost is returned all the same.
        NoPenalty = "no_penalty", "不予行政处罚";
        /// The facts of a violation do not stand.
        NotEstablished = "not_established", "违法事实不能成立";
        /// It is another organ's.
        Moved = "moved", "移送其他机关处理";
    }
}

words! {
    /// Why a case may be closed.
    pub enum ClosingGround {
        /// The decision was carried out.
        Performed = "performed", "执行完毕";
        /// The court took the enforcement.
        CourtAccepted = "court_accepted", "法院受理强制执行";
        /// There is nothing to carry out.
        NothingToPerform = "nothing_to_perform", "无须执行";
        /// Another ground of the rules.
        Other = "other", "其他应当结案的情形";
    }
}

words! {
    /// The five enclosures of a transfer.
    pub enum Enclosure {
        /// The letter.
        Letter = "letter", "涉嫌犯罪案件移送书";
        /// The report of the investigation.
        Report = "report", "案件调查报告";
        /// The list of goods.
        Goods = "goods", "涉案物品清单";
        /// Test reports and appraisals.
        Tests = "tests", "检验报告或者鉴定结论";
        /// Other material.
        Others = "others", "其他有关材料";
    }
}

words! {
    /// As what an enclosure of a transfer is there.
    pub enum EnclosedAs {
        /// A paper that was issued in the transfer or in its case.
        Paper = "paper", "已出具的文书";
        /// A file of the transfer or of its case.
        File = "file", "收存的文件";
        /// An original on paper or a thing, with its number.
        Original = "original", "线下原件";
        /// The case has none.
        None = "none", "本案没有";
    }
}

words! {
    /// Where a piece of evidence is.
    pub enum EvidenceOrigin {
        /// A file of the matter, with the digests that the server counted as it came in.
        File = "file", "本案收存的文件";
        /// A finding of the clue that the case comes from.
        Finding = "finding", "来源线索的发现";
        /// A thing, a paper or a statement outside the system.
        Outside = "outside", "系统外的原件";
    }
}

words! {
    /// What a notice must state.
    pub enum NoticePart {
        /// The facts.
        Facts = "facts", "事实";
        /// The reasons.
        Reasons = "reasons", "理由";
        /// The law.
        Basis = "basis", "依据";
        /// The rights to answer and to be heard.
        Rights = "rights", "陈述、申辩、听证的权利";
    }
}

words! {
    /// What became of the right to answer.
    pub enum Statement {
        /// The party answered, and the answer was examined.
        Examined = "examined", "已陈述申辩并经复核";
        /// The party gave the right up in writing.
        Waived = "waived", "书面放弃";
    }
}

words! {
    /// Where a clue comes from.
    pub enum Source {
        /// A run of the rules.
        Screening = "screening", "大数据筛查";
        /// Review before or during payment.
        Review = "review", "智能审核";
        /// A complaint.
        Complaint = "complaint", "投诉举报";
        /// An inspection.
        Inspection = "inspection", "监督检查";
        /// Given from above.
        Superior = "superior", "上级交办";
        /// From another department.
        Referral = "referral", "部门移送";
        /// A self-check.
        SelfCheck = "self_check", "自查自纠";
        /// Public opinion.
        Opinion = "opinion", "舆情";
        /// The agency's own checks.
        Agency = "agency", "经办核查";
    }
}

words! {
    /// What checking a clue came to.
    pub enum Outcome {
        /// It is so.
        Confirmed = "confirmed", "查实";
        /// It is not so.
        Refuted = "refuted", "查否";
        /// It could not be found out.
        Unclear = "unclear", "无法查清";
    }
}

words! {
    /// What was done about a clue.
    pub enum Step {
        /// Corrected.
        Corrected = "corrected", "责令改正";
        /// Talked to.
        Talk = "talk", "约谈";
        /// The money is to be returned.
        Returned = "returned", "追回基金";
        /// By the agreement.
        Agreement = "agreement", "协议处理";
        /// A case.
        Case = "case", "立案处理";
        /// To the police.
        Police = "police", "移送公安机关";
        /// To another department.
        Department = "department", "移送其他部门";
        /// Nothing.
        Nothing = "nothing", "不予处理";
    }
}

words! {
    /// How a complaint came.
    pub enum Channel {
        /// The 12345 line.
        Line = "line_12345", "12345热线";
        /// By telephone.
        Telephone = "telephone", "举报电话";
        /// By letter.
        Letter = "letter", "来信";
        /// In person.
        Visit = "visit", "来访";
        /// By network.
        Network = "network", "网络";
        /// Passed on by others.
        Passed = "passed", "转办";
    }
}

words! {
    /// Kinds of inspections.
    pub enum InspectionKind {
        /// Unannounced.
        Unannounced = "unannounced", "飞行检查";
        /// By another region.
        Cross = "cross", "交叉检查";
        /// Drawn at random.
        Daily = "daily", "日常检查（双随机）";
        /// Of one field.
        Special = "special", "专项检查";
    }
}

words! {
    /// What an inspection came to for an item of its guide.
    pub enum Seen {
        /// It was seen.
        Seen = "seen", "发现";
        /// It was looked for and not seen.
        NotSeen = "not_seen", "未发现";
        /// It cannot be there.
        NotApplicable = "not_applicable", "不适用";
    }
}

words! {
    /// How far a practitioner is responsible.
    pub enum Responsibility {
        /// In general.
        General = "general", "一般责任";
        /// To an important degree.
        Important = "important", "重要责任";
        /// Mainly.
        Main = "main", "主要责任";
    }
}

words! {
    /// The eight measures of credit for insured people.
    pub enum CreditMeasure {
        /// Education and a promise.
        Promise = "promise", "教育承诺";
        /// Checking entitlements for chronic and special diseases again.
        Chronic = "chronic", "门诊慢特病资格复核";
        /// Named institutions only.
        Named = "named", "限定就医购药机构";
        /// Reviewing registrations for other regions.
        Remote = "remote", "异地就医备案审核";
        /// Reminders.
        Reminder = "reminder", "智能提醒";
        /// Review of papers.
        Papers = "papers", "报销单据审核";
        /// Publication.
        Published = "published", "信息公开";
        /// Other.
        Other = "other", "其他信用措施";
    }
}

words! {
    /// What an agency does by the agreement.
    pub enum AgreementMeasure {
        /// Talk.
        Talk = "talk", "约谈";
        /// Correction by a day.
        Correction = "correction", "限期整改";
        /// Not paying.
        Refusal = "refusal", "拒付";
        /// Taking back.
        Recovery = "recovery", "追回违规费用";
        /// Damages.
        Damages = "damages", "违约金";
        /// Halting the agreement.
        Halt = "halt", "中止协议";
        /// Ending the agreement.
        End = "end", "解除协议";
    }
}

words! {
    /// Situations of refused cooperation with a check.
    pub enum Refusal {
        /// Entry was blocked.
        Entry = "entry", "阻挠进入现场或者相关场所";
        /// Questions were obstructed.
        Questions = "questions", "阻挠询问或者串通";
        /// Documents or data were not given, or false ones.
        Documents = "documents", "逾期不提供资料、数据、视频或者提供虚假资料";
        /// Recording or taking data was blocked.
        Recording = "recording", "阻挠记录、取证或者提取电子数据";
        /// Answers were refused.
        Silence = "silence", "拒绝回答";
        /// Material was moved, hidden, altered or deleted.
        Destruction = "destruction", "转移、隐匿、篡改、删除资料";
        /// Threats or violence.
        Threat = "threat", "威胁或者暴力";
        /// Other.
        Other = "other", "其他拒不配合的情形";
    }
}
