//! Numbers texts by their first appearance, without keeping them: they stay where they are.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Where a text is: in the bytes of its piece, or in what was put together for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

const MADE: u32 = 1 << 31;

impl Span {
    /// In the piece's own text. Pieces and rows are short enough for 31 bits.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            len: end.saturating_sub(start) as u32,
        }
    }

    /// In the text put together.
    pub(super) fn made(start: usize, end: usize) -> Self {
        Self {
            len: end.saturating_sub(start) as u32 | MADE,
            start: start as u32,
        }
    }

    /// Whether it is in the text put together.
    pub(super) fn is_made(self) -> bool {
        self.len & MADE != 0
    }

    /// From where to where.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + (self.len & !MADE) as usize
    }

    /// Whether there is nothing in it.
    pub(super) fn is_blank(self) -> bool {
        self.len & !MADE == 0
    }
}

/// Hashes a text; the same in every run.
pub(super) fn hash(text: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as u32
}

/// Finds the number of a text by its hash. Slots hold a hash above and a number below; 0 is an empty one.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<u64>,
    filled: usize,
}

impl Table {
    /// A table with room for so many texts.
    pub(super) fn with_room(texts: usize) -> Self {
        Self {
            slots: vec![0; (texts * 2).next_power_of_two().max(16)],
            filled: 0,
        }
    }

    /// The number of a text, where `is` tells whether a number with this hash is the one; else takes `new` as its number.
    pub(super) fn find_or_add(&mut self, hash: u32, new: u32, is: impl Fn(u32) -> bool) -> u32 {
        if self.filled * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let Some(slot) = self.slots.get_mut(at) else {
                return new;
            };
            if *slot == 0 {
                *slot = u64::from(hash) << 32 | u64::from(new);
                self.filled += 1;
                return new;
            }
            let number = *slot as u32;
            if (*slot >> 32) as u32 == hash && is(number) {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mut wider = vec![0_u64; (self.slots.len() * 2).max(16)];
        let mask = wider.len() - 1;
        for slot in self.slots.iter().filter(|slot| **slot != 0) {
            let mut at = (*slot >> 32) as usize & mask;
            while wider.get(at).is_some_and(|taken| *taken != 0) {
                at = (at + 1) & mask;
            }
            if let Some(free) = wider.get_mut(at) {
                *free = *slot;
            }
        }
        self.slots = wider;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_one_number_however_many_there_are() {
        let texts: Vec<String> = (0..2_000).map(|n| format!("text {}", n % 700)).collect();
        let mut seen: Vec<&str> = vec![""];
        let mut table = Table::default();
        for text in &texts {
            let new = seen.len() as u32;
            let number = table.find_or_add(hash(text.as_bytes()), new, |n| {
                seen[n as usize] == text.as_str()
            });
            if number == new {
                seen.push(text);
            }
            assert_eq!(seen[number as usize], text);
        }
        assert_eq!(seen.len(), 701);
    }

    #[test]
    fn texts_with_one_hash_are_kept_apart() {
        let mut table = Table::with_room(4);
        assert_eq!(table.find_or_add(7, 1, |_| false), 1);
        assert_eq!(table.find_or_add(7, 2, |n| n == 9), 2);
        assert_eq!(table.find_or_add(7, 3, |n| n == 2), 2);
    }

    #[test]
    fn a_span_knows_where_it_is() {
        let (own, made) = (Span::new(3, 7), Span::made(3, 7));
        assert_eq!((own.range(), made.range()), (3..7, 3..7));
        assert!(!own.is_made() && made.is_made());
        assert!(Span::made(5, 5).is_blank() && !made.is_blank());
    }
}
