//! The commands: arguments in, output and an exit code out. One file a command.
//!
//! Exit codes: 0 done; 1 done, with rejected rows, open flags of strength 3 or findings; 2 could not.

mod audit;
mod build;
mod by;
mod check;
mod consultations;
mod course;
mod demo;
mod erase;
mod failure;
mod import;
mod kept;
mod link;
mod link_worker;
mod new;
mod open;
mod output;
mod pack;
mod passphrase;
mod passwd;
mod progress;
mod refused;
mod requests;
mod review;
mod settings;
mod share;
mod source;
mod staged;
mod stop;
mod tables;
mod timeline;
mod unread;

use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::import::workbook;
use crate::report;
use failure::Failure;
use output::{say, tell};

const DONE: u8 = 0;
const FINDINGS: u8 = 1;
const COULD_NOT: u8 = 2;

/// Merges the chronologies of several agencies into one picture in which every fact carries its source and its basis
#[derive(Debug, Parser)]
#[command(name = "casepicture", version, after_help = EXIT_CODES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 done, with rejected rows or open flags of strength 3 (build, import, link, check) or findings (audit --verify); 2 could not.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the bundled, invented case in the screen; nothing to set up, nothing left behind
    Demo(demo::Demo),
    /// Turn a case or a folder of exports into timeline.csv, people.csv, matches.csv, reliance.csv, flags.csv, rejects.csv and summary.json
    Build(build::Build),
    /// Make an empty case file, encrypted as a whole
    ///
    /// Nothing in it can be read without the passphrase, and a lost passphrase cannot be recovered.
    New(new::New),
    /// Add exports to a case, or the decisions of another copy of it
    ///
    /// All of it is added or nothing. The same file twice changes nothing; of a newer export it is said what is new, changed
    /// and gone, and decisions follow their records and entries by id.
    Import(import::Import),
    /// Open a case in the screen; or a folder of exports, whose decisions are kept until it is closed
    Open(open::Open),
    /// Ask what is open in a case as plain questions, one answer a line; for screen readers, slow links and pipes
    ///
    /// Each question begins with the two records on a line of their own, and takes same, different, not sure, skip, undo or
    /// quit (or s d n k u q). Each answer is on disk before the next question is printed. The end of input is quit.
    Review(review::Review),
    /// Ask the share-or-not questions about one fact, request or consultation, and keep the record of the decision
    ///
    /// One answer a line, from a terminal or a pipe: what each answer means is printed with its question. `undo` takes the
    /// last answer back, `codes` lists the codes that fit, `quit` keeps nothing. The decision is kept either way, to share or
    /// not to, with the nine things that its record needs; what is still missing is named.
    Share(share::Share),
    /// Print the merged timeline
    Timeline(timeline::TimelineTable),
    /// Print the persons: who is who
    People(tables::OneTable),
    /// Print the pairs of records that were compared, field by field
    Matches(tables::OneTable),
    /// Print what is available beside what is relied on; or who is silent, who differs, and what the conclusions hang on
    Reliance(tables::RelianceTable),
    /// Print what is worth checking in the picture
    Flags(tables::FlagsTable),
    /// Print what was asked of which agency, and what came of it; or the questions to ask before a meeting
    Requests(requests::Requests),
    /// Write the pack for one meeting and one recipient: one file, no network, prints well
    ///
    /// What the recipient may not see is left out and counted with its reason. The copy for the family is in plain words, with
    /// room for their own view, and tells nothing of what is held back. Nothing in it depends on the day it is made.
    Pack(Box<pack::Pack>),
    /// Print who consulted whom, what was said both ways, and what came of it; in a case, also record it
    Consultations(Box<consultations::Consultations>),
    /// Work out who is who in large person files: persons.csv, pairs.csv, model.json and rejects.csv
    ///
    /// Reads one person file or more (CSV, TSV or semicolon; one agency a file, or a column that says the agency) and works
    /// out which records are the same person. How much each agreement is worth is learnt from the files themselves, without
    /// any labels, and so is the cut-off. No link that it makes is confirmed by a person.
    Link(Box<link::Link>),
    /// Do a part of `link --engine spark`
    #[command(hide = true)]
    LinkWorker(link_worker::LinkWorker),
    /// Print the log of a case, check it, or write its head to be kept elsewhere
    Audit(audit::Audit),
    /// Change the passphrase of a case
    Passwd(passwd::Passwd),
    /// Take what is known of a person out of a case
    ///
    /// Their records, entries and decisions go, and the file is written anew without them. What is about others too stays
    /// and is listed. Copies, backups and the freed blocks of a disk cannot be reached.
    Erase(erase::Erase),
    /// Say how files would be read: profile, columns, codes, rejects
    Check(check::Check),
    /// Print completions for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Runs the program.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    tell_panics_safely();
    let args: Vec<OsString> = args.into_iter().collect();
    if let Err(failure) = refused::refuse_on_command_line(&args) {
        tell(&format!("casepicture: {failure}"));
        return ExitCode::from(COULD_NOT);
    }
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(told) => {
            if told.use_stderr() {
                // it repeats the arguments, and an argument may be the name of a file
                tell(&told.render().to_string());
                return ExitCode::from(COULD_NOT);
            }
            let _ = told.print();
            return ExitCode::from(DONE);
        }
    };
    match run(cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(Failure::ClosedPipe) => ExitCode::from(DONE),
        Err(failure) => {
            tell(&format!("casepicture: {failure}"));
            ExitCode::from(match failure {
                Failure::Stopped(code) => code,
                _ => COULD_NOT,
            })
        }
    }
}

/// Makes the text of a panic pass the border to the terminal like all other text, since it may quote a file, and keeps
/// silent about one that a reader catches.
fn tell_panics_safely() {
    panic::set_hook(Box::new(|info| {
        if workbook::is_guarded() {
            return;
        }
        let what = info.payload_as_str().unwrap_or("no more is known");
        let place = info
            .location()
            .map_or_else(String::new, |at| format!(" ({}:{})", at.file(), at.line()));
        tell(&format!(
            "casepicture: this is a fault of the program: {what}{place}\n  hint: nothing was lost; please report it with the command you gave"
        ));
    }));
}

fn run(command: Option<Command>) -> Result<u8, Failure> {
    match command {
        None => what_it_is(),
        Some(Command::Demo(args)) => demo::run(&args),
        Some(Command::Build(args)) => build::run(&args),
        Some(Command::New(args)) => new::run(&args),
        Some(Command::Import(args)) => import::run(&args),
        Some(Command::Open(args)) => open::run(&args),
        Some(Command::Review(args)) => review::run(&args),
        Some(Command::Share(args)) => share::run(&args),
        Some(Command::Timeline(args)) => timeline::run(&args),
        Some(Command::People(args)) => tables::run(&args, report::tables::people),
        Some(Command::Matches(args)) => tables::run(&args, report::tables::matches),
        Some(Command::Reliance(args)) => tables::run_reliance(&args),
        Some(Command::Flags(args)) => tables::run_flags(&args),
        Some(Command::Requests(args)) => requests::run(&args),
        Some(Command::Pack(args)) => pack::run(&args),
        Some(Command::Consultations(args)) => consultations::run(&args),
        Some(Command::Link(args)) => link::run(&args),
        Some(Command::LinkWorker(args)) => link_worker::run(&args),
        Some(Command::Audit(args)) => audit::run(&args),
        Some(Command::Passwd(args)) => passwd::run(&args),
        Some(Command::Erase(args)) => erase::run(&args),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Completions { shell }) => completions(shell),
        Some(Command::Man) => man(),
    }
}

fn what_it_is() -> Result<u8, Failure> {
    say(
        "casepicture merges what several agencies know about a family into one timeline: every fact with its source\n\
         and its basis, who is who, what is only an echo, who is silent, and what may be said to whom.\n\n\
         Three things to try:\n  \
         casepicture demo                       the bundled, invented case in the screen\n  \
         casepicture check EXPORTS              how your files would be read\n  \
         casepicture build EXPORTS --out DIR    the merged tables\n\n\
         casepicture --help says the rest.",
    )?;
    Ok(DONE)
}

fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "casepicture", &mut script);
    say(&String::from_utf8_lossy(&script))?;
    Ok(DONE)
}

fn man() -> Result<u8, Failure> {
    let mut page = Vec::new();
    let told = |fault: std::io::Error| Failure::of_write("the manual page", &fault);
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(told)?;
    say(&String::from_utf8_lossy(&page))?;
    Ok(DONE)
}
