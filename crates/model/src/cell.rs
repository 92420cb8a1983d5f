//! Texts on their way into a spreadsheet: what a program would run as a formula is shown as the text it is.

use std::borrow::Cow;

/// The text for a cell; an apostrophe is put before what begins like a formula, also behind blanks and full-width signs.
pub fn cell(text: &str) -> Cow<'_, str> {
    let first = text
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .chars()
        .next();
    let formula = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    let control = text.starts_with(['\t', '\r', '\n', '\0']);
    if formula || control { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}
