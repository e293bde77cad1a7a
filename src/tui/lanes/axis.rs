//! Lays out time from left to right: which day begins which column. Pure; dates are never out of range.

use chrono::{Datelike, Days, Months};

use crate::model::date::Day;

/// How much time a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zoom {
    /// A year a column.
    Decades,
    /// A quarter of a year a column.
    Decade,
    /// A month a column.
    FiveYears,
    /// A week a column.
    Year,
    /// A day a column.
    Quarter,
    /// A month a screen.
    Month,
    /// A week a screen.
    Week,
}

impl Zoom {
    /// All, from the widest.
    pub const ALL: [Self; 7] = [
        Self::Decades,
        Self::Decade,
        Self::FiveYears,
        Self::Year,
        Self::Quarter,
        Self::Month,
        Self::Week,
    ];

    /// Closer by so many steps, or further away.
    #[must_use]
    pub fn by(self, steps: isize) -> Self {
        let at = Self::ALL.iter().position(|zoom| *zoom == self).unwrap_or(0);
        let at = at.saturating_add_signed(steps).min(Self::ALL.len() - 1);
        Self::ALL.get(at).copied().unwrap_or(self)
    }

    /// What one cell is.
    pub fn cell(self) -> &'static str {
        match self {
            Self::Decades => "year",
            Self::Decade => "quarter",
            Self::FiveYears => "month",
            Self::Year => "week",
            Self::Quarter | Self::Month | Self::Week => "day",
        }
    }

    /// The first day of the cell that a day lies in.
    pub fn floor(self, day: Day) -> Day {
        let first = |month: u32| Day::from_ymd_opt(day.year(), month, 1);
        let floor = match self {
            Self::Decades => first(1),
            Self::Decade => first(day.month0() / 3 * 3 + 1),
            Self::FiveYears => first(day.month()),
            Self::Year => {
                let since = u64::from(day.weekday().num_days_from_monday());
                day.checked_sub_days(Days::new(since))
            }
            Self::Quarter | Self::Month | Self::Week => Some(day),
        };
        floor.unwrap_or(day)
    }

    /// The first day of the cell so many cells on, or back.
    pub fn step(self, day: Day, cells: i64) -> Day {
        let day = self.floor(day);
        let count = cells.unsigned_abs();
        let months = |each: u64| {
            let count = Months::new(u32::try_from(count * each).unwrap_or(u32::MAX));
            if cells < 0 {
                day.checked_sub_months(count)
            } else {
                day.checked_add_months(count)
            }
        };
        let days = |each: u64| {
            let count = Days::new(count * each);
            if cells < 0 {
                day.checked_sub_days(count)
            } else {
                day.checked_add_days(count)
            }
        };
        let stepped = match self {
            Self::Decades => months(12),
            Self::Decade => months(3),
            Self::FiveYears => months(1),
            Self::Year => days(7),
            Self::Quarter | Self::Month | Self::Week => days(1),
        };
        stepped.unwrap_or(if cells < 0 { Day::MIN } else { Day::MAX })
    }

    /// The columns that a cell takes on a screen of so many.
    pub fn cell_width(self, columns: u16) -> u16 {
        match self {
            Self::Month => (columns / 31).max(1),
            Self::Week => (columns / 7).max(1),
            _ => 1,
        }
    }

    /// The closest that shows both days on a screen of so many columns; the widest where none does.
    pub fn that_shows(first: Day, last: Day, columns: u16) -> Self {
        let fits = |zoom: &&Self| axis(**zoom, first, columns).cell_of(last).is_some();
        let found = Self::ALL.iter().rev().find(fits);
        found.copied().unwrap_or(Self::Decades)
    }
}

/// Time laid out over columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// How many columns a cell takes.
    pub width: u16,
    /// The first day of each cell, and of the one after the last.
    pub starts: Vec<Day>,
}

/// Lays out time from a day on over so many columns.
pub fn axis(zoom: Zoom, left: Day, columns: u16) -> Axis {
    let width = zoom.cell_width(columns);
    let cells = i64::from(columns / width);
    Axis {
        width,
        starts: (0..=cells).map(|cell| zoom.step(left, cell)).collect(),
    }
}

impl Axis {
    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The first day of a cell, and that of the next.
    pub fn span(&self, cell: usize) -> Option<(Day, Day)> {
        Some((*self.starts.get(cell)?, *self.starts.get(cell + 1)?))
    }

    /// The cell that a day lies in, if it is on the screen.
    pub fn cell_of(&self, day: Day) -> Option<usize> {
        let at = self.starts.partition_point(|start| *start <= day);
        (at > 0 && at < self.starts.len()).then(|| at - 1)
    }

    /// The line over the columns: years, months or days where a new one begins, as far as there is room.
    pub fn labels(&self, zoom: Zoom) -> String {
        let columns = self.cells() * usize::from(self.width);
        let mut line = " ".repeat(columns);
        let mut free = 0;
        for cell in 0..self.cells() {
            let (Some(day), at) = (self.starts.get(cell), cell * usize::from(self.width)) else {
                continue;
            };
            let before = cell
                .checked_sub(1)
                .and_then(|before| self.starts.get(before));
            let Some(words) = label(zoom, *day, before.copied()) else {
                continue;
            };
            if at >= free && at + words.len() <= columns && words.is_ascii() {
                line.replace_range(at..at + words.len(), &words);
                free = at + words.len() + 1;
            }
        }
        line
    }
}

/// What stands over a cell; `None` where nothing begins with it.
fn label(zoom: Zoom, day: Day, before: Option<Day>) -> Option<String> {
    let is_first = before.is_none();
    let is_new = |part: fn(Day) -> i32| before.is_none_or(|before| part(before) != part(day));
    let month = |day: Day| day.month() as i32;
    let year = |day: Day| day.year();
    match zoom {
        Zoom::Decades => (is_first || day.year() % 5 == 0).then(|| day.format("%Y").to_string()),
        Zoom::Decade => is_new(year).then(|| day.format("%Y").to_string()),
        Zoom::FiveYears if is_new(year) => Some(day.format("%Y").to_string()),
        Zoom::FiveYears => (day.month() % 6 == 1).then(|| day.format("%b").to_string()),
        Zoom::Year | Zoom::Quarter | Zoom::Month if is_new(year) => {
            Some(day.format("%b %Y").to_string())
        }
        Zoom::Year | Zoom::Quarter if is_new(month) => Some(day.format("%b").to_string()),
        Zoom::Year | Zoom::Quarter => None,
        Zoom::Month if is_new(month) => Some(day.format("%-d %b").to_string()),
        Zoom::Month => Some(day.format("%-d").to_string()),
        Zoom::Week => Some(day.format("%a %-d %b").to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::lanes::name_room;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_zoom_of_each_kind_begins_its_cells_where_people_begin_them() {
        for (zoom, floor, next) in [
            (Zoom::Decades, "2025-01-01", "2026-01-01"),
            (Zoom::Decade, "2025-04-01", "2025-07-01"),
            (Zoom::FiveYears, "2025-05-01", "2025-06-01"),
            (Zoom::Year, "2025-05-12", "2025-05-19"),
            (Zoom::Week, "2025-05-18", "2025-05-19"),
        ] {
            assert_eq!(zoom.floor(day("2025-05-18")), day(floor), "{zoom:?}");
            assert_eq!(zoom.step(day("2025-05-18"), 1), day(next), "{zoom:?}");
        }
    }

    #[test]
    fn a_week_a_screen_shows_seven_days() {
        let axis = axis(Zoom::Week, day("2025-05-12"), 63);
        assert_eq!((axis.cells(), axis.width), (7, 9));
        assert!(axis.labels(Zoom::Week).starts_with("Mon 12 Ma") || axis.width < 10);
    }

    #[test]
    fn the_zoom_that_shows_all_shows_all() {
        let (first, last) = (day("2019-03-04"), day("2026-02-01"));
        assert_eq!(Zoom::that_shows(first, last, 40), Zoom::Decade);
        assert_eq!(Zoom::that_shows(first, first, 40), Zoom::Week);
        assert_eq!(Zoom::that_shows(day("0001-01-01"), last, 40), Zoom::Decades);
    }

    proptest! {
        #[test]
        fn every_size_has_a_whole_axis(
            width in 60u16..=300,
            zoom in prop::sample::select(Zoom::ALL.to_vec()),
            from in -4_000_000i32..4_000_000,
        ) {
            let left = Day::from_num_days_from_ce_opt(from).unwrap_or_default();
            let columns = width - name_room(width);
            let axis = axis(zoom, left, columns);
            prop_assert!(axis.cells() >= 1);
            prop_assert!(axis.cells() * usize::from(axis.width) <= usize::from(columns));
            prop_assert!(axis.starts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(axis.cell_of(left), Some(0));
            let labels = axis.labels(zoom);
            prop_assert_eq!(labels.len(), axis.cells() * usize::from(axis.width));
        }

        #[test]
        fn a_step_forth_and_back_comes_home(
            zoom in prop::sample::select(Zoom::ALL.to_vec()),
            from in 1i32..1_000_000,
            steps in 0i64..500,
        ) {
            let day = Day::from_num_days_from_ce_opt(from).unwrap_or_default();
            prop_assert_eq!(zoom.step(zoom.step(day, steps), -steps), zoom.floor(day));
        }

        #[test]
        fn dates_at_the_ends_of_time_break_nothing(
            zoom in prop::sample::select(Zoom::ALL.to_vec()),
            at_start in any::<bool>(),
        ) {
            let day = if at_start { Day::MIN } else { Day::MAX };
            let axis = axis(zoom, day, 200);
            axis.labels(zoom);
            prop_assert!(axis.starts.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }
}
