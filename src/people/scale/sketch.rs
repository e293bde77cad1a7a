//! A name in a few words of memory: enough to tell most pairs of names that they are different, without spelling them out.

use super::values::key;
use crate::people::names::{Name, Token};

/// Names at least so alike may sound alike, and are compared in full; a slip may leave names a little less alike.
const SOUNDING: f32 = 0.699;
const A_LITTLE: f32 = 0.649;
/// A little less alike than what is spelled nearly the same.
const NEARLY: f32 = 0.939;

/// What is told of a name at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sketch {
    /// The sets of variants of the word it is known by.
    variants: [u32; 2],
    /// A bit a letter, as far as 32 bits go.
    letters: u32,
    /// The first four letters.
    start: [u8; 4],
    length: u8,
    /// Which bit of [`Marks`] stands for the word it is known by.
    mark: u8,
    /// It is one word, no initial, and nothing was left out of it.
    is_plain: bool,
}

impl Sketch {
    /// Sketches a name.
    pub fn of(name: &Name) -> Self {
        let bytes = name.joined.as_bytes();
        let mut start = [0; 4];
        for (to, from) in start.iter_mut().zip(bytes) {
            *to = *from;
        }
        let is_plain = name.tokens.len() == 1
            && name.shared.is_empty()
            && bytes.len() > 1
            && bytes.len() < 250
            && name.head().is_some_and(|head| head.text == name.joined);
        Self {
            variants: name.head().map_or([0; 2], variants),
            mark: name.head().map_or(0, mark),
            letters: bytes.iter().fold(0, |set, byte| set | 1 << (byte & 31)),
            start,
            length: bytes.len().min(255) as u8,
            is_plain,
        }
    }

    /// Whether the two are surely different names: no variants of each other, and too few letters in common to be spelled or to
    /// sound alike. Where one `may_be_slip`, they are not even a little alike.
    pub fn is_other(&self, other: &Self, may_be_slip: impl FnOnce() -> bool) -> bool {
        if !self.is_plain || !other.is_plain || self.may_be_variant(other) {
            return false;
        }
        let most = self.most_alike(other);
        most < A_LITTLE || (most < SOUNDING && !may_be_slip())
    }

    /// Whether the two are surely not spelled nearly the same, and no variants of each other.
    pub fn is_far(&self, other: &Self) -> bool {
        self.is_plain
            && other.is_plain
            && !self.may_be_variant(other)
            && (self.is_another_short_one(other) || self.most_alike(other) < NEARLY)
    }

    /// Whether two names of ten letters at most begin differently, and each has a letter that the other lacks: Jaro-Winkler is
    /// (9/10 + 9/10 + 1) / 3 at most then, below [`NEARLY`].
    fn is_another_short_one(&self, other: &Self) -> bool {
        self.start[0] != other.start[0]
            && self.length.max(other.length) <= 10
            && self.letters & !other.letters != 0
            && other.letters & !self.letters != 0
    }

    fn may_be_variant(&self, other: &Self) -> bool {
        let ([a, b], [x, y]) = (self.variants, other.variants);
        (a & x) | (b & y) != 0
    }

    /// What marks the word it is known by.
    pub fn marks(&self) -> Marks {
        let [low, high] = self.variants;
        Marks {
            text: 1 << self.mark,
            variants: low | high,
        }
    }

    /// What Jaro-Winkler can be at most, by the letters that only one of the two has.
    fn most_alike(&self, other: &Self) -> f32 {
        let (a, b) = (u32::from(self.length), u32::from(other.length));
        let left = a - (self.letters & !other.letters).count_ones().min(a);
        let right = b - (other.letters & !self.letters).count_ones().min(b);
        let met = left.min(right) as f32;
        let jaro = (met / a as f32 + met / b as f32 + 1.0) / 3.0;
        let off = u32::from_le_bytes(self.start) ^ u32::from_le_bytes(other.start);
        let prefix = off.trailing_zeros() / 8;
        jaro + prefix as f32 * 0.1 * (1.0 - jaro).max(0.0)
    }
}

/// The sets of variants of a word, a bit each.
fn variants(token: &Token) -> [u32; 2] {
    let sets = token.variants.iter();
    let all = sets.fold(0_u64, |all, set| all | 1 << (set & 63));
    [all as u32, (all >> 32) as u32]
}

/// The number of a word's bit.
fn mark(token: &Token) -> u8 {
    (key(&token.text) & 31) as u8
}

/// A bit or a few that stand for a word and for the sets of variants it belongs to. Words that have no mark in common are no
/// variants of each other.
#[derive(Debug, Clone, Copy, Default)]
pub struct Marks {
    text: u32,
    variants: u32,
}

impl Marks {
    /// The marks of a word.
    pub fn of(token: &Token) -> Self {
        let [low, high] = variants(token);
        Self {
            text: 1 << mark(token),
            variants: low | high,
        }
    }

    /// The marks of several words.
    pub fn of_all<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> Self {
        let all = tokens.into_iter().map(Self::of);
        all.fold(Self::default(), |all, one| Self {
            text: all.text | one.text,
            variants: all.variants | one.variants,
        })
    }

    /// Whether they have one in common.
    pub fn meet(self, other: Self) -> bool {
        self.text & other.text != 0 || self.variants & other.variants != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::compare::{Called, crosswise, family_name, given_name};
    use crate::people::names;
    use crate::people::variants::Kind;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_sketch_calls_different_is_different(
            a in "[a-e]{1,4}( [a-c]{1,3})?|(bob|robert|liz|elizabeth|mohammed|abigail)",
            b in "[a-e]{1,7}|(rob|bill|william|beth|muhammad ali|gail)",
        ) {
            let given = (Name::read(&a, Kind::Given), Name::read(&b, Kind::Given));
            let family = (Name::read(&a, Kind::Family), Name::read(&b, Kind::Family));
            let called = |name| Called { name, further: &[] };
            if Sketch::of(&given.0).is_other(&Sketch::of(&given.1), || false) {
                let found = given_name::compare(called(&given.0), called(&given.1)).level;
                prop_assert_eq!(found, given_name::DIFFERENT);
            }
            if Sketch::of(&given.0).is_other(&Sketch::of(&given.1), || true) {
                let (x, y) = (given.0.joined.as_bytes(), given.1.joined.as_bytes());
                prop_assert!(names::alike(x, y, 0.65) < 0.65);
            }
            if Sketch::of(&family.0).is_other(&Sketch::of(&family.1), || false) {
                let found = family_name::compare(called(&family.0), called(&family.1)).level;
                prop_assert_eq!(found, family_name::DIFFERENT);
            }
            if Sketch::of(&given.0).is_far(&Sketch::of(&family.1)) {
                prop_assert!(crosswise::agree(&given.0, &family.1) < names::NEAR);
            }
            for (x, y) in given.0.tokens.iter().zip(&given.1.tokens) {
                let met = Marks::of(x).meet(Marks::of(y));
                prop_assert!(met || !given_name::is_the_name(x, y));
            }
        }
    }

    #[test]
    fn most_strangers_are_told_apart() {
        let sketch = |name: &str| Sketch::of(&Name::read(name, Kind::Family));
        assert!(sketch("Okafor").is_other(&sketch("Whitby"), || false));
        assert!(!sketch("Okafor").is_other(&sketch("Okafer"), || false));
        assert!(
            !sketch("A").is_other(&sketch("Whitby"), || false),
            "an initial is compared"
        );
    }
}
