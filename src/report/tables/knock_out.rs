//! What the conclusions hang on: one row for each agency, for the smallest set of agencies that half of them hang on, and
//! for each doubtful link between two records.

use crate::model::fact::Fact;
use crate::model::id::{AgencyId, ConclusionId};
use crate::reliance::{Conclusion, LinkKnockOut, spoken};
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 12] = [
    "without",
    "agencies",
    "left",
    "right",
    "probability",
    "outcome",
    "conclusions",
    "fall",
    "weaker",
    "fallen",
    "facts",
    "sentence",
];

/// Lays out measure M6: agencies by id, the smallest set, then links by record. For a recipient: what it may see, and links
/// of records that it may see; for the family none.
pub fn knock_out(view: &View<'_>) -> Table {
    let mut table =
        Table::new("knock-out", COLUMNS).headed_by(&["without", "agencies", "sentence"]);
    if view.is_family() {
        return table;
    }
    let measured = &view.picture.reliance.knock_out;
    if measured.conclusions > 0 {
        for agency in measured.unsupported.keys() {
            let set = std::slice::from_ref(agency);
            table.rows.push(of_agencies(view, "agency", set));
        }
        if !measured.smallest_set.is_empty() {
            let set = &measured.smallest_set;
            table.rows.push(of_agencies(view, "smallest set", set));
        }
    }
    let links = view.picture.doubtful_links(view.recipient());
    for _ in links.len()..measured.links.len() {
        table.withhold("no fact about one of the two may be seen");
    }
    table
        .rows
        .extend(links.into_iter().map(|link| of_link(view, link)));
    table
}

/// What is left without some agencies: of a conclusion that has an origin, none.
fn of_agencies(view: &View<'_>, what: &'static str, gone: &[AgencyId]) -> Vec<Cell> {
    let all = &view.picture.reliance.conclusions;
    let is_gone = |origin: &AgencyId| gone.contains(origin);
    let supported = all.iter().filter(|one| !one.origins.is_empty());
    let falls = |one: &&Conclusion| one.origins.iter().all(is_gone);
    let (fall, rest): (Vec<&Conclusion>, Vec<&Conclusion>) = supported.partition(falls);
    let weaker = rest.iter().filter(|one| one.origins.iter().any(is_gone));
    let weaker: Vec<&ConclusionId> = weaker.map(|one| &one.id).collect();
    let facts = fall.iter().flat_map(|one| one.facts.iter().copied());
    let supplied = &view.picture.supplied;
    let names: Vec<&str> = gone.iter().map(|id| supplied.agency_name(id)).collect();
    let then = match (fall.len(), all.len()) {
        (0, _) => "no conclusion loses all that it rests on".to_owned(),
        (_, 1) => "the one conclusion would rest on nothing".to_owned(),
        (fall, all) => format!("{fall} of {all} conclusions would rest on nothing"),
    };
    let sentence = format!("Without what was first told by {}, {then}.", spoken(&names));
    vec![
        Cell::text(what),
        Cell::list(gone.iter().map(AgencyId::as_str)),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::text(""),
        Cell::Count(all.len()),
        Cell::list(fall.iter().map(|one| one.id.as_str())),
        Cell::list(weaker.into_iter().map(ConclusionId::as_str)),
        Cell::Count(fall.len()),
        ids(view, facts),
        Cell::text(sentence),
    ]
}

fn of_link(view: &View<'_>, link: &LinkKnockOut) -> Vec<Cell> {
    let [left, right] = link.records.map(|at| {
        let record = view.picture.supplied.records.get(at);
        record.map_or("", |record| record.id.as_str())
    });
    vec![
        Cell::text("link"),
        Cell::text(""),
        Cell::text(left),
        Cell::text(right),
        Cell::Number(link.probability),
        Cell::text(link.outcome.phrase()),
        Cell::Count(view.picture.reliance.conclusions.len()),
        Cell::list(link.fall.iter().map(ConclusionId::as_str)),
        Cell::list(link.weaker.iter().map(ConclusionId::as_str)),
        Cell::Count(link.fall.len()),
        ids(view, link.facts.iter().copied()),
        Cell::text(&link.sentence),
    ]
}

/// The ids of facts, each once, in the order of the timeline.
fn ids(view: &View<'_>, facts: impl Iterator<Item = usize>) -> Cell {
    let facts: std::collections::BTreeSet<usize> = facts.collect();
    let facts = facts.into_iter();
    let found = facts.filter_map(|at| view.picture.timeline.facts.get(at));
    Cell::list(found.map(|fact: &Fact| fact.id.as_str()))
}
