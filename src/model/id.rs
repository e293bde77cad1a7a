//! The ids of agencies, records, entries, persons, facts and conclusions: a type each, so that none passes for another.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! plain_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes the id as it is to be printed.
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }

            /// Gives the id as it is printed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

plain_id!(
    /// A person's id, made from the smallest of the person's record ids.
    PersonId
);
plain_id!(
    /// A fact's id, made from the smallest of the fact's entry ids.
    FactId
);
plain_id!(
    /// A conclusion's id, as the citations name it.
    ConclusionId
);
plain_id!(
    /// A decision's id: the same in every copy of a case, so that copies can be brought together.
    DecisionId
);

/// An agency's id: lower case words joined by `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AgencyId(Arc<str>);

impl AgencyId {
    /// Makes an id of any name: `Health Visiting/` becomes `health-visiting`. A name without a letter or digit gives `agency`.
    pub fn new(name: &str) -> Self {
        let mut id = String::with_capacity(name.len());
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                id.push(c);
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        let id = id.trim_end_matches('-');
        Self(Arc::from(if id.is_empty() { "agency" } else { id }))
    }

    /// Gives the id as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// An id that is unique only inside one agency, printed `agency:local`. Ordered by the bytes of what is printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
struct Qualified {
    text: Arc<str>,
    agency: AgencyId,
}

macro_rules! qualified_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(Qualified);

        impl $name {
            /// Joins an agency and the id that it uses itself.
            pub fn new(agency: &AgencyId, local: &str) -> Self {
                Self(Qualified { text: Arc::from(format!("{agency}:{local}")), agency: agency.clone() })
            }

            /// Reads `agency:local`; a text without a colon is an id of `supplier`.
            pub fn read(text: &str, supplier: &AgencyId) -> Self {
                match text.split_once(':') {
                    Some((agency, local)) if !agency.trim().is_empty() => Self::new(&AgencyId::new(agency), local.trim()),
                    _ => Self::new(supplier, text.trim()),
                }
            }

            /// The agency in which the id is unique.
            pub fn agency(&self) -> &AgencyId {
                &self.0.agency
            }

            /// The id that the agency uses itself.
            pub fn local(&self) -> &str {
                self.0.text.get(self.0.agency.as_str().len() + 1..).unwrap_or("")
            }

            /// Gives `agency:local`.
            pub fn as_str(&self) -> &str {
                &self.0.text
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0.text)
            }
        }
    };
}

qualified_id!(
    /// One agency's description of one individual.
    RecordId
);
qualified_id!(
    /// One line of an agency's chronology.
    EntryId
);

/// Gives the first `digits` hex digits of the SHA-256 of `text`: how ids are made from content, the same everywhere.
pub fn short_hash(text: &str, digits: usize) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // writing to a string cannot fail
        let _ = write!(hex, "{byte:02x}");
    }
    hex.truncate(digits);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_name_becomes_an_agency_id() {
        for (name, id) in [
            ("Health Visiting", "health-visiting"),
            ("social_care", "social-care"),
            ("GP", "gp"),
            ("--", "agency"),
        ] {
            assert_eq!(AgencyId::new(name).as_str(), id);
        }
    }

    #[test]
    fn qualified_ids_are_ordered_by_what_is_printed() {
        let (gp, gp2) = (AgencyId::new("gp"), AgencyId::new("gp-2"));
        assert!(
            RecordId::new(&gp2, "1") < RecordId::new(&gp, "1"),
            "'-' comes before ':'"
        );
        assert_eq!(RecordId::read("gp-2:a:b", &gp).local(), "a:b");
        assert_eq!(RecordId::read("17", &gp).as_str(), "gp:17");
    }
}
