//! The fields of a run: those of a case that the files have, one an identifier's scheme, and the further columns asked for.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::compare::{Pattern, level_of};
use super::places::{Word, bytes, each_word};
use super::row::Side;
use super::table::Table;
use super::values;
use crate::model::person::Agreement::{Agree, Close, Differ};
use crate::model::roster::{Column, Roster};
use crate::people::compare::{
    BLANK, Level, address, crosswise, date_of_birth, email, family_name, given_name, identifiers,
    level, phone, postcode, sex,
};
use crate::people::names::{CLOSE, NEAR, likeness};

/// What a field compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Given name.
    Given,
    /// Family name.
    Family,
    /// Whether the two are swapped.
    Order,
    /// Date of birth.
    Birth,
    /// Sex.
    Sex,
    /// Postcode.
    Postcode,
    /// Address.
    Address,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// The identifier of this position.
    Number(usize),
    /// The further text of this position.
    Text(usize),
}

/// One field.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The name.
    pub name: String,
    /// What it compares.
    pub kind: Kind,
    /// Its levels.
    pub levels: &'static [Level],
}

/// How many fields there may be: a pattern holds four bits a field.
pub const MOST_FIELDS: usize = 32;

impl Kind {
    /// The levels of a field that compares this.
    pub fn levels(self) -> &'static [Level] {
        match self {
            Self::Given => given_name::LEVELS,
            Self::Family => family_name::LEVELS,
            Self::Order => crosswise::LEVELS,
            Self::Birth => date_of_birth::LEVELS,
            Self::Sex => sex::LEVELS,
            Self::Postcode => postcode::LEVELS,
            Self::Address => address::LEVELS,
            Self::Phone => phone::LEVELS,
            Self::Email => email::LEVELS,
            Self::Number(_) => identifiers::LEVELS,
            Self::Text(_) => TEXT_LEVELS,
        }
    }
}

/// The fields that a roster has.
pub fn fields(roster: &Roster) -> Vec<Spec> {
    let names = !roster.full.is_absent();
    let mut fields = Vec::new();
    let mut add = |there: bool, name: &str, kind: Kind| {
        if there && fields.len() < MOST_FIELDS {
            fields.push(Spec {
                name: name.to_owned(),
                kind,
                levels: kind.levels(),
            });
        }
    };
    let given = names || !roster.given.is_absent();
    let family = names || !roster.family.is_absent();
    add(given, "given_name", Kind::Given);
    add(family, "family_name", Kind::Family);
    add(given && family, "name_order", Kind::Order);
    add(!roster.birth.is_absent(), "date_of_birth", Kind::Birth);
    add(!roster.sex.is_absent(), "sex", Kind::Sex);
    add(!roster.postcode.is_absent(), "postcode", Kind::Postcode);
    add(!roster.address.is_absent(), "address", Kind::Address);
    add(!roster.phone.is_absent(), "phone", Kind::Phone);
    add(!roster.email.is_absent(), "email", Kind::Email);
    for (at, (scheme, column)) in roster.identifiers.iter().enumerate() {
        add(!column.is_absent(), scheme.name(), Kind::Number(at));
    }
    for (at, (name, column)) in roster.further.iter().enumerate() {
        add(!column.is_absent(), name, Kind::Text(at));
    }
    fields
}

/// Where the fields that others depend on stand; `None` where the files do not have them.
#[derive(Debug, Default)]
pub struct Positions {
    /// Given name.
    pub given: Option<usize>,
    /// Family name.
    pub family: Option<usize>,
    /// Whether they are swapped.
    pub order: Option<usize>,
    /// Date of birth.
    pub birth: Option<usize>,
    /// Sex.
    pub sex: Option<usize>,
    /// Postcode.
    pub postcode: Option<usize>,
    /// Address.
    pub address: Option<usize>,
    /// Telephone.
    pub phone: Option<usize>,
    /// E-mail.
    pub email: Option<usize>,
    /// Identifiers: the field, and which identifier it is.
    pub numbers: Vec<(usize, usize)>,
    /// Further texts, in the same way.
    pub texts: Vec<(usize, usize)>,
}

impl Positions {
    /// The levels of given and family name of a pattern in which both agree somehow, in their order; `None` of any other.
    pub fn in_order(&self, pattern: Pattern) -> Option<(usize, usize)> {
        let level = |field: Option<usize>| field.map_or(0, |at| level_of(pattern, at));
        let (given, family) = (level(self.given), level(self.family));
        let is_alike = (1..given_name::SWAPPED).contains(&given)
            && (1..family_name::SWAPPED).contains(&family);
        (is_alike && level(self.order) == crosswise::IN_ORDER).then_some((given, family))
    }

    /// Finds the fields.
    pub fn of(fields: &[Spec]) -> Self {
        let mut found = Self::default();
        for (at, field) in fields.iter().enumerate() {
            match field.kind {
                Kind::Given => found.given = Some(at),
                Kind::Family => found.family = Some(at),
                Kind::Order => found.order = Some(at),
                Kind::Birth => found.birth = Some(at),
                Kind::Sex => found.sex = Some(at),
                Kind::Postcode => found.postcode = Some(at),
                Kind::Address => found.address = Some(at),
                Kind::Phone => found.phone = Some(at),
                Kind::Email => found.email = Some(at),
                Kind::Number(number) => found.numbers.push((at, number)),
                Kind::Text(text) => found.texts.push((at, text)),
            }
        }
        found
    }
}

/// The levels of a further column.
pub const TEXT_LEVELS: &[Level] = &[
    BLANK,
    level("same", Agree),
    level("nearly the same spelling", Close),
    level("close spelling", Close),
    level("a word in common", Close),
    level("different", Differ),
];

/// The same.
pub const TEXT_SAME: usize = 1;

/// A further column: its folded values.
#[derive(Debug, Default)]
pub struct Text {
    /// All folded words in one, number 0 is none.
    pub joined: Vec<String>,
    /// The words.
    pub words: Vec<Vec<Word>>,
    /// For blocking: a key a value.
    pub keys: Vec<u32>,
    /// The number of each record's value.
    pub cells: Vec<u32>,
}

impl Text {
    /// Folds a column.
    pub fn of(column: &Column) -> Self {
        let texts: Vec<&str> = column.values.iter().collect();
        let read: Vec<Vec<Word>> = texts
            .par_iter()
            .map(|text| {
                let mut words = Vec::new();
                each_word(text, |word| words.push(word));
                words
            })
            .collect();
        let mut text = Self {
            joined: vec![String::new()],
            words: vec![Vec::new()],
            keys: Vec::new(),
            cells: Vec::new(),
        };
        let mut seen: FxHashMap<Vec<Word>, u32> = FxHashMap::default();
        let mut number_of = Vec::with_capacity(read.len());
        for words in read {
            let joined: Vec<u8> = words
                .iter()
                .flat_map(|word| bytes(word).iter().copied())
                .collect();
            let joined = String::from_utf8_lossy(&joined).into_owned();
            if joined.is_empty()
                || matches!(
                    joined.as_str(),
                    "na" | "nan" | "none" | "null" | "unknown" | "notknown"
                )
            {
                number_of.push(0);
                continue;
            }
            let number = *seen.entry(words).or_insert_with_key(|words| {
                text.joined.push(joined);
                text.words.push(words.clone());
                text.joined.len() as u32 - 1
            });
            number_of.push(number);
        }
        let key_of = |text: &String| {
            if text.is_empty() {
                0
            } else {
                values::key(text.as_str())
            }
        };
        text.keys = text.joined.par_iter().map(key_of).collect();
        text.cells = column
            .cells
            .par_iter()
            .map(|cell| number_of[*cell as usize])
            .collect();
        text
    }

    /// Compares two values that are not blank and not the same.
    pub fn compare(&self, a: u32, b: u32) -> usize {
        let (x, y) = (&self.joined[a as usize], &self.joined[b as usize]);
        let alike = likeness(x, y, CLOSE);
        if alike >= NEAR {
            2
        } else if alike >= CLOSE {
            3
        } else if self.words[a as usize]
            .iter()
            .any(|word| bytes(word).len() > 2 && self.words[b as usize].contains(word))
        {
            4
        } else {
            5
        }
    }
}

/// The folded value of a record in a field whose agreement is weighed by how common the value is; 0 is blank.
pub fn value_of(table: &Table, kind: Kind, of: Side<'_>) -> u32 {
    let row = of.row;
    match kind {
        Kind::Given => row.given_folded,
        Kind::Family => row.family_folded,
        Kind::Birth => row.birth,
        Kind::Postcode => row.postcode,
        Kind::Email => {
            let cell = table.rest[of.record].email as usize;
            table.emails.first.get(cell).copied().unwrap_or(0)
        }
        Kind::Text(at) => {
            let cells = &table.texts[at].cells;
            cells.get(of.record).copied().unwrap_or(0)
        }
        Kind::Order | Kind::Sex | Kind::Address | Kind::Phone | Kind::Number(_) => 0,
    }
}

/// How many folded values a field has that [`value_of`] numbers, blank included.
pub fn values_in(table: &Table, kind: Kind) -> u32 {
    let number = match kind {
        Kind::Given => table.given.folded_texts.len(),
        Kind::Family => table.family.folded_texts.len(),
        Kind::Birth => table.births.all.len(),
        Kind::Postcode => table.postcodes.len(),
        Kind::Email => table.emails.texts.len(),
        Kind::Text(at) => table.texts[at].joined.len(),
        Kind::Order | Kind::Sex | Kind::Address | Kind::Phone | Kind::Number(_) => 0,
    };
    number as u32
}

/// The folded text of a value.
pub fn value_text(table: &Table, kind: Kind, value: u32) -> &str {
    let texts = match kind {
        Kind::Given => &table.given.folded_texts,
        Kind::Family => &table.family.folded_texts,
        Kind::Postcode => &table.postcodes,
        Kind::Email => &table.emails.texts,
        Kind::Birth => return text(&table.births.texts, value),
        Kind::Text(at) => return text(&table.texts[at].joined, value),
        Kind::Order | Kind::Sex | Kind::Address | Kind::Phone | Kind::Number(_) => return "",
    };
    texts.get(value)
}

fn text(texts: &[String], value: u32) -> &str {
    texts.get(value as usize).map_or("", String::as_str)
}
