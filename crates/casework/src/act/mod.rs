//! Acts: what an act brings with it as typed input, and how it changes the facts of a matter.
//!
//! The way of an act, all of it pure:
//!
//! 1. [`ActInput`] is read from the request: unknown fields are refused, texts and lists are bounded by their types, and there
//!    is no instant in it. The instant of an act is [`Ask::now`], which the store takes from its own clock.
//! 2. [`apply`] gives the facts as the act would leave them.
//! 3. [`Machine::may`](crate::machine::Machine::may) asks every guard, with the facts before and after, and says all refusals at once.
//! 4. The store saves facts, state, events and clock changes of the [`Done`] with the record of the act, in one transaction.
//!
//! [`perform`] is steps 2 and 3. To add an act that changes no fact, or in a way that another act does already, write an
//! `[[act]]` into `procedures/machines/` whose `input` names one of [`ActInput::NAMES`] (`nothing` where it stands away). Else
//! write a payload with its effect into one of the modules here, and its line into the table of inputs below. What the law
//! asks of it is a guard: a question in `guards/`, its words in `procedures/machines/guards.toml`, a test that takes away what it asks for.

mod case;
mod clue;
mod common;
mod events;
mod joint;
mod people;
mod personal;
mod shape;
mod site;
mod site_form;
mod text;
mod transfer;

pub use common::Nothing;
pub(crate) use personal::is_code;
pub(crate) use personal::kind_of;
pub use personal::{Informant, Key, Personal};
pub use site_form::{FormFile, FormItem, FormPerson, SiteForm};
pub use text::{Line, List, Prose, Sum, Text};
pub use transfer::Enclosing;

use crate::{
    Procedures,
    ask::{Ask, ClockChange},
    clock::{ClockKey, ClockState, EventKind, ServerTime, Status},
    facts::{CheckItem, Facts, Officer},
    limit::Per,
    machine::{Act, GuardError},
    trail::Digest,
};
use serde::{Deserialize, Serialize};
use sm3::Digest as _;
use std::collections::BTreeMap;

/// What an act brings.
trait Input {
    fn apply(&self, ask: &Ask<'_>, act: &Act, facts: &mut Facts) -> Result<(), InputError>;
}

/// A field of an input.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Name in requests.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Makes the JSON Schema of its value.
    pub schema: fn() -> serde_json::Value,
}

/// What an input asks for.
trait Fields {
    fn fields() -> Vec<Field>;
}

/// Declares payloads: a type that refuses unknown fields, and what it does to the facts.
macro_rules! payloads {
    ($($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $field:ident: $of:ty,)* }
        ($self:ident, $ask:ident, $act:ident, $facts:ident) => $body:block)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $type {
            $($(#[$doc])* pub $field: $of,)*
        }

        impl crate::act::Fields for $type {
            fn fields() -> Vec<crate::act::Field> {
                vec![$(crate::act::Field {
                    name: stringify!($field),
                    required: !<$of as crate::act::shape::Shape>::optional(),
                    schema: <$of as crate::act::shape::Shape>::shape,
                }),*]
            }
        }

        impl Input for $type {
            fn apply(&$self, $ask: &Ask<'_>, $act: &Act, $facts: &mut Facts) -> Result<(), InputError> {
                $body
                Ok(())
            }
        }
    )*};
}

use payloads;

/// Declares the closed list of inputs.
macro_rules! inputs {
    ($($(#[$doc:meta])* $type:ident = $name:literal in $module:ident;)*) => {
        /// The input of an act, told apart by `input`.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "input")]
        pub enum ActInput {
            $($(#[$doc])* #[serde(rename = $name)] $type($module::$type),)*
        }

        impl ActInput {
            /// All names, as `input` in requests and in `procedures/machines/`.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$type(_) => $name),* }
            }

            /// The fields of every input, by its name.
            pub fn fields() -> BTreeMap<&'static str, Vec<Field>> {
                BTreeMap::from([$(($name, <$module::$type as Fields>::fields())),*])
            }

            fn apply(&self, ask: &Ask<'_>, act: &Act, facts: &mut Facts) -> Result<(), InputError> {
                match self { $(Self::$type(input) => input.apply(ask, act, facts)),* }
            }
        }
    };
}

inputs! {
    /// Nothing beside the reason.
    Nothing = "nothing" in common;
    /// A written approval of what the act names.
    Approve = "approve" in common;
    /// The officers of the matter, by account; certificates come from the register.
    Officers = "officers" in common;
    /// Somebody steps back from the matter.
    Recuse = "recuse" in common;
    /// More time for a limit. The reason of the act is its ground.
    Extend = "extend" in common;
    /// Something that stops clocks began.
    StopClock = "stop_clock" in common;
    /// It ended.
    ResumeClock = "resume_clock" in common;
    /// A case is proposed.
    OpenCase = "open_case" in case;
    /// Another department claims the matter.
    Dispute = "dispute" in case;
    /// It is settled whose matter it is.
    SettleJurisdiction = "settle_jurisdiction" in case;
    /// A piece of evidence.
    AddEvidence = "evidence" in case;
    /// A piece of evidence goes into other hands.
    Custody = "custody" in case;
    /// Goods are registered and kept.
    RegisterGoods = "register_goods" in case;
    /// Goods are sealed.
    SealGoods = "seal_goods" in case;
    /// Goods are kept, released or handed over.
    SettleGoods = "settle_goods" in case;
    /// Another body is asked to help.
    AskHelp = "ask_help" in case;
    /// Its answer.
    EnterHelp = "enter_help" in case;
    /// Cooperation was refused.
    RecordRefusal = "refusal" in case;
    /// The investigation is over.
    Conclude = "conclude" in case;
    /// The opinion of the legal review, by who acts.
    LegalReview = "review" in case;
    /// A notice before the decision, with the proof of its service.
    ServeNotice = "notice" in case;
    /// What became of the right to answer.
    EnterStatement = "statement" in case;
    /// The party asks to be heard.
    AskHearing = "ask_hearing" in case;
    /// Place and chair of a hearing.
    NotifyHearing = "notify_hearing" in case;
    /// The hearing is held.
    HoldHearing = "hold_hearing" in case;
    /// The hearing is closed.
    CloseHearing = "close_hearing" in case;
    /// What the chair thinks.
    HearingOpinion = "hearing_opinion" in case;
    /// A collective discussion.
    Discuss = "discuss" in case;
    /// The decision, act by act.
    Decide = "decide" in case;
    /// The paper is written.
    WriteDecision = "write_decision" in case;
    /// It is announced while the party is absent.
    Announce = "announce" in case;
    /// It is served.
    Serve = "serve" in case;
    /// It is published.
    Publish = "publish" in case;
    /// It was changed, withdrawn or found unlawful.
    Overturn = "overturn" in case;
    /// What was published is taken back.
    WithdrawPublication = "withdraw_publication" in case;
    /// It touches the public so little that it is not published.
    WithholdPublication = "withhold_publication" in case;
    /// A payment.
    Pay = "pay" in case;
    /// Why it is closed.
    Close = "closing" in case;
    /// A crime is suspected.
    SuspectCrime = "suspect_crime" in case;
    /// A crime is suspected in a case.
    OpenTransfer = "open_transfer" in transfer;
    /// The team, by account.
    Team = "team" in transfer;
    /// The written report.
    TransferReport = "transfer_report" in transfer;
    /// What goes with the letter is listed.
    Enclose = "enclose" in transfer;
    /// The file goes to the police.
    Send = "send" in transfer;
    /// The police sign.
    SignReceipt = "sign_receipt" in transfer;
    /// What is missing.
    AskSupplement = "ask_supplement" in transfer;
    /// What was added.
    Supplement = "supplement" in transfer;
    /// Another department has jurisdiction.
    Reroute = "reroute" in transfer;
    /// The written answer.
    PoliceAnswer = "police_answer" in transfer;
    /// Goods go to the police.
    HandOver = "hand_over" in transfer;
    /// How far the police are.
    Stage = "stage" in transfer;
    /// Suspects whom the police caught.
    Catch = "catch" in transfer;
    /// Institutions that were closed together.
    CloseInstitutions = "close_institutions" in transfer;
    /// A clue comes in.
    OpenClue = "open_clue" in clue;
    /// A newer run saw it again.
    Refresh = "refresh" in clue;
    /// It repeats another.
    Merge = "merge" in clue;
    /// It belongs elsewhere.
    PassOn = "pass_on" in clue;
    /// It belongs with something.
    AddLink = "link" in clue;
    /// One step down.
    SendDown = "dispatch" in clue;
    /// What checking came to.
    AnswerClue = "answer" in clue;
    /// The answer goes up one level.
    ReportUp = "report_up" in clue;
    /// The answer goes back with the reason of the act.
    SendBack = "send_back" in clue;
    /// Chosen by lot for a second look.
    SpotCheck = "spot_check" in clue;
    /// Another region looks.
    CrossCheck = "cross_check" in clue;
    /// A complaint. Who informed is sealed apart on the way; only the token stays here.
    OpenComplaint = "complaint" in joint;
    /// The clue that it became.
    ComplaintClue = "complaint_clue" in joint;
    /// What came of it.
    ComplaintOutcome = "complaint_outcome" in joint;
    /// The informant was told.
    Tell = "tell" in joint;
    /// A reward is proposed.
    ProposeReward = "reward" in joint;
    /// The informant is told of the reward and of a code to claim it by.
    TellReward = "tell_reward" in joint;
    /// Somebody shows a code.
    ClaimReward = "claim" in joint;
    /// The reward is transferred.
    PayReward = "pay_reward" in joint;
    /// A matter for another department.
    OpenReferral = "referral" in joint;
    /// It is refused with the ground of the act.
    RefuseReferral = "refuse_referral" in joint;
    /// It goes to somebody else, or again.
    Redirect = "redirect" in joint;
    /// What came of it.
    ReferralResult = "referral_result" in joint;
    /// Matters to be supervised.
    OpenListed = "listed" in joint;
    /// The authority of who acts agrees.
    Agree = "agree" in joint;
    /// How far it is.
    Progress = "progress" in joint;
    /// The result.
    ListedResult = "listed_result" in joint;
    /// The authority of who acts agrees to lift it.
    AgreeToLift = "agree_to_lift" in joint;
    /// Another day.
    MoveDue = "move_due" in joint;
    /// A joint meeting.
    OpenMeeting = "meeting" in joint;
    /// The minutes.
    Minutes = "minutes" in joint;
    /// A decision that becomes a task.
    AddTask = "task" in joint;
    /// What came of a task.
    TaskResult = "task_result" in joint;
    /// An item of the plan.
    PlanInspection = "plan_inspection" in site;
    /// The draw that chose institution and officers.
    ByDraw = "draw" in site;
    /// The institution is told.
    InspectionNotice = "inspection_notice" in site;
    /// A record of the site, also one that was made offline.
    SiteRecord = "site_record" in site;
    /// What was noted on site without network, from the form's file alone.
    SiteForm = "site_form" in site_form;
    /// A finding.
    AddFinding = "finding" in site;
    /// Nothing was found.
    NoneFound = "none_found" in site;
    /// What the institution says.
    InstitutionStatement = "institution_statement" in site;
    /// It goes to the region of the institution.
    HandOverInspection = "hand_over_inspection" in site;
    /// What became of a finding.
    FindingResult = "finding_result" in site;
    /// What came of the inspection.
    InspectionAnswer = "inspection_answer" in site;
    /// What was looked at again.
    FollowUp = "follow_up" in site;
    /// A list of problems for an institution.
    OpenSelfCheck = "self_check" in site;
    /// The answer to an item.
    CheckAnswer = "check_answer" in site;
    /// Money comes back.
    Refund = "refund" in site;
    /// An item was put right.
    Correct = "correct" in site;
    /// The answers go back with the reason of the act.
    ReturnCheck = "return_check" in site;
    /// Who acts has looked at the answers.
    ReviewCheck = "review_check" in site;
    /// A report falls due.
    OpenReport = "report" in site;
    /// It is sent.
    SendReport = "report_sent" in site;
    /// Something in it was wrong, as the reason of the act says.
    CorrectReport = "report_correction" in site;
    /// An institution comes under the plan.
    OpenTrace = "trace_plan" in site;
    /// Something must be kept.
    Keep = "keep" in site;
    /// Points are proposed for an act.
    OpenPoints = "points" in people;
    /// Who acts decides the points.
    DecidePoints = "decide_points" in people;
    /// The practitioner contests them.
    ContestPoints = "contest_points" in people;
    /// The qualification is suspended.
    SuspendQualification = "suspend_qualification" in people;
    /// Something that takes points back.
    RepairPoints = "repair" in people;
    /// The qualification stands again.
    RestoreQualification = "restore_qualification" in people;
    /// Somebody whom the matter concerns, with what is known of them; all of it is sealed.
    AddPerson = "add_person" in people;
    /// An insured person did something.
    OpenPerson = "person" in people;
    /// A talk.
    Talk = "talk" in people;
    /// Education.
    Educate = "educate" in people;
    /// Conveniences are restricted.
    Restrict = "restrict" in people;
    /// The person is told before a decision.
    PersonNotice = "person_notice" in people;
    /// What became of the right to answer.
    PersonStatement = "person_statement" in people;
    /// Months of suspension.
    PersonMonths = "person_months" in people;
    /// Suspended because cooperation was refused.
    PersonUrgent = "person_urgent" in people;
    /// The person contests it.
    ContestPerson = "contest_person" in people;
    /// The agreement was broken.
    OpenAgreement = "agreement" in people;
    /// What became of the right to answer.
    AgreementStatement = "agreement_statement" in people;
    /// What is done.
    DecideAgreement = "agreement_measures" in people;
    /// The institution contests it.
    ContestAgreement = "contest_agreement" in people;
    /// The institution complains that the agency broke the agreement.
    AskCoordination = "coordination" in people;
    /// What came of it.
    AgreementResult = "agreement_result" in people;
    /// A penalty on the spot.
    OpenSummary = "summary" in people;
    /// The fine is collected on the spot.
    Collect = "collect" in people;
    /// It is handed in.
    HandIn = "hand_in" in people;
    /// It is recorded at the department.
    RecordSummary = "record_summary" in people;
    /// A suspension of a department, or a ban.
    OpenSanction = "sanction" in people;
}

/// Why an input does not fit, in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// The act takes another input.
    #[error("本操作需要的内容是“{wanted}”，收到的是“{given}”")]
    Wrong {
        /// What it takes.
        wanted: String,
        /// What came.
        given: String,
    },
    /// Something that is referred to does not exist.
    #[error("没有这一{what}：{which}")]
    Unknown {
        /// Kind of thing.
        what: &'static str,
        /// Which.
        which: String,
    },
    /// Something about a natural person has not been sealed.
    #[error("个人信息须先密封，只以编号写入")]
    Unsealed,
    /// Digests were told of what the server counts them of.
    #[error("文件和线索发现的摘要由系统计算，不得另填")]
    Counted,
    /// The reason is longer than a reason may be.
    #[error("理由超过2000字或者含有控制字符")]
    Reason,
    /// An offline form says what cannot be; all of it in one line.
    #[error("离线检查表有不符之处：{0}")]
    Form(String),
}

impl InputError {
    fn unknown(what: &'static str, which: &str) -> Self {
        Self::Unknown { what, which: which.to_owned() }
    }
}

/// Something that happened, for the clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emitted {
    /// Name: what limits start or end on.
    pub event: String,
    /// When: the instant of the act. Two facts that lie before it by their nature keep their own time: the end of a
    /// violation, a day that is proved by evidence, and its discovery, which the store knows from the clue.
    pub at: ServerTime,
    /// What it is about, where limits may run for each such thing: its number among its like, from 1.
    pub item: Option<(Per, u32)>,
}

/// What an act that may be done comes to. The store saves all of it or nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The facts after it.
    pub facts: Facts,
    /// The state after it.
    pub state: String,
    /// Its events, in order. A clock starts with the variant that [`Facts::variants`] names for its limit, and with the day that
    /// [`Facts::day_for`] gives.
    pub events: Vec<Emitted>,
    /// Stops, resumptions and extensions of clocks.
    pub changes: Vec<ClockChange>,
}

/// The facts as an act's input leaves them. Nothing is checked but that the input fits the act and what it refers to exists.
pub fn apply(ask: &Ask<'_>, act: &Act, input: &ActInput) -> Result<Facts, InputError> {
    if input.name() != act.input {
        return Err(InputError::Wrong { wanted: act.input.clone(), given: input.name().to_owned() });
    }
    if Text::<2000>::parse(&ask.reason).is_err() {
        return Err(InputError::Reason);
    }
    let mut facts = ask.before.clone();
    input.apply(ask, act, &mut facts)?;
    // Each decision of the police is answered in writing, also one that takes back an earlier one.
    if act.emits.iter().any(|event| event == "police_decided") {
        facts.transfer.decided();
    }
    Ok(facts)
}

/// Does an act on a matter, or says everything that stands against it.
///
/// The caller fills [`Ask`] from its own transaction: state and facts of the matter, its clocks, the account's standing. A new
/// matter is asked in the state [`NEW`](crate::machine::NEW) with default facts. Ends of limits are heard by the matter itself and by
/// the matters that it is linked to; starts by the matter alone.
pub fn perform(
    mut ask: Ask<'_>,
    machine: &str,
    act: &str,
    input: &ActInput,
) -> Result<Done, Vec<GuardError>> {
    let procedures: &Procedures = ask.procedures;
    let Some(machine) = procedures.machines.get(machine) else {
        return Err(vec![GuardError::unknown_machine(machine)]);
    };
    let Some(entry) = machine.acts.get(act) else { return Err(vec![machine.error("known_act")]) };
    // Who may not act at all learns nothing from the input's faults.
    let standing = machine.standing(entry, &ask);
    if !standing.is_empty() {
        return Err(standing);
    }
    ask.changes = changes(&ask, input);
    match apply(&ask, entry, input) {
        Ok(facts) => ask.facts = facts,
        Err(error) => {
            let refusal = machine.error("input_fits");
            return Err(vec![GuardError { message: error.to_string(), ..refusal }]);
        }
    }
    let state = machine.may(act, &ask)?;
    let events = events::emitted(&ask, entry, input);
    Ok(Done { events, state, facts: ask.facts, changes: ask.changes })
}

/// What an input does to clocks beside the act's events.
fn changes(ask: &Ask<'_>, input: &ActInput) -> Vec<ClockChange> {
    let stopping = |kind: fn(crate::limit::Stop) -> EventKind, cause| {
        let stops = |clock: &&ClockState| {
            let limit = ask.procedures.limit(&clock.limit, &ask.region);
            limit.is_some_and(|limit| limit.stops.contains(&cause))
        };
        let open =
            ask.clocks.values().filter(|clock| matches!(clock.status, Status::Running | Status::Stopped));
        open.filter(stops).map(|clock| ClockChange { clock: clock.key(), kind: kind(cause) }).collect()
    };
    match input {
        ActInput::StopClock(input) => stopping(|cause| EventKind::Stopped { cause }, input.cause),
        ActInput::ResumeClock(input) => stopping(|cause| EventKind::Resumed { cause }, input.cause),
        ActInput::Extend(input) => {
            let clock = ClockKey::read(input.limit.as_str());
            let limit = ask.procedures.limit(&clock.limit, &ask.region);
            let mut known = limit.iter().flat_map(|limit| &limit.extensions);
            let extension = known.find(|extension| extension.id == input.extension.as_str());
            vec![ClockChange {
                clock,
                kind: EventKind::Extended {
                    extension: input.extension.owned(),
                    amount: input.amount,
                    by: extension.map(|extension| extension.granted_by.clone()).unwrap_or_default(),
                    ground: Some(ask.reason.clone()),
                },
            }]
        }
        _ => Vec::new(),
    }
}

/// The item of that number, from 1.
fn at<'a, T>(items: &'a mut [T], number: u32, what: &'static str) -> Result<&'a mut T, InputError> {
    let index = (number as usize).checked_sub(1);
    index
        .and_then(|index| items.get_mut(index))
        .ok_or_else(|| InputError::Unknown { what, which: format!("第{number}项") })
}

/// A line that may be left out.
fn optional_line(line: Option<&Line>) -> String {
    line.map(Line::owned).unwrap_or_default()
}

/// Officers by account, as the register of certificates knows them.
fn registered(ask: &Ask<'_>, accounts: &[Line]) -> Result<Vec<Officer>, InputError> {
    let officer = |account: &Line| {
        let known = ask.around.officers.get(account.as_str());
        let mut officer = known.cloned().ok_or_else(|| InputError::unknown("执法人员", account.as_str()))?;
        officer.recused |= ask.before.recused.contains(account.as_str());
        Ok(officer)
    };
    accounts.iter().map(officer).collect()
}

/// The item of a self-check.
fn check_item<'a>(facts: &'a mut Facts, item: &Line) -> Result<&'a mut CheckItem, InputError> {
    let mut items = facts.self_check.items.iter_mut();
    items
        .find(|known| known.item == item.as_str())
        .ok_or_else(|| InputError::unknown("自查问题", item.as_str()))
}

/// SM3 of a text.
fn sm3(text: &str) -> Digest {
    Digest(sm3::Sm3::digest(text.as_bytes()).into())
}
