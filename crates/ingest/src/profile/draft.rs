//! Drafts a profile from a file's header: known names are mapped, all others are listed for a person to decide, the like ones proposed.

use super::{Profile, near::likeness, normal};
use crate::{IngestError, Limits};
use mingcha_model::table::{Column, Table, tables};
use serde::Deserialize;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::Path,
    sync::LazyLock,
};

/// What a table is worth whose name stands in the file's name, in headers.
const NAMED: usize = 3;
/// How like a name of a column a header must be to be proposed for it, in thousandths.
const LIKE: usize = 550;
/// Headers without a column that are held against names; the others are listed all the same.
const COMPARED: usize = 300;

/// Words that a draft knows beyond the names and labels of tables and columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Words in the names of files, by table.
    files: BTreeMap<String, Vec<String>>,
    /// Headers, by column.
    headers: BTreeMap<String, Vec<String>>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("draft.toml")).expect("draft.toml names words"));

/// The text of a profile for files like this one. Headers that are a national field name, its Chinese label, a name that an embedded
/// profile knows or a usual other name are mapped, spelt as in the file; the others and the columns without a header stand in comments.
/// There a column has the header that is most like one of its names, where one is: nothing of it counts before a person says so.
/// Without a table named, the one is taken that has most headers, the file's name counting too.
pub fn draft_profile(
    path: &Path,
    table: Option<&'static Table>,
    limits: &Limits,
) -> Result<String, IngestError> {
    let blank = Profile {
        name: "draft".to_owned(),
        origin: String::new(),
        title: String::new(),
        charset: crate::Charset::Auto,
        delimiter: None,
        form: super::Form::default(),
        tables: Vec::new(),
    };
    let heads = crate::source::heads(path, &blank, limits)?;
    let name = crate::source::stem(path);
    let mut out = format!(
        "# 由 {} 的表头起草，请逐项核对。左边是明察的列，右边是文件的表头。\n\
         # 各键的写法见 docs/profiles.md；`mingcha profile show interface` 可看一份完整的配置。\n\
         name = {}\ntitle = \"\"\n",
        one_line(&name),
        quoted(&name)
    );
    for (part, header) in &heads {
        let tables: Vec<&'static Table> =
            table.map_or_else(|| tables().iter().collect(), |table| vec![table]);
        let mut guesses: Vec<Guess<'_>> =
            tables.into_iter().map(|table| Guess::new(table, part, &name, header)).collect();
        // Equal guesses keep the order of the dictionary.
        guesses.sort_by_key(|guess| Reverse(guess.weight()));
        Draft { out: &mut out, name: part, header, chosen: table.is_some() }.write(&guesses);
    }
    Ok(out)
}

/// A header as drafts compare it: without a unit in brackets, blanks and marks of required fields.
fn bare(header: &str) -> String {
    let header = normal(header);
    let end = header.find(['(', '（', '[', '【']).filter(|end| *end > 0).unwrap_or(header.len());
    header[..end].chars().filter(|letter| !letter.is_whitespace() && *letter != '*').collect()
}

/// All names under which a column is known, the best first.
fn names(table: &Table, column: &Column) -> Vec<String> {
    let mappings = Profile::embedded().iter().flat_map(|profile| &profile.tables);
    let mapped = mappings.filter(|mapping| mapping.table.name == table.name);
    let mapped = mapped.filter_map(|mapping| mapping.columns.get(column.name)).flatten();
    let usual = WORDS.headers.get(column.name).into_iter().flatten();
    let own = [column.name, column.label].map(str::to_owned);
    own.into_iter().chain(mapped.chain(usual).cloned()).map(|name| bare(&name)).collect()
}

/// How a header would feed one table.
struct Guess<'a> {
    table: &'static Table,
    /// The header of each column that has one.
    found: BTreeMap<&'static str, &'a str>,
    /// The word in the file's name that speaks for the table.
    word: Option<String>,
}

impl<'a> Guess<'a> {
    fn new(table: &'static Table, part: &str, file: &str, header: &'a [String]) -> Self {
        let known: BTreeMap<String, &'a str> =
            header.iter().rev().map(|name| (bare(name), name.trim())).collect();
        let find = |column: &'static Column| {
            let name = names(table, column).into_iter().find_map(|name| known.get(&name))?;
            Some((column.name, *name))
        };
        let words = WORDS.files.get(table.name).into_iter().flatten().map(String::as_str);
        let names = [part, file].map(str::to_lowercase);
        let word = words
            .chain([table.name, table.label])
            .find(|word| names.iter().any(|name| name.contains(word)))
            .map(str::to_owned);
        Self { table, found: table.columns.iter().filter_map(find).collect(), word }
    }

    /// What speaks for the table, and what speaks against it.
    fn weight(&self) -> (usize, Reverse<usize>) {
        let named = if self.word.is_some() { NAMED } else { 0 };
        let missing = self.open(true).count();
        (self.found.len() + named, Reverse(missing))
    }

    /// For columns without a header the unused one that is most like a name of theirs, each header once.
    fn like(&self, unused: &[&'a str]) -> BTreeMap<&'static str, &'a str> {
        let headers: Vec<(&'a str, String)> =
            unused.iter().take(COMPARED).map(|header| (*header, bare(header))).collect();
        let mut pairs = Vec::new();
        for (at, column) in self.table.columns.iter().enumerate() {
            if self.found.contains_key(column.name) {
                continue;
            }
            let names = names(self.table, column);
            for (place, (header, bare)) in headers.iter().enumerate() {
                let most = names.iter().map(|name| likeness(bare, name)).max().unwrap_or(0);
                pairs.push((Reverse(most), at, place, column.name, *header));
            }
        }
        pairs.retain(|(Reverse(most), ..)| *most >= LIKE);
        pairs.sort_unstable();
        let (mut like, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (_, _, place, column, header) in pairs {
            if !like.contains_key(column) && taken.insert(place) {
                like.insert(column, header);
            }
        }
        like
    }

    /// Columns without a header, required or not.
    fn open(&self, required: bool) -> impl Iterator<Item = &'static Column> {
        let open = move |column: &&Column| column.required == required;
        self.table.columns.iter().filter(open).filter(|column| !self.found.contains_key(column.name))
    }
}

/// The section of one file or sheet in the making.
struct Draft<'a> {
    out: &'a mut String,
    name: &'a str,
    header: &'a [String],
    /// Whether the user named the table.
    chosen: bool,
}

impl Draft<'_> {
    fn write(&mut self, guesses: &[Guess<'_>]) {
        let Some(best) = guesses.first() else { return };
        let known = !best.found.is_empty();
        let speaks = known || best.word.is_some() || self.chosen;
        self.line("");
        self.why(best, guesses.get(1).filter(|second| !second.found.is_empty()));
        // Where no header is known nothing is mapped, so that the whole section waits for a person in comments.
        let live = if known || self.chosen { "" } else { "# " };
        let table = if speaks { best.table.name } else { "" };
        self.line(&format!("{live}[[table]]"));
        self.line(&format!("{live}table = \"{table}\""));
        self.line(&format!("{live}files = [{}]", quoted(self.name)));
        self.line("");
        self.line(&format!("{live}[table.columns]"));
        for column in &best.table.columns {
            if let Some(header) = best.found.get(column.name) {
                self.line(&format!("{} = {} # {}", column.name, quoted(header), column.label));
            }
        }
        let used: BTreeSet<&str> = best.found.values().copied().collect();
        let unused: Vec<&str> = self
            .header
            .iter()
            .map(|header| header.trim())
            .filter(|header| !header.is_empty() && !used.contains(header))
            .collect();
        if speaks {
            self.open(best, &best.like(&unused));
        }
        let title = if known { "没有用到的表头" } else { "文件的表头" };
        self.list(title, unused.into_iter().map(one_line).collect());
    }

    /// What was guessed and why, and what else there is.
    fn why(&mut self, best: &Guess<'_>, second: Option<&Guess<'_>>) {
        let (label, name) = (best.table.label, best.table.name);
        let all = self.header.iter().filter(|header| !header.trim().is_empty()).count();
        let count = format!("{all} 个表头中认得 {} 个", best.found.len());
        let word = best.word.as_ref().map_or_else(String::new, |word| format!("，文件名中有“{word}”"));
        let own = one_line(self.name);
        let why = match (self.chosen, best.found.is_empty()) {
            (true, _) => format!("# `{own}`：按指定作为 {name} {label}，{count}。"),
            (false, false) => format!("# `{own}`：推测为 {name} {label}：{count}{word}。"),
            (false, true) => format!(
                "# `{own}`：没有一个表头认得{word}。选定一张表，去掉下面各行行首的“# ”，或用 --table 指定表名重新起草。"
            ),
        };
        self.line(&why);
        if let Some(second) = second {
            let (name, label) = (second.table.name, second.table.label);
            self.line(&format!("# 其次像 {name} {label}（认得 {} 个表头）。", second.found.len()));
        }
        if !self.chosen {
            self.line("# 若不是这张表，用 `mingcha profile new 文件 --table 表名` 重新起草。可选的表：");
            let all: Vec<String> =
                tables().iter().map(|table| format!("{} {}", table.name, table.label)).collect();
            all.chunks(7).for_each(|some| self.line(&format!("#   {}", some.join("、"))));
        }
    }

    /// The columns without a header, ready to be filled in; filled in where a header is like them.
    fn open(&mut self, guess: &Guess<'_>, like: &BTreeMap<&str, &str>) {
        let line = |column: &'static Column| match like.get(column.name) {
            Some(header) => {
                format!(
                    "{} = {} # {}？表头相近，请核对",
                    column.name,
                    quoted(&one_line(header)),
                    column.label
                )
            }
            None => format!("{} = \"\" # {}", column.name, column.label),
        };
        self.list(
            "必填但没有对应表头的列（填上表头并去掉行首的“#”；整份文件同一个值的，写在 [table.constants] 下）",
            guess.open(true).map(line).collect(),
        );
        self.list("选填、文件中没有对应表头的列", guess.open(false).map(line).collect());
        // A section of its own, so it stands behind all that belongs to the one above.
        if guess.table.name == "fee" && guess.open(true).any(|column| column.name == "list_type") {
            let how = [
                "# 目录类别也可以由目录编码的形式得出：",
                "# [table.goods]",
                "# list_type = \"med_list_codg\"",
            ];
            how.iter().for_each(|line| self.line(line));
        }
    }

    fn list(&mut self, title: &str, items: Vec<String>) {
        if items.is_empty() {
            return;
        }
        self.line(&format!("# {title}："));
        for item in items {
            self.line(&format!("#   {item}"));
        }
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }
}

/// A text that cannot break out of a comment.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(200).collect()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_model::table::table;

    #[test]
    fn the_words_of_drafts_name_tables_and_columns_that_exist() {
        let somewhere = |name: &str| tables().iter().any(|table| table.column(name).is_some());
        let odd: Vec<&String> = WORDS.files.keys().filter(|name| table(name).is_none()).collect();
        assert!(odd.is_empty(), "{odd:?}");
        let odd: Vec<&String> = WORDS.headers.keys().filter(|name| !somewhere(name)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }

    #[test]
    fn no_header_stands_for_two_columns_of_one_table() {
        for table in tables() {
            let mut owner: BTreeMap<String, &str> = BTreeMap::new();
            for column in &table.columns {
                for name in names(table, column) {
                    let first = *owner.entry(name.clone()).or_insert(column.name);
                    assert_eq!(first, column.name, "{}: {name}", table.name);
                }
            }
        }
    }
}
