//! Values of changing things (slots): when two of them say the same.

use std::collections::BTreeSet;

/// Words before a number that only say what kind of dwelling it is.
const DWELLINGS: [&str; 6] = ["unit", "flat", "apartment", "apt", "no", "number"];

/// Whether two values of a slot say the same, one perhaps in more detail: "14 Hollow Ln" and "14 Hollow Lane, Astermere",
/// "Unit 5, 18 River St" and "5/18 River Street", "Lee Garrity" and "Lee Anthony GARRITY".
///
/// All words of one must be in the other, and its numbers in the same order: 5/18 is another door than 18/5.
pub fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let (less, more) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let all: BTreeSet<&String> = more.iter().collect();
    let mut numbers = more.iter().filter(|word| is_number(word));
    less.is_empty() == more.is_empty()
        && less.iter().all(|word| all.contains(word))
        && less
            .iter()
            .filter(|word| is_number(word))
            .all(|number| numbers.any(|of| of == number))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// The words of a value, lower case, the usual short forms of street names written out.
fn words(value: &str) -> Vec<String> {
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !DWELLINGS.contains(word));
    words.map(|word| spelled_out(word).to_owned()).collect()
}

/// Writes out the usual short forms of street names; every other word stays as it is.
pub fn spelled_out(word: &str) -> &str {
    match word {
        "rd" => "road",
        "st" => "street",
        "ave" | "av" => "avenue",
        "ln" => "lane",
        "cl" => "close",
        "dr" => "drive",
        "ct" | "crt" => "court",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_alike_when_one_says_the_other_in_more_detail() {
        let table = [
            ("14 Hollow Ln", "14 Hollow Lane, Astermere, XW3 4HL", true),
            (
                "Unit 5, 18 River St, 2999",
                "5/18 River Street NSW, 2999",
                true,
            ),
            ("Lee Garrity", "Lee Anthony GARRITY", true),
            ("5/18 River Street", "18/5 River Street", false),
            ("14 Hollow Lane", "16 Hollow Lane", false),
            ("none", "Lee Garrity", false),
            ("", "14 Hollow Lane", false),
        ];
        for (one, other, alike) in table {
            assert_eq!(is_alike(one, other), alike, "{one} / {other}");
            assert_eq!(is_alike(other, one), alike, "{other} / {one}");
        }
    }
}
