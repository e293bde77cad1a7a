//! Slots over time: who said what of an address, a school, a partner, a name, from when to when, how they know it, and
//! whether agencies that differ still differ.

use super::disagree::{Claim, Slots, claims, close_at_the_next, opposed, push};
use crate::model::date::{Day, Precision, When};
use crate::model::fact::{Fact, Side, Timeline};
use crate::model::person::People;
use crate::model::phrase::fold;
use crate::model::supply::Supplied;
use crate::model::words::{Channel, Kind};

/// How an agency knows what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knows {
    /// It saw it for itself.
    Saw,
    /// The child said so.
    FromChild,
    /// A parent or carer said so.
    FromParent,
    /// Somebody else said so.
    FromOther,
    /// It is a professional's opinion.
    Opinion,
    /// It was taken over from another agency.
    TakenOver,
    /// It stands in the agency's own list of people or relationships, without a source.
    Listed,
    /// Nobody recorded how.
    NotRecorded,
}

impl Knows {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Saw => "saw it",
            Self::FromChild => "the child said so",
            Self::FromParent => "a parent or carer said so",
            Self::FromOther => "somebody else said so",
            Self::Opinion => "an opinion",
            Self::TakenOver => "taken over from another agency",
            Self::Listed => "on file, without a source",
            Self::NotRecorded => "not recorded how",
        }
    }
}

/// How a slot stands at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Agencies say different things of the same time, that date included.
    Open,
    /// They did, and since this day do not any more.
    Settled(Day),
    /// Nobody contradicts anybody.
    Agreed,
}

/// One thing that one agency says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who says it, what, and by which fact or record.
    pub side: Side,
    /// From when; `None` where nobody said.
    pub from: Option<Day>,
    /// Until when; `None` while it holds.
    pub until: Option<Day>,
    /// How the agency knows.
    pub knows: Knows,
    /// Whether the dates are approximate or uncertain.
    pub is_vague: bool,
}

/// One changing thing of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Index of the person.
    pub person: usize,
    /// `address`, `school`, `name`, `plan status` …
    pub name: String,
    /// What is said of it, by start, agency, value.
    pub said: Vec<Said>,
    /// How it stands.
    pub standing: Standing,
}

/// Gathers all slots, by person and name, as they stand at a date, from those sides that `keep` lets through by the name of
/// the slot: what a viewer may not see ends nothing, and contradicts nobody.
///
/// Beside what `disagreements` compares: the spelling of names, households and carers by relationship, and plans. A name
/// that two agencies spell in two ways is no disagreement to be flagged; here it is shown.
pub fn slots(
    (supplied, people, timeline): (&Supplied, &People, &Timeline),
    as_of: Day,
    keep: &dyn Fn(&str, &Side) -> bool,
) -> Vec<Slot> {
    let mut all = claims(supplied, people, timeline);
    of_names(supplied, people, &mut all);
    of_relationships(supplied, people, &mut all);
    of_plans(supplied, people, timeline, &mut all);
    for ((_, name), claims) in &mut all {
        claims.retain(|claim| keep(name, &claim.side));
    }
    all.retain(|_, claims| !claims.is_empty());
    let slots = all.into_iter().map(|((person, name), mut claims)| {
        close_at_the_next(&mut claims);
        let standing = standing(&name, &claims, as_of);
        let mut said: Vec<Said> = claims
            .into_iter()
            .map(|claim| said(supplied, timeline, claim))
            .collect();
        said.sort_by(|a, b| {
            let key = |said: &Said| (said.from, said.side.agency.clone(), said.side.value.clone());
            key(a)
                .cmp(&key(b))
                .then(a.side.fact.cmp(&b.side.fact))
                .then(a.side.record.cmp(&b.side.record))
                .then(a.until.cmp(&b.until))
        });
        Slot {
            person,
            name,
            said,
            standing,
        }
    });
    slots.collect()
}

/// How the claims of a slot stand: what counts is whether any two that differ overlap on the day, else when the last did.
fn standing(name: &str, claims: &[Claim], as_of: Day) -> Standing {
    // who lives where, and with whom, has several answers at a time: two of them contradict nobody
    if name == "lives with" {
        return Standing::Agreed;
    }
    let overlaps = opposed(name, claims)
        .into_iter()
        .filter_map(|(one, other)| {
            let (one, other) = (claims.get(one)?, claims.get(other)?);
            Some((one.from.max(other.from), one.until.min(other.until)))
        });
    let begun: Vec<(Day, Day)> = overlaps.filter(|(from, _)| *from <= as_of).collect();
    match begun.into_iter().map(|(_, until)| until).max() {
        None => Standing::Agreed,
        Some(until) if until >= as_of => Standing::Open,
        Some(until) => Standing::Settled(until.succ_opt().unwrap_or(until)),
    }
}

fn said(supplied: &Supplied, timeline: &Timeline, claim: Claim) -> Said {
    let fact = claim.side.fact.and_then(|at| timeline.facts.get(at));
    Said {
        from: (claim.from > Day::MIN).then_some(claim.from),
        until: (claim.until < Day::MAX).then_some(claim.until),
        knows: fact.map_or(Knows::Listed, |fact| knows(supplied, fact, &claim.side)),
        is_vague: matches!(
            claim.side.when.precision,
            Precision::Approximate | Precision::Uncertain | Precision::Before | Precision::After
        ),
        side: claim.side,
    }
}

/// How the agency of a side knows what its fact tells.
fn knows(supplied: &Supplied, fact: &Fact, side: &Side) -> Knows {
    let mut origins = fact.origins.iter().filter_map(|origin| origin.agency());
    if origins.all(|origin| *origin != side.agency) {
        return Knows::TakenOver;
    }
    let entries = fact
        .entries
        .iter()
        .filter_map(|at| supplied.entries.get(*at));
    let mut own = entries.filter(|entry| *entry.agency() == side.agency);
    let Some(entry) = own.find(|entry| !entry.channel.is_blank()).or_else(|| {
        let entries = fact
            .entries
            .iter()
            .filter_map(|at| supplied.entries.get(*at));
        entries
            .into_iter()
            .find(|entry| *entry.agency() == side.agency)
    }) else {
        return Knows::NotRecorded;
    };
    match entry.channel.known() {
        Some(Channel::Child) => Knows::FromChild,
        Some(Channel::Parent) => Knows::FromParent,
        Some(Channel::OtherPerson) => Knows::FromOther,
        Some(Channel::ProfessionalOpinion) => Knows::Opinion,
        Some(Channel::Observation) => Knows::Saw,
        None if entry.kind.is(Kind::Observation) => Knows::Saw,
        None if entry.kind.is(Kind::Opinion) => Knows::Opinion,
        None => Knows::NotRecorded,
    }
}

/// The spelling of names, as each agency's records have it.
fn of_names(supplied: &Supplied, people: &People, slots: &mut Slots) {
    for (at, record) in supplied.records.iter().enumerate() {
        let name = record.name();
        let Some(&person) = people.person_of.get(at).filter(|_| !name.is_empty()) else {
            continue;
        };
        let side = Side {
            agency: record.id.agency().clone(),
            value: name,
            when: When::default(),
            fact: None,
            record: Some(at),
        };
        push(slots, person, "name".to_owned(), side, None);
    }
}

/// Who lives with whom and who cares for whom, as relationships say.
fn of_relationships(supplied: &Supplied, people: &People, slots: &mut Slots) {
    for relation in &supplied.relationships {
        let words = fold(&relation.relationship);
        let slot = if words.contains("liveswith") || words.contains("household") {
            "lives with"
        } else if words.contains("carerof") {
            "carer"
        } else {
            continue;
        };
        let person = |id| {
            let record = supplied.record(id)?;
            people.person_of.get(record).copied()
        };
        let (Some(one), Some(other)) = (person(&relation.record), person(&relation.related)) else {
            continue;
        };
        // "carer of": the slot is the one who is cared for; living together goes both ways
        let mut ends = vec![(other, one)];
        if slot == "lives with" {
            ends.push((one, other));
        }
        for (whom, value) in ends {
            let value = people.persons.get(value).map_or("", |person| &person.name);
            let side = Side {
                agency: relation.agency.clone(),
                value: value.to_owned(),
                when: When {
                    from: relation.from.from,
                    until: relation.to.until,
                    precision: Precision::Range,
                    raw: "".into(),
                },
                fact: None,
                record: None,
            };
            push(slots, whom, slot.to_owned(), side, relation.to.until);
        }
    }
}

/// Plans: an involvement row that names one, and entries of category plan start and plan end.
fn of_plans(supplied: &Supplied, people: &People, timeline: &Timeline, slots: &mut Slots) {
    let slot = || "plan status".to_owned();
    for row in &supplied.involvements {
        if !fold(&row.service).ends_with("plan") {
            continue;
        }
        let record = supplied.record(&row.record);
        let Some(&person) = record.and_then(|at| people.person_of.get(at)) else {
            continue;
        };
        let side = Side {
            agency: row.agency.clone(),
            value: "on a plan".to_owned(),
            when: row.from.clone(),
            fact: None,
            record: None,
        };
        push(slots, person, slot(), side, row.to.end());
    }
    for (at, fact) in timeline.facts.iter().enumerate() {
        let entries = fact
            .entries
            .iter()
            .filter_map(|at| supplied.entries.get(*at));
        for entry in entries {
            let value = match fold(&entry.category).as_str() {
                "planstart" => "on a plan",
                "planend" => "not on a plan",
                _ => continue,
            };
            for &person in &fact.persons {
                let side = Side {
                    agency: entry.agency().clone(),
                    value: value.to_owned(),
                    when: entry.when.clone(),
                    fact: Some(at),
                    record: None,
                };
                push(slots, person, slot(), side, None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::Entry;
    use crate::model::phrase::Coded;
    use crate::timeline::tests::{entry, merged};

    #[test]
    fn slots_have_intervals_and_are_open_or_settled() {
        let says = |name: &str, date: &str, value: &str| Entry {
            slot: "school".into(),
            value: value.into(),
            ..entry(name, date)
        };
        let mut entries = vec![
            says("a:1", "2025-01-01", "Hill"),
            says("b:1", "2025-02-01", "Lake"),
        ];
        entries[0].channel = Coded::Known(Channel::Parent);
        let of = |entries: Vec<Entry>, as_of: &str| {
            let (supplied, timeline) = merged(entries, &[]);
            let people = People {
                person_of: vec![0],
                ..People::default()
            };
            let of = (&supplied, &people, &timeline);
            let mut slots = slots(of, as_of.parse().unwrap(), &|_, _| true);
            assert_eq!(slots.len(), 1);
            slots.remove(0)
        };
        let open = of(entries.clone(), "2025-06-01");
        assert_eq!(
            (open.name.as_str(), open.standing),
            ("school", Standing::Open)
        );
        assert_eq!(
            (
                open.said[0].knows,
                open.said[0].from,
                open.said[0].until,
                open.said[1].knows
            ),
            (
                Knows::FromParent,
                "2025-01-01".parse().ok(),
                None,
                Knows::NotRecorded
            )
        );
        assert_eq!(
            of(entries.clone(), "2025-01-15").standing,
            Standing::Agreed,
            "not yet"
        );
        entries.push(says("a:2", "2025-03-01", "Lake"));
        let settled = of(entries, "2025-06-01");
        assert_eq!(
            settled.standing,
            Standing::Settled("2025-03-01".parse().unwrap())
        );
        assert_eq!(settled.said[0].until, "2025-02-28".parse().ok());
    }
}
