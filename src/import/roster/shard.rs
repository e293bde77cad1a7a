//! The values of one column of one piece, sorted into shards by their hashes.
//!
//! Numbering millions of values in one table waits for memory at every step. Equal values have equal hashes, so each shard
//! of a column can be numbered for itself, in a table that stays near. The texts are copied, so that they lie together.

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

    /// The text, of the text that it lies in.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether there is nothing in it.
    pub(super) fn is_blank(self) -> bool {
        self.len & !MADE == 0
    }
}

/// Hashes a text; the same in every run.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// A value of a row: somewhere in the piece, or put together.
#[derive(Debug)]
pub(super) enum Value {
    There(Span),
    Made(String),
}

/// One value that is not blank.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// Its hash, without what makes the shard.
    pub hash: u32,
    /// The record in the piece.
    pub record: u32,
    /// Its length in bytes.
    pub len: u32,
}

/// The values of one column of one piece.
#[derive(Debug, Default)]
pub(super) struct Sharded {
    entries: Vec<Entry>,
    text: String,
    /// For each shard where its entries and their texts end.
    ends: Vec<(u32, u32)>,
}

/// Room that is used again for each column and piece.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The values: hash, record, and where the text is.
    items: Vec<(u64, u32, Span)>,
    /// How many values each shard has and how many bytes; then where its next one goes.
    places: Vec<(u32, u32)>,
    /// Texts that were put together.
    made: String,
}

impl Room {
    /// Empties it for values in `1 << bits` shards.
    fn clear(&mut self, bits: u32) {
        self.items.clear();
        self.places.clear();
        self.places.resize(1 << bits, (0, 0));
        self.made.clear();
    }

    fn add(&mut self, text: &str, record: usize, value: Value, bits: u32) {
        let (span, hash) = match value {
            Value::There(span) if span.is_blank() => return,
            Value::There(span) => (span, hash(span.of(text))),
            Value::Made(own) if own.is_empty() => return,
            Value::Made(own) => {
                let start = self.made.len();
                self.made.push_str(&own);
                (Span::made(start, self.made.len()), hash(&own))
            }
        };
        if let Some((count, bytes)) = self.places.get_mut(shard(hash, bits)) {
            *count += 1;
            *bytes += span.range().len() as u32;
        }
        self.items.push((hash, record as u32, span));
    }

    /// Turns how many there are into where they go.
    fn place(&mut self) {
        let mut next = (0, 0);
        for place in &mut self.places {
            let sum = (next.0 + place.0, next.1 + place.1);
            *place = next;
            next = sum;
        }
    }
}

impl Sharded {
    /// Sorts the values of so many records into `1 << bits` shards.
    pub(super) fn new(
        text: &str,
        records: usize,
        bits: u32,
        room: &mut Room,
        value: impl Fn(usize) -> Value,
    ) -> Self {
        room.clear(bits);
        for record in 0..records {
            room.add(text, record, value(record), bits);
        }
        room.place();
        let all = room
            .items
            .iter()
            .map(|(_, _, span)| span.range().len())
            .sum();
        let mut entries = vec![Entry::default(); room.items.len()];
        let mut texts = vec![0; all];
        for (hash, record, span) in &room.items {
            let own = if span.is_made() { &room.made } else { text }.as_bytes();
            let own = own.get(span.range()).unwrap_or_default();
            let Some(place) = room.places.get_mut(shard(*hash, bits)) else {
                continue;
            };
            let (at, start) = (place.0 as usize, place.1 as usize);
            if let (Some(entry), Some(copy)) =
                (entries.get_mut(at), texts.get_mut(start..start + own.len()))
            {
                *entry = Entry {
                    hash: *hash as u32,
                    record: *record,
                    len: own.len() as u32,
                };
                copy.copy_from_slice(own);
            }
            *place = (place.0 + 1, place.1 + own.len() as u32);
        }
        Self {
            entries,
            // the parts are whole texts, so together they are text
            text: String::from_utf8(texts).unwrap_or_default(),
            ends: room.places.clone(),
        }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many bytes their texts have.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The values of one shard, with their texts.
    pub(super) fn shard(&self, shard: usize) -> impl Iterator<Item = (Entry, &str)> {
        let (start, end) = self.range(shard);
        self.between(start, end)
    }

    /// Where the entries and the texts of a shard begin and end.
    fn range(&self, shard: usize) -> ((u32, u32), (u32, u32)) {
        let before = shard
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or((0, 0));
        (start, self.ends.get(shard).copied().unwrap_or(start))
    }

    /// The values of one shard, without their texts.
    pub(super) fn entries(&self, shard: usize) -> &[Entry] {
        let (start, end) = self.range(shard);
        self.entries
            .get(start.0 as usize..end.0 as usize)
            .unwrap_or_default()
    }

    /// All values.
    pub(super) fn all(&self) -> impl Iterator<Item = (Entry, &str)> {
        self.between((0, 0), self.ends.last().copied().unwrap_or((0, 0)))
    }

    fn between(&self, start: (u32, u32), end: (u32, u32)) -> impl Iterator<Item = (Entry, &str)> {
        let entries = self
            .entries
            .get(start.0 as usize..end.0 as usize)
            .unwrap_or_default();
        let mut at = start.1 as usize;
        entries.iter().map(move |entry| {
            let from = at;
            at += entry.len as usize;
            (*entry, self.text.get(from..at).unwrap_or(""))
        })
    }
}

/// The shard of a hash: by its upper bits, since tables go by the lower ones.
fn shard(hash: u64, bits: u32) -> usize {
    hash.checked_shr(64 - bits).unwrap_or(0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_knows_where_it_is() {
        let (own, made) = (Span::new(3, 7), Span::made(3, 7));
        assert_eq!((own.range(), made.range()), (3..7, 3..7));
        assert!(!own.is_made() && made.is_made());
        assert!(Span::made(5, 5).is_blank() && !made.is_blank());
    }

    #[test]
    fn equal_texts_are_in_one_shard_and_none_is_lost() {
        let texts: Vec<String> = (0..500).map(|n| format!("{}", n % 97)).collect();
        for bits in [0, 1, 7] {
            let sharded = Sharded::new("", texts.len(), bits, &mut Room::default(), |at| {
                Value::Made(texts[at].clone())
            });
            let mut seen = vec![usize::MAX; 97];
            let mut count = 0;
            for shard in 0..1 << bits {
                for (entry, text) in sharded.shard(shard) {
                    assert_eq!(texts[entry.record as usize], text);
                    let known = &mut seen[text.parse::<usize>().unwrap()];
                    assert!(*known == usize::MAX || *known == shard);
                    *known = shard;
                    count += 1;
                }
            }
            assert_eq!((count, sharded.all().count()), (500, 500));
        }
    }
}
