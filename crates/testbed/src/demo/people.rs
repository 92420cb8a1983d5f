//! Who takes part in the demo: invented organisations of three levels and one user for each role.

/// An organisation: code, name, region, department, code of the institution that it is.
pub const ORGANISATIONS: &[(&str, &str, &str, &str, Option<&str>)] = &[
    ("990100-yb", "示例市医疗保障局", "990100", "insurance", None),
    ("990101-yb", "示例县一医疗保障局", "990101", "insurance", None),
    ("990102-yb", "示例县二医疗保障局", "990102", "insurance", None),
    ("990103-yb", "示例县三医疗保障局", "990103", "insurance", None),
    ("990104-yb", "示例县四医疗保障局", "990104", "insurance", None),
    ("990105-yb", "示例县五医疗保障局", "990105", "insurance", None),
    ("990100-jb", "示例市医疗保障事务中心", "990100", "agency", None),
    ("990100-ga", "示例市公安局", "990100", "police", None),
    ("990100-jc", "示例市人民检察院", "990100", "procuratorate", None),
    ("990100-fy", "示例市中级人民法院", "990100", "court", None),
    ("990100-wj", "示例市卫生健康委员会", "990100", "health", None),
    ("990100-cz", "示例市财政局", "990100", "finance", None),
    ("990100-sj", "示例市市场监督管理局", "990100", "market", None),
    ("990100-jw", "示例市纪委监委", "990100", "discipline", None),
    ("990100-wx", "示例市网信办", "990100", "network", None),
    ("990100-dsj", "示例市数据管理局", "990100", "data", None),
    ("990101-yy", "示例县人民医院", "990101", "institution", Some("H99010100001")),
    ("990100-kj", "示例会计师事务所", "990100", "third_party", None),
];

/// A user: account, organisation, role, clearance, whether with an officer's certificate.
pub const USERS: &[(&str, &str, &str, i64, bool)] = &[
    ("province-head", "990000-yb", "head", 3, false),
    ("province-lead", "990000-yb", "team_lead", 3, false),
    ("province-stat", "990000-yb", "statistics", 2, false),
    ("city-head", "990100-yb", "head", 3, false),
    ("city-lead", "990100-yb", "team_lead", 3, true),
    ("city-handler", "990100-yb", "handler", 2, true),
    ("city-handler2", "990100-yb", "handler", 2, true),
    ("city-legal", "990100-yb", "legal_reviewer", 2, false),
    ("city-stat", "990100-yb", "statistics", 2, false),
    ("county-head", "990101-yb", "head", 3, false),
    ("county-lead", "990101-yb", "team_lead", 2, true),
    ("county-handler", "990101-yb", "handler", 2, true),
    ("county2-lead", "990102-yb", "team_lead", 2, true),
    ("county2-head", "990102-yb", "head", 3, false),
    ("agency-lead", "990100-jb", "team_lead", 2, false),
    ("agency-handler", "990100-jb", "handler", 2, false),
    ("police-handler", "990100-ga", "handler", 2, false),
    ("procuratorate-handler", "990100-jc", "handler", 2, false),
    ("court-handler", "990100-fy", "handler", 2, false),
    ("health-handler", "990100-wj", "handler", 2, false),
    ("finance-handler", "990100-cz", "handler", 2, false),
    ("market-handler", "990100-sj", "handler", 2, false),
    ("discipline-handler", "990100-jw", "handler", 2, false),
    ("network-handler", "990100-wx", "handler", 2, false),
    ("data-handler", "990100-dsj", "handler", 2, false),
    ("hospital-handler", "990101-yy", "handler", 2, false),
    ("audit-firm", "990100-kj", "handler", 2, false),
    ("agency-head", "990100-jb", "head", 3, false),
];

/// Surnames of users, in their order; the name says that nobody bears it.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严";

/// The name of a user by their place in [`USERS`].
pub fn name(serial: usize) -> String {
    format!("{}示例", SURNAMES.chars().nth(serial).unwrap_or('某'))
}

/// A valid number of nobody: an invented region, a day, a serial and its check digit (GB 11643).
pub fn certno(serial: usize) -> String {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("99010019800101{:03}", serial % 1000);
    let sum: usize = body
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| usize::from(digit.saturating_sub(b'0')) * weight)
        .sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11];
    format!("{body}{check}")
}
