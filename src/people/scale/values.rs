//! The values of a roster made comparable, each distinct one once: names, other texts, and their keys.

use rayon::prelude::*;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

use super::sketch::Sketch;
use super::spelled::Spelled;
use crate::model::roster::{Column, Texts};
use crate::people::names::{Name, Token, plain};
use crate::people::variants::Kind;

/// What no key is.
pub const NO_KEY: u32 = u32::MAX;

/// A hash of 32 bits that is the same on every run; never 0, which is blank, nor [`NO_KEY`].
pub fn key<T: Hash + ?Sized>(of: &T) -> u32 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    short(&hasher)
}

/// The same of several keys, for which it is made many times.
pub fn key_of_keys<const N: usize>(keys: [u32; N]) -> u32 {
    let mut hasher = FxHasher::default();
    for key in keys {
        hasher.write_u32(key);
    }
    short(&hasher)
}

fn short(hasher: &FxHasher) -> u32 {
    let long = hasher.finish();
    // the last step of the hash leaves its best bits at the top
    (((long >> 32) ^ long) as u32).clamp(1, NO_KEY - 1)
}

/// The names of one column, folded.
#[derive(Debug, Default)]
pub struct Names {
    /// Each name once, by its plain text; number 0 is none.
    pub all: Vec<Name>,
    /// The number of each name's folded spelling.
    pub folded: Vec<u32>,
    /// The folded spellings, by their number.
    pub folded_texts: Texts,
    /// Whether each is spelled like few others of the column: it may be a slip.
    pub is_odd: Vec<bool>,
    /// What tells most pairs apart.
    pub sketches: Vec<Sketch>,
    /// Each that is one word, in little room.
    pub spelled: Vec<Spelled>,
    /// For blocking.
    pub keys: Vec<NameKeys>,
}

/// What a name is looked for by; 0 is blank.
#[derive(Debug, Clone, Copy, Default)]
pub struct NameKeys {
    /// The sound of the word it is known by.
    pub sound: u32,
    /// The first set of variants it belongs to, else the sound.
    pub variant: u32,
    /// Its first letter.
    pub letter: u32,
}

/// Folds the names of a column; gives them, and the number of each record's name.
pub fn names(column: &Column, kind: Kind) -> (Names, Vec<u32>) {
    let texts: Vec<&str> = column.values.iter().collect();
    let (all, number_of) = read_names(&texts, kind);
    let mut names = Names {
        all,
        ..Names::default()
    };
    let joined = folded(names.all.get(1..).unwrap_or_default(), |name, list| {
        list.push(&name.joined);
    });
    (names.folded_texts, names.folded) = each_once(&joined);
    names.folded.insert(0, 0);
    names.fill_keys();
    let cells: Vec<u32> = column
        .cells
        .par_iter()
        .map(|cell| number_of[*cell as usize])
        .collect();
    names.count(&cells);
    (names, cells)
}

/// Reads texts as names, each once; gives the names, the first of them none, and the number of each text's.
fn read_names(texts: &[&str], kind: Kind) -> (Vec<Name>, Vec<u32>) {
    // most texts that come to one name differ in case alone, and only the first of them is read
    let spelled = folded(texts, |text, list| {
        list.push(&plain(text));
    });
    let (spelled, number_of) = each_once(&spelled);
    let mut first = vec![""; spelled.len()];
    for (text, number) in texts.iter().zip(&number_of).rev() {
        first[*number as usize] = text;
    }
    let read = first.par_iter().enumerate().map(|(number, text)| {
        if number == 0 {
            Name::default()
        } else {
            Name::read(text, kind)
        }
    });
    let mut names: Vec<Name> = read.collect();
    let mut count = 0;
    let kept: Vec<u32> = names
        .iter()
        .map(|name| {
            let is_there = u32::from(!name.is_empty());
            count += is_there;
            count * is_there
        })
        .collect();
    let mut number = 0..;
    names.retain(|name| number.next() == Some(0) || !name.is_empty());
    let number_of = number_of.iter().map(|number| kept[*number as usize]);
    (names, number_of.collect())
}

/// A name that fewer records have, or a smaller share of them, may be a slip of another.
const FEW: usize = 4;
const FEW_OF: f64 = 2e-5;

impl Names {
    /// Counts how many records have each folded name.
    fn count(&mut self, cells: &[u32]) {
        let mut of_name = vec![0_usize; self.all.len()];
        for cell in cells {
            of_name[*cell as usize] += 1;
        }
        let mut counts = vec![0_usize; self.folded_texts.len()];
        for (folded, count) in self.folded.iter().zip(of_name) {
            counts[*folded as usize] += count;
        }
        let few = FEW.max((cells.len() as f64 * FEW_OF) as usize);
        let of = |folded: &u32| counts[*folded as usize] < few;
        self.is_odd = self.folded.iter().map(of).collect();
    }

    fn fill_keys(&mut self) {
        // all at once, since each look at a name waits for memory
        let of_each = self.all.par_iter().map(|name| {
            let head = name.head();
            let keys = NameKeys {
                sound: head.map_or(0, sound),
                variant: head.map_or(0, variant),
                letter: head.map_or(0, |token| key(&token.text.chars().next())),
            };
            (keys, (Sketch::of(name), Spelled::of(name)))
        });
        (self.keys, (self.sketches, self.spelled)) = of_each.unzip();
    }
}

/// A key of how a word sounds; 0 for an initial.
fn sound(token: &Token) -> u32 {
    if token.is_initial() {
        0
    } else if token.sounds.main.is_empty() {
        key(&token.text)
    } else {
        key(&token.sounds.main)
    }
}

/// A key of the first set of variants that a word belongs to, else of its sound.
fn variant(token: &Token) -> u32 {
    token.variants.first().map_or_else(|| sound(token), key)
}

/// A key for each text, by its number; 0 for number 0.
pub fn keys_of(texts: &Texts) -> Vec<u32> {
    let keys = (0..texts.len() as u32).into_par_iter();
    keys.map(|number| {
        if number == 0 {
            0
        } else {
            key(texts.get(number))
        }
    })
    .collect()
}

/// Texts that are folded at a time.
const STRETCH: usize = 8192;

/// Folds texts side by side; `fold` adds one text to what is listed.
pub fn folded<T: Sync>(texts: &[T], fold: impl Fn(&T, &mut Texts) + Sync) -> Texts {
    let parts = texts.par_chunks(STRETCH).map(|texts| {
        let mut part = Texts::default();
        for text in texts {
            fold(text, &mut part);
        }
        part
    });
    let parts: Vec<Texts> = parts.collect();
    let mut list = Texts::default();
    for part in &parts {
        list.append(part);
    }
    list
}

/// Texts each once, number 0 the empty one, in the order in which they first come; and the number of each that was listed, the
/// empty text before them left out.
pub fn each_once(list: &Texts) -> (Texts, Vec<u32>) {
    // sorted by their hashes, side by side, since a table of all of them waits for memory at every step
    let hashes: Vec<u64> = (0..list.len() as u32)
        .into_par_iter()
        .map(|at| match list.get(at) {
            "" => 0,
            text => long_key(text).max(1),
        })
        .collect();
    let again = Again::of(&hashes);
    let mut order: Vec<(u64, u32)> = (0..list.len() as u32)
        .into_par_iter()
        .map(|at| (hashes[at as usize], at))
        .filter(|(hash, _)| *hash != 0 && again.may_be(*hash))
        .collect();
    order.par_sort_unstable();
    // for each the first one of the same text
    let mut first: Vec<u32> = (0..list.len() as u32).collect();
    for same in order.chunk_by(|a, b| a.0 == b.0).filter(|of| of.len() > 1) {
        for (at, (_, text)) in same.iter().enumerate().skip(1) {
            let is_same = |of: &&(u64, u32)| list.get(of.1) == list.get(*text);
            let earlier = same[..at].iter().find(is_same);
            first[*text as usize] = earlier.map_or(*text, |of| of.1);
        }
    }
    let mut known = Texts::default();
    let mut numbers: Vec<u32> = Vec::with_capacity(list.len() - 1);
    for (at, text) in list.iter().enumerate().skip(1) {
        let earlier = first[at] as usize;
        numbers.push(if text.is_empty() {
            0
        } else if earlier < at {
            numbers[earlier - 1]
        } else {
            known.push(text)
        });
    }
    (known, numbers)
}

/// Which hashes of a list may come more than once: most texts come once, and need not be sorted to be known for it.
struct Again {
    /// How far a hash is shifted to be a place among the bits.
    shift: u32,
    bits: Vec<u64>,
}

impl Again {
    /// Looks through hashes; 0 is none.
    fn of(hashes: &[u64]) -> Self {
        // sixteen bits a hash, so that few of those that come once share one
        let power = (hashes.len() * 16).next_power_of_two().ilog2().max(6);
        let shift = 64 - power;
        let mut seen = vec![0_u64; 1 << (power - 6)];
        let mut bits = seen.clone();
        for hash in hashes.iter().filter(|hash| **hash != 0) {
            let (word, bit) = place(*hash, shift);
            bits[word] |= seen[word] & bit;
            seen[word] |= bit;
        }
        Self { shift, bits }
    }

    fn may_be(&self, hash: u64) -> bool {
        let (word, bit) = place(hash, self.shift);
        self.bits[word] & bit != 0
    }
}

/// Where the bit of a hash is: its word, and the bit in it.
fn place(hash: u64, shift: u32) -> (usize, u64) {
    // the last step of the hash leaves its best bits at the top
    let bit = hash >> shift;
    ((bit >> 6) as usize, 1 << (bit & 63))
}

fn long_key(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_are_numbered_as_they_first_come(
            read in proptest::collection::vec("[ab]{0,3}", 0..60),
        ) {
            let list = folded(&read, |text, list| { list.push(text); });
            let (known, numbers) = each_once(&list);
            prop_assert_eq!((known.get(0), numbers.len()), ("", read.len()));
            for (text, number) in read.iter().zip(&numbers) {
                prop_assert_eq!(text, known.get(*number));
            }
            let mut met = 0;
            for number in numbers {
                prop_assert!(number <= met + 1);
                met = met.max(number);
            }
            prop_assert_eq!(known.len() as u32, met + 1);
        }
    }
}
