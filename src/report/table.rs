//! A table to be written: named columns and rows of cells.

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text from outside or from the program; empty is blank.
    Text(String),
    /// A day, printed `yyyy-mm-dd`, or nothing.
    Day(String),
    /// A count.
    Count(usize),
    /// A measure.
    Number(f64),
    /// What cannot be computed, printed `-`.
    NotComputed,
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Several texts, joined by `|`.
    pub fn list<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Self {
        let texts: Vec<String> = texts
            .into_iter()
            .map(|text| text.as_ref().to_owned())
            .collect();
        Self::Text(texts.join("|"))
    }

    /// A measure, or `-` when it cannot be computed.
    pub fn number(number: Option<f64>) -> Self {
        number
            .filter(|number| number.is_finite())
            .map_or(Self::NotComputed, Self::Number)
    }

    /// The cell as it is printed: numbers with the shortest digits that read back the same.
    pub fn print(&self) -> String {
        match self {
            Self::Text(text) | Self::Day(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            // no negative zero: it would say something that nobody computed
            Self::Number(number) => format!("{}", if *number == 0.0 { 0.0 } else { *number }),
            Self::NotComputed => "-".to_owned(),
        }
    }

    /// Whether nothing is printed.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) | Self::Day(text) if text.is_empty())
    }
}

/// Named columns and rows of cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What it is a table of: `timeline`, `people` …
    pub name: &'static str,
    /// The header.
    pub columns: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Cell>>,
    /// The columns that make the first line of a row when it is written as text; empty: the first of all.
    pub headline: &'static [&'static str],
    /// Rows left out for the recipient, counted by reason.
    pub withheld: std::collections::BTreeMap<String, usize>,
}

impl Table {
    /// An empty table with these columns.
    pub fn new<S: AsRef<str>>(name: &'static str, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns
            .into_iter()
            .map(|column| column.as_ref().to_owned())
            .collect();
        Self {
            name,
            columns,
            ..Self::default()
        }
    }

    /// Says which columns make the first line of a row when it is written as text.
    #[must_use]
    pub fn headed_by(mut self, columns: &'static [&'static str]) -> Self {
        self.headline = columns;
        self
    }

    /// Sorts the rows by the printed cells of these columns, blank ones last.
    pub fn sort_by_columns(&mut self, columns: &[&str]) {
        let at: Vec<usize> = columns
            .iter()
            .filter_map(|column| self.columns.iter().position(|c| c == column))
            .collect();
        self.rows.sort_by_cached_key(|row| {
            let key = |&at: &usize| row.get(at).map(|cell| (cell.is_blank(), cell.print()));
            at.iter().map(key).collect::<Vec<_>>()
        });
    }

    /// Counts a row that is left out.
    pub fn withhold(&mut self, because: &str) {
        *self.withheld.entry(because.to_owned()).or_default() += 1;
    }
}
