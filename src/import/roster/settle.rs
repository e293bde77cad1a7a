//! Settles which columns of a file a field comes from: as the options say, else by parts and synonyms.

use std::collections::BTreeSet;

use super::Layout;
use super::columns::{
    BIRTH_PARTS, Field, HOUSE_NUMBERS, SHORT_PARTS, UNITS, id_rank, looks_like_id,
};
use super::fault::short;
use super::further::Further;
use super::piece::Join;
use super::spec::{self, Joined};
use crate::import::headers::fold_header;

/// Where the ids of a file's records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    /// A column that is named for it.
    Named,
    /// A column that reads like one.
    Guessed,
    /// Nothing: the row's number.
    Rows,
}

/// What the options ask for, read once for all files.
pub(super) struct Asked<'a> {
    pub layout: &'a Layout,
    /// `--map` with the fields that it names.
    pub map: Vec<(Field, &'a str)>,
    /// What is compared beside the fields.
    pub further: Vec<Further<'a>>,
}

/// The columns of one file as they are settled, field by field.
pub(super) struct Columns {
    pub fields: Vec<(Field, Joined)>,
    pub ids: Ids,
    pub notes: Vec<String>,
}

impl Columns {
    pub(super) fn used(&self) -> BTreeSet<usize> {
        self.fields
            .iter()
            .flat_map(|(_, joined)| joined.columns.iter().copied())
            .collect()
    }

    pub(super) fn has(&self, field: &Field) -> bool {
        self.fields.iter().any(|(known, _)| known == field)
    }

    /// Takes columns for a field, unless it has some.
    pub(super) fn take(&mut self, field: Field, columns: Vec<usize>, join: Join) {
        if !columns.is_empty() && !self.has(&field) {
            self.fields.push((field, Joined { columns, join }));
        }
    }

    /// Settles the columns by the options, then by their headers.
    pub(super) fn settle(headers: &[String], asked: &Asked) -> Self {
        let mut settled = Self {
            fields: Vec::new(),
            ids: Ids::Rows,
            notes: Vec::new(),
        };
        for (field, text) in &asked.map {
            if let Some(mut joined) = spec::columns(text, headers) {
                if *field == Field::Birth && joined.join == Join::Dash {
                    joined.join = Join::DashDate;
                }
                settled.take(field.clone(), joined.columns, joined.join);
            }
        }
        let layout = asked.layout;
        let taken = settled.used();
        let free: Vec<usize> = (0..headers.len())
            .filter(|at| {
                !taken.contains(at)
                    && !headers
                        .get(*at)
                        .is_some_and(|header| is_truth(header, headers, *at, layout))
            })
            .collect();
        settled.parts(headers, &free);
        settled.id(headers, &free);
        settled.synonyms(headers, &free);
        settled.years(headers, &free);
        settled
    }

    /// An address and a date of birth whose parts have columns of their own.
    fn parts(&mut self, headers: &[String], free: &[usize]) {
        let find = |names: &[&str]| find(names, headers, free);
        let best = free
            .iter()
            .filter_map(|at| match Field::of_header(headers.get(*at)?) {
                Some((Field::Address, rank)) => Some((rank, *at)),
                _ => None,
            })
            .min();
        if let (Some(number), Some((_, street))) = (find(&HOUSE_NUMBERS), best) {
            let mut columns = vec![number, street];
            columns.extend(find(&UNITS));
            self.take(Field::Address, columns, Join::Space);
        }
        for names in BIRTH_PARTS {
            let columns: Vec<usize> = names.iter().filter_map(|name| find(&[name])).collect();
            if columns.len() == names.len() {
                self.take(Field::Birth, columns, Join::DashDate);
            }
        }
    }

    /// A year of birth, or year and month, where there is no date.
    fn years(&mut self, headers: &[String], free: &[usize]) {
        for names in BIRTH_PARTS.iter().filter(|names| **names != SHORT_PARTS) {
            let columns = names.iter().map_while(|name| find(&[name], headers, free));
            self.take(Field::Birth, columns.collect(), Join::DashDate);
        }
    }

    /// The column of record ids: the best known, else the first column if it ends as ids do.
    fn id(&mut self, headers: &[String], free: &[usize]) {
        if self.has(&Field::RecordId) {
            self.ids = Ids::Named;
            return;
        }
        let used = self.used();
        let free = || free.iter().copied().filter(|at| !used.contains(at));
        let best = free()
            .filter_map(|at| Some((id_rank(headers.get(at)?)?, at)))
            .min();
        if let Some((rank, at)) = best {
            self.ids = if rank == 0 { Ids::Named } else { Ids::Guessed };
            self.take(Field::RecordId, vec![at], Join::First);
            return;
        }
        let first = free().find(|at| *at == 0).and_then(|at| headers.get(at));
        if let Some(header) =
            first.filter(|header| looks_like_id(header) && Field::of_header(header).is_none())
        {
            self.ids = Ids::Guessed;
            self.notes.push(format!("`{}` was taken for the record's id, since it is the first column and named like one", short(header)));
            self.take(Field::RecordId, vec![0], Join::First);
        }
    }

    /// Every other column by what its header means; the more exact header first where several mean one field.
    fn synonyms(&mut self, headers: &[String], free: &[usize]) {
        let used = self.used();
        let mut known: Vec<(Field, usize, usize)> = free
            .iter()
            .filter(|at| !used.contains(at))
            .filter_map(|at| {
                let (field, rank) = Field::of_header(headers.get(*at)?)?;
                (field != Field::RecordId).then_some((field, rank, *at))
            })
            .collect();
        known.sort_unstable();
        for same in known.chunk_by(|a, b| a.0 == b.0) {
            let Some((field, ..)) = same.first() else {
                continue;
            };
            let join = match field {
                Field::Phone | Field::Email | Field::Other => Join::Bar,
                _ => Join::First,
            };
            let columns: Vec<usize> = same.iter().map(|(_, _, at)| *at).collect();
            if join == Join::First && columns.len() > 1 && !self.has(field) {
                let hint = format!("--map {}=COLUMN", field.name());
                self.notes
                    .push(several(field.name(), &hint, &columns, headers));
            }
            self.take(field.clone(), columns, join);
        }
    }
}

/// The first free column of one of these headers, folded.
fn find(names: &[&str], headers: &[String], free: &[usize]) -> Option<usize> {
    let is_named = |at: &usize| {
        let header = headers.get(*at).map(|header| fold_header(header));
        header.is_some_and(|header| names.contains(&header.as_str()))
    };
    free.iter().copied().find(is_named)
}

/// Says that several columns mean one field, which has one value in a row, and the option that names one.
pub(super) fn several(field: &str, option: &str, columns: &[usize], headers: &[String]) -> String {
    let named: Vec<String> = columns
        .iter()
        .filter_map(|at| {
            Some(format!(
                "`{}` (column {})",
                short(headers.get(*at)?),
                at + 1
            ))
        })
        .collect();
    format!(
        "{} all mean {field}: in each row the first of them that is not blank is used; {option} names one",
        named.join(", "),
    )
}

/// Whether a column only says what is true.
pub(super) fn is_truth(header: &str, headers: &[String], at: usize, layout: &Layout) -> bool {
    fold_header(header).starts_with("truth")
        || layout
            .truth
            .as_ref()
            .is_some_and(|name| spec::column(name, headers) == Some(at))
}
