//! When an agency was involved, what its export covers, and when it was asked and answered.

use chrono::Datelike;

use crate::model::date::{Day, When};
use crate::model::id::AgencyId;
use crate::model::words::{RequestResult, YesNo};
use crate::picture::Picture;

/// What is known of an agency apart from its facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quiet {
    /// When it is recorded as working with somebody, from day to day, in order and apart.
    pub involved: Vec<(i32, i32)>,
    /// What its export covers; `None` when nobody said.
    pub covered: Option<Vec<(i32, i32)>>,
    /// The days on which it was asked.
    pub asked: Vec<i32>,
    /// The days on which it answered.
    pub answered: Vec<i32>,
    /// The days on which it kept back what was asked for.
    pub withheld: Vec<i32>,
}

impl Quiet {
    /// Whether the agency worked with somebody at any time from one day until before another.
    pub fn is_involved(&self, span: (Day, Day)) -> bool {
        touches(&self.involved, span)
    }

    /// Whether its export is said not to reach these days.
    pub fn is_outside(&self, span: (Day, Day)) -> bool {
        self.covered
            .as_ref()
            .is_some_and(|covered| !touches(covered, span))
    }

    /// How many of some days lie from one until before another.
    pub fn count(days: &[i32], (from, until): (Day, Day)) -> usize {
        let (from, until) = (from.num_days_from_ce(), until.num_days_from_ce());
        days.partition_point(|day| *day < until) - days.partition_point(|day| *day < from)
    }
}

fn touches(spans: &[(i32, i32)], (from, until): (Day, Day)) -> bool {
    let (from, until) = (from.num_days_from_ce(), until.num_days_from_ce());
    let at = spans.partition_point(|(_, end)| *end < from);
    spans.get(at).is_some_and(|(start, _)| *start < until)
}

/// Puts spans in order and joins those that meet.
fn joined(mut spans: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    spans.sort_unstable();
    let mut out: Vec<(i32, i32)> = Vec::new();
    for (start, end) in spans {
        match out.last_mut() {
            Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// What is known of an agency apart from its facts: the same as the silence map tells, to the day.
pub fn of(picture: &Picture, agency: &AgencyId) -> Quiet {
    let supplied = &picture.supplied;
    let last = picture.as_of.num_days_from_ce();
    let span = |from: &When, to: &When| {
        let from = from.start().unwrap_or(Day::MIN).num_days_from_ce();
        let to = to.end().map_or(last, |day| day.num_days_from_ce());
        (from, to.min(last))
    };
    let involved = supplied.involvements.iter();
    let involved = involved.filter(|row| row.involved.as_ref() == Some(agency));
    let involved = involved.map(|row| span(&row.from, &row.to));
    let involved = involved.filter(|(from, to)| from <= to);
    let rows: Vec<_> = supplied
        .coverage
        .iter()
        .filter(|row| row.agency == *agency)
        .collect();
    let covered = rows
        .iter()
        .filter(|row| !row.records_available.is(YesNo::No))
        .map(|row| {
            let to = row.to.end().unwrap_or(Day::MAX).num_days_from_ce();
            (span(&row.from, &row.to).0, to)
        });
    let mut quiet = Quiet {
        involved: joined(involved.collect()),
        covered: (!rows.is_empty()).then(|| joined(covered.collect())),
        ..Quiet::default()
    };
    for request in supplied.requests.iter().filter(|row| row.asked == *agency) {
        let day = |when: &When| when.start().map(|day| day.num_days_from_ce());
        quiet.asked.extend(day(&request.asked_on));
        match request.result.known() {
            Some(RequestResult::Withheld) => quiet.withheld.extend(day(&request.answered_on)),
            Some(RequestResult::Supplied | RequestResult::NoneHeld) => {
                quiet.answered.extend(day(&request.answered_on));
            }
            Some(RequestResult::NoReply) | None => {}
        }
    }
    for days in [&mut quiet.asked, &mut quiet.answered, &mut quiet.withheld] {
        days.sort_unstable();
    }
    quiet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_meet_are_one_and_a_gap_between_is_silent() {
        assert_eq!(joined(vec![(5, 9), (1, 3), (10, 12), (4, 4)]), [(1, 12)]);
        let spans = joined(vec![(0, 5), (20, 30)]);
        let at = |days: i32| Day::from_num_days_from_ce_opt(days).unwrap();
        for (from, until, touched) in [
            (0, 1, true),
            (5, 6, true),
            (6, 20, false),
            (6, 21, true),
            (31, 40, false),
        ] {
            assert_eq!(
                touches(&spans, (at(from), at(until))),
                touched,
                "{from} {until}"
            );
        }
    }
}
