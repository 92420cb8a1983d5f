//! What is done on which day: the deeds of many matters, told matter by matter, done in the order of their days.
//!
//! Days are counted back from the story's end: 30 is thirty days before it. A text that begins with `@` names what an earlier deed gave:
//! the id of a matter, the number of a paper, the id of a draw.

use super::{
    cast::Cast,
    client::{Refused, text},
    clock::{self, DAY},
    hand::Hand,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Who gives a name to what.
type Names = BTreeMap<String, String>;

/// The hour at which people begin to work.
const MORNING: i64 = 9 * 3600;

/// Moves the server's clock to an instant, in seconds of China's civil time.
pub type Move<'a> = dyn FnMut(i64) -> Result<(), Refused> + 'a;

/// What somebody does.
enum What {
    /// Hands clues over.
    Push(Vec<Value>),
    /// Begins a matter that is called so.
    Begin(String, Value),
    /// Does an act on the matter that is called so: act, reason, input.
    Act(String, &'static str, &'static str, Value),
    /// Issues a paper of the matter that is called so, about so much money; its number is called after both.
    Issue(String, &'static str, i64),
    /// Draws from lists by lot for the matter that is called so.
    Draw(String, Value),
}

impl What {
    /// The matter that it is about.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Push(_) => None,
            Self::Begin(name, ..) | Self::Act(name, ..) | Self::Issue(name, ..) | Self::Draw(name, ..) => {
                Some(name)
            }
        }
    }
}

struct Deed {
    /// The day it is done on, counted from 1970-01-01.
    day: i64,
    who: &'static str,
    what: What,
}

/// The deeds of a story.
pub struct Agenda {
    /// The day of the story's end, on which nothing of it is done any more.
    end: i64,
    deeds: Vec<Deed>,
}

impl Agenda {
    /// Nothing yet.
    pub fn new(end: i64) -> Self {
        Self { end, deeds: Vec::new() }
    }

    /// The office day that lies so many days before the end.
    pub fn day(&self, ago: i64) -> i64 {
        clock::office_day(self.end - ago)
    }

    /// The same, as the server writes days.
    pub fn date(&self, ago: i64) -> String {
        clock::date(self.day(ago))
    }

    /// The number of a paper of that day.
    pub fn paper(&self, ago: i64, sign: &str, serial: usize) -> String {
        format!("{sign}〔{}〕{serial}号", clock::year(self.day(ago)))
    }

    /// Clues are handed over.
    pub fn push(&mut self, ago: i64, clues: Vec<Value>) {
        self.add(ago, "city-lead", What::Push(clues));
    }

    /// What is done with a matter from such a day on.
    pub fn course(&mut self, name: impl Into<String>, ago: i64) -> Course<'_> {
        Course { name: name.into(), ago, amount: 0, agenda: self }
    }

    /// What would lie ahead is not done: the matter stands where it stands.
    fn add(&mut self, ago: i64, who: &'static str, what: What) {
        if ago >= 1 {
            self.deeds.push(Deed { day: self.day(ago), who, what });
        }
    }

    /// Does all of it, day by day; `names` are known before. A matter whose deed is refused stands where it stands from then on; what was
    /// refused is returned.
    pub fn run(mut self, cast: &mut Cast, names: Names, to: &mut Move<'_>) -> Result<Vec<Refused>, Refused> {
        // Of one day, clues come before anything is done with them; else what was told first is done first.
        self.deeds.sort_by_key(|deed| (deed.day, !matches!(deed.what, What::Push(_))));
        let (mut names, mut stuck, mut refused, mut today) = (names, BTreeSet::new(), Vec::new(), 0);
        for Deed { day, who, what } in self.deeds {
            if day != today {
                today = day;
                to(day * DAY + MORNING)?;
                cast.part();
            }
            let Some(name) = what.name().map(str::to_owned) else {
                done(cast, &mut names, day, who, what)?;
                continue;
            };
            if stuck.contains(&name) {
                continue;
            }
            if let Err(why) = done(cast, &mut names, day, who, what) {
                refused.push(format!("{} {name}: {why}", clock::date(day)));
                stuck.insert(name);
            }
        }
        Ok(refused)
    }
}

/// A matter in the agenda, from day to day.
pub struct Course<'a> {
    name: String,
    ago: i64,
    amount: i64,
    agenda: &'a mut Agenda,
}

impl Course<'_> {
    /// It is about so much money, in fen, as its papers say.
    pub fn worth(&mut self, amount: i64) -> &mut Self {
        self.amount = amount;
        self
    }

    /// So many days pass.
    pub fn after(&mut self, days: i64) -> &mut Self {
        self.ago -= days;
        self
    }

    /// Another matter, from the same day on.
    pub fn beside(&mut self, name: impl Into<String>) -> Course<'_> {
        Course { name: name.into(), ago: self.ago, amount: self.amount, agenda: self.agenda }
    }

    /// A day so far ahead, as the server writes days.
    pub fn ahead(&self, days: i64) -> String {
        clock::date(self.agenda.day(self.ago) + days)
    }

    /// The number of a paper of this day.
    pub fn paper(&self, sign: &str, serial: usize) -> String {
        self.agenda.paper(self.ago, sign, serial)
    }

    /// The matter is begun.
    pub fn begin(&mut self, who: &'static str, new: Value) -> &mut Self {
        self.add(who, What::Begin(self.name.clone(), new))
    }

    /// Somebody acts, with a reason and an input.
    pub fn act(
        &mut self,
        who: &'static str,
        act: &'static str,
        reason: &'static str,
        input: Value,
    ) -> &mut Self {
        self.add(who, What::Act(self.name.clone(), act, reason, input))
    }

    /// Somebody acts, and says no more than that.
    pub fn plain(&mut self, who: &'static str, act: &'static str) -> &mut Self {
        self.act(who, act, "", json!({ "input": "nothing" }))
    }

    /// The head approves in writing.
    pub fn approve(&mut self, who: &'static str, act: &'static str, paper: &str) -> &mut Self {
        self.act(who, act, "", json!({ "input": "approve", "paper": paper }))
    }

    /// A paper is issued.
    pub fn issue(&mut self, who: &'static str, paper: &'static str) -> &mut Self {
        self.add(who, What::Issue(self.name.clone(), paper, self.amount))
    }

    /// Lots are drawn from lists by name; the draw is called after the matter.
    pub fn draw(&mut self, who: &'static str, lists: Value) -> &mut Self {
        self.add(who, What::Draw(self.name.clone(), lists))
    }

    fn add(&mut self, who: &'static str, what: What) -> &mut Self {
        self.agenda.add(self.ago, who, what);
        self
    }
}

fn done(cast: &mut Cast, names: &mut Names, day: i64, who: &str, what: What) -> Result<(), Refused> {
    let known = |names: &Names, name: &str| {
        names.get(name).cloned().ok_or_else(|| format!("nothing is called {name}"))
    };
    match what {
        What::Push(clues) => super::push(cast.of(who)?, &clues),
        What::Begin(name, new) => {
            let id = cast.begin(who, &resolved(&new, names)?)?;
            names.insert(name, id);
            Ok(())
        }
        What::Act(name, act, reason, input) => {
            let id = known(names, &name)?;
            let input = resolved(&input, names)?;
            cast.act(who, &id, act, reason, &input)
        }
        What::Issue(name, paper, amount) => {
            let id = known(names, &name)?;
            let hand = Hand { day: clock::date(day), amount };
            let number = cast.issue(who, &id, paper, &hand)?;
            names.insert(format!("{name}/{paper}"), number);
            names.insert(format!("{name}/{paper}/1"), format!("{id}/{paper}/1"));
            Ok(())
        }
        What::Draw(name, lists) => {
            let client = cast.of(who)?;
            let begun = client.post("/api/v1/draws", &json!({ "title": "随机抽取检查对象和检查人员" }))?;
            let id = text(&begun["draw"], "id");
            let result = json!({ "seed": begun["seed"], "lists": lists });
            client.post(&format!("/api/v1/draws/{id}/result"), &result)?;
            names.insert(format!("{name}/draw"), id);
            Ok(())
        }
    }
}

/// The value with every name in it replaced by what it stands for.
fn resolved(value: &Value, names: &Names) -> Result<Value, Refused> {
    Ok(match value {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) => json!(names.get(name).ok_or_else(|| format!("nothing is called {name}"))?),
            None => value.clone(),
        },
        Value::Array(items) => {
            items.iter().map(|item| resolved(item, names)).collect::<Result<Vec<_>, _>>()?.into()
        }
        Value::Object(fields) => {
            let each = fields.iter().map(|(key, value)| Ok((key.clone(), resolved(value, names)?)));
            Value::Object(each.collect::<Result<_, Refused>>()?)
        }
        _ => value.clone(),
    })
}
