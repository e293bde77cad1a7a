//! Makes records comparable: everything that a comparison looks at, folded once a record, in the order of the ids.

use std::borrow::Cow;

use chrono::Datelike;

use super::compare::date_of_birth;
use super::forenames::Forenames;
use super::forms::form;
use super::household::{self, Keys};
use super::names::{Name, Token, is_unborn_name, words};
use super::variants::Kind;
use crate::model::date::{Day, Precision, When};
use crate::model::identifier::{Identifier, Scheme};
use crate::model::record::Record;
use crate::model::supply::Supplied;
use crate::model::words::Sex;

/// One record, made comparable.
#[derive(Debug, Clone)]
pub struct Description {
    /// Its index in [`Supplied::records`].
    pub index: usize,
    /// The number of its agency among the agencies of the case.
    pub agency: usize,
    /// Whether a row describes it; records that are only named are compared with nobody.
    pub described: bool,
    /// Given name.
    pub given: Name,
    /// Given and middle names, in their order.
    pub forenames: Forenames,
    /// Middle names, and given names found among the other names.
    pub further_given: Vec<Token>,
    /// Family name.
    pub family: Name,
    /// The form of the family name, for names of another script.
    pub family_form: String,
    /// Family names found among the other names.
    pub further_family: Vec<Token>,
    /// Date of birth.
    pub birth: Birth,
    /// The expected day of a child not born yet.
    pub expected: Option<Day>,
    /// Whether the name stands for a child that is not born or not named yet.
    pub unborn_name: bool,
    /// Sex.
    pub sex: Option<Sex>,
    /// Postcode without spaces, upper case.
    pub postcode: String,
    /// Words of the address, sorted, each once.
    pub street: Vec<String>,
    /// Numbers of the address, sorted, each once.
    pub numbers: Vec<String>,
    /// Last nine digits of each telephone number, sorted.
    pub phones: Vec<String>,
    /// E-mail addresses, lower case, sorted.
    pub emails: Vec<String>,
    /// Identifiers that are not placeholders, without family cards.
    pub identifiers: Vec<Identifier>,
    /// The agency's own id for the household.
    pub household_id: String,
    /// What makes another record one of the same household.
    pub household: Keys,
}

/// A date of birth, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Birth {
    /// The day, when it is known.
    pub day: Option<Day>,
    /// First and last possible day, when anything is known.
    pub span: Option<(Day, Day)>,
    /// Year, month and day as digits; also of a value that has eight digits and is no date.
    pub digits: Option<[u8; 8]>,
}

impl Birth {
    /// Reads a date of birth.
    pub fn read(when: &When) -> Self {
        let span = when.from.zip(when.until).filter(|_| when.is_known());
        let day = when.exact().or_else(|| {
            span.filter(|(from, until)| from == until && when.precision == Precision::Uncertain)
                .map(|(from, _)| from)
        });
        let digits = match day {
            Some(day) => date_of_birth::digits(day),
            None if span.is_none() => eight_digits(&when.raw),
            None => None,
        };
        Self { day, span, digits }
    }

    /// The year, when it is known.
    pub fn year(&self) -> Option<i32> {
        self.span
            .filter(|(from, until)| from.year() == until.year())
            .map(|(from, _)| from.year())
    }

    /// Whole years between the two, at the least that the spans allow.
    pub fn years_apart(&self, other: &Self) -> Option<i64> {
        let (a, b) = self.span.zip(other.span)?;
        let gap = (b.0 - a.1).num_days().max((a.0 - b.1).num_days()).max(0);
        Some(gap * 100 / 36_525)
    }
}

/// The digits of a text that has eight, and nothing else but signs between them, and is no day: year, month and day where they
/// can be told.
fn eight_digits(raw: &str) -> Option<[u8; 8]> {
    let fits = raw
        .bytes()
        .all(|c| c.is_ascii_digit() || matches!(c, b'-' | b'/' | b'.' | b' '));
    let digits: Vec<u8> = raw.bytes().filter(u8::is_ascii_digit).collect();
    let digits: [u8; 8] = digits.try_into().ok()?;
    let is_year = |part: &[u8]| (b"1700"..b"2100").contains(&part.try_into().unwrap_or(b"0000"));
    let year_last = [4, 5, 6, 7, 2, 3, 0, 1].map(|at| digits[at]);
    let found = match (fits, is_year(&digits[..4]), is_year(&digits[4..])) {
        (true, true, _) => digits,
        (true, false, true) => year_last,
        _ => return None,
    };
    // a day that there is, and that was not taken for one, was filled in to fill the field
    is_no_day(found).then_some(found)
}

fn is_no_day(digits: [u8; 8]) -> bool {
    let number = |part: &[u8]| {
        part.iter()
            .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    };
    let (year, month, day) = (
        number(&digits[..4]),
        number(&digits[4..6]),
        number(&digits[6..]),
    );
    Day::from_ymd_opt(year as i32, month, day).is_none()
}

/// Describes every record, in the order of the ids.
pub fn descriptions(supplied: &Supplied) -> Vec<Description> {
    let mut order: Vec<usize> = (0..supplied.records.len()).collect();
    order.sort_by(|a, b| supplied.records[*a].id.cmp(&supplied.records[*b].id));
    let mut agencies: Vec<&str> = supplied
        .records
        .iter()
        .map(|r| r.id.agency().as_str())
        .collect();
    agencies.sort_unstable();
    agencies.dedup();
    let mut all: Vec<Description> = order
        .into_iter()
        .map(|index| {
            let record = &supplied.records[index];
            let agency = agencies.binary_search(&record.id.agency().as_str());
            describe(record, index, agency.unwrap_or(0))
        })
        .collect();
    household::fill(supplied, &mut all);
    all
}

fn describe(record: &Record, index: usize, agency: usize) -> Description {
    let (given, family) = split_name(record);
    let mut further_given = Name::read(&record.middle_names, Kind::Given).tokens;
    let mut further_family = Vec::new();
    for other in &record.other_names {
        let (given, family) = other_name(other);
        further_given.extend(given);
        further_family.extend(family);
    }
    let (street, numbers) = address(&record.address);
    let family = Name::read(&family, Kind::Family);
    Description {
        index,
        agency,
        described: record.described,
        given: Name::read(&given, Kind::Given),
        forenames: Forenames::read(&given, &record.middle_names),
        further_given,
        family_form: form(&family.whole),
        family,
        further_family,
        birth: Birth::read(&record.birth),
        expected: record.expected.start(),
        unborn_name: is_unborn_name(&record.name()),
        sex: record.sex.known().filter(|sex| *sex != Sex::Other),
        postcode: postcode(&record.postcode),
        street,
        numbers,
        phones: sorted(each_of(&record.phones, phone)),
        emails: sorted(each_of(&record.emails, email)),
        identifiers: record
            .identifiers
            .iter()
            .filter(|id| id.scheme != Scheme::Medicare && !is_placeholder(&id.value))
            .cloned()
            .collect(),
        household_id: record.household_id.trim().to_owned(),
        household: Keys::default(),
    }
}

/// The given and family names in an other name: a whole name ends in a family name; a single part may be either.
pub fn other_name(text: &str) -> (Vec<Token>, Vec<Token>) {
    let given = Name::read(text, Kind::Given).tokens;
    let family = Name::read(text, Kind::Family).tokens;
    if given.len() > 1 {
        let first = given.into_iter().take(1).collect();
        (first, family.into_iter().skip(1).collect())
    } else {
        (given, family)
    }
}

/// Given and family name; a full name alone is split.
fn split_name(record: &Record) -> (String, String) {
    if !record.given_name.trim().is_empty() || !record.family_name.trim().is_empty() {
        return (record.given_name.clone(), record.family_name.clone());
    }
    split_full(&record.full_name)
}

/// A whole name split at its comma, else before its last word: given name, family name.
pub fn split_full(full: &str) -> (String, String) {
    let full = full.trim();
    if let Some((family, given)) = full.split_once(',') {
        return (given.trim().to_owned(), family.trim().to_owned());
    }
    match full.rsplit_once(char::is_whitespace) {
        Some((given, family)) => (given.to_owned(), family.to_owned()),
        None => (full.to_owned(), String::new()),
    }
}

/// What is read of each text of a list.
fn each_of(list: &[String], read: impl Fn(&str) -> Option<Cow<'_, str>>) -> Vec<String> {
    let read = list.iter().filter_map(|text| read(text));
    read.map(Cow::into_owned).collect()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort_unstable();
    list.dedup();
    list
}

/// Upper case without spaces; "no fixed abode" (ZZ99) is unknown.
pub fn postcode(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let kept = raw.bytes().filter(u8::is_ascii_alphanumeric);
    text.extend(kept.map(|byte| char::from(byte.to_ascii_uppercase())));
    if text.starts_with("ZZ99") || is_placeholder(&text) {
        String::new()
    } else {
        text
    }
}

/// Street words and their short forms.
pub const ABBREVIATIONS: [(&str, &str); 14] = [
    ("street", "st"),
    ("road", "rd"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("lane", "ln"),
    ("drive", "dr"),
    ("close", "cl"),
    ("court", "ct"),
    ("crescent", "cres"),
    ("place", "pl"),
    ("terrace", "ter"),
    ("gardens", "gdns"),
    ("apartment", "flat"),
    ("saint", "st"),
];

/// Words that say nothing about where.
pub const FILLERS: [&str; 9] = [
    "flat", "unit", "no", "number", "the", "apt", "nfa", "unknown", "of",
];

fn address(raw: &str) -> (Vec<String>, Vec<String>) {
    let all = words(raw);
    let (numbers, street): (Vec<String>, Vec<String>) = all
        .into_iter()
        .partition(|w| w.chars().next().is_some_and(|c| c.is_ascii_digit()));
    let street = street
        .into_iter()
        .map(|word| {
            ABBREVIATIONS
                .iter()
                .find(|(long, _)| *long == word)
                .map_or(word, |(_, short)| (*short).to_owned())
        })
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .collect();
    (sorted(street), sorted(numbers))
}

/// The last nine digits: a country code or a leading 0 makes no difference.
pub fn phone(raw: &str) -> Option<Cow<'_, str>> {
    let digits = if raw.bytes().all(|byte| byte.is_ascii_digit()) {
        Cow::Borrowed(raw)
    } else {
        let mut digits = String::with_capacity(raw.len());
        digits.extend(raw.bytes().filter(u8::is_ascii_digit).map(char::from));
        Cow::Owned(digits)
    };
    if digits.len() < 7 || is_placeholder(&digits) {
        return None;
    }
    let from = digits.len().saturating_sub(9);
    Some(match digits {
        Cow::Borrowed(digits) => digits.get(from..).unwrap_or(digits).into(),
        Cow::Owned(mut digits) => digits.split_off(from).into(),
    })
}

/// Lower case, when it is an address at all.
pub fn email(raw: &str) -> Option<Cow<'_, str>> {
    let text = raw.trim().to_lowercase();
    text.contains('@').then_some(text.into())
}

/// Whether an identifier or number was filled in to fill the field: one character throughout, a UPN reason code, 123456789.
pub fn is_placeholder(value: &str) -> bool {
    let mut chars = value.chars();
    let first = chars.next();
    let one_character = value.len() > 2 && chars.all(|c| Some(c) == first);
    one_character
        || value.starts_with("123456789")
        || (value.starts_with("UN") && value.len() <= 4)
        || matches!(value, "" | "NA" | "NONE" | "UNKNOWN" | "NOTKNOWN")
}
