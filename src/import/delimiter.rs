//! Finds what separates the cells of a text file: comma, semicolon or tab.

/// How many rows are looked at.
const ROWS: usize = 40;

/// Gives the delimiter, and where the table begins: behind a first line such as `sep=;`, which Excel reads as an order
/// and does not show as a row.
pub(super) fn find(text: &str) -> (u8, usize) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(&delimiter @ (b',' | b';' | b'\t')) = rest.as_bytes().first()
    {
        let end = match rest.as_bytes().get(1..3) {
            Some(b"\r\n") => Some(7),
            Some([b'\n' | b'\r', _]) => Some(6),
            _ => None,
        };
        if let Some(end) = end {
            return (delimiter, end);
        }
    }
    // the first of equals wins, so the comma comes first
    let mut best = (b',', 0);
    for delimiter in [b',', b'\t', b';'] {
        let score = score(text, delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    (best.0, 0)
}

/// How well a delimiter explains the first rows: how many of them have the number of cells that most of them have, the
/// first row counting three times, since a list inside a cell never looks like a header; then how many cells that is.
fn score(text: &str, delimiter: u8) -> usize {
    let counts = cells_by_row(text, delimiter);
    let agreeing = |cells: usize| {
        let first = usize::from(counts.first() == Some(&cells)) * 2;
        counts.iter().filter(|count| **count == cells).count() + first
    };
    counts
        .iter()
        .filter(|cells| **cells > 1)
        .map(|cells| agreeing(*cells) * 100_000 + (*cells).min(99_999))
        .max()
        .unwrap_or(0)
}

/// Counts the cells of the first rows that are not empty; delimiters and line ends inside quotes do not count.
fn cells_by_row(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut cells, mut filled, mut quoted, mut cell_begins) = (1, false, false, true);
    for byte in text.bytes().take(1 << 20) {
        if quoted {
            // a doubled quote closes the cell and opens it again
            (quoted, cell_begins) = (byte != b'"', byte == b'"');
            continue;
        }
        match byte {
            b'\n' | b'\r' => {
                if filled {
                    counts.push(cells);
                }
                if counts.len() == ROWS {
                    return counts;
                }
                (cells, filled) = (1, false);
            }
            _ if byte == delimiter => (cells, filled) = (cells + 1, true),
            b'"' => (quoted, filled) = (cell_begins, true),
            _ => filled = true,
        }
        // whichever delimiter it is: text inside quotes must not count for another one
        cell_begins = matches!(byte, b',' | b';' | b'\t' | b'\n' | b'\r');
    }
    if filled {
        counts.push(cells);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_explains_the_rows() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a;b;c\n1;hello, there, you;3\n2;x, y;4\n", b';'),
            ("\";x\",\";x\",\"x\"\n\"x\",\";;x\",\"y\"\n", b','),
            ("a\tb\n1,5\t2;3\n", b'\t'),
            ("id,ids\n1,a;b;c\n2,d;e;f\n3,g;h;i\n", b','),
            ("only\none\n", b','),
            ("\"a;x\",b\n\"1;;;\",2\n", b','),
            ("\"a \"\"q\"\", r;s\";b\n1;2\n", b';'),
            (
                "Report of the police\n\nid;date;text\n1;2025;a, b\n2;2025;c\n",
                b';',
            ),
        ] {
            assert_eq!(find(text), (delimiter, 0), "{text}");
        }
    }

    #[test]
    fn a_line_for_excel_names_the_delimiter_and_is_no_row() {
        assert_eq!(find("sep=;\r\na,b;c\r\n"), (b';', 7));
        assert_eq!(find("sep=,\na;b;c\n1;2;3\n"), (b',', 6));
    }
}
