//! Merges pairs of people into groups: everybody who is tied to somebody in the group belongs to it.

use super::answer::Row;
use mingcha_model::Role;
use std::collections::BTreeMap;

/// One row a group in place of the pairs. Rows that are no pairs stay as they are.
pub fn merge(rows: Vec<Row>) -> Vec<Row> {
    let (pairs, mut merged): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(Row::is_pair);
    let mut people: BTreeMap<String, usize> = BTreeMap::new();
    for name in pairs.iter().flat_map(|pair| [&pair.texts["a"], &pair.texts["b"]]) {
        let next = people.len();
        people.entry(name.clone()).or_insert(next);
    }
    let mut parents: Vec<usize> = (0..people.len()).collect();
    for pair in &pairs {
        let (a, b) =
            (root(&mut parents, people[&pair.texts["a"]]), root(&mut parents, people[&pair.texts["b"]]));
        parents[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, (Vec<String>, Vec<Row>)> = BTreeMap::new();
    for (name, &person) in &people {
        groups.entry(root(&mut parents, person)).or_default().0.push(name.clone());
    }
    for pair in pairs {
        let group = root(&mut parents, people[&pair.texts["a"]]);
        groups.entry(group).or_default().1.push(pair);
    }
    merged.extend(groups.into_values().filter_map(|(members, pairs)| group(&members, pairs)));
    merged
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while parents[at] != at {
        parents[at] = parents[parents[at]];
        at = parents[at];
    }
    at
}

/// The pairs of one group as one row; `None` where it is too small.
fn group(members: &[String], pairs: Vec<Row>) -> Option<Row> {
    let count = pairs.len();
    let mut whole = pairs.into_iter().reduce(unite)?;
    let least = whole.take("least_people").and_then(|text| text.parse().ok()).unwrap_or(2);
    if members.len() < least {
        return None;
    }
    whole.texts.remove("a");
    whole.texts.remove("b");
    whole.texts.insert("subject_id".to_owned(), members.join("+"));
    whole.texts.insert("people".to_owned(), members.len().to_string());
    whole.texts.insert("pairs".to_owned(), count.to_string());
    whole.lists.insert("members".to_owned(), members.iter().cloned().collect());
    Some(whole)
}

fn unite(mut one: Row, other: Row) -> Row {
    (one.begin, one.end) = (one.begin.min(other.begin), one.end.max(other.end));
    one.texts.retain(|column, text| other.texts.get(column) == Some(text));
    for (column, texts) in other.lists {
        one.lists.entry(column).or_default().extend(texts);
    }
    for (key, role) in other.marks {
        let mark: &mut Role = one.marks.entry(key).or_insert(role);
        *mark = role.min(*mark);
    }
    one.pairs.extend(other.pairs);
    // The weakest claim of its pairs is the claim of the group.
    one.kind = one.kind.max(other.kind);
    one.notes.extend(other.notes);
    one.amount = None;
    one
}
