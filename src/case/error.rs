//! What is told when a case file could not be made, opened or written.

/// Why something could not be done with a case. Says what, where and what to do; never what the file holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// There is nothing at this path.
    #[error("{0}: there is no such file\n  hint: casepicture new CASE makes an empty case")]
    Missing(String),
    /// A new case may not take the place of a file.
    #[error("{0}: the file exists\n  hint: choose another name for the new case")]
    Exists(String),
    /// The passphrase does not open it, or it was changed or cut. No more is told, since more would help whoever guesses.
    #[error(
        "{0}: wrong passphrase, or the file is damaged\n  hint: type it again; if it is right, take the last copy of the file"
    )]
    Sealed(String),
    /// Another process has it open.
    #[error(
        "{0}: the case is open in another window or by another user\n  hint: close it there first"
    )]
    Busy(String),
    /// Others than its owner may read or write it.
    #[error(
        "{path}: its mode is {mode:03o}, so others than you may open it\n  hint: chmod 600 the file, then try again"
    )]
    Mode {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// It was written by a newer program.
    #[error(
        "{path}: this case is of format {found}, and this program knows up to {known}\n  hint: use the newer program; the file was not touched"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its format.
        found: u32,
        /// The newest format known.
        known: u32,
    },
    /// It cannot be read or written: the disk is full, the folder is read-only, the medium fails.
    #[error("{path}: {reason}\n  hint: {hint}; the case is as it was before")]
    Io {
        /// The file.
        path: String,
        /// Why, in plain words.
        reason: String,
        /// What to do.
        hint: String,
    },
    /// The disk failed at the one moment at which it cannot be told whether a change was kept.
    #[error(
        "{0}: the disk failed in the middle of writing, so it is not known whether the last change was kept\n  hint: leave, and open the case again; it holds that change as a whole or not at all"
    )]
    Lost(String),
    /// A passphrase that cannot be used.
    #[error("{0}\n  hint: choose several words that you do not use elsewhere")]
    Passphrase(String),
    /// The exports cannot be used.
    #[error("{0}")]
    Exports(String),
    /// What was asked for is not in the case.
    #[error("{problem}\n  hint: {hint}")]
    Unknown {
        /// What is not there.
        problem: String,
        /// What to do.
        hint: String,
    },
    /// A case that is kept in memory has no such thing.
    #[error(
        "this case is in memory only, so there is no {0}\n  hint: casepicture new CASE makes a case file"
    )]
    InMemory(&'static str),
}
