//! A record: one agency's description of one individual.

use super::date::When;
use super::id::RecordId;
use super::identifier::Identifier;
use super::phrase::Coded;
use super::source::RowRef;
use super::words::{Role, Sex};

/// One agency's description of one individual, as supplied. Empty texts are unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The agency and its own id for the individual.
    pub id: RecordId,
    /// The rows that describe the individual, sorted.
    pub rows: Vec<RowRef>,
    /// Given name or names as supplied in their column, or split off a full name.
    pub given_name: String,
    /// Middle names.
    pub middle_names: String,
    /// Family name.
    pub family_name: String,
    /// Full name as supplied, when there was such a column.
    pub full_name: String,
    /// Other, former or preferred names, one each; a whole name or a single part.
    pub other_names: Vec<String>,
    /// Title as supplied.
    pub title: String,
    /// Date of birth.
    pub birth: When,
    /// Date of death.
    pub death: When,
    /// Expected date, for an unborn child.
    pub expected: When,
    /// Sex as recorded.
    pub sex: Coded<Sex>,
    /// Roles as recorded; several when rows differ.
    pub roles: Vec<Coded<Role>>,
    /// Address as supplied.
    pub address: String,
    /// Postcode as supplied.
    pub postcode: String,
    /// Unique property reference number, without leading zeros.
    pub uprn: String,
    /// Telephone numbers as supplied.
    pub phones: Vec<String>,
    /// E-mail addresses as supplied.
    pub emails: Vec<String>,
    /// NHS number, UPN and the like, with what their check digits say.
    pub identifiers: Vec<Identifier>,
    /// The agency's own id for the household.
    pub household_id: String,
    /// Whether the address must not be shown to those it is hidden from.
    pub protected_address: bool,
    /// Whether a row describes the individual. False: an entry only names the id.
    pub described: bool,
}

impl Record {
    /// A record of which only the id is known.
    pub fn named_only(id: RecordId) -> Self {
        Self {
            id,
            rows: Vec::new(),
            given_name: String::new(),
            middle_names: String::new(),
            family_name: String::new(),
            full_name: String::new(),
            other_names: Vec::new(),
            title: String::new(),
            birth: When::default(),
            death: When::default(),
            expected: When::default(),
            sex: Coded::Blank,
            roles: Vec::new(),
            address: String::new(),
            postcode: String::new(),
            uprn: String::new(),
            phones: Vec::new(),
            emails: Vec::new(),
            identifiers: Vec::new(),
            household_id: String::new(),
            protected_address: false,
            described: false,
        }
    }

    /// The name to show: the parts in order, else the full name, else empty.
    pub fn name(&self) -> String {
        let parts: Vec<&str> = [&self.given_name, &self.middle_names, &self.family_name]
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            self.full_name.trim().to_owned()
        } else {
            parts.join(" ")
        }
    }

    /// Whether one of the roles is this one.
    pub fn has_role(&self, role: Role) -> bool {
        self.roles.iter().any(|r| r.is(role))
    }
}
