//! Acts of a day: clues from arrival to answer and filing, cases at every stage, complaints, inspections, self-checks, referrals.

use super::{
    cast::Cast,
    client::{Refused, text},
    clock,
    hand::Hand,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, net::SocketAddr};

/// Counties of the demo with a bureau that somebody works in: its lead answers, its head decides.
pub const COUNTIES: [(&str, &str, &str); 2] =
    [("990101", "county-lead", "county-head"), ("990102", "county2-lead", "county2-head")];
/// Clues that are worked on: so many at every stage.
const EACH: usize = 4;
/// Steps of a case, in their order: who, act, reason, input.
pub type Step = (&'static str, &'static str, &'static str, Value);

/// Tells all of it.
pub fn tell(address: SocketAddr) -> Result<(), Refused> {
    let mut cast = Cast::new(address);
    let filed = clues(&mut cast)?;
    cases(&mut cast, &filed)?;
    others(&mut cast)
}

/// A day ahead, as the server writes days.
fn ahead(days: i64) -> String {
    clock::date(clock::day(clock::machine()) + days)
}

/// The input of an act that brings nothing.
pub fn nothing() -> Value {
    json!({ "input": "nothing" })
}

/// Works on clues of the counties, some to each stage; the confirmed ones are answered with.
fn clues(cast: &mut Cast) -> Result<Vec<Value>, Refused> {
    let mut answered = Vec::new();
    for (county, lead, head) in COUNTIES {
        let path = format!(
            "/api/v1/matters?machine=clue&state=received&region={county}&sort=score&descending=true&size=60"
        );
        let page = cast.of("city-lead")?.get(&path)?;
        let clues = page["items"].as_array().cloned().unwrap_or_default();
        for (place, clue) in clues.into_iter().enumerate() {
            // The gravest three and all beyond stay as they came.
            let stage = if place < 3 { 0 } else { (place - 3) / EACH + 1 };
            if stage == 0 || stage > 7 {
                continue;
            }
            let id = text(&clue, "id");
            cast.act("city-handler", &id, "register", "", &nothing())?;
            if stage == 1 {
                continue;
            }
            let due = json!({ "input": "dispatch", "to": county, "due": ahead(14) });
            cast.act("city-lead", &id, "dispatch", "按属地分办", &due)?;
            if stage == 2 {
                continue;
            }
            cast.act(lead, &id, "verify", "", &nothing())?;
            if stage == 3 {
                continue;
            }
            let (outcome, found, steps, facts) = match stage {
                5 => ("refuted", 0, vec!["nothing"], "调阅病历与清单，系两次独立就诊，收费有依据。"),
                6 => ("unclear", 0, vec!["talk"], "机构未能提供当日监控和原始单据，已约谈并要求补充。"),
                _ => (
                    "confirmed",
                    clue["amount"].as_i64().unwrap_or_default(),
                    vec!["returned", "case"],
                    "现场核对原始单据，明细与系统一致，机构予以承认。",
                ),
            };
            let answer = json!({
                "input": "answer", "outcome": outcome, "facts": facts, "found": found, "steps": steps, "attachments": [],
            });
            cast.act(lead, &id, "answer", "", &answer)?;
            if stage == 4 {
                continue;
            }
            cast.act("city-lead", &id, "report_up", "复核无误", &json!({ "input": "report_up" }))?;
            match stage {
                5 => cast.act(head, &id, "close", "查否，予以办结", &nothing())?,
                7 => {
                    cast.act(head, &id, "file", "查实，转立案", &nothing())?;
                    answered.push(clue);
                }
                _ => {}
            }
        }
    }
    Ok(answered)
}

/// One case for each clue, each one step further than the one before.
fn cases(cast: &mut Cast, clues: &[Value]) -> Result<(), Refused> {
    // The first goes furthest, so that few clues show the whole way.
    for (place, clue) in clues.iter().enumerate() {
        let origin =
            cast.of("city-lead")?.get(&format!("/api/v1/matters/{}", text(clue, "id")))?["origin"].clone();
        // The law counts from the last day that the lines show.
        let ended = origin["end"].as_str().unwrap_or("2025-01-31").to_owned();
        let id = cast.begin("city-lead", &proposal(clue, &ended))?;
        let steps = steps(clue["amount"].as_i64().unwrap_or_default(), &lines(&origin), (2026, 1));
        let most = steps.len().saturating_sub(place * 3);
        // One case is suspected to be a crime while it is investigated, and handed to the police.
        let crime = place == 1;
        for (who, act, reason, input) in steps.iter().take(if crime { INVESTIGATED } else { most.max(1) }) {
            cast.act(who, &id, act, reason, input)?;
        }
        if crime {
            transfer(cast, clue, &id)?;
        }
    }
    Ok(())
}

/// A case that a clue is proposed for.
pub fn proposal(clue: &Value, ended: &str) -> Value {
    json!({
        "machine": "case", "act": "open", "region": clue["region"], "source": clue["source"], "title": clue["title"],
        "subject_kind": clue["subject_kind"], "subject": clue["subject"], "institution": clue["institution"],
        "parent": clue["id"],
        "input": {
            "input": "open_case", "subject": clue["subject"], "clue": clue["id"],
            "violation_facts": "经核查，线索所列明细属实，基金已支付。", "violation_ended": ended, "grave": false,
            "own_jurisdiction": true,
        },
    })
}

/// Steps of a case until its evidence is there.
const INVESTIGATED: usize = 5;

/// The crime that is suspected.
pub const CRIME: &str = "《刑法》第266条（诈骗罪）";

/// A transfer that a case is proposed for.
pub fn suspicion(clue: &Value, case: &str) -> Value {
    json!({
        "machine": "transfer", "act": "open", "region": clue["region"], "source": clue["source"],
        "title": format!("移送：{}", text(clue, "title")), "subject_kind": clue["subject_kind"], "subject": clue["subject"],
        "institution": clue["institution"], "parent": case,
        "input": { "input": "open_transfer", "case": case, "crime": CRIME },
    })
}

/// What goes with the letter; the report is the issued paper of that name.
pub fn enclosing(report: &str) -> Value {
    json!({
        "input": "enclose", "enclosures": [
            { "enclosure": "report", "form": "paper", "piece": report },
            { "enclosure": "goods", "form": "none" }, { "enclosure": "tests", "form": "none" },
            { "enclosure": "others", "form": "original", "title": "结算明细、询问笔录", "number": "证据卷第1册", "amount": "2册" },
        ],
    })
}

/// The file goes to the police with a letter.
pub fn sending(letter: &str) -> Value {
    json!({ "input": "send", "to": "990100-ga", "same_level": true, "letter": letter })
}

/// A case's transfer to the police, received, with a supplement asked for.
fn transfer(cast: &mut Cast, clue: &Value, case: &str) -> Result<(), Refused> {
    let suspect = json!({ "input": "suspect_crime", "crime": CRIME });
    cast.act("city-lead", case, "suspect_crime", "伪造住院病历套取基金，数额较大", &suspect)?;
    let id = cast.begin("city-lead", &suspicion(clue, case))?;
    let team = json!({ "input": "team", "accounts": ["city-handler", "city-handler2"] });
    let report = json!({ "input": "transfer_report", "paper": "示医保移报〔2026〕1号" });
    let approve = json!({ "input": "approve", "paper": "示医保移批〔2026〕1号" });
    let supplement =
        json!({ "input": "ask_supplement", "items": ["医院当日在岗人员名单", "收费系统操作日志"] });
    let hand = Hand { day: ahead(0), amount: clue["amount"].as_i64().unwrap_or_default() };
    cast.act("city-lead", &id, "form_team", "", &team)?;
    cast.issue("city-handler", &id, "investigation-report", &hand)?;
    cast.act("city-handler", &id, "report", "", &report)?;
    cast.act("city-head", &id, "approve", "", &approve)?;
    cast.act("city-lead", &id, "enclose", "", &enclosing(&format!("{id}/investigation-report/1")))?;
    let letter = cast.issue("city-lead", &id, "transfer-letter", &hand)?;
    cast.act("city-lead", &id, "send", "", &sending(&letter))?;
    cast.act("police-handler", &id, "sign_receipt", "", &json!({ "input": "sign_receipt" }))?;
    cast.act("police-handler", &id, "ask_supplement", "", &supplement)
}

/// Lines that a decision names at most.
const LINES: usize = 1000;

/// Keys of the lines that a clue holds against somebody.
pub fn lines(origin: &Value) -> BTreeSet<String> {
    let findings = origin["findings"].as_array().into_iter().flatten();
    let lines = findings.filter_map(|finding| finding["evidence"].as_array()).flatten();
    let offending = lines.filter(|line| line["role"] == "offending");
    let key = |line: &Value| {
        let parts = line["key"].as_array().into_iter().flatten().filter_map(Value::as_str);
        parts.collect::<Vec<_>>().join("/")
    };
    offending.map(key).take(LINES).collect()
}

/// The way of a case whose party does not ask to be heard; its papers bear a year and a number.
pub fn steps(amount: i64, lines: &BTreeSet<String>, (year, serial): (i64, usize)) -> Vec<Step> {
    let number = |sign: &str| format!("{sign}〔{year}〕{serial}号");
    let digest = |letter: &str| letter.repeat(64);
    let proposal = json!({
        "loss": amount, "defrauded": 0, "refused_to_correct": false, "serious": false, "mitigated": false,
        "returned": amount, "fined": amount, "damages": null, "refused": null, "suspension": null,
    });
    vec![
        ("city-lead", "assign", "", json!({ "input": "officers", "accounts": ["city-handler", "city-handler2"] })),
        ("city-head", "approve_filing", "", json!({ "input": "approve", "paper": number("示医保立审") })),
        ("city-lead", "file", "", nothing()),
        (
            "city-handler",
            "add_evidence",
            "",
            json!({
                "input": "evidence", "kind": "electronic", "title": "结算明细导出", "origin": "outside", "sm3": digest("a"), "sha256": digest("b"),
                "source": "筛查批次所列明细，机构信息系统导出",
            }),
        ),
        (
            "city-handler2",
            "add_evidence",
            "",
            json!({
                "input": "evidence", "kind": "party", "title": "机构负责人询问笔录", "origin": "outside", "sm3": digest("c"), "sha256": digest("d"),
                "source": "询问取得",
            }),
        ),
        ("city-handler", "conclude", "", json!({ "input": "conclude", "review_required": true, "discussion_required": true })),
        ("city-legal", "review", "", json!({ "input": "review", "passed": true, "opinion": "事实清楚，证据充分，程序合法。" })),
        (
            "city-lead",
            "notify",
            "",
            json!({
                "input": "notice", "parts": ["facts", "reasons", "basis", "rights"], "fine": amount, "new_facts": false,
                "receipt": number("示医保送"),
            }),
        ),
        ("city-lead", "enter_statement", "当事人书面放弃陈述申辩", json!({ "input": "statement", "what": "waived" })),
        (
            "city-head",
            "discuss",
            "",
            json!({
                "input": "discuss",
                "opinions": [["city-head", "同意处理意见"], ["city-lead", "同意"], ["city-legal", "同意"]],
                "conclusion": "责令退回并处一倍罚款。",
            }),
        ),
        ("city-head", "approve_decision", "", json!({ "input": "approve", "paper": number("示医保决审") })),
    ]
    .into_iter()
    .chain([(
        "city-lead",
        "decide",
        "",
        json!({ "input": "decide", "kind": "penalty", "items": [["M05", proposal]], "lines": lines }),
    )])
    .collect()
}

/// What does not grow out of clues.
fn others(cast: &mut Cast) -> Result<(), Refused> {
    let hospital = "H99010100001";
    let matters = [
        (
            "city-lead",
            json!({
                "machine": "complaint", "act": "open", "region": "990101", "source": "complaint", "title": "反映某医院让不住院的人办住院",
                "subject_kind": "institution", "subject": hospital,
                "input": { "input": "complaint", "channel": "line_12345", "named": false, "token": "", "target": hospital,
                    "content": "反映该院为未住院人员办理住院手续。", "evidence": true },
            }),
        ),
        (
            "city-lead",
            json!({
                "machine": "inspection", "act": "open", "region": "990101", "source": "inspection", "title": "年度专项检查：血液透析",
                "institution": hospital,
                "input": { "input": "plan_inspection", "kind": "special", "institution": hospital, "plan": "2026年度计划第3项" },
            }),
        ),
        (
            "city-lead",
            json!({
                "machine": "self_check", "act": "open", "region": "990101", "source": "self_check", "title": "骨科领域自查自纠",
                "institution": hospital,
                "input": { "input": "self_check", "institution": hospital, "field": "骨科", "variant": null, "due": ahead(30),
                    "items": ["重复收取手术费", "串换医用耗材", "超标准收取床位费"] },
            }),
        ),
        (
            "city-lead",
            json!({
                "machine": "referral", "act": "open", "region": "990100", "source": "referral", "title": "向卫健部门移送诊疗规范问题",
                "input": { "input": "referral", "to": "health", "to_region": "990100", "content": "检查中发现部分病例诊疗不规范。",
                    "asked": "依职责核查处理", "linked": "", "due": ahead(30) },
            }),
        ),
        (
            "city-head",
            json!({
                "machine": "meeting", "act": "open", "region": "990100", "source": "superior", "title": "医保基金监管联席会议",
                "input": { "input": "meeting", "topic": "打击欺诈骗保专项整治", "departments": ["police", "procuratorate", "health"] },
            }),
        ),
        (
            "agency-lead",
            json!({
                "machine": "agreement", "act": "open", "region": "990101", "source": "agency", "title": "超协议范围开展诊疗项目",
                "subject_kind": "institution", "subject": hospital, "institution": hospital,
                "input": { "input": "agreement", "institution": hospital, "breach": "未经备案开展新增诊疗项目并结算。" },
            }),
        ),
    ];
    for (who, new) in matters {
        let id = cast.begin(who, &new)?;
        if new["machine"] == "self_check" {
            cast.act(who, &id, "issue", "", &nothing())?;
        }
    }
    Ok(())
}
