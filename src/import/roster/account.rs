//! Keeps account of what was read: rows used and rejected by file, and everything that somebody should be told.

use super::columns::Field;
use super::fault::short;
use super::ids::{Order, Place};
use super::meaning::{Written, written};
use super::merge::{Merged, Parts};
use super::piece::{Piece, Problem};
use super::plan::{Ids, Plan};
use super::source::Source;
use super::{DateOrder, FileRead, Layout, Read};
use crate::model::roster::Roster;
use crate::model::source::{Kept, Reject};

/// Lines of one kind about one file; what is beyond them is counted in a last line.
const MOST_LINES: usize = 10_000;

/// Lines about dates that cannot be read.
const MOST_DATES: usize = 1_000;

/// The account.
#[derive(Debug)]
pub(super) struct Account {
    names: Vec<String>,
    stems: Vec<String>,
    /// For each piece the number of its first row, and of its first record among all.
    first: Vec<(u32, usize)>,
    records: usize,
    rejects: Vec<Reject>,
    notes: Vec<String>,
}

impl Account {
    /// Opens the account with what the pieces say.
    pub(super) fn new(sources: &[Source], plans: &[Plan], pieces: &[Piece]) -> Self {
        let mut account = Self {
            names: sources.iter().map(|source| source.name.clone()).collect(),
            stems: sources.iter().map(|source| source.stem.clone()).collect(),
            first: Vec::with_capacity(pieces.len()),
            records: 0,
            rejects: Vec::new(),
            notes: Vec::new(),
        };
        let mut row = 0;
        let mut file = None;
        for piece in pieces {
            if file != Some(piece.file) {
                file = Some(piece.file);
                row = plans.get(piece.file).map_or(2, |plan| plan.first_row);
            }
            account.first.push((row, account.records));
            account.records += piece.numbers.len();
            row = row.saturating_add(piece.lines);
        }
        for (at, plan) in plans.iter().enumerate() {
            let name = account.name(at).to_owned();
            account
                .notes
                .extend(plan.notes.iter().map(|note| format!("{name}: {note}")));
            account.of_file(at, plan, pieces);
        }
        account
    }

    /// How many rows may be records.
    pub(super) fn records(&self) -> usize {
        self.records
    }

    fn name(&self, file: usize) -> &str {
        self.names.get(file).map_or("", String::as_str)
    }

    /// The number of a record's row in its file.
    fn row(&self, piece: usize, pieces: &[Piece], record: usize) -> u32 {
        let number = pieces
            .get(piece)
            .and_then(|piece| piece.numbers.get(record));
        self.first
            .get(piece)
            .map_or(0, |(row, _)| row + number.copied().unwrap_or(0))
    }

    /// File and row of a record.
    fn place(&self, place: &Place, pieces: &[Piece]) -> (usize, u32) {
        let piece = place.piece as usize;
        let first = self.first.get(piece).map_or(0, |(_, record)| *record);
        let file = pieces.get(piece).map_or(0, |piece| piece.file);
        (file, self.row(piece, pieces, place.row as usize - first))
    }

    /// What is wrong with the rows of one file.
    fn of_file(&mut self, file: usize, plan: &Plan, pieces: &[Piece]) {
        let (mut short_rows, mut first_short, mut bare, mut too_long) = (0, 0, 0, 0);
        let (mut told_bare, mut told_long) = (0, 0);
        for (at, piece) in pieces
            .iter()
            .enumerate()
            .filter(|(_, piece)| piece.file == file)
        {
            let start = self.first.get(at).map_or(0, |(row, _)| *row);
            if piece.short.0 > 0 && short_rows == 0 {
                first_short = start + piece.short.1;
            }
            short_rows += piece.short.0;
            bare += piece.bare;
            too_long += piece.too_long;
            for (row, problem) in &piece.problems {
                let told = match problem {
                    Problem::Bare(..) => &mut told_bare,
                    _ => &mut told_long,
                };
                if *told < MOST_LINES {
                    *told += 1;
                    let reject = of_problem(self.name(file), start + row, problem, plan);
                    self.rejects.push(reject);
                }
            }
        }
        let name = self.name(file).to_owned();
        if short_rows > 0 {
            self.notes.push(format!(
                "{name}: {short_rows} rows have fewer cells than the header, the first is row {first_short}; the missing cells are blank"
            ));
        }
        if bare > told_bare {
            self.rejects.push(more(
                &name,
                bare - told_bare,
                "cells with a quote that is not doubled",
                Kept::Cell,
            ));
        }
        if too_long > told_long {
            self.rejects.push(more(
                &name,
                too_long - told_long,
                "rows with more cells than the header",
                Kept::None,
            ));
        }
        if plan.ids == Ids::Rows {
            self.notes.push(format!("{name}: no column holds ids, so the number of the row is the record's id; --map record_id=COLUMN names one"));
        }
    }

    /// Gives the records of some files the number of their row as id: all of them, or those without one.
    pub(super) fn number_rows(&mut self, pieces: &mut [Piece], files: &[bool], all: bool) {
        let by_file = self.same_numbers(pieces, files);
        let mut blank = vec![0_usize; files.len()];
        for at in 0..pieces.len() {
            let Some(piece) = pieces.get(at) else {
                continue;
            };
            let (file, records) = (piece.file, piece.numbers.len());
            let of_all = files.get(file).copied().unwrap_or(false);
            if of_all != all {
                continue;
            }
            for record in 0..records {
                if !all
                    && !pieces
                        .get(at)
                        .is_some_and(|piece| super::unknown::is_no_id(piece.ids.get(record)))
                {
                    continue;
                }
                let row = self.row(at, pieces, record);
                let name = if by_file { base(self.name(file)) } else { "" };
                let sign = if by_file { "#" } else { "" };
                let id = if all {
                    format!("{name}{sign}{row}")
                } else {
                    format!("~{name}{sign}{row}")
                };
                if let Some(piece) = pieces.get_mut(at) {
                    piece.ids.set(record, &id);
                }
                if let Some(count) = blank.get_mut(file) {
                    *count += 1;
                }
            }
        }
        if !all {
            for (file, count) in blank.iter().enumerate().filter(|(_, count)| **count > 0) {
                self.notes.push(format!(
                    "{}: {count} rows have no id of their own; theirs is `~` and the number of the row",
                    self.name(file)
                ));
            }
        }
    }

    /// Whether numbers of rows alone could be the same id twice: several files of one name, or of any agency.
    fn same_numbers(&self, pieces: &[Piece], _files: &[bool]) -> bool {
        let mut files: Vec<usize> = pieces.iter().map(|piece| piece.file).collect();
        files.dedup();
        let mut stems: Vec<&str> = files
            .iter()
            .filter_map(|file| self.stems.get(*file).map(String::as_str))
            .collect();
        stems.sort_unstable();
        stems.windows(2).any(|two| two.first() == two.last())
    }

    /// Which files have ids that were guessed and that too many records share.
    pub(super) fn wrongly_guessed(
        &mut self,
        order: &Order,
        plans: &[Plan],
        pieces: &[Piece],
    ) -> Vec<bool> {
        const FEW: usize = 20;
        let mut repeated = vec![0_usize; plans.len()];
        for again in &order.repeated {
            let (file, _) = self.place(&again.place, pieces);
            if let Some(count) = repeated.get_mut(file) {
                *count += 1;
            }
        }
        let mut wrong = Vec::with_capacity(plans.len());
        for (file, (plan, count)) in plans.iter().zip(repeated).enumerate() {
            let rows: usize = pieces
                .iter()
                .filter(|piece| piece.file == file)
                .map(|piece| piece.numbers.len())
                .sum();
            let is_wrong = plan.ids == Ids::Guessed && count >= FEW && count * 5 > rows;
            if is_wrong {
                self.notes.push(format!(
                    "{}: `{}` repeats in {count} of {rows} rows, so it is no record's id; the number of the row was taken instead",
                    self.name(file),
                    short(&plan.id_header)
                ));
            }
            wrong.push(is_wrong);
        }
        wrong
    }

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

    /// Closes the account.
    pub(super) fn told(mut self, roster: Roster, parts: Parts) -> Read {
        let mut files: Vec<FileRead> = parts
            .plans
            .iter()
            .zip(&self.names)
            .map(|(plan, name)| FileRead {
                name: name.clone(),
                columns: plan
                    .headers
                    .iter()
                    .cloned()
                    .zip(plan.meanings.iter().cloned())
                    .collect(),
                ..FileRead::default()
            })
            .collect();
        for piece in parts.pieces {
            if let Some(file) = files.get_mut(piece.file) {
                file.used += piece.numbers.len();
                file.rejected += piece.too_long + piece.lost;
            }
        }
        let mut told = vec![0_usize; files.len()];
        for again in &parts.order.repeated {
            let (at, row) = self.place(&again.place, parts.pieces);
            let Some(file) = files.get_mut(at) else {
                continue;
            };
            file.used -= 1;
            file.rejected += 1;
            let Some(told) = told.get_mut(at) else {
                continue;
            };
            *told += 1;
            if *told <= MOST_LINES {
                let (earlier, earlier_row) = self.place(&again.earlier, parts.pieces);
                let agency = parts
                    .order
                    .agencies
                    .get(usize::from(again.agency))
                    .map_or("", String::as_str);
                let id = again.place.id(parts.pieces);
                let header = parts.plans.get(at).map(|plan| plan.id_header.clone());
                self.rejects.push(Reject {
                    file: self.name(at).to_owned(),
                    row: Some(row),
                    column: header.unwrap_or_default(),
                    value: id.to_owned(),
                    problem: format!("`{agency}:{}` is the id of {}, row {earlier_row}, already", short(id), self.name(earlier)),
                    hint: "give every record an id of its own, or name the column of ids with --map record_id=COLUMN".into(),
                    kept: Kept::None,
                });
            }
        }
        for (at, told) in told
            .iter()
            .enumerate()
            .filter(|(_, told)| **told > MOST_LINES)
        {
            self.rejects.push(more(
                self.name(at),
                told - MOST_LINES,
                "rows with an id that an earlier row has",
                Kept::None,
            ));
        }
        for file in &mut files {
            file.rows = file.used + file.rejected;
        }
        self.rejects.sort_by(|a, b| {
            (&a.file, a.row, &a.column)
                .cmp(&(&b.file, b.row, &b.column))
                .then_with(|| a.cmp(b))
        });
        Read {
            roster,
            files,
            rejects: self.rejects,
            notes: self.notes,
        }
    }
}

/// The last part of a path.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

fn more(file: &str, count: usize, what: &str, kept: Kept) -> Reject {
    Reject {
        file: file.to_owned(),
        row: None,
        column: String::new(),
        value: String::new(),
        problem: format!("{count} more {what}"),
        hint: "they are like the ones listed".into(),
        kept,
    }
}

fn of_problem(file: &str, row: u32, problem: &Problem, plan: &Plan) -> Reject {
    let mut reject = Reject {
        file: file.to_owned(),
        row: Some(row),
        column: String::new(),
        value: String::new(),
        problem: String::new(),
        hint: String::new(),
        kept: Kept::None,
    };
    match problem {
        Problem::TooLong(cells) => {
            reject.problem = format!(
                "the row has {cells} cells, the header {}",
                plan.headers.len()
            );
            reject.hint =
                "put cells that hold the delimiter in quotes, or take the surplus cells away"
                    .into();
        }
        Problem::Bare(column, value) => {
            reject.column = plan.headers.get(*column).cloned().unwrap_or_default();
            value.clone_into(&mut reject.value);
            reject.problem =
                "a quote inside the cell is not doubled; it was kept as it stands".into();
            reject.hint =
                "check that the cell is whole; a quote inside a quoted cell is written twice"
                    .into();
            reject.kept = Kept::Cell;
        }
        Problem::Unclosed(lost) => {
            reject.problem = format!(
                "a quote that opens in this row is never closed; nothing from there on was used ({lost} lines)"
            );
            reject.hint = format!("close the quote in row {row}, or ask for the file again");
        }
    }
    reject
}
