//! The world around a person: institutions, their agreements and practitioners, small enough to stand beside every bucket.

use crate::claims::{LoadError, Tables, columns::Reader};
use mingcha_model::{Date, code::hospital_rank};
use rustc_hash::FxHashMap;

/// One institution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Institution {
    /// `fixmedins_name`.
    pub name: String,
    /// `fixmedins_type`: 1 hospital, 2 pharmacy.
    pub fixmedins_type: String,
    /// Rank by `hosp_lv`: 3, 2, 1; `None` where the level is unknown or has none.
    pub rank: Option<u8>,
    /// Whether a level is given at all, be it 无等级.
    pub has_level: bool,
    /// `admdvs`.
    pub admdvs: String,
    /// Longitude and latitude in degrees, where both are known.
    pub place: Option<(f64, f64)>,
    /// Periods of its agreement, in order of their beginning.
    pub agreements: Vec<Agreement>,
}

/// One period of one state of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// First day, inclusive.
    pub begin: Date,
    /// Last day, inclusive; open where `None`.
    pub end: Option<Date>,
    /// `active`, `suspended`, `terminated`.
    pub state: String,
}

/// One period of a practitioner at an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The institution.
    pub fixmedins_code: String,
    /// First day, inclusive.
    pub begin: Date,
    /// Last day, inclusive; open where `None`.
    pub end: Option<Date>,
    /// `pay_qual_stas`; empty where unknown.
    pub pay_qual_stas: String,
}

/// Institutions and practitioners by their codes.
#[derive(Clone, Debug, Default)]
pub struct World {
    institutions: FxHashMap<String, Institution>,
    practitioners: FxHashMap<String, Vec<Registration>>,
}

impl World {
    /// Reads the tables `institution`, `agreement` and `practitioner`; absent tables and columns are empty.
    pub fn load(tables: &Tables) -> Result<Self, LoadError> {
        let mut world = Self::default();
        world.load_institutions(tables)?;
        world.load_agreements(tables)?;
        world.load_practitioners(tables)?;
        Ok(world)
    }

    /// The institution of that code.
    pub fn institution(&self, fixmedins_code: &str) -> Option<&Institution> {
        self.institutions.get(fixmedins_code)
    }

    /// The registrations of a practitioner, in order of their beginning; empty where unknown.
    pub fn registrations(&self, prac_psn_code: &str) -> &[Registration] {
        self.practitioners.get(prac_psn_code).map_or(&[], Vec::as_slice)
    }

    fn load_institutions(&mut self, tables: &Tables) -> Result<(), LoadError> {
        for batch in tables.of("institution") {
            let reader = Reader::new("institution", batch);
            let (code, name, kind) = (
                reader.texts("fixmedins_code")?,
                reader.texts("fixmedins_name")?,
                reader.texts("fixmedins_type")?,
            );
            let (level, region) = (reader.texts("hosp_lv")?, reader.texts("admdvs")?);
            let (lng, lat) = (reader.numbers("lng")?, reader.numbers("lat")?);
            for row in 0..batch.num_rows() {
                let hosp_lv = level.get(row).unwrap_or_default();
                let institution = Institution {
                    name: name.get(row).unwrap_or_default().to_owned(),
                    fixmedins_type: kind.get(row).unwrap_or_default().to_owned(),
                    rank: hospital_rank(hosp_lv),
                    has_level: !hosp_lv.is_empty(),
                    admdvs: region.get(row).unwrap_or_default().to_owned(),
                    place: lng.get(row).zip(lat.get(row)),
                    agreements: Vec::new(),
                };
                self.institutions.insert(code.get(row).unwrap_or_default().to_owned(), institution);
            }
        }
        Ok(())
    }

    fn load_agreements(&mut self, tables: &Tables) -> Result<(), LoadError> {
        for batch in tables.of("agreement") {
            let reader = Reader::new("agreement", batch);
            let (code, state) = (reader.texts("fixmedins_code")?, reader.texts("agree_stas")?);
            let (begin, end) = (reader.days("begndate")?, reader.days("enddate")?);
            for row in 0..batch.num_rows() {
                let agreement = Agreement {
                    begin: begin.get(row).unwrap_or(Date(i32::MIN)),
                    end: end.get(row),
                    state: state.get(row).unwrap_or_default().to_owned(),
                };
                let institution =
                    self.institutions.entry(code.get(row).unwrap_or_default().to_owned()).or_default();
                institution.agreements.push(agreement);
            }
        }
        for institution in self.institutions.values_mut() {
            institution
                .agreements
                .sort_by(|a, b| (a.begin, a.end, &a.state).cmp(&(b.begin, b.end, &b.state)));
        }
        Ok(())
    }

    fn load_practitioners(&mut self, tables: &Tables) -> Result<(), LoadError> {
        for batch in tables.of("practitioner") {
            let reader = Reader::new("practitioner", batch);
            let (code, institution) = (reader.texts("prac_psn_code")?, reader.texts("fixmedins_code")?);
            let (begin, end, state) =
                (reader.days("begndate")?, reader.days("enddate")?, reader.texts("pay_qual_stas")?);
            for row in 0..batch.num_rows() {
                let registration = Registration {
                    fixmedins_code: institution.get(row).unwrap_or_default().to_owned(),
                    begin: begin.get(row).unwrap_or(Date(i32::MIN)),
                    end: end.get(row),
                    pay_qual_stas: state.get(row).unwrap_or_default().to_owned(),
                };
                self.practitioners
                    .entry(code.get(row).unwrap_or_default().to_owned())
                    .or_default()
                    .push(registration);
            }
        }
        for registrations in self.practitioners.values_mut() {
            registrations.sort_by(|a, b| {
                (a.begin, &a.fixmedins_code, a.end, &a.pay_qual_stas).cmp(&(
                    b.begin,
                    &b.fixmedins_code,
                    b.end,
                    &b.pay_qual_stas,
                ))
            });
        }
        Ok(())
    }
}
