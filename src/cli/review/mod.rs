//! `casepicture review`: what is open in a case as plain questions, one answer a line; for screen readers, slow links, pipes.

mod agreement;
mod asking;
mod question;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::by::{By, hand, now};
use super::failure::Failure;
use super::kept;
use super::output::say;
use super::passphrase::Secret;
use super::source::{LimitArgs, shown};
use crate::case::reading::Agreement;
use crate::case::{OpenCase, Step};
use asking::{Asking, Ended};

pub use asking::line;

/// Arguments of `review`.
#[derive(Debug, Clone, Args)]
pub struct Review {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Read a second time: ask what others answered and what is open, without showing their answers
    #[arg(long)]
    blind: bool,
    /// Print how far the two readers agree, put what they answered differently to the question again, and stop
    #[arg(long, conflicts_with = "blind")]
    agreement: bool,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Asks what is open.
///
/// # Errors
/// When the case cannot be opened, or an answer not read or kept.
pub fn run(args: &Review) -> Result<u8, Failure> {
    let by = args.by.decider()?;
    let mut case = kept::open(&args.case, &args.secret, &args.limits.limits())?;
    if args.agreement {
        return compare(&mut case, &by, args).map(|()| DONE);
    }
    let (mut answers, mut out) = (io::stdin().lock(), io::stdout().lock());
    let mut asking = Asking {
        case: &mut case,
        by: &by,
        now,
        answers: &mut answers,
        out: &mut out,
    };
    let ended = if args.blind {
        asking.blind()?
    } else {
        asking.plain()?
    };
    let words = words(ended);
    writeln!(out, "\n{words}")
        .and_then(|()| out.flush())
        .map_err(|fault| Failure::of_write("the questions", &fault))?;
    drop(out);
    if args.blind {
        if ended.open == 0 {
            compare(&mut case, &by, args)?;
        } else {
            say(
                "Go on with review --blind, or see with review --agreement how far the two readers agree.",
            )?;
        }
    }
    Ok(DONE)
}

fn words(ended: Ended) -> String {
    let answered = match ended.answered {
        0 => "Nothing was answered".to_owned(),
        1 => "1 answer is kept".to_owned(),
        more => format!("{more} answers are kept"),
    };
    let open = match ended.open {
        0 => "nothing is open".to_owned(),
        1 => "1 question is open".to_owned(),
        more => format!("{more} questions are open"),
    };
    format!("{answered}; {open}.")
}

/// Prints how far two readers agree, and puts what they answered differently to the question again.
fn compare(case: &mut OpenCase, by: &str, args: &Review) -> Result<(), Failure> {
    let agreement = Agreement::of(&case.case().decisions);
    say(&agreement::lines(&agreement).join("\n"))?;
    let questions = agreement.questions();
    if questions.is_empty() {
        return Ok(());
    }
    let count = questions.len();
    let step = Step {
        verdicts: questions.into_iter().map(|one| (one, Vec::new())).collect(),
        why: "two readers answered differently".to_owned(),
    };
    case.decide(step, hand(by))
        .map_err(|fault| Failure::told(&fault.to_string()))?;
    say(&format!(
        "{} again: casepicture review {}",
        if count == 1 {
            "1 pair is a question".to_owned()
        } else {
            format!("{count} pairs are questions")
        },
        shown(&args.case)
    ))
}
