//! The cells of an entry that need more than reading one text: when it was, its basis, its consent, its origin.

use crate::model::basis::Vocabulary;
use crate::model::date::{Precision, When, iso};
use crate::model::entry::{Consent, OriginCells};
use crate::model::id::AgencyId;
use crate::model::phrase::{Coded, fold};
use crate::model::source::{Kept, Reject};

use super::dates::{DateCell, read_date, read_time};
use super::headers::Column;
use super::known::Known;
use super::names::{is_no_reference, is_not_known};
use super::row::Row;

pub(super) fn when_and_time(
    row: &Row,
    rejects: &mut Vec<Reject>,
) -> (When, Option<chrono::NaiveTime>) {
    let (start, behind) = row.date_and_time(Column::Date, rejects);
    let end = row.date(Column::EndDate, rejects);
    let text = row.text(Column::Time);
    let time = read_time(text);
    if time.is_none() && !is_not_known(text) {
        rejects.push(row.reject(
            Column::Time,
            format!("`{text}` is no time of day"),
            "write it as 14:30",
            Kept::Row,
        ));
    }
    let when = match (start.is_known(), end.is_known()) {
        (true, true) => match (start.from, end.until) {
            (Some(from), Some(until)) if from == until => start,
            (Some(from), Some(until)) if from < until => {
                let raw = [&*start.raw, &*end.raw].join(" ").trim().to_owned();
                When::span(from, until, Precision::Range).with_raw(&raw)
            }
            (Some(_), Some(_)) => {
                rejects.push(row.reject(
                    Column::EndDate,
                    "the end is before the start",
                    "check both dates with the agency; the end is left out",
                    Kept::Row,
                ));
                start
            }
            _ => start,
        },
        (false, true) => end,
        _ => start,
    };
    (with_precision(row, when, rejects), time.or(behind))
}

/// A precision column says more than the date itself: a day given for a month means the whole month.
fn with_precision(row: &Row, when: When, rejects: &mut Vec<Reject>) -> When {
    let (Coded::Known(precision), Some(day)) =
        (row.coded(Column::DatePrecision, rejects), when.start())
    else {
        return when;
    };
    let raw = if when.raw.is_empty() {
        row.text(Column::Date)
    } else {
        &when.raw
    };
    let start_of = |text: &str| text.parse::<crate::model::date::Day>().ok();
    match precision {
        Precision::Day | Precision::Range => when,
        Precision::Approximate | Precision::Uncertain => When {
            precision,
            raw: raw.into(),
            ..when.clone()
        },
        Precision::Month => {
            let first = start_of(&day.format("%Y-%m-01").to_string());
            let last = first
                .and_then(|d| d.checked_add_months(chrono::Months::new(1)))
                .and_then(|d| d.pred_opt());
            first.zip(last).map_or(when.clone(), |(a, b)| {
                When::span(a, b, precision).with_raw(raw)
            })
        }
        Precision::Year => {
            let (first, last) = (
                start_of(&day.format("%Y-01-01").to_string()),
                start_of(&day.format("%Y-12-31").to_string()),
            );
            first.zip(last).map_or(when.clone(), |(a, b)| {
                When::span(a, b, precision).with_raw(raw)
            })
        }
        Precision::Before => When {
            from: None,
            until: day.pred_opt(),
            precision,
            raw: raw.into(),
        },
        Precision::After => When {
            from: day.succ_opt(),
            until: None,
            precision,
            raw: raw.into(),
        },
        Precision::Unknown => When::unknown(raw),
    }
}

pub(super) fn slot(text: &str) -> String {
    text.to_lowercase()
        .split(|c: char| c.is_whitespace() || c == '_' || c == '-')
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a slot holds; a date of birth as records have it, so that two ways to write one day do not differ.
pub(super) fn value(row: &Row) -> String {
    let text = row.text(Column::Value);
    let is_birth = matches!(
        fold(row.text(Column::Slot)).as_str(),
        "dob" | "birthdate" | "dateofbirth"
    );
    let rules = row.place.rules.get(Column::Date as usize);
    match rules
        .filter(|_| is_birth)
        .map(|rules| read_date(text, rules))
    {
        Some(DateCell::Date { when, .. }) => when.exact().map_or_else(|| text.to_owned(), iso),
        _ => text.to_owned(),
    }
}

/// What may be shared with another agency's row; blank where the cell stands for none.
pub(super) fn reference(row: &Row, column: Column) -> String {
    let text = row.text(column);
    if is_no_reference(text) {
        String::new()
    } else {
        text.to_owned()
    }
}

pub(super) fn significance(row: &Row, rejects: &mut Vec<Reject>) -> Option<u8> {
    let text = row.text(Column::Significance);
    if is_not_known(text) {
        return None;
    }
    let number = text
        .trim_end_matches(".0")
        .parse::<u8>()
        .ok()
        .filter(|n| *n <= 3);
    if number.is_none() {
        rejects.push(row.reject(
            Column::Significance,
            format!("`{text}` is no significance"),
            "use a number from 0 to 3; the row is used without it",
            Kept::Row,
        ));
    }
    number
}

/// An unknown rule of handling stays as given: the sharing room treats it as no onward sharing.
pub(super) fn handling(
    row: &Row,
    part: &str,
    rejects: &mut Vec<Reject>,
) -> Coded<crate::model::words::Handling> {
    let coded = row.coded_part(Column::Handling, part, rejects);
    if coded.is_blank() {
        Coded::Unknown(part.into())
    } else {
        coded
    }
}

/// The codes of a basis cell. A blank is `U-NR`; what is not in the vocabulary, or can be read in two ways, is `U-MAP`.
pub(super) fn basis(
    row: &Row,
    words: &Vocabulary,
    rejects: &mut Vec<Reject>,
) -> (Vec<Box<str>>, String) {
    let raw = row.text(Column::Basis);
    for (part, code) in words.read_cell(raw) {
        if code.is_none() {
            let problem = if words.is_ambiguous(part) {
                format!("`{part}` can be read in two ways")
            } else {
                format!("`{part}` is not in the list of bases")
            };
            let hint = "ask the agency which basis it means; until then the basis is not known";
            rejects.push(row.reject(Column::Basis, problem, hint, Kept::Cell));
        }
    }
    (words.codes_of(raw), raw.to_owned())
}

pub(super) fn consent(row: &Row, known: &Known, rejects: &mut Vec<Reject>) -> Consent {
    use Column as C;
    Consent {
        state: row.coded(C::ConsentState, rejects),
        by: row.owned(C::ConsentBy),
        on: row.date(C::ConsentOn, rejects),
        expires_on: end_of_consent(row, C::ConsentExpiresOn, rejects),
        withdrawn_on: end_of_consent(row, C::ConsentWithdrawnOn, rejects),
        scope: row
            .list(C::ConsentScope)
            .map(|part| known.agencies.named_or_new(part))
            .collect(),
    }
}

/// The day on which consent ended. What says that it has not is blank; anything else that is no day is kept as it stands, since
/// somebody meant an end by it. What programs write for an empty cell is blank too.
fn end_of_consent(row: &Row, column: Column, rejects: &mut Vec<Reject>) -> When {
    const NOT_ENDED: [&str; 13] = [
        "no",
        "n",
        "never",
        "false",
        "0",
        "notwithdrawn",
        "noexpiry",
        "open",
        "openended",
        "ongoing",
        "untilwithdrawn",
        "null",
        "#n/a",
    ];
    let text = row.text(column);
    if is_blank(text) || NOT_ENDED.contains(&fold(text).as_str()) {
        return When::default();
    }
    let before = rejects.len();
    let when = row.date(column, rejects);
    // a date that systems write for none, such as 9999-12-31
    let is_none = !when.is_known() && rejects.len() == before && !is_not_known(text);
    if is_none { When::default() } else { when }
}

/// `own` is the supplier, `received from X` is X, and a bare entry id belongs to the one agency named; of several agencies to
/// the one that has such an entry, and is told where that is not exactly one. A sign or "not applicable" is as good as blank.
pub(super) fn origin(
    row: &Row,
    supplier: &AgencyId,
    known: &Known,
    rejects: &mut Vec<Reject>,
) -> OriginCells {
    let mut origin = OriginCells::default();
    for part in row
        .list(Column::OriginAgency)
        .filter(|part| !is_blank(part))
    {
        let name = part
            .strip_prefix("received from ")
            .or_else(|| part.strip_prefix("Received from "))
            .unwrap_or(part);
        if is_not_known(name) {
            origin.unknown = true;
        } else if fold(name) == "own" {
            origin.agencies.push(supplier.clone());
        } else {
            origin.agencies.push(known.agencies.named_or_new(name));
        }
    }
    origin.agencies.sort();
    origin.agencies.dedup();
    for part in row.list(Column::OriginEntry).filter(|p| !is_not_known(p)) {
        let entry = match origin.agencies.as_slice() {
            [] => known.entry(part, Some(supplier)),
            [one] => known.entry(part, Some(one)),
            several => known.entry_of_one(part, several),
        };
        if entry.is_none() {
            rejects.push(row.reject(
                Column::OriginEntry,
                format!(
                    "`{part}` is an entry of none or of several of the agencies named as its origin"
                ),
                "write it as agency:entry_id; the origin stands without the entry",
                Kept::Cell,
            ));
        }
        origin.entries.extend(entry);
    }
    origin.entries.sort();
    origin.entries.dedup();
    origin
}

/// Whether a cell for an agency says that there is nothing to say, and not that somebody does not know.
fn is_blank(text: &str) -> bool {
    const WORDS: [&str; 6] = ["", "n/a", "na", "none", "nil", "notapplicable"];
    WORDS.contains(&fold(text).as_str())
}
