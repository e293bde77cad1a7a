//! Messages: what happened. Effects: what is to be done outside the screen.

use std::sync::Arc;

use super::action::Action;
use super::index::Index;
use super::keymap::Key;
use crate::model::decision::Verdict;
use crate::picture::Picture;

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// Something was chosen by name.
    Do(Action),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// Time passed while a job runs.
    Tick,
    /// Reading the case has come so far.
    Progress(Progress),
    /// A picture is there: the number of the job, and the picture with what is looked up in it.
    PictureReady(u64, Arc<Picture>, Arc<Index>),
    /// A job failed: its number and what to tell.
    Failed(u64, String),
    /// A filter is done: the number of the job, and positions in the list that match.
    Filtered(u64, Vec<usize>),
    /// Decisions were taken back, in words; none stood when it is empty.
    Undone(String),
    /// Something to tell in the status line.
    Note(String),
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// What is being done: "reading police/incidents.csv".
    pub stage: String,
    /// How much is done …
    pub done: u64,
    /// … of how much; 0 where that is not known.
    pub total: u64,
}

/// What is to be done outside; the loop carries it out and answers with a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Decide these together, and compute the picture as this job.
    Decide {
        /// The number of the job.
        job: u64,
        /// What was decided.
        verdicts: Vec<Verdict>,
        /// Why.
        why: String,
    },
    /// From now on this analyst decides.
    Name(String),
    /// Take back the last step of decisions, and compute the picture as this job.
    Undo {
        /// The number of the job.
        job: u64,
    },
    /// Compute the picture as this job.
    Again {
        /// The number of the job.
        job: u64,
    },
    /// Search facts as this job.
    Filter {
        /// The number of the job.
        job: u64,
        /// What is searched for.
        query: String,
        /// The facts to search among.
        among: Arc<Vec<usize>>,
        /// The picture they belong to.
        picture: Arc<Picture>,
    },
    /// Stop the search that runs.
    StopFilter,
    /// Give the terminal back and stop until the shell goes on.
    Suspend,
    /// End.
    Quit,
}
