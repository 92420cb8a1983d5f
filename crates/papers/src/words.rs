//! Values as they stand in official papers: days and times in Chinese, amounts in figures and in capital characters.

use mingcha_model::{Date, Fen, Time};

const CAPITALS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLAIN: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A day such as 2026年3月5日.
pub fn day(date: Date) -> String {
    let (year, month, day) = date.ymd();
    format!("{year}年{month}月{day}日")
}

/// A day in characters, such as 二〇二六年三月五日.
pub fn day_in_characters(date: Date) -> String {
    let (year, month, day) = date.ymd();
    let year: String = year.to_string().bytes().map(|digit| PLAIN[usize::from(digit - b'0')]).collect();
    format!("{year}年{}月{}日", below_hundred(month), below_hundred(day))
}

fn below_hundred(number: u32) -> String {
    let (tens, ones) = (number as usize / 10, number as usize % 10);
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", PLAIN[tens]),
    };
    let ones = if ones == 0 { "" } else { PLAIN[ones] };
    format!("{tens}{ones}")
}

/// A time such as 2026年3月5日9时05分.
pub fn time(time: Time) -> String {
    let text = time.to_string();
    let mut clock = text.split([' ', ':']).skip(1);
    let hour = clock.next().unwrap_or_default().trim_start_matches('0');
    let hour = if hour.is_empty() { "0" } else { hour };
    format!("{}{hour}时{}分", day(time.date()), clock.next().unwrap_or_default())
}

/// An amount in capital characters, such as 壹万贰仟元零伍分.
pub fn capital(amount: Fen) -> String {
    let size = amount.0.unsigned_abs();
    let (yuan, jiao, fen) = (size / 100, size / 10 % 10, size % 10);
    let mut out = String::from(if amount.0 < 0 { "负" } else { "" });
    if yuan > 0 || size == 0 {
        out.push_str(&capital_number(yuan));
        out.push('元');
    }
    if jiao > 0 {
        out.push_str(CAPITALS[jiao as usize]);
        out.push('角');
    } else if fen > 0 && yuan > 0 {
        out.push('零');
    }
    if fen > 0 {
        out.push_str(CAPITALS[fen as usize]);
        out.push('分');
    } else {
        out.push('整');
    }
    out
}

/// A whole number in capital characters.
fn capital_number(number: u64) -> String {
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万")] {
        if number >= unit {
            return joined(&capital_number(number / unit), name, number % unit, unit / 10);
        }
    }
    for (unit, name) in [(1000, "仟"), (100, "佰"), (10, "拾")] {
        if number >= unit {
            return joined(CAPITALS[(number / unit) as usize], name, number % unit, unit / 10);
        }
    }
    CAPITALS[number as usize].to_owned()
}

/// The upper part with its unit and the rest behind it; a gap between them reads 零.
fn joined(upper: &str, unit: &str, rest: u64, full: u64) -> String {
    match rest {
        0 => format!("{upper}{unit}"),
        rest if rest < full => format!("{upper}{unit}零{}", capital_number(rest)),
        rest => format!("{upper}{unit}{}", capital_number(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_a_bank_writes_them() {
        for (fen, words) in [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (56, "伍角陆分"),
            (100, "壹元整"),
            (1_005, "壹拾元零伍分"),
            (1_234_560, "壹万贰仟叁佰肆拾伍元陆角整"),
            (10_100_000, "壹拾万壹仟元整"),
            (101_000, "壹仟零壹拾元整"),
            (100_000_100, "壹佰万零壹元整"),
            (1_000_000_000_000, "壹佰亿元整"),
            (1_000_500_000_000, "壹佰亿零伍佰万元整"),
            (-12_05, "负壹拾贰元零伍分"),
        ] {
            assert_eq!(capital(Fen(fen)), words, "{fen}");
        }
        assert!(capital(Fen(i64::MAX)).starts_with("玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿"));
    }

    #[test]
    fn days_and_times_read_as_in_papers() {
        let date = Date::new(2026, 12, 30).expect("a day");
        assert_eq!(day(date), "2026年12月30日");
        assert_eq!(day_in_characters(date), "二〇二六年十二月三十日");
        assert_eq!(day_in_characters(Date::new(2030, 10, 11).expect("a day")), "二〇三〇年十月十一日");
        assert_eq!(time(Time(date.start().0 + 9 * 3600 + 300)), "2026年12月30日9时05分");
        assert_eq!(time(date.start()), "2026年12月30日0时00分");
    }
}
