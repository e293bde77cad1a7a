//! The log of a case: a chain of hashes over every import, decision, view of withheld facts, export and failed unlock.
//!
//! It holds no personal text: ids made from content, numbers, digests, agencies, and who did it.

use serde::{Deserialize, Serialize};

use crate::model::id::DecisionId;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Event {
    /// The case was made.
    Created,
    /// Exports were imported.
    Imported {
        /// The number of the import.
        import: u32,
        /// For each file kept: the digest of its salted bytes.
        files: Vec<String>,
    },
    /// Something was decided: for each decision its id and the digest of its salted content.
    Decided {
        /// The decisions.
        decisions: Vec<(DecisionId, String)>,
    },
    /// Decisions were brought from another copy of the case.
    Brought {
        /// The decisions, as for [`Event::Decided`].
        decisions: Vec<(DecisionId, String)>,
        /// The head of the other copy's log.
        head: String,
    },
    /// Somebody looked at a fact that the recipient in force may not see.
    SawWithheld {
        /// The fact's id, which is made from a digest.
        fact: String,
    },
    /// A table, copy or pack was written.
    Exported {
        /// Which: `timeline`, `build`, `pack` …
        table: String,
        /// For whom: an agency id, an agency kind, `family`, or `partnership`.
        recipient: String,
        /// For what, or blank.
        purpose: String,
        /// How many rows.
        rows: u64,
        /// SHA-256 of what was written.
        sha256: String,
    },
    /// A wrong passphrase was typed at the lock.
    FailedUnlock {
        /// How often since the last line.
        times: u32,
    },
    /// The passphrase was changed.
    PassphraseChanged,
    /// What is known of a person was erased.
    Erased {
        /// Decisions that are gone.
        decisions: Vec<DecisionId>,
        /// For each file that was cut, or is gone: its digest in the log before, and after (blank when it is gone).
        files: Vec<(String, String)>,
    },
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// When, as seconds since 1970 (UTC).
    pub at: i64,
    /// By whom.
    pub by: String,
    /// What happened.
    pub event: Event,
    /// The program's version.
    pub version: String,
    /// The hash of this line and, through the one before it, of all before it, in hex.
    pub hash: String,
}
