//! The rows of the audit: every decision, the newest first, and the log of the case.

use std::sync::Arc;

use super::heading;
use crate::tui::index::Row;
use crate::tui::model::Model;

/// What is said in place of decisions while somebody else looks on.
const NOT_SHOWN: &str =
    "Decisions are the hub's own and are not shown while the screen is viewed as somebody else.";
/// What is said of a folder.
const NOT_KEPT: &str = "A folder of exports keeps no decisions: these are gone when you leave. casepicture new and import make a case that keeps them, with a log.";

/// Lays the rows out.
pub fn rows(model: &Model) -> Arc<Vec<Row>> {
    let Some((_, index)) = &model.picture else {
        return Arc::default();
    };
    if index.seen.is_some() {
        return Arc::new(vec![Row::Text(NOT_SHOWN.to_owned())]);
    }
    let mut rows = Vec::new();
    if !model.is_kept {
        rows.push(Row::Text(NOT_KEPT.to_owned()));
    }
    let all = &index.decisions;
    let taken_back = all.iter().filter(|one| !one.stands()).count();
    rows.push(Row::Heading(match all.len() {
        0 => "Decisions: none yet".to_owned(),
        count => format!("Decisions, the newest first ({count}, {taken_back} taken back)"),
    }));
    rows.extend((0..all.len()).rev().map(Row::Decision));
    if model.is_kept {
        rows.push(Row::Heading(match model.log.lines.len() {
            0 => "The log of the case".to_owned(),
            count => format!("The log of the case, the newest first ({count})"),
        }));
        rows.extend(model.log.verified.iter().cloned().map(Row::Text));
        if !model.log.is_read && model.log.lines.is_empty() {
            rows.push(Row::Text("The log is being read …".to_owned()));
        } else if model.log.verified.is_empty() {
            rows.push(Row::Text("v holds the log against the case.".to_owned()));
        }
        rows.extend((0..model.log.lines.len()).map(Row::LogLine));
    } else {
        rows.push(heading("The log of the case: a folder has none"));
    }
    Arc::new(rows)
}
