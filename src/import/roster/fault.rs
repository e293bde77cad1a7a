//! Why person files could not be read: what is wrong and where, and what to do, a line each.

use rapidfuzz::distance::levenshtein;

use super::super::headers::fold_header;

/// Why the files could not be read. What is printed is the problem, and the hint on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No file was named.
    #[error("no file was named\n  hint: name one CSV file or more, one an agency")]
    NoFile,
    /// A file cannot be read, or holds no table.
    #[error("{file}: {problem}\n  hint: {hint}")]
    File {
        /// The file as named.
        file: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// No column holds names.
    #[error(
        "{file}: no column is known to hold names; its columns are {columns}\n  hint: say which one does: --map given_name=COLUMN,family_name=COLUMN or --map full_name=COLUMN"
    )]
    NoNames {
        /// The file as named.
        file: String,
        /// Its headers.
        columns: String,
    },
    /// An option names a field that is none.
    #[error("--map {given}: `{field}` is no field\n  hint: {hint}")]
    Field {
        /// The whole of what was given.
        given: String,
        /// What should have been a field.
        field: String,
        /// The nearest ones.
        hint: String,
    },
    /// An option names a column that no file has.
    #[error("{option}: no file has the column `{column}`\n  hint: {hint}")]
    Column {
        /// The option with what was given.
        option: String,
        /// What should have been a column.
        column: String,
        /// The nearest ones.
        hint: String,
    },
    /// An option names a column that only says what is true.
    #[error(
        "{option}: `{column}` says who is who in truth, so it is never compared\n  hint: name it with --truth, or rename the column if it says something else"
    )]
    Truth {
        /// The option with what was given.
        option: String,
        /// The column.
        column: String,
    },
    /// More agencies than can be told apart.
    #[error(
        "the column of agencies has more than 65,535 different values, so it hardly names agencies\n  hint: name the right one with --map agency=COLUMN"
    )]
    Agencies,
    /// More records than can be numbered.
    #[error(
        "the files have more than 2,000,000,000 rows together\n  hint: link parts of them one by one"
    )]
    Records,
    /// The work was stopped.
    #[error("stopped before it was done\n  hint: nothing was written; run it again to start over")]
    Stopped,
}

/// Names the known words nearest to one that is not known, or all of them where none is near.
pub(super) fn nearest<'a>(
    word: &str,
    known: impl Iterator<Item = &'a str>,
    what: (&str, &str),
) -> String {
    let wanted = fold_header(word);
    let mut all: Vec<(usize, &str)> = known
        .map(|name| {
            let folded = fold_header(name);
            let far = levenshtein::distance(wanted.chars(), folded.chars());
            let inside = wanted.len() > 2 && (folded.contains(&wanted) || wanted.contains(&folded));
            (if inside { far.min(2) } else { far }, name)
        })
        .collect();
    all.sort_unstable();
    all.dedup_by(|a, b| a.1 == b.1);
    let limit = (wanted.chars().count() / 2).max(2);
    let near: Vec<String> = all
        .iter()
        .take_while(|(far, _)| *far <= limit)
        .take(3)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if near.is_empty() {
        let mut names: Vec<&str> = all.into_iter().map(|(_, name)| name).collect();
        names.sort_unstable();
        return format!("{} are {}", what.1, shown(&names));
    }
    format!("the nearest {}: {}", what.0, near.join(", "))
}

/// A list of names for a message, cut where it gets long.
pub(super) fn shown(names: &[&str]) -> String {
    const MOST: usize = 40;
    let some: Vec<String> = names.iter().take(MOST).map(|name| short(name)).collect();
    let more = names.len().saturating_sub(MOST);
    if more == 0 {
        some.join(", ")
    } else {
        format!("{} and {more} more", some.join(", "))
    }
}

/// A text for a message: on one line, and cut where it gets long.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let clean: String = text
        .chars()
        .take(MOST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MOST).is_some() {
        format!("{clean}…")
    } else {
        clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_given_and_all_where_none_is_near() {
        let known = ["given_name", "family_name", "date_of_birth"];
        let hint = |word: &str| nearest(word, known.into_iter(), ("field", "the fields"));
        assert!(hint("given nmae").contains("`given_name`"));
        assert!(hint("zzzzzzzzzzzz").contains("date_of_birth, family_name, given_name"));
    }

    #[test]
    fn every_fault_is_a_problem_and_a_hint() {
        let fault = Fault::Column {
            option: "--truth clutser".into(),
            column: "clutser".into(),
            hint: "the nearest column: `cluster`".into(),
        };
        assert_eq!(fault.to_string().split("\n  hint: ").count(), 2);
    }

    #[test]
    fn long_and_hostile_names_are_cut_in_messages() {
        assert_eq!(short("a\u{1b}[2Jb"), "a [2Jb");
        assert_eq!(short(&"x".repeat(99)).chars().count(), 61);
    }
}
