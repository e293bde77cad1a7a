//! The facts of each agency by day, found by halving, so that a frame costs what is visible and not what there is.

use chrono::Datelike;

use super::quiet::{self, Quiet};
use crate::model::date::{Day, Precision, When};
use crate::model::fact::Fact;
use crate::picture::Picture;
use crate::tui::drawn::ring::is_seen;
use crate::tui::index::AgencySummary;

/// Facts by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lane {
    /// The days of its dated facts, as days of the common era, in order …
    pub days: Vec<i32>,
    /// … and the facts.
    pub facts: Vec<u32>,
    /// The days of facts that conclusions cite, with the facts.
    pub cited: Vec<(i32, u32)>,
    /// The days of facts with a flag, in order: those whose strongest is of strength 1, 2, 3.
    pub flagged: [Vec<i32>; 3],
    /// Facts without a date.
    pub undated: Vec<u32>,
}

/// All lanes, in the order of the agencies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lanes {
    /// The facts of each agency.
    pub all: Vec<Lane>,
    /// What else is known of each.
    pub quiet: Vec<Quiet>,
    /// The first and the last day of anything.
    pub span: (Day, Day),
    /// The highest strength of each fact's flags; 0 without one.
    pub strengths: Vec<u8>,
}

/// The day at which a fact stands in reading order; `None` when it has no date.
pub fn day_of(when: &When) -> Option<Day> {
    match when.precision {
        Precision::Before => when.until.and_then(|day| day.succ_opt()),
        Precision::After => when.from.and_then(|day| day.pred_opt()),
        _ => when.start(),
    }
}

impl Lane {
    /// Sorts facts into a lane.
    fn of(facts: impl Iterator<Item = u32>, of: &[Fact], strengths: &[u8]) -> Self {
        let mut lane = Self::default();
        let mut is_sorted = true;
        for at in facts {
            let Some(fact) = of.get(at as usize) else {
                continue;
            };
            let Some(day) = day_of(&fact.when) else {
                lane.undated.push(at);
                continue;
            };
            let day = day.num_days_from_ce();
            is_sorted &= lane.days.last().is_none_or(|last| *last <= day);
            lane.days.push(day);
            lane.facts.push(at);
            if !fact.cited_by.is_empty() {
                lane.cited.push((day, at));
            }
        }
        // facts come in reading order, which is that of the days but for years of more than four digits
        if !is_sorted {
            let days = lane.days.iter().copied();
            let mut pairs: Vec<(i32, u32)> = days.zip(lane.facts.iter().copied()).collect();
            pairs.sort_unstable();
            (lane.days, lane.facts) = pairs.into_iter().unzip();
            lane.cited.sort_unstable();
        }
        lane.flag(strengths);
        lane
    }

    /// Notes which of its facts have a flag.
    fn flag(&mut self, strengths: &[u8]) {
        for (day, fact) in self.days.iter().zip(&self.facts) {
            let strength = strengths.get(*fact as usize).copied().unwrap_or(0);
            let of = usize::from(strength).checked_sub(1);
            if let Some(days) = of.and_then(|of| self.flagged.get_mut(of)) {
                days.push(*day);
            }
        }
    }

    /// The strength of the strongest flag of any fact from one day until before another; 0 without one.
    pub fn strength(&self, span: (Day, Day)) -> u8 {
        let strongest = self
            .flagged
            .iter()
            .rposition(|days| Quiet::count(days, span) > 0);
        strongest.map_or(0, |at| at as u8 + 1)
    }

    /// The positions in the lane of the facts from one day until before another.
    pub fn range(&self, (from, until): (Day, Day)) -> std::ops::Range<usize> {
        let (from, until) = (from.num_days_from_ce(), until.num_days_from_ce());
        let start = self.days.partition_point(|day| *day < from);
        let rest = self.days.get(start..).unwrap_or(&[]);
        start..start + rest.partition_point(|day| *day < until)
    }

    /// The position in the lane of a fact of a day.
    pub fn find(&self, fact: u32, day: Day) -> Option<usize> {
        // facts of one day stand in reading order, whatever the years are
        let same = self.range((day, day.succ_opt().unwrap_or(day)));
        let facts = self.facts.get(same.clone())?;
        let at = facts.binary_search(&fact).ok()?;
        Some(same.start + at)
    }

    /// The facts from one day until before another.
    pub fn facts(&self, span: (Day, Day)) -> &[u32] {
        self.facts.get(self.range(span)).unwrap_or(&[])
    }

    /// The cited facts from one day until before another.
    pub fn cited(&self, (from, until): (Day, Day)) -> &[(i32, u32)] {
        let (from, until) = (from.num_days_from_ce(), until.num_days_from_ce());
        let start = self.cited.partition_point(|(day, _)| *day < from);
        let end = self.cited.partition_point(|(day, _)| *day < until);
        self.cited.get(start..end).unwrap_or(&[])
    }
}

impl Lanes {
    /// Sorts the facts of a picture into lanes.
    pub fn of(picture: &Picture, agencies: &[AgencySummary], strengths: Vec<u8>) -> Self {
        let facts = &picture.timeline.facts;
        let all: Vec<Lane> = agencies
            .iter()
            .map(|agency| {
                let seen = agency.facts.iter().filter(|at| is_seen(picture, **at));
                Lane::of(seen.map(|at| *at as u32), facts, &strengths)
            })
            .collect();
        // who else works with the family, and since when, is not told to a recipient
        let recipient = picture.settings.recipient.as_ref();
        let quiet = agencies.iter().map(|agency| {
            if recipient.is_none() || picture.is_of(recipient, &agency.id) {
                quiet::of(picture, &agency.id)
            } else {
                Quiet::default()
            }
        });
        let quiet: Vec<Quiet> = quiet.collect();
        let as_of = picture.as_of;
        let known = |days: i32| Day::from_num_days_from_ce_opt(days);
        let ends = all
            .iter()
            .flat_map(|lane| [lane.days.first(), lane.days.last()])
            .flatten();
        let begun = quiet
            .iter()
            .filter_map(|quiet| quiet.involved.first())
            .map(|(start, _)| start)
            .filter(|start| **start > Day::MIN.num_days_from_ce());
        let days: Vec<Day> = ends.chain(begun).filter_map(|day| known(*day)).collect();
        let first = days.iter().min().copied().unwrap_or(as_of).min(as_of);
        let last = days.iter().max().copied().unwrap_or(as_of).max(as_of);
        Self {
            all,
            quiet,
            span: (first, last),
            strengths,
        }
    }

    /// The lanes of some facts alone. Takes as long as there are facts, so it is done once and not for every frame.
    pub fn only(&self, picture: &Picture, shown: &[usize]) -> Vec<Lane> {
        let facts = &picture.timeline.facts;
        let mut is_shown = vec![false; facts.len()];
        for at in shown {
            if let Some(flag) = is_shown.get_mut(*at) {
                *flag = true;
            }
        }
        let keeps = |at: &u32| is_shown.get(*at as usize).copied().unwrap_or(false);
        self.all
            .iter()
            .map(|lane| {
                let dated = lane.days.iter().zip(&lane.facts);
                let (days, facts) = dated.filter(|(_, fact)| keeps(fact)).unzip();
                let mut lane = Lane {
                    days,
                    facts,
                    cited: lane
                        .cited
                        .iter()
                        .copied()
                        .filter(|(_, fact)| keeps(fact))
                        .collect(),
                    undated: lane.undated.iter().copied().filter(keeps).collect(),
                    ..Lane::default()
                };
                lane.flag(&self.strengths);
                lane
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliance::silence_map;
    use crate::tui::index::Index;
    use crate::tui::lanes::{Cell, Zoom};
    use crate::tui::sample::{case, picture};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_of_a_lane_says_what_the_silence_map_says() {
        let picture = picture();
        let index = Index::of(&picture);
        let map = silence_map(&picture.supplied, None, picture.as_of);
        for (agency, months) in &map.agencies {
            let at = index
                .agencies
                .iter()
                .position(|one| one.id == *agency)
                .unwrap();
            let (lane, quiet) = (&index.lanes.all[at], &index.lanes.quiet[at]);
            for (first, month) in map.months.iter().zip(months) {
                let span = (*first, Zoom::FiveYears.step(*first, 1));
                assert_eq!(
                    Cell::of(lane, quiet, span).state,
                    month.state(),
                    "{agency} {first}"
                );
            }
        }
    }

    #[test]
    fn every_fact_is_in_the_lane_of_each_agency_that_tells_it() {
        let picture = picture();
        let index = Index::of(&picture);
        for (lane, agency) in index.lanes.all.iter().zip(&index.agencies) {
            let mut found: Vec<usize> = lane
                .facts
                .iter()
                .chain(&lane.undated)
                .map(|at| *at as usize)
                .collect();
            found.sort_unstable();
            assert_eq!(found, agency.facts);
            assert!(lane.days.is_sorted());
            let all = (day("0001-01-01"), day("9999-01-01"));
            assert_eq!(lane.facts(all).len(), lane.facts.len());
        }
        assert_eq!(case().supplied.entries.len(), 6);
    }

    #[test]
    fn lanes_of_some_facts_hold_these_alone() {
        let picture = picture();
        let index = Index::of(&picture);
        let only = index.lanes.only(&picture, &[1, 3]);
        let mut left: Vec<u32> = only
            .iter()
            .flat_map(|lane| lane.facts.iter().chain(&lane.undated))
            .copied()
            .collect();
        left.sort_unstable();
        left.dedup();
        assert_eq!(left, [1, 3]);
    }
}
