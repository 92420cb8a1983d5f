//! `travel`: two settlements in person, one after the other, at places too far apart for the time between.
//!
//! Input: settlements of visits and purchases in order of time, places of institutions. Output: one hit for each chain of such
//! pairs; `inconclusive` where a place is unknown but the regions differ. Straight lines are shorter than roads, so the doubt is
//! the person's. A settlement sent with its day only has no time to compare and is left out.

use crate::{
    claims::{NO_ROW, NULL},
    detector::{Detector, Hit, Interest, Line, Part, Sink, Source, Value},
    symbols::Symbol,
    timeline::Timeline,
    world::Institution,
};
use mingcha_model::{
    Kind, Time,
    code::Visit,
    time::{DAY, HOUR},
};
use serde::Deserialize;

/// Settings of the detector.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Greatest speed by road, in km/h.
    pub road_kmh: i64,
    /// Greatest speed by rail or air between provinces, in km/h.
    pub far_kmh: i64,
    /// Hours to and from stations that a journey by rail or air takes besides.
    pub far_hours: i64,
    /// Distances below this many km are not looked at: places are given roughly and clocks differ.
    pub least_km: i64,
    /// `mdtrt_cert_type`s of settlements that need nobody present.
    #[serde(default)]
    pub skip_cert_types: Vec<String>,
}

/// Between settlements at places not known: minutes within which different regions are a question.
const QUESTION_MINUTES: i64 = 30;
/// No journey within the country takes longer.
const LONGEST: i64 = 2 * DAY;

/// The detector.
#[derive(Debug)]
pub struct Travel {
    settings: Settings,
}

/// Two settlements and what lies between.
#[derive(Clone, Copy, Debug)]
struct Pair {
    from: usize,
    to: usize,
    seconds: i64,
    /// `None` where a place is unknown.
    km: Option<f64>,
}

impl Travel {
    /// Speeds must be above nothing.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let fine = settings.road_kmh > 0
            && settings.far_kmh > 0
            && settings.far_hours >= 0
            && settings.least_km >= 0;
        if fine {
            Ok(Self { settings })
        } else {
            Err("speeds must be above 0, hours and distances not below".to_owned())
        }
    }

    /// Hours that the journey takes at least.
    fn hours(&self, km: f64, within_province: bool) -> f64 {
        let Settings { road_kmh, far_kmh, far_hours, .. } = &self.settings;
        let (road_kmh, far_kmh, far_hours) = (*road_kmh as f64, *far_kmh as f64, *far_hours as f64);
        let road = km / road_kmh;
        if within_province { road } else { road.min(km / far_kmh + far_hours) }
    }

    fn in_person(&self, timeline: &Timeline<'_>, row: usize) -> bool {
        let settlement = &timeline.claims.settlement;
        let (time, encounter) = (settlement.setl_time[row], settlement.encounter[row]);
        settlement.live[row]
            && time != NULL
            && time.rem_euclid(DAY) != 0
            && (encounter == NO_ROW
                || matches!(timeline.visit(encounter as usize), Visit::Outpatient | Visit::Pharmacy))
            && !self
                .settings
                .skip_cert_types
                .iter()
                .any(|kind| timeline.text(settlement.mdtrt_cert_type[row]) == kind)
    }

    /// The pair where it cannot be travelled or must be asked about.
    fn judge(&self, timeline: &Timeline<'_>, from: usize, to: usize) -> Option<Pair> {
        let settlement = &timeline.claims.settlement;
        let seconds = settlement.setl_time[to] - settlement.setl_time[from];
        let (a, b) = (settlement.fixmedins_code[from], settlement.fixmedins_code[to]);
        if a == b || seconds > LONGEST {
            return None;
        }
        let (a, b) = (timeline.institution(a)?, timeline.institution(b)?);
        let Some((one, other)) = a.place.zip(b.place) else {
            let apart = a.admdvs != b.admdvs && seconds <= QUESTION_MINUTES * 60;
            return apart.then_some(Pair { from, to, seconds, km: None });
        };
        let km = kilometres(one, other);
        let impossible = km >= self.settings.least_km as f64
            && (seconds as f64) < self.hours(km, province(a) == province(b)) * HOUR as f64;
        impossible.then_some(Pair { from, to, seconds, km: Some(km) })
    }
}

fn province(institution: &Institution) -> &str {
    institution.admdvs.get(..2).unwrap_or_default()
}

/// Great-circle distance between two places given as longitude and latitude in degrees.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (half_lat, half_lng) = ((other.1 - one.1).to_radians() / 2.0, (other.0 - one.0).to_radians() / 2.0);
    let squared = half_lat.sin().powi(2)
        + one.1.to_radians().cos() * other.1.to_radians().cos() * half_lng.sin().powi(2);
    2.0 * 6371.0 * squared.sqrt().min(1.0).asin()
}

impl Detector for Travel {
    fn reads(&self) -> Vec<&'static str> {
        let mut reads =
            vec!["institution.lng", "institution.lat", "institution.admdvs", "institution.fixmedins_name"];
        if !self.settings.skip_cert_types.is_empty() {
            reads.push("settlement.mdtrt_cert_type");
        }
        reads
    }

    fn interest(&self) -> Interest {
        Interest::Settlements(2)
    }

    fn detect(&self, timeline: &Timeline<'_>, _lines: &[Line], sink: &mut Sink) {
        let mut chain: Vec<Pair> = Vec::new();
        let mut last: Option<usize> = None;
        for row in timeline.settlements().filter(|&row| self.in_person(timeline, row)) {
            let pair = last.and_then(|last| self.judge(timeline, last, row));
            let goes_on = |pair: &Pair| {
                chain
                    .last()
                    .is_some_and(|before| before.to == pair.from && before.km.is_some() == pair.km.is_some())
            };
            match pair {
                Some(pair) if goes_on(&pair) => chain.push(pair),
                _ => {
                    push(timeline, &chain, sink);
                    chain.clear();
                    chain.extend(pair);
                }
            }
            last = Some(row);
        }
        push(timeline, &chain, sink);
    }
}

fn push(timeline: &Timeline<'_>, chain: &[Pair], sink: &mut Sink) {
    let speed = |pair: &Pair| pair.km.unwrap_or_default() / (pair.seconds.max(1) as f64);
    let Some(worst) = chain.iter().reduce(|a, b| if speed(b) > speed(a) { b } else { a }) else { return };
    let settlement = &timeline.claims.settlement;
    let time = |row: usize| Time(settlement.setl_time[row]);
    let name = |row: usize| name(timeline, settlement.fixmedins_code[row]);
    let (first, last) = (chain[0].from, chain[chain.len() - 1].to);
    let mut hit = Hit::new(settlement.fixmedins_code[worst.to], time(first).date(), time(last).date())
        .value("count", Value::Number(chain.len() as i64))
        .value("from", Value::Time(time(worst.from)))
        .value("from_place", name(worst.from))
        .value("until", Value::Time(time(worst.to)))
        .value("until_place", name(worst.to))
        .value("minutes", Value::Number(worst.seconds / 60))
        .value(
            "km",
            worst.km.map_or_else(|| Value::Text("未知".to_owned()), |km| Value::Number(km.round() as i64)),
        )
        .related(Source::Settlement, first);
    for pair in chain {
        hit = hit.offending(Source::Settlement, pair.to, Part::WHOLE);
    }
    if worst.km.is_none() {
        hit = hit.kind(Kind::Inconclusive).note("机构坐标缺失，两地距离无法计算");
    }
    sink.push(hit);
}

fn name(timeline: &Timeline<'_>, code: Symbol) -> Value {
    let known = timeline.institution(code).map(|institution| institution.name.clone());
    Value::Text(known.filter(|name| !name.is_empty()).unwrap_or_else(|| timeline.text(code).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::kilometres;
    use crate::{
        rows::TextTables,
        trial::{library, row, seen, signs, written},
    };
    use mingcha_model::{Date, Time};
    use proptest::prelude::*;

    const SETTINGS: &str = "road_kmh = 120\nfar_kmh = 350\nfar_hours = 2\nleast_km = 10";
    /// H1 and H2 lie 111 km apart in one province, H3 as far as H2 in another; nobody knows where H4 is.
    const PLACES: [&str; 4] = ["H1 990101 100 30", "H2 990201 100 31", "H3 980101 100 31", "H4 990301 _ _"];

    fn said(settlements: &[&str]) -> String {
        let rows: TextTables = [
            ("institution".to_owned(), written("fixmedins_code admdvs lng lat", &PLACES)),
            ("settlement".to_owned(), written("setl_id mdtrt_id fixmedins_code setl_time", settlements)),
        ]
        .into_iter()
        .collect();
        signs("travel", SETTINGS, &library(&[]), &rows)
    }

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        assert!((kilometres((100.0, 30.0), (100.0, 31.0)) - 111.19).abs() < 0.05);
        assert!((kilometres((116.4, 39.9), (121.5, 31.2)) - 1068.0).abs() < 5.0);
    }

    #[test]
    fn an_hour_is_enough_for_111_km_and_half_an_hour_is_not() {
        let first = "S1 E1 H1 2025-03-01T09:00:00";
        assert_eq!(said(&[first, "S2 E2 H2 2025-03-01T09:30:00"]), "!");
        assert_eq!(said(&[first, "S2 E2 H2 2025-03-01T10:00:00"]), "");
        assert_eq!(said(&[first, "S2 E2 H3 2025-03-01T09:30:00"]), "!");
        assert_eq!(said(&[first, "S2 E2 H1 2025-03-01T09:00:00"]), "");
        assert_eq!(said(&[first, "S2 E2 H2 2025-03-01T09:20:00", "S3 E3 H1 2025-03-01T09:40:00"]), "!");
    }

    #[test]
    fn unknown_places_in_other_regions_leave_it_open() {
        assert_eq!(said(&["S1 E1 H1 2025-03-01T09:00:00", "S2 E2 H4 2025-03-01T09:30:00"]), "?");
        assert_eq!(said(&["S1 E1 H1 2025-03-01T09:00:00", "S2 E2 H4 2025-03-01T09:31:00"]), "");
        assert_eq!(said(&["S1 E1 H1 2025-03-01T00:00:00", "S2 E2 H2 2025-03-01T00:01:00"]), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn settlements_in_hits_are_those_not_reachable_from_the_one_before(
            items in prop::collection::vec((1_i64..400, 0_usize..3), 0..10),
        ) {
            let start = Date::new(2025, 1, 1).expect("a day").start().0;
            let mut rows: TextTables = [("institution".to_owned(), written("fixmedins_code admdvs lng lat", &PLACES))].into_iter().collect();
            for (id, &(minute, place)) in items.iter().enumerate() {
                // A second of its own for each keeps the order plain.
                rows.entry("settlement".to_owned()).or_default().push(row(&[
                    ("setl_id", &format!("S{id}")), ("mdtrt_id", &format!("E{id}")), ("fixmedins_code", &format!("H{}", place + 1)),
                    ("setl_time", &Time(start + minute * 60 + id as i64).to_string()),
                ]));
            }
            let mut order: Vec<(i64, usize, usize)> = items.iter().enumerate().map(|(id, &(minute, place))| (minute * 60 + id as i64, place, id)).collect();
            order.sort_unstable();
            let too_fast = |from: (i64, usize, usize), to: (i64, usize, usize)| {
                // 111.19 km by road take 3336 s, by rail and its two hours more; H2 and H3 stand at one place.
                matches!((from.1, to.1), (0, 1 | 2) | (1 | 2, 0)) && to.0 - from.0 < 3336
            };
            let mut expected: Vec<String> = order.windows(2).filter(|pair| too_fast(pair[0], pair[1])).map(|pair| format!("S{}", pair[1].2)).collect();
            expected.sort();
            let mut found: Vec<String> = seen("travel", SETTINGS, &library(&[]), &rows).into_iter().flat_map(|hit| hit.offending).collect();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
