//! A nested file (XML, a family tree, JSON records) as a tree, and the tree as tables: what every profile of such files needs.
//!
//! Each element with a name that the profile calls a record is a row of the table of that name. Its columns are the paths
//! of what stands in it and has text (`Address.Postcode`), outside of records that stand in it in turn. Of elements that
//! say what they are by one of theirs the path says it too (`identifier[nhs-number].value`), so that a name in use is not
//! taken for a former one. What stands several times is joined by `|`. Columns that a profile calls carried
//! are in the rows of the inner records as well.

use std::collections::{BTreeMap, HashMap};

use super::Limits;
use super::profiles::Records;
use super::read_error::ReadError;
use super::table::{Table, TableRow};

/// How deep elements may stand inside each other.
pub const DEEPEST: usize = 256;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its own text, trimmed.
    pub text: String,
    /// The elements in it, attributes among them, in their order.
    pub children: Vec<Node>,
    /// Its line in the file, where the format has lines; 0 otherwise.
    pub line: u32,
}

impl Node {
    /// An element without others in it.
    pub fn leaf(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// The first element of this name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of this name in it; empty without one.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| &child.text)
    }

    /// What a path says of an element that says itself what it is.
    fn told(&self, records: &Records) -> String {
        let by = records.told_by.get(&self.name);
        let by = by.map(|by| self.text_of(by));
        let end = by.and_then(|text| text.rsplit(['/', ':', '#']).next());
        let end = end.filter(|end| !end.is_empty());
        end.map_or_else(|| self.name.clone(), |end| format!("{}[{end}]", self.name))
    }
}

/// The rows of one kind of record, before they are a table.
#[derive(Default)]
struct Rows {
    headers: Vec<String>,
    at: HashMap<String, usize>,
    filled: Vec<TableRow>,
    /// How many records there were, those without any text among them.
    records: u32,
}

impl Rows {
    fn column(&mut self, header: &str) -> usize {
        if let Some(at) = self.at.get(header) {
            return *at;
        }
        let at = self.headers.len();
        self.headers.push(header.to_owned());
        self.at.insert(header.to_owned(), at);
        at
    }

    fn push(&mut self, line: u32, fields: Vec<(String, String)>) {
        self.records += 1;
        let mut cells: Vec<String> = Vec::new();
        for (header, text) in fields {
            let at = self.column(&header);
            if cells.len() <= at {
                cells.resize(at + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(at) {
                if !cell.is_empty() {
                    cell.push('|');
                }
                cell.push_str(&text);
            }
        }
        if !cells.is_empty() {
            let number = if line > 0 { line } else { self.records + 1 };
            self.filled.push(TableRow { number, cells });
        }
    }
}

/// What the tree gives so far, and the limit that was passed, if one was.
struct Gathered<'a> {
    all: BTreeMap<String, Rows>,
    cells: usize,
    over: Option<ReadError>,
    limits: &'a Limits,
}

impl Gathered<'_> {
    fn push(&mut self, node: &Node, fields: Vec<(String, String)>) {
        let rows = self.all.entry(node.name.clone()).or_default();
        rows.push(node.line, fields);
        self.cells += rows.filled.last().map_or(0, |row| row.cells.len());
        let (columns, cells) = (self.limits.columns, self.limits.workbook_cells);
        if rows.headers.len() > columns {
            let problem = format!(
                "the records `{}` have more than {columns} columns",
                node.name
            );
            self.over = Some(ReadError::limit("columns", problem));
        } else if self.cells > cells {
            let problem = format!("the file has more than {cells} cells");
            self.over = Some(ReadError::limit("workbook_cells", problem));
        }
    }
}

/// Puts a tree into tables: one a kind of record, by name. A row's number is its line where the format has lines; else, as for
/// JSON, the n-th record of a kind is row n + 1.
///
/// # Errors
/// More columns or cells than the limits allow.
pub fn tables(root: &Node, records: &Records, limits: &Limits) -> Result<Vec<Table>, ReadError> {
    let mut gathered = Gathered {
        all: BTreeMap::new(),
        cells: 0,
        over: None,
        limits,
    };
    record(root, records, &[], &mut gathered);
    if let Some(over) = gathered.over {
        return Err(over);
    }
    let filled = gathered
        .all
        .into_iter()
        .filter(|(_, rows)| !rows.filled.is_empty());
    let table = |(name, rows): (String, Rows)| {
        let header = TableRow {
            number: 1,
            cells: rows.headers,
        };
        Table {
            name,
            rows: std::iter::once(header).chain(rows.filled).collect(),
            ..Table::default()
        }
    };
    Ok(filled.map(table).collect())
}

/// Goes through an element that is a record, or the root; `carried` is what the records around it hand down.
fn record(
    node: &Node,
    records: &Records,
    carried: &[(String, String)],
    gathered: &mut Gathered<'_>,
) {
    if gathered.over.is_some() {
        return;
    }
    let mut found = Found::default();
    fields(node, "", records, &mut found);
    let mut handed: Vec<(String, String)> = carried.to_vec();
    for (header, text) in &found.fields {
        if records.carried.contains(header) {
            handed.retain(|(name, _)| name != header);
            handed.push((header.clone(), text.clone()));
        }
    }
    if records.names.contains(&node.name) {
        let own = if found.fields.is_empty() {
            Vec::new()
        } else {
            let is_own = |name: &str| found.fields.iter().any(|(header, _)| header == name);
            let from_above = carried.iter().filter(|(name, _)| !is_own(name)).cloned();
            from_above.chain(found.fields.iter().cloned()).collect()
        };
        gathered.push(node, own);
    }
    for inner in found.records {
        record(inner, records, &handed, gathered);
    }
}

/// What stands in a record: its fields by path, and the records in it.
#[derive(Default)]
struct Found<'a> {
    fields: Vec<(String, String)>,
    records: Vec<&'a Node>,
}

fn fields<'a>(node: &'a Node, path: &str, records: &Records, found: &mut Found<'a>) {
    let own = node.text.trim();
    if !own.is_empty() {
        let name = if path.is_empty() { &node.name } else { path };
        found.fields.push((name.to_owned(), own.to_owned()));
    }
    for child in &node.children {
        if records.names.contains(&child.name) {
            found.records.push(child);
            continue;
        }
        let name = child.told(records);
        let inner = if path.is_empty() {
            name
        } else {
            format!("{path}.{name}")
        };
        fields(child, &inner, records, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_become_rows_that_carry_what_joins_them() {
        let mut child = Node::leaf("Child", "");
        let mut ids = Node::leaf("Ids", "");
        ids.children.push(Node::leaf("Id", "C1"));
        let mut plan = Node::leaf("Plan", "");
        plan.children.push(Node::leaf("Start", "2025-01-02"));
        plan.children.push(Node::leaf("Kind", "a"));
        plan.children.push(Node::leaf("Kind", "b"));
        child.children = vec![ids, plan, Node::leaf("Plan", "")];
        let root = Node {
            name: "All".into(),
            children: vec![child],
            ..Node::default()
        };
        let records = Records {
            names: vec!["Child".into(), "Plan".into()],
            carried: vec!["Ids.Id".into()],
            ..Records::default()
        };
        let tables = tables(&root, &records, &Limits::default()).unwrap();
        let rows = |at: usize| -> Vec<&[String]> {
            tables[at].rows.iter().map(|row| &row.cells[..]).collect()
        };
        assert_eq!(rows(0), [&["Ids.Id".to_owned()][..], &["C1".to_owned()]]);
        assert_eq!(
            rows(1),
            [
                &["Ids.Id", "Start", "Kind"].map(str::to_owned)[..],
                &["C1", "2025-01-02", "a|b"].map(str::to_owned)
            ]
        );
    }
}
