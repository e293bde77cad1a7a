//! The columns of a file that is being added: what each is read as, which row is the header, how dates are written.

use std::sync::Arc;

use crate::tui::adding::{FileKey, Order, Step};
use crate::tui::model::Model;
use crate::tui::msg::Effect;

use super::adding::{next_job, of};

/// The orders of dates that can be set, in the order of the key.
const ORDERS: [Option<&str>; 4] = [None, Some("dmy"), Some("mdy"), Some("ymd")];

/// Does what a key means over the columns.
pub fn perform(model: &mut Model, key: FileKey) -> Vec<Effect> {
    match key {
        FileKey::Column => choose(model),
        FileKey::Keep => set(model, None),
        FileKey::HeaderDown | FileKey::HeaderUp => header(model, key),
        FileKey::DateOrder => dates(model),
        FileKey::Rows => {
            if let Some(adding) = of(model) {
                adding.rows = adding.rows.is_none().then_some(0);
            }
            Vec::new()
        }
        FileKey::GoOn => go_on(model),
    }
}

/// Asks what the selected column is read as.
fn choose(model: &mut Model) -> Vec<Effect> {
    if let Some(adding) = of(model)
        && adding.rows.is_none()
        && !adding.columns.is_empty()
    {
        adding.step = Step::Column(String::new(), 0);
    }
    Vec::new()
}

/// Shows the columns of the table that was chosen, and has the file read by the guesses.
pub fn of_table(model: &mut Model) -> Vec<Effect> {
    if let Some(adding) = of(model) {
        adding.take_table();
        adding.step = Step::Columns;
    }
    try_it(model)
}

/// Has the file read by the mapping as it stands.
fn try_it(model: &mut Model) -> Vec<Effect> {
    let Some((picture, _)) = model.picture.clone() else {
        return Vec::new();
    };
    let job = next_job(model);
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    adding.report = None;
    let mut config = picture.supplied.config.clone();
    config.as_of = config.as_of.or(Some(picture.as_of));
    let draft = Arc::new(adding.draft());
    vec![Effect::Adding(Order::Try(job, draft, Arc::new(config)))]
}

/// Sets what the selected column is read as.
pub fn set(model: &mut Model, column: Option<&'static str>) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    adding.step = Step::Columns;
    if let Some(line) = adding.columns.get_mut(adding.at) {
        line.column = column;
        line.by_content = false;
    }
    try_it(model)
}

/// Takes the row above or below as the header.
fn header(model: &mut Model, key: FileKey) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let at = adding.table;
    let Some(mut look) = adding.look.as_deref().cloned() else {
        return Vec::new();
    };
    let Some(sample) = look.tables.get_mut(at) else {
        return Vec::new();
    };
    let last = sample.rows.len().saturating_sub(1);
    sample.header = match key {
        FileKey::HeaderUp => sample.header.saturating_sub(1),
        _ => (sample.header + 1).min(last),
    };
    adding.look = Some(Arc::new(look));
    adding.is_header_set = true;
    of_table(model)
}

/// Says in the next order how dates are written.
fn dates(model: &mut Model) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let now = ORDERS.iter().position(|order| *order == adding.date_order);
    let next = now.map_or(0, |now| (now + 1) % ORDERS.len());
    adding.date_order = ORDERS.get(next).copied().flatten();
    try_it(model)
}

/// Goes on from the columns to whose file it is, when some row can be used.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    if let Some(fault) = adding.fault() {
        model.status = fault;
        return Vec::new();
    }
    adding.step = Step::Agency;
    (adding.at, adding.rows) = (0, None);
    Vec::new()
}
