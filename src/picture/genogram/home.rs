//! Works out who lives with whom, from household numbers, addresses and "lives with".

use std::collections::{BTreeMap, BTreeSet};

use super::bond::Bond;
use super::family::{Family, Sight};
use crate::model::phrase::fold;
use crate::model::record::Record;
use crate::model::slot::is_alike;
use crate::picture::Picture;

/// An address that more persons share is an institution, not a home.
const LARGEST: usize = 15;

/// Records of one agency that share a household number or an address: groups of two or more.
pub fn lists(picture: &Picture, sight: &Sight<'_>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, record) in picture.supplied.records.iter().enumerate() {
        if !(sight.record)(at) {
            continue;
        }
        let key = if record.household_id.trim().is_empty() {
            address(record)
        } else {
            Some(format!("#{}", record.household_id.trim()))
        };
        if let Some(key) = key {
            groups
                .entry((record.id.agency().to_string(), key))
                .or_default()
                .push(at);
        }
    }
    groups
        .into_values()
        .filter(|group| (2..=LARGEST).contains(&group.len()))
        .collect()
}

fn address(record: &Record) -> Option<String> {
    let street = record.address.trim();
    (!street.is_empty()).then(|| format!("{}|{}", fold(&record.postcode), street.to_lowercase()))
}

/// Whether two records have one address: alike in words, and of one postcode where both have one.
fn same_address(one: &Record, other: &Record) -> bool {
    let (left, right) = (fold(&one.postcode), fold(&other.postcode));
    (left == right || left.is_empty() || right.is_empty()) && is_alike(&one.address, &other.address)
}

/// Fills in the homes: each member lives where most agencies say, and with whom an agency says that they live.
pub fn find(
    picture: &Picture,
    sight: &Sight<'_>,
    number: &BTreeMap<usize, usize>,
    family: &mut Family,
) {
    let homes = addresses(picture, sight, number);
    let mut lives: BTreeMap<usize, usize> = BTreeMap::new();
    for member in 0..family.members.len() {
        // most agencies first, then the home that most members share, then the first
        let best = homes.iter().enumerate().filter_map(|(home, who)| {
            let said = who.get(&member)?.len();
            Some((said, who.len(), usize::MAX - home))
        });
        if let Some((_, _, home)) = best.max() {
            lives.insert(member, usize::MAX - home);
        }
    }
    let mut next = homes.len();
    for tie in family
        .ties
        .iter()
        .filter(|tie| tie.bond == Bond::Lives && !tie.is_over)
    {
        match (lives.get(&tie.one).copied(), lives.get(&tie.other).copied()) {
            (Some(home), None) => {
                lives.insert(tie.other, home);
            }
            (None, Some(home)) => {
                lives.insert(tie.one, home);
            }
            (None, None) => {
                lives.insert(tie.one, next);
                lives.insert(tie.other, next);
                next += 1;
            }
            (Some(_), Some(_)) => {}
        }
    }
    let mut by_home: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (member, home) in lives {
        by_home.entry(home).or_default().insert(member);
    }
    settle(family, by_home.into_values().collect());
}

/// Keeps the homes of two and more, the children's first, and gives each its letter.
pub(super) fn settle(family: &mut Family, mut homes: Vec<BTreeSet<usize>>) {
    homes.retain(|home| (2..=LARGEST).contains(&home.len()));
    let children = |home: &BTreeSet<usize>| {
        home.iter()
            .filter(|&&at| family.members.get(at).is_some_and(|m| m.is_index))
            .count()
    };
    homes.sort_by_key(|home| (usize::MAX - children(home), home.iter().next().copied()));
    homes.truncate(26);
    for (home, letter) in homes.iter().zip('A'..='Z') {
        for &at in home {
            if let Some(member) = family.members.get_mut(at) {
                member.home = Some(letter);
            }
        }
    }
    family.homes = homes;
}

/// For each home the members whom some agency has there, with the agencies.
fn addresses(
    picture: &Picture,
    sight: &Sight<'_>,
    number: &BTreeMap<usize, usize>,
) -> Vec<BTreeMap<usize, BTreeSet<String>>> {
    let mut homes: Vec<(usize, BTreeMap<usize, BTreeSet<String>>)> = Vec::new();
    let records = &picture.supplied.records;
    let mut by_household: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let member = picture
            .people
            .person_of
            .get(at)
            .and_then(|person| number.get(person));
        let (Some(&member), true) = (member, (sight.record)(at)) else {
            continue;
        };
        let household = record.household_id.trim();
        let key = (record.id.agency().to_string(), household.to_owned());
        let home = if record.address.trim().is_empty() {
            by_household
                .get(&key)
                .copied()
                .filter(|_| !household.is_empty())
        } else {
            homes.iter().position(|(first, _)| {
                records
                    .get(*first)
                    .is_some_and(|of| same_address(of, record))
            })
        };
        let home = match home {
            Some(home) => home,
            None if record.address.trim().is_empty() && household.is_empty() => continue,
            None => {
                homes.push((at, BTreeMap::new()));
                homes.len() - 1
            }
        };
        if !household.is_empty() {
            by_household.entry(key).or_insert(home);
        }
        if let Some((_, who)) = homes.get_mut(home) {
            who.entry(member)
                .or_default()
                .insert(record.id.agency().to_string());
        }
    }
    homes.into_iter().map(|(_, who)| who).collect()
}
