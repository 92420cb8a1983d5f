//! Who may look at what the lake holds of an institution or practitioner: whoever may search the clues that the bureau of the place would have of
//! it, and whoever of the region may search a clue that there is.

use super::{Docket, list::Sql};
use crate::{
    act::is_code,
    ask::{level, region_covers},
    facts::Department,
    policy::{self, Kind, Part, Secrecy},
    store::{Context, Draft, Error},
};
use sqlx::Row as _;
use std::collections::BTreeSet;

/// A designated institution where somebody works, or the institution that is asked about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// Its code.
    pub institution: String,
    /// Its region by the register.
    pub region: String,
}

/// A bureau that keeps clues.
struct Bureau {
    id: String,
    region: String,
}

impl Docket {
    /// Codes of those institutions whose lines may be looked at; recorded as a look at somebody of that kind and code. Where it is none, the
    /// answer is the same as for somebody who is not known.
    pub async fn portray(
        &self,
        context: Context,
        kind: &str,
        code: &str,
        places: Vec<Workplace>,
    ) -> Result<Vec<String>, Error> {
        // What is typed here may be a name, and the trail keeps what was asked for.
        if code.is_empty() || !is_code(code) {
            return Err(Error::invalid("code", "须为定点医药机构代码或者医药人员代码"));
        }
        let actor = self.actor(&context).await?;
        let (bureaus, known) = (self.bureaus().await?, self.searched(&actor, &places).await?);
        let may = |place: &Workplace| {
            // Who writes a clue down names what institution he likes; where it lies the register says.
            known.contains(&place.institution) && region_covers(&actor.region, &place.region)
                || self.may_search(&actor, &bureaus, place)
        };
        let allowed: Vec<String> = places.into_iter().filter(may).map(|place| place.institution).collect();
        let draft = Draft::new("portrait", kind, code);
        if allowed.is_empty() {
            return self.refuse(&context, draft, Error::NotFound).await;
        }
        self.store.record_read(context, draft).await?;
        Ok(allowed)
    }

    /// Whether an account may search a clue about an institution that a bureau of the place nearest to it keeps.
    fn may_search(&self, actor: &policy::Actor, bureaus: &[Bureau], place: &Workplace) -> bool {
        nearest(bureaus, &place.region).any(|bureau| {
            let clue = policy::Matter {
                id: String::new(),
                kind: Kind::Clue,
                region: place.region.clone(),
                organisation: bureau.id.clone(),
                department: Department::Insurance,
                seat: bureau.region.clone(),
                handed_to: BTreeSet::new(),
                team: BTreeSet::new(),
                recused: BTreeSet::new(),
                secrecy: Secrecy::Internal,
                institution: place.institution.clone(),
            };
            self.policies.glance(actor, &policy::Search, &clue).is_ok()
        })
    }

    /// Those of the institutions that an account may search a clue about.
    async fn searched(&self, actor: &policy::Actor, places: &[Workplace]) -> Result<BTreeSet<String>, Error> {
        if places.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut sql = Sql::default();
        sql.filter(self.policies.scope(actor, policy::Search).filter());
        sql.text.push_str(" AND m.machine = 'clue' AND m.institution IN (");
        for (index, place) in places.iter().enumerate() {
            sql.text.push_str(if index == 0 { "" } else { ", " });
            sql.bind(Part::Text(place.institution.clone()));
        }
        let text = format!("SELECT DISTINCT m.institution FROM matter m WHERE {})", sql.text);
        let mut conn = self.store.reader().await?;
        let rows = sql.bound(text).fetch_all(&mut *conn).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn bureaus(&self) -> Result<Vec<Bureau>, Error> {
        let text = "SELECT id, region FROM organisation WHERE department = 'insurance' ORDER BY id";
        let mut conn = self.store.reader().await?;
        let rows = sqlx::query(text).fetch_all(&mut *conn).await?;
        rows.iter().map(|row| Ok(Bureau { id: row.try_get(0)?, region: row.try_get(1)? })).collect()
    }
}

/// Of the bureaus that a region lies under, those furthest down.
fn nearest<'a>(bureaus: &'a [Bureau], region: &str) -> impl Iterator<Item = &'a Bureau> {
    let over: Vec<&Bureau> = bureaus.iter().filter(|one| region_covers(&one.region, region)).collect();
    let depth = over.iter().filter_map(|one| level(&one.region)).max();
    over.into_iter().filter(move |one| level(&one.region) == depth)
}
