//! Finds the header row of a table, what each column means, and which kinds of row the table holds.
//!
//! A header that means different things in different files is settled here, by the columns beside it.

use super::headers::{Column, fold_header, read_header};
use super::mapping::{Mapping, Said};
use super::table::Table;

/// How many rows at the top may be titles.
const TITLE_ROWS: usize = 50;

/// Which kinds of row a table holds; one row may be of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "eight kinds, each there or not"
)]
pub struct Kinds {
    /// Rows describe individuals.
    pub people: bool,
    /// Rows relate individuals.
    pub relationships: bool,
    /// Rows are entries of a chronology.
    pub entries: bool,
    /// Rows say who works with whom.
    pub involvement: bool,
    /// Rows say what an export covers.
    pub coverage: bool,
    /// Rows are requests.
    pub requests: bool,
    /// Rows are consultations.
    pub consultations: bool,
    /// Rows are citations.
    pub citations: bool,
}

impl Kinds {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.need_a_supplier()
            || self.coverage
            || self.requests
            || self.consultations
            || self.citations
    }

    /// Whether rows must be some agency's.
    pub fn need_a_supplier(self) -> bool {
        self.people || self.relationships || self.entries || self.involvement
    }

    /// Their names, in the order of the plain profile.
    pub fn names(self) -> Vec<&'static str> {
        [
            (self.people, "people"),
            (self.relationships, "relationships"),
            (self.entries, "entries"),
            (self.involvement, "involvement"),
            (self.coverage, "coverage"),
            (self.requests, "requests"),
            (self.consultations, "consultations"),
            (self.citations, "citations"),
        ]
        .into_iter()
        .filter_map(|(there, name)| there.then_some(name))
        .collect()
    }
}

/// Where things are in one table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Index of the header among the table's rows.
    pub header_at: usize,
    /// The header's number in the file.
    pub header_row: u32,
    /// The header cells as supplied.
    pub headers: Vec<String>,
    /// What each column means; of several that mean one, all.
    pub meanings: Vec<Option<Column>>,
    /// What the rows are.
    pub kinds: Kinds,
}

impl Layout {
    /// Finds the header: the first row that holds the required columns of some kind; the one that a mapping file names,
    /// where it names one.
    pub fn find(table: &Table, mapping: Option<&Mapping>) -> Option<Self> {
        let above = mapping.and_then(|mapping| mapping.title_rows);
        let rows = table.rows.iter().enumerate();
        rows.skip_while(|(_, row)| above.is_some_and(|above| row.number <= above))
            .take(if above.is_some() { 1 } else { TITLE_ROWS })
            .find_map(|(at, row)| {
                let layout = Self::of_header(&row.cells, mapping)?;
                Some(Self {
                    header_at: at,
                    header_row: row.number,
                    ..layout
                })
            })
    }

    /// Reads one row as a header, if it is one.
    pub fn of_header(cells: &[String], mapping: Option<&Mapping>) -> Option<Self> {
        let mut headers: Vec<String> = cells
            .iter()
            .map(|cell| cell.trim_matches(['\u{feff}', ' ']).to_owned())
            .collect();
        // a workbook's rows are as wide as the widest: what lies beyond the last header has none
        let named = headers.iter().rposition(|header| !header.is_empty());
        headers.truncate(named.map_or(0, |at| at + 1));
        let mut meanings: Vec<Option<Column>> = headers
            .iter()
            .map(|header| read_header(header).map(|(column, _)| column))
            .collect();
        let set: Vec<Said> = headers
            .iter()
            .map(|header| mapping.map_or(Said::Nothing, |mapping| mapping.says(header)))
            .collect();
        put_set(&set, &mut meanings);
        yield_to_better(&headers, &mut meanings);
        settle_by_context(&mut meanings);
        put_set(&set, &mut meanings);
        let kinds = kinds_of(&meanings);
        kinds.any().then_some(Self {
            headers,
            meanings,
            kinds,
            ..Self::default()
        })
    }

    /// The positions of the columns that mean this, in the order of the file.
    pub fn positions(&self, column: Column) -> impl Iterator<Item = usize> + '_ {
        self.meanings
            .iter()
            .enumerate()
            .filter(move |(_, m)| **m == Some(column))
            .map(|(at, _)| at)
    }

    /// The header of a column as supplied, or empty.
    pub fn header(&self, column: Column) -> &str {
        self.positions(column)
            .next()
            .and_then(|at| self.headers.get(at))
            .map_or("", String::as_str)
    }

    /// Whether there is such a column.
    pub fn has(&self, column: Column) -> bool {
        self.meanings.contains(&Some(column))
    }
}

/// Puts in what a mapping file sets; another header that would be read as a column set there is kept as it is.
fn put_set(set: &[Said], meanings: &mut [Option<Column>]) {
    let is_set = |column: Column| set.contains(&Said::As(column));
    for (meaning, said) in meanings.iter_mut().zip(set) {
        *meaning = match said {
            Said::As(column) => Some(*column),
            Said::Kept => None,
            Said::Nothing => meaning.filter(|column| !is_set(*column)),
        };
    }
}

/// Headers that mean something else when another header means their column: `Event` beside `Details` is a category.
const SECOND_MEANINGS: &[(&str, Column, Column)] = &[
    ("event", Column::Text, Column::Category),
    ("keyevent", Column::Text, Column::Category),
    ("significantevent", Column::Text, Column::Category),
    ("entrydate", Column::Date, Column::RecordedOn),
    ("dateofentry", Column::Date, Column::RecordedOn),
    ("timestamp", Column::Date, Column::RecordedOn),
    ("logdate", Column::Date, Column::RecordedOn),
    ("notedate", Column::Date, Column::RecordedOn),
    ("dateofnote", Column::Date, Column::RecordedOn),
    ("dateto", Column::EndDate, Column::To),
    ("reference", Column::Reference, Column::EntryId),
];

fn yield_to_better(headers: &[String], meanings: &mut [Option<Column>]) {
    for (at, header) in headers.iter().enumerate() {
        let folded = fold_header(header);
        let second = SECOND_MEANINGS.iter().find(|(name, ..)| *name == folded);
        let Some((_, first, second)) = second else {
            continue;
        };
        let taken = meanings
            .iter()
            .enumerate()
            .any(|(other, m)| other != at && *m == Some(*first));
        let free = !meanings.contains(&Some(*second));
        if taken
            && free
            && let Some(meaning) = meanings.get_mut(at)
        {
            *meaning = Some(*second);
        }
    }
    tell_without_details(headers, meanings);
}

/// `Incident` and `Log` number something beside its details; where nothing else tells what happened they are the telling.
fn tell_without_details(headers: &[String], meanings: &mut [Option<Column>]) {
    if meanings.contains(&Some(Column::Text)) || !meanings.contains(&Some(Column::Date)) {
        return;
    }
    for (header, meaning) in headers.iter().zip(meanings) {
        let is_bare = ["incident", "log"].contains(&header.trim().to_lowercase().as_str());
        if is_bare && *meaning == Some(Column::EntryId) {
            *meaning = Some(Column::Text);
            return;
        }
    }
}

fn replace(meanings: &mut [Option<Column>], from: Column, to: Column) {
    for meaning in meanings.iter_mut().filter(|m| **m == Some(from)) {
        *meaning = Some(to);
    }
}

/// Settles `Entry`, `ID`, `From` and `To` by the columns beside them.
fn settle_by_context(meanings: &mut [Option<Column>]) {
    use Column as C;
    let has = |meanings: &[Option<Column>], column: Column| meanings.contains(&Some(column));
    if !has(meanings, C::ConclusionId) {
        let free = !has(meanings, C::Text);
        if has(meanings, C::CitedEntry)
            && free
            && (has(meanings, C::Date) || has(meanings, C::From))
        {
            replace(meanings, C::CitedEntry, C::Text);
        }
        if has(meanings, C::Conclusion) && has(meanings, C::CitedEntry) && has(meanings, C::Id) {
            replace(meanings, C::Id, C::ConclusionId);
        }
    }
    let linked = has(meanings, C::Service) || has(meanings, C::RelatedRecordId);
    if has(meanings, C::Text) && !has(meanings, C::Date) && has(meanings, C::From) && !linked {
        replace(meanings, C::From, C::Date);
        replace(meanings, C::To, C::EndDate);
    }
    settle_consultation(meanings);
    if has(meanings, C::Text) && has(meanings, C::Date) && !has(meanings, C::EntryId) {
        replace(meanings, C::Id, C::EntryId);
    } else if has(meanings, C::AskedAgency) && !has(meanings, C::RequestId) {
        replace(meanings, C::Id, C::RequestId);
    } else if !has(meanings, C::RecordId) {
        replace(meanings, C::Id, C::RecordId);
    }
    // A request's own due date is read as such; in a table of entries it is when an action is due.
    if has(meanings, C::Text)
        && has(meanings, C::Date)
        && !has(meanings, C::AskedAgency)
        && !has(meanings, C::ActionDue)
    {
        replace(meanings, C::DueOn, C::ActionDue);
    }
}

/// A consultation log of a health record (an id, a date, notes) holds entries: only who was consulted makes it more. Without
/// that a column called `how` or `setting` is the file's own, and kept as such.
fn settle_consultation(meanings: &mut [Option<Column>]) {
    use Column as C;
    const OF_CONSULTATIONS: [Column; 9] = [
        C::ConsultedPerson,
        C::ConsultedBy,
        C::ConsultedOn,
        C::Manner,
        C::Setting,
        C::InformationReceived,
        C::InformationGiven,
        C::BecameReferral,
        C::FamilyAgreed,
    ];
    let has = |meanings: &[Option<Column>], column: Column| meanings.contains(&Some(column));
    if !has(meanings, C::ConsultedAgency) {
        replace(meanings, C::ConsultationId, C::EntryId);
        for meaning in meanings.iter_mut() {
            *meaning = meaning.filter(|column| !OF_CONSULTATIONS.contains(column));
        }
        return;
    }
    if !has(meanings, C::ConsultationId) {
        replace(meanings, C::Id, C::ConsultationId);
    }
    if !has(meanings, C::ConsultedOn) && !has(meanings, C::Text) {
        replace(meanings, C::Date, C::ConsultedOn);
    }
}

fn kinds_of(meanings: &[Option<Column>]) -> Kinds {
    use Column as C;
    let has = |column: Column| meanings.contains(&Some(column));
    let named = has(C::GivenName) || has(C::FamilyName) || has(C::FullName);
    let described = named || has(C::DateOfBirth) || has(C::ExpectedDate);
    let entries = has(C::Date) && has(C::Text);
    let people = (has(C::RecordId) && described)
        || (named && has(C::DateOfBirth))
        || (named && entries)
        || (has(C::GivenName) && has(C::FamilyName));
    let relationships = has(C::RecordId) && has(C::RelatedRecordId) && has(C::Relationship);
    let involvement = has(C::Service) && (has(C::RecordId) || people);
    let requests = has(C::RequestId) && has(C::AskedAgency);
    let consultations = has(C::ConsultationId) && has(C::ConsultedAgency);
    let citations = has(C::ConclusionId) && has(C::CitedEntry);
    let any =
        people || relationships || entries || involvement || requests || consultations || citations;
    let says_what_is_covered =
        has(C::LastSynchronised) || has(C::RecordsAvailable) || has(C::Explanation);
    let coverage = !any && has(C::Agency) && (says_what_is_covered || has(C::From) || has(C::To));
    Kinds {
        people,
        relationships,
        entries,
        involvement,
        coverage,
        requests,
        consultations,
        citations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(header: &str) -> Vec<&'static str> {
        let cells: Vec<String> = header.split(',').map(str::to_owned).collect();
        Layout::of_header(&cells, None)
            .map(|l| l.kinds.names())
            .unwrap_or_default()
    }

    #[test]
    fn a_header_tells_what_its_rows_are() {
        for (header, wanted) in [
            ("record_id,given_name,date_of_birth", &["people"][..]),
            ("ID,Surname,DOB", &["people"]),
            ("Surname,Forename,DOB", &["people"]),
            (
                "record_id,related_record_id,relationship,from,to",
                &["relationships"],
            ),
            ("entry_id,date,text,record_ids", &["entries"]),
            (
                "Date,Time,Source of information,Event,Action taken",
                &["entries"],
            ),
            (
                "Incident No,Date of incident,Surname,Forename,D.O.B.,Narrative",
                &["people", "entries"],
            ),
            ("record_id,service,from,to,worker", &["involvement"]),
            ("agency,from,to,last_synchronised", &["coverage"]),
            ("agency,from,to", &["coverage"]),
            ("request_id,asked_agency,asked_on", &["requests"]),
            (
                "consultation_id,consulted_agency,consulted_on,question",
                &["consultations"],
            ),
            ("id,date,agency consulted,question", &["consultations"]),
            ("consultation_id,date,notes", &["entries"]),
            (
                "Student ID,Student,Date of incident,Category,Incident,Actions",
                &["people", "entries"],
            ),
            ("Log No,Date/Time,Log", &["entries"]),
            ("Log,Date,Narrative", &["entries"]),
            (
                "Consultation ID,Consultation date,Consultation notes",
                &["entries"],
            ),
            ("conclusion_id,entry,conclusion", &["citations"]),
            ("colour,shape", &[]),
            ("A report for the conference", &[]),
        ] {
            assert_eq!(kinds(header), wanted, "{header}");
        }
    }

    #[test]
    fn an_id_column_is_the_id_of_what_the_rows_are() {
        let meaning = |header: &str| {
            let cells: Vec<String> = header.split(',').map(str::to_owned).collect();
            Layout::of_header(&cells, None).and_then(|l| l.meanings.first().copied().flatten())
        };
        assert_eq!(meaning("id,surname,dob"), Some(Column::RecordId));
        assert_eq!(meaning("id,date,narrative"), Some(Column::EntryId));
        assert_eq!(meaning("id,asked_agency,question"), Some(Column::RequestId));
    }

    #[test]
    fn an_event_beside_details_is_a_category() {
        let cells = ["Date", "Event", "Details"].map(str::to_owned);
        let layout = Layout::of_header(&cells, None).unwrap();
        assert_eq!(
            layout.meanings,
            [
                Some(Column::Date),
                Some(Column::Category),
                Some(Column::Text)
            ]
        );
    }

    #[test]
    fn title_rows_above_the_header_are_skipped() {
        let row = |number, cells: &[&str]| super::super::table::TableRow {
            number,
            cells: cells.iter().map(|c| (*c).to_owned()).collect(),
        };
        let table = Table {
            rows: vec![
                row(1, &["Incidents for the conference"]),
                row(3, &["entry_id", "date", "text"]),
            ],
            ..Table::default()
        };
        let layout = Layout::find(&table, None).unwrap();
        assert_eq!((layout.header_at, layout.header_row), (1, 3));
    }
}
