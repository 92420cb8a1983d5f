//! A time limit of the law as a value: who must do what, from when, how long, what stops it, who may extend it, on what basis.

use crate::words::words;
use mingcha_model::Date;
use std::fmt;

words! {
    /// What a limit is counted in.
    pub enum Unit {
        /// From instant to instant.
        Hour = "hour", "小时";
        /// Every day of the calendar.
        NaturalDay = "natural_day", "日";
        /// Days that the calendar says are worked.
        WorkingDay = "working_day", "个工作日";
        /// To the day of the same number, or the month's last.
        Month = "month", "个月";
        /// To the day of the same month and number, or 28 February.
        Year = "year", "年";
    }
}

words! {
    /// What a limit asks of the act that ends it.
    pub enum TermKind {
        /// The act by the end of the time.
        Within = "within", "期限内完成";
        /// The act before what the clock starts on.
        Gate = "gate", "先行步骤";
        /// The act not before the time has passed.
        Least = "least", "期满方可";
        /// The act after the least and by the end of the most.
        Between = "between", "幅度期间";
        /// The act by a day of the calendar.
        Fixed = "fixed", "固定日期";
        /// The act by the next day that comes every quarter or year.
        Every = "every", "定期";
        /// No end: days are counted until the act.
        Daily = "daily", "按日计算";
    }
}

words! {
    /// How often a day comes back.
    pub enum Period {
        /// In each quarter: months count within it, 1–3.
        Quarter = "quarter", "每季度";
        /// In each year: months count within it, 1–12.
        Year = "year", "每年";
    }
}

words! {
    /// What may stop a clock.
    pub enum Stop {
        /// Testing of samples.
        Testing = "testing", "检测";
        /// Inspection of goods.
        Inspection = "inspection", "检验";
        /// Appraisal by experts of a court's list.
        Appraisal = "appraisal", "鉴定";
        /// A hearing, from its notice to its end.
        Hearing = "hearing", "听证";
        /// Service by announcement.
        Announcement = "announcement", "公告";
        /// Review by experts.
        ExpertReview = "expert_review", "专家评审";
        /// Reconsideration or suit of the party.
        ReviewOrSuit = "review_or_suit", "复议、诉讼";
        /// What nobody could help.
        ForceMajeure = "force_majeure", "不可抗力";
    }
}

words! {
    /// How sure the statement of the law is. All but the first are parameters with a note.
    pub enum Certainty {
        /// The article was read in full.
        Full = "full", "全文核对";
        /// From another text about the law.
        Secondary = "secondary", "二手材料";
        /// From memory.
        Recalled = "recalled", "记忆录入";
        /// Parts of each.
        Mixed = "mixed", "部分核对";
    }
}

words! {
    /// Whose holidays count.
    pub enum CalendarName {
        /// The State Council's notices.
        China = "china", "国务院办公厅放假安排";
    }
}

words! {
    /// What an extension does to the time.
    pub enum Mode {
        /// Its time follows the time before it.
        Add = "add", "顺延";
        /// Its time stands in place of the whole, from the start.
        To = "to", "改为";
    }
}

words! {
    /// How the end of a limit passes that is nobody's breach.
    pub enum Lapse {
        /// A right, or what its holder may leave undone: once the end has passed, the act comes too late and breaks nothing.
        Right = "right", "届满即止，不计为逾期";
        /// Owed in a case that only the one who must act can see: left undone it breaks nothing, done too late it does.
        Condition = "condition", "仅在该情形出现时适用：没有办理的，届满不计为逾期；届满后才办理的，计为逾期";
    }
}

words! {
    /// Things of a matter that a limit may run for, one by one.
    pub enum Per {
        /// A list of goods that were registered or sealed.
        Holding = "holding", "份物品清单";
        /// A request for help.
        Help = "help", "份协查函";
        /// A notice that the file must be supplemented.
        Supplement = "supplement", "次补正";
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit.title())
    }
}

/// The time that a limit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// The act by the end of it; 0 days is the day of the start.
    Within(Span),
    /// The act before what the clock starts on.
    Gate,
    /// The act not before its end.
    Least(Span),
    /// The act between the end of the least and the end of the most, both in the unit.
    Between {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
        /// The unit of both.
        unit: Unit,
    },
    /// The act by the end of a day; by its beginning where it says so.
    Fixed {
        /// The day.
        day: Date,
        /// What is owed is owed from the day's first second.
        from_midnight: bool,
    },
    /// The act by the end of the next such day on or after the start.
    Every {
        /// How often.
        period: Period,
        /// Month within the period, from 1.
        month: u32,
        /// Day of the month.
        day: u32,
    },
    /// Days are counted from the start to the act.
    Daily,
}

/// Another time that the same limit gives in a case that the law names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Name in data.
    pub name: String,
    /// The case, in the law's words.
    pub title: String,
    /// Its time.
    pub term: Term,
}

/// More time that somebody may grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Name in data.
    pub id: String,
    /// In what case, in the law's words.
    pub title: String,
    /// How it is counted.
    pub mode: Mode,
    /// At most this long each time.
    pub span: Span,
    /// Who grants it.
    pub granted_by: String,
    /// How often at most.
    pub times: u32,
    /// Whether a ground must be recorded.
    pub ground: bool,
    /// The extension that must have been granted before.
    pub after: Option<String>,
}

/// One time limit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its table")]
pub struct Limit {
    /// Id, never reused.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Part of the procedure.
    pub phase: String,
    /// Who must act.
    pub actor: String,
    /// What must be done.
    pub act: String,
    /// What the time starts with, in the law's words.
    pub start: String,
    /// The event that starts the clock.
    pub starts_on: String,
    /// The event that ends it.
    pub ends_on: String,
    /// Events with which what it asks for falls away, done or not.
    pub moot_on: Vec<String>,
    /// How long.
    pub term: Term,
    /// How long in cases that the law names.
    pub variants: Vec<Variant>,
    /// Whether the day of the start counts.
    pub counts_start_day: bool,
    /// Whether an end on a day off moves to the next working day.
    pub rolls: bool,
    /// Whose holidays count.
    pub calendar: CalendarName,
    /// Whether a start after the act was done counts anew; elsewhere a repeated start changes nothing.
    pub again: bool,
    /// What stops the clock.
    pub stops: Vec<Stop>,
    /// Who may grant more time.
    pub extensions: Vec<Extension>,
    /// Whether its end passes without a breach, and how.
    pub lapses: Option<Lapse>,
    /// What it runs for, where a matter may have several such things at once or one after the other: each has a clock.
    pub per: Option<Per>,
    /// Whether it goes on where the matter ends: the law asks for it all the same.
    pub outlives: bool,
    /// Whether the time without extensions still raises an alarm when it has passed.
    pub alarm_on_base: bool,
    /// Warnings this long before the end: hours for a limit in hours, natural days otherwise; longest first.
    pub warn: Vec<u32>,
    /// What follows a miss.
    pub missed: String,
    /// Laws and articles.
    pub basis: Vec<String>,
    /// How sure that is.
    pub certainty: Certainty,
    /// What to know, always there where it is not sure.
    pub note: Option<String>,
    /// The file that says so, and the region's that changed it.
    pub files: Vec<String>,
}

impl Limit {
    /// The time in the case that the start event names; the limit's own where it names none or an unknown one.
    pub fn term_for(&self, variant: Option<&str>) -> Term {
        let named = variant.and_then(|name| self.variants.iter().find(|variant| variant.name == name));
        named.map_or(self.term, |variant| variant.term)
    }

    /// The time in Chinese words.
    pub fn term_words(&self) -> String {
        words_of(self.term)
    }

    /// What follows a miss, in Chinese words; where that is no breach, they say so.
    pub fn missed_words(&self) -> String {
        let lapses = self.lapses.map_or_else(String::new, |lapses| format!("；{}", lapses.title()));
        format!("{}{lapses}", self.missed)
    }

    /// Its name, with the number of the thing that a clock of it runs for.
    pub fn title_for(&self, item: Option<u32>) -> String {
        match (self.per, item) {
            (Some(per), Some(item)) => format!("{}（第{item}{}）", self.title, per.title()),
            _ => self.title.clone(),
        }
    }
}

/// A time in Chinese words.
pub fn words_of(term: Term) -> String {
    match term {
        Term::Within(Span { amount: 0, .. }) => "当日".to_owned(),
        Term::Within(span) => format!("{span}内"),
        Term::Gate => "须先行完成".to_owned(),
        Term::Least(span) => format!("满{span}后方可"),
        Term::Between { least, most, unit } => format!("{least}至{most}{}", unit.title()),
        Term::Fixed { day, from_midnight } => format!("{day}{}", if from_midnight { "零时起" } else { "前" }),
        Term::Every { period: Period::Quarter, month, day } => format!("每季度第{month}个月{day}日前"),
        Term::Every { period: Period::Year, month, day } => format!("每年{month}月{day}日前"),
        Term::Daily => "按日连续计算".to_owned(),
    }
}
