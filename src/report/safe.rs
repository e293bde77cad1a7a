//! Makes text from outside safe for a terminal: the one border that everything shown there passes, screen and stderr alike.
//!
//! A file may hold characters that a terminal takes as commands, that turn the reading order round, or that cannot be
//! seen. They are shown by their number and kept unchanged in the data.

use std::borrow::Cow;
use std::fmt::Write;

/// Makes `text` safe to print: what would command, reorder or hide is shown as `⟨U+202E⟩`. Line feeds and tabs stay.
///
/// A carriage return before a line feed is dropped, since it only ends the line. Joiners stay between letters of scripts
/// that cannot be written without them.
pub fn terminal_safe(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|b| (0x20..0x7f).contains(&b) || b == b'\n')
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '\r' if next == Some('\n') => {}
            '\u{200c}' | '\u{200d}' if joins(before) && joins(next) => out.push(c),
            '\u{fe0e}' | '\u{fe0f}' if before.is_some_and(|b: char| !is_hidden(b)) => out.push(c),
            _ if is_hidden(c) => show(&mut out, c),
            _ => out.push(c),
        }
        before = Some(c);
    }
    Cow::Owned(out)
}

/// As [`terminal_safe`], and on one line: line breaks and tabs become single spaces.
pub fn terminal_safe_line(text: &str) -> String {
    terminal_safe(text).replace(['\n', '\t'], " ")
}

/// Writes the number of a character in place of it.
fn show(out: &mut String, c: char) {
    // writing to a String cannot fail
    let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
}

/// Whether a character commands the terminal, changes the order of others, or takes no room. Unicode 16, general
/// categories Cc and Cf, the line separators, fillers that look like nothing, and variation selectors.
fn is_hidden(c: char) -> bool {
    if c == '\n' || c == '\t' {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
            | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character belongs to a script whose letters change when joined or kept apart: Arabic, Syriac, N'Ko, Thaana
/// and Mongolian, and the scripts of India, Sri Lanka, Tibet, Myanmar and Cambodia.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        c.is_alphabetic()
            && matches!(c, '\u{620}'..='\u{8ff}' | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
            || matches!(c, '\u{900}'..='\u{dff}' | '\u{f40}'..='\u{fbc}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}')
                && !is_hidden(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_commands_reorders_or_hides_is_shown_by_its_number() {
        for (raw, shown) in [
            ("plain, 12% £", "plain, 12% £"),
            ("\u{1b}[2J", "⟨U+001B⟩[2J"),
            ("\u{1b}]52;c;aGk=\u{7}", "⟨U+001B⟩]52;c;aGk=⟨U+0007⟩"),
            ("a\u{7f}b\u{9b}31m", "a⟨U+007F⟩b⟨U+009B⟩31m"),
            ("over\rwritten", "over⟨U+000D⟩written"),
            ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
            ("x\u{202e}gpj.exe", "x⟨U+202E⟩gpj.exe"),
            ("a\u{200b}b\u{feff}", "a⟨U+200B⟩b⟨U+FEFF⟩"),
            ("tag\u{e0041}", "tag⟨U+E0041⟩"),
            ("Zo\u{308}e, Łukasz, 李", "Zo\u{308}e, Łukasz, 李"),
        ] {
            assert_eq!(terminal_safe(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn joiners_stay_only_between_letters_that_need_them() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(terminal_safe(persian), persian);
        let sinhala = "ශ්\u{200d}රී";
        assert_eq!(terminal_safe(sinhala), sinhala);
        assert_eq!(terminal_safe("A\u{200d}nn"), "A⟨U+200D⟩nn");
        assert_eq!(terminal_safe("ی\u{200c}"), "ی⟨U+200C⟩", "nothing follows");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(terminal_safe_line("a\r\nb\tc"), "a b c");
    }

    proptest! {
        #[test]
        fn nothing_that_commands_is_left(text in any::<String>()) {
            let safe = terminal_safe(&text);
            prop_assert!(!safe.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            let turns = |c: &char| matches!(u32::from(*c), 0x202a..=0x202e | 0x2066..=0x2069);
            prop_assert!(!safe.chars().any(|c| turns(&c)));
        }

        #[test]
        fn safe_text_stays_as_it_is(text in "[ -~à-ž一-龯]{0,40}") {
            let safe = terminal_safe(&text);
            prop_assert_eq!(safe.as_ref(), text.as_str());
        }
    }
}
