//! Takes a protected address apart into the pieces that give it away: house and street, or a house's name, not the town.

use super::needle::words;

/// Words that end the name of a street.
const STREETS: &[&str] = &[
    "road",
    "street",
    "avenue",
    "lane",
    "close",
    "drive",
    "court",
    "crescent",
    "place",
    "gardens",
    "terrace",
    "square",
    "highway",
    "parade",
    "way",
    "walk",
    "grove",
    "hill",
    "mews",
    "row",
    "rise",
    "view",
    "green",
    "park",
    "house",
    "lodge",
    "circuit",
    "esplanade",
    "boulevard",
    "wharf",
];

/// Street names so common that without a number they give nothing away.
const COMMON: &[&str] = &[
    "high", "station", "church", "main", "park", "london", "victoria", "mill", "school", "the",
    "new", "green",
];

/// What stands in an address cell instead of an address.
const NO_ADDRESS: &[&str] = &[
    "nofixedabode",
    "nfa",
    "refuge",
    "confidential",
    "withheld",
    "unknown",
    "notknown",
    "undisclosed",
    "safeaddress",
    "protected",
    "restricted",
    "addresswithheld",
    "notdisclosed",
    "refugeaddresswithheld",
];

/// Shorter pieces are found inside other words.
const SHORTEST: usize = 6;

/// The squashed pieces of an address that are guarded.
pub fn guarded_parts(address: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let whole = words(address).concat();
    if NO_ADDRESS.contains(&whole.as_str()) {
        return pieces;
    }
    pieces.push(whole);
    let parts: Vec<Vec<String>> = address
        .split([',', ';', '\n', '\r'])
        .map(words)
        .filter(|part| !part.is_empty())
        .collect();
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| parts.get(before));
        pieces.extend(streets(part, before.and_then(|b| b.last())));
        let numbered = part.iter().any(|word| has_digit(word)) && part.len() > 1;
        if (at == 0 || numbered) && !is_flat(part) {
            pieces.push(part.concat());
        }
    }
    pieces.retain(|piece| piece.len() >= SHORTEST && !NO_ADDRESS.contains(&piece.as_str()));
    pieces.sort();
    pieces.dedup();
    pieces
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The streets named in a part of an address: the words before "Road" and the like, back to the house number.
fn streets(part: &[String], before: Option<&String>) -> Vec<String> {
    let mut found = Vec::new();
    for (at, word) in part.iter().enumerate() {
        if !STREETS.contains(&word.as_str()) {
            continue;
        }
        let start = part[..at]
            .iter()
            .rposition(|word| has_digit(word))
            .map_or(0, |number| number + 1);
        let name = &part[start..at];
        let number = match start.checked_sub(1) {
            Some(number) => part.get(number),
            None => before.filter(|word| has_digit(word)),
        };
        let is_common = name.is_empty() || name.iter().all(|word| COMMON.contains(&word.as_str()));
        match number {
            Some(number) if is_common => {
                found.push(format!("{number}{}{word}", name.concat()));
            }
            _ if is_common => {}
            _ => found.push(format!("{}{word}", name.concat())),
        }
    }
    found
}

/// "Flat 12", "Unit 3b": found in too many other addresses.
fn is_flat(part: &[String]) -> bool {
    let inside = [
        "flat",
        "unit",
        "room",
        "apartment",
        "apt",
        "floor",
        "level",
        "block",
        "no",
        "number",
    ];
    part.iter()
        .all(|word| has_digit(word) || inside.contains(&word.as_str()) || word.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_street_gives_it_away_and_the_town_does_not() {
        let table: [(&str, &[&str]); 6] = [
            (
                "12 Acorn Rd, Ambleton",
                &["12acornroad", "12acornroadambleton", "acornroad"],
            ),
            (
                "Flat 3, 8 High Street, Ambleton",
                &["8highstreet", "flat38highstreetambleton"],
            ),
            (
                "Rose Cottage, Ambleton",
                &["rosecottage", "rosecottageambleton"],
            ),
            (
                "Flat 12 Rose Court 4 Mill Lane Ambleton",
                &["4milllane", "flat12rosecourt4milllaneambleton", "rosecourt"],
            ),
            ("refuge", &[]),
            ("", &[]),
        ];
        for (address, pieces) in table {
            assert_eq!(guarded_parts(address), pieces, "{address}");
        }
    }
}
