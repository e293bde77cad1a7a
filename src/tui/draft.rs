//! What a text that is being typed would become, so that it can be kept when the line goes dead and offered again.

use serde::{Deserialize, Serialize};

use crate::case::Draft;
use crate::model::decision::About;
use crate::model::id::EntryId;

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
    /// A text of this as it is kept in the case.
    pub fn draft(&self, text: &str) -> Draft {
        Draft {
            // what cannot be written down is offered as a note on the case
            place: serde_json::to_string(self).unwrap_or_default(),
            text: text.to_owned(),
        }
    }

    /// What a text that was kept would become: a note on the case where that cannot be told.
    pub fn of(draft: &Draft) -> Self {
        serde_json::from_str(&draft.place).unwrap_or(Self::Note(About::Case))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_anything_else_is_a_note_on_the_case() {
        let entry = EntryId::read("gp:E1", &crate::model::id::AgencyId::new("gp"));
        for of in [
            DraftOf::Reason("f1".into()),
            DraftOf::Note(About::Entry(entry.clone())),
            DraftOf::Conclusion(entry),
        ] {
            assert_eq!(DraftOf::of(&of.draft("half")), of);
        }
        let unknown = Draft {
            place: "elsewhere".into(),
            text: "half".into(),
        };
        assert_eq!(DraftOf::of(&unknown), DraftOf::Note(About::Case));
    }
}
