//! Texts that were being typed when the line went dead: kept in the case, and offered again when it is next opened.

use serde::{Deserialize, Serialize};

use crate::model::decision::About;
use crate::model::id::EntryId;
use crate::sharing::flow::Subject;

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
    /// The record of share or not: what is to be shared or not and with whom, and the answers so far. The text is the next one.
    Share(Box<Subject>, Vec<String>),
}

impl Draft {
    /// Everything that was typed or copied into it.
    pub fn words(&self) -> String {
        match &self.of {
            DraftOf::Share(subject, answers) => {
                let barrier = subject.barrier.as_deref().unwrap_or_default();
                let of_subject = [&subject.about, &subject.recipient, barrier];
                let answers = answers.iter().map(String::as_str);
                let words = of_subject.into_iter().chain(answers).chain([&*self.text]);
                words.collect::<Vec<_>>().join("\n")
            }
            _ => self.text.clone(),
        }
    }
}

impl DraftOf {
    /// The ids of what it is about, as they are printed; none for the case as a whole.
    pub fn ids(&self) -> Vec<&str> {
        match self {
            Self::Reason(flag) => vec![flag],
            Self::Note(About::Entry(entry)) | Self::Conclusion(entry) => vec![entry.as_str()],
            Self::Note(About::Record(record)) => vec![record.as_str()],
            Self::Note(About::Case) => Vec::new(),
            Self::Share(subject, _) => subject.entries.iter().map(EntryId::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::AgencyId;

    #[test]
    fn half_a_record_of_sharing_tells_all_that_it_is_about() {
        let subject = Subject {
            entries: vec![
                EntryId::new(&AgencyId::new("gp"), "E1"),
                EntryId::new(&AgencyId::new("police"), "E2"),
            ],
            about: "Ada was seen.".into(),
            recipient: "school".into(),
            barrier: None,
            on: "2026-03-01".parse().unwrap(),
            decided_by: "A. Lyst".into(),
        };
        let draft = Draft {
            of: DraftOf::Share(Box::new(subject), vec!["yes".into(), "Ada's sister".into()]),
            text: "she".into(),
        };
        assert_eq!(draft.of.ids(), ["gp:E1", "police:E2"]);
        for word in ["Ada was seen.", "school", "Ada's sister", "she"] {
            assert!(draft.words().contains(word), "{word}");
        }
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
