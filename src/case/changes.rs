//! What an import changes: records and entries that are new, say something else than before, or are gone, by agency.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::entry::Entry;
use crate::model::id::AgencyId;
use crate::model::record::Record;
use crate::model::supply::Supplied;

/// What one agency's data says otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The agency.
    pub agency: String,
    /// Its records.
    pub records: Difference,
    /// Its entries.
    pub entries: Difference,
}

/// Ids that are new, say something else than before, or are gone; each list in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Ids that were not there.
    pub new: Vec<String>,
    /// Ids that were there and say something else.
    pub changed: Vec<String>,
    /// Ids that are no longer there.
    pub gone: Vec<String>,
}

impl Difference {
    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }

    fn between<T: PartialEq>(before: &BTreeMap<&str, T>, after: &BTreeMap<&str, T>) -> Self {
        let owned = |id: &&str| (*id).to_owned();
        let is_new = |id: &&&str| !before.contains_key(**id);
        let is_gone = |id: &&&str| !after.contains_key(**id);
        let is_changed = |(id, one): &(&&str, &T)| before.get(**id).is_some_and(|was| was != *one);
        Self {
            new: after.keys().filter(is_new).map(owned).collect(),
            changed: after
                .iter()
                .filter(is_changed)
                .map(|(id, _)| owned(id))
                .collect(),
            gone: before.keys().filter(is_gone).map(owned).collect(),
        }
    }
}

/// What each agency's records and entries say otherwise. Where a row stands in a file is no difference.
pub fn changes(before: &Supplied, after: &Supplied) -> Vec<Changes> {
    let agencies: BTreeSet<&AgencyId> = [before, after]
        .into_iter()
        .flat_map(|one| one.agencies.iter().map(|agency| &agency.id))
        .collect();
    let of_agency = |agency: &AgencyId| Changes {
        agency: agency.as_str().to_owned(),
        records: Difference::between(&records_of(before, agency), &records_of(after, agency)),
        entries: Difference::between(&entries_of(before, agency), &entries_of(after, agency)),
    };
    let all = agencies.into_iter().map(of_agency);
    all.filter(|one| !one.records.is_empty() || !one.entries.is_empty())
        .collect()
}

fn records_of<'a>(supplied: &'a Supplied, agency: &AgencyId) -> BTreeMap<&'a str, Record> {
    let records = supplied
        .records
        .iter()
        .filter(|one| one.id.agency() == agency);
    records
        .map(|one| {
            let said = Record {
                rows: Vec::new(),
                ..one.clone()
            };
            (one.id.as_str(), said)
        })
        .collect()
}

fn entries_of<'a>(supplied: &'a Supplied, agency: &AgencyId) -> BTreeMap<&'a str, Entry> {
    let entries = supplied.entries.iter().filter(|one| one.agency() == agency);
    entries
        .map(|one| {
            let said = Entry {
                rows: Vec::new(),
                ..one.clone()
            };
            (one.id.as_str(), said)
        })
        .collect()
}
