//! The table of who may and who may not in `procedures/policies/table.md`, row by row and action by action.

use mingcha_casework::{
    Policies,
    facts::{Department, Role},
    policy::{
        Act, Actor, ApproveBulkExport, Backup, Commission, Configure, Count, Create, Deed, DeliverData,
        Denied, Export, GiveCommission, Graph, Installation, Kind, Level, List, ManageData, ManageParameters,
        ManagePolicies, ManageUsers, MatchData, Matter, OpenInformant, OpenPersonalData, Organisation, Read,
        ReadAudit, ReadData, ReadDeliveries, Search, Secrecy, VerifyAudit,
    },
    words::Word,
};
use mingcha_model::Date;
use std::collections::BTreeSet;

const TABLE: &str = include_str!("../../../procedures/policies/table.md");

struct Row<'a> {
    line: usize,
    cells: Vec<&'a str>,
}

impl Row<'_> {
    fn word<W: Word>(&self, at: usize) -> W {
        let found = W::ALL.iter().find(|(_, _, title)| *title == self.cells[at]);
        found.unwrap_or_else(|| panic!("line {}: `{}` is no word", self.line, self.cells[at])).0
    }
}

fn rows() -> Vec<Row<'static>> {
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    let rows = TABLE.lines().zip(1..).filter(|(line, _)| line.starts_with('|') && !line.starts_with("|---"));
    let rows = rows.map(|(text, line)| Row { line, cells: cells(text) });
    rows.filter(|row| row.cells[0] != "部门").collect()
}

/// The region of an organisation of that level, on one line down from the nation.
fn region(level: Level) -> &'static str {
    match level {
        Level::Nation => "000000",
        Level::Province => "990000",
        Level::City => "990100",
        Level::County => "990101",
    }
}

fn above(level: Level) -> Level {
    match level {
        Level::County => Level::City,
        Level::City => Level::Province,
        _ => Level::Nation,
    }
}

fn code(department: Department, region: &str) -> String {
    format!("{}-{region}", department.name())
}

fn actor(row: &Row) -> Actor {
    let department: Department = row.word(0);
    let region = region(row.word(2));
    Actor {
        account: "who".into(),
        department,
        role: row.word(1),
        organisation: code(department, region),
        region: region.into(),
        enabled: true,
        clearance: Secrecy::Sensitive,
        institution: if department == Department::Institution { "h-1".into() } else { String::new() },
        commission: None,
        today: Date(100),
    }
}

fn owned(matter: &mut Matter, department: Department, region: &str) {
    matter.department = department;
    matter.organisation = code(department, region);
    region.clone_into(&mut matter.seat);
}

fn commissioned(actor: &mut Actor, matters: &[&str], institutions: &[&str], days: (i32, i32)) {
    let set = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    actor.commission = Some(Commission {
        by: code(Department::Insurance, "990101"),
        matters: set(matters),
        institutions: set(institutions),
        from: Date(days.0),
        to: Date(days.1),
    });
}

/// Brings the situation of a row about.
fn arrange(row: &Row, actor: &mut Actor, matter: &mut Matter) {
    let own = |matter: &mut Matter| owned(matter, actor.department, &actor.region);
    match row.cells[3] {
        "本单位" => own(matter),
        "专案" => drop(matter.team.insert(actor.account.clone())),
        "专案回避" => {
            matter.team.insert(actor.account.clone());
            matter.recused.insert(actor.account.clone());
        }
        "回避" => {
            own(matter);
            matter.recused.insert(actor.account.clone());
        }
        "停用" => {
            own(matter);
            actor.enabled = false;
        }
        "超密" => {
            own(matter);
            matter.secrecy = Secrecy::Secret;
        }
        "同地他家" => {
            own(matter);
            matter.organisation.push_str("-2");
        }
        "送达" => drop(matter.handed_to.insert(actor.organisation.clone())),
        "无关" | "下级" | "—" => {}
        "下级经办" => owned(matter, Department::Agency, "990101"),
        "上级" | "辖区" => owned(matter, Department::Insurance, region(above(row.word(2)))),
        "邻县" => {
            owned(matter, Department::Insurance, "990102");
            matter.region = "990102".into();
        }
        "外地" => {
            owned(matter, Department::Insurance, "980101");
            matter.region = "980101".into();
        }
        "本机构" => matter.institution = "h-1".into(),
        "他机构" => matter.institution = "h-2".into(),
        "委托事项" => commissioned(actor, &["m-1"], &[], (90, 100)),
        "委托机构" => {
            matter.institution = "h-1".into();
            commissioned(actor, &[], &["h-1"], (100, 110));
        }
        "委托他局" => {
            owned(matter, Department::Insurance, "990100");
            matter.institution = "h-1".into();
            commissioned(actor, &["m-1"], &["h-1"], (90, 100));
        }
        "本地第三方" => {
            owned(matter, Department::ThirdParty, "990101");
        }
        "外地第三方" => {
            owned(matter, Department::ThirdParty, "980101");
        }
        "委托期满" => commissioned(actor, &["m-1"], &[], (90, 99)),
        "委托未始" => commissioned(actor, &["m-1"], &[], (101, 110)),
        "未委托" => commissioned(actor, &["m-2"], &["h-2"], (90, 110)),
        other => panic!("line {}: `{other}` is no situation", row.line),
    }
}

fn matter(row: &Row) -> Matter {
    let mut matter = Matter {
        id: "m-1".into(),
        kind: if matches!(row.cells[4], "单位" | "系统") { Kind::Clue } else { row.word(4) },
        region: "990101".into(),
        organisation: String::new(),
        department: Department::Insurance,
        seat: String::new(),
        handed_to: [].into(),
        team: ["another".to_owned()].into(),
        recused: [].into(),
        secrecy: Secrecy::Internal,
        institution: String::new(),
    };
    owned(&mut matter, Department::Insurance, "990101");
    matter
}

/// Asks for one matter and for a list, which must agree.
fn ask<D: Deed<On = Matter>>(
    policies: &Policies,
    actor: &Actor,
    deed: D,
    matter: &Matter,
) -> Result<(), Denied> {
    let listed = policies.scope(actor, deed.clone()).filter().covers(matter);
    let answer = policies.decide(actor, deed, matter).map(drop);
    assert_eq!(answer.is_ok(), listed, "{actor:?} {matter:?}");
    answer
}

fn answer(policies: &Policies, row: &Row, action: &str) -> bool {
    let (mut actor, mut matter) = (actor(row), matter(row));
    arrange(row, &mut actor, &mut matter);
    let unit = Organisation {
        code: matter.organisation.clone(),
        department: matter.department,
        region: matter.seat.clone(),
    };
    // The installation of one's own region, where nothing else is said.
    let region = if row.cells[3] == "—" { actor.region.clone() } else { matter.seat.clone() };
    let here = Installation { region };
    let purpose = || "核查".to_owned();
    let answer = match action {
        "查阅" => ask(policies, &actor, Read, &matter),
        "列表" => ask(policies, &actor, List, &matter),
        "检索" => ask(policies, &actor, Search, &matter),
        "图谱" => ask(policies, &actor, Graph, &matter),
        "统计" => ask(policies, &actor, Count, &matter),
        "导出" => ask(policies, &actor, Export, &matter),
        "建立" => ask(policies, &actor, Create, &matter),
        "打开个人信息" => ask(policies, &actor, OpenPersonalData { purpose: purpose() }, &matter),
        "打开举报人身份" => ask(policies, &actor, OpenInformant { purpose: purpose() }, &matter),
        "审批批量导出" => policies.decide(&actor, ApproveBulkExport, &unit).map(drop),
        "委托第三方" => policies.decide(&actor, GiveCommission, &unit).map(drop),
        "推送部门数据" => policies.decide(&actor, DeliverData, &unit).map(drop),
        "查看数据推送" => policies.decide(&actor, ReadDeliveries, &unit).map(drop),
        "比对部门数据" => policies.decide(&actor, MatchData { purpose: purpose() }, &matter).map(drop),
        "管理账号" => policies.decide(&actor, ManageUsers, &unit).map(drop),
        "管理权限策略" => policies.decide(&actor, ManagePolicies, &here).map(drop),
        "管理业务参数" => policies.decide(&actor, ManageParameters, &here).map(drop),
        "查阅审计记录" => policies.decide(&actor, ReadAudit, &here).map(drop),
        "核验审计记录" => policies.decide(&actor, VerifyAudit, &here).map(drop),
        "备份恢复" => policies.decide(&actor, Backup, &here).map(drop),
        "配置系统" => policies.decide(&actor, Configure, &here).map(drop),
        "查阅数据" => policies.decide(&actor, ReadData, &here).map(drop),
        "管理数据" => policies.decide(&actor, ManageData, &here).map(drop),
        other => match other.strip_prefix("办理 ") {
            Some(id) => ask(policies, &actor, Act { id: id.to_owned() }, &matter),
            None => panic!("line {}: `{other}` is no action", row.line),
        },
    };
    answer.is_ok()
}

#[test]
fn everybody_may_what_the_table_says_and_no_more() {
    let policies = Policies::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
    let (mut wrong, mut asked) = (Vec::new(), 0);
    let rows = rows();
    for row in &rows {
        assert_eq!(row.cells.len(), 7, "line {}", row.line);
        let expected = match row.cells[6] {
            "可以" => true,
            "不可以" => false,
            other => panic!("line {}: `{other}`", row.line),
        };
        for action in row.cells[5].split('、') {
            asked += 1;
            if answer(&policies, row, action) != expected {
                wrong.push(format!("line {}: {} {action}", row.line, row.cells.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() >= 150 && asked >= 500, "{} rows, {asked} questions", rows.len());
}

#[test]
fn every_role_and_department_stands_in_the_table() {
    let rows = rows();
    let departments: BTreeSet<&str> = rows.iter().map(|row| row.cells[0]).collect();
    let roles: BTreeSet<&str> = rows.iter().map(|row| row.cells[1]).collect();
    let kinds: BTreeSet<&str> = rows.iter().map(|row| row.cells[4]).collect();
    assert!(Department::ALL.iter().all(|(_, _, title)| departments.contains(title)), "{departments:?}");
    assert!(Role::ALL.iter().all(|(_, _, title)| roles.contains(title)), "{roles:?}");
    assert!(Kind::ALL.iter().all(|(_, _, title)| kinds.contains(title)), "{kinds:?}");
}
