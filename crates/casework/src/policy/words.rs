//! The words of policies: actions, levels, kinds of matters, secrecy grades. Each is also a word of the schema.

use crate::words::words;

words! {
    /// What somebody may ask to do.
    pub enum Action {
        /// Open one matter.
        Read = "read", "查阅";
        /// See it in a list.
        List = "list", "列表";
        /// Find it by a search.
        Search = "search", "检索";
        /// See it in a graph.
        Graph = "graph", "图谱";
        /// Have it counted.
        Count = "count", "统计";
        /// Take it out as a file.
        Export = "export", "导出";
        /// Do an act of its machine.
        Act = "act", "办理";
        /// Make a new one.
        Create = "create", "建立";
        /// Open masked personal data.
        OpenPersonalData = "open_personal_data", "打开个人信息";
        /// Open who informed.
        OpenInformant = "open_informant", "打开举报人身份";
        /// Approve somebody else's bulk export.
        ApproveBulkExport = "approve_bulk_export", "审批批量导出";
        /// Make, change and disable accounts.
        ManageUsers = "manage_users", "管理账号";
        /// Commission a third party, change and end that.
        GiveCommission = "give_commission", "委托第三方";
        /// Deliver data of one's own department, and take it back.
        DeliverData = "deliver_data", "推送部门数据";
        /// Know what was delivered.
        ReadDeliveries = "read_deliveries", "查看数据推送";
        /// Meet the people of a matter with what was delivered.
        MatchData = "match_data", "比对部门数据";
        /// Change policies.
        ManagePolicies = "manage_policies", "管理权限策略";
        /// Change limits, thresholds and other parameters.
        ManageParameters = "manage_parameters", "管理业务参数";
        /// Read the trail.
        ReadAudit = "read_audit", "查阅审计记录";
        /// Verify the trail's chain.
        VerifyAudit = "verify_audit", "核验审计记录";
        /// Back up and restore.
        Backup = "backup", "备份恢复";
        /// Configure the running system.
        Configure = "configure", "配置系统";
        /// Look at what lies in the lake, at imports and runs.
        ReadData = "read_data", "查阅数据";
        /// Import, screen, and see refused rows.
        ManageData = "manage_data", "管理数据";
    }
}

words! {
    /// Levels of government.
    pub enum Level {
        /// `000000`.
        Nation = "nation", "国家";
        /// Ends with `0000`.
        Province = "province", "省";
        /// Ends with `00`.
        City = "city", "市";
        /// All others.
        County = "county", "县";
    }
}

words! {
    /// What can be worked on.
    pub enum Kind {
        /// A suspicion that is checked.
        Clue = "clue", "线索";
        /// A case.
        Case = "case", "案件";
        /// A suspected crime on its way to the police.
        Transfer = "transfer", "移送";
        /// What an informant told.
        Complaint = "complaint", "举报投诉";
        /// A check on site.
        Inspection = "inspection", "检查";
        /// What an institution finds in itself.
        SelfCheck = "self_check", "自查自纠";
        /// A clue or question between departments.
        Referral = "referral", "部门往来";
        /// Work of several departments together.
        Meeting = "meeting", "联合工作";
        /// Listed supervision.
        ListedSupervision = "listed_supervision", "挂牌督办";
        /// A practitioner's points.
        Points = "points", "支付资格记分";
        /// What is done about an insured person.
        PersonMeasure = "person_measure", "参保人处理";
        /// What follows from a broken agreement.
        Agreement = "agreement", "协议处理";
        /// A year of practitioners' points.
        PointsYear = "points_year", "记分年度";
        /// A penalty on the spot.
        SummaryPenalty = "summary_penalty", "当场处罚";
        /// A suspension of a department of an institution, or a ban.
        Sanction = "sanction", "责令暂停与禁业";
        /// A report that falls due.
        Report = "report", "报送";
        /// An institution's plan of trace codes.
        TracePlan = "trace_plan", "追溯码实施";
        /// What must be kept, and for how long.
        Retention = "retention", "留存";
    }
}

words! {
    /// Secrecy grades, after the classes of data that the data security law, article 21, asks for.
    pub enum Secrecy {
        /// May be published.
        Open = "open", "公开";
        /// Of the department.
        Internal = "internal", "内部";
        /// Identity with diagnosis or settlement.
        Sensitive = "sensitive", "敏感";
        /// Investigation plans, police data.
        Secret = "secret", "核心";
    }
}

impl Secrecy {
    /// The grade as a number, 1 to 4, as the store and policies hold it.
    pub fn grade(self) -> i64 {
        self as i64 + 1
    }

    /// The grade of that number.
    pub fn graded(grade: i64) -> Option<Self> {
        [Self::Open, Self::Internal, Self::Sensitive, Self::Secret]
            .into_iter()
            .find(|secrecy| secrecy.grade() == grade)
    }
}

impl Level {
    /// The level of a region code; `None` where it is no code.
    pub fn of(region: &str) -> Option<Self> {
        if !is_region(region) {
            return None;
        }
        Some(match region {
            "000000" => Self::Nation,
            _ if region.ends_with("0000") => Self::Province,
            _ if region.ends_with("00") => Self::City,
            _ => Self::County,
        })
    }
}

/// Whether a text is a region code: six digits.
pub(super) fn is_region(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether one region is the other, or lies in it.
pub fn in_line(one: &str, other: &str) -> bool {
    let within = |low: &str, high: &str| regions_above(low).iter().any(|region| region == high);
    within(one, other) || within(other, one)
}

/// A region code and all that it lies in, itself first and the nation last; nothing for what is no code.
pub(super) fn regions_above(code: &str) -> Vec<String> {
    if !is_region(code) {
        return Vec::new();
    }
    let mut above: Vec<String> =
        [6, 4, 2, 0].into_iter().map(|digits| format!("{:0<6}", &code[..digits])).collect();
    above.dedup();
    above
}
