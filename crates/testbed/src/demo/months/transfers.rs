//! Transfers to the police: one declined, upheld on reconsideration and filed as the procuratorate ordered, one filed at once,
//! one that lacks papers.

use crate::demo::{
    agenda::Course,
    story::{CRIME, enclosing, nothing, sending, suspicion},
};
use serde_json::{Value, json};

/// A crime is suspected in the case that is under way; the earlier the case, the further its transfer is.
pub fn tell(case: &mut Course<'_>, clue: &Value, serial: usize) {
    let suspect = json!({ "input": "suspect_crime", "crime": CRIME });
    case.act("city-lead", "suspect_crime", "伪造住院病历套取基金，数额较大", suspect);
    let name = format!("transfer-{serial}");
    let mut course = case.beside(name.clone());
    sent(&mut course, clue, &name, serial);
    match serial {
        ..=5 => declined(&mut course, serial),
        6..=11 => filed(&mut course, serial),
        _ => supplemented(&mut course),
    }
}

/// From the suspicion to the receipt that the police sign.
fn sent(course: &mut Course<'_>, clue: &Value, name: &str, serial: usize) {
    course.begin("city-lead", suspicion(clue, &format!("@case-{serial}")));
    course.act(
        "city-lead",
        "form_team",
        "",
        json!({ "input": "team", "accounts": ["city-handler", "city-handler2"] }),
    );
    let report = course.paper("示医保移报", 10 + serial);
    course.issue("city-handler", "investigation-report");
    course.act("city-handler", "report", "", json!({ "input": "transfer_report", "paper": report })).after(2);
    let approval = course.paper("示医保移批", 10 + serial);
    course.approve("city-head", "approve", &approval);
    course.act("city-lead", "enclose", "", enclosing(&format!("@{name}/investigation-report/1")));
    course.issue("city-lead", "transfer-letter");
    course.act("city-lead", "send", "", sending(&format!("@{name}/transfer-letter")));
    course.act("police-handler", "sign_receipt", "", json!({ "input": "sign_receipt" }));
}

/// The police decline and uphold it; the procuratorate asks for their reasons and orders them to file.
fn declined(course: &mut Course<'_>, serial: usize) {
    course.after(2).act("police-handler", "decline", "现有证据不足以认定虚构住院", nothing());
    let declined =
        json!({ "input": "police_answer", "paper": course.paper("示公不立", serial), "file_returned": true });
    course.act("police-handler", "answer_declined", "现有证据不足以认定虚构住院", declined).after(1);
    course.act("city-lead", "contest", "同案三名患者当日在外地刷卡，足以认定", nothing()).after(3);
    course.act("police-handler", "uphold", "刷卡记录不能单独认定虚构住院", nothing()).after(2);
    course.act("city-lead", "ask_supervision", "同案患者证言与刷卡记录一致，应当立案", nothing()).after(3);
    course.act("procuratorate-handler", "ask_reasons", "不立案的理由需要说明", nothing()).after(5);
    course.act("police-handler", "give_reasons", "证据之间尚有矛盾", nothing()).after(4);
    course.act(
        "procuratorate-handler",
        "order_filing",
        "矛盾可以在侦查中查明，不立案的理由不成立",
        nothing(),
    );
    course.after(6).act("police-handler", "file_on_order", "依检察机关通知立案", nothing());
    let filed =
        json!({ "input": "police_answer", "paper": course.paper("示公立", serial), "file_returned": false });
    course.act("police-handler", "answer_filed", "", filed);
    let goods = json!({ "input": "hand_over", "goods": ["住院病历十二册", "收费系统硬盘一块"] });
    course.after(3).act("city-lead", "hand_over", "", goods);
    investigated(course);
}

/// The police file at once, and say so too late.
fn filed(course: &mut Course<'_>, serial: usize) {
    course.after(1).plain("police-handler", "file").after(8);
    let filed =
        json!({ "input": "police_answer", "paper": course.paper("示公立", serial), "file_returned": false });
    course.act("police-handler", "answer_filed", "", filed);
    investigated(course);
}

fn investigated(course: &mut Course<'_>) {
    course.after(14).act("police-handler", "catch", "", json!({ "input": "catch", "suspects": 2 }));
    course.act("police-handler", "enter_stage", "", json!({ "input": "stage", "stage": "侦查" }));
    course.after(40).act(
        "police-handler",
        "enter_stage",
        "",
        json!({ "input": "stage", "stage": "移送审查起诉" }),
    );
}

/// Papers are asked for and given.
fn supplemented(course: &mut Course<'_>) {
    let items = json!(["医院当日在岗人员名单", "收费系统操作日志"]);
    course
        .act("police-handler", "ask_supplement", "", json!({ "input": "ask_supplement", "items": items }))
        .after(2);
    course.act("city-lead", "supplement", "", json!({ "input": "supplement", "items": items }));
}
