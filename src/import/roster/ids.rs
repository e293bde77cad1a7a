//! Puts records in the order of their ids as printed, and finds those whose id is there already.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::agencies::Agencies;
use super::piece::Piece;
use crate::model::roster::Texts;

/// A record on its way into the order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The first bytes of its id, so that most comparisons need not look for the id itself.
    head: [u64; 2],
    pub piece: u32,
    /// Its number in the piece.
    pub record: u32,
    /// Its number among all records, in the order of the files.
    pub row: u32,
}

/// A record whose id an earlier one has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    pub agency: u16,
    pub place: Place,
    pub earlier: Place,
}

/// The records in order.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// The agencies, sorted.
    pub agencies: Vec<String>,
    /// For each agency, in the order of what is printed, its number and its records.
    pub buckets: Vec<(u16, Vec<Place>)>,
    /// Records whose id an earlier one has, by their rows.
    pub repeated: Vec<Again>,
}

impl Order {
    /// All records that stay, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.buckets.iter().flat_map(|(_, places)| places)
    }

    /// The name of an agency.
    pub(super) fn agency(&self, number: u16) -> &str {
        self.agencies
            .get(usize::from(number))
            .map_or("", String::as_str)
    }

    /// The ids as printed, in order.
    pub(super) fn printed(&self, pieces: &[Piece]) -> Texts {
        let mut ids = Texts::default();
        let mut printed = String::new();
        for (agency, places) in &self.buckets {
            for place in places {
                printed.clear();
                printed.push_str(self.agency(*agency));
                printed.push(':');
                printed.push_str(place.id(pieces));
                ids.push(&printed);
            }
        }
        ids
    }
}

impl Place {
    /// Its id as supplied.
    pub(super) fn id<'a>(&self, pieces: &'a [Piece]) -> &'a str {
        pieces
            .get(self.piece as usize)
            .map_or("", |piece| piece.ids.get(self.record as usize))
    }
}

/// Sorts the records of all pieces; of two with one id the earlier stays.
pub(super) fn order(pieces: &[Piece], agencies: Agencies) -> Order {
    let mut buckets: Vec<(u16, Vec<Place>)> = places(pieces, &agencies);
    // the printed id has a `:` behind the agency, which sorts behind `-`
    let printed = |agency: u16| {
        format!(
            "{}:",
            agencies
                .names
                .get(usize::from(agency))
                .map_or("", String::as_str)
        )
    };
    buckets.sort_by_cached_key(|(agency, _)| printed(*agency));
    let mut repeated: Vec<Again> = buckets
        .par_iter_mut()
        .flat_map(|(agency, places)| {
            places.par_sort_unstable_by(|a, b| compare(a, b, pieces).then(a.row.cmp(&b.row)));
            take_repeated(*agency, places, pieces)
        })
        .collect();
    repeated.sort_unstable_by_key(|again| again.place.row);
    Order {
        agencies: agencies.names,
        buckets,
        repeated,
    }
}

/// Pieces whose ids are looked at before their records are put to those of their agencies.
const AT_ONCE: usize = 16;

/// The records by agency, in the order of the files.
fn places(pieces: &[Piece], agencies: &Agencies) -> Vec<(u16, Vec<Place>)> {
    let mut counts = vec![0_usize; agencies.names.len()];
    for agency in agencies.of.iter().flatten() {
        if let Some(count) = counts.get_mut(usize::from(*agency)) {
            *count += 1;
        }
    }
    let mut buckets: Vec<(u16, Vec<Place>)> = (0..)
        .zip(counts)
        .map(|(agency, count)| (agency, Vec::with_capacity(count)))
        .collect();
    let mut first = 0;
    let all: Vec<(u32, &Piece, &Vec<u16>, u32)> = (0..)
        .zip(pieces.iter().zip(&agencies.of))
        .map(|(at, (piece, of))| {
            let row = first;
            first += of.len() as u32;
            (at, piece, of, row)
        })
        .collect();
    // the ids of some pieces at a time are looked at side by side, since they lie far from each other
    for some in all.chunks(AT_ONCE) {
        let heads = some.par_iter().map(|(_, piece, of, _)| {
            let records = 0..of.len();
            records
                .map(|record| head(piece.ids.get(record).as_bytes()))
                .collect()
        });
        let heads: Vec<Vec<[u64; 2]>> = heads.collect();
        for ((at, _, of, first), heads) in some.iter().zip(heads) {
            for ((record, agency), head) in (0..).zip(*of).zip(heads) {
                if let Some((_, bucket)) = buckets.get_mut(usize::from(*agency)) {
                    bucket.push(Place {
                        head,
                        piece: *at,
                        record,
                        row: first + record,
                    });
                }
            }
        }
    }
    buckets
}

/// Takes out, of records in order, those whose id the one before has.
fn take_repeated(agency: u16, places: &mut Vec<Place>, pieces: &[Piece]) -> Vec<Again> {
    let mut repeated = Vec::new();
    let mut before: Option<Place> = None;
    places.retain(|place| {
        let earlier = before.filter(|before| compare(before, place, pieces).is_eq());
        if let Some(earlier) = earlier {
            repeated.push(Again {
                agency,
                place: *place,
                earlier,
            });
        } else {
            before = Some(*place);
        }
        earlier.is_none()
    });
    repeated
}

/// The first sixteen bytes, so that comparing them as numbers compares them as bytes.
fn head(id: &[u8]) -> [u64; 2] {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(id) {
        *to = *from;
    }
    let number = u128::from_be_bytes(bytes);
    [(number >> 64) as u64, number as u64]
}

fn compare(a: &Place, b: &Place, pieces: &[Piece]) -> Ordering {
    a.head
        .cmp(&b.head)
        .then_with(|| a.id(pieces).cmp(b.id(pieces)))
}
