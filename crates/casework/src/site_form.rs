//! What comes back in the file of an offline form: as it was typed into what an act brings, and all that speaks against taking it in, by item
//! and at once.

use crate::{
    act::{FormFile, FormItem, FormPerson, Line, List, Personal, SiteForm, Sum, Text},
    ask::Ask,
    facts::{Officer, Seen},
    trail::Digest,
    words::Word as _,
};
use mingcha_model::{Fen, Time};
use serde::{Deserialize, Serialize};
use sm3::{Digest as _, Sm3};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The form and its version, as the file says it. Another number wherever a field changes: a form that lay in a drawer is told, not guessed at.
pub const FORM: &str = "mingcha-site-form-1";
/// Greatest size of the file in bytes: every item of every guide with a few lines of facts.
pub const MOST_BYTES: usize = 400 * 1024;
/// The form's clock shows minutes.
const MINUTE: i64 = 60;

/// Something that speaks against a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormFault {
    /// The item of the guide, empty where it is about the whole.
    pub item: String,
    /// What is wrong, in Chinese.
    pub message: String,
}

/// What a form is held against beside the facts, as the store knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormGround {
    /// Id of the inspection.
    pub inspection: String,
    /// When the officers entered the site.
    pub entered: Option<Time>,
    /// SM3 of the matter's files by their SHA-256.
    pub files: BTreeMap<Digest, Digest>,
}

/// All faults in one line.
pub fn told(faults: &[FormFault]) -> String {
    let line = |fault: &FormFault| match fault.item.as_str() {
        "" => fault.message.clone(),
        item => format!("{item}：{}", fault.message),
    };
    faults.iter().map(line).collect::<Vec<_>>().join("；")
}

/// The beginning of the file, whichever version it is of.
#[derive(Deserialize)]
struct Named {
    form: String,
}

/// The file as it was typed. `form` was read already.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    #[serde(rename = "form")]
    _form: String,
    inspection: String,
    at: String,
    place: String,
    present: Vec<TypedPerson>,
    officers: Vec<String>,
    statement: String,
    items: Vec<TypedItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedPerson {
    name: Personal,
    post: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedItem {
    item: String,
    seen: String,
    facts: String,
    amount: i64,
    files: Vec<TypedFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedFile {
    name: String,
    sha256: String,
}

/// Reads the text of a form's file, or says everything in it that no act could bring.
pub fn read(text: &str) -> Result<SiteForm, Vec<FormFault>> {
    let mut found = Found::default();
    if text.len() > MOST_BYTES {
        found.tell("", format!("文件超过{} KiB", MOST_BYTES / 1024));
        return Err(found.0);
    }
    match serde_json::from_str::<Named>(text) {
        Ok(named) if named.form == FORM => {}
        Ok(_) => found.tell("", "检查表的版本不符，请重新下载检查表填写"),
        Err(_) => found.tell("", "不是离线检查表保存的文件"),
    }
    if !found.0.is_empty() {
        return Err(found.0);
    }
    let Ok(typed) = serde_json::from_str::<Typed>(text) else {
        found.tell("", "离线检查表保存的文件不完整，或者被改动过");
        return Err(found.0);
    };
    let form = found.resolved(typed, Digest(Sm3::digest(text.as_bytes()).into()));
    if found.0.is_empty() { Ok(form) } else { Err(found.0) }
}

/// Faults as they are found.
#[derive(Default)]
struct Found(Vec<FormFault>);

impl Found {
    fn tell(&mut self, item: &str, message: impl Into<String>) {
        // What names an item is foreign text until it is known.
        self.0.push(FormFault { item: item.chars().take(20).collect(), message: message.into() });
    }

    fn text<const MOST: usize>(&mut self, item: &str, what: &str, text: &str) -> Text<MOST> {
        Text::parse(text).unwrap_or_else(|_| {
            self.tell(item, format!("{what}超过{MOST}字，或者含有控制字符"));
            Text::default()
        })
    }

    fn list<T, const MOST: usize>(&mut self, item: &str, what: &str, items: Vec<T>) -> List<T, MOST> {
        if items.len() > MOST {
            self.tell(item, format!("{what}超过{MOST}项"));
        }
        List(items)
    }

    fn resolved(&mut self, typed: Typed, sm3: Digest) -> SiteForm {
        let at = Time::parse(&typed.at).unwrap_or_else(|| {
            self.tell("", "记录时间不是有效的时间");
            Time::default()
        });
        let present = typed.present.into_iter().map(|person| FormPerson {
            post: self.text("", "在场人员的职务", &person.post),
            name: person.name,
        });
        let present = present.collect();
        let officers = typed.officers.iter().map(|account| self.text("", "执法人员账号", account)).collect();
        let items = typed.items.iter().map(|item| self.item(item)).collect();
        SiteForm {
            sm3,
            inspection: self.text("", "检查编号", &typed.inspection),
            at,
            place: self.text("", "地点", &typed.place),
            present: self.list("", "在场人员", present),
            officers: self.list("", "执法人员", officers),
            items: self.list("", "检查项目", items),
            statement: self.text("", "机构当场意见", &typed.statement),
        }
    }

    fn item(&mut self, typed: &TypedItem) -> FormItem {
        let id = typed.item.as_str();
        let seen = Seen::named(&typed.seen).unwrap_or_else(|| {
            self.tell(id, "没有选择发现、未发现或者不适用");
            Seen::NotApplicable
        });
        let amount = serde_json::from_value(typed.amount.into()).unwrap_or_else(|_| {
            self.tell(id, "金额不是有效的金额");
            Sum::default()
        });
        let files = typed.files.iter().map(|file| self.file(id, file)).collect();
        FormItem {
            item: self.text(id, "项目编号", id),
            seen,
            facts: self.text(id, "事实", &typed.facts),
            amount,
            files: self.list(id, "证据文件", files),
        }
    }

    fn file(&mut self, item: &str, typed: &TypedFile) -> FormFile {
        let name: Line = self.text(item, "证据文件名", &typed.name);
        let sha256 = Digest::parse(&typed.sha256).unwrap_or_else(|| {
            self.tell(item, format!("证据文件“{}”没有 SHA-256 摘要", name.as_str()));
            Digest::ZERO
        });
        FormFile { name, sha256 }
    }
}

/// All that speaks against taking a form in, as of an act: another inspection's, times, people, items and evidence that are not known.
pub fn faults(form: &SiteForm, ask: &Ask<'_>) -> Vec<FormFault> {
    let mut found = Found::default();
    heading(form, ask, &mut found);
    officers(form, &ask.before.officers, &mut found);
    let guides = ask.procedures.guides.values();
    let known: BTreeSet<&str> = guides.flat_map(|guide| &guide.items).map(|item| item.id.as_str()).collect();
    let mut noted = BTreeSet::new();
    if form.items.0.is_empty() {
        found.tell("", "没有一项检查记录");
    }
    for item in &form.items.0 {
        let id = item.item.as_str();
        if !known.contains(id) {
            found.tell(id, "检查指引中没有这一项");
        }
        if !noted.insert(id) {
            found.tell(id, "同一项记了两次");
        }
        one(item, &ask.around.form, &mut found);
    }
    found.0
}

fn heading(form: &SiteForm, ask: &Ask<'_>, found: &mut Found) {
    let ground = &ask.around.form;
    if form.inspection.as_str() != ground.inspection {
        found.tell("", "这是另一次检查的检查表");
    }
    if form.at > ask.now.time() {
        found.tell("", "记录时间晚于现在");
    }
    let entered = ground.entered.map(|at| Time(at.0 - at.0.rem_euclid(MINUTE)));
    if entered.is_none_or(|entered| form.at < entered) {
        found.tell("", "记录时间早于进入现场");
    }
    if form.place.as_str().is_empty() {
        found.tell("", "没有写明地点");
    }
    if form.present.0.is_empty() || form.present.0.iter().any(|person| person.name.exposed().is_empty()) {
        found.tell("", "没有写明在场人员的姓名");
    }
}

/// Two of the inspection's own, none of whom stepped back.
fn officers(form: &SiteForm, known: &[Officer], found: &mut Found) {
    let mut signed = BTreeSet::new();
    for account in form.officers.0.iter().map(Line::as_str) {
        match known.iter().find(|officer| officer.account == account) {
            Some(officer) if officer.recused => found.tell("", format!("{account}已经回避")),
            Some(_) => {
                signed.insert(account);
            }
            None => found.tell("", format!("{account}不是本次检查的执法人员")),
        }
    }
    if signed.len() < 2 {
        found.tell("", "记录的执法人员不足两人");
    }
}

fn one(item: &FormItem, ground: &FormGround, found: &mut Found) {
    let id = item.item.as_str();
    if item.seen == Seen::Seen && item.facts.as_str().is_empty() {
        found.tell(id, "发现问题的须写明事实");
    }
    if item.seen != Seen::Seen && item.amount.0 != Fen::ZERO {
        found.tell(id, "没有发现问题的不写金额");
    }
    for file in item.files.0.iter().filter(|file| !ground.files.contains_key(&file.sha256)) {
        let name = file.name.as_str();
        found.tell(id, format!("证据文件“{name}”还没有收存，或者收存的不是现场的那一份"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn file() -> Value {
        json!({
            "form": FORM, "inspection": "i-1", "at": "2026-11-23 14:00:00", "place": "收费处", "present": [{ "name": "合成某", "post": "院办主任" }],
            "officers": ["one", "two"], "statement": "没有意见",
            "items": [{ "item": "M011", "seen": "seen", "facts": "两次收费", "amount": 120_050, "files": [{ "name": "照片.jpg", "sha256": "5a".repeat(32) }] }],
        })
    }

    fn faults_of(change: impl FnOnce(&mut Value)) -> Vec<(String, String)> {
        let mut file = file();
        change(&mut file);
        let faults = read(&file.to_string()).expect_err("refused");
        faults.into_iter().map(|fault| (fault.item, fault.message)).collect()
    }

    #[test]
    fn a_file_is_read_as_it_was_typed_under_the_digest_of_its_bytes() {
        let text = file().to_string();
        let form = read(&text).expect("reads");
        assert_eq!(form.sm3.to_string(), mingcha_model::cert::sm3_hex(text.as_bytes()));
        assert_eq!(
            (form.at, form.place.as_str()),
            (Time::parse("2026-11-23 14:00:00").expect("a time"), "收费处")
        );
        let item = &form.items.0[0];
        assert_eq!((item.item.as_str(), item.seen, item.amount.0), ("M011", Seen::Seen, Fen(120_050)));
        assert_ne!(read(&format!("{text}\n")).expect("reads").sm3, form.sm3, "another file");
    }

    #[test]
    fn a_file_of_another_version_or_kind_is_told_apart() {
        let told = |message: &str| vec![(String::new(), message.to_owned())];
        let version = faults_of(|file| file["form"] = json!("mingcha-site-form-0"));
        assert_eq!(version, told("检查表的版本不符，请重新下载检查表填写"));
        let stranger = faults_of(|file| *file = json!({ "colour": "red" }));
        assert_eq!(stranger, told("不是离线检查表保存的文件"));
        let changed = faults_of(|file| file["colour"] = json!("red"));
        assert_eq!(changed, told("离线检查表保存的文件不完整，或者被改动过"));
        let large = faults_of(|file| file["statement"] = json!("字".repeat(MOST_BYTES / 3)));
        assert_eq!(large, told("文件超过400 KiB"));
    }

    #[test]
    fn all_that_no_act_could_bring_is_said_at_once_by_item() {
        let found = faults_of(|file| {
            file["at"] = json!("昨天");
            file["place"] = json!("字".repeat(201));
            file["items"][0]["seen"] = json!("perhaps");
            file["items"][0]["amount"] = json!(-1);
            file["items"][0]["files"][0]["sha256"] = json!("5a");
        });
        let told: Vec<(&str, &str)> =
            found.iter().map(|(item, message)| (item.as_str(), message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("", "记录时间不是有效的时间"),
                ("M011", "没有选择发现、未发现或者不适用"),
                ("M011", "金额不是有效的金额"),
                ("M011", "证据文件“照片.jpg”没有 SHA-256 摘要"),
                ("", "地点超过200字，或者含有控制字符"),
            ]
        );
    }
}
