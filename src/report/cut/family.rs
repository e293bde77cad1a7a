//! What a copy for the family never holds: judgements, what others hold, ids made from content, rows and files.

use std::sync::Arc;

use crate::model::date::When;
use crate::model::id::{EntryId, FactId, PersonId, RecordId};
use crate::model::phrase::Coded;
use crate::model::supply::Supplied;
use crate::picture::{ByHand, Picture};

/// Takes it out of a picture that was cut already.
pub fn plain(picture: &mut Picture) {
    picture.by_hand = ByHand::default();
    picture.faults = Arc::default();
    supplied(Arc::make_mut(&mut picture.supplied));
    let people = Arc::make_mut(&mut picture.people);
    for (at, person) in people.persons.iter_mut().enumerate() {
        person.id = PersonId::new(&format!("{:06}", at + 1));
        person.other_names.clear();
        person.lowest_probability = None;
        person.decided_by.clear();
        person.candidates = 0;
        person.status = crate::model::person::LinkStatus::Single;
    }
    let timeline = Arc::make_mut(&mut picture.timeline);
    timeline.disagreements.clear();
    for (at, fact) in timeline.facts.iter_mut().enumerate() {
        fact.id = FactId::new(&format!("{:06}", at + 1));
        fact.agencies = vec![fact.first_agency.clone()];
        fact.origins.clear();
        (fact.origins_low, fact.origins_high) = (0, 0);
        fact.suspected.clear();
        fact.disagrees_with.clear();
        fact.differences.clear();
        fact.channel = Coded::Blank;
        fact.significance = None;
        fact.consent_state = Coded::Blank;
        fact.handling.clear();
        fact.cited_by.clear();
    }
}

/// Takes it out of what the agencies supplied.
fn supplied(supplied: &mut Supplied) {
    supplied.files.clear();
    for (at, entry) in supplied.entries.iter_mut().enumerate() {
        entry.rows.clear();
        entry.id = EntryId::new(entry.id.agency(), &format!("{:06}", at + 1));
        (entry.recorded_on, entry.received_on) = (When::default(), When::default());
        entry.told_by.clear();
        entry.cites.clear();
        entry.origin = crate::model::entry::OriginCells::default();
        entry.significance = None;
        entry.domains.clear();
        entry.reference.clear();
        entry.grade.clear();
        entry.document.clear();
        entry.basis_raw.clear();
        entry.handling.clear();
        entry.channel = Coded::Blank;
        entry.consent = crate::model::entry::Consent::default();
    }
    let mut names = std::collections::BTreeMap::new();
    for (at, record) in supplied.records.iter_mut().enumerate() {
        let id = RecordId::new(record.id.agency(), &format!("{:06}", at + 1));
        names.insert(record.id.clone(), id.clone());
        record.id = id;
        record.identifiers.clear();
        record.rows.clear();
    }
    for entry in &mut supplied.entries {
        for id in &mut entry.persons {
            if let Some(now) = names.get(id) {
                id.clone_from(now);
            }
        }
    }
    supplied.relationships.clear();
}
