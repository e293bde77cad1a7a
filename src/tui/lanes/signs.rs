//! Says in one sign what a cell of a lane holds: the same signs as in the silence map, so that nothing is learnt twice.

use super::quiet::Quiet;
use super::store::Lane;
use crate::model::date::Day;
use crate::reliance::State;

/// From so many facts on a cell is dense, and from so many very dense.
const DENSE: (usize, usize) = (10, 100);

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// How many facts.
    pub facts: usize,
    /// What is known of the agency in this time.
    pub state: State,
}

impl Cell {
    /// Looks at an agency from one day until before another.
    pub fn of(lane: &Lane, quiet: &Quiet, span: (Day, Day)) -> Self {
        let facts = lane.range(span).len();
        let state = match () {
            () if facts > 0 => State::Supplied,
            () if Quiet::count(&quiet.withheld, span) > 0 => State::Withheld,
            () if Quiet::count(&quiet.answered, span) > 0 => State::Answered,
            () if Quiet::count(&quiet.asked, span) > 0 => State::Asked,
            () if quiet.is_outside(span) => State::OutsideCoverage,
            () if quiet.is_involved(span) => State::Silent,
            () => State::Nothing,
        };
        Self { facts, state }
    }
}

/// The sign of a state where no fact is.
pub fn sign(state: State) -> char {
    match state {
        State::Supplied => 's',
        State::Withheld => 'w',
        State::Answered => 'a',
        State::Asked => '?',
        State::OutsideCoverage => '/',
        State::Silent => '-',
        State::Nothing => ' ',
    }
}

/// A count of facts as one sign: a digit up to nine, then two strengths of grey.
pub fn density(facts: usize) -> char {
    match facts {
        0 => ' ',
        1..10 => char::from(b'0' + facts as u8),
        _ if facts < DENSE.1 => '▒',
        _ => '█',
    }
}

/// What the signs mean, for the lines under the lanes.
pub const LEGEND: [&str; 11] = [
    "1-9 facts",
    "▒ 10 and more",
    "█ 100 and more",
    "* relied on",
    "! has a flag !!!",
    "- involved, nothing supplied",
    "/ not covered",
    "? asked",
    "a answered",
    "w withheld",
    "│ as-of date",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_is_never_lighter_for_more_facts() {
        let signs: Vec<char> = [0, 1, 9, 10, 99, 100, 1_000_000].map(density).to_vec();
        assert_eq!(signs, [' ', '1', '9', '▒', '▒', '█', '█']);
        assert_eq!(density(DENSE.0), '▒');
    }

    #[test]
    fn every_state_has_a_sign_of_its_own() {
        let all = [
            State::Supplied,
            State::Withheld,
            State::Answered,
            State::Asked,
            State::OutsideCoverage,
            State::Silent,
            State::Nothing,
        ];
        let mut signs: Vec<char> = all.into_iter().map(sign).collect();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), all.len());
    }
}
