//! A large list of people, column by column: what `link` reads and compares. Each distinct value is held once.

use super::date::When;
use super::identifier::Scheme;
use super::words::Sex;

/// Texts numbered in the order in which they were added; number 0 is the empty text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            all: String::new(),
            ends: vec![0],
        }
    }
}

impl Texts {
    /// Takes every text but the empty one out, and keeps the room.
    pub fn clear(&mut self) {
        self.all.clear();
        self.ends.truncate(1);
    }

    /// Adds a text, whether or not it is there already, and gives its number.
    pub fn push(&mut self, text: &str) -> u32 {
        self.all.push_str(text);
        self.ends.push(self.all.len());
        (self.ends.len() - 1) as u32
    }

    /// Adds all texts of another list, in their order.
    pub fn append(&mut self, other: &Self) {
        let before = self.all.len();
        self.all.push_str(&other.all);
        let ends = other.ends.iter().skip(1);
        self.ends.extend(ends.map(|end| before + end));
    }

    /// The text of a number; empty when there is no such number.
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 {
            0
        } else {
            self.ends.get(at - 1).copied().unwrap_or(0)
        };
        self.ends
            .get(at)
            .and_then(|end| self.all.get(start..*end))
            .unwrap_or("")
    }

    /// How many texts there are, the empty one included; never 0.
    #[allow(
        clippy::len_without_is_empty,
        reason = "it always holds the empty text"
    )]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// All texts in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|number| self.get(number))
    }
}

/// One column: its distinct values as supplied, trimmed, and the number of each record's value (0 is blank).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The values, each once.
    pub values: Texts,
    /// The number of each record's value, in the order of the records; empty when no file has the column.
    pub cells: Vec<u32>,
}

impl Column {
    /// The number of a record's value; 0 where the column is absent.
    pub fn cell(&self, record: usize) -> u32 {
        self.cells.get(record).copied().unwrap_or(0)
    }

    /// A record's value.
    pub fn get(&self, record: usize) -> &str {
        self.values.get(self.cell(record))
    }

    /// Whether no file has the column, or no record a value in it.
    pub fn is_absent(&self) -> bool {
        self.cells.is_empty() || self.values.len() == 1
    }
}

/// People, column by column, in the order of their ids as printed (`agency:record_id`), bytewise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roster {
    /// The agencies, sorted.
    pub agencies: Vec<String>,
    /// The number of each record's agency.
    pub agency: Vec<u16>,
    /// Each record's id as printed: `agency:record_id`, sorted, no two the same. Number 0 is the empty text: record `n` has number `n + 1`.
    pub ids: Texts,
    /// Given names.
    pub given: Column,
    /// Middle names.
    pub middle: Column,
    /// Family names.
    pub family: Column,
    /// Former, maiden and other names.
    pub other: Column,
    /// Whole names, where given and family name are not apart.
    pub full: Column,
    /// Dates of birth as supplied.
    pub birth: Column,
    /// What each value of `birth` means, by its number; unknown where it could not be read.
    pub births: Vec<When>,
    /// Sex as supplied.
    pub sex: Column,
    /// What each value of `sex` means, by its number.
    pub sexes: Vec<Option<Sex>>,
    /// Addresses.
    pub address: Column,
    /// Postcodes.
    pub postcode: Column,
    /// Telephone numbers; several in a cell have `|`, `;` or `,` between them.
    pub phone: Column,
    /// E-mail addresses, as telephone numbers.
    pub email: Column,
    /// The agency's own ids of households.
    pub household: Column,
    /// Identifiers, a column a scheme, in the order of the schemes' names.
    pub identifiers: Vec<(Scheme, Column)>,
    /// Further columns to compare as text, by the name asked for, in that order.
    pub further: Vec<(String, Column)>,
    /// Who is who in truth, where the file says so. For measuring only: matching never looks at it.
    pub truth: Column,
}

impl Roster {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.agency.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.agency.is_empty()
    }

    /// A record's id as printed.
    pub fn id(&self, record: usize) -> &str {
        self.ids.get(record as u32 + 1)
    }

    /// The record with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        let (mut from, mut until) = (0, self.len());
        while from < until {
            let middle = usize::midpoint(from, until);
            match self.id(middle).cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => until = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_what_was_added() {
        let mut texts = Texts::default();
        assert_eq!(
            (texts.push("a"), texts.push(""), texts.push("ü")),
            (1, 2, 3)
        );
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["", "a", "", "ü"]);
        assert_eq!(texts.get(9), "");
        let mut both = texts.clone();
        both.append(&texts);
        let all: Vec<&str> = both.iter().collect();
        assert_eq!(all, ["", "a", "", "ü", "a", "", "ü"]);
    }

    #[test]
    fn a_record_is_found_by_its_id() {
        let mut roster = Roster {
            agency: vec![0; 3],
            ..Roster::default()
        };
        for id in ["a:1", "a:10", "b:2"] {
            roster.ids.push(id);
        }
        assert_eq!(roster.find("a:10"), Some(1));
        assert_eq!((roster.find("b:2"), roster.find("c:1")), (Some(2), None));
    }
}
