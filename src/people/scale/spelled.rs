//! A name of one word in one line of memory: what two spellings come to, without a look at the words themselves. Only where
//! they may sound alike, or be variants of each other, must they be compared in full.

use super::values::key;
use crate::people::compare::{family_name, given_name};
use crate::people::names::{self, CLOSE, NEAR, Name};

/// Letters that it has room for.
const ROOM: usize = 30;

/// A name of one word, with what says how it sounds.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub struct Spelled {
    /// The sets of variants it belongs to.
    variants: u64,
    /// Hashes of its phonetic keys: both of Double Metaphone, which must agree where names sound alike.
    sounds: [u32; 2],
    letters: [u8; ROOM],
    /// 0 where it is not one word, or a long one, or an initial.
    length: u8,
}

impl Default for Spelled {
    fn default() -> Self {
        Self {
            variants: 0,
            sounds: [0; 2],
            letters: [0; ROOM],
            length: 0,
        }
    }
}

impl Spelled {
    /// Packs a name.
    pub fn of(name: &Name) -> Self {
        let mut spelled = Self::default();
        let bytes = name.joined.as_bytes();
        let [word] = name.tokens.as_slice() else {
            return spelled;
        };
        if !name.shared.is_empty() || word.text != name.joined || !(2..=ROOM).contains(&bytes.len())
        {
            return spelled;
        }
        for (to, from) in spelled.letters.iter_mut().zip(bytes) {
            *to = *from;
        }
        spelled.length = bytes.len() as u8;
        let variants = word.variants.iter();
        spelled.variants = variants.fold(0, |all, set| all | 1 << (set & 63));
        spelled.sounds = [&word.sounds.main, &word.sounds.second].map(|sound| key(sound.as_str()));
        spelled
    }

    /// Its letters; `None` where it is not one word.
    pub fn letters(&self) -> Option<&[u8]> {
        let letters = self.letters.get(..usize::from(self.length))?;
        (!letters.is_empty()).then_some(letters)
    }

    fn may_be_variant(&self, other: &Self) -> bool {
        self.variants & other.variants != 0
    }

    fn may_sound_like(&self, other: &Self) -> bool {
        let [x, y] = self.sounds;
        other.sounds.contains(&x) || other.sounds.contains(&y)
    }

    /// [`given_name::compare`] of two that are spelled differently; `None` where it takes the words.
    pub fn given(&self, other: &Self) -> Option<usize> {
        let (a, b) = (self.letters()?, other.letters()?);
        if self.may_be_variant(other) {
            return None;
        }
        match names::alike(a, b, CLOSE) {
            alike if alike >= NEAR => Some(given_name::NEAR),
            alike if alike >= CLOSE => Some(given_name::CLOSE),
            _ => (!self.may_sound_like(other)).then_some(given_name::DIFFERENT),
        }
    }

    /// [`family_name::compare`] of two that are spelled differently; `None` where it takes the words.
    pub fn family(&self, other: &Self) -> Option<usize> {
        match names::alike(self.letters()?, other.letters()?, CLOSE) {
            alike if alike >= NEAR => Some(family_name::NEAR),
            alike if alike >= CLOSE => Some(family_name::CLOSE),
            _ if self.may_be_variant(other) || self.may_sound_like(other) => None,
            _ => Some(family_name::DIFFERENT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::compare::Called;
    use crate::people::variants::Kind;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_told_of_packed_names_is_what_the_names_come_to(
            a in "[a-e]{1,6}( [a-c]{1,3})?|(bob|robert|liz|elizabeth|catherine|steven|abd)",
            b in "[a-e]{1,7}|(rob|bill|william|beth|katherine|stephen|muhammad ali|gail)",
        ) {
            let given = (Name::read(&a, Kind::Given), Name::read(&b, Kind::Given));
            let family = (Name::read(&a, Kind::Family), Name::read(&b, Kind::Family));
            let called = |name| Called { name, further: &[] };
            if given.0.joined != given.1.joined
                && let Some(found) = Spelled::of(&given.0).given(&Spelled::of(&given.1))
            {
                let level = given_name::compare(called(&given.0), called(&given.1)).level;
                prop_assert_eq!(found, level);
            }
            if family.0.joined != family.1.joined
                && let Some(found) = Spelled::of(&family.0).family(&Spelled::of(&family.1))
            {
                let level = family_name::compare(called(&family.0), called(&family.1)).level;
                prop_assert_eq!(found, level);
            }
        }
    }

    #[test]
    fn most_names_are_told_without_their_words() {
        let of = |name: &str| Spelled::of(&Name::read(name, Kind::Family));
        assert_eq!(of("Okafor").family(&of("Okafer")), Some(family_name::CLOSE));
        assert_eq!(
            of("Okafor").family(&of("Whitby")),
            Some(family_name::DIFFERENT)
        );
        assert_eq!(of("Meyer").family(&of("Maier")), None);
        assert_eq!(of("Smith Jones").family(&of("Whitby")), None);
    }
}
