//! What the desk of the wizard answers: a folder, the first rows of a file, how it would be read, what was kept.

use std::sync::Arc;

use crate::import::look::Look;
use crate::model::id::AgencyId;
use crate::picture::Since;
use crate::tui::adding::{News, Step, Unsaved};
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Held};

use super::adding::of;
use super::{columns, decide};

/// Takes what the desk answers.
pub fn on_news(model: &mut Model, news: News) -> Vec<Effect> {
    if let News::Imported(_, result) = news {
        return on_imported(model, result);
    }
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let job = match &news {
        News::Listed(job, ..)
        | News::Looked(job, _)
        | News::Tried(job, _)
        | News::Saved(job, _)
        | News::Imported(job, _) => *job,
    };
    if adding.job != Some(job) {
        return Vec::new();
    }
    adding.job = None;
    match news {
        News::Listed(_, base, names) => {
            adding.listed = Some((base, names));
            adding.at = 0;
        }
        News::Looked(_, Ok((look, root))) => return on_look(model, look, root),
        News::Looked(_, Err(problem)) => model.status = problem,
        News::Tried(_, report) => adding.report = Some(report),
        News::Saved(_, Ok(said)) => {
            model.overlay = None;
            model.status = said;
        }
        News::Saved(_, Err(Unsaved::IsThere(path))) => {
            adding.is_replacing = true;
            let path = crate::tui::text::safe(&path);
            model.status = format!(
                "{path} is there already. Enter again replaces it; type another folder, or Esc."
            );
        }
        News::Saved(_, Err(Unsaved::Failed(problem))) => {
            model.status = format!("Not kept: {problem}");
        }
        News::Imported(..) => {}
    }
    Vec::new()
}

fn on_look(model: &mut Model, look: Arc<Look>, root: String) -> Vec<Effect> {
    let Some(adding) = of(model) else {
        return Vec::new();
    };
    let has_several = look.tables.len() > 1;
    adding.agency = agency_of(&adding.path);
    (adding.look, adding.root) = (Some(look), root);
    (adding.table, adding.at) = (0, 0);
    (adding.is_header_set, adding.date_order) = (false, None);
    if has_several {
        adding.step = Step::Table;
        return Vec::new();
    }
    columns::of_table(model)
}

/// The agency that a path seems to name: of its folder, else of its name up to the first `_` or `.`.
fn agency_of(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', std::path::MAIN_SEPARATOR]).collect();
    let name = match parts.as_slice() {
        [.., folder, _] if folder.chars().any(char::is_alphabetic) => folder,
        [.., name] => name.split(['_', '.']).next().unwrap_or(name),
        [] => "",
    };
    if name.chars().any(char::is_alphabetic) {
        AgencyId::new(name).to_string()
    } else {
        String::new()
    }
}

fn on_imported(model: &mut Model, result: Result<(String, Held), String>) -> Vec<Effect> {
    model.writing = false;
    let is_open = of(model).is_some_and(|adding| adding.step == Step::Importing);
    match result {
        Ok((said, held)) => {
            if is_open {
                model.overlay = None;
            }
            model.held = held;
            model.status = said;
            decide::compute(model, Since::Exports)
        }
        Err(problem) => {
            if let Some(adding) = of(model).filter(|_| is_open) {
                adding.step = Step::Columns;
            }
            model.status = format!("Not imported, the case is as it was: {problem}");
            Vec::new()
        }
    }
}
