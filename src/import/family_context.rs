//! The `family-context` profile: CSVs of one index of people and of the services that know them.
//!
//! Each row is put into rows of the plain profile, so that dates, ids and rejects follow one set of rules. The index is
//! children's social care's; the other services name its ids, which hold a colon (`cms:2`) and are kept whole.

use crate::model::id::AgencyId;
use crate::model::phrase::fold;

use super::headers::Column;
use super::layout::{Kinds, Layout};
use super::profiles::PlainRow;
use super::row::{Place, Row};

/// Which of the files it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The index of people.
    Person,
    /// A service that is involved: adult social care, housing, a school.
    Service(&'static str),
    /// The police area and hub.
    Police,
    /// Offences.
    Offence,
    /// What each source covers.
    Sources,
}

/// The agency whose index the other files refer to.
pub const INDEX_AGENCY: &str = "social-care";

const PERSON: &[&str] = &[
    "id",
    "firstname",
    "lastname",
    "dateofbirth",
    "gender",
    "address",
];

impl Part {
    /// Recognises a file by its header cells.
    pub fn of_header(headers: &[String]) -> Option<Self> {
        let folded: Vec<String> = headers.iter().map(|h| fold(h)).collect();
        let has = |name: &str| folded.iter().any(|h| h == name);
        if has("id") && has("datasource") && has("lastsynchronised") {
            return Some(Self::Sources);
        }
        if folded == PERSON {
            return Some(Self::Person);
        }
        if !has("personid") {
            return None;
        }
        if has("dateofoffence") && has("typeofoffence") {
            return Some(Self::Offence);
        }
        if has("policearea") {
            return Some(Self::Police);
        }
        if !has("serviceinvolvement") {
            return None;
        }
        [
            ("housingassociation", "housing"),
            ("schoolname", "school"),
            ("localauthorityorganisation", "adult-social-care"),
        ]
        .into_iter()
        .find(|(header, _)| has(header))
        .map(|(_, agency)| Self::Service(agency))
    }

    /// The agency that supplies the file, when nothing else names one.
    pub fn agency(self) -> Option<AgencyId> {
        match self {
            Self::Person => Some(AgencyId::new(INDEX_AGENCY)),
            Self::Service(agency) => Some(AgencyId::new(agency)),
            Self::Police | Self::Offence => Some(AgencyId::new("police")),
            Self::Sources => None,
        }
    }

    fn kinds(self) -> Kinds {
        let none = Kinds::default();
        match self {
            Self::Person => Kinds {
                people: true,
                ..none
            },
            Self::Service(_) => Kinds {
                involvement: true,
                entries: true,
                ..none
            },
            Self::Police => Kinds {
                involvement: true,
                ..none
            },
            Self::Offence => Kinds {
                entries: true,
                ..none
            },
            Self::Sources => Kinds {
                coverage: true,
                ..none
            },
        }
    }

    /// The layout of a file whose header this is.
    pub fn layout(self, found: &[String]) -> Layout {
        let headers: Vec<String> = found.iter().map(|h| h.trim().to_owned()).collect();
        let meanings = headers
            .iter()
            .map(|header| self.meaning(&fold(header)))
            .collect();
        Layout {
            headers,
            meanings,
            kinds: self.kinds(),
            ..Layout::default()
        }
    }

    /// What a header is read as. `DateOfMostRecentInteraction` and the housing columns become entries of their own.
    fn meaning(self, header: &str) -> Option<Column> {
        let column = match header {
            "id" if self == Self::Sources => Column::Agency,
            "id" | "personid" => Column::RecordId,
            "firstname" => Column::GivenName,
            "lastname" => Column::FamilyName,
            "dateofbirth" => Column::DateOfBirth,
            "gender" => Column::Sex,
            "address" => Column::Address,
            "contactname" => Column::Worker,
            "serviceinvolvement" => Column::Evidence,
            "startdateoflastinvolvement" | "coveragestartdate" | "tenancystart" => Column::From,
            "coverageenddate" => Column::To,
            "lastsynchronised" => Column::LastSynchronised,
            "title" if self == Self::Sources => Column::Explanation,
            "dateofoffence" | "dateofmostrecentinteraction" => Column::Date,
            "typeofoffence" => Column::Category,
            _ => return None,
        };
        Some(column)
    }
}

/// The entries that a service's row holds: header, what the entry is called, and whether the cell is its date.
const SAID_OF_A_SERVICE: &[(&str, &str, bool)] = &[
    (
        "dateofmostrecentinteraction",
        "Most recent interaction",
        true,
    ),
    ("tenancystart", "Tenancy start", true),
    ("antisocialbehaviour", "Anti-social behaviour", false),
    ("rentarrears", "Rent arrears", false),
    (
        "noticeseekingpossession",
        "Notice seeking possession",
        false,
    ),
    ("eviction", "Eviction", false),
];

/// Puts one row into rows of the plain profile.
pub fn plain_rows<'a>(
    part: Part,
    base: Row<'a>,
    layout: &Layout,
    cells: &'a [String],
    place: &'a Place,
) -> Vec<PlainRow<'a>> {
    let cell = |name: &str| {
        let at = layout.headers.iter().position(|h| fold(h) == name)?;
        cells.get(at).map(|c| c.trim()).filter(|c| !c.is_empty())
    };
    let mut base = base;
    if part != Part::Sources && !base.text(Column::RecordId).is_empty() {
        let index = place
            .supplier
            .as_ref()
            .filter(|_| part == Part::Person)
            .map_or(INDEX_AGENCY, AgencyId::as_str);
        let id = format!("{index}:{}", base.text(Column::RecordId));
        base.set(Column::RecordId, id);
    }
    match part {
        Part::Person | Part::Police => vec![PlainRow {
            row: base,
            kinds: part.kinds(),
        }],
        Part::Sources => {
            let agency = spaced(base.text(Column::Agency));
            base.set(Column::Agency, agency);
            vec![PlainRow {
                row: base,
                kinds: part.kinds(),
            }]
        }
        Part::Offence => {
            let offence = base.owned(Column::Category);
            let text = cell("natureofinvolvement")
                .map_or(offence.clone(), |nature| format!("{offence} ({nature})"));
            base.set(Column::Text, text);
            vec![PlainRow {
                row: base,
                kinds: part.kinds(),
            }]
        }
        Part::Service(_) => service_rows(base, place, cell),
    }
}

/// A service's row is its involvement, and an entry for each thing that it says.
fn service_rows<'a>(
    base: Row<'a>,
    place: &'a Place,
    cell: impl Fn(&str) -> Option<&'a str>,
) -> Vec<PlainRow<'a>> {
    let mut base = base;
    let entries = Kinds {
        entries: true,
        ..Kinds::default()
    };
    let said = |(header, name, is_date): &(&str, &'static str, bool)| {
        let said = cell(header)?;
        Some(PlainRow {
            row: said_entry(&base, place, (*name, said, *is_date)),
            kinds: entries,
        })
    };
    let mut rows: Vec<PlainRow> = SAID_OF_A_SERVICE.iter().filter_map(said).collect();
    // a service that is no longer involved was so until it last saw the person, as far as anybody says
    let status = fold(base.text(Column::Evidence));
    if !status.is_empty()
        && status != "current"
        && let Some(last) = cell("dateofmostrecentinteraction")
    {
        base.set(Column::To, last);
    }
    base.set(Column::Date, "");
    rows.push(PlainRow {
        row: base,
        kinds: Kinds {
            involvement: true,
            ..Kinds::default()
        },
    });
    rows
}

fn said_entry<'a>(
    base: &Row<'a>,
    place: &'a Place,
    (name, said, is_date): (&'static str, &'a str, bool),
) -> Row<'a> {
    let mut row = Row::blank(place, base.number);
    row.set(Column::RecordId, base.owned(Column::RecordId));
    row.set(Column::Category, name);
    if is_date {
        row.set(Column::Date, said);
        row.set(Column::Text, name);
        row.set(
            Column::Kind,
            if name == "Most recent interaction" {
                "contact"
            } else {
                ""
            },
        );
    } else {
        row.set(Column::Text, format!("{name}: {said}"));
    }
    row
}

/// `AdultSocialCare` as words: `Adult Social Care`.
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before_was_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && before_was_lower {
            words.push(' ');
        }
        before_was_lower = c.is_lowercase();
        words.push(c);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(header: &str) -> Option<Part> {
        Part::of_header(&header.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn files_are_recognised_by_their_headers() {
        for (header, wanted) in [
            (
                "id, firstName, lastName, dateOfBirth, gender, address",
                Some(Part::Person),
            ),
            (
                "personId, policeArea, contactName, contactPhone",
                Some(Part::Police),
            ),
            (
                "personId, dateOfOffence, typeOfOffence, natureOfInvolvement",
                Some(Part::Offence),
            ),
            (
                "personId,serviceInvolvement,schoolName,admissionType",
                Some(Part::Service("school")),
            ),
            (
                "Id, DataSource, Title, Last Synchronised",
                Some(Part::Sources),
            ),
            ("personId,date,text", None),
        ] {
            assert_eq!(part(header), wanted, "{header}");
        }
    }

    #[test]
    fn a_source_in_one_word_is_an_agency() {
        assert_eq!(
            AgencyId::new(&spaced("AdultSocialCare")).as_str(),
            "adult-social-care"
        );
    }
}
