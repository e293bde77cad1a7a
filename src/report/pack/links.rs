//! Links inside a pack: from the number of a line or of a check to where it stands.

use maud::{Markup, html};

use super::document::{Block, Document};

/// What can be linked to. Text that only looks like a number of a line leads to a line or nowhere, and never out of the page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Links {
    /// How many lines the chronology has.
    lines: usize,
    /// How many checks there are.
    checks: usize,
}

impl Links {
    /// Finds what a pack holds.
    pub fn of(document: &Document) -> Self {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let mut links = Self::default();
        for block in blocks {
            if let Block::Table(grid) = block {
                match grid.name {
                    "chronology" => links.lines += grid.rows.len(),
                    "flags" => links.checks += grid.rows.len(),
                    _ => {}
                }
            }
        }
        links
    }

    /// Text of one line that is safe to show, with its numbers of lines and checks as links.
    pub fn put(self, text: &str) -> Markup {
        let mut is_lines = false;
        html! {
            @for (at, word) in text.split(' ').enumerate() {
                @if at > 0 { " " }
                @let (before, number, after) = parts(word);
                @let is_check = before.ends_with('F') && !number.is_empty();
                @let target = self.target(is_check, is_lines, number);
                @if let Some(target) = target {
                    @let name = if is_check { "F" } else { "" };
                    (before.strip_suffix(name).unwrap_or(before)) a href=(format!("#{target}")) { (name) (number) } (after)
                } @else { (word) }
                ({ is_lines = goes_on(word, number, after, is_lines); "" })
            }
        }
    }

    fn target(self, is_check: bool, is_lines: bool, number: &str) -> Option<String> {
        let at: usize = number.parse().ok()?;
        let is_there = |count: usize| (1..=count).contains(&at);
        if is_check {
            is_there(self.checks).then(|| format!("check-{at}"))
        } else {
            (is_lines && is_there(self.lines)).then(|| format!("line-{at}"))
        }
    }
}

/// A word as what stands before its first digits, these, and what follows them.
fn parts(word: &str) -> (&str, &str, &str) {
    let start = word
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(word.len());
    let (before, rest) = word.split_at(start);
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    (before, number, after)
}

/// Whether a number that follows this word is one of a line: after "lines", and in "lines 4, 9 to 12" to the end.
fn goes_on(word: &str, number: &str, after: &str, was: bool) -> bool {
    let bare = word.trim_start_matches('(').to_ascii_lowercase();
    match bare.as_str() {
        "line" | "lines" => true,
        "to" => was,
        _ => was && !number.is_empty() && matches!(after, "" | ","),
    }
}

#[cfg(test)]
mod tests {
    use super::Links;

    #[test]
    fn numbers_of_lines_and_checks_lead_to_them_and_others_nowhere() {
        let links = Links {
            lines: 12,
            checks: 3,
        };
        for (text, linked) in [
            (
                "(Lines 4, 9 to 12) 7",
                r##"(Lines <a href="#line-4">4</a>, <a href="#line-9">9</a> to <a href="#line-12">12</a>) 7"##,
            ),
            (
                "check F1, F3; F4",
                r##"check <a href="#check-1">F1</a>, <a href="#check-3">F3</a>; F4"##,
            ),
            (
                "F2: line 13 <b>",
                r##"<a href="#check-2">F2</a>: line 13 &lt;b&gt;"##,
            ),
            (
                "Flat 3, F99999999999999999999",
                "Flat 3, F99999999999999999999",
            ),
        ] {
            assert_eq!(links.put(text).into_string(), linked);
        }
    }
}
