//! One line that is typed for something other than a fact: the question of a request, the day on which an answer is due, the
//! reason of a refusal, the name of a file.

use crate::model::id::{AgencyId, RecordId};
use crate::model::words::RequestResult;

/// A line that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub struct OneLine {
    /// What it becomes.
    pub of: Filling,
    /// What is typed.
    pub text: String,
}

/// What a line becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Filling {
    /// The question of a request.
    Question(Asking),
    /// By when its answer is due; may be left blank.
    Due(Asking),
    /// Why an agency keeps what it was asked for.
    Reason(String, RequestResult),
    /// The file that the pack is written to.
    PackFile,
}

/// A request as far as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Whom.
    pub agency: AgencyId,
    /// About whom.
    pub records: Vec<RecordId>,
    /// The question.
    pub question: String,
}

impl Filling {
    /// What is asked, over the line.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Question(_) => " What is asked? It leaves the house as it stands here ",
            Self::Due(_) => " By when is an answer due? Nothing typed: no day ",
            Self::Reason(..) => " Why is it withheld, in the agency's words? ",
            Self::PackFile => " Which file? .html for a browser and paper, .txt for plain text ",
        }
    }

    /// What it is about.
    pub fn about(&self) -> String {
        match self {
            Self::Question(asking) => format!("To {}.", asking.agency),
            Self::Due(asking) => format!(
                "To {}: {} Write the day as 2026-03-01.",
                asking.agency, asking.question
            ),
            Self::Reason(id, _) => format!("Request {id}."),
            Self::PackFile => {
                "The file is readable by you alone. A file that is there is not written over without a question.".to_owned()
            }
        }
    }
}
