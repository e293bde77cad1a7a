//! Tells how dates of birth and words for sex were read, and which of them could not be.

use super::account::Account;
use super::columns::Field;
use super::fault::short;
use super::ids::Place;
use super::meaning::{Written, written};
use super::merge::{Merged, Parts};
use super::{DateOrder, Layout};
use crate::model::source::{Kept, Reject};

/// Lines about dates that cannot be read.
const MOST_DATES: usize = 1_000;

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
        let mut first: Vec<Option<&Place>> = vec![None; merged.column.values.len()];
        let mut wanted = vec![false; merged.column.values.len()];
        for value in unreadable {
            if let Some(wanted) = wanted.get_mut(*value as usize) {
                *wanted = true;
            }
        }
        let mut records = 0;
        for (place, cell) in parts.order.places().zip(&merged.column.cells) {
            let cell = *cell as usize;
            if wanted.get(cell) != Some(&true) {
                continue;
            }
            records += 1;
            if let Some(first) = first.get_mut(cell)
                && first.is_none_or(|known| place.row < known.row)
            {
                *first = Some(place);
            }
        }
        let mut places: Vec<(u32, &Place)> = unreadable
            .iter()
            .filter_map(|value| Some((*value, (*first.get(*value as usize)?)?)))
            .collect();
        places.sort_unstable_by_key(|(_, place)| place.row);
        for (value, place) in places.iter().take(MOST_DATES) {
            let (file, row) = self.place(place, parts.pieces);
            let text = merged.column.values.get(*value);
            let header = parts
                .plans
                .get(file)
                .and_then(|plan| plan.header_of(&Field::Birth))
                .unwrap_or_default();
            self.rejects.push(Reject {
                file: self.name(file).to_owned(),
                row: Some(row),
                column: header,
                value: text.to_owned(),
                problem: format!("`{}` is no date that can be read", short(text)),
                hint: "the record is used without a date of birth; --date-order says how dates are written".into(),
                kept: Kept::Row,
            });
        }
        self.notes.push(format!(
            "{records} records have a date of birth that cannot be read, {} different ones; they are compared by their digits alone",
            unreadable.len()
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
