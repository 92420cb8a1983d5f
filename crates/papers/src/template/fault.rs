//! What is wrong with a template or with what is filled in: which template, where in it, which field, and what to do next.

use std::fmt;

/// Which part of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Area {
    /// The text itself.
    #[default]
    Body,
    /// A header.
    Header,
    /// A footer.
    Footer,
}

/// Where in a document; counted from 1 as a reader counts, 0 where it does not apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Part of the document.
    pub area: Area,
    /// Paragraph outside tables; 0 in a table or for the document as a whole.
    pub paragraph: u32,
    /// Table; 0 outside tables.
    pub table: u32,
    /// Row of the table.
    pub row: u32,
    /// Cell of the row.
    pub cell: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let area = match self.area {
            Area::Body => "",
            Area::Header => "header, ",
            Area::Footer => "footer, ",
        };
        match (self.table, self.paragraph) {
            (0, 0) => write!(f, "{area}whole document"),
            (0, paragraph) => write!(f, "{area}paragraph {paragraph}"),
            (table, _) => write!(f, "{area}table {table}, row {}, cell {}", self.row, self.cell),
        }
    }
}

impl Place {
    /// The place in Chinese.
    pub fn chinese(&self) -> String {
        let area = match self.area {
            Area::Body => "",
            Area::Header => "页眉",
            Area::Footer => "页脚",
        };
        match (self.table, self.paragraph) {
            (0, 0) => format!("{area}全文"),
            (0, paragraph) => format!("{area}第{paragraph}段"),
            (table, _) => format!("{area}第{table}个表格第{}行第{}格", self.row, self.cell),
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file cannot be read as a document.
    Unreadable(String),
    /// The document holds something that a paper must not hold.
    Refused(String),
    /// `{{` without `}}` in the same paragraph.
    OpenBraces,
    /// Something between braces that is no mark.
    BadMark,
    /// The paper has no such field.
    Unknown,
    /// The record has no value for a field that must have one.
    Missing,
    /// The record's value is of another type.
    Type,
    /// A list without a part to repeat, or a part repeated over what is no list.
    List,
    /// Capital characters of what is no money or day.
    Capital,
    /// A part that is not ended, in the same text, table or cell.
    Unclosed,
    /// An end without its beginning, or in the wrong order.
    Unopened,
    /// A section break inside a repeated or optional part.
    Section,
    /// A value with control characters or characters that turn the direction of writing.
    Control,
    /// Too many marks, parts or values.
    Large,
    /// A required field that the template never shows.
    Unused,
}

impl FaultKind {
    /// What is wrong, and what to do next, in Chinese.
    pub fn chinese(&self) -> (&'static str, &'static str) {
        match self {
            Self::Unreadable(_) => ("文件不是可用的 .docx 文档", "用 Word 或 WPS 另存为 .docx 后重试"),
            Self::Refused(_) => {
                ("文档含有文书中不允许的内容", "删除宏、嵌入对象、修订、批注、外部链接后重试")
            }
            Self::OpenBraces => ("占位符没有结束的 }}", "在同一段内补上 }}"),
            Self::BadMark => ("占位符写法不对", "按文书说明改写占位符"),
            Self::Unknown => ("本文书没有这个字段", "对照文书说明改用已有字段"),
            Self::Missing => ("缺少必填的值", "先在案件中补录再制作文书"),
            Self::Type => ("值的类型与字段不符", "按字段类型补录"),
            Self::List => {
                ("列表须放在重复部分内，重复部分须用列表", "用 {{#列表}} 与 {{/列表}} 围住一行或者一段")
            }
            Self::Capital => ("只有金额和日期可以大写", "去掉 |大写"),
            Self::Unclosed => ("重复或者可选部分没有结束", "在同一表格或者同一正文中补上 {{/字段}}"),
            Self::Unopened => ("结束标记没有对应的开始", "删除多余的结束标记或者调整次序"),
            Self::Section => ("重复或者可选部分内有分节符", "把分节符移到该部分之外"),
            Self::Control => ("值含有控制字符", "删除不可见字符后重新录入"),
            Self::Large => ("内容过多", "减少占位符、重复部分或者值的长度"),
            Self::Unused => ("模板没有用到必填字段", "在模板中加上这个字段"),
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable(why) => return write!(f, "not a document that can be used: {why}"),
            Self::Refused(what) => return write!(f, "refused: {what}"),
            Self::OpenBraces => "`{{` has no `}}` in its paragraph",
            Self::BadMark => "not a mark: write {{field}}, {{#list}}, {{?field}}, {{^field}} or {{/field}}",
            Self::Unknown => "unknown field: the paper's page lists its fields",
            Self::Missing => "missing value: enter it in the record first",
            Self::Type => "the record's value has another type than the field",
            Self::List => "a list needs a part that is repeated over it, and such a part needs a list",
            Self::Capital => "only money and days have capital characters",
            Self::Unclosed => "the part is not ended in the same text, table or cell",
            Self::Unopened => "an end without its beginning",
            Self::Section => "a section break inside a repeated or optional part",
            Self::Control => "the value holds control characters: enter it again without them",
            Self::Large => "too much: fewer marks, parts or values",
            Self::Unused => "the template does not show this required field",
        })
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The template's name.
    pub template: String,
    /// Where in it.
    pub place: Place,
    /// The field, or the words of the mark that cannot be read.
    pub field: String,
    /// What is wrong.
    pub kind: FaultKind,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template `{}`, {}", self.template, self.place)?;
        if !self.field.is_empty() {
            write!(f, ", `{}`", self.field)?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl Fault {
    /// The fault in Chinese, with what to do next.
    pub fn chinese(&self) -> String {
        let (what, next) = self.kind.chinese();
        let field = if self.field.is_empty() { String::new() } else { format!("“{}”", self.field) };
        format!("模板“{}”{}{field}：{what}。{next}。", self.template, self.place.chinese())
    }
}

/// All faults that were found; never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Faults(pub Vec<Fault>);
