//! `summary.json`: what was read, what came of it, and how the picture stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::View;
use super::guard::escape_controls;
use super::tables::lost_rows;
use crate::model::date::{Day, iso};
use crate::model::id::ConclusionId;
use crate::model::person::Outcome;
use crate::model::phrase::Phrase;
use crate::picture::Picture;
use crate::reliance::Concentration;

/// Lays out the summary. `read_seconds` is how long reading took, which the picture cannot know.
pub fn summary(view: &View<'_>, read_seconds: f64) -> Value {
    let picture = view.picture;
    if view.is_family() {
        return for_family(picture);
    }
    let supplied = &picture.supplied;
    let facts = &picture.timeline.facts;
    let echoes: usize = facts.iter().map(|fact| fact.entries.len() - 1).sum();
    let mut seconds = Map::new();
    seconds.insert("import".into(), json!(read_seconds));
    for (stage, took) in &picture.seconds.0 {
        seconds.insert((*stage).into(), json!(took));
    }
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "as_of": as_of(picture),
        "jurisdiction": picture.jurisdiction.phrase(),
        "own_agency": picture.settings.own_agency.as_ref().map_or("", |agency| agency.as_str()),
        "parameters": picture.people.parameters,
        "files": files(picture),
        "ignored": supplied.ignored.iter().map(|path| escape_controls(path)).collect::<Vec<_>>(),
        "counts": {
            "people": picture.people.persons.len(),
            "records": supplied.records.len(),
            "facts": facts.len(),
            "entries": supplied.entries.len(),
            "echoes": echoes,
        },
        "links": links(picture),
        "flags": flags(picture),
        "cannot_judge": picture.flags.cannot_judge,
        "notes": picture.people.notes,
        "reliance": reliance(view),
        "seconds": seconds,
    })
}

/// The as-of date; exports without any date have none.
fn as_of(picture: &Picture) -> String {
    if picture.as_of == Day::default() {
        "-".to_owned()
    } else {
        iso(picture.as_of)
    }
}

fn files(picture: &Picture) -> Vec<Value> {
    let lost = lost_rows(picture);
    let file = |(at, file): (usize, &crate::model::source::SourceFile)| {
        let lost = lost.get(&(at as u32)).copied().unwrap_or(0);
        json!({
            "file": escape_controls(&file.path),
            "agency": file.agency.as_ref().map_or("", |agency| agency.as_str()),
            "sha256": file.sha256,
            "profile": file.profile,
            "encoding": file.encoding,
            "rows": file.rows,
            "used": file.used - lost,
            "rejected": file.rejected + lost,
        })
    };
    picture
        .supplied
        .files
        .iter()
        .enumerate()
        .map(file)
        .collect()
}

fn links(picture: &Picture) -> Value {
    let count = |outcome: Outcome| {
        picture
            .people
            .pairs
            .iter()
            .filter(|pair| pair.outcome == outcome)
            .count()
    };
    json!({
        "linked": count(Outcome::Linked),
        "review": count(Outcome::Review),
        "ambiguous": count(Outcome::Ambiguous),
        "separate": count(Outcome::Separate),
    })
}

fn flags(picture: &Picture) -> Value {
    let count = |strength: u8| picture.flags.of_strength(strength);
    json!({ "3": count(3), "2": count(2), "1": count(1) })
}

fn reliance(view: &View<'_>) -> Value {
    let reliance = &view.picture.reliance;
    let unsupported: BTreeMap<&str, usize> = reliance
        .knock_out
        .unsupported
        .iter()
        .map(|(agency, count)| (agency.as_str(), *count))
        .collect();
    let smallest: Vec<&str> = reliance
        .knock_out
        .smallest_set
        .iter()
        .map(crate::model::id::AgencyId::as_str)
        .collect();
    json!({
        "facts": reliance.facts,
        "cited": reliance.cited,
        "withheld": reliance.withheld.values().map(Vec::len).sum::<usize>(),
        "available": concentration(&reliance.available),
        "relied_on": concentration(&reliance.relied_on),
        "knock_out": {
            "conclusions": reliance.knock_out.conclusions,
            "unsupported": unsupported,
            "smallest_set": smallest,
            "doubtful_links": doubtful_links(view),
        },
    })
}

/// What falls when two records are not the same person: which conclusions, and which lose a part.
fn doubtful_links(view: &View<'_>) -> Vec<Value> {
    let record = |at: usize| {
        let record = view.picture.supplied.records.get(at);
        record.map_or("", |record| record.id.as_str())
    };
    let ids = |ids: &[ConclusionId]| ids.iter().map(|id| json!(id.as_str())).collect::<Vec<_>>();
    let links = view.picture.doubtful_links(view.recipient()).into_iter();
    let laid_out = links.map(|link| {
        json!({
            "left": record(link.records[0]),
            "right": record(link.records[1]),
            "probability": link.probability,
            "fall": ids(&link.fall),
            "weaker": ids(&link.weaker),
        })
    });
    laid_out.collect()
}

/// What cannot be computed is `-`, as in the tables.
fn concentration(concentration: &Concentration) -> Value {
    let or_dash = |number: Option<f64>| number.map_or_else(|| json!("-"), |number| json!(number));
    json!({
        "shares": concentration.shares,
        "hhi": or_dash(concentration.hhi),
        "effective": or_dash(concentration.effective),
        "evenness": or_dash(concentration.evenness),
    })
}

/// The summary of a copy for the family: nothing that counts or names what is held.
fn for_family(picture: &Picture) -> Value {
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "recipient": "family",
        "jurisdiction": picture.jurisdiction.phrase(),
        "note": super::view::FAMILY_SENTENCE,
    })
}
