//! Family names: spellings, double-barrelled and two-surname names, former and other names.

use super::{BLANK, Called, Found, Level, level};
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::people::forms::is_of_another_script;
use crate::people::names::{CLOSE as CLOSE_FROM, NEAR as NEAR_FROM, Name, Token, likeness};
use crate::people::prepare::Description;

/// The levels.
pub const LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("same but for accents, spacing or particles", Agree),
    level("one of several names", Agree),
    level("former or other name", Agree),
    level("nearly the same spelling", Close),
    level("close spelling", Close),
    level("sounds alike", Close),
    level("initial only", Close),
    level("swapped with the given name", Close),
    level("different", Differ),
];

/// The same as supplied, case aside.
pub const SAME: usize = 1;
/// The same after folding.
pub const FOLDED: usize = 2;
/// A part of a name of several parts.
pub const PART: usize = 3;
/// A former or other name.
pub const FORMER: usize = 4;
/// A letter apart.
pub const NEAR: usize = 5;
/// Close.
pub const CLOSE: usize = 6;
/// Alike by ear.
pub const SOUND: usize = 7;
/// An initial.
pub const INITIAL: usize = 8;
/// The two names are swapped: see the field for their order.
pub const SWAPPED: usize = 9;
/// Different.
pub const DIFFERENT: usize = 10;

/// Compares the family names.
pub fn compare(a: Called<'_>, b: Called<'_>) -> Found {
    if a.name.is_empty() || b.name.is_empty() {
        return Found::default();
    }
    if a.name.joined == b.name.joined {
        let level = if a.name.plain == b.name.plain {
            SAME
        } else {
            FOLDED
        };
        return Found {
            level,
            frequency: super::common(a.name, b.name),
        };
    }
    if let Some(token) = shared(&a.name.tokens, &b.name.tokens) {
        return Found {
            level: PART,
            frequency: token.frequency,
        };
    }
    if a.further.is_empty() && b.further.is_empty() {
        return Found::plain(by_spelling(a, b));
    }
    let all = |of: Called<'_>| -> Vec<Token> {
        let known = of.name.tokens.iter();
        known.chain(of.further).cloned().collect()
    };
    let (left, right) = (all(a), all(b));
    if let Some(token) = shared(&left, &right) {
        return Found {
            level: FORMER,
            frequency: token.frequency,
        };
    }
    Found::plain(by_spelling(a, b))
}

/// The rarest word that both have.
fn shared<'a>(a: &'a [Token], b: &[Token]) -> Option<&'a Token> {
    a.iter()
        .filter(|x| !x.is_initial() && b.iter().any(|y| x.text == y.text))
        .min_by(|x, y| {
            let share = |token: &Token| token.frequency.unwrap_or(0.0);
            share(x).total_cmp(&share(y))
        })
}

fn by_spelling(a: Called<'_>, b: Called<'_>) -> usize {
    let pairs = || {
        a.name
            .tokens
            .iter()
            .flat_map(|x| b.name.tokens.iter().map(move |y| (x, y)))
    };
    let alike = pairs()
        .map(|(x, y)| likeness(&x.text, &y.text, CLOSE_FROM))
        .fold(
            likeness(&a.name.joined, &b.name.joined, CLOSE_FROM),
            f64::max,
        );
    if alike >= NEAR_FROM {
        NEAR
    } else if alike >= CLOSE_FROM {
        CLOSE
    } else if pairs().any(|(x, y)| x.sounds_like(y) || x.is_variant_of(y)) {
        SOUND
    } else if pairs().any(|(x, y)| x.shares_initial_with(y)) {
        INITIAL
    } else {
        DIFFERENT
    }
}

/// Compares the family names of two descriptions: as [`compare`] does, and with particles closed up (de la Cruz, Delacruz) or
/// written in another script.
pub fn in_full(a: &Description, b: &Description) -> Found {
    let found = compare(a.surnamed(), b.surnamed());
    if matches!(found.level, 0 | SAME | FOLDED) {
        return found;
    }
    let (x, y) = (&a.family, &b.family);
    if x.whole == y.whole {
        return Found {
            level: FOLDED,
            frequency: super::common(x, y),
        };
    }
    let level = if a.family_form == b.family_form {
        let is_foreign = is_of_another_script(&x.plain) || is_of_another_script(&y.plain);
        if is_foreign { FOLDED } else { NEAR }
    } else {
        by_whole_spelling(x, y)
    };
    if level < found.level {
        Found::plain(level)
    } else {
        found
    }
}

/// The spelling where one side may have closed up a particle that was left out of the other.
fn by_whole_spelling(x: &Name, y: &Name) -> usize {
    if x.shared.is_empty() == y.shared.is_empty() {
        return DIFFERENT;
    }
    let alike = likeness(&x.whole, &y.whole, CLOSE_FROM);
    if alike >= NEAR_FROM {
        NEAR
    } else if alike >= CLOSE_FROM {
        CLOSE
    } else {
        DIFFERENT
    }
}
