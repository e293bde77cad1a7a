//! Builds small cases for the tests of this room.

use std::sync::LazyLock;

use crate::model::agency::Agency;
use crate::model::basis::{Jurisdiction, Vocabulary};
use crate::model::date::{Day, When};
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact, Origin};
use crate::model::id::{AgencyId, EntryId, FactId, RecordId};
use crate::model::phrase::Coded;
use crate::model::record::Record;
use crate::model::settings::Recipient;
use crate::model::source::RowRef;
use crate::model::supply::Supplied;

use super::{Answer, Rules, Viewing, may_see};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn on(text: &str) -> When {
    When::day(day(text))
}

pub fn england() -> &'static Vocabulary {
    static READ: LazyLock<Vocabulary> =
        LazyLock::new(|| Vocabulary::of(Jurisdiction::England).unwrap());
    &READ
}

/// An entry of an agency with a basis; the rest is blank.
pub fn entry(id: &str, basis: &str) -> Entry {
    let (agency, local) = id.split_once(':').unwrap();
    Entry {
        rows: Vec::new(),
        when: on("2025-01-10"),
        text: "Seen at home.".to_owned(),
        basis: basis.split('|').map(Into::into).collect(),
        basis_raw: basis.to_owned(),
        ..Entry::blank(
            EntryId::new(&AgencyId::new(agency), local),
            RowRef {
                file: 0,
                sheet: 0,
                row: 2,
            },
        )
    }
}

/// The same with changes.
pub fn with(mut entry: Entry, change: impl FnOnce(&mut Entry)) -> Entry {
    change(&mut entry);
    entry
}

pub fn record(id: &str, change: impl FnOnce(&mut Record)) -> Record {
    let (agency, local) = id.split_once(':').unwrap();
    let mut record = Record::named_only(RecordId::new(&AgencyId::new(agency), local));
    change(&mut record);
    record
}

/// A case whose agencies are those of the entries and the own one, social care.
pub fn case(mut entries: Vec<Entry>, mut records: Vec<Record>) -> Supplied {
    entries.sort_by(|one, other| one.id.cmp(&other.id));
    records.sort_by(|one, other| one.id.cmp(&other.id));
    let mut ids: Vec<AgencyId> = entries.iter().map(|entry| entry.agency().clone()).collect();
    ids.push(AgencyId::new("social-care"));
    ids.sort();
    ids.dedup();
    let agencies = ids
        .iter()
        .map(|id| Agency {
            supplied: true,
            ..Agency::of_id(id)
        })
        .collect();
    Supplied {
        agencies,
        records,
        entries,
        ..Supplied::default()
    }
}

/// One fact that all entries of a case tell, the first leading.
pub fn fact(supplied: &Supplied) -> Fact {
    let first = supplied.entries[0].agency().clone();
    Fact {
        id: FactId::new("F1"),
        lead: 0,
        entries: (0..supplied.entries.len()).collect(),
        persons: Vec::new(),
        when: When::default(),
        time: None,
        agencies: vec![first.clone()],
        first_agency: first.clone(),
        origins: vec![Origin::Agency(first)],
        origins_low: 1,
        origins_high: 1,
        suspected: Vec::new(),
        disagrees_with: Vec::new(),
        differences: Vec::new(),
        kind: Coded::Blank,
        channel: Coded::Blank,
        polarity: Coded::Blank,
        significance: None,
        basis: Vec::new(),
        consent_state: Coded::Blank,
        told: Coded::Blank,
        handling: Vec::new(),
        status: BasisStatus::Unknown,
        cited_by: Vec::new(),
    }
}

pub fn rules(supplied: &Supplied) -> Rules {
    Rules::of(supplied, england(), Some(&AgencyId::new("social-care")))
}

/// The one fact of a case, judged.
pub fn judged(supplied: &Supplied, as_of: &str) -> Fact {
    let mut facts = [fact(supplied)];
    rules(supplied).judge(supplied, england(), day(as_of), &mut facts);
    let [fact] = facts;
    fact
}

/// The answer for the one fact of a case: `""` is the partnership, `family`, else an agency.
pub fn answer(supplied: &Supplied, who: &str, as_of: &str) -> Answer {
    let recipient = match who {
        "" => None,
        "family" => Some(Recipient::Family),
        id => Some(Recipient::Agency(AgencyId::new(id))),
    };
    let conditions = rules(supplied).conditions(supplied, england(), &fact(supplied));
    let viewing = Viewing {
        recipient: recipient.as_ref(),
        purpose: None,
        date: day(as_of),
    };
    may_see(&conditions, &viewing)
}
