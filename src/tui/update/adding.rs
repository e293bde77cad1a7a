//! The wizard that adds an agency's file: what is typed and chosen in it. What the desk answers is taken in `news`.

use crate::import::look;
use crate::model::id::AgencyId;
use crate::tui::action::Action;
use crate::tui::adding::{Adding, Order, Saving, Step};
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::search;

use super::{columns, moving};

/// What a column is offered as that is kept and not understood.
pub const KEPT: &str = "kept as it is";

/// Opens the wizard.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Adding(Box::default()));
    list(model)
}

/// Does what a key means in the wizard; `None` when the wizard is not open or the key means the same as ever.
pub fn perform(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let is_list = of(model)?.is_list();
    match action {
        Action::Back => Some(back(model)),
        Action::Accept => Some(accept(model)),
        Action::Complete => Some(complete(model)),
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last => {
            scroll(model, action);
            Some(Vec::new())
        }
        Action::File(key) if is_list => Some(columns::perform(model, key)),
        _ => None,
    }
}

pub(super) fn of(model: &mut Model) -> Option<&mut Adding> {
    match &mut model.overlay {
        Some(Overlay::Adding(adding)) => Some(adding),
        _ => None,
    }
}

/// Gives the wizard's next job a number; answers to earlier ones are dropped.
pub(super) fn next_job(model: &mut Model) -> u64 {
    model.jobs += 1;
    model.ticks = 0;
    let job = model.jobs;
    if let Some(adding) = of(model) {
        adding.job = Some(job);
    }
    job
}

/// What follows when what is typed has changed.
pub fn after_typing(model: &mut Model) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    adding.is_replacing = false;
    match &mut adding.step {
        // the selected column stays the one that is asked about
        Step::Column(_, at) => *at = 0,
        _ => adding.at = 0,
    }
    if adding.step == Step::Path {
        return list(model);
    }
    Vec::new()
}

/// Lists the folder that is typed, unless it is listed already.
fn list(model: &mut Model) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let base = folder_of(&adding.path).to_owned();
    if adding
        .listed
        .as_ref()
        .is_some_and(|(listed, _)| *listed == base)
    {
        return Vec::new();
    }
    let job = next_job(model);
    vec![Effect::Adding(Order::List(job, base))]
}

/// The part of a path up to its last `/`.
fn folder_of(path: &str) -> &str {
    let end = path.rfind(['/', std::path::MAIN_SEPARATOR]);
    end.and_then(|end| path.get(..=end)).unwrap_or("")
}

/// What is offered in the step that is open, in words: file names, tables, columns, agencies.
pub fn offers(model: &Model, adding: &Adding) -> Vec<String> {
    match &adding.step {
        Step::Path => {
            let typed = adding.path.get(folder_of(&adding.path).len()..);
            let names = adding.listed.as_ref().map_or(&[][..], |(_, names)| names);
            search::names(typed.unwrap_or(""), names)
        }
        Step::Table => {
            let tables = adding.look.iter().flat_map(|look| &look.tables);
            tables
                .map(|table| format!("{} (rows: {})", table.name, table.below()))
                .collect()
        }
        Step::Column(query, _) => {
            let all = look::columns().map(|(name, others)| format!("{name}  {others}"));
            let all: Vec<String> = std::iter::once(KEPT.to_owned()).chain(all).collect();
            search::names(query, &all)
        }
        Step::Agency => {
            let agencies = model
                .picture
                .iter()
                .flat_map(|(picture, _)| &picture.supplied.agencies);
            let known: Vec<String> = agencies
                .map(|agency| {
                    let id = agency.id.as_str();
                    if agency.name.to_lowercase() == id {
                        id.to_owned()
                    } else {
                        format!("{id}  {}", agency.name)
                    }
                })
                .collect();
            let mut found = search::names(&adding.agency, &known);
            let typed = adding.agency.trim();
            let is_there = |one: &String| first_word(one) == AgencyId::new(typed).as_str();
            if typed.chars().any(char::is_alphanumeric) && !known.iter().any(is_there) {
                found.push(format!("{}  a new agency", AgencyId::new(typed)));
            }
            found
        }
        Step::Columns | Step::Root | Step::Importing => Vec::new(),
    }
}

fn first_word(offer: &str) -> &str {
    offer.split_once("  ").map_or(offer, |(first, _)| first)
}

/// The selected one of what is offered.
fn chosen(model: &Model) -> Option<String> {
    let Some(Overlay::Adding(adding)) = &model.overlay else {
        return None;
    };
    let at = match &adding.step {
        Step::Column(_, at) => *at,
        _ => adding.at,
    };
    offers(model, adding).into_iter().nth(at)
}

fn scroll(model: &mut Model, action: Action) {
    let Some(Overlay::Adding(adding)) = &model.overlay else {
        return;
    };
    let page = usize::from(model.size.1 / 2).max(1);
    let count = match (&adding.step, adding.rows) {
        (Step::Columns, Some(_)) => crate::tui::view::rows_height(model),
        (Step::Columns, None) => adding.columns.len(),
        _ => offers(model, adding).len(),
    };
    let Some(adding) = of(model) else { return };
    let at = match (&mut adding.step, &mut adding.rows) {
        (Step::Columns, Some(at)) | (Step::Column(_, at), _) => at,
        _ => &mut adding.at,
    };
    *at = moving::target(*at, action, page, count.saturating_sub(1));
}

/// One step back; out of the wizard from the first.
fn back(model: &mut Model) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    if !matches!(adding.step, Step::Column(..)) {
        adding.at = 0;
    }
    let has_tables = adding
        .look
        .as_ref()
        .is_some_and(|look| look.tables.len() > 1);
    adding.step = match (&adding.step, adding.rows.take()) {
        (Step::Columns, Some(_)) | (Step::Column(..) | Step::Agency, _) => Step::Columns,
        (Step::Columns, None) if has_tables => Step::Table,
        (Step::Columns | Step::Table, _) => Step::Path,
        (Step::Root, _) => Step::Agency,
        (Step::Path, _) => {
            model.overlay = None;
            "Nothing was added.".clone_into(&mut model.status);
            return Vec::new();
        }
        (Step::Importing, _) => {
            model.overlay = None;
            "The import goes on; it can no longer be stopped.".clone_into(&mut model.status);
            return Vec::new();
        }
    };
    Vec::new()
}

/// Fills in the selected name of a file.
fn complete(model: &mut Model) -> Vec<Effect> {
    let Some(name) = chosen(model) else {
        return Vec::new();
    };
    let Some(adding) = of(model).filter(|adding| adding.step == Step::Path) else {
        return Vec::new();
    };
    adding.path = format!("{}{name}", folder_of(&adding.path));
    after_typing(model)
}

fn accept(model: &mut Model) -> Vec<Effect> {
    let chosen = chosen(model);
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    match adding.step.clone() {
        Step::Path => accept_path(model, chosen),
        Step::Table => {
            adding.table = adding.at;
            columns::of_table(model)
        }
        Step::Column(..) => {
            let Some(offer) = chosen else {
                "No column has these words. Esc leaves.".clone_into(&mut model.status);
                return Vec::new();
            };
            let name = first_word(&offer).to_owned();
            let mut names = look::columns().map(|(name, _)| name);
            columns::set(model, names.find(|one| *one == name))
        }
        Step::Agency => {
            let Some(offer) = chosen else {
                "Type whose file this is.".clone_into(&mut model.status);
                return Vec::new();
            };
            adding.of = Some(AgencyId::new(first_word(&offer)));
            if model.is_kept {
                return keep(model);
            }
            if let Some(adding) = of(model) {
                adding.step = Step::Root;
            }
            Vec::new()
        }
        Step::Root => keep(model),
        Step::Columns | Step::Importing => Vec::new(),
    }
}

fn accept_path(model: &mut Model, chosen: Option<String>) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let base = folder_of(&adding.path);
    let path = chosen.map_or(adding.path.clone(), |name| format!("{base}{name}"));
    if path.trim().is_empty() {
        "Type the path of a file first.".clone_into(&mut model.status);
        return Vec::new();
    }
    adding.path.clone_from(&path);
    adding.at = 0;
    if path.ends_with(['/', std::path::MAIN_SEPARATOR]) {
        return list(model);
    }
    let job = next_job(model);
    vec![Effect::Adding(Order::Look(job, path))]
}

/// Keeps the mapping: in the case with the file, else in the folder of exports.
fn keep(model: &mut Model) -> Vec<Effect> {
    if model.writing {
        super::WRITING.clone_into(&mut model.status);
        return Vec::new();
    }
    let is_kept = model.is_kept;
    let job = next_job(model);
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let Some(agency) = adding.of.clone() else {
        return Vec::new();
    };
    let saving = Saving {
        draft: adding.draft(),
        agency,
        root: adding.root.clone(),
        replace: adding.is_replacing,
    };
    if !is_kept {
        return vec![Effect::Adding(Order::Save(job, saving))];
    }
    adding.step = Step::Importing;
    model.writing = true;
    vec![Effect::Adding(Order::Import(job, saving))]
}
