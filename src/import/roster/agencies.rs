//! Whose each record is: as its agency column says, else as the file is named.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::columns::Field;
use super::fault::Fault;
use super::piece::Piece;
use super::plan::Plan;
use crate::model::id::AgencyId;

/// The agencies of all records.
#[derive(Debug, Default)]
pub(super) struct Agencies {
    /// Sorted.
    pub names: Vec<String>,
    /// For each piece the number of each record's agency.
    pub of: Vec<Vec<u16>>,
}

impl Agencies {
    /// The agencies of all pieces.
    pub(super) fn new(pieces: &[Piece], plans: &[Plan], stems: &[String]) -> Result<Self, Fault> {
        let own: Vec<Own> = pieces
            .par_iter()
            .map(|piece| Own::new(piece, plans, stems))
            .collect();
        let all: BTreeSet<&String> = own.iter().flat_map(|own| &own.names).flatten().collect();
        let names: Vec<String> = all.into_iter().cloned().collect();
        if names.len() > usize::from(u16::MAX) {
            return Err(Fault::Agencies);
        }
        let number: BTreeMap<&String, u16> = names.iter().zip(0..).collect();
        let of = own
            .par_iter()
            .map(|own| {
                let numbers: Vec<u16> = own
                    .names
                    .iter()
                    .map(|name| {
                        name.as_ref()
                            .and_then(|name| number.get(name))
                            .copied()
                            .unwrap_or(0)
                    })
                    .collect();
                own.codes
                    .iter()
                    .map(|code| numbers.get(*code as usize).copied().unwrap_or(0))
                    .collect()
            })
            .collect();
        Ok(Self { names, of })
    }
}

/// The agencies of one piece.
struct Own {
    /// The first is that of a record that names none; `None` where every record does.
    names: Vec<Option<String>>,
    /// For each record.
    codes: Vec<u32>,
}

impl Own {
    fn new(piece: &Piece, plans: &[Plan], stems: &[String]) -> Self {
        let records = piece.numbers.len();
        let mut own = Self {
            names: vec![None],
            codes: vec![0; records],
        };
        let mut named = 0;
        if let Some(column) = piece.column(plans, &Field::Agency) {
            let mut known: FxHashMap<&str, u32> = FxHashMap::default();
            for (entry, text) in column.all() {
                let code = *known.entry(text).or_insert_with(|| {
                    own.names
                        .push(Some(AgencyId::new(text).as_str().to_owned()));
                    own.names.len() as u32 - 1
                });
                if let Some(place) = own.codes.get_mut(entry.record as usize) {
                    *place = code;
                }
                named += 1;
            }
        }
        if named < records
            && let Some(first) = own.names.first_mut()
        {
            let stem = stems.get(piece.file).map_or("", String::as_str);
            *first = Some(AgencyId::new(stem).as_str().to_owned());
        }
        own
    }
}
