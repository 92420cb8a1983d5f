//! What lies around a matter: other matters, registers and organisations, read for the guards; and what an act changes there.

use super::{
    act::Room,
    draws,
    matter::Stored,
    papers, pointed,
    points::{SCORED, scored},
    site_form,
};
use crate::{
    act::{ActInput, Line, Nothing},
    ask::Around,
    clock::ServerTime,
    facts::{Department, Facts, Officer},
    machine::{Act, POINTS_REVOKED},
    points::{Entry, standing},
    store::{Error, Unit},
};
use mingcha_model::{Date, Time};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, BTreeSet};

/// States of a case that is decided.
const DECIDED: [&str; 5] = ["decided", "served", "performing", "closed", "archived"];
/// Most values of one list in a statement.
const CHUNK: usize = 500;

/// Reads what guards may ask of other matters and registers.
pub(super) async fn read(
    unit: &mut Unit,
    room: &Room<'_>,
    stored: &Stored,
    act: &str,
    input: &ActInput,
) -> Result<Around, Error> {
    let id = stored.heading.id.as_str();
    let today = unit.now.time().date();
    let officers = officers(unit.conn(), &named(&stored.facts, input), today).await?;
    let mut around = Around { officers, ..Around::default() };
    let asks = |guard: &str| {
        let machine = room.procedures.machines.get(&stored.heading.machine);
        machine.and_then(|machine| machine.acts.get(act)).is_some_and(|act| act.asks(guard))
    };
    if asks("archive_complete") {
        around.missing_papers = papers::missing(unit.conn(), room, stored).await?;
    }
    if asks("papers_issued") {
        around.unissued_papers = papers::unissued(unit.conn(), room, stored, act).await?;
    }
    if let Some((begun, state)) = parent(unit.conn(), stored).await? {
        around.found = Some(begun);
        around.case_decided = stored.heading.machine == "transfer" && DECIDED.contains(&state.as_str());
    }
    around.drawn = match input {
        ActInput::SpotCheck(check) => draws::drew(unit.conn(), check.draw.as_str(), &[id]).await?,
        ActInput::ByDraw(drawn) => {
            let institution = stored.facts.inspection.institution.as_str();
            let names: Vec<&str> = drawn.accounts.0.iter().map(Line::as_str).chain([institution]).collect();
            draws::drew(unit.conn(), drawn.draw.as_str(), &names).await?
        }
        _ => false,
    };
    if let ActInput::Send(send) = input {
        around.letter_taken = letter_taken(unit, stored, send.letter.as_str()).await?;
    }
    if matches!(input, ActInput::SiteForm(_)) {
        around.form = site_form::ground(unit.conn(), stored).await?;
    }
    pointed::read(unit, room.procedures, stored, input, &mut around).await?;
    if asks("cross_check_due") {
        around.cross_check_due = cross_check_due(unit, room, stored).await?;
    }
    if let ActInput::OpenCase(open) = input {
        let clue = stored.heading.parent.as_deref().or_else(|| open.clue.as_ref().map(Line::as_str));
        around.last_line = last_line(unit, clue).await?;
    }
    if ["suspension_by_points", "ending_by_points", "below_suspension"].into_iter().any(asks) {
        around.points = points(unit, room, &stored.facts.points.practitioner).await?;
    }
    if let ActInput::Decide(decide) = input {
        let lines: Vec<&str> = decide.lines.0.iter().map(Line::as_str).collect();
        around.lines_elsewhere = lines_elsewhere(unit, id, &lines).await?;
        let clues = [stored.heading.parent.as_deref(), stored.facts.filing.clue.as_deref()];
        for clue in clues.into_iter().flatten() {
            around.lines_known |= knows_lines(&origin(unit, Some(clue)).await?);
        }
    }
    if asks("no_penalty_instead_of_transfer") {
        (around.transfer_open, around.transfer_decided) = transfers(unit.conn(), room, id).await?;
    }
    Ok(around)
}

/// What guards may ask of other matters and registers before any of those acts is filled in.
pub(super) async fn beforehand(
    conn: &mut AnyConnection,
    room: &Room<'_>,
    stored: &Stored,
    acts: &[&Act],
    today: Date,
) -> Result<Around, Error> {
    let asks = |guard: &str| acts.iter().any(|act| act.asks(guard));
    let mut around = Around::default();
    if ["two_officers", "officers_not_recused", "transfer_team_of_two"].into_iter().any(asks) {
        let named = named(&stored.facts, &ActInput::Nothing(Nothing {}));
        around.officers = officers(conn, &named, today).await?;
    }
    if asks("archive_complete") {
        around.missing_papers = papers::missing(conn, room, stored).await?;
    }
    if asks("within_limitation") {
        around.found = parent(conn, stored).await?.map(|(begun, _)| begun);
    }
    if asks("letter_lists_enclosures") {
        around.letter = pointed::letter(conn, &stored.heading.id).await?;
    }
    if asks("no_penalty_instead_of_transfer") {
        let id = stored.heading.id.as_str();
        (around.transfer_open, around.transfer_decided) = transfers(conn, room, id).await?;
    }
    Ok(around)
}

/// When the matter that this one grew out of was begun, and its state.
async fn parent(conn: &mut AnyConnection, stored: &Stored) -> Result<Option<(ServerTime, String)>, Error> {
    let Some(parent) = &stored.heading.parent else { return Ok(None) };
    let text = "SELECT begun, state FROM matter WHERE id = $1";
    let Some(row) = sqlx::query(text).bind(parent.as_str()).fetch_optional(conn).await? else {
        return Ok(None);
    };
    Ok(Some((ServerTime::from_store(Time(row.try_get(0)?)), row.try_get(1)?)))
}

/// Whether one of a case's transfers is not decided yet, and whether there are some and all of them were decided.
async fn transfers(conn: &mut AnyConnection, room: &Room<'_>, id: &str) -> Result<(bool, bool), Error> {
    let text = "SELECT state FROM matter WHERE parent = $1 AND machine = 'transfer'";
    let states: Vec<String> = sqlx::query_scalar(text).bind(id).fetch_all(conn).await?;
    let machine = room.machine("transfer")?;
    // A state that the machine does not know proves no decision.
    let undecided = |state: &String| machine.state(state).is_none_or(|state| state.undecided);
    let open = states.iter().any(undecided);
    Ok((open, !states.is_empty() && !open))
}

/// The series that letters of transfer are numbered in.
const LETTERS: &str = "医保案移字〔";

/// Whether a letter's number is not this transfer's: another one than was given to its own letter, of the bureau's own series though none was
/// given, or told of another transfer before.
async fn letter_taken(unit: &mut Unit, stored: &Stored, letter: &str) -> Result<bool, Error> {
    let (id, organisation) = (stored.heading.id.as_str(), stored.heading.organisation.as_str());
    let text =
        "SELECT number FROM paper WHERE matter = $1 AND template = 'transfer-letter' AND number IS NOT NULL";
    let given: Vec<String> = sqlx::query_scalar(text).bind(id).fetch_all(unit.conn()).await?;
    if given.iter().any(|number| number == letter) {
        return Ok(false);
    }
    let text = "SELECT COUNT(*) FROM letter WHERE organisation = $1 AND number = $2 AND matter <> $3";
    let told: i64 =
        sqlx::query_scalar(text).bind(organisation).bind(letter).bind(id).fetch_one(unit.conn()).await?;
    Ok(!given.is_empty() || letter.contains(LETTERS) || told > 0)
}

/// Whether a clue is risky and slow: of that grade, and so many days without an answer since it was last sent down.
async fn cross_check_due(unit: &mut Unit, room: &Room<'_>, stored: &Stored) -> Result<bool, Error> {
    let Some(schemes) = &room.procedures.schemes else { return Ok(false) };
    let text = "SELECT MAX(CASE WHEN what = 'clues_dispatched' THEN at END), MAX(CASE WHEN what = 'clues_checked' THEN at END) \
                FROM tally WHERE matter = $1";
    let row = sqlx::query(text).bind(stored.heading.id.as_str()).fetch_one(unit.conn()).await?;
    let (sent, checked): (Option<i64>, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
    let sent = sent.unwrap_or(stored.heading.begun);
    let days = unit.now.time().date().0 - Time(sent).date().0;
    let waiting = checked.is_none_or(|checked| checked < sent);
    Ok(waiting && schemes.cross_check.due(stored.facts.clue.grade, days))
}

/// What a run's clue rests on; nothing where there is no such clue.
pub(super) async fn origin(unit: &mut Unit, clue: Option<&str>) -> Result<Value, Error> {
    let text = "SELECT origin FROM matter WHERE id = $1 AND machine = 'clue'";
    let origin: Option<String> = sqlx::query_scalar(text).bind(clue).fetch_optional(unit.conn()).await?;
    Ok(origin.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// The last day of the lines that a run's clue rests on.
async fn last_line(unit: &mut Unit, clue: Option<&str>) -> Result<Option<Date>, Error> {
    Ok(origin(unit, clue).await?["end"].as_str().and_then(Date::parse))
}

/// Whether a clue rests on lines of claims that should not be there; others only show why.
fn knows_lines(origin: &Value) -> bool {
    let findings = origin["findings"].as_array().into_iter().flatten();
    let mut lines = findings.filter_map(|finding| finding["evidence"].as_array()).flatten();
    lines.any(|line| line["role"] == "offending")
}

/// Points that stand against a practitioner now, in whatever institution they were given.
async fn points(unit: &mut Unit, room: &Room<'_>, practitioner: &str) -> Result<u32, Error> {
    let Some(schemes) = &room.procedures.schemes else { return Ok(0) };
    let text = format!(
        "SELECT {SCORED} FROM matter m JOIN tally t ON t.matter = m.id WHERE m.machine = $1 AND m.subject = $2 ORDER BY m.id, t.seq"
    );
    let rows = sqlx::query(AssertSqlSafe(text))
        .bind(POINTS_REVOKED.machine)
        .bind(practitioner)
        .fetch_all(unit.conn())
        .await?;
    let entries: Vec<Entry> = scored(&rows)?.into_iter().map(|one| one.entry).collect();
    Ok(standing(&entries, &schemes.points, unit.now.time().date()).points)
}

/// Accounts that the facts or the input name as officers.
fn named(facts: &Facts, input: &ActInput) -> BTreeSet<String> {
    let known = facts.officers.iter().chain(&facts.transfer.team).map(|officer| officer.account.clone());
    let new: &[Line] = match input {
        ActInput::Officers(input) => &input.accounts.0,
        ActInput::Team(input) => &input.accounts.0,
        ActInput::ByDraw(input) => &input.accounts.0,
        _ => &[],
    };
    known.chain(new.iter().map(|account| account.as_str().to_owned())).collect()
}

/// Officers as the register of certificates knows them now.
async fn officers(
    conn: &mut AnyConnection,
    accounts: &BTreeSet<String>,
    today: Date,
) -> Result<BTreeMap<String, Officer>, Error> {
    let mut officers = BTreeMap::new();
    let today = i64::from(today.0);
    for account in accounts {
        let row = sqlx::query("SELECT certificate, certificate_until, disabled FROM account WHERE id = $1")
            .bind(account.as_str())
            .fetch_optional(&mut *conn)
            .await?;
        let Some(row) = row else { continue };
        let (certificate, until): (Option<String>, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        let enabled = row.try_get::<i64, _>(2)? == 0;
        officers.insert(
            account.clone(),
            Officer {
                account: account.clone(),
                valid: enabled && certificate.is_some() && until.is_none_or(|last| last >= today),
                certificate: certificate.unwrap_or_default(),
                recused: false,
            },
        );
    }
    Ok(officers)
}

/// A certificate that ran out since the officers were named is no certificate.
pub(super) fn renew_officers(facts: &mut Facts, around: &Around) {
    for officer in facts.officers.iter_mut().chain(&mut facts.transfer.team) {
        let known = around.officers.get(&officer.account);
        officer.valid = known.is_some_and(|known| known.valid);
    }
}

async fn lines_elsewhere(unit: &mut Unit, matter: &str, lines: &[&str]) -> Result<BTreeSet<String>, Error> {
    let mut elsewhere = BTreeSet::new();
    for lines in lines.chunks(CHUNK) {
        let places: Vec<String> = (2..lines.len() + 2).map(|place| format!("${place}")).collect();
        let text =
            format!("SELECT line FROM counted_line WHERE matter <> $1 AND line IN ({})", places.join(", "));
        let mut query = sqlx::query_scalar(AssertSqlSafe(text)).bind(matter);
        for line in lines {
            query = query.bind(*line);
        }
        elsewhere.extend(query.fetch_all(unit.conn()).await?);
    }
    Ok(elsewhere)
}

/// Writes which lines a case counts now.
pub(super) async fn count_lines(unit: &mut Unit, before: &Stored, after: &Stored) -> Result<(), Error> {
    let (old, new) = (&before.facts.decision.lines, &after.facts.decision.lines);
    if old == new {
        return Ok(());
    }
    let id = after.heading.id.as_str();
    for line in old.difference(new) {
        sqlx::query("DELETE FROM counted_line WHERE line = $1 AND matter = $2")
            .bind(line.as_str())
            .bind(id)
            .execute(unit.conn())
            .await?;
    }
    for line in new.difference(old) {
        sqlx::query("INSERT INTO counted_line (line, matter) VALUES ($1, $2)")
            .bind(line.as_str())
            .bind(id)
            .execute(unit.conn())
            .await?;
    }
    Ok(())
}

/// Sets the columns of a matter that follow from its facts: who owns it, who works on it, to whom it was handed, what it is about.
pub(super) async fn derive(unit: &mut Unit, stored: &mut Stored) -> Result<(), Error> {
    let facts = &stored.facts;
    let officers = facts.officers.iter().chain(&facts.transfer.team);
    let team: BTreeSet<String> = officers.map(|officer| officer.account.clone()).collect();
    if !team.is_empty() {
        stored.team = team;
    }
    for account in facts.recused.difference(&stored.recused) {
        let known: Option<String> = sqlx::query_scalar("SELECT id FROM account WHERE id = $1")
            .bind(account.as_str())
            .fetch_optional(unit.conn())
            .await?;
        known.ok_or_else(|| Error::invalid("account", format!("没有账号“{account}”")))?;
    }
    stored.recused.clone_from(&facts.recused);
    stored.team.retain(|account| !facts.recused.contains(account));
    let heading = &mut stored.heading;
    if heading.machine == "clue" {
        heading.amount = facts.clue.amount.0;
        if !facts.clue.subject.is_empty() {
            heading.subject.clone_from(&facts.clue.subject);
        }
        if let Some(region) = facts.clue.holder().filter(|region| *region != heading.seat) {
            let owner = organisation_of(unit.conn(), &heading.department, region).await?;
            heading.organisation = owner.ok_or_else(|| {
                Error::invalid("to", format!("{region}没有登记同一部门的单位，先由系统管理员登记"))
            })?;
            region.clone_into(&mut heading.seat);
        }
    }
    if heading.machine == "case" {
        // The fund's money that was found; until it is decided what the clue said stands.
        let amounts = facts.decision.amounts();
        let found = amounts.returned.0.0.saturating_add(amounts.refused.0.0);
        heading.amount = if found > 0 { found } else { heading.amount };
    }
    if heading.machine == "points" {
        "practitioner".clone_into(&mut heading.subject_kind);
        heading.subject.clone_from(&facts.points.practitioner);
        heading.institution.clone_from(&facts.points.institution);
    }
    if !facts.inspection.institution.is_empty() {
        heading.institution.clone_from(&facts.inspection.institution);
    }
    if !stored.facts.transfer.letter.is_empty() {
        let heading = &stored.heading;
        let text = "INSERT INTO letter (organisation, number, matter) VALUES ($1, $2, $3) ON CONFLICT (organisation, number) DO NOTHING";
        sqlx::query(text)
            .bind(heading.organisation.as_str())
            .bind(stored.facts.transfer.letter.as_str())
            .bind(heading.id.as_str())
            .execute(unit.conn())
            .await?;
    }
    stored.handed_to = receivers(unit, &stored.facts, &stored.heading.seat).await?;
    Ok(())
}

/// Organisations that a matter was handed to.
async fn receivers(unit: &mut Unit, facts: &Facts, seat: &str) -> Result<BTreeSet<String>, Error> {
    let mut receivers = BTreeSet::new();
    for code in [&facts.transfer.to, &facts.transfer.rerouted_to] {
        if code.is_empty() {
            continue;
        }
        let known: Option<String> = sqlx::query_scalar("SELECT id FROM organisation WHERE id = $1")
            .bind(code.as_str())
            .fetch_optional(unit.conn())
            .await?;
        receivers.insert(known.ok_or_else(|| Error::invalid("to", format!("没有登记单位“{code}”")))?);
    }
    let referral = facts.referral.to.map(|department| (department, facts.referral.to_region.as_str()));
    let listed = facts.listed.authorities.iter().chain(&facts.meeting.departments).map(|one| (*one, seat));
    for (department, region) in referral.into_iter().chain(listed).collect::<Vec<(Department, &str)>>() {
        let known = organisation_of(unit.conn(), department.name(), region).await?;
        let missing = || Error::invalid("to", format!("{region}没有登记{}", department.title()));
        receivers.insert(known.ok_or_else(missing)?);
    }
    Ok(receivers)
}

/// The organisation of a department in a region.
pub(super) async fn organisation_of(
    conn: &mut AnyConnection,
    department: &str,
    region: &str,
) -> Result<Option<String>, Error> {
    let text = "SELECT id FROM organisation WHERE department = $1 AND region = $2 ORDER BY id LIMIT 1";
    Ok(sqlx::query_scalar(text).bind(department).bind(region).fetch_optional(conn).await?)
}
