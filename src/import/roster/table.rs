//! A table that finds the number of a text by its hash; the texts themselves are kept elsewhere.

/// Finds the number of a text by its hash. Slots hold a hash above and a number below; 0 is an empty one.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<u64>,
    filled: usize,
}

impl Table {
    /// Takes everything out, and keeps the room.
    pub(super) fn clear(&mut self) {
        self.slots.fill(0);
        self.filled = 0;
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
    use crate::import::roster::shard::hash;

    #[test]
    fn each_text_has_one_number_however_many_there_are() {
        let texts: Vec<String> = (0..2_000).map(|n| format!("text {}", n % 700)).collect();
        let mut seen: Vec<&str> = vec![""];
        let mut table = Table::default();
        for text in &texts {
            let new = seen.len() as u32;
            let number = table.find_or_add(hash(text) as u32, new, |n| {
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
        let mut table = Table::default();
        assert_eq!(table.find_or_add(7, 1, |_| false), 1);
        assert_eq!(table.find_or_add(7, 2, |n| n == 9), 2);
        assert_eq!(table.find_or_add(7, 3, |n| n == 2), 2);
    }
}
