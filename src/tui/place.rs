//! Where a view stands, and the choice of facts that the timeline is narrowed to.

use std::sync::Arc;

use super::action::View;
use super::form::Form;
use super::index::Index;
use super::layout::Pane;
use crate::picture::Picture;

/// Where one view stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// The selected row, as a position in `shown`; always in bounds, never a heading, or 0 in an empty list.
    pub at: usize,
    /// The first row that is visible.
    pub top: usize,
    /// Which pane the keys move.
    pub pane: Pane,
    /// How many lines of the detail pane are scrolled away.
    pub scroll: usize,
    /// What the list is filtered by; empty: not.
    pub query: String,
    /// How it is shown.
    pub form: Form,
    /// The rows to show: facts in the timeline, else positions in the view's rows.
    pub shown: Arc<Vec<usize>>,
}

/// A choice of facts that the timeline is narrowed to, opened from a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Lens {
    /// Which facts these are.
    pub title: String,
    /// The facts, in reading order, by their positions in the picture that is shown.
    pub facts: Arc<Vec<usize>>,
    /// Where Esc goes back to …
    pub from: View,
    /// … in which form …
    pub form: Form,
    /// … and narrowed to what.
    pub before: Option<Box<Lens>>,
}

impl Lens {
    /// The same facts in a picture that is computed anew, so that the list does not move under a hand.
    pub fn follow(&mut self, old: &Picture, new: &Index) {
        let facts = self.facts.iter();
        let facts = facts.filter_map(|at| old.timeline.facts.get(*at));
        let mut facts: Vec<usize> = facts.filter_map(|fact| new.fact(&fact.id)).collect();
        facts.sort_unstable();
        self.facts = Arc::new(facts);
        if let Some(before) = &mut self.before {
            before.follow(old, new);
        }
    }
}
