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

/// The parts of a name in a cell that says who told it; empty when it only describes them.
pub fn name_in(cell: &str) -> Vec<String> {
    let outside: String = cell
        .split(['(', '['])
        .enumerate()
        .map(|(at, piece)| match (at, piece.split_once([')', ']'])) {
            (0, _) => piece,
            (_, Some((_, after))) => after,
            (_, None) => "",
        })
        .collect::<Vec<_>>()
        .join(" ");
    let pieces: Vec<&str> = outside
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|' | '&'))
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_capital = |piece: &&&str| piece.chars().next().is_some_and(char::is_uppercase);
    let capitals: Vec<&str> = pieces.iter().filter(is_capital).copied().collect();
    // written small throughout it may still be a name, unless it is a sentence
    let named = match (capitals.is_empty(), pieces.len() <= 3) {
        (false, _) => capitals,
        (true, true) => pieces,
        (true, false) => Vec::new(),
    };
    named
        .into_iter()
        .flat_map(words)
        .filter(|word| is_name(word))
        .collect()
}

/// The parts of a name of a people row: all of them, since the row says that this is somebody's name.
pub fn name_of_record(name: &str) -> Vec<String> {
    words(name)
        .into_iter()
        .filter(|word| is_name(word))
        .collect()
}

fn is_name(word: &str) -> bool {
    word.len() > 1 && !NO_NAMES.contains(&word) && !word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The spellings of the whole name: in order, family name first, and without the names in the middle.
pub fn whole_names(name: &[String]) -> Vec<String> {
    let (Some(first), Some(last)) = (name.first(), name.last()) else {
        return Vec::new();
    };
    if name.len() < 2 {
        return Vec::new();
    }
    let mut whole = vec![
        name.concat(),
        format!("{first}{last}"),
        format!("{last}{first}"),
    ];
    whole.retain(|name| name.len() >= 5);
    whole.sort();
    whole.dedup();
    whole
}

/// The parts that may give somebody away by themselves. "June" and "will" do not: they are in any text.
pub fn parts(name: &[String]) -> impl Iterator<Item = &str> {
    name.iter()
        .map(String::as_str)
        .filter(|part| part.len() >= SHORTEST_PART && !WORDS_TOO.contains(part))
}
