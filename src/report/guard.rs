//! Makes text safe for a spreadsheet: no cell becomes a formula, no control character goes out raw.

use std::fmt::Write as _;

/// Writes control characters (C0 but TAB and LF, DEL, C1) as `\u{XX}`.
pub fn escape_controls(text: &str) -> String {
    let is_raw = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    if !text.contains(is_raw) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_raw(c) {
            // writing to a string cannot fail
            let _ = write!(safe, "\\u{{{:02X}}}", c as u32);
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Puts one apostrophe before a cell that a spreadsheet could take for a formula.
///
/// Such a cell begins, after spaces, quotes, apostrophes and zero-width characters, with `= + - @`, TAB, CR, LF or one of
/// their full-width forms. A whole number, date, telephone number or lone `-` is left as it is.
pub fn guard_formula(text: &str) -> String {
    let skipped = |c: char| matches!(c, ' ' | '\u{a0}' | '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let starts = matches!(
        text.trim_start_matches(skipped).chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    if starts && !is_harmless(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Whether the whole cell is a number, a date, a telephone number or a lone `-`.
fn is_harmless(text: &str) -> bool {
    text == "-" || is_number(text) || is_telephone(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '%' | '-' | '+'))
        && digits
            .trim_end_matches('%')
            .replace(',', "")
            .parse::<f64>()
            .is_ok()
}

/// An international number: `+` and at least six digits with the usual separators.
fn is_telephone(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('+') else {
        return false;
    };
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    (6..=15).contains(&digits)
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_figures_are_not_harmed() {
        for guarded in [
            "=1+1",
            " =A1",
            "'=A1",
            "\"@x",
            "\u{200b}+cmd",
            "＝A1",
            "-2+3",
            "\tx",
            "\nx",
            "- said nothing",
            "+1-2",
        ] {
            assert_eq!(guard_formula(guarded), format!("'{guarded}"), "{guarded:?}");
        }
        for harmless in [
            "-5",
            "+3.25",
            "-1e-5",
            "-12%",
            "+44 7700 900123",
            "-",
            "2025-03-01",
            "a=b",
            "",
            "'quoted'",
        ] {
            assert_eq!(guard_formula(harmless), harmless);
        }
    }

    #[test]
    fn control_characters_are_written_out() {
        assert_eq!(
            escape_controls("a\u{1b}[31m\tb\n\u{9b}\r\u{7f}"),
            "a\\u{1B}[31m\tb\n\\u{9B}\\u{0D}\\u{7F}"
        );
    }
}
