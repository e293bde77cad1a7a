//! The log of a case as the screen shows it: read, and held against the case, beside the drawing thread.

use std::sync::Arc;

use super::decided::time;
use super::worker::told;
use crate::case::audit::{Event, Line};
use crate::case::{OpenCase, words};

/// Where the log of the case stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    /// Its lines, the newest first.
    pub lines: Arc<Vec<LogLine>>,
    /// What came of holding it against the case, a sentence or a finding a line; empty before that was asked for.
    pub verified: Vec<String>,
    /// Whether the lines are those that the case has now.
    pub is_read: bool,
    /// Whether it is being read, and whether it is held against the case as well.
    pub reading: Option<bool>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Its number.
    pub number: u64,
    /// When.
    pub when: String,
    /// By whom.
    pub by: String,
    /// What happened.
    pub event: &'static str,
    /// What is known of it.
    pub detail: String,
    /// The fact that was seen, where it says that one was.
    pub fact: Option<String>,
    /// The program's version.
    pub version: String,
    /// Its hash.
    pub hash: String,
}

/// Reads the log, and holds it against the case where that is asked for.
///
/// # Errors
/// In words, why it cannot be read.
pub fn read(case: &OpenCase, is_verified: bool) -> Result<Log, String> {
    let lines = case.audit().map_err(|problem| told(&problem))?;
    let verified = if is_verified {
        let found = case.verify(None).map_err(|problem| told(&problem))?;
        let all = lines.len();
        if found.is_empty() {
            vec![format!(
                "The log of {all} lines agrees with itself and with the case. Whether its end was cut off is only seen against a head that was kept elsewhere: casepicture audit CASE --head FILE."
            )]
        } else {
            found.iter().map(ToString::to_string).collect()
        }
    } else {
        Vec::new()
    };
    Ok(Log {
        lines: Arc::new(lines.iter().rev().map(line).collect()),
        verified,
        is_read: true,
        reading: None,
    })
}

fn line(line: &Line) -> LogLine {
    let (event, detail) = words::event(&line.event);
    LogLine {
        number: line.number,
        when: time(line.at),
        by: line.by.clone(),
        event,
        detail,
        fact: match &line.event {
            Event::SawWithheld { fact } => Some(fact.clone()),
            _ => None,
        },
        version: line.version.clone(),
        hash: line.hash.clone(),
    }
}
