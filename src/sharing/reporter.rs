//! Tells the name of a reporter in a cell from a description: "June Harrow (neighbour)" names somebody, "a neighbour" does not.

use super::needle::words;

/// Titles, relations, roles and small words that are no part of a name.
const NO_NAMES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "drive",
    "rev",
    "sir",
    "pc",
    "dc",
    "ds",
    "sgt",
    "const",
    "constable",
    "sergeant",
    "inspector",
    "officer",
    "nurse",
    "sister",
    "brother",
    "mother",
    "father",
    "mum",
    "mom",
    "dad",
    "parent",
    "parents",
    "carer",
    "child",
    "son",
    "daughter",
    "grandmother",
    "grandfather",
    "grandparent",
    "grandma",
    "nan",
    "gran",
    "granny",
    "grandad",
    "aunt",
    "auntie",
    "uncle",
    "cousin",
    "niece",
    "nephew",
    "relative",
    "relatives",
    "family",
    "friend",
    "friends",
    "neighbour",
    "neighbor",
    "neighbours",
    "member",
    "public",
    "person",
    "somebody",
    "someone",
    "caller",
    "anonymous",
    "anon",
    "unknown",
    "reporter",
    "referrer",
    "informant",
    "witness",
    "partner",
    "husband",
    "wife",
    "maternal",
    "paternal",
    "school",
    "teacher",
    "head",
    "headteacher",
    "nursery",
    "police",
    "health",
    "visitor",
    "midwife",
    "doctor",
    "gp",
    "hospital",
    "social",
    "worker",
    "housing",
    "landlord",
    "staff",
    "professional",
    "social-worker",
    "the",
    "and",
    "for",
    "who",
    "from",
    "with",
    "her",
    "his",
    "their",
    "another",
    "other",
    "foster",
    "step",
    "not",
    "known",
    "recorded",
    "flat",
    "house",
    "number",
    "next",
    "door",
    "lead",
    "safeguarding",
    "service",
    "team",
    "manager",
    "support",
    "local",
    "key",
    "street",
    "road",
];

/// Names that are everyday words too: guarded only as part of a whole name.
const WORDS_TOO: &[&str] = &[
    "april", "may", "june", "august", "will", "mark", "grace", "hope", "joy", "faith", "bill",
    "sue", "pat", "rose", "art", "rob", "dawn", "summer", "young", "long", "day", "short", "good",
    "best",
];

/// Shorter words are guarded only as part of a whole name.
const SHORTEST_PART: usize = 3;

/// Shorter whole names are found inside other words.
const SHORTEST_WHOLE: usize = 5;

/// Somebody's name, folded, in parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Name {
    /// Its parts in order; empty when nobody is named.
    pub parts: Vec<String>,
    /// Whether it is plainly a name. "ward clerk" may be one: it is guarded as a whole only.
    pub is_plain: bool,
}

impl Name {
    fn of(parts: impl IntoIterator<Item = String>, is_plain: bool) -> Self {
        let parts = parts.into_iter().filter(|word| is_name(word)).collect();
        Self { parts, is_plain }
    }

    /// The name in a cell that says who told it; empty when the cell only describes them.
    pub fn in_cell(cell: &str) -> Self {
        let outside = without_brackets(cell);
        let pieces: Vec<&str> = outside
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '&'))
            .filter(|piece| !piece.is_empty())
            .collect();
        let is_capital = |piece: &&&str| piece.chars().next().is_some_and(char::is_uppercase);
        let capitals: Vec<&str> = pieces.iter().filter(is_capital).copied().collect();
        if !capitals.is_empty() {
            Self::of(capitals.into_iter().flat_map(words), true)
        } else if pieces.len() <= 3 {
            // written small throughout it may still be a name, unless it is a sentence
            Self::of(pieces.into_iter().flat_map(words), false)
        } else {
            Self::default()
        }
    }

    /// The name of a people row: the row says that this is somebody's name.
    pub fn of_record(name: &str) -> Self {
        Self::of(words(name), true)
    }

    /// The spellings of the whole name: in order, family name first, and without the names in the middle.
    pub fn whole(&self) -> Vec<String> {
        let [first, .., last] = self.parts.as_slice() else {
            return Vec::new();
        };
        let mut whole = vec![
            self.parts.concat(),
            format!("{first}{last}"),
            format!("{last}{first}"),
        ];
        whole.retain(|name| name.len() >= SHORTEST_WHOLE);
        whole.sort();
        whole.dedup();
        whole
    }

    /// The parts that may give somebody away by themselves. "June" and "will" do not: they are in any text.
    pub fn guarded_parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str).filter(|part| {
            self.is_plain && part.len() >= SHORTEST_PART && !WORDS_TOO.contains(part)
        })
    }
}

/// A cell without what stands in brackets: "(neighbour)".
fn without_brackets(cell: &str) -> String {
    let mut pieces = cell.split(['(', '[']);
    let first = pieces.next().unwrap_or_default();
    let after = pieces.filter_map(|piece| piece.split_once([')', ']']).map(|(_, after)| after));
    std::iter::once(first)
        .chain(after)
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_name(word: &str) -> bool {
    word.len() > 1 && !NO_NAMES.contains(&word) && !word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_a_description() {
        let table: [(&str, &[&str]); 10] = [
            ("June Harrow (neighbour)", &["june", "harrow"]),
            ("Mrs Harrow, next door", &["harrow"]),
            ("neighbour", &[]),
            ("A neighbour who heard shouting", &[]),
            ("NEIGHBOUR", &[]),
            ("june harrow", &["june", "harrow"]),
            ("Maternal grandmother", &[]),
            ("anonymous", &[]),
            ("PC Dale 4471", &["dale"]),
            ("", &[]),
        ];
        for (cell, name) in table {
            assert_eq!(Name::in_cell(cell).parts, name, "{cell}");
        }
    }

    #[test]
    fn everyday_words_are_guarded_only_in_whole_names() {
        let name = Name::in_cell("Will Harrow");
        assert_eq!(name.guarded_parts().collect::<Vec<_>>(), ["harrow"]);
        assert_eq!(name.whole(), ["harrowwill", "willharrow"]);
        let clerk = Name::in_cell("ward clerk");
        assert_eq!(clerk.guarded_parts().count(), 0);
        assert_eq!(clerk.whole(), ["clerkward", "wardclerk"]);
    }
}
