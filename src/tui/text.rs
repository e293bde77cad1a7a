//! Turns text into what is drawn: the only way from foreign text to the screen.
//!
//! Every span that a screen draws is made here, so nothing raw reaches the terminal. Widths are in columns.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::model::phrase::Coded;
use crate::model::words::Told;
use crate::report::safe::{terminal_safe, terminal_safe_line};

/// Makes foreign text safe, on one line.
pub fn safe(text: &str) -> String {
    terminal_safe_line(text)
}

/// A span of safe text.
pub fn span(text: &str, style: Style) -> Span<'static> {
    Span::styled(safe(text), style)
}

/// A line of one span.
pub fn line(text: &str, style: Style) -> Line<'static> {
    Line::from(span(text, style))
}

/// Cuts text to `width` columns, with `…` where something is left out. Reads no further than it must: a cell may hold a
/// megabyte, and this runs for every row of every frame.
pub fn fit(text: &str, width: usize) -> String {
    let enough = text
        .char_indices()
        .nth(width.saturating_mul(4) + 8)
        .map_or(text.len(), |(at, _)| at);
    let is_cut = enough < text.len();
    let safe = safe(text.get(..enough).unwrap_or(text));
    if !is_cut && safe.width() <= width {
        return safe;
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in safe.graphemes(true) {
        let next = used + cluster.width();
        if next + 1 > width {
            break;
        }
        out.push_str(cluster);
        used = next;
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// Cuts or fills text with spaces to exactly `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let mut out = fit(text, width);
    let used = out.width();
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    out
}

/// As [`pad`], with the text at the right end.
pub fn pad_left(text: &str, width: usize) -> String {
    let out = fit(text, width);
    let used = out.width();
    format!("{}{out}", " ".repeat(width.saturating_sub(used)))
}

/// Breaks text into lines of at most `width` columns, at spaces where there are some; line breaks of the text are kept.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let safe = terminal_safe(text).replace('\t', " ");
    let mut lines = Vec::new();
    for paragraph in safe.split('\n') {
        let mut current = String::new();
        let mut used = 0;
        for word in paragraph.split_inclusive(' ') {
            let bare = word.trim_end().width();
            if used > 0 && used + bare > width {
                lines.push(std::mem::take(&mut current).trim_end().to_owned());
                used = 0;
            }
            for cluster in word.graphemes(true) {
                let w = cluster.width();
                if used + w > width && cluster != " " {
                    lines.push(std::mem::take(&mut current));
                    used = 0;
                }
                current.push_str(cluster);
                used += w;
            }
        }
        lines.push(current.trim_end().to_owned());
    }
    lines
}

/// Puts phrases beside each other, three columns apart, into lines of at most `width` columns; none is broken that fits into one.
pub fn in_lines(phrases: impl IntoIterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for phrase in phrases {
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(&phrase) <= width => {
                line.push_str("   ");
                line.push_str(&phrase);
            }
            _ => lines.extend(wrap(&phrase, width)),
        }
    }
    lines
}

/// Whether the family knows, in words that are read without the list of codes.
pub fn told(told: &Coded<Told>) -> String {
    match told.known() {
        Some(Told::Unsafe) => "no, since telling would not be safe".to_owned(),
        Some(Told::NotYet) => "no, not yet".to_owned(),
        Some(Told::Unrecorded) => "no, or not recorded".to_owned(),
        Some(Told::Yes | Told::NotApplicable) | None => told.text().to_owned(),
    }
}

/// How many columns safe text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sign_and_its_words_stay_together() {
        let phrases = ["s supplied", "a answered", "w kept back"].map(str::to_owned);
        for (width, lines) in [
            (80, vec!["s supplied   a answered   w kept back"]),
            (24, vec!["s supplied   a answered", "w kept back"]),
            (22, vec!["s supplied", "a answered", "w kept back"]),
        ] {
            assert_eq!(in_lines(phrases.clone(), width), lines, "{width}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        for (text, width, shown) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("李李", 3, "李…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(fit(text, width), shown);
        }
        assert_eq!(pad("ab", 4), "ab  ");
        assert_eq!(pad_left("7", 3), "  7");
    }

    #[test]
    fn long_text_is_broken_at_spaces() {
        assert_eq!(wrap("one two three\nfour", 8), ["one two", "three", "four"]);
        assert_eq!(wrap("abcdefghijkl", 8), ["abcdefgh", "ijkl"]);
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_asked(text in any::<String>(), width in 8usize..60) {
            prop_assert!(fit(&text, width).width() <= width);
            for line in wrap(&text, width) {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }
}
