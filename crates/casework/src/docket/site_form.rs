//! The offline form of an inspection: what stands in it when it is taken along, a look at what came back, and taking it in: file, record and
//! findings in one transaction.

use super::{
    ActRequest, Acted, Docket, NewFile,
    act::{Room, asker},
    files::{self, ATTACH, blocking},
    matter::{self, Stored, Whole},
};
use crate::{
    act::{ActInput, FormItem, FormPerson, SiteForm},
    ask::Ask,
    facts::Seen,
    files::{Files, Received, digests},
    guide::{Guide, GuideItem},
    policy::{self, Authorized},
    site_form::{self, FORM, FormFault, FormGround, MOST_BYTES, told},
    store::{Context, Done, Draft, Error, Unit},
    trail::Digest,
    words::Word as _,
};
use mingcha_model::Time;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

/// The act that takes a form in; who may do it may take one along.
const ACT: &str = "import_form";

/// What stands in a form that is taken along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormHead {
    /// Which form and which version of it; the file says it again.
    pub form: &'static str,
    /// Id of the inspection.
    pub inspection: String,
    /// Title of the matter.
    pub title: String,
    /// Which kind of inspection, in Chinese.
    pub kind: String,
    /// Name of the institution, empty where no organisation has its code.
    pub institution: String,
    /// Its code.
    pub code: String,
    /// The item of the year's plan.
    pub plan: String,
    /// Number of the notice, empty where there was none.
    pub notice: String,
    /// When the officers entered the site.
    pub entered: Option<Time>,
    /// The officers who may note, those who stepped back left out.
    pub officers: Vec<FormOfficer>,
    /// The guides that are taken along.
    pub guides: Vec<FormGuide>,
    /// Greatest size of the file that comes back, in bytes.
    pub most_bytes: usize,
    /// What fields are called, by their names.
    pub words: BTreeMap<&'static str, String>,
    /// What may be said of an item: the word and its Chinese.
    pub seen: Vec<(&'static str, &'static str)>,
}

/// An officer of the inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormOfficer {
    /// Account.
    pub account: String,
    /// The name that the organisation publishes, else the account.
    pub name: String,
}

/// A guide in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormGuide {
    /// Name of the field.
    pub title: String,
    /// The paper whose list it follows.
    pub basis: String,
    /// Its items.
    pub items: Vec<FormGuideItem>,
}

/// An item of a guide in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormGuideItem {
    /// Its id.
    pub id: String,
    /// What kind of problem.
    pub kind: String,
    /// What it is.
    pub words: String,
}

/// What taking a form in would record, and all that speaks against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormLook {
    /// SM3 of the file.
    pub sm3: String,
    /// What it says; nothing where it cannot be read.
    pub form: Option<FormView>,
    /// What speaks against it; it is taken in only without any.
    pub faults: Vec<FormFault>,
}

/// What a form says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormView {
    /// When it was noted, `2026-11-23 14:00:00`.
    pub at: String,
    /// Where.
    pub place: String,
    /// Who of the institution was present, with what they do there.
    pub present: Vec<String>,
    /// Accounts of the officers who noted it.
    pub officers: Vec<String>,
    /// What the institution said on the spot.
    pub statement: String,
    /// What was noted, item by item.
    pub items: Vec<FormItemView>,
    /// How many findings it makes.
    pub findings: u32,
}

/// What a form says of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormItemView {
    /// Id of the item.
    pub item: String,
    /// `seen`, `not_seen` or `not_applicable`.
    pub seen: String,
    /// What was seen.
    pub facts: String,
    /// Amount in fen.
    pub amount: i64,
    /// Names of the files of evidence.
    pub files: Vec<String>,
}

/// A form that was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FormTaken {
    /// Id of the inspection.
    pub id: String,
    /// Its state.
    pub state: String,
    /// Its version.
    pub version: i64,
    /// The file that the form lies in.
    pub file: String,
    /// How many findings it made.
    pub findings: u32,
}

/// What a form of an inspection is held against.
pub(super) async fn ground(conn: &mut AnyConnection, stored: &Stored) -> Result<FormGround, Error> {
    let heading = &stored.heading;
    let text =
        "SELECT MAX(at) FROM trail WHERE object = $1 AND kind = $2 AND act = 'enter' AND outcome = 'done'";
    let entered: Option<i64> = sqlx::query_scalar(text)
        .bind(heading.id.as_str())
        .bind(heading.machine.as_str())
        .fetch_one(&mut *conn)
        .await?;
    let text = "SELECT sha256, sm3 FROM attachment WHERE matter = $1";
    let rows: Vec<(String, String)> = sqlx::query_as(text).bind(heading.id.as_str()).fetch_all(conn).await?;
    let digest = |text: &str| Digest::parse(text).ok_or_else(|| Error::Stored("digest of a file".into()));
    let file = |(sha256, sm3): &(String, String)| -> Result<(Digest, Digest), Error> {
        Ok((digest(sha256)?, digest(sm3)?))
    };
    let files = rows.iter().map(file).collect::<Result<_, _>>()?;
    Ok(FormGround { inspection: heading.id.clone(), entered: entered.map(Time), files })
}

impl Docket {
    /// What a form of an inspection holds, with the guides of those fields; for whoever may bring it back, once the site was entered.
    pub async fn site_form(
        &self,
        context: Context,
        id: &str,
        guides: &BTreeSet<&str>,
    ) -> Result<FormHead, Error> {
        let (stored, _) = self.inspected(&context, id, Draft::new("take_form", "matter", id)).await?;
        let guides = guides.iter().map(|field| {
            let known = self.procedures.guides.get(*field).map(guide);
            known.ok_or_else(|| Error::invalid("guides", "没有这一领域的检查指引"))
        });
        let guides = guides.collect::<Result<Vec<_>, _>>()?;
        if guides.is_empty() {
            return Err(Error::invalid("guides", "至少选一个领域"));
        }
        let inspection = &stored.facts.inspection;
        let mut conn = self.store.reader().await?;
        let entered = ground(&mut conn, &stored).await?.entered;
        let title: Option<String> =
            sqlx::query_scalar("SELECT title FROM organisation WHERE fixmedins_code = $1")
                .bind(inspection.institution.as_str())
                .fetch_optional(&mut *conn)
                .await?;
        drop(conn);
        let officers = stored.facts.officers.iter().filter(|officer| !officer.recused);
        let accounts: Vec<&str> = officers.map(|officer| officer.account.as_str()).collect();
        let names = self.published_names(&accounts).await?;
        let officer = |account: &&str| FormOfficer {
            account: (*account).to_owned(),
            name: names.get(*account).map_or(*account, String::as_str).to_owned(),
        };
        let fields = self.procedures.forms.get("site_form").into_iter().flatten();
        let head = FormHead {
            form: FORM,
            inspection: id.to_owned(),
            title: stored.heading.title.clone(),
            kind: inspection.kind.map_or_else(String::new, |kind| kind.title().to_owned()),
            institution: title.unwrap_or_default(),
            code: inspection.institution.clone(),
            plan: inspection.plan.clone(),
            notice: inspection.notice.clone(),
            entered,
            officers: accounts.iter().map(officer).collect(),
            guides,
            most_bytes: MOST_BYTES,
            words: fields.map(|field| (field.name, field.title.clone())).collect(),
            seen: Seen::ALL.iter().map(|(_, name, title)| (*name, *title)).collect(),
        };
        let record = Draft::new("take_form", stored.heading.machine.as_str(), id);
        self.store.record_read(context, record).await?;
        Ok(head)
    }

    /// What taking a form in would record, and all that speaks against it. Certificates are asked again when it is taken in.
    pub async fn look_at_form(&self, context: Context, id: &str, text: &str) -> Result<FormLook, Error> {
        let (stored, actor) = self.inspected(&context, id, Draft::new("look_at_form", "matter", id)).await?;
        let mut conn = self.store.reader().await?;
        let ground = ground(&mut conn, &stored).await?;
        drop(conn);
        let [sm3, _] = digests(text.as_bytes());
        let look = match site_form::read(text) {
            Ok(form) => {
                let faults = self.against(&form, &stored, &actor, ground)?;
                FormLook { sm3, form: Some(view(&form)), faults }
            }
            Err(faults) => FormLook { sm3, form: None, faults },
        };
        let record = Draft::new("look_at_form", stored.heading.machine.as_str(), id);
        self.store.record_read(context, record).await?;
        Ok(look)
    }

    /// Takes a form in: its file into the matter, its record and one finding for each item that was seen, all or nothing.
    pub async fn take_form(
        &self,
        context: Context,
        files: &Files,
        id: &str,
        version: i64,
        text: String,
    ) -> Result<FormTaken, Error> {
        self.may_attach(&context, id).await?;
        let attempt = Draft::new(ACT, "matter", id);
        let form = match site_form::read(&text) {
            Ok(form) => form,
            Err(faults) => {
                return self.refuse(&context, attempt, Error::invalid("form", told(&faults))).await;
            }
        };
        let folder = files.clone();
        let received = blocking(move || folder.take(text.as_bytes())).await?;
        let docket = self.clone();
        let (account, matter, file) = (context.who.account.clone(), id.to_owned(), received.id.clone());
        let done = self.store.write(context, attempt, move |unit| {
            Box::pin(async move {
                let room = Room::of(&docket);
                let actor = unit.actor(&account).await?;
                let whole = matter::load_whole(unit.conn(), &matter).await?;
                let allowed =
                    [room.allow(&actor, ATTACH, &whole.stored)?, room.allow(&actor, ACT, &whole.stored)?];
                Box::pin(room.take_form(unit, &allowed, whole, version, form, received)).await
            })
        });
        files::settled(files, &file, done.await, |taken: &FormTaken| &taken.file)
    }

    /// An inspection whose form the one who asks may take along and bring back now; a refusal is recorded as `draft` says.
    async fn inspected(
        &self,
        context: &Context,
        id: &str,
        draft: Draft,
    ) -> Result<(Stored, policy::Actor), Error> {
        let (stored, actor) = self.readable(context, id, &draft).await?;
        let room = Room::of(self);
        let open = || -> Result<(), Error> {
            let machine = room.machine(&stored.heading.machine)?;
            let act = machine.acts.get(ACT).ok_or_else(|| Error::invalid("id", "这类事项没有离线检查表"))?;
            room.allow(&actor, ACT, &stored)?;
            let department = act.departments.contains(&actor.department);
            let state = act.from.contains(&stored.heading.state);
            let refused = [("right_department", department), ("right_state", state)].into_iter();
            let refused: Vec<_> =
                refused.filter(|(_, fits)| !fits).map(|(guard, _)| machine.error(guard)).collect();
            if refused.is_empty() { Ok(()) } else { Err(Error::Refused(refused)) }
        };
        match open() {
            Ok(()) => Ok((stored, actor)),
            Err(error) => self.refuse(context, draft, error).await,
        }
    }

    /// What speaks against a form now: what it says itself, and the guards.
    fn against(
        &self,
        form: &SiteForm,
        stored: &Stored,
        actor: &policy::Actor,
        ground: FormGround,
    ) -> Result<Vec<FormFault>, Error> {
        let heading = &stored.heading;
        let room = Room::of(self);
        let asker = asker(actor, stored);
        let mut ask = Ask::new(&self.procedures, asker, &heading.region, &heading.state, self.store.now());
        ask.before = (*stored.facts).clone();
        ask.facts = (*stored.facts).clone();
        ask.facts.inspection.records.push(form.sm3);
        ask.around.form = ground;
        let mut faults = site_form::faults(form, &ask);
        let machine = room.machine(&heading.machine)?;
        let guards = machine.may(ACT, &ask).err().unwrap_or_default().into_iter();
        faults.extend(guards.map(|guard| FormFault {
            item: String::new(),
            message: format!("{}：{}", guard.message, guard.next),
        }));
        Ok(faults)
    }
}

impl Room<'_> {
    /// Enters the file where it does not lie in the matter already, and does the act.
    async fn take_form(
        &self,
        unit: &mut Unit,
        [attach, import]: &[Authorized<policy::Act>; 2],
        whole: Whole,
        version: i64,
        form: SiteForm,
        received: Received,
    ) -> Result<Done<FormTaken>, Error> {
        let known = files::of_digest(unit.conn(), &whole.stored.heading.id, &received.sm3).await?;
        let (file, entered) = match known {
            Some(file) => (file, None),
            None => {
                let title = format!("现场检查记录-{}.json", form.at.date());
                let new = NewFile { title, ..NewFile::default() };
                let done = files::enter(unit, attach, &whole.stored, new, received).await?;
                (done.value.id, Some(done.record))
            }
        };
        let findings = found(&form);
        // The history of the matter says where the findings come from.
        let reason = format!("来自离线检查表，SM3 {}", form.sm3);
        let request = ActRequest { version, reason, input: ActInput::SiteForm(form) };
        let Done { value, record, mut more, refused } =
            Box::pin(self.act(unit, import, whole, &request)).await?;
        more.extend(entered);
        let Acted { id, state, version, .. } = value;
        Ok(Done { value: FormTaken { id, state, version, file, findings }, record, more, refused })
    }
}

/// How many findings a form makes.
fn found(form: &SiteForm) -> u32 {
    form.items.0.iter().filter(|item| item.seen == Seen::Seen).count() as u32
}

fn guide(guide: &Guide) -> FormGuide {
    let item = |item: &GuideItem| FormGuideItem {
        id: item.id.clone(),
        kind: item.kind.clone(),
        words: item.words.clone(),
    };
    FormGuide {
        title: guide.title.clone(),
        basis: guide.basis.clone(),
        items: guide.items.iter().map(item).collect(),
    }
}

fn view(form: &SiteForm) -> FormView {
    let person = |person: &FormPerson| match person.post.as_str() {
        "" => person.name.exposed().to_owned(),
        post => format!("{}（{post}）", person.name.exposed()),
    };
    let item = |item: &FormItem| FormItemView {
        item: item.item.owned(),
        seen: item.seen.name().to_owned(),
        facts: item.facts.owned(),
        amount: item.amount.0.0,
        files: item.files.0.iter().map(|file| file.name.owned()).collect(),
    };
    FormView {
        at: form.at.to_string(),
        place: form.place.owned(),
        present: form.present.0.iter().map(person).collect(),
        officers: form.officers.owned(),
        statement: form.statement.owned(),
        items: form.items.0.iter().map(item).collect(),
        findings: found(form),
    }
}
