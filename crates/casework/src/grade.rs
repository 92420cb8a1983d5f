//! The grade of an institution from what is on record, and how often it is inspected.

use crate::scheme::GradingScheme;
use std::collections::BTreeMap;

/// A grade with the sum that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// The score.
    pub score: u32,
    /// Inspections a year.
    pub inspections: u32,
    /// The sum in Chinese, line by line.
    pub steps: Vec<String>,
}

/// The grade for records counted by kind; kinds that the scheme does not weigh change nothing.
pub fn grade(records: &BTreeMap<String, u32>, scheme: &GradingScheme) -> Option<Grade> {
    let mut score = scheme.start;
    let mut steps = vec![format!("起始{}分", scheme.start)];
    for weight in &scheme.weights {
        let count = records.get(&weight.id).copied().unwrap_or(0);
        if count > 0 {
            let off = weight.least.saturating_mul(count);
            score = score.saturating_sub(off);
            steps.push(format!("{}{count}件，扣{off}分", weight.title));
        }
    }
    let band = scheme.grades.iter().find(|grade| score >= grade.least)?;
    steps.push(format!("得{score}分，{}，每年检查{}次", band.title, band.most));
    Some(Grade { id: band.id.clone(), title: band.title.clone(), score, inspections: band.most, steps })
}
