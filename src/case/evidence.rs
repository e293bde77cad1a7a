//! What was shown when something was decided, a line each: kept beside the decision, so that a review can tell what it
//! rested on at the time.

use crate::model::decision::{About, Verdict};
use crate::model::id::{EntryId, RecordId};
use crate::model::person::{Agreement, FieldComparison, Pair};
use crate::model::record::Record;
use crate::picture::Picture;

/// Longest text of a fact that is kept as evidence, in characters; the whole of it is in the export.
const LONGEST: usize = 500;

/// What a picture shows of what a verdict is about: of a pair its comparison field by field, of an entry its fact, of a flag
/// its sentence. Texts are as supplied; who shows them makes them safe.
pub fn evidence(picture: &Picture, verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Persons { left, right, .. } | Verdict::SecondReading { left, right, .. } => {
            pair(picture, left, right)
        }
        Verdict::Echo { entry, of, .. } => {
            let mut lines = fact(picture, entry);
            lines.extend(why_suspected(picture, entry, of));
            lines.extend(fact(picture, of));
            lines
        }
        Verdict::ReliedOn { entry, .. }
        | Verdict::NotReliedOn { entry, .. }
        | Verdict::Origin { entry, .. }
        | Verdict::Significance { entry, .. } => fact(picture, entry),
        Verdict::Noted { about, .. } => match about {
            About::Entry(entry) => fact(picture, entry),
            About::Record(record) => one_record(picture, record).into_iter().collect(),
            About::Case => Vec::new(),
        },
        Verdict::FlagExplained { flag_id, .. } => {
            let flags = picture.flags.flags.iter();
            let named = flags.filter(|flag| flag.id == *flag_id);
            named
                .map(|flag| format!("{}: {}", flag.code, flag.sentence))
                .collect()
        }
        Verdict::Requested(asked) => asked
            .records
            .iter()
            .filter_map(|record| one_record(picture, record))
            .collect(),
        Verdict::Consulted(held) => held
            .records
            .iter()
            .filter_map(|record| one_record(picture, record))
            .collect(),
        Verdict::Shared(shared) => shared
            .entries
            .iter()
            .flat_map(|entry| fact(picture, entry))
            .collect(),
        Verdict::Conclusion { .. } | Verdict::Withdrawn { .. } | Verdict::Contested { .. } => {
            Vec::new()
        }
    }
}

/// The fact that an entry tells: date, agency and text.
fn fact(picture: &Picture, id: &EntryId) -> Vec<String> {
    let Some(entry) = picture
        .supplied
        .entry(id)
        .and_then(|at| picture.supplied.entries.get(at))
    else {
        return Vec::new();
    };
    let date = entry.when.date_cell();
    let date = if date.is_empty() { "undated" } else { &date };
    let agency = picture.supplied.agency_name(entry.agency());
    let mut text: String = entry.text.chars().take(LONGEST).collect();
    if text.len() < entry.text.len() {
        text.push('…');
    }
    vec![format!("{id}, {date}, {agency}: {text}")]
}

/// Why the one was suspected to repeat the other, if it was.
fn why_suspected(picture: &Picture, entry: &EntryId, of: &EntryId) -> Option<String> {
    let fact_of = |id: &EntryId| {
        let at = picture.supplied.entry(id)?;
        picture.timeline.fact_of.get(at).copied()
    };
    let (one, other) = (fact_of(entry)?, fact_of(of)?);
    let suspected = &picture.timeline.facts.get(one)?.suspected;
    let found = suspected
        .iter()
        .find(|suspicion| suspicion.other == other)?;
    Some(format!("suspected to be an echo, since it {}", found.why))
}

/// A pair: both records, field by field, and the sum.
fn pair(picture: &Picture, left: &RecordId, right: &RecordId) -> Vec<String> {
    let mut lines: Vec<String> = [left, right]
        .into_iter()
        .filter_map(|record| one_record(picture, record))
        .collect();
    let supplied = &picture.supplied;
    let compared = supplied.record(left).zip(supplied.record(right));
    let Some(pair) = compared.and_then(|(left, right)| {
        let pairs = picture.people.pairs.iter();
        let mut named = pairs.filter(|pair| pair.left == left && pair.right == right);
        named.next()
    }) else {
        lines.push("the two were not compared".to_owned());
        return lines;
    };
    lines.extend(waterfall(pair));
    lines
}

fn waterfall(pair: &Pair) -> Vec<String> {
    let mut lines = vec![format!("before any field {:+.1} bits", pair.prior_weight)];
    let says =
        |field: &&FieldComparison| field.agreement != Agreement::Blank || field.weight != 0.0;
    lines.extend(pair.fields.iter().filter(says).map(|field| {
        format!(
            "{}: {} | {} {}: {} {:+.1} bits",
            field.field.replace('_', " "),
            field.left,
            field.right,
            field.agreement.phrase(),
            field.level,
            field.weight
        )
    }));
    lines.push(format!(
        "sum {:+.1} bits, {}, probability {:.3}, decided by {}",
        pair.weight,
        pair.outcome.phrase(),
        pair.probability,
        pair.decided_by
    ));
    lines
}

fn one_record(picture: &Picture, id: &RecordId) -> Option<String> {
    let at = picture.supplied.record(id)?;
    let record: &Record = picture.supplied.records.get(at)?;
    let name = record.name();
    let agency = picture.supplied.agency_name(id.agency());
    Some(if name.is_empty() {
        format!("{id}, {agency}: (no name)")
    } else {
        format!("{id}, {agency}: {name}")
    })
}
