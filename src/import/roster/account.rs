//! Keeps account of what was read: rows used and rejected by file, and everything that somebody should be told.

use super::fault::short;
use super::ids::{Again, Place};
use super::merge::Parts;
use super::piece::{Piece, Problem};
use super::plan::{Ids, Plan};
use super::source::Source;
use super::{FileRead, Read};
use crate::model::roster::Roster;
use crate::model::source::{Kept, Reject};

/// Lines of one kind about one file; what is beyond them is counted in a last line.
pub(super) const MOST_LINES: usize = 100_000;

/// The account.
#[derive(Debug)]
pub(super) struct Account {
    names: Vec<String>,
    pub(super) stems: Vec<String>,
    /// For each piece the number of its first row, and of its first record among all.
    first: Vec<(u32, usize)>,
    records: usize,
    pub(super) rejects: Vec<Reject>,
    pub(super) notes: Vec<String>,
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
            notes: sources.iter().filter_map(Source::note).collect(),
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

    pub(super) fn name(&self, file: usize) -> &str {
        self.names.get(file).map_or("", String::as_str)
    }

    /// The number of a record's row in its file.
    pub(super) fn row(&self, piece: usize, pieces: &[Piece], record: usize) -> u32 {
        let number = pieces
            .get(piece)
            .and_then(|piece| piece.numbers.get(record));
        self.first
            .get(piece)
            .map_or(0, |(row, _)| row + number.copied().unwrap_or(0))
    }

    /// File and row of a record.
    pub(super) fn place(&self, place: &Place, pieces: &[Piece]) -> (usize, u32) {
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
                let mut unclosed = 0;
                let told = match problem {
                    Problem::Bare(..) => &mut told_bare,
                    Problem::TooLong(_) => &mut told_long,
                    Problem::Unclosed(_) => &mut unclosed,
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
            let rows = if short_rows == 1 {
                "row has"
            } else {
                "rows have"
            };
            self.notes.push(format!(
                "{name}: {short_rows} {rows} fewer cells than the header, the first is row {first_short}; the missing cells are blank"
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
                Kept::Row,
            ));
        }
        if plan.ids == Ids::Rows {
            self.notes.push(format!("{name}: no column holds ids, so the number of the row is the record's id; --map record_id=COLUMN names one"));
        }
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
                file.rows += piece.numbers.len() + piece.lost;
                file.rejected += piece.lost;
            }
        }
        let mut told = vec![0_usize; files.len()];
        for again in &parts.order.repeated {
            let (at, _) = self.place(&again.place, parts.pieces);
            if let (Some(file), Some(told)) = (files.get_mut(at), told.get_mut(at)) {
                file.rejected += 1;
                *told += 1;
                if *told <= MOST_LINES {
                    let reject = self.repeated(again, parts);
                    self.rejects.push(reject);
                }
            }
        }
        for (at, told) in told
            .iter()
            .enumerate()
            .filter(|(_, told)| **told > MOST_LINES)
        {
            let more = more(
                self.name(at),
                told - MOST_LINES,
                "rows with an id that an earlier row has",
                Kept::None,
            );
            self.rejects.push(more);
        }
        for file in &mut files {
            file.used = file.rows - file.rejected;
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

    /// A row whose id an earlier one has.
    fn repeated(&self, again: &Again, parts: Parts) -> Reject {
        let (file, row) = self.place(&again.place, parts.pieces);
        let (earlier, earlier_row) = self.place(&again.earlier, parts.pieces);
        let id = again.place.id(parts.pieces);
        let agency = parts.order.agency(again.agency);
        let place = if earlier == file {
            format!("row {earlier_row}")
        } else {
            format!("row {earlier_row} of {}", self.name(earlier))
        };
        Reject {
            file: self.name(file).to_owned(),
            row: Some(row),
            column: parts.plans.get(file).map(|plan| plan.id_header.clone()).unwrap_or_default(),
            value: id.to_owned(),
            problem: format!("`{agency}:{}` is the id of {place} already", short(id)),
            hint: "give every record an id of its own, or name the column of ids with --map record_id=COLUMN".into(),
            kept: Kept::None,
        }
    }
}

pub(super) fn more(file: &str, count: usize, what: &str, kept: Kept) -> Reject {
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
                "the row has {cells} cells, the header {}; those beyond it were not used",
                plan.headers.len()
            );
            reject.hint =
                "check that its cells stand below the right headers: a cell that holds the delimiter is put in quotes"
                    .into();
            reject.kept = Kept::Row;
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
            let lines = if *lost == 1 { "line" } else { "lines" };
            reject.problem = format!(
                "a quote that opens in this row is never closed; nothing from there on was used ({lost} {lines})"
            );
            reject.hint = format!("close the quote in row {row}, or ask for the file again");
        }
    }
    reject
}
