//! Texts that were being typed when the line went dead: kept in the case, and offered again when it is next opened.

use serde::{Deserialize, Serialize};

use crate::model::decision::About;
use crate::model::id::EntryId;

/// A text that is not decided yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What it would become.
    pub of: DraftOf,
    /// What was typed so far.
    pub text: String,
}

/// What a text that is being typed would become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftOf {
    /// The reason of a flag, by its id.
    Reason(String),
    /// A note.
    Note(About),
    /// The conclusion that relies on an entry.
    Conclusion(EntryId),
}

impl DraftOf {
    /// The id of what it is about, as it is printed; blank for the case as a whole.
    pub fn id(&self) -> &str {
        match self {
            Self::Reason(flag) => flag,
            Self::Note(About::Entry(entry)) | Self::Conclusion(entry) => entry.as_str(),
            Self::Note(About::Record(record)) => record.as_str(),
            Self::Note(About::Case) => "",
        }
    }
}
