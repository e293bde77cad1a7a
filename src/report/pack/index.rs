//! How a pack refers to its own lines and people: a number for each line of the chronology, a short name for each person.

use std::collections::BTreeMap;

use crate::model::person::Person;
use crate::report::View;

/// The numbers and names of one pack.
#[derive(Debug, Clone, Default)]
pub struct Index {
    lines: BTreeMap<usize, usize>,
    names: BTreeMap<usize, String>,
}

impl Index {
    /// Numbers the facts that the chronology prints, from 1, and finds what to call the people who are shown.
    pub fn of(view: &View<'_>, printed: &[usize]) -> Self {
        Self {
            lines: printed.iter().copied().zip(1..).collect(),
            names: names(view),
        }
    }

    /// The number of a fact's line; none where the chronology does not print it.
    pub fn line(&self, fact: usize) -> Option<usize> {
        self.lines.get(&fact).copied()
    }

    /// What to call a person who is shown.
    pub fn name(&self, person: usize) -> Option<&str> {
        self.names.get(&person).map(String::as_str)
    }

    /// "line 4" or "lines 4, 9 to 12" for those of the facts that are printed; nothing where none is.
    pub fn lines(&self, facts: &[usize]) -> String {
        let mut lines: Vec<usize> = facts.iter().filter_map(|&at| self.line(at)).collect();
        lines.sort_unstable();
        lines.dedup();
        let word = match lines.len() {
            0 => return String::new(),
            1 => "line",
            _ => "lines",
        };
        format!("{word} {}", ranges(&lines))
    }
}

/// Numbers in order, three or more in a row as a range.
fn ranges(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let runs = runs.into_iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first} to {last}"),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The given name where nobody else has it; else the whole name, with the year of birth where that is not enough.
fn names(view: &View<'_>) -> BTreeMap<usize, String> {
    let persons = 0..view.picture.people.persons.len();
    let shown: Vec<(usize, &Person)> = persons
        .filter_map(|at| Some((at, view.person(at)?)))
        .collect();
    let mut of_given: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_full: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, person) in &shown {
        *of_given.entry(given(view, person)).or_default() += 1;
        *of_full.entry(person.name.as_str()).or_default() += 1;
    }
    let named = shown.iter().map(|&(at, person)| {
        let given = given(view, person);
        let is_alone = |count: Option<&usize>| count.is_none_or(|count| *count == 1);
        let name = if !given.is_empty() && is_alone(of_given.get(&given)) {
            given
        } else if let Some(name) = without_first_name(view, person, &given) {
            name
        } else if is_alone(of_full.get(person.name.as_str())) {
            person.name.clone()
        } else {
            let born = born(view, person).unwrap_or_default();
            format!("{}{born}", person.name)
        };
        (at, view.without_id(name))
    });
    named.collect()
}

/// What to call somebody whose family name is all that is recorded: nobody is left to guess whether it is the parent.
fn without_first_name(view: &View<'_>, person: &Person, given: &str) -> Option<String> {
    let name = person.name.as_str();
    if !given.is_empty() || name.contains(' ') {
        return None;
    }
    let born = born(view, person).unwrap_or_default();
    Some(if born.starts_with(" (expected") {
        format!("an unborn child{born}")
    } else if born.is_empty() {
        format!("{name} (no first name)")
    } else {
        format!(
            "{name} (no first name,{}",
            born.trim_start_matches(" (").replacen("born", " born", 1)
        )
    })
}

/// " (born 2016)", as the first of the shown records that knows it has it.
fn born(view: &View<'_>, person: &Person) -> Option<String> {
    let records = person.records.iter().filter(|&&at| view.shows_record(at));
    let mut records = records.filter_map(|&at| view.picture.supplied.records.get(at));
    records.find_map(|record| {
        let expected = || {
            Some(
                record
                    .expected
                    .start()?
                    .format(" (expected %Y)")
                    .to_string(),
            )
        };
        let born = record.birth.start();
        born.map(|day| day.format(" (born %Y)").to_string())
            .or_else(expected)
    })
}

/// The given name with which a person's name begins, as one of the shown records has it.
fn given(view: &View<'_>, person: &Person) -> String {
    let records = person.records.iter().filter(|&&at| view.shows_record(at));
    let mut given = records
        .filter_map(|&at| view.picture.supplied.records.get(at))
        .map(|record| record.given_name.trim())
        .filter(|given| {
            let rest = person.name.strip_prefix(given);
            !given.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
    given.next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn three_numbers_in_a_row_become_a_range() {
        assert_eq!(ranges(&[1, 2, 4, 5, 6, 9]), "1, 2, 4 to 6, 9");
        assert_eq!(ranges(&[]), "");
    }
}
