//! A roster made comparable: a short row of numbers a record, and what the numbers stand for.

use std::borrow::Cow;

use rayon::join;
use rayon::prelude::*;

use super::births::{self, Births};
use super::digits::{Born, Code, Digits};
use super::fields::Text;
use super::lists::{self, Lists};
use super::places::{self, Places};
use super::row::{Has, Rest, Row};
use super::sketch::Marks;
use super::values::{self, Names};
use crate::model::identifier::{Check, Scheme};
use crate::model::roster::{Column, Roster, Texts};
use crate::model::words::Sex;
use crate::people::compare::date_of_birth::is_one_slip;
use crate::people::names::{Name, Token};
use crate::people::prepare::{self, Birth};
use crate::people::variants::Kind;

/// An identifier's values, normalised.
#[derive(Debug)]
pub struct Numbers {
    /// The scheme.
    pub scheme: Scheme,
    /// The normalised values; number 0 is none.
    pub texts: Texts,
    /// For blocking: a key a value.
    pub keys: Vec<u32>,
    /// The digits of each that is made of up to fourteen digits.
    pub digits: Vec<Digits>,
    /// Whether the check digits of each fit.
    pub fits: Vec<bool>,
    /// The number of each record's value.
    pub cells: Vec<u32>,
}

impl Numbers {
    /// Whether two values differ in one character, or in two neighbours that are swapped.
    pub fn is_one_slip(&self, x: usize, y: usize) -> bool {
        let text = |number: usize| self.texts.get(number as u32).as_bytes();
        is_one_slip(text(x), text(y))
    }
}

/// Former and other names of a cell, which may stand for either name.
#[derive(Debug, Default)]
pub struct Others {
    /// As given names.
    pub given: Vec<Token>,
    /// As family names.
    pub family: Vec<Token>,
}

/// The comparable roster.
#[derive(Debug)]
pub struct Table {
    /// A row a record.
    pub rows: Vec<Row>,
    /// What is looked at seldom, a record each.
    pub rest: Vec<Rest>,
    /// How many agencies there are.
    pub agencies: usize,
    /// Given names.
    pub given: Names,
    /// Middle names by cell.
    pub middle: Vec<Vec<Token>>,
    /// Family names.
    pub family: Names,
    /// Other names by cell.
    pub other: Vec<Others>,
    /// Dates of birth.
    pub births: Births,
    /// Postcodes without spaces; number 0 is none.
    pub postcodes: Texts,
    /// For blocking: a key a postcode.
    pub postcode_keys: Vec<u32>,
    /// Addresses.
    pub places: Places,
    /// Telephone numbers.
    pub phones: Lists,
    /// E-mail addresses.
    pub emails: Lists,
    /// Identifiers, a scheme each.
    pub numbers: Vec<Numbers>,
    /// Further texts, a column each.
    pub texts: Vec<Text>,
}

impl Table {
    /// Makes a roster comparable.
    #[allow(clippy::too_many_lines, reason = "a line or two a column")]
    pub fn of(roster: &Roster) -> Self {
        let (given_column, family_column) = apart(roster);
        // side by side and what takes longest first, since each numbers its values one after the other
        let (
            (places, ((given, given_cells), (middle, other))),
            (
                ((family, family_cells), numbers),
                ((phones, emails), ((postcodes, postcode_cells), (births, birth_cells))),
            ),
        ) = join(
            || {
                join(
                    || places::places(&roster.address),
                    || {
                        join(
                            || values::names(&given_column, Kind::Given),
                            || (tokens(&roster.middle), others(&roster.other)),
                        )
                    },
                )
            },
            || {
                let all = roster.identifiers.par_iter();
                join(
                    || {
                        join(
                            || values::names(&family_column, Kind::Family),
                            || -> Vec<Numbers> {
                                all.map(|(of, column)| numbers(of, column)).collect()
                            },
                        )
                    },
                    || {
                        join(
                            || {
                                (
                                    lists::lists(&roster.phone, prepare::phone),
                                    lists::lists(&roster.email, prepare::email),
                                )
                            },
                            || {
                                (
                                    folded(&roster.postcode, prepare::postcode),
                                    births::births(&roster.birth, &roster.births),
                                )
                            },
                        )
                    },
                )
            },
        );
        let sexes: Vec<u8> = roster
            .sexes
            .iter()
            .map(|sex| match sex {
                Some(Sex::Male) => 1,
                Some(Sex::Female) => 2,
                _ => 0,
            })
            .collect();
        let days = births.all.iter().zip(&births.numbers);
        let born = |(birth, day): (&Birth, &i32)| {
            let digits = birth.digits;
            digits.map_or(Born::default(), |digits| Born::of(digits, *day))
        };
        let born: Vec<Born> = days.map(born).collect();
        let number = |record: usize| {
            let cell = numbers.first().and_then(|first| first.cells.get(record));
            cell.copied().unwrap_or(0)
        };
        let at = |cells: &[u32], record: usize| cells.get(record).copied().unwrap_or(0);
        let records = roster.len();
        // by themselves, so that the waits for memory overlap
        let codes = spread(records, &each(&postcodes, Code::of), |of| {
            at(&postcode_cells, of)
        });
        let digits = numbers
            .first()
            .map(|of| spread(records, &of.digits, |at| of.cells[at]));
        let spots = spread(records, &places.spots(), |at| roster.address.cell(at));
        let first_phones = phones.first_digits();
        let first_phones = spread(records, &first_phones, |at| roster.phone.cell(at));
        let further: Vec<Marks> = middle.par_iter().map(Marks::of_all).collect();
        let row = |record: usize| {
            let (birth, postcode) = (at(&birth_cells, record), at(&postcode_cells, record));
            let (phone, number) = (roster.phone.cell(record), number(record));
            let spot = spots[record];
            let (given_name, family_name) = (at(&given_cells, record), at(&family_cells, record));
            let first = numbers.first();
            Row {
                digits: digits.as_ref().map_or(Digits::default(), |of| of[record]),
                code: codes[record],
                first_phone: first_phones[record],
                given: given_name,
                family: family_name,
                birth,
                born: born[birth as usize],
                middle: roster.middle.cell(record),
                postcode,
                door_numbers: spot.door_numbers,
                address: spot.place,
                street: spot.street,
                street_marks: spot.marks,
                further: further
                    .get(roster.middle.cell(record) as usize)
                    .copied()
                    .unwrap_or_default(),
                given_folded: given.folded[given_name as usize],
                family_folded: family.folded[family_name as usize],
                given_sketch: given.sketches[given_name as usize],
                family_sketch: family.sketches[family_name as usize],
                agency: roster.agency[record],
                sex: at_sex(&sexes, roster.sex.cell(record)),
                has: Has::of(&[
                    (Has::MIDDLE, roster.middle.cell(record) != 0),
                    (Has::OTHER, roster.other.cell(record) != 0),
                    (
                        Has::EMAIL,
                        at(&emails.first, roster.email.cell(record) as usize) != 0,
                    ),
                    (Has::HOUSEHOLD, roster.household.cell(record) != 0),
                    (Has::NUMBER, number != 0),
                    (Has::PHONES, phones.more.contains_key(&phone)),
                    (
                        Has::FIT,
                        first.is_some_and(|first| first.fits[number as usize]),
                    ),
                ]),
            }
        };
        let rest = |record: usize| Rest {
            other: roster.other.cell(record),
            phone: roster.phone.cell(record),
            email: roster.email.cell(record),
            household: roster.household.cell(record),
        };
        let rows = (0..roster.len()).into_par_iter().map(row).collect();
        let rest = (0..roster.len()).into_par_iter().map(rest).collect();
        Self {
            rows,
            rest,
            agencies: roster.agencies.len(),
            given,
            middle,
            family,
            other,
            births,
            postcode_keys: values::keys_of(&postcodes),
            postcodes,
            places,
            phones,
            emails,
            numbers,
            texts: roster
                .further
                .iter()
                .map(|(_, column)| Text::of(column))
                .collect(),
        }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
}

fn at_sex(sexes: &[u8], cell: u32) -> u8 {
    sexes.get(cell as usize).copied().unwrap_or(0)
}

/// Given and family names, with whole names taken apart where a record has no other.
fn apart(roster: &Roster) -> (Cow<'_, Column>, Cow<'_, Column>) {
    if roster.full.is_absent() {
        return (Cow::Borrowed(&roster.given), Cow::Borrowed(&roster.family));
    }
    let (mut given, mut family) = (roster.given.clone(), roster.family.clone());
    let parts: Vec<(u32, u32)> = roster
        .full
        .values
        .iter()
        .map(|text| {
            let (first, last) = prepare::split_full(text);
            (
                add(&mut given.values, &first),
                add(&mut family.values, &last),
            )
        })
        .collect();
    given.cells.resize(roster.len(), 0);
    family.cells.resize(roster.len(), 0);
    for record in 0..roster.len() {
        if given.cells[record] == 0 && family.cells[record] == 0 {
            let (first, last) = parts[roster.full.cell(record) as usize];
            (given.cells[record], family.cells[record]) = (first, last);
        }
    }
    (Cow::Owned(given), Cow::Owned(family))
}

fn add(texts: &mut Texts, text: &str) -> u32 {
    if text.is_empty() { 0 } else { texts.push(text) }
}

fn tokens(column: &Column) -> Vec<Vec<Token>> {
    let texts: Vec<&str> = column.values.iter().collect();
    texts
        .par_iter()
        .map(|text| Name::read(text, Kind::Given).tokens)
        .collect()
}

fn others(column: &Column) -> Vec<Others> {
    let texts: Vec<&str> = column.values.iter().collect();
    texts
        .par_iter()
        .map(|text| {
            let mut others = Others::default();
            for one in text.split(['|', ';', ',']) {
                let (given, family) = prepare::other_name(one);
                others.given.extend(given);
                others.family.extend(family);
            }
            others
        })
        .collect()
}

/// What stands for the value of each record.
fn spread<T: Copy + Default + Send + Sync>(
    records: usize,
    values: &[T],
    value_of: impl Fn(usize) -> u32 + Sync,
) -> Vec<T> {
    let of = |record| {
        values
            .get(value_of(record) as usize)
            .copied()
            .unwrap_or_default()
    };
    (0..records).into_par_iter().map(of).collect()
}

/// What each text gives, by its number.
fn each<T: Send>(texts: &Texts, of: impl Fn(&str) -> T + Sync) -> Vec<T> {
    let numbers = (0..texts.len() as u32).into_par_iter();
    numbers.map(|number| of(texts.get(number))).collect()
}

/// Folds a column's values; gives the folded ones, each once, and the number of each record's.
fn folded(column: &Column, fold: impl Fn(&str) -> String + Sync) -> (Texts, Vec<u32>) {
    let values: Vec<&str> = column.values.iter().collect();
    let read = values::folded(&values, |text, list| {
        list.push(&fold(text));
    });
    let (known, number_of) = values::each_once(&read);
    let cells = column
        .cells
        .par_iter()
        .map(|cell| number_of[*cell as usize])
        .collect();
    (known, cells)
}

fn numbers(scheme: &Scheme, column: &Column) -> Numbers {
    let values: Vec<&str> = column.values.iter().collect();
    let read = values::folded(&values, |text, list| {
        let number = scheme.folded(text);
        if prepare::is_placeholder(&number) {
            list.push("");
        } else {
            list.push(&number);
        }
    });
    let (texts, number_of) = values::each_once(&read);
    let of = |cell: &u32| number_of[*cell as usize];
    Numbers {
        scheme: scheme.clone(),
        keys: values::keys_of(&texts),
        digits: each(&texts, Digits::of_number),
        fits: each(&texts, |text| {
            // what is written together reads back the same
            scheme.check(&scheme.folded(text)) == Check::Fits
        }),
        cells: column.cells.par_iter().map(of).collect(),
        texts,
    }
}
