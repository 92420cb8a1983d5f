//! Money as integer fen (1/100 yuan), and the fixed-point quantities and prices that it is computed from.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum, ops};

/// An amount of money in fen. Negative on a refund.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Decimal places of a quantity (`cnt`): stored as an integer of 1/10000.
pub const QTY_SCALE: u32 = 4;
/// Decimal places of a price (`pric`): stored as an integer of 1/1000000 yuan.
pub const PRICE_SCALE: u32 = 6;
/// Decimal places of money in yuan.
pub const MONEY_SCALE: u32 = 2;

impl Fen {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Whether it is nothing.
    pub fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// `self × part ÷ whole`, rounded half away from zero; zero where `whole` is zero.
    ///
    /// This is how a line's share of what the fund paid for its settlement is counted.
    #[must_use]
    pub fn share(self, part: i64, whole: i64) -> Self {
        Self(div_round(i128::from(self.0) * i128::from(part), i128::from(whole)))
    }

    /// Quantity (1/10000) times price (1/1000000 yuan), rounded half away from zero to fen.
    pub fn of_quantity(cnt: i64, pric: i64) -> Self {
        Self(div_round(i128::from(cnt) * i128::from(pric), 100_000_000))
    }

    /// The amount as a decimal text in yuan with two places, such as `-12.05`.
    pub fn yuan(self) -> String {
        self.to_string()
    }

    /// Reads a decimal text in yuan with at most two places.
    pub fn parse_yuan(text: &str) -> Option<Self> {
        parse_fixed(text, MONEY_SCALE).map(Self)
    }
}

/// Division rounded half away from zero; zero where the divisor is zero.
fn div_round(dividend: i128, divisor: i128) -> i64 {
    if divisor == 0 {
        return 0;
    }
    let half = divisor.abs() / 2;
    let shifted =
        if (dividend < 0) == (divisor < 0) { dividend.abs() + half } else { -(dividend.abs() + half) };
    let quotient = shifted / divisor.abs();
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

/// Reads a decimal text as an integer of 10^-`scale`; `None` where it is no number or has more places than that.
///
/// Trailing zeros beyond the scale are allowed, an exponent or a thousands separator is not.
pub fn parse_fixed(text: &str, scale: u32) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for byte in whole.bytes() {
        value = push_digit(value, byte)?;
    }
    let mut places = 0;
    for byte in fraction.bytes() {
        if places < scale {
            value = push_digit(value, byte)?;
            places += 1;
        } else if byte != b'0' {
            return None;
        }
    }
    value = value.checked_mul(10_i64.checked_pow(scale - places)?)?;
    Some(if negative { -value } else { value })
}

fn push_digit(value: i64, byte: u8) -> Option<i64> {
    if !byte.is_ascii_digit() {
        return None;
    }
    value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))
}

/// Writes an integer of 10^-`scale` as a decimal text, without trailing zeros beyond `least` places.
pub fn format_fixed(value: i64, scale: u32, least: u32) -> String {
    let unit = 10_u64.pow(scale);
    let size = value.unsigned_abs();
    let sign = if value < 0 { "-" } else { "" };
    let mut fraction = format!("{:0width$}", size % unit, width = scale as usize);
    while fraction.len() > least as usize && fraction.ends_with('0') {
        fraction.pop();
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", size / unit)
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format_fixed(self.0, MONEY_SCALE, MONEY_SCALE))
    }
}

impl ops::Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl ops::AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl ops::Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, ops::Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_half_away_from_zero() {
        assert_eq!(Fen(100).share(1, 3), Fen(33));
        assert_eq!(Fen(100).share(1, 8), Fen(13));
        assert_eq!(Fen(-100).share(1, 8), Fen(-13));
        assert_eq!(Fen(100).share(1, 0), Fen::ZERO);
    }

    #[test]
    fn quantity_times_price_is_in_fen() {
        // 3 boxes at 12.345 yuan = 37.035 yuan, which is 37.04 rounded.
        assert_eq!(Fen::of_quantity(30_000, 12_345_000), Fen(3704));
    }

    #[test]
    fn yuan_is_read_and_written() {
        for (text, fen) in [("0.00", 0), ("12.05", 1205), ("-0.10", -10), ("7", 700), ("1.5000", 150)] {
            assert_eq!(Fen::parse_yuan(text), Some(Fen(fen)), "{text}");
        }
        for text in ["", "-", ".", "1.005", "1e3", "1,000", "99999999999999999999"] {
            assert_eq!(Fen::parse_yuan(text), None, "{text}");
        }
        assert_eq!(Fen(-5).yuan(), "-0.05");
        assert_eq!(format_fixed(25_000, QTY_SCALE, 0), "2.5");
    }
}
