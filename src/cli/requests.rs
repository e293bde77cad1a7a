//! `casepicture requests`: what was asked of which agency, and what came of it; in a case, also what is asked and answered now.

use clap::Args;

use super::DONE;
use super::by::hand;
use super::failure::Failure;
use super::kept::told;
use super::output::{Format, say};
use super::source::Loaded;
use super::tables::{self, OneTable};
use crate::case::Step;
use crate::model::date::{Day, iso};
use crate::model::decision::{Asked, Verdict};
use crate::model::id::{AgencyId, RecordId};
use crate::model::phrase::{Coded, Phrase};
use crate::model::words::{AgencyKind, RequestResult};
use crate::picture::Picture;
use crate::report;

/// Arguments of `requests`.
#[derive(Debug, Clone, Args)]
pub struct Requests {
    #[command(flatten)]
    table: OneTable,
    /// Instead: the questions whose answers could clear what is worth checking, a letter an agency, ready to send
    ///
    /// A letter never tells its reader what another agency said. With --format csv, json or parquet one row a question.
    #[arg(long, conflicts_with_all = ["ask", "answered"])]
    questions: bool,
    /// With --questions: those to this agency alone
    #[arg(long, value_name = "AGENCY", requires = "questions")]
    agency: Option<String>,
    /// Keep in the case that this agency is asked something
    #[arg(long, value_name = "AGENCY", requires = "question", requires = "on")]
    ask: Option<String>,
    /// What is asked
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,
    /// About whom: a record as AGENCY:ID; may be given several times
    #[arg(long, value_name = "RECORD")]
    about: Vec<String>,
    /// By when an answer is due
    #[arg(long, value_name = "YYYY-MM-DD")]
    due: Option<Day>,
    /// Keep in the case how the request of this id was answered
    #[arg(
        long,
        value_name = "ID",
        conflicts_with = "ask",
        requires = "result",
        requires = "on"
    )]
    answered: Option<String>,
    /// How: supplied, none held, withheld, no reply
    #[arg(long, value_name = "RESULT")]
    result: Option<String>,
    /// Why it was withheld, in the agency's words
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// The day on which it was asked or answered
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Day>,
}

/// Prints the requests, or keeps one in the case.
///
/// # Errors
/// When the exports cannot be read, the table cannot be written, or the request cannot be kept.
pub fn run(args: &Requests) -> Result<u8, Failure> {
    if args.questions {
        return print_questions(args);
    }
    if args.ask.is_none() && args.answered.is_none() {
        return tables::run(&args.table, report::tables::requests);
    }
    let by = args.table.by.decider()?;
    let mut loaded: Loaded = args.table.source.ready()?.load(&[])?;
    refuse_folder(&loaded, "requests")?;
    let picture = loaded.picture()?;
    let asked = match (&args.ask, &args.answered) {
        (Some(agency), _) => question(args, agency, &picture)?,
        (None, id) => answer(args, id.as_deref().unwrap_or_default(), &picture)?,
    };
    let kept = format!("kept: request {} to {}", asked.request, asked.agency);
    let step = Step {
        verdicts: vec![(Verdict::Requested(Box::new(asked)), Vec::new())],
        why: String::new(),
    };
    let made = loaded.open.decide(step, hand(&by));
    made.map_err(|fault| told(&fault))?;
    say(&kept)?;
    Ok(DONE)
}

/// Prints the questions to the agencies: as letters, where no other format is asked for.
fn print_questions(args: &Requests) -> Result<u8, Failure> {
    let agency = args.agency.as_deref().map(AgencyId::new);
    let format = args.table.output.format.unwrap_or(Format::Text);
    tables::run_laid_out(&args.table, |view| {
        if let Some(agency) = &agency {
            refuse_unknown(agency, view.picture)?;
        }
        let table = report::tables::questions(view, agency.as_ref());
        let letters = || report::tables::letters(view, agency.as_ref());
        let text = (format == Format::Text).then(letters);
        Ok((table, text))
    })
}

/// Refuses an agency that is neither one of the case nor a kind of agency: a letter may go to the latter.
fn refuse_unknown(agency: &AgencyId, picture: &Picture) -> Result<(), Failure> {
    if picture.supplied.agency(agency).is_some() || AgencyKind::read(agency.as_str()).is_some() {
        return Ok(());
    }
    let agencies = picture.supplied.agencies.iter();
    let known: Vec<&str> = agencies.map(|known| known.id.as_str()).collect();
    Err(Failure::new(
        format!("--agency {agency}: no such agency, and no kind of agency"),
        format!("use one of: {}; or a kind such as school", known.join(", ")),
    ))
}

/// A new request, under an id that no request has yet.
fn question(args: &Requests, agency: &str, picture: &Picture) -> Result<Asked, Failure> {
    let question = args.question.as_deref().unwrap_or_default().trim();
    if question.is_empty() {
        return Err(Failure::new(
            "--question: nothing is asked",
            "say in a sentence what the agency is asked",
        ));
    }
    let requests = &picture.supplied.requests;
    let is_free = |id: &String| !requests.iter().any(|request| request.id == *id);
    let id = (1..=requests.len() + 1).map(|number| format!("hub-{number}"));
    let own = picture.settings.own_agency.as_ref();
    Ok(Asked {
        request: id.into_iter().find(is_free).unwrap_or_default(),
        agency: AgencyId::new(agency).as_str().to_owned(),
        asked_by: own.map_or_else(String::new, |own| own.as_str().to_owned()),
        asked_on: args.on.map_or_else(String::new, iso),
        due_on: args.due.map_or_else(String::new, iso),
        records: records(&args.about, picture)?,
        question: question.to_owned(),
        ..Asked::default()
    })
}

/// A request that is there, with its answer.
fn answer(args: &Requests, id: &str, picture: &Picture) -> Result<Asked, Failure> {
    let result = args.result.as_deref().unwrap_or_default();
    let Some(result) = Coded::<RequestResult>::read(result).known() else {
        let known: Vec<&str> = RequestResult::PHRASES
            .iter()
            .map(|(_, phrase, _)| *phrase)
            .collect();
        return Err(Failure::new(
            format!("--result {result}: this is no way for a request to end"),
            format!("use one of: {}", known.join(", ")),
        ));
    };
    let requests = &picture.supplied.requests;
    let Some(request) = requests.iter().find(|request| request.id == id) else {
        return Err(Failure::new(
            format!("--answered {id}: no request of this case has this id"),
            "casepicture requests CASE lists them",
        ));
    };
    let asked = request.asked_on.start();
    if let Some((on, asked)) = args.on.zip(asked).filter(|(on, asked)| on < asked) {
        return Err(Failure::new(
            format!(
                "--on {}: request {id} was asked on {}, which is later",
                iso(on),
                iso(asked)
            ),
            "check the day on which the answer came",
        ));
    }
    Ok(Asked {
        answered_on: args.on.map_or_else(String::new, iso),
        result: result.phrase().to_owned(),
        reason: args.reason.clone().unwrap_or_default(),
        ..Asked::open(request)
    })
}

/// Refuses a folder of exports where something is to be kept.
///
/// # Errors
/// When it is no case file.
pub fn refuse_folder(loaded: &Loaded, what: &str) -> Result<(), Failure> {
    if loaded.open.is_kept() {
        return Ok(());
    }
    Err(Failure::new(
        format!("a folder of exports keeps no {what}"),
        format!("casepicture new CASE and import make a case of it; or write them into {what}.csv"),
    ))
}

/// The records that are named, each one of the case.
///
/// # Errors
/// When one is not.
pub fn records(named: &[String], picture: &Picture) -> Result<Vec<RecordId>, Failure> {
    let own = picture.settings.own_agency.clone();
    let own = own.unwrap_or_else(|| AgencyId::new("own"));
    let read = named.iter().map(|text| {
        let id = RecordId::read(text, &own);
        if picture.supplied.record(&id).is_some() {
            return Ok(id);
        }
        Err(Failure::new(
            format!("--about {text}: no agency of this case has this record"),
            "give it as AGENCY:ID; casepicture people CASE lists the records",
        ))
    });
    read.collect()
}
