//! Inputs of points, of measures against people and by the agreement, of sanctions and of penalties on the spot.

use super::{Input, InputError, Key, Line, List, Personal, Prose, Sum, at, payloads, personal::optional};
use crate::{
    ask::Ask,
    facts::{
        AgreementMeasure, CreditMeasure, DecisionItem, Facts, NoticePart, Person, PersonRole, PointsMatter,
        Refusal, Responsibility, Sanction, Statement,
    },
    machine::Act,
    measure::Proposal,
};

payloads! {
    /// Points are proposed for an act.
    OpenPoints {
        /// Key of the practitioner.
        practitioner: Key,
        /// Code of the institution.
        institution: Line,
        /// Id of the event in the table of points.
        event: Line,
        /// How far the practitioner is responsible.
        responsibility: Responsibility,
        /// The points.
        points: u32,
        /// What was done.
        facts: Prose,
    } (self, _ask, _act, facts) => {
        facts.points = PointsMatter {
            practitioner: self.practitioner.code()?,
            institution: self.institution.owned(),
            event: self.event.owned(),
            responsibility: Some(self.responsibility),
            points: self.points,
            facts: self.facts.owned(),
            ..PointsMatter::default()
        };
    }
    /// Who acts decides the points.
    DecidePoints {
    } (self, ask, _act, facts) => {
        facts.points.decided_by.clone_from(&ask.actor.account);
    }
    /// The practitioner contests them.
    ContestPoints {
        /// What is said.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.points.contest = self.what.owned();
    }
    /// The qualification is suspended.
    SuspendQualification {
        /// Months.
        months: u32,
    } (self, _ask, _act, facts) => {
        facts.points.months = self.months;
    }
    /// Something that takes points back.
    RepairPoints {
        /// Id of the repair.
        kind: Line,
    } (self, _ask, _act, facts) => {
        facts.points.repairs.push(self.kind.owned());
    }
    /// The qualification stands again.
    RestoreQualification {
    } (self, _ask, _act, facts) => {
        facts.points.restored = true;
    }
    /// Somebody whom the matter concerns, with what is known of them; all of it is sealed.
    AddPerson {
        /// As what.
        role: PersonRole,
        /// Name.
        name: Personal,
        /// Number of an identity certificate.
        certificate: Option<Personal>,
        /// Telephone.
        phone: Option<Personal>,
        /// Address.
        address: Option<Personal>,
        /// Bank account.
        account: Option<Personal>,
        /// Whom of those before it replaces, from 1.
        instead_of: Option<u32>,
    } (self, _ask, _act, facts) => {
        let person = Person {
            role: Some(self.role),
            name: self.name.token()?,
            certificate: optional(self.certificate.as_ref())?,
            phone: optional(self.phone.as_ref())?,
            address: optional(self.address.as_ref())?,
            account: optional(self.account.as_ref())?,
        };
        match self.instead_of {
            Some(number) => *at(&mut facts.people, number, "相关人员")? = person,
            None => facts.people.push(person),
        }
    }
    /// An insured person did something.
    OpenPerson {
        /// Token of the person.
        person: Key,
        /// Id of the measure that was broken.
        measure: Line,
        /// What was done.
        facts: Prose,
    } (self, _ask, _act, facts) => {
        facts.person.person = self.person.code()?;
        facts.person.measure = self.measure.owned();
        facts.person.facts = self.facts.owned();
    }
    /// A talk.
    Talk {
        /// Number of the record.
        record: Line,
    } (self, _ask, _act, facts) => {
        facts.person.talks.push(self.record.owned());
    }
    /// Education.
    Educate {
        /// Number of the record.
        record: Line,
    } (self, _ask, _act, facts) => {
        facts.person.education.push(self.record.owned());
    }
    /// Conveniences are restricted.
    Restrict {
        /// Which.
        measures: List<CreditMeasure, 8>,
    } (self, _ask, _act, facts) => {
        facts.person.convenience.extend(self.measures.0.iter().copied());
    }
    /// The person is told before a decision.
    PersonNotice {
        /// What it states.
        parts: List<NoticePart, 8>,
    } (self, _ask, _act, facts) => {
        facts.person.notified = self.parts.0.iter().copied().collect();
    }
    /// What became of the right to answer.
    PersonStatement {
        /// What.
        what: Statement,
    } (self, _ask, _act, facts) => {
        facts.person.statement = Some(self.what);
    }
    /// Months of suspension.
    PersonMonths {
        /// How many.
        months: u32,
    } (self, _ask, _act, facts) => {
        facts.person.months = self.months;
    }
    /// Suspended because cooperation was refused.
    PersonUrgent {
        /// Which situation.
        situation: Refusal,
        /// What happened.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.person.urgent = true;
        facts.refusals.push((self.situation, self.what.owned()));
    }
    /// The person contests it.
    ContestPerson {
        /// What is said.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.person.contest = self.what.owned();
    }
    /// The agreement was broken.
    OpenAgreement {
        /// Code of the institution.
        institution: Line,
        /// What was broken.
        breach: Prose,
    } (self, _ask, _act, facts) => {
        facts.agreement.institution = self.institution.owned();
        facts.agreement.breach = self.breach.owned();
    }
    /// What became of the right to answer.
    AgreementStatement {
        /// What.
        what: Statement,
    } (self, _ask, _act, facts) => {
        facts.agreement.statement = Some(self.what);
    }
    /// What is done.
    DecideAgreement {
        /// Which.
        measures: List<AgreementMeasure, 8>,
        /// Id of the measure, and the money.
        money: List<(Line, Proposal), 50>,
    } (self, _ask, _act, facts) => {
        facts.agreement.measures = self.measures.0.iter().copied().collect();
        let item = |(measure, proposal): &(Line, Proposal)| DecisionItem { measure: measure.owned(), proposal: *proposal };
        facts.decision.items = self.money.0.iter().map(item).collect();
    }
    /// The institution contests it.
    ContestAgreement {
        /// Number of the application or suit.
        paper: Line,
        /// It is a suit.
        suit: bool,
    } (self, _ask, _act, facts) => {
        facts.agreement.contest = self.paper.owned();
        facts.agreement.suit = self.suit;
    }
    /// The institution complains that the agency broke the agreement.
    AskCoordination {
        /// What it says.
        what: Prose,
    } (self, ask, _act, facts) => {
        facts.agreement.institution.clone_from(&ask.actor.organisation);
        facts.agreement.coordination = self.what.owned();
    }
    /// What came of it.
    AgreementResult {
        /// What.
        result: Prose,
    } (self, _ask, _act, facts) => {
        facts.agreement.result = self.result.owned();
    }
    /// A penalty on the spot.
    OpenSummary {
        /// Key of who is punished.
        subject: Key,
        /// It is a person.
        person: bool,
        /// The fine.
        fine: Sum,
    } (self, _ask, _act, facts) => {
        facts.summary.subject = self.subject.code()?;
        facts.summary.person = self.person;
        facts.summary.fine = self.fine.0;
    }
    /// The fine is collected on the spot.
    Collect {
    } (self, _ask, _act, facts) => {
        facts.summary.collected = true;
    }
    /// It is handed in.
    HandIn {
        /// Number of the paper.
        paper: Line,
    } (self, _ask, _act, facts) => {
        facts.summary.handed_in = self.paper.owned();
    }
    /// It is recorded at the department.
    RecordSummary {
        /// Number of the record.
        paper: Line,
    } (self, _ask, _act, facts) => {
        facts.summary.recorded = self.paper.owned();
    }
    /// A suspension of a department, or a ban.
    OpenSanction {
        /// Code of the institution, or key of the person.
        subject: Key,
        /// Id of the measure.
        measure: Line,
        /// The department that is suspended; empty for a ban.
        department: Line,
        /// Months.
        months: u32,
        /// The case that ordered it.
        case: Line,
    } (self, _ask, _act, facts) => {
        facts.sanction = Sanction {
            subject: self.subject.code()?,
            measure: self.measure.owned(),
            department: self.department.owned(),
            months: self.months,
            case: self.case.owned(),
        };
    }
}
