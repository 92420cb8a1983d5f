//! The sum in Chinese, line by line, so that a supervisor can check it with a calendar in hand.

use super::{
    Breach, BreachKind, Note, Status,
    compute::{Grant, Run, Sum},
    count::Part,
    stretch,
};
use crate::limit::{Mode, Span, Term, Unit, words_of};
use mingcha_model::Time;
use std::fmt::Write as _;

/// All lines.
pub(super) fn steps(
    run: &Run,
    sum: &Sum,
    notes: &[Note],
    outcome: (Status, Option<&Breach>),
    as_of: Time,
) -> Vec<String> {
    let mut lines = vec![format!("期限：{}（{}）", words_of(run.term), run.limit.basis.join("；"))];
    lines.extend(run.limit.lapses.map(|lapses| format!("性质：{}", lapses.title())));
    let Some(start) = run.start else {
        let missing = if run.refused.is_empty() {
            format!("：尚无“{}”", run.limit.start)
        } else {
            String::new()
        };
        lines.push(format!("未起算{missing}"));
        lines.extend(not_taken(run));
        return lines;
    };
    lines.push(format!("起算：{start} {}", run.limit.start));
    first_day(run, sum, &mut lines);
    parts(run, sum, &mut lines);
    lines.extend(run.pauses.iter().map(|pause| {
        let to = pause.to.map_or_else(|| format!("{as_of}（尚未结束）"), |to| to.to_string());
        format!("中止：{}，{} 至 {to}", pause.cause.title(), pause.from)
    }));
    if let Some((from, to)) = sum.rolled {
        lines.push(format!("顺延：末日 {from} 为休息日，顺延至 {to}"));
    }
    ends(sum, &mut lines);
    lines.push(came_to(run, outcome, as_of));
    lines.extend(not_taken(run));
    lines.extend(notes.iter().map(|note| format!("注意：{}", note.words())));
    lines
}

fn first_day(run: &Run, sum: &Sum, lines: &mut Vec<String>) {
    let counted = !sum.parts.is_empty() || run.term == Term::Daily;
    if let Some(start) = run.start.filter(|_| counted) {
        let word = if run.limit.counts_start_day { "计入" } else { "不计入" };
        lines.push(format!("起算日：{} {word}", start.date()));
    }
}

/// The base and what was granted, each with the day it runs to.
fn parts(run: &Run, sum: &Sum, lines: &mut Vec<String>) {
    let replaced = run.grants.iter().rev().find(|grant| grant.extension.mode == Mode::To);
    let added: Vec<&Grant> = run.grants.iter().filter(|grant| grant.extension.mode == Mode::Add).collect();
    if let Some(grant) = replaced {
        lines.push(format!("改为：{}", grant_words(grant)));
    }
    let extended = sum.parts.len().saturating_sub(added.len());
    for (index, part) in sum.parts.iter().enumerate() {
        match index.checked_sub(extended).and_then(|index| added.get(index)) {
            Some(grant) => lines.push(format!("延长：{}，{}", grant_words(grant), part_words(part))),
            None => lines.push(format!("计算：{}，{}", part.span, part_words(part))),
        }
    }
    // Hours have no parts; their grants are named all the same.
    if sum.parts.is_empty() {
        lines.extend(added.iter().map(|grant| format!("延长：{}", grant_words(grant))));
    }
}

fn grant_words(grant: &Grant) -> String {
    let Span { amount, unit } = grant.span;
    let ground = grant.ground.as_ref().map_or_else(String::new, |ground| format!("，理由：{ground}"));
    format!("{}{}{}（{}于 {} 批准{ground}）", grant.extension.title, amount, unit.title(), grant.by, grant.at)
}

fn part_words(part: &Part) -> String {
    let mut words = format!("至 {}", part.end);
    if part.span.unit == Unit::WorkingDay && part.off > 0 {
        let _ = write!(words, "，其间休息日 {} 日不计", part.off);
    }
    if part.stopped > 0 {
        let _ = write!(words, "，其间中止 {} 日扣除", part.stopped);
    }
    words
}

fn ends(sum: &Sum, lines: &mut Vec<String>) {
    if let Some(earliest) = sum.earliest {
        lines.push(format!("可办：{earliest} 起"));
    }
    if let Some(due) = sum.due {
        lines.push(format!("届满：{due}"));
    }
    if let Some(days) = sum.days {
        lines.push(format!("累计：{days} 日"));
    }
}

/// Events that changed nothing, with the reason.
fn not_taken(run: &Run) -> impl Iterator<Item = String> {
    run.refused.iter().map(|refused| format!("不予采用：{} {}", refused.at, refused.why))
}

fn came_to(run: &Run, (status, breach): (Status, Option<&Breach>), as_of: Time) -> String {
    let act = &run.limit.act;
    match (breach, run.done) {
        (Some(breach), Some(done)) if breach.kind == BreachKind::Early => {
            format!("结果：{done} {act}，距期满尚有{}；{}", stretch(breach.seconds(as_of)), breach.missed)
        }
        (Some(breach), Some(done)) => {
            format!("结果：{done} {act}，逾期{}；{}", stretch(breach.seconds(as_of)), breach.missed)
        }
        (Some(breach), None) => {
            format!("结果：截至 {as_of} 未{act}，逾期{}；{}", stretch(breach.seconds(as_of)), breach.missed)
        }
        (None, Some(done)) if status == Status::Lapsed => {
            format!("结果：{done} {act}，时限已过；{}", run.limit.missed)
        }
        (None, None) if status == Status::Lapsed => format!("结果：届满未{act}；{}", run.limit.missed),
        (None, None) if status == Status::Moot => format!("结果：自 {as_of} 起不再适用，未逾期"),
        (None, Some(done)) => format!("结果：{done} {act}，未违反期限"),
        (None, None) => format!("结果：截至 {as_of} 未逾期"),
    }
}
