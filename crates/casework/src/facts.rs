//! What is known when somebody wants to act: values that the store reads in the same transaction, never what a client says of itself.

use crate::{
    clock::{ClockState, ServerTime},
    measure::BoundError,
    money::{Account, Amounts, MoneyKind},
    trail::Digest,
    words::words,
};
use mingcha_model::Fen;
use std::collections::{BTreeMap, BTreeSet};

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
        /// Health administration.
        Health = "health", "卫生健康部门";
        /// Finance.
        Finance = "finance", "财政部门";
        /// Market supervision.
        Market = "market", "市场监管部门";
        /// Discipline inspection and supervision.
        Discipline = "discipline", "纪检监察机关";
        /// Network office.
        Network = "network", "网信部门";
        /// Data bureau.
        Data = "data", "数据管理部门";
        /// A hospital or pharmacy that is paid by the fund.
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

/// Who acts, as the session's account says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Account.
    pub account: String,
    /// Of which department.
    pub department: Department,
    /// In which role.
    pub role: Role,
    /// Region of the organisation.
    pub region: String,
    /// Whether the account is enabled now.
    pub enabled: bool,
    /// Whether the officer is recused from this matter.
    pub recused: bool,
}

/// An officer of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Account.
    pub account: String,
    /// Number of the enforcement certificate.
    pub certificate: String,
    /// Whether it is valid now.
    pub valid: bool,
    /// Whether the officer is recused.
    pub recused: bool,
}

/// An approval on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Of what.
    pub matter: Matter,
    /// By which role.
    pub role: Role,
    /// Whether it is written.
    pub written: bool,
    /// When it was given.
    pub at: ServerTime,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Which of the eight kinds.
    pub kind: Option<EvidenceKind>,
    /// SM3 of it.
    pub sm3: Option<Digest>,
    /// SHA-256 of it.
    pub sha256: Option<Digest>,
    /// Where it comes from: line, rule and run, or who handed it over.
    pub source: String,
    /// Whose hands it went through, in order.
    pub custody: Vec<String>,
}

/// Goods that are registered or sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The list of goods.
    pub items: Vec<String>,
    /// Whether they were handled: kept, released, handed over.
    pub settled: bool,
}

/// What is known at filing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filing {
    /// There are facts of a violation.
    pub violation_facts: bool,
    /// It belongs to this department.
    pub own_jurisdiction: bool,
    /// The case that the same matter already has.
    pub existing_case: Option<String>,
}

/// The legal review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Whether the law asks for it.
    pub required: bool,
    /// Account of the reviewer.
    pub reviewer: String,
    /// Whether it agrees.
    pub passed: bool,
}

/// A notice before the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// What it states.
    pub parts: BTreeSet<NoticePart>,
    /// It was served.
    pub served: bool,
    /// The fine that it announces.
    pub fine: Fen,
    /// It rests on facts that are newer than the notice before it.
    pub new_facts: bool,
}

/// The hearing that the party may ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hearing {
    /// What became of the party's right to answer.
    pub statement: Option<Statement>,
    /// A hearing was asked for in time.
    pub asked: bool,
    /// Account of who chairs it.
    pub chair: String,
    /// It was held and closed.
    pub finished: bool,
}

/// A collective discussion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Discussion {
    /// Whether the law asks for it.
    pub required: bool,
    /// Account and opinion of each who took part.
    pub opinions: Vec<(String, String)>,
    /// What was concluded.
    pub conclusion: String,
}

/// What is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The money.
    pub amounts: Amounts,
    /// What [`crate::measure::Measure::check`] says of it.
    pub bounds: Vec<BoundError>,
    /// Keys of the lines whose money is counted.
    pub lines: BTreeSet<String>,
    /// Lines that other cases count already.
    pub lines_elsewhere: BTreeSet<String>,
}

/// Service and what follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// When the decision was served.
    pub served: Option<ServerTime>,
    /// Whether a proof of it is there.
    pub receipt: bool,
    /// When it was published.
    pub published: Option<ServerTime>,
    /// Whether personal data were taken out of what is published.
    pub anonymous: bool,
}

/// A payment that is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// What for.
    pub kind: MoneyKind,
    /// To where.
    pub account: Account,
    /// How much.
    pub amount: Fen,
    /// What is still owed of that kind.
    pub owed: Fen,
}

/// The end of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closing {
    /// Why.
    pub ground: Option<ClosingGround>,
    /// What is still owed, all kinds looked at one by one.
    pub unpaid: bool,
    /// Papers that the file lacks.
    pub missing_papers: Vec<String>,
}

/// The transfer of a suspected crime.
#[expect(clippy::struct_excessive_bools, reason = "each is one fact of the file")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// A crime is suspected.
    pub suspected: bool,
    /// A decision on the transfer was taken, either way.
    pub decided: bool,
    /// The team.
    pub team: Vec<Officer>,
    /// The written report is there.
    pub report: bool,
    /// The five enclosures, each there or declared not to exist.
    pub enclosures: BTreeSet<Enclosure>,
    /// The receiving department is of the same level.
    pub same_level: bool,
    /// The receipt was signed.
    pub receipt: bool,
    /// What is to be supplemented.
    pub supplements: Vec<String>,
    /// Where it is sent on to, told in writing.
    pub rerouted_to: String,
    /// Ground and approver of a longer review.
    pub longer_review: Option<(String, Role)>,
    /// The file came back with a refusal.
    pub file_returned: bool,
    /// The list of goods to hand over.
    pub goods: Vec<String>,
}

/// What is known of a clue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clue {
    /// The clue that it repeats.
    pub same_as: String,
    /// Who it goes to.
    pub target: String,
    /// The answer has facts, amount and measure.
    pub answer_complete: bool,
    /// Whoever answered it.
    pub answered_by: String,
}

/// All that guards may look at.
#[derive(Clone, Debug)]
pub struct CaseFacts {
    /// The instant of the act, by the store's clock.
    pub now: ServerTime,
    /// Who acts.
    pub actor: Actor,
    /// Region of the matter.
    pub region: String,
    /// State of the machine that is asked.
    pub state: String,
    /// The reason that is given with the act.
    pub reason: String,
    /// Clocks of the matter by limit.
    pub clocks: BTreeMap<String, ClockState>,
    /// Officers of the case.
    pub officers: Vec<Officer>,
    /// Approvals.
    pub approvals: Vec<Approval>,
    /// Filing.
    pub filing: Filing,
    /// Evidence, the newest last.
    pub evidence: Vec<Evidence>,
    /// Goods.
    pub holdings: Vec<Holding>,
    /// Situations of refused cooperation that were recorded.
    pub refused_cooperation: Vec<String>,
    /// Review.
    pub review: Review,
    /// Notices, the newest last; the last may be the one that is to be served.
    pub notices: Vec<Notice>,
    /// Statement and hearing.
    pub hearing: Hearing,
    /// Discussion.
    pub discussion: Discussion,
    /// Decision.
    pub decision: Decision,
    /// Service.
    pub service: Service,
    /// Payment.
    pub payment: Option<Payment>,
    /// Closing.
    pub closing: Closing,
    /// Transfer.
    pub transfer: Transfer,
    /// Clue.
    pub clue: Clue,
}

/// Whether a region lies in another: `210102` in `210100` in `210000` in `000000`.
pub fn region_covers(own: &str, other: &str) -> bool {
    let digits = |code: &str| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(own) || !digits(other) {
        return false;
    }
    let stem = match own {
        "000000" => "",
        _ if own.ends_with("0000") => &own[..2],
        _ if own.ends_with("00") => &own[..4],
        _ => own,
    };
    other.starts_with(stem)
}
