//! Complaints up to the reward, referrals to other departments and back, and a joint meeting with its tasks.

use crate::demo::agenda::{Agenda, Course};
use serde_json::json;

const HOSPITAL: &str = "H99010100001";
/// The code that a reward is claimed by, and its SM3 as the standard prints it.
const CODE: (&str, &str) = ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");

/// Tells of them.
pub fn tell(agenda: &mut Agenda) {
    rewarded(&mut agenda.course("complaint-1", 200));
    refuted(&mut agenda.course("complaint-2", 110));
    forgotten(&mut agenda.course("complaint-3", 64));
    told_late(&mut agenda.course("complaint-4", 45));
    for (serial, ago) in [190, 100, 33, 8].into_iter().enumerate() {
        referred(&mut agenda.course(format!("referral-{serial}"), ago), serial);
    }
    met(&mut agenda.course("meeting", 140));
}

/// A complaint of somebody who gives a name, or of nobody.
fn received(course: &mut Course<'_>, title: &str, content: &str, named: bool) {
    let informant = json!({ "name": "示例举报人", "phone": "13900000000" });
    let mut input = json!({
        "input": "complaint", "channel": "telephone", "named": named, "target": HOSPITAL, "content": content, "evidence": true,
    });
    if named {
        input["informant"] = informant;
    }
    course.begin(
        "city-lead",
        json!({
            "machine": "complaint", "act": "open", "region": "990101", "source": "complaint", "title": title,
            "subject_kind": "institution", "subject": HOSPITAL, "input": input,
        }),
    );
}

/// Registered, accepted, and a clue of its own.
fn handed_over(course: &mut Course<'_>, name: &str, title: &str) {
    course.after(2).plain("city-lead", "register").after(1).plain("city-lead", "accept");
    let clue = json!({
        "machine": "clue", "act": "open", "region": "990101", "source": "complaint", "title": title, "subject_kind": "institution",
        "subject": HOSPITAL, "institution": HOSPITAL, "parent": format!("@{name}"),
        "input": { "input": "open_clue", "source": "complaint", "subject": HOSPITAL, "key": format!("{name}-clue"), "amount": 10_000_000,
            "severity": 3, "grade": 1 },
    });
    let mut own = course.beside(format!("{name}/clue"));
    own.begin("city-lead", clue).plain("city-handler", "register").after(2).plain("city-lead", "verify");
    let answer = json!({
        "input": "answer", "outcome": "confirmed", "facts": "举报内容属实，已追回。", "found": 8_000_000, "steps": ["returned"],
        "attachments": [],
    });
    own.after(8).act("city-lead", "answer", "", answer);
    own.after(2).act("city-head", "close", "查实，费用已退回", json!({ "input": "nothing" }));
    course.act(
        "city-lead",
        "hand_over",
        "",
        json!({ "input": "complaint_clue", "clue": format!("@{name}/clue") }),
    );
}

fn concluded(course: &mut Course<'_>, act: &'static str, proved: bool) {
    let outcome = json!({ "input": "complaint_outcome", "proved": proved, "value": if proved { 10_000_000 } else { 0 } });
    course.after(13).act("city-lead", act, "经核查作出处理", outcome);
}

/// Proved, and the reward paid.
fn rewarded(course: &mut Course<'_>) {
    let title = "实名反映某医院挂床住院";
    received(course, title, "反映该院为未住院人员办理住院手续，并提供床位照片。", true);
    handed_over(course, "complaint-1", title);
    concluded(course, "conclude_named", true);
    let told = course.after(2).paper("示医保告", 1);
    course.act("city-lead", "tell", "", json!({ "input": "tell", "paper": told }));
    course.act("city-lead", "prove", "查证属实", json!({ "input": "nothing" })).after(5);
    let reward =
        json!({ "input": "reward", "amount": 200_000, "known": false, "first": true, "staff": false });
    course.act("city-lead", "propose_reward", "", reward).after(4);
    let paper = course.paper("示医保奖", 1);
    course.approve("city-head", "approve_reward", &paper).after(2);
    course
        .act("city-lead", "tell_reward", "", json!({ "input": "tell_reward", "code_sm3": CODE.1 }))
        .after(15);
    course.act("city-lead", "claim_reward", "", json!({ "input": "claim", "code": CODE.0 })).after(5);
    course.act("city-head", "pay_reward", "", json!({ "input": "pay_reward", "voucher": "奖励转账1号" }));
}

/// Nobody's name, and not so.
fn refuted(course: &mut Course<'_>) {
    let title = "匿名反映某药店串换药品";
    received(course, title, "反映该店将保健品串换为医保药品结算。", false);
    handed_over(course, "complaint-2", title);
    concluded(course, "conclude_anonymous", false);
    course.after(1).act("city-lead", "close", "查无实据，予以办结", json!({ "input": "nothing" }));
}

/// Registered after the day for it.
fn forgotten(course: &mut Course<'_>) {
    received(course, "反映某诊所上门收集医保卡", "反映诊所人员上门收集医保卡并给付现金。", false);
    course.after(16).plain("city-lead", "register");
}

/// The informant was told after the day for it.
fn told_late(course: &mut Course<'_>) {
    let title = "实名反映某医院虚记理疗项目";
    received(course, title, "反映该院将未做的理疗项目记入费用清单。", true);
    handed_over(course, "complaint-4", title);
    concluded(course, "conclude_named", true);
    let told = course.after(16).paper("示医保告", 2);
    course.act("city-lead", "tell", "", json!({ "input": "tell", "paper": told }));
}

/// To the health department and back; the newest are still under way.
fn referred(course: &mut Course<'_>, serial: usize) {
    let (to, who) = if serial == 1 { ("market", "market-handler") } else { ("health", "health-handler") };
    let new = json!({
        "machine": "referral", "act": "open", "region": "990100", "source": "referral", "title": "移送检查中发现的部门职责问题",
        "input": { "input": "referral", "to": to, "to_region": "990100", "content": "检查中发现部分病例诊疗、收费不规范。",
            "asked": "依职责核查处理", "linked": "", "due": course.ahead(30) },
    });
    course.begin("city-lead", new).after(1).plain("city-lead", "send").after(3).plain(who, "receive");
    let result = json!({ "input": "referral_result", "result": "已约谈机构负责人并责令整改。", "amount": 0 });
    course.after(18).act(who, "answer", "", result).after(3).plain("city-lead", "close");
}

fn met(course: &mut Course<'_>) {
    let new = json!({
        "machine": "meeting", "act": "open", "region": "990100", "source": "superior", "title": "医保基金监管季度联席会议",
        "input": { "input": "meeting", "topic": "部门数据共享与联合检查", "departments": ["insurance", "police", "health"] },
    });
    course.begin("city-head", new).after(7);
    let minutes = json!({ "input": "minutes", "minutes": "议定由卫健部门提供执业登记变更数据。" });
    course.act("city-head", "hold", "", minutes);
    let task =
        json!({ "input": "task", "what": "提供执业登记变更数据", "who": "health", "due": course.ahead(30) });
    course.act("city-head", "add_task", "", task).after(20);
    course.act(
        "health-handler",
        "answer_task",
        "",
        json!({ "input": "task_result", "task": 1, "result": "已提供。" }),
    );
    course.after(2).plain("city-head", "close");
}
