//! Prints counts and shares as they are read: thousands apart, shares with as many digits as they can bear.

/// A count with its thousands apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count and its noun.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share in per cent: one digit behind the point, more where it is near 0 or 100, so that neither is claimed falsely.
pub fn percent(share: f64) -> String {
    // no negative nought
    let percent = share.abs() * 100.0;
    for digits in 1..=4 {
        let text = format!("{percent:.digits$}");
        let shown: f64 = text.parse().unwrap_or(percent);
        if (shown > 0.0 || share <= 0.0) && (shown < 100.0 || share >= 1.0) {
            return format!("{}%", trimmed(&text));
        }
    }
    if share > 0.5 {
        "over 99.9999%".to_owned()
    } else {
        "under 0.0001%".to_owned()
    }
}

/// A number with up to so many digits behind the point, without noughts at its end.
pub fn number(number: f64, digits: usize) -> String {
    let text = trimmed(&format!("{number:.digits$}")).to_owned();
    if text == "-0" { "0".to_owned() } else { text }
}

/// A probability: in four figures, or in as many more as keep one that is less than 1 from being shown as 1.
pub fn probability(share: f64) -> String {
    let digits = (4..=9).find(|digits| share >= 1.0 || number(share, *digits) != "1");
    number(share, digits.unwrap_or(9))
}

/// A small share: in two or three figures that count, in plain notation while that can be read.
pub fn share(share: f64) -> String {
    if share == 0.0 || share.abs() >= 0.001 {
        number(share, 4)
    } else {
        format!("{share:.1e}")
    }
}

/// A weight in bits, with its sign.
pub fn bits(weight: f64) -> String {
    let text = format!("{weight:+.2}");
    if text == "-0.00" {
        "+0.00".to_owned()
    } else {
        text
    }
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_printed_as_they_are_read() {
        for (given, told) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(given), told);
        }
        for (given, told) in [
            (0.0, "0%"),
            (-0.0, "0%"),
            (1.0, "100%"),
            (0.5, "50%"),
            (0.9876, "98.8%"),
            (0.9999, "99.99%"),
            (0.000_02, "0.002%"),
            (0.999_999_999, "over 99.9999%"),
        ] {
            assert_eq!(percent(given), told, "{given}");
        }
        assert_eq!((bits(-0.001), bits(2.5)), ("+0.00".into(), "+2.50".into()));
        assert_eq!(
            (number(-0.0001, 2), number(12.50, 3)),
            ("0".into(), "12.5".into())
        );
        assert_eq!(
            (share(0.95), share(0.000_123)),
            ("0.95".into(), "1.2e-4".into())
        );
        assert_eq!(counted(1, "row", "rows"), "1 row");
    }
}
