//! A new rule's folder, for `cargo xtask new rule` and `mingcha rule new`: files that load, with every place to fill in marked.

use crate::{
    Library,
    rule_file::{CHAPTERS, is_kebab},
};
use std::{fs, io, path::Path};

/// Why no new rule can be made.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// No such chapter.
    #[error("no chapter `{0}`; chapters: {1}")]
    Chapter(String, String),
    /// Not a folder name.
    #[error("`{0}` is no rule name; write lower-case words joined by `-`, such as `drug-sex`")]
    Name(String),
    /// There is such a rule.
    #[error("`{0}` exists already; take another name")]
    Exists(String),
    /// The folder cannot be written.
    #[error("`{0}` cannot be written: {1}")]
    Write(String, io::Error),
}

/// The files of a new rule as path (relative to the library) and text. The id is the next free one of `letters` (`MC`).
pub fn files(
    library: &Library,
    letters: &str,
    chapter: &str,
    name: &str,
) -> Result<Vec<(String, String)>, ScaffoldError> {
    if !CHAPTERS.iter().any(|&(known, _)| known == chapter) {
        let known = CHAPTERS.iter().map(|&(known, _)| known).collect::<Vec<_>>().join(", ");
        return Err(ScaffoldError::Chapter(chapter.to_owned(), known));
    }
    if !is_kebab(name) {
        return Err(ScaffoldError::Name(name.to_owned()));
    }
    let folder = format!("rules/{chapter}/{name}");
    if library.files.iter().any(|(path, _)| path.starts_with(&format!("{folder}/"))) {
        return Err(ScaffoldError::Exists(folder));
    }
    let id = next_id(library, letters);
    let rule = RULE.replace("@ID", &id).replace("@NAME", &format!("{chapter}/{name}"));
    Ok(vec![(format!("{folder}/rule.toml"), rule), (format!("{folder}/tests.md"), TESTS.to_owned())])
}

/// Writes the files of a new rule into a library folder and returns their paths relative to it.
pub fn scaffold(
    folder: &Path,
    letters: &str,
    chapter: &str,
    name: &str,
) -> Result<Vec<String>, ScaffoldError> {
    let (library, _) = Library::load(folder);
    let mut paths = Vec::new();
    for (path, text) in files(&library, letters, chapter, name)? {
        let target = folder.join(&path);
        let parent = target.parent().unwrap_or(folder);
        let write = || -> io::Result<()> {
            fs::create_dir_all(parent)?;
            let mut file = fs::File::create_new(&target)?;
            io::Write::write_all(&mut file, text.as_bytes())
        };
        write().map_err(|error| ScaffoldError::Write(path.clone(), error))?;
        paths.push(path);
    }
    Ok(paths)
}

/// One more than the greatest number under these letters, in rules with faults and in the lock too.
fn next_id(library: &Library, letters: &str) -> String {
    let head = format!("{letters}-");
    let number = |word: &str| word.strip_prefix(&head)?.parse::<u32>().ok();
    let words = library.files.iter().filter(|(path, _)| path.ends_with("rule.toml") || *path == "rules.lock");
    let most = words.flat_map(|(_, text)| text.split(['"', ' ', '\n'])).filter_map(number).max();
    format!("{head}{:04}", most.unwrap_or(0) + 1)
}

const RULE: &str = r#"id = "@ID"
name = "@NAME"
title = "（规则名称，中文）"
version = 1
status = "draft"
kind = "suspect"
severity = 1
scope = "person"
stage = ["after"]
covers = []
effective = 2025-01-01
reads = [
    "encounter.fixmedins_code",
    "encounter.med_type",
    "encounter.begntime",
    "encounter.endtime",
]
knowledge = []
detector = "frequency"
amount = "none"
basis = ["《医疗保障基金使用监督管理条例》第…条"]
definition = "同一参保人在连续$days天内住院达到$least次。（先改成要查找的情形：对象、条件、时间范围。）"
false_positives = ["（哪些情形看起来像但其实合理。）"]
investigate = ["（第一步查什么。）", "（第二步查什么。）"]
message = "{begin}至{end}，共住院{count}次。（改成看到了什么。）"

[settings]
count = "stays"
least = "$least"
days = "$days"

[params.least]
default = 3
min = 2
max = 100
meaning = "（参数的含义、单位和来源。）"

[params.days]
default = 30
min = 1
max = 366
meaning = "（参数的含义、单位和来源。）"
"#;

const TESTS: &str = "# （规则名称）

每个情形写出数据和期望；没写的列自动补全，没写参保人的行都属于 P1。检测器的设置和提示语可用的值见 `mingcha rule detectors`。

## 命中: （应当提示的情形）三十天内住院三次

### encounter
| mdtrt_id | med_type | begntime | endtime |
|---|---|---|---|
| M1 | 21 | 2025-03-01 08:00:00 | 2025-03-02 10:00:00 |
| M2 | 21 | 2025-03-03 08:00:00 | 2025-03-04 10:00:00 |
| M3 | 21 | 2025-03-05 08:00:00 | 2025-03-06 10:00:00 |

### 期望
| kind | evidence |
|---|---|
| 可疑 | encounter:M1 encounter:M2 encounter:M3 |

## 不命中: （不应提示的相近情形）三十天内住院两次

### encounter
| mdtrt_id | med_type | begntime | endtime |
|---|---|---|---|
| M1 | 21 | 2025-03-01 08:00:00 | 2025-03-02 10:00:00 |
| M2 | 21 | 2025-03-03 08:00:00 | 2025-03-04 10:00:00 |

### 期望
无

## 缺数据: （缺少所需数据时）没有入院时间

### encounter
| mdtrt_id | med_type | begntime | endtime |
|---|---|---|---|
| M1 | 21 | | |

### 期望
无
";
