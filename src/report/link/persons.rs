//! `persons.csv`: the person of each record.

use std::io::{self, Write};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::lines;
use crate::model::id::short_hash;
use crate::model::roster::Roster;
use crate::model::watch::Watch;
use crate::people::scale::Linked;

/// Hex digits of a person id, as in `people.csv`, and how many more one has that would be another's by chance.
const DIGITS: usize = 12;
const MORE_DIGITS: usize = 16;
/// The two hex digits of each byte.
const HEX: [[u8; 2]; 256] = {
    let digits = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [digits[byte >> 4], digits[byte & 15]];
        byte += 1;
    }
    pairs
};

/// Writes `persons.csv`, by record.
///
/// # Errors
/// What the writer says, or that the watch says stop.
pub fn write(
    roster: &Roster,
    linked: &Linked,
    out: &mut dyn Write,
    watch: &dyn Watch,
) -> io::Result<()> {
    let ids = Ids::of(roster, &linked.person);
    out.write_all(b"record,person_id\n")?;
    lines::write(roster.len(), out, watch, |rows, piece| {
        for record in rows {
            lines::cell(roster.id(record), piece);
            piece.push(b',');
            let person = linked.person.get(record).copied().unwrap_or(record as u32);
            ids.write(person as usize, roster, piece);
            piece.push(b'\n');
        }
    })
}

/// The ids of persons: `P` and the first digits of the SHA-256 of the person's smallest record.
struct Ids {
    /// The first 16 digits, at each person's smallest record.
    hashes: Vec<u64>,
    /// Hashes whose first 12 digits several persons share, sorted.
    shared: Vec<u64>,
    /// Hashes that several persons share altogether, sorted.
    same: Vec<u64>,
}

impl Ids {
    fn of(roster: &Roster, persons: &[u32]) -> Self {
        let hashes: Vec<u64> = persons
            .par_iter()
            .enumerate()
            .map(|(record, person)| {
                if *person as usize == record {
                    hash(roster.id(record))
                } else {
                    0
                }
            })
            .collect();
        let first = persons.par_iter().zip(&hashes).enumerate();
        let mut sorted: Vec<u64> = first
            .filter(|(record, (person, _))| **person as usize == *record)
            .map(|(_, (_, hash))| *hash)
            .collect();
        sorted.par_sort_unstable();
        let short = |hash: u64| hash >> (4 * (MORE_DIGITS - DIGITS));
        // hashes that are the same altogether begin alike too
        let shared = repeated(&sorted, short);
        Self {
            same: repeated(&shared, |hash| hash),
            shared,
            hashes,
        }
    }

    fn write(&self, person: usize, roster: &Roster, piece: &mut Vec<u8>) {
        let hash = self.hashes.get(person).copied().unwrap_or(0);
        piece.push(b'P');
        if self.same.binary_search(&hash).is_ok() {
            piece.extend_from_slice(short_hash(roster.id(person), 64).as_bytes());
            return;
        }
        let digits = if self.shared.binary_search(&hash).is_ok() {
            MORE_DIGITS
        } else {
            DIGITS
        };
        let all = hex(hash);
        piece.extend_from_slice(all.get(..digits).unwrap_or_default());
    }
}

/// The hex digits of a hash.
fn hex(hash: u64) -> [u8; MORE_DIGITS] {
    let mut digits = [0; MORE_DIGITS];
    for (pair, byte) in digits
        .as_chunks_mut::<2>()
        .0
        .iter_mut()
        .zip(hash.to_be_bytes())
    {
        *pair = HEX[usize::from(byte)];
    }
    digits
}

fn hash(id: &str) -> u64 {
    let digest = Sha256::digest(id.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

/// The hashes of a sorted list that are not alone with their key.
fn repeated(sorted: &[u64], key: impl Fn(u64) -> u64) -> Vec<u64> {
    sorted
        .chunk_by(|one, other| key(*one) == key(*other))
        .filter(|run| run.len() > 1)
        .flatten()
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::watch::Unwatched;
    use crate::people::scale::sample::{linked, roster};

    #[test]
    fn ids_are_those_of_the_persons_smallest_record() {
        let roster = roster(&["gp:1", "gp:2", "police:9"]);
        let mut out = Vec::new();
        write(&roster, &linked(&[0, 1, 0], &[]), &mut out, &Unwatched).unwrap();
        let (first, second) = (short_hash("gp:1", 12), short_hash("gp:2", 12));
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!("record,person_id\ngp:1,P{first}\ngp:2,P{second}\npolice:9,P{first}\n")
        );
    }

    #[test]
    fn ids_that_would_be_the_same_by_chance_get_longer() {
        let roster = roster(&["a:1", "a:2", "a:3", "a:4"]);
        let ids = Ids {
            hashes: vec![0xabc0_0000_0000_0001, 0xabc0_0000_0000_0002, 5, 5],
            shared: vec![5, 5, 0xabc0_0000_0000_0001, 0xabc0_0000_0000_0002],
            same: vec![5, 5],
        };
        let id = |person| {
            let mut piece = Vec::new();
            ids.write(person, &roster, &mut piece);
            String::from_utf8(piece).unwrap()
        };
        assert_eq!(
            (id(0), id(1)),
            ("Pabc0000000000001".into(), "Pabc0000000000002".into())
        );
        assert_ne!(id(2), id(3));
    }

    #[test]
    fn repeated_hashes_are_found_by_their_first_digits() {
        let hashes = [1 << 16, (1 << 16) + 1, 2 << 16, 3 << 16, 3 << 16];
        assert_eq!(
            repeated(&hashes, |hash| hash >> 16),
            [1 << 16, (1 << 16) + 1, 3 << 16, 3 << 16]
        );
        assert_eq!(repeated(&hashes, |hash| hash), [3 << 16, 3 << 16]);
    }
}
