//! Inputs of inspections, self-checks, reports, plans of trace codes, and of what is kept.

use super::{Input, InputError, Line, List, Prose, Sum, at, check_item, payloads, registered};
use crate::{
    ask::Ask,
    facts::{CheckItem, Facts, Finding, InspectionKind},
    machine::Act,
    trail::Digest,
};
use mingcha_model::Date;

payloads! {
    /// An item of the plan.
    PlanInspection {
        /// Which kind.
        kind: InspectionKind,
        /// Code of the institution.
        institution: Line,
        /// The item of the year's plan.
        plan: Line,
    } (self, _ask, _act, facts) => {
        facts.inspection.kind = Some(self.kind);
        facts.inspection.institution = self.institution.owned();
        facts.inspection.plan = self.plan.owned();
    }
    /// The draw that chose institution and officers.
    ByDraw {
        /// The draw.
        draw: Line,
        /// The officers that it drew.
        accounts: List<Line, 20>,
    } (self, ask, _act, facts) => {
        facts.inspection.draw = self.draw.owned();
        facts.officers = registered(ask, &self.accounts.0)?;
    }
    /// The institution is told.
    InspectionNotice {
        /// Number of the notice.
        paper: Line,
    } (self, _ask, _act, facts) => {
        facts.inspection.notice = self.paper.owned();
    }
    /// A record of the site, also one that was made offline.
    SiteRecord {
        /// SM3 of it.
        sm3: Digest,
    } (self, _ask, _act, facts) => {
        facts.inspection.records.push(self.sm3);
    }
    /// A finding.
    AddFinding {
        /// The item of the guide.
        item: Line,
        /// What was seen.
        facts: Prose,
        /// SM3 of the evidence.
        evidence: List<Digest, 100>,
        /// Amount.
        amount: Sum,
    } (self, _ask, _act, facts) => {
        facts.inspection.findings.push(Finding {
            item: self.item.owned(),
            facts: self.facts.owned(),
            evidence: self.evidence.0.clone(),
            amount: self.amount.0,
            result: String::new(),
        });
    }
    /// Nothing was found.
    NoneFound {
        /// What was looked at.
        words: Prose,
    } (self, _ask, _act, facts) => {
        facts.inspection.none_found = self.words.owned();
    }
    /// What the institution says.
    InstitutionStatement {
        /// It, or that it says nothing.
        statement: Prose,
    } (self, _ask, _act, facts) => {
        facts.inspection.statement = self.statement.owned();
    }
    /// It goes to the region of the institution.
    HandOverInspection {
        /// Which.
        region: Line,
    } (self, _ask, _act, facts) => {
        facts.inspection.handed_to = self.region.owned();
    }
    /// What became of a finding.
    FindingResult {
        /// Which, from 1.
        finding: u32,
        /// What.
        result: Prose,
    } (self, _ask, _act, facts) => {
        at(&mut facts.inspection.findings, self.finding, "检查发现")?.result = self.result.owned();
    }
    /// What came of the inspection.
    InspectionAnswer {
        /// What.
        answer: Prose,
    } (self, _ask, _act, facts) => {
        facts.inspection.answer = self.answer.owned();
    }
    /// What was looked at again.
    FollowUp {
        /// What.
        what: Prose,
    } (self, _ask, _act, facts) => {
        facts.inspection.follow_up = self.what.owned();
    }
    /// A list of problems for an institution.
    OpenSelfCheck {
        /// Code of the institution.
        institution: Line,
        /// The field.
        field: Line,
        /// Ids of the problems.
        items: List<Line, 500>,
        /// The case of the limit, such as `psychiatry_2026`.
        variant: Option<Line>,
        /// The day by which it is to be done, as who issues it sets it; without one, that of the case.
        due: Option<Date>,
    } (self, _ask, _act, facts) => {
        let item = |item: &Line| CheckItem { item: item.owned(), ..CheckItem::default() };
        facts.self_check.institution = self.institution.owned();
        facts.self_check.field = self.field.owned();
        facts.self_check.items = self.items.0.iter().map(item).collect();
        facts.self_check.due = self.due;
        facts.variants.extend(self.variant.as_ref().map(|variant| ("D69".to_owned(), variant.owned())));
    }
    /// The answer to an item.
    CheckAnswer {
        /// Which.
        item: Line,
        /// Something was found.
        found: bool,
        /// How many lines.
        lines: u32,
        /// Amount.
        amount: Sum,
        /// What was found.
        facts: Prose,
    } (self, _ask, _act, facts) => {
        let item = check_item(facts, &self.item)?;
        (item.answered, item.found, item.lines) = (true, self.found, self.lines);
        (item.amount, item.facts) = (self.amount.0, self.facts.owned());
    }
    /// Money comes back.
    Refund {
        /// How much.
        amount: Sum,
        /// Number of the bank's paper.
        voucher: Line,
    } (self, _ask, _act, facts) => {
        facts.self_check.refunded.0 += self.amount.0.0;
    }
    /// An item was put right.
    Correct {
        /// Which.
        item: Line,
        /// What was done.
        correction: Prose,
    } (self, _ask, _act, facts) => {
        let item = check_item(facts, &self.item)?;
        (item.corrected, item.correction) = (true, self.correction.owned());
    }
    /// The answers go back with the reason of the act.
    ReturnCheck {
    } (self, ask, _act, facts) => {
        facts.self_check.returns.push(ask.reason.clone());
    }
    /// Who acts has looked at the answers.
    ReviewCheck {
    } (self, ask, _act, facts) => {
        facts.self_check.reviewed_by.clone_from(&ask.actor.account);
    }
    /// A report falls due.
    OpenReport {
        /// The quarter, year or campaign.
        period: Line,
    } (self, _ask, act, facts) => {
        facts.report.duty.clone_from(&act.title);
        facts.report.period = self.period.owned();
    }
    /// It is sent.
    SendReport {
        /// SM3 of what was sent.
        sm3: Digest,
    } (self, _ask, _act, facts) => {
        facts.report.digest = Some(self.sm3);
    }
    /// Something in it was wrong, as the reason of the act says.
    CorrectReport {
    } (self, ask, _act, facts) => {
        facts.report.corrections.push(ask.reason.clone());
    }
    /// An institution comes under the plan.
    OpenTrace {
        /// Code of the institution.
        institution: Line,
        /// `pharmacy`, `level_1` or `level_2`.
        kind: Option<Line>,
    } (self, _ask, _act, facts) => {
        facts.trace.institution = self.institution.owned();
        facts.trace.kind = self.kind.as_ref().map(Line::owned).unwrap_or_default();
        facts.variants.extend(self.kind.as_ref().map(|kind| ("D57".to_owned(), kind.owned())));
    }
    /// Something must be kept.
    Keep {
        /// What.
        what: Line,
        /// SM3 of it.
        sm3: Digest,
    } (self, _ask, _act, facts) => {
        facts.retention.what = self.what.owned();
        facts.retention.digest = Some(self.sm3);
    }
}
