//! The log of a case: a chain of hashes over every import, decision, view of withheld facts, export and failed unlock.
//!
//! It holds no personal text: ids made from content, numbers, digests, agencies, and who did it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
        /// Likewise for each file that a newer one replaced.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        replaced: Vec<String>,
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
        /// Decisions that say less than before, with the digest of what is left.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changed: Vec<(DecisionId, String)>,
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

/// The hash of a line: over the hash of the line before it (blank for the first) and the line as JSON without its own.
pub fn chained(before: &str, content: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update("\n");
    digest.update(content);
    hex(&digest.finalize())
}

/// Bytes in hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// The end of the log at some time, to be kept elsewhere: a log that was cut or written anew does not lead to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The number of the last line.
    pub number: u64,
    /// Its hash.
    pub hash: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "casepicture-head 1 {} {}", self.number, self.hash)
    }
}

impl FromStr for Head {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let ["casepicture-head", "1", number, hash] = words.as_slice() else {
            return Err(NoHead);
        };
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        match number.parse() {
            Ok(number) if is_hash => Ok(Self {
                number,
                hash: hash.to_lowercase(),
            }),
            _ => Err(NoHead),
        }
    }
}

/// A text that is no head of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no head of a log\n  hint: it is one line: casepicture-head 1 NUMBER HASH")]
pub struct NoHead;

/// Something in the case that does not agree with its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line of the log that it is about, if it is about one.
    pub line: Option<u64>,
    /// What does not agree, in a sentence. It holds no personal text.
    pub problem: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.problem),
            None => f.write_str(&self.problem),
        }
    }
}
