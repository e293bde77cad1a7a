//! The silence map: agency by month, what is known of it, so that no data is never read as nothing to tell.

use std::collections::BTreeMap;

use chrono::{Datelike, Months};

use crate::model::date::{Day, When};
use crate::model::id::AgencyId;
use crate::model::supply::Supplied;
use crate::model::words::{RequestResult, YesNo};

/// Months shown; what lies before is left out, and the map says so.
const MOST_MONTHS: usize = 60;

/// What is known of one agency in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Month {
    /// It is recorded as working with somebody of the case.
    pub involved: bool,
    /// Entries that it supplied about days of this month.
    pub entries: usize,
    /// Requests made to it in this month.
    pub asked: usize,
    /// Answers that came in this month with information, or that it holds nothing.
    pub answered: usize,
    /// Answers that came in this month and kept the information back.
    pub withheld: usize,
    /// Its export is said not to cover this month, or no records to be available.
    pub outside_coverage: bool,
}

/// The one word for a month that a narrow map shows: the first of these that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It supplied entries.
    Supplied,
    /// It kept back what was asked for.
    Withheld,
    /// It answered.
    Answered,
    /// It was asked.
    Asked,
    /// Its export does not cover the month.
    OutsideCoverage,
    /// It was working with somebody, and nothing is there.
    Silent,
    /// Nothing is known of it for this month.
    Nothing,
}

impl State {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Supplied => "supplied",
            Self::Withheld => "withheld",
            Self::Answered => "answered",
            Self::Asked => "asked",
            Self::OutsideCoverage => "outside coverage",
            Self::Silent => "involved, nothing supplied",
            Self::Nothing => "",
        }
    }
}

impl Month {
    /// The one word for it.
    pub fn state(self) -> State {
        match self {
            Self { entries: 1.., .. } => State::Supplied,
            Self { withheld: 1.., .. } => State::Withheld,
            Self { answered: 1.., .. } => State::Answered,
            Self { asked: 1.., .. } => State::Asked,
            Self {
                outside_coverage: true,
                ..
            } => State::OutsideCoverage,
            Self { involved: true, .. } => State::Silent,
            _ => State::Nothing,
        }
    }
}

/// Agency by month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SilenceMap {
    /// The first day of each month, in order.
    pub months: Vec<Day>,
    /// Whether earlier months were left out.
    pub is_cut: bool,
    /// Each agency with its months, by id.
    pub agencies: Vec<(AgencyId, Vec<Month>)>,
}

/// Draws the map up to the as-of date, from the period asked for, else from the first that anything speaks of.
pub fn silence_map(supplied: &Supplied, period: Option<(Day, Day)>, as_of: Day) -> SilenceMap {
    let last = period.map_or(as_of, |(_, last)| last.min(as_of));
    let first = period.map_or_else(|| earliest(supplied, last), |(first, _)| first);
    let all = months(first, last);
    let skip = all.len().saturating_sub(MOST_MONTHS);
    let months: Vec<Day> = all.into_iter().skip(skip).collect();
    let mut drawn = Drawn {
        months: &months,
        agencies: BTreeMap::new(),
        last,
    };
    drawn.fill(supplied);
    let agencies = drawn.agencies.into_iter();
    SilenceMap {
        agencies: agencies.map(|(id, cells)| (id.clone(), cells)).collect(),
        is_cut: skip > 0,
        months,
    }
}

/// The first day that an entry, an involvement or a request speaks of.
fn earliest(supplied: &Supplied, last: Day) -> Day {
    let entries = supplied.entries.iter().map(|entry| &entry.when);
    let involved = supplied.involvements.iter().map(|row| &row.from);
    let asked = supplied.requests.iter().map(|request| &request.asked_on);
    let all = entries.chain(involved).chain(asked);
    all.filter_map(When::start).min().unwrap_or(last)
}

/// The first days of the months from one day to another.
fn months(first: Day, last: Day) -> Vec<Day> {
    // without this a placeholder year would make a map of thousands of months before it is cut
    let enough = last.checked_sub_months(Months::new(MOST_MONTHS as u32 + 1));
    let start = first.max(enough.unwrap_or(first)).with_day(1);
    let next = |day: &Day| day.checked_add_months(Months::new(1));
    let all = std::iter::successors(start, next);
    all.take_while(|day| *day <= last).collect()
}

/// The map while it is filled.
struct Drawn<'a> {
    months: &'a [Day],
    agencies: BTreeMap<&'a AgencyId, Vec<Month>>,
    last: Day,
}

impl<'a> Drawn<'a> {
    fn fill(&mut self, supplied: &'a Supplied) {
        for agency in &supplied.agencies {
            self.row(&agency.id);
        }
        for entry in &supplied.entries {
            // a year or a month is counted where it begins: spread out it would hide a silence
            self.on(entry.agency(), entry.when.start(), |month| {
                month.entries += 1;
            });
        }
        for row in &supplied.involvements {
            if let Some(agency) = &row.involved {
                let span = (row.from.start(), row.to.end());
                self.between(agency, span, |month| month.involved = true);
            }
        }
        for request in &supplied.requests {
            let asked = &request.asked;
            self.on(asked, request.asked_on.start(), |month| month.asked += 1);
            match request.result.known() {
                Some(RequestResult::Withheld) => {
                    self.on(asked, request.answered_on.start(), |month| {
                        month.withheld += 1;
                    });
                }
                Some(RequestResult::Supplied | RequestResult::NoneHeld) => {
                    self.on(asked, request.answered_on.start(), |month| {
                        month.answered += 1;
                    });
                }
                Some(RequestResult::NoReply) | None => {}
            }
        }
        self.cover(supplied);
    }

    /// Marks the months that no coverage row of an agency reaches. An agency without a row says nothing of what it covers.
    fn cover(&mut self, supplied: &'a Supplied) {
        let mut covered: BTreeMap<&AgencyId, Vec<Month>> = BTreeMap::new();
        let plain = vec![Month::default(); self.months.len()];
        for row in &supplied.coverage {
            let cells = covered.entry(&row.agency).or_insert_with(|| plain.clone());
            if !row.records_available.is(YesNo::No) {
                let span = (row.from.start(), row.to.end());
                mark(self.months, self.last, cells, span, |month| {
                    month.involved = true;
                });
            }
        }
        for (agency, cells) in covered {
            for (cell, reached) in self.row(agency).iter_mut().zip(cells) {
                cell.outside_coverage = !reached.involved;
            }
        }
    }

    fn row(&mut self, agency: &'a AgencyId) -> &mut Vec<Month> {
        let plain = || vec![Month::default(); self.months.len()];
        self.agencies.entry(agency).or_insert_with(plain)
    }

    fn on(&mut self, agency: &'a AgencyId, day: Option<Day>, set: impl Fn(&mut Month)) {
        if let Some(day) = day {
            self.between(agency, (Some(day), Some(day)), set);
        }
    }

    fn between(
        &mut self,
        agency: &'a AgencyId,
        span: (Option<Day>, Option<Day>),
        set: impl Fn(&mut Month),
    ) {
        let (months, last) = (self.months, self.last);
        mark(months, last, self.row(agency), span, set);
    }
}

/// Marks the months that a span of days touches; an open end is open to that side.
fn mark(
    months: &[Day],
    last: Day,
    cells: &mut [Month],
    (from, until): (Option<Day>, Option<Day>),
    set: impl Fn(&mut Month),
) {
    for (month, cell) in months.iter().zip(cells) {
        let end = month
            .checked_add_months(Months::new(1))
            .and_then(|next| next.pred_opt())
            .map_or(last, |end| end.min(last));
        let touches =
            from.is_none_or(|from| from <= end) && until.is_none_or(|until| until >= *month);
        if touches {
            set(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phrase::Coded;
    use crate::model::supply::{Coverage, Request};
    use crate::reliance::fixture::{ROW, Scene, day, on};

    fn words(map: &SilenceMap, agency: &str) -> Vec<&'static str> {
        let row = map.agencies.iter().find(|(id, _)| id.as_str() == agency);
        row.unwrap()
            .1
            .iter()
            .map(|month| month.state().phrase())
            .collect()
    }

    #[test]
    fn each_month_of_an_agency_says_what_is_known() {
        let mut scene = Scene::new(&["police", "gp"]);
        let child = scene.person("police:1", "Ada Example", "2016-05-01");
        let fact = scene.fact(&["police"], false);
        scene.when(fact, "2025-11-30");
        scene.involvement("gp", child, "2025-12-15");
        let request = |asked: &str, answered: &str, result| Request {
            id: asked.into(),
            row: ROW,
            asked: AgencyId::new("gp"),
            asked_by: String::new(),
            asked_on: on(asked),
            due_on: When::default(),
            answered_on: if answered.is_empty() {
                When::default()
            } else {
                on(answered)
            },
            result: Coded::Known(result),
            records: Vec::new(),
            question: String::new(),
            reason: String::new(),
            basis: String::new(),
        };
        scene.supplied.requests = vec![
            request("2026-01-10", "2026-02-01", RequestResult::Withheld),
            request("2026-01-12", "", RequestResult::NoReply),
        ];
        let map = silence_map(&scene.supplied, None, scene.as_of);
        assert_eq!(map.months.first().copied(), Some(day("2025-11-01")));
        assert_eq!(words(&map, "police"), ["supplied", "", "", "", ""]);
        assert_eq!(
            words(&map, "gp"),
            [
                "",
                "involved, nothing supplied",
                "asked",
                "withheld",
                "involved, nothing supplied"
            ]
        );
        assert_eq!(map.agencies[0].1[2].asked, 2);
        scene.supplied.coverage = vec![Coverage {
            agency: AgencyId::new("gp"),
            row: ROW,
            from: on("2026-01-01"),
            to: When::default(),
            last_synchronised: When::default(),
            records_available: Coded::Blank,
            explanation: String::new(),
        }];
        let map = silence_map(&scene.supplied, None, scene.as_of);
        assert_eq!(
            words(&map, "gp")[..2],
            ["outside coverage", "outside coverage"]
        );
        scene.supplied.coverage[0].records_available = Coded::Known(YesNo::No);
        let map = silence_map(&scene.supplied, None, scene.as_of);
        assert_eq!(words(&map, "gp")[4], "outside coverage");
    }

    #[test]
    fn a_long_history_is_cut_and_says_so() {
        let mut scene = Scene::new(&["police"]);
        let fact = scene.fact(&["police"], false);
        scene.when(fact, "0001-01-01");
        let map = silence_map(&scene.supplied, None, scene.as_of);
        assert!(map.is_cut && map.months.len() == MOST_MONTHS);
        let period = Some((day("2026-01-15"), day("2026-02-01")));
        let map = silence_map(&scene.supplied, period, scene.as_of);
        assert!(!map.is_cut && map.months.len() == 2);
    }
}
