//! What the screen says beside a view: over the list what it is narrowed to, and in the status line.

use super::action::View;
use super::form::Form;
use super::model::{Model, Overlay};
use super::{text, tour};

/// Columns of what stands behind the title of a choice of facts.
const BANNER_REST: usize = 38;
/// Columns at the right end of the status line that tell of a running job.
const JOB_ROOM: usize = 22;

impl Model {
    /// The lines over the list: what it is narrowed to.
    pub fn banner(&self) -> Option<String> {
        let place = self.place();
        let lens = self.lens.as_ref().filter(|_| self.view == View::Timeline);
        let is_typing = self.overlay == Some(Overlay::Search);
        if place.query.is_empty() && !is_typing && place.form == Form::KnockOut {
            return self.without();
        }
        let only = self.only_words();
        if lens.is_none() && only.is_empty() && place.query.is_empty() && !is_typing {
            return None;
        }
        let mut banner = String::new();
        if let Some(lens) = lens {
            // a long title must not push out how many they are and how to leave
            let room = usize::from(self.size.0).saturating_sub(BANNER_REST);
            banner = format!("Only: {}. ", text::fit(&lens.title, room.max(20)));
        }
        if !only.is_empty() {
            banner = format!("{banner}Only {only}. ");
        }
        if is_typing || !place.query.is_empty() {
            banner = format!(
                "{banner}Filter: {}{} ",
                place.query,
                if is_typing { "_" } else { "." }
            );
        }
        let what = if self.filtering.is_some() {
            "searching"
        } else {
            "shown"
        };
        Some(format!(
            "{banner}{} {what}. Esc: all again.",
            place.shown.len()
        ))
    }

    /// What the timeline is narrowed to beside a search, in words; empty elsewhere.
    fn only_words(&self) -> String {
        let picture = self.picture.as_ref();
        let Some((picture, _)) = picture.filter(|_| self.view == View::Timeline) else {
            return String::new();
        };
        let words: Vec<String> = self.only.iter().map(|one| one.words(picture)).collect();
        words.join("; ")
    }

    /// What falls without the agencies that are switched off; `None` while none is.
    fn without(&self) -> Option<String> {
        let (picture, _) = self.picture.as_ref()?;
        let names = self.forms.off.iter();
        let names: Vec<&str> = names.map(|id| picture.supplied.agency_name(id)).collect();
        if names.is_empty() {
            return None;
        }
        let fall = self.forms.fall;
        Some(format!(
            "Falls: {} of {} conclusions, {} weaker. Without {}. 0: all on.",
            fall.fallen,
            fall.all,
            fall.weaker,
            names.join(", ")
        ))
    }

    /// What the status line says, broken into lines: the answer to the last key, the tour, or what is always worth knowing.
    pub fn status_lines(&self) -> Vec<String> {
        let tour = tour::words(self);
        let standing = || {
            let notice = self.notice.clone().filter(|_| !self.is_kept);
            notice.unwrap_or_else(|| match self.by.trim() {
                "" => "Your name is asked at your first decision.".to_owned(),
                by => format!("Decisions are by {by}."),
            })
        };
        let words = match (self.status.is_empty(), tour) {
            (false, _) => self.status.clone(),
            (true, Some(tour)) => tour,
            (true, None) => standing(),
        };
        let is_busy = self.computing.is_some() || self.filtering.is_some() || self.is_behind;
        let room = match self.time_left() {
            Some(words) => JOB_ROOM + text::columns(&words) + 2,
            None if is_busy => JOB_ROOM,
            None => 1,
        };
        let mut lines = text::wrap(&words, usize::from(self.size.0).saturating_sub(room));
        lines.truncate(3);
        lines
    }
}
