//! The log of the case: read when the audit is looked at, and held against the case when that is asked for.

use crate::tui::action::View;
use crate::tui::log::Log;
use crate::tui::model::Model;
use crate::tui::msg::Effect;

use super::filter;

/// Asks for the log where it is looked at and is not what the case has now.
pub fn wanted(model: &mut Model) -> Vec<Effect> {
    let is_looked_at = model.view == View::Audit && model.is_kept && model.picture.is_some();
    let is_busy = model.log.reading.is_some() || model.writing || model.view_as.is_some();
    if !is_looked_at || model.log.is_read || is_busy {
        return Vec::new();
    }
    model.log.reading = Some(false);
    vec![Effect::ReadLog { is_verified: false }]
}

/// Holds the log against the case.
pub fn verify(model: &mut Model) -> Vec<Effect> {
    model.log.reading = Some(true);
    model.log.verified.clear();
    "The log is being held against the case …".clone_into(&mut model.status);
    lay_out(model);
    vec![Effect::ReadLog { is_verified: true }]
}

/// The log is read, or is not.
pub fn on_read(model: &mut Model, read: Result<Log, String>) {
    let was_verifying = model.log.reading.take() == Some(true);
    match read {
        Ok(mut log) => {
            if log.verified.is_empty() {
                log.verified = std::mem::take(&mut model.log.verified);
            }
            if was_verifying {
                model.status = log.verified.first().cloned().unwrap_or_default();
            }
            model.log = log;
        }
        Err(problem) => {
            // it is asked for again when something changes, and not in a circle
            model.log.is_read = true;
            model.status = format!("The log cannot be read: {problem}");
        }
    }
    lay_out(model);
}

/// Something was written, so that the log is longer and what was said of it no longer holds.
pub fn grew(model: &mut Model) {
    model.log.is_read = false;
    model.log.verified.clear();
}

/// Lays the rows of the audit out anew.
pub fn lay_out(model: &mut Model) {
    model.audit = crate::tui::rows::audit::rows(model);
    let view = model.view;
    model.view = View::Audit;
    filter::again(model, None);
    model.view = view;
}
