//! The Chinese words of the enumerations in a rule.

use crate::{Stage, Status};
use mingcha_model::{Counting, Kind, SubjectKind};

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Violation => "明确违规",
        Kind::Suspect => "可疑",
        Kind::Monitor => "重点关注",
        Kind::Inconclusive => "无法判断",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "草稿",
        Status::Trial => "试运行",
        Status::Active => "启用",
        Status::Retired => "停用",
    }
}

pub(super) fn stages(stages: &[Stage]) -> String {
    let word = |stage: &Stage| match stage {
        Stage::Before => "事前",
        Stage::During => "事中",
        Stage::After => "事后",
    };
    stages.iter().map(word).collect::<Vec<_>>().join("、")
}

pub(super) fn scope(scope: SubjectKind) -> &'static str {
    match scope {
        SubjectKind::Person => "参保人",
        SubjectKind::Institution => "定点医疗机构",
        SubjectKind::Practitioner => "执业人员",
        SubjectKind::Pharmacy => "定点零售药店",
        SubjectKind::Group => "群体",
    }
}

pub(super) fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::None => "不计金额，只提示线索",
        Counting::LineFund => "每条疑点明细分摊的基金支付：明细范围内金额 ÷ 结算范围内金额 × 基金支付",
        Counting::ExcessFund => "超出允许数量部分分摊的基金支付",
        Counting::DifferenceFund => "超出应收价格部分分摊的基金支付",
        Counting::SettlementFund => "整笔结算的基金支付",
    }
}
