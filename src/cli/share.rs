//! `casepicture share`: the share-or-not questions about one fact, request or consultation, one answer a line, and the record
//! of what was decided.

mod course;
mod subject;

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::by::{By, hand, now};
use super::failure::Failure;
use super::kept::{self, told};
use super::output::say;
use super::passphrase::Secret;
use super::source::LimitArgs;
use crate::case::{OpenCase, Step};
use crate::model::date::Day;
use crate::model::decision::{Decision, ShareRecord, Verdict, standing};
use crate::model::settings::Settings;
use crate::picture::Picture;
use crate::sharing::flow::{End, Flow, Thing, missing};
use course::{Course, Ended};

/// Arguments of `share`.
#[derive(Debug, Clone, Args)]
pub struct Share {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// An entry (AGENCY:ID) or a fact id; may be given several times
    #[arg(long, value_name = "ENTRY")]
    entry: Vec<String>,
    /// A request, by its id
    #[arg(long, value_name = "ID", conflicts_with = "entry")]
    request: Option<String>,
    /// A consultation, by its id
    #[arg(long, value_name = "ID", conflicts_with_all = ["entry", "request"])]
    consultation: Option<String>,
    /// For whom: an agency id, an agency kind, family, or somebody else in words [default: the agency of the request or consultation]
    #[arg(long, value_name = "WHO")]
    recipient: Option<String>,
    /// For what: universal, early-help, s17, s47, conference, court, crime
    #[arg(long, value_name = "PURPOSE")]
    purpose: Option<String>,
    /// The day on which it is decided [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Day>,
    /// Print the decisions to share or not that stand, with what is missing from each record, and stop
    #[arg(long, conflicts_with_all = ["entry", "request", "consultation", "recipient"])]
    list: bool,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Asks whether something is shared, and keeps what is decided.
///
/// # Errors
/// When the case cannot be opened, nothing or nobody is named, or an answer cannot be read or kept.
pub fn run(args: &Share) -> Result<u8, Failure> {
    let by = if args.list {
        args.by.or_unnamed()?
    } else {
        args.by.decider()?
    };
    let mut case = kept::open(&args.case, &args.secret, &args.limits.limits())?;
    if args.list {
        say(&listed(&case.case().decisions).join("\n"))?;
        return Ok(DONE);
    }
    let settings = Settings::of_config(&case.case().supplied.config);
    let picture =
        Picture::of(case.case(), &settings).map_err(|fault| Failure::told(&fault.to_string()))?;
    let subject = subject::of(args, &picture, &by)?;
    let mut flow = Flow::new(subject, &picture.vocabulary);
    let (mut answers, mut out) = (io::stdin().lock(), io::stdout().lock());
    let ended = Course {
        answers: &mut answers,
        out: &mut out,
    }
    .run(&mut flow)?;
    drop((answers, out));
    match ended {
        Ended::Quit => say("\nNothing was decided, and nothing was kept.")?,
        Ended::At(end) => keep(&mut case, &flow, end, &by)?,
    }
    Ok(DONE)
}

/// Keeps the decision, if there is one, and says what was kept and what is missing.
fn keep(case: &mut OpenCase, flow: &Flow<'_>, end: End, by: &str) -> Result<(), Failure> {
    say(&format!("\n{}", end.sentence()))?;
    let Some(record) = flow.record() else {
        return say("Nothing was kept.");
    };
    say(&words_of(&record).join("\n"))?;
    let step = Step {
        verdicts: vec![(Verdict::Shared(Box::new(record)), flow.evidence())],
        why: end.sentence().to_owned(),
    };
    case.decide(step, hand(by)).map_err(|fault| told(&fault))?;
    say("The record is kept.")
}

/// A record, a line each of its nine things, and which of them are missing.
fn words_of(record: &ShareRecord) -> Vec<String> {
    let mut lines: Vec<String> = Thing::ALL
        .into_iter()
        .map(|thing| match thing.of(record).trim() {
            "" => format!("  {}: not recorded", thing.phrase()),
            words => format!("  {}: {words}", thing.phrase()),
        })
        .collect();
    let missing: Vec<&str> = missing(record).into_iter().map(Thing::phrase).collect();
    lines.push(match missing.as_slice() {
        [] => "The record holds all nine things that it needs.".to_owned(),
        missing => format!("Missing from the record: {}.", missing.join("; ")),
    });
    lines
}

/// The decisions to share or not that stand.
fn listed(decisions: &[Decision]) -> Vec<String> {
    let mut lines = Vec::new();
    for decision in standing(decisions) {
        if let Verdict::Shared(record) = &decision.verdict {
            let decided = if record.is_shared {
                "shared"
            } else {
                "decided not to share"
            };
            let entries: Vec<&str> = record
                .entries
                .iter()
                .map(crate::model::id::EntryId::as_str)
                .collect();
            lines.push(format!(
                "{} {decided} {}",
                decision.number,
                entries.join(" ")
            ));
            lines.extend(words_of(record));
        }
    }
    if lines.is_empty() {
        lines.push("Nothing was shared or kept back by a decision in this case.".to_owned());
    }
    lines
}

/// The day that it is.
fn today() -> Day {
    chrono::DateTime::from_timestamp(now(), 0).map_or_else(Day::default, |time| time.date_naive())
}
