//! What the agency does: agreements that were broken, with the money that comes back, and points of practitioners.

use crate::demo::agenda::{Agenda, Course};
use serde_json::{Value, json};

/// The hospital of the story, and two institutions beside it.
const HOSPITALS: [&str; 3] = ["H99010100001", "H99010100002", "H99010200001"];

/// What was broken, the money in fen that is to come back, what is not paid out, and damages.
const BREACHES: [(&str, i64, i64, i64); 9] = [
    ("超协议范围开展诊疗项目并结算", 4_860_000, 0, 972_000),
    ("超标准收取床位费", 1_264_000, 0, 252_800),
    ("分解住院次均费用考核", 0, 2_318_000, 0),
    ("耗材进销存不符", 3_470_500, 0, 694_100),
    ("门诊慢特病超量开药", 926_400, 185_000, 0),
    ("康复项目时长不足仍按次收费", 2_105_000, 0, 421_000),
    ("未经备案开展新增诊疗项目", 688_000, 0, 137_600),
    ("检查检验结果未互认重复收费", 1_542_000, 308_000, 0),
    ("挂名医师开具处方", 772_000, 0, 154_400),
];

/// Tells of an agreement every four weeks, and of points after some.
pub fn tell(agenda: &mut Agenda) {
    for (serial, breach) in BREACHES.iter().enumerate() {
        let ago = 232 - 27 * serial as i64;
        broken(agenda, ago, serial, *breach);
    }
    for (serial, (practitioner, ago, event, how, points)) in POINTS.into_iter().enumerate() {
        let mut course = agenda.course(format!("points-{serial}"), ago);
        counted(&mut course, practitioner, event, how, points, serial);
    }
}

fn broken(
    agenda: &mut Agenda,
    ago: i64,
    serial: usize,
    (breach, returned, refused, damages): (&str, i64, i64, i64),
) {
    let hospital = HOSPITALS[serial % HOSPITALS.len()];
    let region = &hospital[1..7];
    let mut course = agenda.course(format!("agreement-{serial}"), ago);
    course.begin(
        "agency-lead",
        json!({
            "machine": "agreement", "act": "open", "region": region, "source": "agency", "title": breach,
            "subject_kind": "institution", "subject": hospital, "institution": hospital,
            "input": { "input": "agreement", "institution": hospital, "breach": format!("日常核查发现{breach}。") },
        }),
    );
    let said = json!({ "input": "agreement_statement", "what": "examined" });
    course.after(6).act("agency-lead", "hear", "机构书面陈述，已复核", said).after(2);
    let paper = course.paper("示医保协", 1 + serial);
    course.approve("agency-head", "approve", &paper).after(1);
    let sum = |amount: i64| (amount > 0).then_some(amount);
    let proposal = json!({
        "loss": returned + refused, "defrauded": 0, "refused_to_correct": false, "serious": false, "mitigated": false,
        "returned": sum(returned), "fined": null, "damages": sum(damages), "refused": sum(refused), "suspension": null,
    });
    let each = [(1, "correction"), (returned, "recovery"), (refused, "refusal"), (damages, "damages")];
    let measures: Vec<&str> = each.iter().filter(|(sum, _)| *sum > 0).map(|(_, measure)| *measure).collect();
    let decided =
        json!({ "input": "agreement_measures", "measures": measures, "money": [["M24", proposal]] });
    course.act("agency-lead", "decide", "", decided).after(9);
    repaid(&mut course, returned, damages, serial);
}

/// The money comes back in two parts, and the damages; what nobody owes any more is over.
fn repaid(course: &mut Course<'_>, returned: i64, damages: i64, serial: usize) {
    let half = returned / 2;
    let parts = [
        ("returned", "fund", half),
        ("returned", "fund", returned - half),
        ("agreement_damages", "agreement", damages),
    ];
    for (part, (kind, account, amount)) in parts.into_iter().enumerate() {
        if amount > 0 {
            let voucher = format!("{}-{part}", course.paper("协缴", 1 + serial));
            let input = json!({ "input": "pay", "kind": kind, "account": account, "amount": amount, "voucher": voucher });
            course.act("agency-lead", "pay", "", input).after(12);
        }
    }
    let result = json!({ "input": "agreement_result", "result": "款项已到账，问题已整改。" });
    course.act("agency-lead", "perform", "", result);
}

/// Practitioner, days ago, event, responsibility, points.
const POINTS: [(&str, i64, &str, &str, u32); 6] = [
    ("D990101000011", 210, "breach", "general", 1),
    ("D990101000011", 150, "breach", "important", 2),
    ("D990101000024", 130, "covering", "main", SUSPENDED),
    ("D990102000007", 95, "penalty", "important", 5),
    ("D990101000011", 60, "breach", "main", 3),
    ("D990102000031", 9, "breach", "main", 3),
];
/// Points with which a qualification is suspended.
const SUSPENDED: u32 = 9;

fn counted(course: &mut Course<'_>, practitioner: &str, event: &str, how: &str, points: u32, serial: usize) {
    let hospital = HOSPITALS[serial % HOSPITALS.len()];
    let new: Value = json!({
        "machine": "points", "act": "open", "region": "990100", "source": "agency", "title": "医务人员支付资格记分",
        "subject_kind": "practitioner", "subject": practitioner, "institution": hospital,
        "input": { "input": "points", "practitioner": practitioner, "institution": hospital, "event": event, "responsibility": how,
            "points": points, "facts": "对所在机构的违规行为负有责任。" },
    });
    course.begin("agency-lead", new).after(2);
    course.act("agency-lead", "decide", "情形与责任程度清楚", json!({ "input": "decide_points" })).after(2);
    course.act("agency-lead", "tell", "书面告知人员和机构", json!({ "input": "nothing" })).after(25);
    course.plain("agency-lead", "settle");
    if points == SUSPENDED {
        let months = json!({ "input": "suspend_qualification", "months": 2 });
        course.after(2).act("agency-lead", "suspend", "", months);
        course.after(66).act("agency-lead", "restore", "", json!({ "input": "restore_qualification" }));
    } else {
        course.after(2).act("agency-lead", "repair", "", json!({ "input": "repair", "kind": "learning" }));
    }
}
