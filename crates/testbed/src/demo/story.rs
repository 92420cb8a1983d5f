//! Acts of a day: clues from arrival to answer and filing, cases at every stage, complaints, inspections, self-checks, referrals.

use super::{
    FIRST_PASSWORD, PASSWORD,
    client::{Client, Refused, text},
};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    time::SystemTime,
};

/// Counties of the demo with a bureau that somebody works in: its lead answers, its head decides.
const COUNTIES: [(&str, &str, &str); 2] =
    [("990101", "county-lead", "county-head"), ("990102", "county2-lead", "county2-head")];
/// Clues that are worked on: so many at every stage.
const EACH: usize = 4;
/// Steps of a case, in their order: who, act, reason, input.
type Step = (&'static str, &'static str, &'static str, Value);

/// Everybody who acts.
struct Cast {
    address: SocketAddr,
    known: BTreeMap<String, Client>,
}

impl Cast {
    fn of(&mut self, account: &str) -> Result<&mut Client, Refused> {
        if !self.known.contains_key(account) {
            let client = Client::sign_in(self.address, account, FIRST_PASSWORD, PASSWORD)?;
            self.known.insert(account.to_owned(), client);
        }
        self.known.get_mut(account).ok_or_else(|| format!("{account} is away"))
    }

    fn act(
        &mut self,
        account: &str,
        id: &str,
        act: &str,
        reason: &str,
        input: &Value,
    ) -> Result<(), Refused> {
        self.of(account)?.act(id, act, reason, input).map(|_| ()).map_err(|why| format!("{account}: {why}"))
    }

    /// Issues a paper of a transfer with what the record lacks; says its number, empty where it has none.
    fn issue(&mut self, account: &str, id: &str, paper: &str) -> Result<String, Refused> {
        let path = format!("/api/v1/matters/{id}/papers");
        let office = self.of(account)?;
        let papers = office.get(&path)?;
        let kinds = papers["kinds"].as_array().into_iter().flatten();
        let missing =
            kinds.filter(|kind| kind["paper"] == paper).filter_map(|kind| kind["missing"].as_array());
        let labels = missing.flatten().filter_map(Value::as_str);
        let entered: BTreeMap<&str, Value> = labels
            .map(|label| label.split('·').next().unwrap_or(label))
            .map(|label| (label, entered(label)))
            .collect();
        let body = json!({ "version": papers["version"], "fields": entered });
        let issued = office.post(&format!("{path}/{paper}"), &body);
        issued.map(|issued| text(&issued, "number")).map_err(|why| format!("{account}: {why}"))
    }

    fn begin(&mut self, account: &str, new: &Value) -> Result<String, Refused> {
        self.of(account)?
            .post("/api/v1/matters", new)
            .map(|begun| text(&begun, "id"))
            .map_err(|why| format!("{account}: {why}"))
    }
}

/// Tells all of it.
pub fn tell(address: SocketAddr) -> Result<(), Refused> {
    let mut cast = Cast { address, known: BTreeMap::new() };
    let filed = clues(&mut cast)?;
    cases(&mut cast, &filed)?;
    others(&mut cast)
}

/// A day ahead, as the server writes days.
fn ahead(days: u64) -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // China's civil day; then the calendar by eras of 400 years.
    let day = (since.as_secs() + 8 * 3600) / 86_400 + days + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{date:02}", era * 400 + year + next)
}

fn nothing() -> Value {
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
        let begun = json!({
            "machine": "case", "act": "open", "region": clue["region"], "source": clue["source"], "title": clue["title"],
            "subject_kind": clue["subject_kind"], "subject": clue["subject"], "institution": clue["institution"],
            "parent": clue["id"],
            "input": {
                "input": "open_case", "subject": clue["subject"], "clue": clue["id"],
                "violation_facts": "经核查，线索所列明细属实，基金已支付。", "violation_ended": ended, "grave": false,
                "own_jurisdiction": true,
            },
        });
        let id = cast.begin("city-lead", &begun)?;
        let steps = steps(clue["amount"].as_i64().unwrap_or_default(), &lines(&origin));
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

/// Steps of a case until its evidence is there.
const INVESTIGATED: usize = 5;

/// A case's transfer to the police, received, with a supplement asked for.
fn transfer(cast: &mut Cast, clue: &Value, case: &str) -> Result<(), Refused> {
    let crime = "《刑法》第266条（诈骗罪）";
    let suspect = json!({ "input": "suspect_crime", "crime": crime });
    cast.act("city-lead", case, "suspect_crime", "伪造住院病历套取基金，数额较大", &suspect)?;
    let begun = json!({
        "machine": "transfer", "act": "open", "region": clue["region"], "source": clue["source"],
        "title": format!("移送：{}", text(clue, "title")), "subject_kind": clue["subject_kind"], "subject": clue["subject"],
        "institution": clue["institution"], "parent": case,
        "input": { "input": "open_transfer", "case": case, "crime": crime },
    });
    let id = cast.begin("city-lead", &begun)?;
    let team = json!({ "input": "team", "accounts": ["city-handler", "city-handler2"] });
    let report = json!({ "input": "transfer_report", "paper": "示医保移报〔2026〕1号" });
    let approve = json!({ "input": "approve", "paper": "示医保移批〔2026〕1号" });
    let supplement =
        json!({ "input": "ask_supplement", "items": ["医院当日在岗人员名单", "收费系统操作日志"] });
    cast.act("city-lead", &id, "form_team", "", &team)?;
    cast.issue("city-handler", &id, "investigation-report")?;
    cast.act("city-handler", &id, "report", "", &report)?;
    cast.act("city-head", &id, "approve", "", &approve)?;
    let enclose = json!({
        "input": "enclose", "enclosures": [
            { "enclosure": "report", "form": "paper", "piece": format!("{id}/investigation-report/1") },
            { "enclosure": "goods", "form": "none" }, { "enclosure": "tests", "form": "none" },
            { "enclosure": "others", "form": "original", "title": "结算明细、询问笔录", "number": "证据卷第1册", "amount": "2册" },
        ],
    });
    cast.act("city-lead", &id, "enclose", "", &enclose)?;
    let send = json!({
        "input": "send", "to": "990100-ga", "same_level": true, "letter": cast.issue("city-lead", &id, "transfer-letter")?,
    });
    cast.act("city-lead", &id, "send", "", &send)?;
    cast.act("police-handler", &id, "sign_receipt", "", &json!({ "input": "sign_receipt" }))?;
    cast.act("police-handler", &id, "ask_supplement", "", &supplement)
}

/// What is written by hand into the papers of a transfer.
fn entered(label: &str) -> Value {
    match label {
        // The two pieces of evidence of a case that was investigated.
        "证据" => json!([{ "页数": 120 }, { "页数": 8 }]),
        "案卷册数" => json!(2),
        "案卷页数" => json!(128),
        "承办单位" => json!("基金监管科"),
        "联系人" => json!("承办人员"),
        "联系电话" => json!("0000-0000000"),
        "当事人名称" => json!("示例县人民医院"),
        "当事人住所" => json!("示例县示例路1号"),
        "涉嫌罪名" => json!("诈骗罪"),
        "公安机关" => json!("示例市公安局"),
        "移送依据" => json!("《行政执法机关移送涉嫌犯罪案件的规定》"),
        "证据说明" => json!("结算明细与询问笔录相互印证。"),
        "调查经过" => json!("立案后调取结算明细，询问机构负责人。"),
        "当事人意见" => json!("当事人对认定的事实没有异议。"),
        "处理建议" => json!("建议移送公安机关。"),
        _ => json!(format!("示例{label}")),
    }
}

/// Lines that a decision names at most.
const LINES: usize = 1000;

/// Keys of the lines that a clue holds against somebody.
fn lines(origin: &Value) -> BTreeSet<String> {
    let findings = origin["findings"].as_array().into_iter().flatten();
    let lines = findings.filter_map(|finding| finding["evidence"].as_array()).flatten();
    let offending = lines.filter(|line| line["role"] == "offending");
    let key = |line: &Value| {
        let parts = line["key"].as_array().into_iter().flatten().filter_map(Value::as_str);
        parts.collect::<Vec<_>>().join("/")
    };
    offending.map(key).take(LINES).collect()
}

/// The way of a case whose party does not ask to be heard.
fn steps(amount: i64, lines: &BTreeSet<String>) -> Vec<Step> {
    let digest = |letter: &str| letter.repeat(64);
    let proposal = json!({
        "loss": amount, "defrauded": 0, "refused_to_correct": false, "serious": false, "mitigated": false,
        "returned": amount, "fined": amount, "damages": null, "refused": null, "suspension": null,
    });
    vec![
        ("city-lead", "assign", "", json!({ "input": "officers", "accounts": ["city-handler", "city-handler2"] })),
        ("city-head", "approve_filing", "", json!({ "input": "approve", "paper": "示医保立审〔2026〕1号" })),
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
                "receipt": "示医保送〔2026〕1号",
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
        ("city-head", "approve_decision", "", json!({ "input": "approve", "paper": "示医保决审〔2026〕1号" })),
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
