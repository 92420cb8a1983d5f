//! Counters and times of requests, in the text form that Prometheus reads.

use crate::tasks::Turns;
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// Upper bounds of the histogram, in milliseconds.
const BOUNDS: [u64; 10] = [1, 2, 5, 10, 20, 50, 100, 500, 2_000, 10_000];

#[derive(Default)]
struct Times {
    below: [u64; BOUNDS.len()],
    count: u64,
    micros: u64,
}

#[derive(Default)]
struct Table {
    requests: BTreeMap<(String, String, u16), u64>,
    times: BTreeMap<(String, String), Times>,
}

/// What was counted since the start.
#[derive(Default)]
pub struct Metrics {
    table: Mutex<Table>,
    under_way: AtomicI64,
    /// What the server does by itself.
    pub turns: Turns,
}

/// Values that are read when somebody looks.
pub struct Gauges {
    /// Acts that wait for the writer.
    pub waiting: usize,
    /// Open sessions and the number of the newest record of the trail; none where the database does not answer.
    pub stored: Option<(i64, u64)>,
}

impl Metrics {
    /// A request begins.
    pub fn begin(&self) {
        self.under_way.fetch_add(1, Ordering::Relaxed);
    }

    /// A request has ended. The route is its pattern, so there are only so many.
    pub fn end(&self, route: &str, method: &str, status: u16, took: Duration) {
        self.under_way.fetch_sub(1, Ordering::Relaxed);
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        *table.requests.entry((route.to_owned(), method.to_owned(), status)).or_default() += 1;
        let times = table.times.entry((route.to_owned(), method.to_owned())).or_default();
        times.count += 1;
        times.micros += took.as_micros() as u64;
        for (below, bound) in times.below.iter_mut().zip(BOUNDS) {
            *below += u64::from(took.as_micros() as u64 <= bound * 1000);
        }
    }

    /// The text.
    pub fn text(&self, gauges: &Gauges) -> String {
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        head(&mut out, "mingcha_requests_total", "counter", "Requests that were answered.");
        for ((route, method, status), count) in &table.requests {
            line(
                &mut out,
                &format!(
                    "mingcha_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}"
                ),
                *count,
            );
        }
        head(&mut out, "mingcha_request_seconds", "histogram", "Time that requests took.");
        for ((route, method), times) in &table.times {
            let labels = format!("route=\"{route}\",method=\"{method}\"");
            for (bound, below) in BOUNDS.iter().zip(times.below) {
                let bound = *bound as f64 / 1000.0;
                line(&mut out, &format!("mingcha_request_seconds_bucket{{{labels},le=\"{bound}\"}}"), below);
            }
            line(&mut out, &format!("mingcha_request_seconds_bucket{{{labels},le=\"+Inf\"}}"), times.count);
            line(&mut out, &format!("mingcha_request_seconds_sum{{{labels}}}"), times.micros as f64 / 1e6);
            line(&mut out, &format!("mingcha_request_seconds_count{{{labels}}}"), times.count);
        }
        self.turns(&mut out);
        let under_way = self.under_way.load(Ordering::Relaxed);
        for (name, about, value) in [
            ("mingcha_requests_under_way", "Requests under way.", Some(under_way)),
            ("mingcha_writer_waiting", "Acts that wait for the writer.", Some(gauges.waiting as i64)),
            (
                "mingcha_database_up",
                "Whether the database answers, 1 or 0.",
                Some(i64::from(gauges.stored.is_some())),
            ),
            ("mingcha_sessions", "Open sessions.", gauges.stored.map(|(sessions, _)| sessions)),
            (
                "mingcha_trail_records",
                "Records of the trail.",
                gauges.stored.map(|(_, records)| records as i64),
            ),
        ] {
            let Some(value) = value else { continue };
            head(&mut out, name, "gauge", about);
            line(&mut out, name, value);
        }
        out
    }

    fn turns(&self, out: &mut String) {
        let Turns { taken, failed, breaches } = &self.turns;
        for (name, about, value) in [
            ("mingcha_turns_total", "Turns of the work that the server does by itself.", taken),
            ("mingcha_turns_failed_total", "Turns in which something failed.", failed),
            (
                "mingcha_breaches_entered_total",
                "Breaches of limits that were entered as time passed.",
                breaches,
            ),
        ] {
            head(out, name, "counter", about);
            line(out, name, value.load(Ordering::Relaxed));
        }
    }
}

fn head(out: &mut String, name: &str, kind: &str, about: &str) {
    let _ = writeln!(out, "# HELP {name} {about}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "{name} {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_fall_into_all_bounds_above_them() {
        let metrics = Metrics::default();
        for took in [500, 1_000, 7_000, 20_000_000] {
            metrics.begin();
            metrics.end("/a/{id}", "GET", 200, Duration::from_micros(took));
        }
        let text = metrics.text(&Gauges { waiting: 3, stored: None });
        for wanted in [
            "mingcha_requests_total{route=\"/a/{id}\",method=\"GET\",status=\"200\"} 4\n",
            "mingcha_request_seconds_bucket{route=\"/a/{id}\",method=\"GET\",le=\"0.001\"} 2\n",
            "mingcha_request_seconds_bucket{route=\"/a/{id}\",method=\"GET\",le=\"0.01\"} 3\n",
            "mingcha_request_seconds_bucket{route=\"/a/{id}\",method=\"GET\",le=\"+Inf\"} 4\n",
            "mingcha_request_seconds_sum{route=\"/a/{id}\",method=\"GET\"} 20.0085\n",
            "mingcha_writer_waiting 3\n",
            "mingcha_requests_under_way 0\n",
            "mingcha_database_up 0\n",
        ] {
            assert!(text.contains(wanted), "{wanted} in\n{text}");
        }
        assert!(!text.contains("mingcha_sessions"), "what nobody knows is not said to be 0");
    }
}
