//! Reads a time of day as people and spreadsheets write it.

use chrono::NaiveTime;

/// Reads a time: `14:30`, `14:30:05`, `14.30`, `1430`, `2.30pm`, `2 pm`, `14h30`, `noon`, or a spreadsheet's fraction of
/// a day (`0.604166`). A time zone behind it is left out: the time is the one that was written down.
pub fn read_time(cell: &str) -> Option<NaiveTime> {
    let text = cell.trim().to_ascii_lowercase();
    match text.as_str() {
        "noon" | "midday" | "12 noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" | "12 midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    clock(&text).or_else(|| fraction(&text))
}

/// A time that follows a date, where bare numbers and fractions would be parts of the date.
pub(super) fn read_time_behind(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_ascii_lowercase();
    let text = text
        .strip_prefix("at ")
        .or_else(|| text.strip_prefix('@'))
        .unwrap_or(&text)
        .trim_start();
    match text {
        "noon" | "midday" | "midnight" => read_time(text),
        _ => clock(text),
    }
}

/// Reads digits, separators, am or pm, and a zone.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = without_zone(text);
    let (text, half) = half_of_day(text);
    let text = text
        .strip_suffix("hrs")
        .or_else(|| text.strip_suffix("hours"))
        .or_else(|| text.strip_suffix('h').filter(|_| half.is_none()))
        .unwrap_or(text)
        .trim_end();
    let mut parts = text.split([':', '.', 'h']);
    let (hour, minute, second) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(run), None, None, None) => run_of_digits(run, half.is_some())?,
        (Some(hour), Some(minute), None, None) => (small(hour, 1)?, small(minute, 2)?, 0),
        (Some(hour), Some(minute), Some(second), None) => {
            (small(hour, 1)?, small(minute, 2)?, small(second, 2)?)
        }
        // 14:30:05.123
        (Some(hour), Some(minute), Some(second), Some(_))
            if parts.next().is_none() && text.contains(':') =>
        {
            (small(hour, 1)?, small(minute, 2)?, small(second, 2)?)
        }
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(pm) => hour % 12 + if pm { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// Two digits, or from `least` on.
fn small(text: &str, least: usize) -> Option<u32> {
    ((least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// `1430`, `930`, `143005`; with am or pm the hour alone.
fn run_of_digits(run: &str, with_half: bool) -> Option<(u32, u32, u32)> {
    let part = |from, to| run.get(from..to).and_then(|text| small(text, 1));
    match run.len() {
        1 | 2 if with_half => Some((small(run, 1)?, 0, 0)),
        3 => Some((part(0, 1)?, part(1, 3)?, 0)),
        4 => Some((part(0, 2)?, part(2, 4)?, 0)),
        6 => Some((part(0, 2)?, part(2, 4)?, part(4, 6)?)),
        _ => None,
    }
}

/// Takes `am` or `pm` off; `true` is after noon.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    for (ending, pm) in [
        ("am", false),
        ("a.m.", false),
        ("a.m", false),
        ("pm", true),
        ("p.m.", true),
        ("p.m", true),
    ] {
        if let Some(rest) = text.strip_suffix(ending) {
            return (rest.trim_end(), Some(pm));
        }
    }
    (text, None)
}

/// Takes `Z`, `+01:00`, `UTC` and the like off the end.
fn without_zone(text: &str) -> &str {
    for zone in ["z", "utc", "gmt", "bst"] {
        if let Some(rest) = text.strip_suffix(zone) {
            return rest.trim_end();
        }
    }
    match text.rfind(['+', '-']) {
        Some(at) if at > 0 => {
            let zone = text.get(at + 1..).unwrap_or("");
            let digits = zone.bytes().filter(u8::is_ascii_digit).count();
            let others = zone.len() - digits;
            if (digits == 4 && others <= 1 || digits == 2) && others == zone.matches(':').count() {
                text.get(..at).unwrap_or(text).trim_end()
            } else {
                text
            }
        }
        _ => text,
    }
}

/// A fraction of a day, to the nearest second.
fn fraction(text: &str) -> Option<NaiveTime> {
    let digits = text.strip_prefix("0.").or_else(|| text.strip_prefix('.'))?;
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let share: f64 = text.parse().ok()?;
    let seconds = (share * 86_400.0).round() as u32;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds.min(86_399), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (cell, time) in [
            ("14:30", "14:30:00"),
            (" 9:05 ", "09:05:00"),
            ("14:30:05", "14:30:05"),
            ("14:30:05.250", "14:30:05"),
            ("14.30", "14:30:00"),
            ("1430", "14:30:00"),
            ("930", "09:30:00"),
            ("0000", "00:00:00"),
            ("1430hrs", "14:30:00"),
            ("14h30", "14:30:00"),
            ("2.30pm", "14:30:00"),
            ("2:30 PM", "14:30:00"),
            ("2 p.m.", "14:00:00"),
            ("12am", "00:00:00"),
            ("12:15 pm", "12:15:00"),
            ("noon", "12:00:00"),
            ("14:30:00Z", "14:30:00"),
            ("14:30+01:00", "14:30:00"),
            ("0.604166", "14:30:00"),
            ("0.5", "12:00:00"),
        ] {
            assert_eq!(read_time(cell), time.parse().ok(), "{cell}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for cell in [
            "",
            "25:00",
            "14:60",
            "24:00",
            "13pm",
            "0pm",
            "14",
            "2575",
            "1:2",
            "evening",
            "12345",
            "1.2.3.4.5",
            "-1:30",
            "0.",
            "é:00",
        ] {
            assert_eq!(read_time(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in any::<String>()) {
            let _ = (read_time(&text), read_time_behind(&text));
        }

        #[test]
        fn any_minute_reads_back(seconds in 0_u32..86_400) {
            let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap();
            for form in ["%H:%M:%S", "%H%M%S", "%I:%M:%S %p", "%H:%M:%SZ"] {
                let cell = time.format(form).to_string();
                prop_assert_eq!(read_time(&cell), Some(time), "{}", cell);
            }
            let fraction = format!("{:.9}", f64::from(seconds) / 86_400.0);
            prop_assert_eq!(read_time(&fraction), Some(time), "{}", fraction);
        }
    }
}
