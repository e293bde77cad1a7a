//! What is available against what is relied on, and the flags, as far as they stay. They were measured on what the recipient
//! may see; a copy for the family holds none of it.

use super::Cut;
use crate::reliance::{Conclusion, Flags, GroupMeasure, KnockOut, Reliance};

/// Cuts the flags: those stay that are shown.
pub fn flags(cut: &Cut<'_>) -> Flags {
    let all = cut.picture.flags.flags.iter();
    let shown = all.filter(|flag| !cut.view.is_family() && cut.view.shows_flag(flag));
    let flags = shown.cloned().map(|mut flag| {
        flag.facts = cut.facts.all(&flag.facts);
        flag.persons = cut.persons.all(&flag.persons);
        flag
    });
    Flags {
        flags: flags.collect(),
        // why something could not be judged may tell what is held back
        cannot_judge: std::collections::BTreeMap::new(),
    }
}

/// Cuts the measures. A conclusion that rests on what is held back would tell it, and is left out.
pub fn reliance(cut: &Cut<'_>) -> Reliance {
    let all = &cut.picture.reliance;
    if cut.view.is_family() {
        return Reliance::default();
    }
    let groups = all.groups.iter().map(|group| GroupMeasure {
        facts: cut.facts.all(&group.facts),
        ..group.clone()
    });
    let statements = all.statements.iter();
    let statements = statements.filter(|(_, facts)| cut.facts.has_all(facts));
    let conclusions = all
        .conclusions
        .iter()
        .filter(|one| cut.facts.has_all(&one.facts) && cut.facts.has_all(&one.not_counted));
    let sides = all.sides.iter().filter(|one| cut.facts.has_all(&one.facts));
    let contributions = all.contributions.iter().filter_map(|one| {
        let mut one = one.clone();
        one.person = cut.persons.at(one.person)?;
        let stays = cut.agencies.contains(&one.agency) && cut.facts.has_all(&one.facts);
        one.facts = cut.facts.all(&one.facts);
        stays.then_some(one)
    });
    Reliance {
        groups: groups.collect(),
        withheld: std::collections::BTreeMap::new(),
        statements: statements
            .map(|(words, facts)| (words.clone(), cut.facts.all(facts)))
            .collect(),
        conclusions: conclusions
            .map(|one| Conclusion {
                facts: cut.facts.all(&one.facts),
                not_counted: cut.facts.all(&one.not_counted),
                ..one.clone()
            })
            .collect(),
        knock_out: knock_out(cut),
        contributions: contributions.collect(),
        sides: sides
            .map(|one| {
                let mut one = one.clone();
                one.facts = cut.facts.all(&one.facts);
                one
            })
            .collect(),
        ..all.clone()
    }
}

/// What falls, where that is all of what the recipient sees.
fn knock_out(cut: &Cut<'_>) -> KnockOut {
    let all = &cut.picture.reliance.knock_out;
    let stays =
        |one: &Conclusion| cut.facts.has_all(&one.facts) && cut.facts.has_all(&one.not_counted);
    if !cut.picture.reliance.conclusions.iter().all(stays) {
        return KnockOut::default();
    }
    let links = all.links.iter().filter_map(|link| {
        let mut link = link.clone();
        let [left, right] = link.records;
        link.records = [cut.records.at(left)?, cut.records.at(right)?];
        link.facts = cut.facts.all(&link.facts);
        Some(link)
    });
    let mut unsupported = all.unsupported.clone();
    unsupported.retain(|agency, _| cut.agencies.contains(agency));
    KnockOut {
        links: links.collect(),
        unsupported,
        ..all.clone()
    }
}
