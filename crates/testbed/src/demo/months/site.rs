//! Inspections from the draw to the second look, and self-checks that institutions answer, repay and mend.

use crate::demo::agenda::{Agenda, Course};
use serde_json::json;

const HOSPITAL: &str = "H99010100001";
const OFFICERS: [&str; 2] = ["city-handler", "city-handler2"];

/// Tells of them.
pub fn tell(agenda: &mut Agenda) {
    for (serial, ago) in [225, 160, 72, 15].into_iter().enumerate() {
        let name = format!("inspection-{serial}");
        inspected(&mut agenda.course(name.clone(), ago), &name, serial);
    }
    for (serial, (ago, field)) in
        [(215, "血液透析"), (125, "康复理疗"), (40, "检验检查")].into_iter().enumerate()
    {
        checked(&mut agenda.course(format!("self-check-{serial}"), ago), field, serial);
    }
}

fn digest(serial: usize, part: usize) -> String {
    format!("{:064x}", 16 * (serial + 1) + part)
}

fn inspected(course: &mut Course<'_>, name: &str, serial: usize) {
    let plan = course.paper("年度检查计划", 1 + serial);
    let new = json!({
        "machine": "inspection", "act": "open", "region": "990101", "source": "inspection", "title": "双随机检查：住院费用",
        "institution": HOSPITAL,
        "input": { "input": "plan_inspection", "kind": "daily", "institution": HOSPITAL, "plan": plan },
    });
    course.begin("city-lead", new).after(3);
    course.draw(
        "city-lead",
        json!({ "institutions": { "list": [HOSPITAL], "count": 1 }, "officers": { "list": OFFICERS, "count": 2 } }),
    );
    course.act(
        "city-lead",
        "draw",
        "",
        json!({ "input": "draw", "draw": format!("@{name}/draw"), "accounts": OFFICERS }),
    );
    let paper = course.after(2).paper("示医保检", 1 + serial);
    course.act("city-lead", "notify", "", json!({ "input": "inspection_notice", "paper": paper })).after(4);
    course.plain("city-lead", "enter");
    course.act("city-lead", "add_record", "", json!({ "input": "site_record", "sm3": digest(serial, 1) }));
    let finding = json!({
        "input": "finding", "item": "床位与护理等级", "facts": "抽查病历三十份，五份护理等级与记录不符。", "evidence": [digest(serial, 2)],
        "amount": 386_000 + 41_500 * serial as i64,
    });
    course.act("city-lead", "add_finding", "", finding).after(2).plain("city-lead", "leave");
    let heard = json!({ "input": "institution_statement", "statement": "机构对检查发现没有意见。" });
    course.after(2).act("city-lead", "hear", "", heard).after(3);
    course.act("city-lead", "hand_over", "", json!({ "input": "hand_over_inspection", "region": "990101" }));
    let result = json!({ "input": "finding_result", "finding": 1, "result": "退回基金，扣减年度考核分。" });
    course.after(15).act("city-lead", "answer_finding", "", result);
    let answer = json!({ "input": "inspection_answer", "answer": "机构已退回并整改。" });
    course.act("city-lead", "answer", "", answer).after(25);
    course.act(
        "city-lead",
        "follow_up",
        "",
        json!({ "input": "follow_up", "what": "复查五份病历，均已规范。" }),
    );
    course.after(1).act("city-lead", "close", "复查合格，予以办结", json!({ "input": "nothing" }));
}

/// Two items found, one not.
fn checked(course: &mut Course<'_>, field: &str, serial: usize) {
    let items = ["重复收费", "超标准收费", "虚记项目"];
    let new = json!({
        "machine": "self_check", "act": "open", "region": "990101", "source": "self_check", "title": format!("{field}领域自查自纠"),
        "institution": HOSPITAL,
        "input": { "input": "self_check", "institution": HOSPITAL, "field": field, "variant": null, "due": course.ahead(30),
            "items": items },
    });
    course.begin("city-lead", new).plain("city-lead", "issue").after(12);
    let amounts = [128_600 + 15_000 * serial as i64, 74_200, 0];
    for (item, amount) in items.into_iter().zip(amounts) {
        let facts = if amount > 0 { "自查发现个别清单重复计收。" } else { "" };
        let lines = if amount > 0 { 12 } else { 0 };
        let answer = json!({ "input": "check_answer", "item": item, "found": amount > 0, "lines": lines, "amount": amount, "facts": facts });
        course.act("hospital-handler", "answer_item", "", answer);
    }
    course.plain("hospital-handler", "submit").after(6);
    course.act("city-lead", "review", "与筛查结果核对一致", json!({ "input": "review_check" })).after(4);
    let total: i64 = amounts.iter().sum();
    let voucher = course.paper("自查退回", 1 + serial);
    course.act("city-lead", "refund", "", json!({ "input": "refund", "amount": total, "voucher": voucher }));
    for (item, _) in items.iter().zip(amounts).filter(|(_, amount)| *amount > 0) {
        let mended = json!({ "input": "correct", "item": item, "correction": "已修改收费模板并培训。" });
        course.act("hospital-handler", "correct_item", "", mended);
    }
    course.after(3).plain("city-lead", "close");
}
