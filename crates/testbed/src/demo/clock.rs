//! The clock of a server that is filled with months of casework, and days as the server writes them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// The hands of a server's clock. Instants are seconds of China's civil time.
#[derive(Clone, Debug, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// The instant: a second later than at the last look, so that what follows is later than what went before, and never ahead of the
    /// machine's clock.
    pub fn read(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed).min(machine())
    }

    /// Moves on to an instant; one that is over changes nothing.
    pub fn move_to(&self, instant: i64) {
        self.0.fetch_max(instant, Ordering::Relaxed);
    }
}

/// What the machine's clock says.
pub fn machine() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    since.as_secs() as i64 + 8 * 3600
}

/// The day of an instant, counted from 1970-01-01.
pub fn day(instant: i64) -> i64 {
    instant.div_euclid(DAY)
}

/// Year, month and day of the month, by eras of 400 years.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (era * 400 + year + next, month, date)
}

/// A day as the server writes it.
pub fn date(day: i64) -> String {
    let (year, month, date) = civil(day);
    format!("{year:04}-{month:02}-{date:02}")
}

/// The year of a day.
pub fn year(day: i64) -> i64 {
    civil(day).0
}

/// The day, or the Friday before it where it is a Saturday or Sunday.
pub fn office_day(day: i64) -> i64 {
    // 1970-01-01 was a Thursday.
    day - ((day + 3).rem_euclid(7) - 4).max(0)
}

#[cfg(test)]
mod tests {
    use super::{DAY, Hands, date, machine, office_day};

    #[test]
    fn days_are_written_as_calendars_do_and_weekends_move_to_friday() {
        assert_eq!(["1970-01-01", "2024-02-29", "2026-11-23"], [0, 19_782, 20_780].map(date)[..]);
        // 20,780 is a Monday; the two days before it belong to the weekend.
        assert_eq!([20_780, 20_779, 20_778, 20_777].map(office_day), [20_780, 20_777, 20_777, 20_777]);
    }

    #[test]
    fn the_hands_go_on_with_every_look_and_never_ahead_of_the_machine() {
        let hands = Hands::default();
        hands.move_to(100);
        assert_eq!((hands.read(), hands.read()), (100, 101));
        hands.move_to(50);
        assert_eq!(hands.read(), 102, "time does not go back");
        hands.move_to(machine() + DAY);
        assert!(hands.read() <= machine());
    }
}
