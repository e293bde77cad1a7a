//! Disagreements: agencies that say different things of one changing thing (a slot) over the same time.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::{Day, Precision, When};
use crate::model::fact::{Disagreement, Side, Timeline};
use crate::model::id::AgencyId;
use crate::model::person::People;
use crate::model::phrase::fold;
use crate::model::slot::{is_alike, spelled_out};
use crate::model::supply::Supplied;

/// Pairs of one slot of one person that are told, the earliest first. A family has a handful; a damaged or hostile export
/// in which everything contradicts everything would fill the memory.
const MOST_PAIRS: usize = 100_000;

/// What one agency says of a slot of one person.
pub struct Claim {
    /// Who says it, and where.
    pub side: Side,
    /// The value as it is compared.
    folded: String,
    /// From when, the earliest day there is where nobody said.
    pub from: Day,
    /// Until when, the latest day there is where it is open.
    pub until: Day,
}

/// Claims by person and slot.
pub type Slots = BTreeMap<(usize, String), Vec<Claim>>;

/// Fills in the disagreements, and `disagrees_with` of the facts that take part.
///
/// An entry's `slot` and `value` hold from its date to its `end_date`, and where that is blank until the same agency says
/// something else. A record's address and date of birth count as said by its agency all the time, and a partner among the
/// relationships from and to its dates, open where blank.
pub fn disagreements(supplied: &Supplied, people: &People, timeline: &mut Timeline) {
    let slots = claims(supplied, people, timeline);
    let mut pairs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut found = Vec::new();
    for ((person, slot), mut claims) in slots {
        close_at_the_next(&mut claims);
        let disagree = opposed(&slot, &claims);
        if disagree.is_empty() {
            continue;
        }
        let mut sides = BTreeMap::new();
        for (one, other) in disagree {
            if let (Some(left), Some(right)) = (claims[one].side.fact, claims[other].side.fact)
                && left != right
            {
                pairs.entry(left).or_default().insert(right);
                pairs.entry(right).or_default().insert(left);
            }
            for at in [one, other] {
                let side = &claims[at].side;
                sides
                    .entry((
                        side.agency.clone(),
                        claims[at].folded.clone(),
                        claims[at].from,
                        side.fact,
                    ))
                    .or_insert_with(|| side.clone());
            }
        }
        found.push(Disagreement {
            person,
            slot,
            sides: sides.into_values().collect(),
        });
    }
    for (fact, others) in pairs {
        timeline.facts[fact].disagrees_with = others.into_iter().collect();
    }
    timeline.disagreements = found;
}

/// Gathers all that is said of slots of which a difference is a disagreement.
pub fn claims(supplied: &Supplied, people: &People, timeline: &Timeline) -> Slots {
    let mut slots = Slots::new();
    of_entries(supplied, timeline, &mut slots);
    of_records(supplied, people, &mut slots);
    of_partners(supplied, people, &mut slots);
    slots
}

fn of_entries(supplied: &Supplied, timeline: &Timeline, slots: &mut Slots) {
    for (at, entry) in supplied.entries.iter().enumerate() {
        if entry.slot.is_empty() || entry.value.trim().is_empty() {
            continue;
        }
        let fact = timeline.fact_of[at];
        let open = entry.when.precision != Precision::Range;
        let until = if open { None } else { entry.when.until };
        for &person in &timeline.facts[fact].persons {
            let side = Side {
                agency: entry.agency().clone(),
                value: entry.value.trim().to_owned(),
                when: entry.when.clone(),
                fact: Some(fact),
                record: None,
            };
            push(slots, person, slot_name(&entry.slot), side, until);
        }
    }
}

/// One name for the spellings of a slot that records fill as well.
fn slot_name(slot: &str) -> String {
    match fold(slot).as_str() {
        "dob" | "birthdate" | "dateofbirth" => "date of birth".to_owned(),
        "homeaddress" | "address" => "address".to_owned(),
        _ => slot.trim().to_lowercase(),
    }
}

fn of_records(supplied: &Supplied, people: &People, slots: &mut Slots) {
    for (at, record) in supplied.records.iter().enumerate() {
        let Some(&person) = people.person_of.get(at) else {
            continue;
        };
        let side = |value: String, when: When| Side {
            agency: record.id.agency().clone(),
            value,
            when,
            fact: None,
            record: Some(at),
        };
        let address = [record.address.trim(), record.postcode.trim()]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(", ");
        if !record.address.trim().is_empty() {
            push(
                slots,
                person,
                "address".to_owned(),
                side(address, When::default()),
                None,
            );
        }
        if record.birth.is_known() {
            push(
                slots,
                person,
                "date of birth".to_owned(),
                side(record.birth.interval_cell(), When::default()),
                None,
            );
        }
    }
}

fn of_partners(supplied: &Supplied, people: &People, slots: &mut Slots) {
    for relation in &supplied.relationships {
        if !fold(&relation.relationship).contains("partner") {
            continue;
        }
        let of = |id| {
            supplied
                .record(id)
                .and_then(|at| people.person_of.get(at).copied())
        };
        let (Some(one), Some(other)) = (of(&relation.record), of(&relation.related)) else {
            continue;
        };
        let when = When {
            from: relation.from.from,
            until: relation.to.until,
            precision: Precision::Range,
            raw: "".into(),
        };
        for (person, partner) in [(one, other), (other, one)] {
            let name = people
                .persons
                .get(partner)
                .map_or_else(String::new, |p| p.name.clone());
            let side = Side {
                agency: relation.agency.clone(),
                value: name,
                when: when.clone(),
                fact: None,
                record: None,
            };
            push(slots, person, "partner".to_owned(), side, when.until);
        }
    }
}

/// Adds a claim that holds until a day, or openly.
pub fn push(slots: &mut Slots, person: usize, slot: String, side: Side, until: Option<Day>) {
    let folded = comparable(&side.value);
    let from = side.when.start().unwrap_or(Day::MIN);
    slots.entry((person, slot)).or_default().push(Claim {
        side,
        folded,
        from,
        until: until.unwrap_or(Day::MAX),
    });
}

/// A value as it is compared: letters and digits, lower case, the usual short forms of street names written out.
fn comparable(value: &str) -> String {
    let lower = value.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(spelled_out).collect()
}

/// An agency's open claim ends the day before it says something else of the same slot.
pub fn close_at_the_next(claims: &mut [Claim]) {
    let mut said: BTreeMap<AgencyId, BTreeMap<Day, BTreeSet<String>>> = BTreeMap::new();
    for claim in claims.iter() {
        let days = said.entry(claim.side.agency.clone()).or_default();
        let values = days.entry(claim.from).or_default();
        values.insert(claim.folded.clone());
    }
    let changes: BTreeMap<AgencyId, Changes> = said
        .into_iter()
        .map(|(agency, days)| (agency, Changes::of(days)))
        .collect();
    for claim in claims
        .iter_mut()
        .filter(|claim| claim.until == Day::MAX && claim.side.fact.is_some())
    {
        let of_agency = changes.get(&claim.side.agency);
        if let Some(day) = of_agency.and_then(|days| days.after(claim.from, &claim.folded)) {
            claim.until = day.pred_opt().unwrap_or(day);
        }
    }
}

/// The days on which one agency says something of a slot, what it says, and the place of the next day that says another
/// thing: a case where one thing is said a hundred thousand times must not be walked through for each.
struct Changes(Vec<(Day, BTreeSet<String>, usize)>);

impl Changes {
    fn of(days: BTreeMap<Day, BTreeSet<String>>) -> Self {
        let mut days: Vec<_> = days
            .into_iter()
            .map(|(day, values)| (day, values, 0))
            .collect();
        for at in (0..days.len()).rev() {
            days[at].2 = match days.get(at + 1) {
                Some(next) if next.1 == days[at].1 => next.2,
                _ => at + 1,
            };
        }
        Self(days)
    }

    /// The first day after `from` on which anything but `value` is said.
    fn after(&self, from: Day, value: &str) -> Option<Day> {
        let at = self.0.partition_point(|(day, ..)| *day <= from);
        let (day, values, next) = self.0.get(at)?;
        if values.len() == 1 && values.contains(value) {
            return self.0.get(*next).map(|(day, ..)| *day);
        }
        Some(*day)
    }
}

/// Pairs of claims of different agencies that overlap in time and differ, in the order of the claims.
pub fn opposed(slot: &str, claims: &[Claim]) -> Vec<(usize, usize)> {
    let distinct: BTreeSet<&str> = claims.iter().map(|claim| claim.folded.as_str()).collect();
    let agencies: BTreeSet<&AgencyId> = claims.iter().map(|claim| &claim.side.agency).collect();
    if distinct.len() < 2 || agencies.len() < 2 {
        return Vec::new();
    }
    let mut by_start: Vec<usize> = (0..claims.len()).collect();
    by_start.sort_by_key(|&at| claims[at].from);
    let mut pairs = Vec::new();
    for (place, &at) in by_start.iter().enumerate() {
        let one = &claims[at];
        for &other_at in &by_start[place + 1..] {
            let other = &claims[other_at];
            if other.from > one.until || pairs.len() >= MOST_PAIRS {
                break;
            }
            if one.from <= other.until
                && one.side.agency != other.side.agency
                && differ(slot, one, other)
            {
                pairs.push((at.min(other_at), at.max(other_at)));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Whether two values differ. Of two addresses one may be the other with more detail; of two dates one may be less exact.
fn differ(slot: &str, one: &Claim, other: &Claim) -> bool {
    let (left, right) = (one.folded.as_str(), other.folded.as_str());
    match slot {
        "address" | "school" | "partner" | "carer" | "name" => {
            !is_alike(&one.side.value, &other.side.value)
        }
        "date of birth" => {
            !left.is_empty()
                && left != right
                && !may_be_one_date(&one.side.value, &other.side.value)
        }
        _ => left != right,
    }
}

/// Whether two dates, printed as [`When::interval_cell`] prints them, have a day in common.
fn may_be_one_date(left: &str, right: &str) -> bool {
    let read = |text: &str| {
        let day = |text: &str| text.parse::<Day>().ok();
        if let Some(before) = text.strip_prefix("before ") {
            return Some((Day::MIN, day(before)?.pred_opt()?));
        }
        if let Some(after) = text.strip_prefix("after ") {
            return Some((day(after)?.succ_opt()?, Day::MAX));
        }
        let text = text.trim_start_matches("c. ").trim_start_matches('?');
        let (from, until) = text.split_once('/').unwrap_or((text, text));
        Some((day(from)?, day(until)?))
    };
    match (read(left), read(right)) {
        (Some(left), Some(right)) => left.0 <= right.1 && right.0 <= left.1,
        _ => false,
    }
}
