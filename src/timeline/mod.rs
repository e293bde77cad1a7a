//! Merges entries into facts in order: echoes collapsed, origins counted, disagreements side by side.

use crate::model::decision::Decision;
use crate::model::fact::Timeline;
use crate::model::person::People;
use crate::model::supply::Supplied;

/// Merges the entries of a case.
///
/// How a basis stands (`status`, `told`, `handling`, `consent_state`) is left to the room `sharing`.
pub fn merge(_supplied: &Supplied, _people: &People, _decisions: &[Decision]) -> Timeline {
    Timeline::default()
}

/// Fills in which conclusions cite each fact, from the citations supplied and the decisions that stand.
pub fn cite(_supplied: &Supplied, _decisions: &[Decision], _timeline: &mut Timeline) {}
