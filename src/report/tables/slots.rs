//! Who says what of changing things (address, household, school, partner, carer, date of birth, names, plans): one row a
//! thing said.

use crate::model::date::iso;
use crate::report::{Cell, Table, View};
use crate::timeline::{Said, Slot, Standing};

const COLUMNS: [&str; 13] = [
    "person_id",
    "person",
    "slot",
    "standing",
    "settled_on",
    "agency",
    "value",
    "from",
    "until",
    "vague_dates",
    "known_how",
    "fact_id",
    "record",
];

/// Lays out all that is said, by person, slot, start and agency. For a recipient: what it may see; for the family none.
pub fn slots(view: &View<'_>) -> Table {
    table("slots", view, &|_| true)
}

/// The same for those slots of which agencies say different things of one time, or did until they were settled.
pub fn disagreements(view: &View<'_>) -> Table {
    table("disagreements", view, &|slot| {
        slot.standing != Standing::Agreed
    })
}

fn table(name: &'static str, view: &View<'_>, keep: &dyn Fn(&Slot) -> bool) -> Table {
    let mut table = Table::new(name, COLUMNS).headed_by(&["person", "slot", "agency", "value"]);
    let slots = view.picture.slots(view.recipient());
    let shown: usize = slots.iter().map(|slot| slot.said.len()).sum();
    for slot in slots.iter().filter(|slot| keep(slot)) {
        for said in &slot.said {
            table.rows.push(row(view, slot, said));
        }
    }
    if view.is_limited() {
        let all = view.picture.slots(None);
        let all: usize = all.iter().map(|slot| slot.said.len()).sum();
        for _ in shown..all {
            table.withhold("what was said there may not be seen");
        }
    }
    table.sort_by_columns(&["person_id", "slot"]);
    table
}

fn row(view: &View<'_>, slot: &Slot, said: &Said) -> Vec<Cell> {
    let (standing, settled) = match slot.standing {
        Standing::Open => ("open", String::new()),
        Standing::Settled(day) => ("settled", iso(day)),
        Standing::Agreed => ("agreed", String::new()),
    };
    let person = view.person(slot.person);
    let fact = said.side.fact;
    let fact = fact.and_then(|at| view.picture.timeline.facts.get(at));
    let record = said.side.record;
    let record = record.and_then(|at| view.picture.supplied.records.get(at));
    vec![
        Cell::text(person.map_or("", |person| person.id.as_str())),
        Cell::text(person.map_or("", |person| &person.name)),
        Cell::text(&slot.name),
        Cell::text(standing),
        Cell::Day(settled),
        Cell::text(said.side.agency.as_str()),
        Cell::text(&said.side.value),
        Cell::Day(said.from.map_or_else(String::new, iso)),
        Cell::Day(said.until.map_or_else(String::new, iso)),
        Cell::text(if said.is_vague { "yes" } else { "no" }),
        Cell::text(said.knows.phrase()),
        Cell::text(fact.map_or("", |fact| fact.id.as_str())),
        Cell::text(record.map_or("", |record| record.id.as_str())),
    ]
}
