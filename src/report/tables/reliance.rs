//! `reliance.csv`: one row a group.

use crate::reliance::{GroupMeasure, Grouping, SideVerdict};
use crate::report::{Cell, Table, View};

const COLUMNS: [&str; 18] = [
    "grouping",
    "group",
    "available",
    "cited",
    "expected",
    "uptake",
    "uptake_low",
    "uptake_high",
    "reliance_ratio",
    "p_under",
    "p_over",
    "p_under_adjusted",
    "p_over_adjusted",
    "smallest_p_under",
    "smallest_p_over",
    "verdict_under",
    "verdict_over",
    "sentence",
];

/// Lays out the measures in the order of the contract. A copy for the family holds none: they count what may not be seen.
pub fn reliance(view: &View<'_>) -> Table {
    let mut table = Table::new("reliance", COLUMNS).headed_by(&["grouping", "group", "sentence"]);
    if !view.is_family() {
        table.rows = view.picture.reliance.groups.iter().map(row).collect();
    }
    table
}

fn row(group: &GroupMeasure) -> Vec<Cell> {
    let pair = |pair: Option<(f64, f64)>| {
        (
            Cell::number(pair.map(|p| p.0)),
            Cell::number(pair.map(|p| p.1)),
        )
    };
    let (p_under, p_over) = pair(group.p);
    let (adjusted_under, adjusted_over) = pair(group.p_adjusted);
    let (smallest_under, smallest_over) = pair(group.smallest_p);
    vec![
        Cell::text(grouping(group.grouping)),
        Cell::text(&group.group),
        Cell::Count(group.available),
        Cell::Count(group.cited),
        Cell::number(group.expected),
        Cell::number(group.uptake.map(|(uptake, ..)| uptake)),
        Cell::number(group.uptake.map(|(_, low, _)| low)),
        Cell::number(group.uptake.map(|(.., high)| high)),
        Cell::number(group.ratio),
        p_under,
        p_over,
        adjusted_under,
        adjusted_over,
        smallest_under,
        smallest_over,
        Cell::text(verdict(group.verdict_under)),
        Cell::text(verdict(group.verdict_over)),
        Cell::text(&group.sentence),
    ]
}

/// The word for a grouping.
pub fn grouping(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::Agency => "agency",
        Grouping::Own => "own",
        Grouping::Channel => "channel",
        Grouping::Recency => "recency",
        Grouping::Polarity => "polarity",
    }
}

/// The word for a verdict.
pub fn verdict(verdict: SideVerdict) -> &'static str {
    match verdict {
        SideVerdict::NotComputed => "-",
        SideVerdict::TooFew => "too-few",
        SideVerdict::Flag => "flag",
        SideVerdict::Look => "look",
        SideVerdict::None => "none",
    }
}
