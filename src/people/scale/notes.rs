//! What should be known of a run: whom it kept apart against others, and what its passes left out.

use super::Pass;
use crate::model::roster::Roster;

/// So many pairs of those that were refused are named.
const NAMED: usize = 3;

/// Whom it kept apart that others would have made one person, in a sentence; `None` when it is nobody.
pub fn refused(roster: &Roster, pairs: &[(u32, u32)]) -> Option<String> {
    let named = named(roster, pairs);
    (!pairs.is_empty()).then(|| {
        format!(
            "Joins refused, since they would have made one person of two who are kept apart (as twins, as father and son, by verified numbers, or as records of one agency where --within-source says so): {} ({named}).",
            pairs.len(),
        )
    })
}

/// Which pairs were left undone, since which of them came first would have said who is who; `None` when it is none.
pub fn tied(roster: &Roster, pairs: &[(u32, u32)]) -> Option<String> {
    (!pairs.is_empty()).then(|| {
        format!(
            "Pairs not joined, since one of the two has another candidate who is exactly as likely, and the two candidates are kept apart: {} ({}).",
            pairs.len(),
            named(roster, pairs)
        )
    })
}

/// Some of these pairs, by their ids.
fn named(roster: &Roster, pairs: &[(u32, u32)]) -> String {
    let name = |(left, right): &(u32, u32)| {
        format!(
            "{} and {}",
            roster.id(*left as usize),
            roster.id(*right as usize)
        )
    };
    let named: Vec<String> = pairs.iter().take(NAMED).map(name).collect();
    let more = if pairs.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", named.join("; "))
}

/// What a pass left out, in a sentence; `None` when it is nothing.
pub fn left_out(pass: &Pass) -> Option<String> {
    (pass.left_out > 0).then(|| {
        format!(
            "{}: parts of values that too many records share, which were still too large and are compared by other keys only: {}.",
            pass.name, pass.left_out
        )
    })
}
