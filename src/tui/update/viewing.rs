//! Viewing as somebody else: what they may see is computed as a job, and until it is there nothing of the case is shown.

use super::able::WRITING;
use super::{is_deciding, picking};
use crate::picture::Since;
use crate::tui::action::Action;
use crate::tui::index::{Index, Row};
use crate::tui::model::{Model, Pane};
use crate::tui::msg::Effect;
use crate::tui::pick::Picking;
use crate::tui::viewing::ViewAs;

/// Why nothing is decided while the screen is viewed as somebody: who decides must see all that there is.
const NOT_NOW: &str = "Nothing is decided while facts are held back from the screen. a, then Enter: everything again.";
/// Why nothing else can be done meanwhile.
const COVERED: &str = "What they may see is still being computed. Esc stops that.";

impl Model {
    /// Whether what is wanted to be shown is not there yet, so that nothing of the case may be drawn.
    pub fn is_covered(&self) -> bool {
        let Some((_, index)) = &self.picture else {
            return false;
        };
        self.view_as.is_some() && self.view_as.as_ref() != shown(index)
    }
}

fn shown(index: &Index) -> Option<&ViewAs> {
    index.seen.as_ref().map(|seen| &seen.view_as)
}

/// Asks as whom to view.
pub fn choose(model: &mut Model) {
    picking::open(model, Picking::ViewAs);
}

/// Whether a picture that was computed is the one that is wanted now.
pub fn is_wanted(model: &Model, index: &Index) -> bool {
    shown(index) == model.view_as.as_ref()
}

/// Views as somebody, or as the analyst again. What was opened, typed or said before could tell what is held back.
pub fn set(model: &mut Model, view_as: Option<ViewAs>) -> Vec<Effect> {
    model.overlay = None;
    if model.view_as == view_as && !model.is_behind {
        "It is so already.".clone_into(&mut model.status);
        return Vec::new();
    }
    model.view_as.clone_from(&view_as);
    model.lens = None;
    model.only.clear();
    model.lanes = crate::tui::lanes::LanesPlace::default();
    model.forms = crate::tui::drawn::FormsPlace::default();
    model.tour = None;
    model.status.clear();
    for place in &mut model.places {
        place.query.clear();
        (place.at, place.top, place.scroll) = (0, 0, 0);
        place.pane = Pane::List;
    }
    let mut effects = vec![Effect::ViewAs(view_as)];
    if model.filtering.take().is_some() {
        effects.push(Effect::StopFilter);
    }
    model.jobs += 1;
    model.computing = Some(model.jobs);
    model.ticks = 0;
    effects.push(Effect::Compute {
        job: model.jobs,
        since: Since::Citations,
    });
    effects
}

/// Goes back to what is shown, since what was wanted was stopped or cannot be computed.
pub fn give_up(model: &mut Model, why: &str) -> Vec<Effect> {
    let back = model.picture.as_ref().and_then(|(_, index)| shown(index));
    let back = back.cloned();
    model.view_as.clone_from(&back);
    model.computing = None;
    model.stopped = model.jobs;
    model.is_behind = true;
    model.status = format!("{why} The screen shows what it showed before.");
    vec![Effect::ViewAs(back)]
}

/// Why an action can do nothing while the screen is viewed as somebody, or is about to be.
pub fn why_not(model: &Model, action: Action, is_typing: bool) -> Option<&'static str> {
    let leads_out = matches!(
        action,
        Action::Back
            | Action::Leave
            | Action::Quit
            | Action::Suspend
            | Action::Lock
            | Action::Colours
    );
    if model.is_covered() && !leads_out {
        return Some(COVERED);
    }
    if matches!(action, Action::ViewAs | Action::Verify) && model.log.reading == Some(true) {
        return Some("The log is being held against the case.");
    }
    if action == Action::Verify && !model.is_kept {
        return Some("A folder of exports has no log.");
    }
    if action == Action::Verify && model.view_as.is_some() {
        return Some("The log is not shown while the screen is viewed as somebody else.");
    }
    if action == Action::ViewAs && model.writing {
        return Some(WRITING);
    }
    if !is_typing && let Some(reason) = not_selected(model, action) {
        return Some(reason);
    }
    let adds = is_deciding(action) || action == Action::AddFile;
    (model.view_as.is_some() && !is_typing && adds).then_some(NOT_NOW)
}

/// What must be selected first for sharing and requests.
fn not_selected(model: &Model, action: Action) -> Option<&'static str> {
    let selected = model.selected();
    match (action, selected) {
        (Action::Share, Some(Row::Fact(_) | Row::Request(_) | Row::Consultation(_)))
        | (Action::Reply, Some(Row::Request(_))) => None,
        (Action::Share, _) => Some("Select a fact (4), or a request or a consultation (7), first."),
        (Action::PackWhom | Action::PackPurpose, _) if model.view_as.is_some() => {
            Some("The pack is for whom the screen is viewed as. a changes that.")
        }
        (Action::PackWrite, _) if model.pack.writing.is_some() => Some("A pack is being written."),
        (Action::PackWrite, _) if model.pack.outline.is_none() => {
            Some("The pack is not laid out yet: 8 shows it.")
        }
        (Action::Reply, _) => Some("Select a request first: 7 lists them."),
        _ => None,
    }
}
