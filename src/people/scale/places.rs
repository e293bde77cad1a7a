//! Addresses: the sorted numbers and words of each.

use rayon::prelude::*;

use super::values::key;
use crate::model::roster::Column;
use crate::people::prepare::{ABBREVIATIONS, FILLERS};

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
