//! Addresses: the sorted numbers and words of each.

use std::cmp::Ordering;
use std::collections::hash_map::Entry;
use std::hash::Hasher;

use rayon::join;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use super::values::key;
use crate::model::roster::Column;
use crate::people::names::{self, NEAR};
use crate::people::prepare::{ABBREVIATIONS, FILLERS};

/// A word of an address or a text: its first sixteen bytes.
pub type Word = [u8; 16];

/// Places: the sorted numbers of each address, and its street.
#[derive(Debug, Default)]
pub struct Places {
    /// By address: which numbers it has, 0 where it has none; two that differ are of different numbers.
    pub door_numbers: Vec<u32>,
    /// By address: its street, 0 where it has no words.
    pub street_of: Vec<u32>,
    /// For blocking and households: a hash of the numbers and the first word of the street; 0 where there is no number.
    pub door: Vec<u32>,
    /// By street: what marks its words, as [`are_other_streets`] has it.
    pub marks: Vec<u32>,
    streets: Lists,
}

/// What is compared of an address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spot {
    /// The address, or 0 where nothing is known of it.
    pub place: u32,
    /// Its numbers.
    pub door_numbers: u32,
    /// Its street.
    pub street: u32,
    /// What marks the words of the street.
    pub marks: u32,
}

/// Lists of words, each once.
#[derive(Debug, Default)]
struct Lists {
    words: Vec<Word>,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Lists {
    fn get(&self, number: u32) -> &[Word] {
        let at = number as usize;
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[from as usize..self.ends[at] as usize]
    }
}

/// Lists of words, each once, found again by their hashes; number 0 is the empty one.
struct Numbered {
    known: FxHashMap<u64, u32>,
    /// By number.
    hashes: Vec<u64>,
    lists: Lists,
}

impl Numbered {
    /// With room for so many.
    fn with_room(lists: usize) -> Self {
        let mut numbered = Self {
            known: FxHashMap::with_capacity_and_hasher(lists, FxBuildHasher),
            hashes: Vec::with_capacity(lists),
            lists: Lists::default(),
        };
        numbered.number(&[]);
        numbered
    }

    fn number(&mut self, list: &[Word]) -> u32 {
        let mut hasher = FxHasher::default();
        for word in list {
            hasher.write_u128(u128::from_le_bytes(*word));
        }
        self.number_hashed(hasher.finish(), list)
    }

    fn number_hashed(&mut self, hash: u64, list: &[Word]) -> u32 {
        let mut place = hash;
        loop {
            match self.known.entry(place) {
                Entry::Occupied(found) if self.lists.get(*found.get()) == list => {
                    return *found.get();
                }
                // another list of that hash
                Entry::Occupied(_) => place = place.wrapping_add(1),
                Entry::Vacant(free) => {
                    let number = self.lists.ends.len() as u32;
                    free.insert(number);
                    self.hashes.push(hash);
                    self.lists.words.extend_from_slice(list);
                    self.lists.ends.push(self.lists.words.len() as u32);
                    return number;
                }
            }
        }
    }

    /// The lists of all parts, each once, in the order in which they come; and the numbers here of those of each part.
    fn of_all(parts: &[Self]) -> (Lists, Vec<Vec<u32>>) {
        let most = parts.iter().map(|part| part.hashes.len()).sum();
        let mut all = Self::with_room(most);
        let mut numbers = Vec::with_capacity(parts.len());
        for part in parts {
            let hashes = part.hashes.iter().zip(0..);
            let of_part = hashes.map(|(hash, own)| all.number_hashed(*hash, part.lists.get(own)));
            numbers.push(of_part.collect());
        }
        (all.lists, numbers)
    }
}

impl Places {
    /// The words of a street, sorted.
    pub fn words_of(&self, street: u32) -> &[Word] {
        self.streets.get(street)
    }

    /// The spot of each address.
    pub fn spots(&self) -> Vec<Spot> {
        let addresses = self
            .door_numbers
            .par_iter()
            .zip(&self.street_of)
            .enumerate();
        addresses
            .map(|(place, (door_numbers, street))| Spot {
                place: if *door_numbers == 0 && *street == 0 {
                    0
                } else {
                    place as u32
                },
                door_numbers: *door_numbers,
                street: *street,
                marks: self.marks[*street as usize],
            })
            .collect()
    }
}

/// Bits that stand for the first letters of the words of a street; above them is how many words there are.
const LETTERS: u32 = 28;
/// So many words, or more.
const MOST_WORDS: u32 = 15;

/// What marks the words of a street.
fn marks(words: &[Word]) -> u32 {
    let letters = words.iter().map(|word| 1 << (u32::from(word[0]) % LETTERS));
    (words.len() as u32).min(MOST_WORDS) << LETTERS | letters.fold(0, |all, one: u32| all | one)
}

/// Whether a street has any words, by what marks them.
pub fn has_words(marks: u32) -> bool {
    marks != 0
}

/// Whether two addresses are surely different, by what marks the words of their streets, which are not the same: words that
/// are alike begin alike.
pub fn are_other_streets(x: u32, y: u32, same_numbers: bool) -> bool {
    let (a, b) = (x.min(y), x.max(y));
    let (short, long) = (a >> LETTERS, b >> LETTERS);
    let lacks = |one: u32, other: u32| ((one & !other) << (32 - LETTERS)).count_ones();
    // of two with as many words it is not known which is the shorter to `overlap`
    let lacking = if short < long {
        lacks(a, b)
    } else {
        lacks(a, b).min(lacks(b, a))
    };
    let met = short - lacking;
    // less than half, or less than three quarters of the words: `address::level_of`
    let (least, of) = if same_numbers { (1, 2) } else { (3, 4) };
    short < MOST_WORDS && of * met < least * short.max(1)
}

/// Addresses that are read at a time, at least.
const STRETCH: usize = 16_384;

/// Makes the addresses of a column comparable, by the number of their value.
pub fn places(column: &Column) -> Places {
    let texts: Vec<&str> = column.values.iter().collect();
    let stretch = STRETCH.max(texts.len() / 16);
    let parts: Vec<Part> = texts.par_chunks(stretch).map(read_places).collect();
    let (mut own, mut numbers, mut streets) = (Vec::new(), Vec::new(), Vec::new());
    let mut door = Vec::with_capacity(texts.len());
    for part in parts {
        own.push(part.places);
        numbers.push(part.numbers);
        streets.push(part.streets);
        door.extend(part.door);
    }
    let ((_, numbers), (streets, street_numbers)) =
        join(|| Numbered::of_all(&numbers), || Numbered::of_all(&streets));
    let mut all = Places {
        door,
        ..Places::default()
    };
    for ((places, numbers), streets) in own.iter().zip(&numbers).zip(&street_numbers) {
        let of = places.iter();
        all.door_numbers
            .extend(of.clone().map(|of| numbers[of.0 as usize]));
        all.street_of.extend(of.map(|of| streets[of.1 as usize]));
    }
    let numbers = (0..streets.ends.len() as u32).into_par_iter();
    all.marks = numbers.map(|of| marks(streets.get(of))).collect();
    all.streets = streets;
    all
}

/// Some addresses, with numbers of their own.
struct Part {
    /// By address: its numbers and its street.
    places: Vec<(u32, u32)>,
    door: Vec<u32>,
    numbers: Numbered,
    streets: Numbered,
}

fn read_places(texts: &[&str]) -> Part {
    let mut all_numbers = Numbered::with_room(0);
    let mut all_streets = Numbered::with_room(texts.len() / 2);
    let common = Common::default();
    let (mut places, mut doors) = (
        Vec::with_capacity(texts.len()),
        Vec::with_capacity(texts.len()),
    );
    let (mut numbers, mut street): (Vec<Word>, Vec<Word>) = (Vec::new(), Vec::new());
    for text in texts {
        numbers.clear();
        street.clear();
        each_word(text, |word| {
            if word[0].is_ascii_digit() {
                numbers.push(word);
            } else {
                street.extend(common.shortened(word));
            }
        });
        let first = street.first().copied();
        for list in [&mut numbers, &mut street] {
            list.sort_unstable_by_key(|word| u128::from_be_bytes(*word));
            list.dedup();
            list.truncate(255);
        }
        doors.push(
            first
                .filter(|_| !numbers.is_empty())
                .map_or(0, |first| key(&(&numbers, first))),
        );
        places.push((all_numbers.number(&numbers), all_streets.number(&street)));
    }
    Part {
        places,
        door: doors,
        numbers: all_numbers,
        streets: all_streets,
    }
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
        match FOLDED[usize::from(byte)] {
            BETWEEN if length > 0 => {
                take(word);
                (word, length) = ([0; 16], 0);
            }
            BETWEEN | CLOSED_UP => {}
            letter => {
                if let Some(place) = word.get_mut(length) {
                    *place = letter;
                }
                length += 1;
            }
        }
    }
}

/// What stands between words.
const BETWEEN: u8 = 0;
/// What is left out of a word.
const CLOSED_UP: u8 = 1;

/// What becomes of each byte of an ASCII text: looked up, since some ten million are asked for.
const FOLDED: [u8; 256] = {
    let mut folded = [BETWEEN; 256];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        if letter.is_ascii_alphanumeric() {
            folded[byte] = letter.to_ascii_lowercase();
        } else if matches!(letter, b'\'' | b'`' | b'.') {
            folded[byte] = CLOSED_UP;
        }
        byte += 1;
    }
    folded
};

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

/// Words that are written short, or left out, by their first letter.
struct Common([Vec<(Word, Option<Word>)>; 32]);

impl Default for Common {
    fn default() -> Self {
        let is_filler = |word: &str| FILLERS.contains(&word);
        let short = ABBREVIATIONS.iter().map(|(long, short)| {
            let kept = (!is_filler(short)).then(|| packed(short.as_bytes()));
            (packed(long.as_bytes()), kept)
        });
        let left_out = FILLERS.iter().map(|word| (packed(word.as_bytes()), None));
        let mut common = Self(std::array::from_fn(|_| Vec::new()));
        for (word, instead) in short.chain(left_out) {
            common.0[usize::from(word[0] & 31)].push((word, instead));
        }
        common
    }
}

impl Common {
    /// What a word of a street is kept as; `None` where it is left out.
    fn shortened(&self, word: Word) -> Option<Word> {
        let mut of_letter = self.0[usize::from(word[0] & 31)].iter();
        of_letter
            .find(|(known, _)| *known == word)
            .map_or(Some(word), |(_, instead)| *instead)
    }
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

        #[test]
        fn what_marks_call_different_is_different(
            a in proptest::collection::btree_set("[a-d][ab]?|station|stations", 0..5),
            b in proptest::collection::btree_set("[a-d][ab]?|station", 0..5),
            same_numbers in any::<bool>(),
        ) {
            let words = |list: &std::collections::BTreeSet<String>| -> Vec<Word> {
                list.iter().map(|of| packed(of.as_bytes())).collect()
            };
            let (a, b) = (words(&a), words(&b));
            if a != b && are_other_streets(marks(&a), marks(&b), same_numbers) {
                let found = address::level_of(same_numbers, overlap(&a, &b));
                prop_assert_eq!(found, address::DIFFERENT);
            }
        }
    }
}
