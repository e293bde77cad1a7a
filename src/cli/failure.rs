//! What is told when a command could not do its work.

use std::io;

/// Why a command stopped: what happened and where, and what to do. Exit code 2.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It could not be done.
    #[error("{problem}\n  hint: {hint}")]
    Could {
        /// What happened, and where.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// Whoever read the output has closed the pipe: nothing to tell, exit code 0.
    #[error("the output was closed")]
    ClosedPipe,
    /// The user stopped it: nothing was written. The exit code is that of the signal.
    #[error("stopped: nothing was written")]
    Stopped(u8),
}

impl Failure {
    /// A failure with its hint.
    pub fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Could {
            problem: problem.into(),
            hint: hint.into(),
        }
    }

    /// A failure that a room has told in its own words, the hint on a line of its own.
    pub fn told(text: &str) -> Self {
        let (problem, hint) = text
            .split_once("\n  hint: ")
            .unwrap_or((text, "casepicture --help says more"));
        Self::new(problem, hint)
    }

    /// What an output that cannot be written means.
    pub fn of_write(what: &str, fault: &io::Error) -> Self {
        if fault.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::new(
            format!("{what} cannot be written: {fault}"),
            "check that the folder exists, is yours and has room, or choose another",
        )
    }
}
