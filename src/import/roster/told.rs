//! Tells how dates of birth and words for sex were read, and which of them could not be.

use super::account::{Account, MOST_LINES, more};
use super::columns::Field;
use super::fault::short;
use super::ids::Place;
use super::meaning::{Written, written};
use super::merge::{Merged, Parts};
use super::{DateOrder, Layout};
use crate::model::source::{Kept, Reject};

impl Account {
    /// How each file's dates are written: as the option says, else as they show themselves.
    pub(super) fn date_orders(&mut self, parts: Parts, layout: &Layout) -> Vec<DateOrder> {
        (0..parts.plans.len())
            .map(|file| {
                if let Some(order) = layout.date_order {
                    return order;
                }
                let values = parts
                    .pieces
                    .iter()
                    .filter(|piece| piece.file == file)
                    .filter_map(|piece| piece.column(parts.plans, &Field::Birth))
                    .flat_map(|column| column.all().map(|(_, text)| text));
                let written = written(values);
                self.note_order(file, written);
                written.order
            })
            .collect()
    }

    fn note_order(&mut self, file: usize, written: Written) {
        let words = match written.order {
            DateOrder::Dmy => "day first",
            DateOrder::Mdy => "month first",
            DateOrder::Ymd => "year first",
        };
        let name = self.name(file);
        if written.guessed {
            self.notes.push(format!("{name}: no date of birth shows whether day or month comes first; they were read {words}. --date-order mdy reads them the other way"));
        } else if written.against > 0 {
            self.notes.push(format!(
                "{name}: dates of birth were read {words}, as {} of them must be; {} fit another order only",
                written.fitting, written.against
            ));
        } else if written.order != DateOrder::Dmy {
            self.notes.push(format!(
                "{name}: dates of birth were read {words}, since some fit no other way"
            ));
        }
    }

    /// Tells of dates of birth that cannot be read, each value once.
    pub(super) fn unreadable(&mut self, merged: &Merged, unreadable: &[u32], parts: Parts) {
        if unreadable.is_empty() {
            return;
        }
        let mut wanted = vec![false; merged.column.values.len()];
        for value in unreadable {
            if let Some(wanted) = wanted.get_mut(*value as usize) {
                *wanted = true;
            }
        }
        let cells = parts.order.places().zip(&merged.column.cells);
        let mut places: Vec<(u32, &Place)> = cells
            .filter(|(_, cell)| wanted.get(**cell as usize) == Some(&true))
            .map(|(place, cell)| (*cell, place))
            .collect();
        places.sort_unstable_by_key(|(_, place)| place.row);
        let records = places.len();
        let mut counts = vec![0_usize; parts.plans.len()];
        for (value, place) in places {
            let (file, row) = self.place(place, parts.pieces);
            let Some(count) = counts.get_mut(file) else {
                continue;
            };
            *count += 1;
            if *count > MOST_LINES {
                continue;
            }
            let text = merged.column.values.get(value);
            let plan = parts.plans.get(file);
            let header = plan.and_then(|plan| plan.header_of(&Field::Birth));
            self.rejects.push(Reject {
                file: self.name(file).to_owned(),
                row: Some(row),
                column: header.unwrap_or_default(),
                value: text.to_owned(),
                problem: format!("`{}` is no date that can be read", short(text)),
                hint: "it is compared by its digits alone; --date-order says how dates are written"
                    .into(),
                kept: Kept::Row,
            });
        }
        for (file, count) in counts.into_iter().enumerate() {
            if count > MOST_LINES {
                let what = "dates that cannot be read";
                let more = more(self.name(file), count - MOST_LINES, what, Kept::Row);
                self.rejects.push(more);
            }
        }
        let are = if records == 1 {
            "record has"
        } else {
            "records have"
        };
        self.notes.push(format!(
            "{records} {are} a date of birth that cannot be read, and that is compared by its digits alone"
        ));
    }

    /// Tells of words in the column of sex that mean nothing known.
    pub(super) fn unknown_sexes(&mut self, words: &[String]) {
        const SHOWN: usize = 10;
        if words.is_empty() {
            return;
        }
        let some: Vec<String> = words
            .iter()
            .take(SHOWN)
            .map(|word| format!("`{word}`"))
            .collect();
        let more = words.len().saturating_sub(SHOWN);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        self.notes.push(format!(
            "sex: {}{more} mean nothing known here and count as blank",
            some.join(", ")
        ));
    }
}
