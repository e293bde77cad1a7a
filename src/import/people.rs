//! People rows -> records: one a local id, or one a set of identical person cells where there is no id.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::date::When;
use crate::model::id::{AgencyId, RecordId, short_hash};
use crate::model::identifier::{Identifier, Scheme};
use crate::model::phrase::{Coded, fold};
use crate::model::record::Record;
use crate::model::source::{Kept, Reject, RowRef};
use crate::model::words::YesNo;

use super::agencies::Agencies;
use super::headers::{Column, Group, read_header};
use super::names::{self, is_no_identifier, is_not_known};
use super::row::{Place, Row, when_key};

const IDENTIFIERS: &[(Column, Scheme)] = &[
    (Column::NhsNumber, Scheme::Nhs),
    (Column::Upn, Scheme::Upn),
    (Column::Uln, Scheme::Uln),
    (Column::PncId, Scheme::Pnc),
    (Column::CroNumber, Scheme::Cro),
    (Column::Nhi, Scheme::Nhi),
    (Column::MedicareNumber, Scheme::Medicare),
];

/// The id of the record that a people row describes, if it describes one.
pub fn record_id(row: &Row, supplier: &AgencyId, agencies: &Agencies) -> Option<RecordId> {
    let is_person = |column: Column| column.group() == Group::Person;
    let local = row.text(Column::RecordId);
    // an id that only says "not known" would make one person of all who have it
    if !is_not_known(local) {
        return Some(own_id(local, supplier, agencies));
    }
    if !row.any(is_person) {
        return None;
    }
    let content = format!("{supplier}\u{1f}{}", row.content(is_person));
    Some(RecordId::new(
        supplier,
        &format!("~{}", short_hash(&content, 12)),
    ))
}

/// An id in the supplier's own list: `agency:id` is another agency's only when that agency is known, since an agency's
/// own ids may hold a colon.
fn own_id(local: &str, supplier: &AgencyId, agencies: &Agencies) -> RecordId {
    match local.split_once(':') {
        Some((prefix, rest)) if agencies.is_known(prefix) && !rest.trim().is_empty() => {
            RecordId::new(&agencies.supplier(prefix), rest.trim())
        }
        _ => RecordId::new(supplier, local),
    }
}

/// Reads the person part of a row.
pub fn read_person(row: &Row, id: RecordId, rejects: &mut Vec<Reject>) -> Record {
    use Column as C;
    let full = row.text(C::FullName);
    let has_parts = !row.text(C::GivenName).is_empty() || !row.text(C::FamilyName).is_empty();
    let split = if has_parts {
        names::Parts::default()
    } else {
        names::split(full)
    };
    let or = |own: String, other: String| if own.is_empty() { other } else { own };
    Record {
        rows: vec![row.at()],
        given_name: or(names::given(row.text(C::GivenName)), split.given),
        middle_names: or(names::family(row.text(C::MiddleNames)), split.middle),
        family_name: or(names::family(row.text(C::FamilyName)), split.family),
        full_name: if is_not_known(full) {
            String::new()
        } else {
            full.to_owned()
        },
        other_names: list_of_names(row),
        title: row.owned(C::Title),
        birth: row.date(C::DateOfBirth, rejects),
        death: row.date(C::DateOfDeath, rejects),
        expected: row.date(C::ExpectedDate, rejects),
        sex: row.coded(C::Sex, rejects),
        roles: row
            .list(C::Role)
            .map(|part| row.coded_part(C::Role, part, rejects))
            .filter(|r| !r.is_blank())
            .collect(),
        address: known(row.text(C::Address)),
        postcode: known(row.text(C::Postcode)),
        uprn: known(row.text(C::Uprn)).trim_start_matches('0').to_owned(),
        phones: row
            .list(C::Phone)
            .filter(|p| !is_not_known(p))
            .map(str::to_owned)
            .collect(),
        emails: row
            .list(C::Email)
            .filter(|p| !is_not_known(p))
            .map(str::to_owned)
            .collect(),
        identifiers: identifiers(row, rejects),
        household_id: known(row.text(C::HouseholdId)),
        protected_address: is_protected(row, rejects),
        described: true,
        ..Record::named_only(id)
    }
}

fn known(text: &str) -> String {
    if is_not_known(text) {
        String::new()
    } else {
        text.to_owned()
    }
}

fn list_of_names(row: &Row) -> Vec<String> {
    row.list(Column::OtherNames)
        .filter(|name| !is_not_known(name))
        .map(str::to_owned)
        .collect()
}

/// A cell that is neither yes nor no protects the address: showing it wrongly cannot be taken back.
fn is_protected(row: &Row, rejects: &mut Vec<Reject>) -> bool {
    match row.coded::<YesNo>(Column::ProtectedAddress, rejects) {
        Coded::Known(answer) => answer == YesNo::Yes,
        Coded::Unknown(_) => true,
        Coded::Blank => false,
    }
}

fn identifiers(row: &Row, rejects: &mut Vec<Reject>) -> Vec<Identifier> {
    let mut found = Vec::new();
    for (column, scheme) in IDENTIFIERS {
        for part in row.list(*column).filter(|part| !is_no_identifier(part)) {
            if is_shortened(part) {
                rejects.push(row.reject(
                    *column,
                    format!("`{part}` is a number that a spreadsheet has shortened: its last digits are lost"),
                    "ask for the export with this column as text; the row is used without it",
                    Kept::Row,
                ));
                continue;
            }
            found.push(Identifier::new(scheme.clone(), part));
        }
    }
    for part in row.list(Column::OtherIds) {
        let (scheme, value) = part
            .split_once('=')
            .or_else(|| part.split_once(':'))
            .unwrap_or(("other", part));
        if !is_no_identifier(value) {
            found.push(Identifier::new(scheme_named(scheme), value));
        }
    }
    found.retain(|id| !id.value.is_empty());
    found
}

/// Whether a long number was written in powers of ten: 9.43E+09.
fn is_shortened(text: &str) -> bool {
    let Some((number, power)) = text.trim().split_once(['e', 'E']) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number
        .split_once('.')
        .is_some_and(|(whole, rest)| is_number(whole) && is_number(rest))
        && is_number(power.trim_start_matches('+'))
}

fn scheme_named(name: &str) -> Scheme {
    read_header(name)
        .and_then(|(column, _)| IDENTIFIERS.iter().find(|(c, _)| *c == column))
        .map_or_else(
            || Scheme::Other(fold(name).into()),
            |(_, scheme)| scheme.clone(),
        )
}

/// Makes one record of all rows with one id.
///
/// Where rows differ the value that most rows give stands, the smallest of equals; another name is kept beside it, any
/// other difference is told.
pub fn merge(mut rows: Vec<Record>, places: &Places, rejects: &mut Vec<Reject>) -> Option<Record> {
    rows.sort_by(|a, b| a.rows.cmp(&b.rows));
    if rows.len() < 2 {
        return rows.pop().map(tidy);
    }
    let mut one = Record::named_only(rows.first()?.id.clone());
    one.described = true;
    settle_texts(&mut one, &mut rows, places, rejects);
    settle_dates(&mut one, &mut rows, places, rejects);
    let sexes = rows
        .iter()
        .filter(|row| !row.sex.is_blank())
        .map(|row| row.sex.text().to_owned());
    one.sex = most(sexes)
        .map(|text| Coded::read(&text))
        .unwrap_or_default();
    for row in rows {
        one.rows.extend(row.rows);
        one.other_names.extend(row.other_names);
        one.roles.extend(row.roles);
        one.phones.extend(row.phones);
        one.emails.extend(row.emails);
        one.identifiers.extend(row.identifiers);
        one.protected_address |= row.protected_address;
    }
    Some(tidy(one))
}

/// The columns of one name: parts of two names make a third that nobody has.
const NAMES: [Column; 4] = [
    Column::GivenName,
    Column::MiddleNames,
    Column::FamilyName,
    Column::FullName,
];

/// The name of a row, in the order of [`NAMES`].
fn name_of(row: &Record) -> [String; 4] {
    [
        row.given_name.clone(),
        row.middle_names.clone(),
        row.family_name.clone(),
        row.full_name.clone(),
    ]
}

/// The place of each sheet, by its file and sheet with row 0.
pub type Places<'a> = BTreeMap<RowRef, &'a Place>;

fn settle_texts(one: &mut Record, rows: &mut [Record], places: &Places, rejects: &mut Vec<Reject>) {
    let name = most(
        rows.iter()
            .map(name_of)
            .filter(|name| !name.iter().all(String::is_empty)),
    );
    for (column, get) in TEXTS {
        let of_name = name.as_ref().zip(NAMES.iter().position(|of| of == column));
        let of_name = of_name
            .and_then(|(name, at)| name.get(at))
            .filter(|text| !text.is_empty());
        let chosen = of_name.cloned().or_else(|| {
            most(
                rows.iter_mut()
                    .map(|row| get(row).clone())
                    .filter(|text| !text.is_empty()),
            )
        });
        let Some(chosen) = chosen else { continue };
        for row in rows.iter_mut() {
            let other = get(row).clone();
            if other.is_empty() || other == chosen {
                continue;
            }
            let is_name = NAMES.contains(column);
            if is_name {
                one.other_names.push(other.clone());
            }
            rejects.extend(differs(
                row,
                *column,
                &other,
                if is_name { Kept::Cell } else { Kept::Row },
                places,
            ));
        }
        *get(one) = chosen;
    }
}

fn settle_dates(one: &mut Record, rows: &mut [Record], places: &Places, rejects: &mut Vec<Reject>) {
    for (column, get) in DATES {
        let chosen = most(
            rows.iter_mut()
                .map(|row| get(row).clone())
                .filter(When::is_known)
                .map(Ordered),
        )
        .map(|o| o.0);
        let Some(chosen) = chosen else {
            // an unreadable or placeholder cell is still worth more than nothing
            *get(one) = rows
                .iter_mut()
                .map(|row| get(row).clone())
                .map(Ordered)
                .max()
                .map(|o| o.0)
                .unwrap_or_default();
            continue;
        };
        for row in rows.iter_mut() {
            let other = get(row).clone();
            if other.is_known() && (other.from, other.until) != (chosen.from, chosen.until) {
                rejects.extend(differs(row, *column, &other.date_cell(), Kept::Row, places));
            }
        }
        *get(one) = chosen;
    }
}

type Field<T> = (Column, fn(&mut Record) -> &mut T);

const TEXTS: &[Field<String>] = &[
    (Column::GivenName, |r| &mut r.given_name),
    (Column::MiddleNames, |r| &mut r.middle_names),
    (Column::FamilyName, |r| &mut r.family_name),
    (Column::FullName, |r| &mut r.full_name),
    (Column::Title, |r| &mut r.title),
    (Column::Address, |r| &mut r.address),
    (Column::Postcode, |r| &mut r.postcode),
    (Column::Uprn, |r| &mut r.uprn),
    (Column::HouseholdId, |r| &mut r.household_id),
];

const DATES: &[Field<When>] = &[
    (Column::DateOfBirth, |r| &mut r.birth),
    (Column::DateOfDeath, |r| &mut r.death),
    (Column::ExpectedDate, |r| &mut r.expected),
];

/// A date with an order, so that the choice among several does not depend on where they stand.
#[derive(Clone, PartialEq, Eq)]
struct Ordered(When);

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        when_key(&self.0).cmp(&when_key(&other.0))
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// The value given most often, the smallest of equals.
fn most<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let top = counts.values().copied().max()?;
    counts
        .into_iter()
        .find(|(_, count)| *count == top)
        .map(|(value, _)| value)
}

fn differs(
    row: &Record,
    column: Column,
    value: &str,
    kept: Kept,
    places: &Places,
) -> Option<Reject> {
    let at = row.rows.first()?;
    let place = places.get(&RowRef { row: 0, ..*at })?;
    Some(Reject {
        file: place.name.clone(),
        row: Some(at.row),
        column: place.header(column).to_owned(),
        value: value.to_owned(),
        problem: format!("other rows of {} say something else here", row.id),
        hint: "check with the agency which one is right, or whether these are two people".into(),
        kept,
    })
}

/// Puts lists in order, each value once.
fn tidy(mut record: Record) -> Record {
    fn once<T: Ord>(list: &mut Vec<T>) {
        list.sort();
        list.dedup();
    }
    once(&mut record.rows);
    once(&mut record.other_names);
    once(&mut record.phones);
    once(&mut record.emails);
    once(&mut record.identifiers);
    let roles: BTreeSet<String> = record
        .roles
        .iter()
        .map(|role| role.text().to_owned())
        .collect();
    record.roles = roles.iter().map(|text| Coded::read(text)).collect();
    record
}

/// The local ids of records, to find whom a bare id without a supplier means.
pub fn by_local_id(ids: impl Iterator<Item = RecordId>) -> BTreeMap<String, BTreeSet<RecordId>> {
    let mut locals: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    for id in ids {
        locals.entry(id.local().to_owned()).or_default().insert(id);
    }
    locals
}
