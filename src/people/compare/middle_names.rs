//! Middle names, where the first names agree: two children called Mohammed are told apart by Ali and Umar.

use super::{BLANK, Level, given_name, level};
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::forenames::{Forenames, are_alike};
use crate::people::names::{CLOSE, Token, likeness};

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same as far as given", Close),
    level("different", Differ),
];

/// All of them the same, or variants.
pub const SAME: usize = 1;
/// One side has more of them, or initials.
pub const PARTLY: usize = 2;
/// At least one of the side that has fewer is none of the other's.
pub const DIFFERENT: usize = 3;

/// Compares the middle names, where a column has any; `given` is the level of the given names.
///
/// Where both write all names in one cell, the given name has been compared with them.
pub fn compare(a: &Forenames, b: &Forenames, given: usize) -> usize {
    if (a.has_middle || b.has_middle) && given < given_name::SWAPPED {
        level_of(a, b)
    } else {
        0
    }
}

/// Whether two who are called alike have different names after the first, whichever column these stand in.
pub fn are_different(a: &Forenames, b: &Forenames) -> bool {
    level_of(a, b) == DIFFERENT
}

fn level_of(a: &Forenames, b: &Forenames) -> usize {
    let (x, y) = (a.further(), b.further());
    if x.is_empty() || y.is_empty() || !a.begin_alike(b) {
        return 0;
    }
    if a.whole == b.whole {
        return SAME;
    }
    let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let is_there = |word: &Token| many.iter().any(|other| are_alike(word, other));
    if !few.iter().all(is_there) && !are_spelled_alike(x, y) {
        return DIFFERENT;
    }
    let in_full = |list: &[Token]| list.iter().all(|word| !word.is_initial());
    if x.len() == y.len() && in_full(x) && in_full(y) {
        SAME
    } else {
        PARTLY
    }
}

/// Whether the words are alike when their spaces are taken out.
fn are_spelled_alike(x: &[Token], y: &[Token]) -> bool {
    let joined =
        |list: &[Token]| -> String { list.iter().map(|word| word.text.as_str()).collect() };
    likeness(&joined(x), &joined(y), CLOSE) >= CLOSE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn middle_names_agree_differ_or_are_blank() {
        for (a, b, found) in [
            ("Jack|Paul", "Jack|Paul", SAME),
            ("Jack|Paul", "Jack|Peter", DIFFERENT),
            ("Jack|Paul", "Jack|", 0),
            ("Jack|Paul", "Jack|P", PARTLY),
            ("Jack|Paul Leo", "Jack|Paul", PARTLY),
            ("Jack|Paul Leo", "Jack|Paul Max", DIFFERENT),
            ("Jack|Paul", "Jack Paul|", SAME),
            ("Jack|Paul", "Jack Peter|", DIFFERENT),
            ("Jack|Anne Marie", "Jack|Annemarie", SAME),
            ("Mohammed|Umar", "Muhammad|Omar", SAME),
            ("Jack|Paul", "Paul|Jack", 0),
            ("Jack Paul|", "Jack Paul|", 0),
        ] {
            let read = |text: &str| {
                let (given, middle) = text.split_once('|').unwrap();
                Forenames::read(given, middle)
            };
            let (x, y) = (read(a), read(b));
            assert_eq!(compare(&x, &y, given_name::SAME), found, "{a} {b}");
            assert_eq!(compare(&y, &x, given_name::SAME), found, "{b} {a}");
        }
    }
}
