//! Messages: what happened. Effects: what is to be done outside the screen.

use std::path::PathBuf;
use std::sync::Arc;

use std::time::Duration;

use super::action::Action;
use super::adding::{News, Order};
use super::index::Index;
use super::keymap::Key;
use super::lock::Cause;
use super::log::Log;
use super::mouse::Mouse;
use super::pack::{Ask, Outline};
use super::pack_out::NotWritten;
use super::viewing::ViewAs;
use crate::case::audit::Event;
use crate::case::{Draft, Passphrase};
use crate::model::date::Day;
use crate::model::decision::Verdict;
use crate::model::id::FactId;
use crate::picture::{Picture, Since};

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
    /// The case is open: whether decisions outlive the session, what is decided, and texts that were being typed when it was
    /// last left.
    Opened {
        /// Whether decisions outlive the session.
        is_kept: bool,
        /// What is decided.
        held: Held,
        /// Texts that were being typed.
        drafts: Vec<Draft>,
    },
    /// Decisions are written.
    Decided(Then, Held, Since),
    /// Decisions were taken back or done again, in words.
    Turned(String, Held, Since),
    /// Decisions could not be written: everything stands as before.
    NotWritten(String),
    /// The screen is to be locked.
    Lock(Cause),
    /// A passphrase was tried: the number of the job, and whether it is the right one, or why it could not be tried.
    Tried(u64, Result<bool, String>),
    /// Something to tell in the status line.
    Note(String),
    /// The day that it is.
    Today(Day),
    /// The pack is laid out, or why it cannot be: the number of the job.
    PackReady(u64, Result<Arc<Outline>, String>),
    /// The pack is written, or why it is not.
    PackWritten(Result<(), NotWritten>),
    /// The log of the case is read, or why it cannot be.
    LogRead(Result<Log, String>),
    /// An answer to the wizard that adds a file.
    Adding(News),
    /// The mouse was used.
    Mouse(Mouse),
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
    /// How long it has taken.
    pub taken: Duration,
    /// How much longer it may take; `None` where nobody can say.
    pub left: Option<Duration>,
}

/// What is decided in a case, as far as keys depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// How many decisions stand.
    pub decided: usize,
    /// Whether a step can be taken back.
    pub can_undo: bool,
    /// Whether a step that was taken back can be done again.
    pub can_redo: bool,
}

/// What the screen shows once decisions are written, and not before.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Then {
    /// What the status line says.
    pub said: String,
    /// Facts that are relied on from now on, or no longer: shown until the picture is computed.
    pub marks: Vec<(FactId, bool)>,
}

/// What is to be done outside; the loop carries it out and answers with a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Decide these together.
    Decide {
        /// What was decided.
        verdicts: Vec<Verdict>,
        /// Why.
        why: String,
        /// What is shown when it is written.
        then: Then,
    },
    /// Decide this, which rests on these lines.
    DecideOn {
        /// What was decided.
        verdict: Verdict,
        /// What it rests on, a line each.
        evidence: Vec<String>,
        /// Why.
        why: String,
        /// What is shown when it is written.
        then: Then,
    },
    /// From now on this analyst decides.
    Name(String),
    /// Take back the last step of decisions.
    Undo,
    /// Do again the step that was taken back last.
    Redo,
    /// Compute the picture as this job.
    Compute {
        /// The number of the job.
        job: u64,
        /// How much of it the newest decisions change.
        since: Since,
    },
    /// Wipe the terminal, so that nothing of what was drawn stays.
    Wipe,
    /// Try a passphrase as this job, after a wait.
    Unlock {
        /// The number of the job.
        job: u64,
        /// What was typed.
        passphrase: Passphrase,
        /// How long to wait first.
        wait: Duration,
    },
    /// Add a line to the log of the case.
    Log(Event),
    /// Search facts as this job.
    Filter {
        /// The number of the job.
        job: u64,
        /// What is searched for.
        query: String,
        /// The facts to search among.
        among: Arc<Vec<usize>>,
        /// The facts to search among when nothing is found there.
        or_else: Arc<Vec<usize>>,
        /// The picture they belong to.
        picture: Arc<Picture>,
    },
    /// From now on pictures are shown as somebody may see them, or whole again.
    ViewAs(Option<ViewAs>),
    /// Lay out a pack as this job.
    LayOut {
        /// The number of the job.
        job: u64,
        /// Which pack.
        ask: Ask,
    },
    /// Write a pack to a file.
    WritePack {
        /// Which pack.
        ask: Ask,
        /// The file.
        path: PathBuf,
        /// Whether what is there is written over.
        is_forced: bool,
    },
    /// Read the log of the case, and hold it against the case.
    ReadLog {
        /// Whether it is held against the case.
        is_verified: bool,
    },
    /// Stop the search that runs.
    StopFilter,
    /// Give the terminal back and stop until the shell goes on.
    Suspend,
    /// Something that the wizard for a file asks of its desk.
    Adding(Order),
    /// Use the mouse from now on, or leave it to the terminal.
    Mouse(bool),
    /// End.
    Quit,
}
