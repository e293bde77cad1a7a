//! Finds the record or entry that an id in a cell names: the supplier's own when bare, another agency's with `agency:`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::model::id::{AgencyId, EntryId, RecordId};
use crate::model::source::RowRef;

use super::agencies::Agencies;

/// Everything that ids may name.
#[derive(Debug, Default)]
pub struct Known {
    /// The agencies.
    pub agencies: Agencies,
    /// Records that a row describes.
    pub records: HashSet<RecordId>,
    /// Entries by the ids in their own column.
    pub entries: HashSet<EntryId>,
    /// Those of them that stand in more than one row.
    pub repeated: HashSet<EntryId>,
    /// The record that a row itself describes.
    pub of_row: HashMap<RowRef, RecordId>,
    /// Described records by local id.
    pub locals: BTreeMap<String, BTreeSet<RecordId>>,
}

impl Known {
    /// The record that a cell names. A supplier's own ids may hold a colon, so its own list is looked up first. Without a
    /// supplier a bare id must be the id of exactly one record of all agencies.
    pub fn record(&self, text: &str, supplier: Option<&AgencyId>) -> Option<RecordId> {
        let text = text.trim();
        if let Some(own) = supplier
            .map(|s| RecordId::new(s, text))
            .filter(|id| self.records.contains(id))
        {
            return Some(own);
        }
        if let Some((agency, local)) = qualified(text) {
            return Some(RecordId::new(&self.agencies.named_or_new(agency), local));
        }
        if let Some(supplier) = supplier {
            return Some(RecordId::new(supplier, text));
        }
        let mut fitting = self.locals.get(text)?.iter();
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => None,
        }
    }

    /// The entry that a cell names, as for records.
    pub fn entry(&self, text: &str, supplier: Option<&AgencyId>) -> Option<EntryId> {
        let text = text.trim();
        if let Some(own) = supplier
            .map(|s| EntryId::new(s, text))
            .filter(|id| self.entries.contains(id))
        {
            return Some(own);
        }
        if let Some((agency, local)) = qualified(text) {
            return Some(EntryId::new(&self.agencies.named_or_new(agency), local));
        }
        supplier.map(|supplier| EntryId::new(supplier, text))
    }

    /// The entry that a bare id names among several agencies, if exactly one of them has it.
    pub fn entry_of_one(&self, text: &str, agencies: &[AgencyId]) -> Option<EntryId> {
        if qualified(text).is_some() {
            return self.entry(text, None);
        }
        let of = agencies
            .iter()
            .map(|agency| EntryId::new(agency, text.trim()));
        let mut fitting = of.filter(|id| self.entries.contains(id));
        let one = fitting.next()?;
        fitting.next().is_none().then_some(one)
    }
}

fn qualified(text: &str) -> Option<(&str, &str)> {
    let (agency, local) = text.split_once(':')?;
    let (agency, local) = (agency.trim(), local.trim());
    (!agency.is_empty() && !local.is_empty()).then_some((agency, local))
}
