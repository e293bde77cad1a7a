//! Looks for what is left of a person: their names, addresses and numbers, in everything that the case holds.

use std::collections::BTreeMap;

use crate::model::record::Record;
use crate::model::source::{RowRef, SourceFile};

/// Texts up to this length tell nobody apart.
const SHORT: usize = 3;

/// Texts that tell a person from all others in the case, each with what it is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Marks(BTreeMap<String, &'static str>);

impl Marks {
    /// The texts of some records that no other record has.
    pub fn of(own: &[&Record], others: &[&Record]) -> Self {
        let mut marks = BTreeMap::new();
        for record in own {
            for (what, text) in texts(record) {
                marks.entry(folded(&text)).or_insert(what);
            }
        }
        let theirs: Vec<String> = others
            .iter()
            .flat_map(|record| texts(record))
            .map(|(_, text)| folded(&text))
            .collect();
        marks.retain(|mark, _| {
            mark.chars().count() > SHORT && !theirs.iter().any(|text| holds(text, mark))
        });
        Self(marks)
    }

    /// What of the person a text holds: "name", "address" …; each once.
    pub fn found_in(&self, text: &str) -> Vec<&'static str> {
        let text = folded(text);
        let found = self.0.iter().filter(|(mark, _)| holds(&text, mark));
        let mut what: Vec<&'static str> = found.map(|(_, what)| *what).collect();
        what.sort_unstable();
        what.dedup();
        what
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What identifies the individual of a record.
fn texts(record: &Record) -> Vec<(&'static str, String)> {
    let mut texts = vec![
        ("name", record.name()),
        ("name", record.full_name.clone()),
        ("name", record.given_name.clone()),
        ("name", record.middle_names.clone()),
        ("name", record.family_name.clone()),
        ("address", record.address.clone()),
        ("postcode", record.postcode.clone()),
        ("property number", record.uprn.clone()),
    ];
    let of = |what: &'static str, all: &[String]| -> Vec<(&'static str, String)> {
        all.iter().map(|text| (what, text.clone())).collect()
    };
    texts.extend(of("name", &record.other_names));
    texts.extend(of("telephone number", &record.phones));
    texts.extend(of("e-mail address", &record.emails));
    let numbers = record.identifiers.iter();
    texts.extend(numbers.map(|number| ("number", number.value.clone())));
    if !record.id.local().starts_with('~') {
        texts.push(("record id", record.id.local().to_owned()));
    }
    let given = [&record.given_name, &record.family_name];
    let [given, family] = given.map(|part| part.trim());
    if !given.is_empty() && !family.is_empty() {
        texts.push(("name", format!("{given} {family}")));
    }
    texts
}

fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}

/// Whether a text holds another as whole words.
fn holds(text: &str, mark: &str) -> bool {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(mark)) {
        let start = from + at;
        let end = start + mark.len();
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let behind = text.get(end..).and_then(|text| text.chars().next());
        let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !is_inside(before) && !is_inside(behind) {
            return true;
        }
        from = start + mark.chars().next().map_or(1, char::len_utf8);
    }
    false
}

/// Rows of a file that hold marks, named as they are printed; and whether its other bytes do.
pub fn in_file(
    marks: &Marks,
    (at, file): (usize, &SourceFile),
    files: &[SourceFile],
    everything: &str,
) -> Vec<(String, Vec<&'static str>)> {
    let mut found = Vec::new();
    let all = marks.found_in(everything);
    let mut in_rows: Vec<&'static str> = Vec::new();
    for (sheet_at, sheet) in file.sheets.iter().enumerate() {
        for number in sheet.numbers() {
            let mut what: Vec<&'static str> = Vec::new();
            for cell in sheet.row(number) {
                what.extend(marks.found_in(cell));
            }
            what.sort_unstable();
            what.dedup();
            if !what.is_empty() {
                let row = RowRef {
                    file: at as u32,
                    sheet: sheet_at as u16,
                    row: number,
                };
                in_rows.extend(&what);
                found.push((row.text(files), what));
            }
        }
    }
    let outside: Vec<&'static str> = all
        .into_iter()
        .filter(|what| !in_rows.contains(what))
        .collect();
    if !outside.is_empty() {
        found.push((file.path.clone(), outside));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{AgencyId, RecordId};

    fn record(id: &str, given: &str, family: &str, address: &str) -> Record {
        Record {
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            address: address.to_owned(),
            ..Record::named_only(RecordId::new(&AgencyId::new("police"), id))
        }
    }

    #[test]
    fn only_what_nobody_shares_is_looked_for() {
        let own = record("P-100", "Zelda", "Marlow", "1 High Street");
        let other = record("P-200", "Ann", "Marlow", "1 High Street, Upton");
        let marks = Marks::of(&[&own], &[&other]);
        for (text, what) in [
            ("met ZELDA  there", &["name"][..]),
            ("Zelda Marlow", &["name"]),
            ("Zeldas", &[]),
            ("the Marlow family", &[]),
            ("at 1 High Street", &[]),
            ("see P-100.", &["record id"]),
            ("P-1001", &[]),
        ] {
            assert_eq!(marks.found_in(text), what, "{text}");
        }
    }
}
