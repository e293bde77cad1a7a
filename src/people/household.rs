//! Which records are of one household: there agreement on surname, address, telephone or date of birth is worth little.

use std::collections::BTreeMap;

use super::names::words;
use super::prepare::Description;
use crate::model::identifier::Scheme;
use crate::model::supply::Supplied;

/// A key shared by more records of one agency than this is an institution (a hostel, a hospital), not a household.
pub const LARGEST_HOUSEHOLD: usize = 15;

/// What two records of one household share; sorted numbers that mean nothing outside one run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keys {
    /// Numbers of the keys.
    pub all: Vec<u32>,
    /// Numbers of the family cards among them.
    pub cards: Vec<u32>,
    /// Positions of the records that an agency relates to this one, sorted.
    pub related: Vec<usize>,
}

impl Keys {
    /// Whether the two share a key.
    pub fn meet(&self, other: &Self) -> bool {
        common(&self.all, &other.all)
    }

    /// Whether the two share a family card.
    pub fn share_card(&self, other: &Self) -> bool {
        common(&self.cards, &other.cards)
    }
}

fn common(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|key| b.binary_search(key).is_ok())
}

/// Fills the household keys of all descriptions: own household id, UPRN, address with postcode, family card, and the same
/// of everyone whom an agency relates to the record.
pub fn fill(supplied: &Supplied, all: &mut [Description]) {
    let mut at_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        for key in keys_of(supplied, one) {
            at_key.entry(key).or_default().push(at);
        }
    }
    let mut own = vec![Keys::default(); all.len()];
    for (number, (key, members)) in at_key.iter().enumerate() {
        if largest_share(all, members) > LARGEST_HOUSEHOLD {
            continue;
        }
        for at in members {
            own[*at].all.push(number as u32);
            if key.starts_with('m') {
                own[*at].cards.push(number as u32);
            }
        }
    }
    let first_person = at_key.len() as u32;
    for (at, keys) in own.iter_mut().enumerate() {
        keys.all.push(first_person + at as u32);
    }
    let related = related(supplied, all);
    for (at, one) in all.iter_mut().enumerate() {
        let mut keys = own[at].clone();
        for other in &related[at] {
            keys.all.extend(&own[*other].all);
        }
        keys.all.sort_unstable();
        keys.all.dedup();
        keys.related.clone_from(&related[at]);
        one.household = keys;
    }
}

fn keys_of(supplied: &Supplied, one: &Description) -> Vec<String> {
    let record = &supplied.records[one.index];
    let mut keys = Vec::new();
    if !record.household_id.trim().is_empty() {
        keys.push(format!(
            "h{} {}",
            record.id.agency(),
            record.household_id.trim()
        ));
    }
    if !record.uprn.is_empty() {
        keys.push(format!("u{}", record.uprn));
    }
    if !one.postcode.is_empty() && !record.address.trim().is_empty() {
        // a town more or less makes no difference: the numbers and the first word of the street
        let street = words(&record.address)
            .into_iter()
            .find(|word| one.street.contains(word));
        keys.push(format!(
            "a{} {} {}",
            one.postcode,
            one.numbers.join(" "),
            street.unwrap_or_default()
        ));
    }
    for id in record
        .identifiers
        .iter()
        .filter(|id| id.scheme == Scheme::Medicare)
    {
        // the last digit is the issue number of the card, which changes when it is replaced
        let card: String = id.value.chars().take(9).collect();
        if card.len() == 9 {
            keys.push(format!("m{card}"));
        }
    }
    keys
}

fn largest_share(all: &[Description], members: &[usize]) -> usize {
    let mut by_agency: BTreeMap<usize, usize> = BTreeMap::new();
    for at in members {
        *by_agency.entry(all[*at].agency).or_default() += 1;
    }
    by_agency.into_values().max().unwrap_or(0)
}

/// For each record the positions of those that it is related to; "same as" and "alias of" are no relation of two persons.
fn related(supplied: &Supplied, all: &[Description]) -> Vec<Vec<usize>> {
    let find = |id: &crate::model::id::RecordId| {
        all.binary_search_by(|one| supplied.records[one.index].id.cmp(id))
            .ok()
    };
    let mut related = vec![Vec::new(); all.len()];
    for relation in &supplied.relationships {
        let said = relation.relationship.to_lowercase();
        if [
            "same",
            "alias",
            "self",
            "professional",
            "worker",
            "duplicate",
        ]
        .iter()
        .any(|word| said.contains(word))
        {
            continue;
        }
        if let Some((a, b)) = find(&relation.record)
            .zip(find(&relation.related))
            .filter(|(a, b)| a != b)
        {
            related[a].push(b);
            related[b].push(a);
        }
    }
    for list in &mut related {
        list.sort_unstable();
        list.dedup();
    }
    related
}
