//! The values of a roster made comparable, each distinct one once: names, dates, places, numbers, and how common they are.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

use crate::model::date::{Day, When};
use crate::model::roster::Column;
use crate::people::names::{Name, Token};
use crate::people::prepare::{ABBREVIATIONS, Birth, FILLERS};
use crate::people::variants::Kind;

/// A hash of 32 bits that is the same on every run; never 0.
pub fn key<T: Hash + ?Sized>(of: &T) -> u32 {
    let mut hasher = FxHasher::default();
    of.hash(&mut hasher);
    let long = hasher.finish();
    // the last step of the hash leaves its best bits at the top
    (((long >> 32) ^ long) as u32).max(1)
}

/// The names of one column, folded.
#[derive(Debug, Default)]
pub struct Names {
    /// Each name once, by its plain text; number 0 is none.
    pub all: Vec<Name>,
    /// The number of each name's folded spelling.
    pub folded: Vec<u32>,
    /// The folded spellings, by their number.
    pub folded_texts: Vec<String>,
    /// Whether each is spelled like few others of the column: it may be a slip.
    pub is_odd: Vec<bool>,
    /// For blocking: the sound of the word it is known by.
    pub sound: Vec<u32>,
    /// For blocking: the first set of variants it belongs to, else the sound.
    pub variant: Vec<u32>,
    /// For blocking: its first letter.
    pub letter: Vec<u32>,
}

/// Folds the names of a column; gives them, and the number of each record's name.
pub fn names(column: &Column, kind: Kind) -> (Names, Vec<u32>) {
    let texts: Vec<&str> = column.values.iter().collect();
    let read: Vec<Name> = texts
        .par_iter()
        .map(|text| Name::read(text, kind))
        .collect();
    let mut names = Names {
        all: vec![Name::default()],
        folded: vec![0],
        folded_texts: vec![String::new()],
        ..Names::default()
    };
    let mut by_plain: FxHashMap<String, u32> = FxHashMap::default();
    let mut by_folded: FxHashMap<String, u32> = FxHashMap::default();
    let mut number_of = Vec::with_capacity(read.len());
    for name in read {
        if name.is_empty() {
            number_of.push(0);
            continue;
        }
        if let Some(number) = by_plain.get(&name.plain) {
            number_of.push(*number);
            continue;
        }
        let number = names.all.len() as u32;
        let next = by_folded.len() as u32 + 1;
        let folded = *by_folded
            .entry(name.joined.clone())
            .or_insert_with_key(|text| {
                names.folded_texts.push(text.clone());
                next
            });
        by_plain.insert(name.plain.clone(), number);
        names.folded.push(folded);
        names.all.push(name);
        number_of.push(number);
    }
    names.fill_keys();
    let cells: Vec<u32> = column
        .cells
        .par_iter()
        .map(|cell| number_of[*cell as usize])
        .collect();
    names.count(&cells);
    (names, cells)
}

/// A name that fewer records have, or a smaller share of them, may be a slip of another.
const FEW: usize = 4;
const FEW_OF: f64 = 2e-5;

impl Names {
    /// Counts how many records have each folded name.
    fn count(&mut self, cells: &[u32]) {
        let mut counts = vec![0_usize; self.folded_texts.len()];
        for cell in cells {
            counts[self.folded[*cell as usize] as usize] += 1;
        }
        let few = FEW.max((cells.len() as f64 * FEW_OF) as usize);
        let of = |folded: &u32| counts[*folded as usize] < few;
        self.is_odd = self.folded.iter().map(of).collect();
    }

    fn fill_keys(&mut self) {
        let keys = |of: &dyn Fn(&Token) -> u32| -> Vec<u32> {
            let heads = self.all.iter().map(Name::head);
            heads.map(|head| head.map_or(0, of)).collect()
        };
        let sound = |token: &Token| {
            if token.is_initial() {
                0
            } else if token.sounds.main.is_empty() {
                key(&token.text)
            } else {
                key(&token.sounds.main)
            }
        };
        let sounds = keys(&sound);
        let variants = keys(&|token| token.variants.first().map_or_else(|| sound(token), key));
        let letters = keys(&|token| key(&token.text.chars().next()));
        (self.sound, self.variant, self.letter) = (sounds, variants, letters);
    }
}

/// The share of records with each folded value, and how many have any: `number_of` gives the folded value of a record.
pub fn shares(records: usize, number_of: impl Fn(usize) -> u32) -> (Vec<f64>, usize) {
    let mut counts: Vec<u32> = Vec::new();
    let mut known = 0;
    for record in 0..records {
        let number = number_of(record) as usize;
        if number == 0 {
            continue;
        }
        if number >= counts.len() {
            counts.resize(number + 1, 0);
        }
        counts[number] += 1;
        known += 1;
    }
    let of = f64::from(known.max(1));
    (
        counts
            .into_iter()
            .map(|count| f64::from(count) / of)
            .collect(),
        known as usize,
    )
}

/// Dates of birth, each once by its digits or its raw text.
#[derive(Debug, Default)]
pub struct Births {
    /// Number 0 is none.
    pub all: Vec<Birth>,
    /// How each is written in the model's table of frequencies.
    pub texts: Vec<String>,
    /// For blocking: the day.
    pub day: Vec<u32>,
    /// The day, with the smaller of month and day first.
    pub swapped: Vec<u32>,
    /// Year and month.
    pub month: Vec<u32>,
    /// The year.
    pub year: Vec<u32>,
    /// Month and day.
    pub month_and_day: Vec<u32>,
}

impl Births {
    fn fill_keys(&mut self) {
        let digits = |of: &dyn Fn(&[u8; 8]) -> u32| -> Vec<u32> {
            let all = self.all.iter();
            all.map(|birth| birth.digits.as_ref().map_or(0, of))
                .collect()
        };
        let day = digits(&key);
        let swapped = digits(&|d| {
            let (month, day) = (&d[4..6], &d[6..]);
            key(&(&d[..4], month.min(day), month.max(day)))
        });
        let month = digits(&|d| key(&d[..6]));
        let month_and_day = digits(&|d| key(&d[4..]));
        let year = self
            .all
            .iter()
            .map(|birth| match (birth.digits, birth.year()) {
                (Some(d), _) => key(&d[..4]),
                (None, Some(year)) => key(format!("{year:04}").as_bytes()),
                (None, None) => 0,
            })
            .collect();
        (
            self.day,
            self.swapped,
            self.month,
            self.year,
            self.month_and_day,
        ) = (day, swapped, month, year, month_and_day);
    }
}

/// What makes two dates of birth one: the digits, and the first and last day.
type Written = (Option<[u8; 8]>, Option<(Day, Day)>);

/// Reads the dates of birth; gives them, and the number of each record's date.
pub fn births(column: &Column, meant: &[When]) -> (Births, Vec<u32>) {
    let mut births = Births {
        all: vec![Birth::default()],
        texts: vec![String::new()],
        ..Births::default()
    };
    let mut seen: FxHashMap<Written, u32> = FxHashMap::default();
    let number_of: Vec<u32> = meant
        .iter()
        .map(|when| {
            let birth = Birth::read(when);
            if birth == Birth::default() {
                return 0;
            }
            *seen.entry((birth.digits, birth.span)).or_insert_with(|| {
                births.all.push(birth);
                births.texts.push(birth.digits.map_or_else(
                    || {
                        birth
                            .span
                            .map_or_else(String::new, |(from, until)| format!("{from}/{until}"))
                    },
                    |digits| digits.iter().map(|digit| char::from(*digit)).collect(),
                ));
                births.all.len() as u32 - 1
            })
        })
        .collect();
    births.fill_keys();
    let cells = column
        .cells
        .par_iter()
        .map(|cell| number_of.get(*cell as usize).copied().unwrap_or(0))
        .collect();
    (births, cells)
}

/// A word of an address or a text: its first sixteen bytes.
pub type Word = [u8; 16];

/// Places: the sorted numbers and words of each address.
#[derive(Debug, Default)]
pub struct Places {
    words: Vec<Word>,
    spans: Vec<(u32, u8, u8)>,
    /// For blocking and households: a hash of the numbers and the first word of the street; 0 where there is no number.
    pub door: Vec<u32>,
    /// A hash of the numbers.
    pub door_numbers: Vec<u32>,
    /// A hash of all of it.
    pub whole: Vec<u32>,
}

impl Places {
    /// The numbers of a place, sorted.
    pub fn numbers(&self, place: u32) -> &[Word] {
        let (start, numbers, _) = self.spans[place as usize];
        &self.words[start as usize..start as usize + usize::from(numbers)]
    }

    /// The words of a place, sorted.
    pub fn street(&self, place: u32) -> &[Word] {
        let (start, numbers, words) = self.spans[place as usize];
        let from = start as usize + usize::from(numbers);
        &self.words[from..from + usize::from(words)]
    }

    /// Whether nothing is known.
    pub fn is_blank(&self, place: u32) -> bool {
        let (_, numbers, words) = self.spans[place as usize];
        numbers == 0 && words == 0
    }
}

/// Makes the addresses of a column comparable, by the number of their value.
pub fn places(column: &Column) -> Places {
    let texts: Vec<&str> = column.values.iter().collect();
    let parts: Vec<Places> = texts.par_chunks(8192).map(read_places).collect();
    let mut all = Places::default();
    for part in parts {
        let start = all.words.len() as u32;
        all.words.extend(part.words);
        all.spans.extend(
            part.spans
                .into_iter()
                .map(|(at, numbers, words)| (at + start, numbers, words)),
        );
        all.door.extend(part.door);
        all.door_numbers.extend(part.door_numbers);
        all.whole.extend(part.whole);
    }
    all
}

fn read_places(texts: &[&str]) -> Places {
    let mut places = Places::default();
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
        places
            .whole
            .push(if numbers.is_empty() && street.is_empty() {
                0
            } else {
                key(&(&numbers, &street))
            });
        places.spans.push((
            places.words.len() as u32,
            numbers.len() as u8,
            street.len() as u8,
        ));
        places.words.extend_from_slice(&numbers);
        places.words.extend_from_slice(&street);
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

/// A number of up to fourteen digits: how many there are, then four bits a digit. 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digits(u64);

impl Digits {
    /// The digits of a text of digits.
    pub fn of(text: &str) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).take(14);
        let (count, number) = digits.fold((0_u64, 0_u64), |(count, number), digit| {
            (count + 1, (number << 4) | u64::from(digit - b'0'))
        });
        Self((count << 56) | number)
    }

    /// The digits of a text that is made of up to fourteen digits; none of any other.
    pub fn of_number(text: &str) -> Self {
        if text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::of(text)
        } else {
            Self::default()
        }
    }

    /// Whether it is none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the two differ in one digit, or in two neighbours that are swapped, and have the same length.
    pub fn is_one_slip(self, other: Self) -> bool {
        let off = self.0 ^ other.0;
        if off == 0 || off >> 56 != 0 {
            return false;
        }
        let first = off.trailing_zeros() / 4;
        let rest = off >> (4 * first);
        if rest < 16 {
            return true;
        }
        let pair = |number: u64| {
            (
                (number >> (4 * first)) & 15,
                (number >> (4 * first + 4)) & 15,
            )
        };
        let (a, b) = (pair(self.0), pair(other.0));
        rest < 256 && a.0 == b.1 && a.1 == b.0
    }
}

/// Lists of numbers or texts in a cell, each by its number: telephone numbers, e-mail addresses.
#[derive(Debug, Default)]
pub struct Lists {
    /// The texts.
    pub texts: Vec<String>,
    /// For blocking: a key a text; 0 for none.
    pub keys: Vec<u32>,
    /// The first item of each cell's list; 0 is none.
    pub first: Vec<u32>,
    /// The further ones, where there are any.
    pub more: FxHashMap<u32, Vec<u32>>,
}

impl Lists {
    /// For blocking: the key of a cell's first item; 0 is none.
    pub fn key(&self, cell: u32) -> u32 {
        let first = self.first.get(cell as usize);
        first.map_or(0, |item| self.keys[*item as usize])
    }

    /// The items of a cell.
    pub fn of(&self, cell: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self
            .first
            .get(cell as usize)
            .copied()
            .filter(|item| *item != 0);
        first
            .into_iter()
            .chain(self.more.get(&cell).into_iter().flatten().copied())
    }
}

/// Reads a column of lists by `read`, which folds one item.
pub fn lists(column: &Column, read: impl Fn(&str) -> Option<String> + Sync) -> Lists {
    let texts: Vec<&str> = column.values.iter().collect();
    let items: Vec<Vec<String>> = texts
        .par_iter()
        .map(|text| {
            let mut seen = FxHashSet::default();
            let parts = text.split(['|', ';', ',']);
            parts
                .filter_map(&read)
                .filter(|item| seen.insert(item.clone()))
                .collect()
        })
        .collect();
    let mut lists = Lists {
        texts: vec![String::new()],
        ..Lists::default()
    };
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    for (cell, items) in items.into_iter().enumerate() {
        let mut first = 0;
        for item in items {
            let next = lists.texts.len() as u32;
            let number = *numbers.entry(item).or_insert_with_key(|item| {
                lists.texts.push(item.clone());
                next
            });
            if first == 0 {
                first = number;
            } else {
                lists.more.entry(cell as u32).or_default().push(number);
            }
        }
        lists.first.push(first);
    }
    lists.keys = keys_of(&lists.texts);
    lists
}

/// A key for each text, by its number; 0 for number 0.
pub fn keys_of(texts: &[String]) -> Vec<u32> {
    let keys = texts.par_iter().enumerate();
    keys.map(|(number, text)| if number == 0 { 0 } else { key(text) })
        .collect()
}
