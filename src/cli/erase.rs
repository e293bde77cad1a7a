//! `casepicture erase`: takes what is known of one person out of a case.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::DONE;
use super::by::{By, ask, hand};
use super::failure::Failure;
use super::import::counted;
use super::kept::{self, told};
use super::output::say;
use super::passphrase::{Secret, can_ask};
use super::source::{LimitArgs, shown};
use super::timeline::find_persons;
use crate::case::Erased;
use crate::model::id::RecordId;
use crate::model::person::Person;
use crate::model::settings::Settings;
use crate::picture::Picture;
use crate::report::guard::escape_controls;

/// Arguments of `erase`.
#[derive(Debug, Clone, Args)]
pub struct Erase {
    /// The case file
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// Whom: a person's id, one of their records as AGENCY:ID, or a name that only one person has
    #[arg(long, value_name = "ID")]
    person: String,
    /// Erase without asking for the id a second time
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    by: By,
    #[command(flatten)]
    secret: Secret,
    #[command(flatten)]
    limits: LimitArgs,
}

/// Erases a person.
///
/// # Errors
/// When the case cannot be opened, nobody or several persons are meant, it is not confirmed, or it cannot be written.
pub fn run(args: &Erase) -> Result<u8, Failure> {
    let by = args.by.decider()?;
    let can_confirm = args.yes || (can_ask() && io::stdin().is_terminal());
    if !can_confirm {
        return Err(Failure::new(
            "what is erased cannot be brought back, and there is no terminal to ask on",
            "look at the person with casepicture people CASE, then add --yes",
        ));
    }
    let mut case = kept::open(&args.case, &args.secret, &args.limits.limits())?;
    let settings = Settings::of_config(&case.case().supplied.config);
    let picture =
        Picture::of(case.case(), &settings).map_err(|fault| Failure::told(&fault.to_string()))?;
    let person = only_one(&picture, &args.person)?;
    let records: Vec<RecordId> = person
        .records
        .iter()
        .filter_map(|&at| picture.supplied.records.get(at))
        .map(|record| record.id.clone())
        .collect();
    let names: Vec<&str> = records.iter().map(RecordId::as_str).collect();
    say(&format!(
        "{} {}: {}",
        person.id,
        person.name,
        names.join(", ")
    ))?;
    if !args.yes {
        let typed = ask(&format!(
            "What is erased cannot be brought back. Type {} to erase: ",
            person.id
        ));
        if typed.as_deref() != Some(person.id.as_str()) {
            return Err(Failure::new(
                "that was not the id, so nothing was erased",
                format!("type {} when asked, or leave it", person.id),
            ));
        }
    }
    let erased = case
        .erase(&records, &args.limits.limits(), hand(&by))
        .map_err(|fault| told(&fault))?;
    say(&report(&erased, args).join("\n"))?;
    Ok(DONE)
}

/// The one person that is meant.
fn only_one<'a>(picture: &'a Picture, wanted: &str) -> Result<&'a Person, Failure> {
    let found = find_persons(picture, wanted)?;
    let persons: Vec<&Person> = found
        .iter()
        .filter_map(|&at| picture.people.persons.get(at))
        .collect();
    if let [one] = persons.as_slice() {
        return Ok(one);
    }
    let ids: Vec<&str> = persons.iter().map(|one| one.id.as_str()).collect();
    Err(Failure::new(
        format!("--person {wanted}: this means {} persons", persons.len()),
        format!("name one of them by id: {}", ids.join(", ")),
    ))
}

fn report(erased: &Erased, args: &Erase) -> Vec<String> {
    let mut lines = vec!["erased:".to_owned()];
    for (file, rows) in &erased.rows {
        lines.push(format!(
            "  {}: {}",
            escape_controls(file),
            counted(*rows, "row")
        ));
    }
    lines.push(format!("  {}", counted(erased.decisions.len(), "decision")));
    if erased.drafts > 0 {
        lines.push(format!("  {}", counted(erased.drafts, "half-typed text")));
    }
    if erased.changed > 0 {
        let which = counted(erased.changed, "decision");
        lines.push(format!(
            "{which} about others no longer say anything of the person"
        ));
    }
    for (heading, list) in [
        (
            "relationships that went with the person:",
            &erased.relationships,
        ),
        (
            "about others too, so it stays; look at each:",
            &erased.shared,
        ),
        ("may still be found here; look at each:", &erased.left),
    ] {
        if !list.is_empty() {
            lines.push(heading.to_owned());
            lines.extend(list.iter().map(|one| format!("  {one}")));
        }
    }
    lines.push(format!(
        "copies of {}, backups and the freed blocks of the disk cannot be reached from here; importing the same exports again brings the person back",
        shown(&args.case)
    ));
    lines
}
