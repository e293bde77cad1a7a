//! Puts records in the order of their ids as printed, and finds those whose id is there already.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::columns::Field;
use super::fault::Fault;
use super::intern::Span;
use super::piece::Piece;
use super::plan::Plan;
use crate::model::id::AgencyId;

/// A record on its way into the order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The first bytes of its id, so that most comparisons need not look for the id itself.
    head: [u64; 2],
    id: Span,
    pub piece: u32,
    /// Its number among all records, in the order of the files.
    pub row: u32,
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

/// A record whose id an earlier one has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    pub agency: u16,
    pub place: Place,
    pub earlier: Place,
}

impl Order {
    /// All records that stay, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        self.buckets.iter().flat_map(|(_, places)| places)
    }
}

impl Place {
    /// Its id as supplied.
    pub(super) fn id<'a>(&self, pieces: &'a [Piece]) -> &'a str {
        pieces
            .get(self.piece as usize)
            .map_or("", |piece| piece.get(self.id))
    }
}

/// Sorts the records of all pieces; of two with one id the earlier stays.
pub(super) fn order(pieces: &[Piece], plans: &[Plan], stems: &[String]) -> Result<Order, Fault> {
    let names = names(pieces, plans, stems);
    let all: BTreeSet<&String> = names.iter().flatten().collect();
    let agencies: Vec<String> = all.iter().map(|name| (*name).clone()).collect();
    if agencies.len() > usize::from(u16::MAX) {
        return Err(Fault::Agencies);
    }
    let number: BTreeMap<&String, u16> =
        all.iter().zip(0..).map(|(name, at)| (*name, at)).collect();
    let mut buckets: Vec<Vec<Place>> = vec![Vec::new(); agencies.len()];
    let mut row = 0;
    for (at, (piece, names)) in pieces.iter().zip(&names).enumerate() {
        let codes: Vec<u16> = names
            .iter()
            .map(|name| number.get(name).copied().unwrap_or(0))
            .collect();
        let cells = cells_of(piece, plans, &Field::Agency);
        for (record, id) in piece.ids.iter().enumerate() {
            let code = cells
                .and_then(|cells| cells.get(record))
                .copied()
                .unwrap_or(0);
            let agency = codes.get(code as usize).copied().unwrap_or(0);
            if let Some(bucket) = buckets.get_mut(usize::from(agency)) {
                bucket.push(Place {
                    head: head(piece.get(*id).as_bytes()),
                    id: *id,
                    piece: at as u32,
                    row,
                });
            }
            row += 1;
        }
    }
    // the printed id has a `:` behind the agency, which sorts behind `-`
    let mut buckets: Vec<(u16, Vec<Place>)> = (0..).zip(buckets).collect();
    buckets.sort_by_key(|(agency, _)| {
        format!(
            "{}:",
            agencies
                .get(usize::from(*agency))
                .map_or("", String::as_str)
        )
    });
    let mut repeated = Vec::new();
    for (agency, places) in &mut buckets {
        places.par_sort_unstable_by(|a, b| compare(a, b, pieces).then(a.row.cmp(&b.row)));
        let mut before: Option<Place> = None;
        places.retain(|place| {
            let earlier = before.filter(|before| compare(before, place, pieces).is_eq());
            if let Some(earlier) = earlier {
                repeated.push(Again {
                    agency: *agency,
                    place: *place,
                    earlier,
                });
            } else {
                before = Some(*place);
            }
            earlier.is_none()
        });
    }
    repeated.sort_unstable_by_key(|again| again.place.row);
    Ok(Order {
        agencies,
        buckets,
        repeated,
    })
}

/// For each piece the agencies by the codes of their cells; the first is that of a blank cell.
fn names(pieces: &[Piece], plans: &[Plan], stems: &[String]) -> Vec<Vec<String>> {
    pieces
        .iter()
        .map(|piece| {
            let stem = stems.get(piece.file).map_or("", String::as_str);
            let mut names = vec![AgencyId::new(stem).as_str().to_owned()];
            if let Some(at) = place_of(piece, plans, &Field::Agency)
                && let Some(codes) = piece.columns.get(at)
            {
                // the stem is no agency where every record has one of its own
                if !codes.cells.contains(&0) && !codes.values.is_empty() {
                    names = vec![
                        AgencyId::new(piece.get(codes.values.first().copied().unwrap_or_default()))
                            .as_str()
                            .to_owned(),
                    ];
                }
                names.extend(
                    codes
                        .values
                        .iter()
                        .map(|value| AgencyId::new(piece.get(*value)).as_str().to_owned()),
                );
            }
            names
        })
        .collect()
}

/// Which of a piece's columns a field is.
pub(super) fn place_of(piece: &Piece, plans: &[Plan], field: &Field) -> Option<usize> {
    plans
        .get(piece.file)?
        .fields
        .iter()
        .position(|known| known == field)
}

fn cells_of<'a>(piece: &'a Piece, plans: &[Plan], field: &Field) -> Option<&'a Vec<u32>> {
    piece
        .columns
        .get(place_of(piece, plans, field)?)
        .map(|codes| &codes.cells)
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
