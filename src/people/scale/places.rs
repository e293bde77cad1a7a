//! Addresses: the sorted numbers and words of each.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::values::key;
use crate::model::roster::Column;
use crate::people::names::{self, NEAR};
use crate::people::prepare::{ABBREVIATIONS, FILLERS};

/// A word of an address or a text: its first sixteen bytes.
pub type Word = [u8; 16];

/// Places: the sorted numbers of each address, and its street.
#[derive(Debug, Default)]
pub struct Places {
    /// Numbers, those of one address together.
    numbers: Vec<Word>,
    /// By address: where its numbers begin, and how many they are.
    spans: Vec<(u32, u8)>,
    /// By address: its street, 0 where it has no words.
    pub street_of: Vec<u32>,
    /// By street: its words, sorted.
    streets: Vec<Box<[Word]>>,
    /// By street: a bit for the first letter of each word.
    starts: Vec<u32>,
    /// For blocking and households: a hash of the numbers and the first word of the street; 0 where there is no number.
    pub door: Vec<u32>,
    /// A hash of the numbers.
    pub door_numbers: Vec<u32>,
}

impl Places {
    /// The numbers of a place, sorted.
    pub fn numbers(&self, place: u32) -> &[Word] {
        let (start, numbers) = self.spans[place as usize];
        &self.numbers[start as usize..start as usize + usize::from(numbers)]
    }

    /// The words of a street, sorted.
    pub fn words_of(&self, street: u32) -> &[Word] {
        &self.streets[street as usize]
    }

    /// Whether two streets have surely less than three quarters of their words in common: words that are alike begin alike.
    pub fn are_other_streets(&self, x: u32, y: u32) -> bool {
        let of = |street: u32| (self.words_of(street).len(), self.starts[street as usize]);
        let ((short, a), (long, b)) = (of(x).min(of(y)), of(x).max(of(y)));
        let lacks = |one: u32, other: u32| one & !other != 0;
        // of three words or fewer, all are in common or too few
        short <= 3 && lacks(a, b) && (short < long || lacks(b, a))
    }

    /// The place, or 0 where nothing is known of it.
    pub fn known(&self, place: u32) -> u32 {
        let (_, numbers) = self.spans[place as usize];
        if numbers == 0 && self.street_of[place as usize] == 0 {
            0
        } else {
            place
        }
    }
}

/// Makes the addresses of a column comparable, by the number of their value.
pub fn places(column: &Column) -> Places {
    let texts: Vec<&str> = column.values.iter().collect();
    let parts: Vec<Places> = texts.par_chunks(16_384).map(read_places).collect();
    let mut all = Places::default();
    let mut known: FxHashMap<Box<[Word]>, u32> = FxHashMap::default();
    for part in parts {
        let start = all.numbers.len() as u32;
        all.numbers.extend(part.numbers);
        let spans = part.spans.into_iter();
        all.spans
            .extend(spans.map(|(at, numbers)| (at + start, numbers)));
        all.door.extend(part.door);
        all.door_numbers.extend(part.door_numbers);
        let streets = part.streets.into_iter().map(|words| {
            *known.entry(words).or_insert_with_key(|words| {
                let starts = words.iter().map(|word| 1 << (word[0] & 31));
                all.starts.push(starts.fold(0, |all, one: u32| all | one));
                all.streets.push(words.clone());
                all.streets.len() as u32 - 1
            })
        });
        let streets: Vec<u32> = streets.collect();
        let of = part.street_of.into_iter();
        all.street_of
            .extend(of.map(|street| streets[street as usize]));
    }
    all
}

fn read_places(texts: &[&str]) -> Places {
    let mut places = Places {
        streets: vec![Box::default()],
        ..Places::default()
    };
    let mut known: FxHashMap<Box<[Word]>, u32> = FxHashMap::default();
    known.insert(Box::default(), 0);
    let (mut numbers, mut street): (Vec<Word>, Vec<Word>) = (Vec::new(), Vec::new());
    for text in texts {
        numbers.clear();
        street.clear();
        each_word(text, |word| {
            if word[0].is_ascii_digit() {
                numbers.push(word);
            } else {
                let word = shortened(word);
                if !is_filler(&word) {
                    street.push(word);
                }
            }
        });
        let first = street.first().copied();
        for list in [&mut numbers, &mut street] {
            list.sort_unstable();
            list.dedup();
            list.truncate(255);
        }
        let door = first
            .filter(|_| !numbers.is_empty())
            .map_or(0, |first| key(&(&numbers, first)));
        places.door.push(door);
        places.door_numbers.push(key(&numbers));
        let start = places.numbers.len() as u32;
        places.spans.push((start, numbers.len() as u8));
        places.numbers.extend_from_slice(&numbers);
        let number = known.get(street.as_slice()).copied().unwrap_or_else(|| {
            let words: Box<[Word]> = street.as_slice().into();
            let number = places.streets.len() as u32;
            places.streets.push(words.clone());
            known.insert(words, number);
            number
        });
        places.street_of.push(number);
    }
    places
}

/// Gives each folded word of a text, cut at sixteen bytes.
pub fn each_word(text: &str, mut take: impl FnMut(Word)) {
    if !text.is_ascii() {
        for word in crate::people::names::words(text) {
            take(packed(word.as_bytes()));
        }
        return;
    }
    let (mut word, mut length) = ([0_u8; 16], 0);
    for byte in text.bytes().chain(std::iter::once(b' ')) {
        if byte.is_ascii_alphanumeric() {
            if length < 16 {
                word[length] = byte.to_ascii_lowercase();
            }
            length += 1;
        } else if !matches!(byte, b'\'' | b'`' | b'.') && length > 0 {
            take(word);
            (word, length) = ([0; 16], 0);
        }
    }
}

/// [`address::overlap`] of the words of two streets.
pub fn overlap(a: &[Word], b: &[Word]) -> f64 {
    let number = |word: &Word| u128::from_be_bytes(*word);
    let is_first = match a.len().cmp(&b.len()) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => a.iter().map(number).le(b.iter().map(number)),
    };
    let (short, long) = if is_first { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    let is_met = |x: &&Word| {
        let own = number(x);
        long.iter().any(|y| number(y) == own) || long.iter().any(|y| are_near(x, y))
    };
    short.iter().filter(is_met).count() as f64 / short.len() as f64
}

/// Whether two words are spelled nearly the same; a first letter that differs is taken for another word.
fn are_near(x: &Word, y: &Word) -> bool {
    x[0] == y[0] && names::alike(bytes(x), bytes(y), NEAR) >= NEAR
}

/// A word as sixteen bytes.
pub fn packed(word: &[u8]) -> Word {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(word) {
        *to = *from;
    }
    bytes
}

/// The bytes of a word.
pub fn bytes(word: &Word) -> &[u8] {
    let end = word.iter().position(|byte| *byte == 0).unwrap_or(16);
    &word[..end]
}

fn shortened(word: Word) -> Word {
    ABBREVIATIONS
        .iter()
        .find(|(long, _)| long.as_bytes() == bytes(&word))
        .map_or(word, |(_, short)| packed(short.as_bytes()))
}

fn is_filler(word: &Word) -> bool {
    FILLERS
        .iter()
        .any(|filler| filler.as_bytes() == bytes(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::compare::address;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn streets_overlap_as_addresses_do(
            a in proptest::collection::vec("[ab]{1,2}|station|stations|stalion", 0..4),
            b in proptest::collection::vec("[ab]{1,2}|station|statoin", 0..4),
        ) {
            let words = |list: &[String]| -> Vec<Word> {
                let mut words: Vec<Word> = list.iter().map(|of| packed(of.as_bytes())).collect();
                words.sort_unstable();
                words.dedup();
                words
            };
            let (a, b) = (words(&a), words(&b));
            prop_assert_eq!(overlap(&a, &b), address::overlap(&a, &b, are_near));
        }
    }
}
