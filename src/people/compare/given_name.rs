//! Given names: the name somebody is called by, its variants and spellings, and further given names.

use super::{BLANK, Called, Found, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::forenames::are_alike;
use crate::people::names::{
    CLOSE as CLOSE_FROM, NEAR as NEAR_FROM, Token, is_shared_first, likeness,
};
use crate::people::prepare::Description;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same but for accents or spacing", Agree),
    level("same first name", Agree),
    level("known variant", Agree),
    level("nearly the same spelling", Close),
    level("close spelling", Close),
    level("sounds alike", Close),
    level("one of several names", Close),
    level("initial only", Close),
    level("swapped with the family name", Close),
    level("different", Differ),
    level("different, one spelled like few others", Differ),
];

/// The same as supplied, case aside.
pub const SAME: usize = 1;
/// The same after folding.
pub const FOLDED: usize = 2;
/// The name called by is the same, one side has more names.
pub const SAME_FIRST: usize = 3;
/// Known variants of one name.
pub const VARIANT: usize = 4;
/// A letter apart.
pub const NEAR: usize = 5;
/// Close.
pub const CLOSE: usize = 6;
/// Alike by ear.
pub const SOUND: usize = 7;
/// A name of one is a further name of the other.
pub const ONE_OF: usize = 8;
/// An initial.
pub const INITIAL: usize = 9;
/// The two names are swapped: see the field for their order.
pub const SWAPPED: usize = 10;
/// Different.
pub const DIFFERENT: usize = 11;
/// Different, and one of the two is so rare that it may be a slip; told only where names can be counted.
pub const DIFFERENT_ODD: usize = 12;

/// Compares the given names.
pub fn compare(a: Called<'_>, b: Called<'_>) -> Found {
    let (Some(head_a), Some(head_b)) = (a.name.head(), b.name.head()) else {
        return Found::default();
    };
    if a.name.joined == b.name.joined {
        let found = if a.name.plain == b.name.plain {
            SAME
        } else {
            FOLDED
        };
        return Found {
            level: found,
            frequency: super::common(a.name, b.name),
        };
    }
    if head_a.is_initial() || head_b.is_initial() {
        let fits = head_a.shares_initial_with(head_b);
        return Found::plain(if fits { INITIAL } else { DIFFERENT });
    }
    if head_a.text == head_b.text {
        // "Anna Maria" and "Anna Sofia" are two girls more often than "Anna Maria" and "Anna"
        let both_have_more = a.name.tokens.len() > 1 && b.name.tokens.len() > 1;
        let level = if both_have_more { ONE_OF } else { SAME_FIRST };
        return Found {
            level,
            frequency: head_a.frequency,
        };
    }
    Found::plain(by_spelling(a, b, head_a, head_b))
}

fn by_spelling(a: Called<'_>, b: Called<'_>, head_a: &Token, head_b: &Token) -> usize {
    if head_a.is_variant_of(head_b) {
        return VARIANT;
    }
    let alike = likeness(&head_a.text, &head_b.text, CLOSE_FROM).max(likeness(
        &a.name.joined,
        &b.name.joined,
        CLOSE_FROM,
    ));
    if alike >= NEAR_FROM {
        NEAR
    } else if one_of(head_a, b) || one_of(head_b, a) {
        ONE_OF
    } else if alike >= CLOSE_FROM {
        CLOSE
    } else if head_a.sounds_like(head_b) {
        SOUND
    } else {
        DIFFERENT
    }
}

/// Whether the name called by is among the further names of the other.
fn one_of(head: &Token, other: Called<'_>) -> bool {
    let rest = other.name.tokens.iter().skip(1);
    rest.chain(&other.name.shared)
        .chain(other.further)
        .any(|token| is_the_name(head, token))
}

/// Whether a further name is the name called by, or a variant of it.
pub fn is_the_name(head: &Token, further: &Token) -> bool {
    further.text == head.text || (!further.is_initial() && further.is_variant_of(head))
}

/// Compares the given names of two descriptions: as [`compare`] does, and however names are spaced, cut into given and middle
/// names, or written in another script.
pub fn in_full(a: &Description, b: &Description) -> Found {
    let found = compare(a.called(), b.called());
    if matches!(found.level, 0 | SAME | FOLDED) {
        return found;
    }
    if a.forenames.whole == b.forenames.whole {
        return Found {
            level: FOLDED,
            frequency: super::common(&a.given, &b.given),
        };
    }
    match a.forenames.is_one_form(&b.forenames) {
        Some(true) => Found::plain(FOLDED),
        Some(false) if found.level > NEAR => Found::plain(NEAR),
        _ => found,
    }
}

/// Whether forenames are different: over all given names of both neither a known variant, nor a spelling step or another way
/// of writing it, nor an initial of the other, nor the first words of the other. Names that brothers share say nothing beside
/// others. Names of which one side has none are not different.
pub fn are_different(a: &Description, b: &Description) -> bool {
    let (x, y) = (&a.forenames, &b.forenames);
    let have_own = x.own().next().is_some() && y.own().next().is_some();
    let shared_alone = |of: &Description| {
        let mut words = of.given.tokens.iter();
        have_own && words.all(|word| is_shared_first(&word.text))
    };
    let is_one = x.whole == y.whole
        || x.is_start(y)
        || (!(shared_alone(a) && shared_alone(b))
            && (x.is_one_form(y).is_some()
                || likeness(&a.given.joined, &b.given.joined, CLOSE_FROM) >= CLOSE_FROM));
    if a.given.is_empty() || b.given.is_empty() || is_one {
        return false;
    }
    let all = |of: &'_ Description| -> Vec<Token> {
        let words = of.forenames.words.iter();
        let words = words.filter(|word| !have_own || !is_shared_first(&word.text));
        words.chain(&of.further_given).cloned().collect()
    };
    let (left, right) = (all(a), all(b));
    !left.iter().any(|x| right.iter().any(|y| are_alike(x, y)))
}
