//! The text of `rule.sql`: one SELECT, parameters as `$name`, a comment above each named query. No planning, no running.

use crate::param::readable;
use mingcha_model::{Diagnostic, source::Source};
use std::collections::BTreeMap;
use toml::Value;

/// What a scan of SQL finds outside comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// `$name`.
    Param(&'a str),
    /// A word.
    Word(&'a str),
    /// A quoted text or name, with its quotes.
    Quoted(&'a str),
    /// A comment.
    Comment(&'a str),
    /// Any other character.
    Other(char),
}

/// Tokens with their offsets; blanks are left out.
fn tokens(text: &str) -> impl Iterator<Item = (usize, Token<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let token = token(rest)?;
        let start = at;
        at += match token {
            Token::Param(name) => name.len() + 1,
            Token::Word(part) | Token::Quoted(part) | Token::Comment(part) => part.len(),
            Token::Other(other) => other.len_utf8(),
        };
        Some((start, token))
    })
}

fn token(rest: &str) -> Option<Token<'_>> {
    let first = rest.chars().next()?;
    let until = |end: &str, skip: usize| {
        &rest[..rest[skip..].find(end).map_or(rest.len(), |at| skip + at + end.len())]
    };
    Some(match first {
        '-' if rest.starts_with("--") => Token::Comment(until("\n", 2)),
        '/' if rest.starts_with("/*") => Token::Comment(until("*/", 2)),
        '\'' => Token::Quoted(until("'", 1)),
        '"' => Token::Quoted(until("\"", 1)),
        '$' => Token::Param(leading_name(&rest[1..])),
        _ if first.is_alphanumeric() || first == '_' => {
            Token::Word(&rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())])
        }
        other => Token::Other(other),
    })
}

/// The lower-case name that a text begins with, empty where there is none.
pub(crate) fn leading_name(text: &str) -> &str {
    let part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase()) {
        return "";
    }
    &text[..text.bytes().position(|byte| !part(byte)).unwrap_or(text.len())]
}

/// Whether a text is a lower-case name: letters, digits and `_`, a letter first.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && leading_name(text).len() == text.len()
}

/// The parameters that a text names, with their offsets.
pub(crate) fn params(text: &str) -> impl Iterator<Item = (usize, &str)> {
    tokens(text).filter_map(|(at, token)| match token {
        Token::Param(name) => Some((at, name)),
        _ => None,
    })
}

/// Checks the form: one SELECT (or WITH … SELECT), nothing after it, a comment above each named query.
pub(crate) fn check(source: &Source, out: &mut Vec<Diagnostic>) {
    let all: Vec<_> = tokens(source.text).collect();
    let code: Vec<_> = all.iter().filter(|(_, token)| !matches!(token, Token::Comment(_))).copied().collect();
    match code.first() {
        Some((_, Token::Word(word)))
            if word.eq_ignore_ascii_case("select") || word.eq_ignore_ascii_case("with") => {}
        other => {
            let at = other.map_or(0, |(at, _)| *at);
            out.push(source.fault(at, "", "must be one SELECT, with named queries before it or not"));
        }
    }
    if let Some(at) = code.iter().position(|(_, token)| *token == Token::Other(';'))
        && at + 1 < code.len()
    {
        out.push(source.fault(code[at].0, "", "more than one statement"));
    }
    for (at, token) in &code {
        let open = match token {
            Token::Quoted(text) => text.len() < 2 || text.chars().next() != text.chars().last(),
            Token::Param(name) => name.is_empty(),
            _ => false,
        };
        if open {
            out.push(source.fault(*at, "", "a quote without its end, or `$` without a parameter's name"));
        }
    }
    comments(source, &all, out);
}

/// A named query is a word followed by `AS (` outside all parentheses; above it stands a comment.
fn comments(source: &Source, all: &[(usize, Token)], out: &mut Vec<Diagnostic>) {
    let mut depth = 0_i32;
    for (i, (at, token)) in all.iter().enumerate() {
        match token {
            Token::Other('(') => depth += 1,
            Token::Other(')') => depth -= 1,
            Token::Word(name) if depth == 0 && opens_query(&all[i + 1..]) => {
                let before = all[..i].iter().rev().find(|(_, token)| {
                    !matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("with") || word.eq_ignore_ascii_case("recursive"))
                });
                if !matches!(before, Some((_, Token::Comment(_)))) {
                    let fault = source.fault(*at, name, "a named query without a comment above it");
                    out.push(fault.hint("say in a line `-- …` which rows it holds"));
                }
            }
            _ => {}
        }
    }
}

fn opens_query(next: &[(usize, Token)]) -> bool {
    matches!(next, [(_, Token::Word(word)), (_, Token::Other('(')), ..] if word.eq_ignore_ascii_case("as"))
}

/// The text with each `$name` outside quotes and comments replaced by a literal that cannot break out.
pub(crate) fn fill(text: &str, values: &BTreeMap<String, Value>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut done = 0;
    for (at, name) in params(text) {
        if let Some(value) = values.get(name) {
            filled.push_str(&text[done..at]);
            filled.push_str(&literal(value));
            done = at + 1 + name.len();
        }
    }
    filled.push_str(&text[done..]);
    filled
}

/// A value as an SQL literal; a list as `('a', 'b')`, an empty one as `(NULL)`, which nothing is in.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Boolean(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Array(items) if items.is_empty() => "(NULL)".to_owned(),
        Value::Array(items) => format!("({})", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Integer(number) if *number < 0 => format!("({number})"),
        Value::Float(number) if number.is_sign_negative() => format!("({number:?})"),
        Value::Float(number) => format!("{number:?}"),
        other => readable(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        check(&Source::new("rule.sql", text), &mut out);
        out.into_iter().map(|fault| format!("{}: {}", fault.line, fault.message)).collect()
    }

    #[test]
    fn a_parameter_becomes_a_literal_that_cannot_break_out() {
        let values = BTreeMap::from([
            ("days".to_owned(), Value::Integer(10)),
            ("word".to_owned(), Value::String("a' OR '1'='1".to_owned())),
            (
                "list".to_owned(),
                Value::Array(vec![Value::String("x".to_owned()), Value::String("y'".to_owned())]),
            ),
            ("least".to_owned(), Value::Integer(-3)),
            ("ratio".to_owned(), Value::Float(2.0)),
        ]);
        let sql = "SELECT $days, '$days', $word -- $days\n FROM fee WHERE a IN $list AND b = 1-$least * $ratio /* $word */";
        assert_eq!(
            fill(sql, &values),
            "SELECT 10, '$days', 'a'' OR ''1''=''1' -- $days\n FROM fee WHERE a IN ('x', 'y''') AND b = 1-(-3) * 2.0 /* $word */"
        );
    }

    #[test]
    fn one_select_with_a_comment_above_each_named_query() {
        assert_eq!(faults("-- all\nSELECT 1;\n"), Vec::<String>::new());
        assert_eq!(
            faults("WITH\n-- people\na AS (SELECT 1),\n-- places\nb AS (SELECT x AS (y))\nSELECT 1"),
            Vec::<String>::new()
        );
        assert_eq!(faults("-- people\nWITH a AS (SELECT 1) SELECT 2"), Vec::<String>::new());
        assert_eq!(faults("WITH a AS (SELECT 1) SELECT 2"), ["1: a named query without a comment above it"]);
        assert_eq!(faults("SELECT 1; DROP TABLE fee"), ["1: more than one statement"]);
        assert_eq!(faults("\nDELETE FROM fee").len(), 1);
        assert_eq!(faults("").len(), 1);
        assert_eq!(faults("SELECT 'open").len(), 1);
        assert_eq!(faults("SELECT $1").len(), 1);
    }
}
