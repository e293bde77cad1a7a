//! Swim lanes: an agency a lane, time across. `axis` lays out the time, `store` finds the facts of a cell without looking
//! at the others, `signs` says in one sign what a cell holds.

pub mod axis;
mod quiet;
pub mod signs;
pub mod store;

use std::sync::Arc;

pub use axis::{Axis, Zoom};
pub use quiet::Quiet;
pub use signs::{Cell, sign};
pub use store::{Lane, Lanes};

use crate::model::date::Day;

/// Where the swim lanes stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LanesPlace {
    /// How much time a column is; `None` before they were ever shown: then all of it fits.
    pub zoom: Option<Zoom>,
    /// The first day that is shown.
    pub left: Day,
    /// The day on which the keys are.
    pub day: Day,
    /// The lane on which the keys are.
    pub lane: usize,
    /// The first lane that is visible.
    pub top: usize,
    /// The lanes of the facts that a filter leaves; `None` while nothing is filtered.
    pub narrowed: Option<Arc<Vec<Lane>>>,
    /// Whether the selected fact lies in the cell on which the keys are.
    pub is_on_fact: bool,
}

/// The columns that the names of the lanes take.
pub fn name_room(width: u16) -> u16 {
    match width {
        0..70 => 13,
        70..100 => 17,
        _ => 23,
    }
}
