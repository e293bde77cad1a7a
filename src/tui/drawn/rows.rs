//! The rows of the forms that are no list of their own.

use std::collections::BTreeMap;

use super::Drawn;
use crate::picture::Picture;
use crate::timeline::Standing;
use crate::tui::form::{Form, FormRow};
use crate::tui::index::Row;

/// Open before settled before what nobody contradicts.
pub fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Open => 0,
        Standing::Settled(_) => 1,
        Standing::Agreed => 2,
    }
}

/// The rows of every form but the lanes.
pub fn all(picture: &Picture, drawn: &Drawn) -> BTreeMap<Form, Vec<Row>> {
    let each = |count: usize, row: fn(usize) -> FormRow| -> Vec<Row> {
        (0..count).map(|at| Row::Of(row(at))).collect()
    };
    let or = |rows: Vec<Row>, none: &str| {
        if rows.is_empty() {
            vec![Row::Text(none.to_owned())]
        } else {
            rows
        }
    };
    BTreeMap::from([
        (
            Form::Family,
            or(
                each(drawn.family.said.len(), FormRow::Member),
                nobody(
                    picture,
                    "No record says yet who belongs to the family.",
                    "No record that may be shown here says who belongs to the family.",
                ),
            ),
        ),
        (
            Form::Ring,
            or(
                each(drawn.ring.spokes.len(), FormRow::Spoke),
                "No agency tells anything about the child here.",
            ),
        ),
        (
            Form::Silence,
            or(
                each(drawn.silence.agencies.len(), FormRow::Silence),
                nobody(
                    picture,
                    "There is nothing to map: no agency is known to be involved, to cover a time or to have told anything.",
                    "There is no map of silence for this recipient.",
                ),
            ),
        ),
        (Form::KnockOut, knock_out(picture, drawn)),
        (Form::Slots, slots(drawn)),
    ])
}

/// Why nothing is there: nothing was supplied, or nothing may be shown to whom the screen is viewed as.
fn nobody<'a>(picture: &Picture, supplied: &'a str, shown: &'a str) -> &'a str {
    if picture.settings.recipient.is_none() {
        supplied
    } else {
        shown
    }
}

fn knock_out(picture: &Picture, drawn: &Drawn) -> Vec<Row> {
    let reliance = &picture.reliance;
    let set = &reliance.knock_out.smallest_set;
    let mut rows = Vec::new();
    let title = match set.len() {
        _ if reliance.conclusions.is_empty() => "Agencies".to_owned(),
        0 => "Agencies: half of the conclusions have no known origin as it is".to_owned(),
        count => {
            let names: Vec<&str> = set
                .iter()
                .map(|id| picture.supplied.agency_name(id))
                .collect();
            let plural = if count == 1 { "y" } else { "ies" };
            format!(
                "Agencies: without {count} agenc{plural} half of the conclusions fall ({})",
                names.join(", ")
            )
        }
    };
    rows.push(Row::Heading(title));
    let switches = 0..drawn.switches.len();
    rows.extend(switches.map(|at| Row::Of(FormRow::Switch(at))));
    rows.push(Row::Heading(format!(
        "Conclusions ({})",
        reliance.conclusions.len()
    )));
    if reliance.conclusions.is_empty() {
        rows.push(Row::Text(
            "Nothing is relied on yet. Space in the timeline (4) relies on a fact.".into(),
        ));
    }
    let conclusions = 0..reliance.conclusions.len();
    rows.extend(conclusions.map(|at| Row::Of(FormRow::Stands(at))));
    if !drawn.links.is_empty() {
        rows.push(Row::Heading(format!(
            "If two records are not the same person ({})",
            drawn.links.len()
        )));
        let links = 0..drawn.links.len();
        rows.extend(links.map(|at| Row::Of(FormRow::Link(at))));
    }
    rows
}

fn slots(drawn: &Drawn) -> Vec<Row> {
    let mut rows = Vec::new();
    for (wanted, title) in [
        (0, "Open: agencies say different things"),
        (1, "Settled since"),
        (2, "Nobody contradicts anybody"),
    ] {
        let of = drawn.slots.iter().enumerate();
        let of = of.filter(|(_, slot)| rank(slot.standing) == wanted);
        let of: Vec<Row> = of.map(|(at, _)| Row::Of(FormRow::Slot(at))).collect();
        if of.is_empty() && wanted == 0 {
            rows.push(Row::Heading("Open: none".to_owned()));
        }
        if !of.is_empty() {
            rows.push(Row::Heading(format!("{title} ({})", of.len())));
            rows.extend(of);
        }
    }
    rows
}
