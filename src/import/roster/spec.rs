//! Reads what `--map` and `--compare` say of columns: one, or several with `+` or `-` between them.

use super::piece::Join;
use crate::import::headers::fold_header;

/// Columns by their place, and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Joined {
    pub columns: Vec<usize>,
    pub join: Join,
}

/// Finds the columns that a text names. A name may itself hold a `+` or `-`, so the whole is tried as one name first, and
/// then the longest names that exist.
pub(super) fn columns(text: &str, headers: &[String]) -> Option<Joined> {
    if let Some(column) = column(text, headers) {
        return Some(Joined {
            columns: vec![column],
            join: Join::First,
        });
    }
    [('+', Join::Space), ('-', Join::Dash)]
        .into_iter()
        .find_map(|(sign, join)| {
            let parts: Vec<&str> = text.split(sign).collect();
            let columns = longest(&parts, sign, headers)?;
            Some(Joined { columns, join })
        })
}

/// The columns named by parts, as many parts in one name as can be. Gives up on texts of very many parts.
fn longest(parts: &[&str], sign: char, headers: &[String]) -> Option<Vec<usize>> {
    const MOST: usize = 16;
    if parts.is_empty() {
        return Some(Vec::new());
    }
    if parts.len() > MOST {
        return None;
    }
    (1..=parts.len()).rev().find_map(|taken| {
        let (head, rest) = parts.split_at_checked(taken)?;
        let first = column(&head.join(&sign.to_string()), headers)?;
        let mut columns = vec![first];
        columns.extend(longest(rest, sign, headers)?);
        Some(columns)
    })
}

/// The column of this name: as it is written, else without regard to case, spaces, `_` and `-`.
pub(super) fn column(name: &str, headers: &[String]) -> Option<usize> {
    let name = name.trim();
    let folded = fold_header(name);
    if folded.is_empty() {
        return None;
    }
    headers
        .iter()
        .position(|header| header.trim() == name)
        .or_else(|| {
            headers
                .iter()
                .position(|header| fold_header(header) == folded)
        })
}

/// The first name in a text that is no column of any file, for a message: the whole text where it is not joined.
pub(super) fn unknown<'a>(text: &'a str, files: &[&[String]]) -> &'a str {
    text.split(['+', '-'])
        .find(|part| files.iter().all(|headers| column(part, headers).is_none()))
        .unwrap_or(text)
        .trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers() -> Vec<String> {
        [
            "yy",
            "mm",
            "dd",
            "street-no",
            "street",
            "e+mail",
            "a-b",
            "a",
            "b",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    #[test]
    fn columns_are_joined_by_their_signs() {
        for (text, columns_named, join) in [
            ("yy", vec![0], Join::First),
            ("yy-mm-dd", vec![0, 1, 2], Join::Dash),
            ("street-no+street", vec![3, 4], Join::Space),
            ("E+Mail", vec![5], Join::First),
            ("a-b", vec![6], Join::First),
            ("a-b-b", vec![6, 8], Join::Dash),
            ("b-a", vec![8, 7], Join::Dash),
            (" YY + MM ", vec![0, 1], Join::Space),
        ] {
            let wanted = Joined {
                columns: columns_named,
                join,
            };
            assert_eq!(columns(text, &headers()), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_no_column_is_named() {
        let headers = headers();
        for text in ["", "+", "yy+", "yy-zz", "zz", "yy+mm-dd+"] {
            assert_eq!(columns(text, &headers), None, "{text}");
        }
        assert_eq!(unknown("yy-zz", &[&headers]), "zz");
    }
}
