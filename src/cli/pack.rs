//! `casepicture pack`: the picture laid out for one meeting and one recipient.

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::{Args, ValueEnum};

use super::DONE;
use super::by::By;
use super::failure::Failure;
use super::kept::Leaving;
use super::output::{Format, is_there, make_folder, refuse_overwriting, rendered, tell};
use super::progress::Progress;
use super::source::{Source, Then, shown};
use super::staged::Staged;
use super::unread::tell_unread;
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::picture::Picture;
use crate::report::View;
use crate::report::pack::document::Document;
use crate::report::pack::template::Template;
use crate::report::pack::{self, Meeting, Request};

/// The recipient that stands for all who sit at the table.
const MEETING: &str = "meeting";

/// How a pack is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
enum Form {
    /// One HTML file that opens in any browser without a network, and prints on A4
    #[default]
    Html,
    /// Plain text, for reading from top to bottom
    Text,
    /// A folder of its tables as CSV files
    CsvFolder,
}

/// Arguments of `pack`.
#[derive(Debug, Clone, Args)]
pub struct Pack {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    then: Then,
    /// The meeting: strategy-discussion, conference, cin-meeting, team-around-family
    #[arg(long = "for", value_name = "MEETING")]
    meeting: String,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// File to write, or folder with --format csv-folder [default: the meeting, such as strategy-discussion.html]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    to: Option<PathBuf>,
    /// Overwrite what is there
    #[arg(long)]
    force: bool,
    /// Print only what happened, went on or came in since this day, and what has no date
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Day>,
    /// A written report of this agency instead, for one that cannot attend
    #[arg(long, value_name = "AGENCY")]
    report: Option<String>,
    /// A template of the hub (TOML): title, logo, footer, headings, order
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    #[command(flatten)]
    by: By,
}

/// Writes the pack.
///
/// # Errors
/// When the meeting or the recipient is not known, the template is broken, or something cannot be read or written.
pub fn run(args: &Pack) -> Result<u8, Failure> {
    let by = args.by.or_unnamed()?;
    let meeting = meeting(&args.meeting)?;
    if args.source.recipient.is_none() {
        return Err(Failure::new(
            "a pack is for somebody, and nobody is named",
            "add --recipient with meeting (all who sit at the table), an agency, an agency kind such as school, or family",
        ));
    }
    let template = template(args.template.as_deref())?;
    let to = target(args, meeting);
    refuse(args, &to)?;
    let (source, is_for_all) = source(args);
    let ready = source.ready()?;
    let progress = Progress::start("reading and merging the exports");
    let mut loaded = ready.load(&[])?;
    args.then.put_back(&mut loaded, &source);
    loaded.settings.purpose = loaded.settings.purpose.or(Some(meeting.threshold()));
    if is_for_all {
        loaded.settings.recipient = None;
    }
    let mut picture = loaded.picture()?;
    if is_for_all {
        picture = picture.read_out_to(None);
    }
    drop(progress);
    let view = if is_for_all {
        View::for_partners(&picture)
    } else {
        View::for_recipient(&picture)
    };
    let request = Request {
        meeting,
        since: args.since,
        report_of: report_of(args, &picture, &view)?,
    };
    let document = pack::lay_out(&view, &request, &template);
    let files = written(args.format, &document, &to)?;
    tell_unread(&view);
    let mut leaving = Leaving::new(&mut loaded.open, &by, &picture.settings, view.is_limited());
    let staged = Staged::default();
    for (path, _, bytes) in &files {
        staged.write(path, |out| out.write_all(bytes))?;
    }
    let leave = files.iter();
    let leave = leave.map(|(_, rows, bytes)| ("pack".to_owned(), *rows, &**bytes));
    leaving.log_all(&leave.collect::<Vec<_>>())?;
    staged.put_in_place()?;
    tell(&format!("written: {}", shown(&to)));
    Ok(DONE)
}

/// Where it is read from; and whether it is for the meeting as a whole, which is no agency, kind or family that another
/// command could be asked for.
fn source(args: &Pack) -> (Source, bool) {
    let mut source = args.source.clone();
    let is_for_all = source.recipient.as_deref() == Some(MEETING);
    if is_for_all {
        source.recipient = None;
    }
    (source, is_for_all)
}

fn meeting(text: &str) -> Result<Meeting, Failure> {
    Meeting::read(text).ok_or_else(|| {
        let known: Vec<&str> = Meeting::PHRASES
            .iter()
            .map(|(_, phrase, _)| *phrase)
            .collect();
        Failure::new(
            format!("--for {text}: this meeting is not known"),
            format!("use one of: {}", known.join(", ")),
        )
    })
}

/// Reads the template; a logo is a file beside it.
fn template(path: Option<&Path>) -> Result<Template, Failure> {
    let Some(path) = path else {
        return Ok(Template::default());
    };
    let text = fs::read_to_string(path).map_err(|fault| {
        Failure::new(
            format!("{}: {fault}", shown(path)),
            "name a template, a TOML file in UTF-8",
        )
    })?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = |name: &str| {
        let is_beside = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        is_beside
            .then(|| fs::read(folder.join(name)).ok())
            .flatten()
    };
    Template::read(&text, &file).map_err(|fault| {
        Failure::new(
            format!("{}, {fault}", shown(path)),
            "a template holds title, footer, logo, order and [headings], and nothing else",
        )
    })
}

/// Where it is written. The name says nothing but the meeting.
fn target(args: &Pack, meeting: Meeting) -> PathBuf {
    let end = match args.format {
        Form::Html => ".html",
        Form::Text => ".txt",
        Form::CsvFolder => "",
    };
    let default = || PathBuf::from(format!("{}{end}", meeting.phrase()));
    args.to.clone().unwrap_or_else(default)
}

fn refuse(args: &Pack, to: &Path) -> Result<(), Failure> {
    if args.format == Form::CsvFolder {
        return refuse_overwriting(
            to,
            &["chronology.csv", "family.csv", "telling.csv"],
            args.force,
        );
    }
    if is_there(to) && !args.force {
        return Err(Failure::new(
            format!("{}: the file exists", shown(to)),
            "choose another name with -o, or add --force",
        ));
    }
    Ok(())
}

/// The agency whose written report is asked for.
fn report_of(args: &Pack, picture: &Picture, view: &View<'_>) -> Result<Option<AgencyId>, Failure> {
    let Some(agency) = &args.report else {
        return Ok(None);
    };
    if view.is_family() {
        return Err(Failure::new(
            "--report is for the chair of a meeting, and not for the family",
            "leave --report out: the family has a copy of its own",
        ));
    }
    let id = AgencyId::new(agency);
    let known = picture
        .supplied
        .agencies
        .iter()
        .filter(|agency| agency.supplied);
    if known.clone().any(|agency| agency.id == id) {
        return Ok(Some(id));
    }
    let known: Vec<&str> = known.map(|agency| agency.id.as_str()).collect();
    Err(Failure::new(
        format!("--report {agency}: no such agency supplied anything"),
        format!("use one of: {}", known.join(", ")),
    ))
}

/// Path, rows and bytes of each file.
fn written(
    form: Form,
    document: &Document,
    to: &Path,
) -> Result<Vec<(PathBuf, usize, Vec<u8>)>, Failure> {
    Ok(match form {
        Form::Html => vec![(
            to.to_owned(),
            document.rows(),
            pack::html::page(document).into_bytes(),
        )],
        Form::Text => vec![(
            to.to_owned(),
            document.rows(),
            pack::text::page(document).into_bytes(),
        )],
        Form::CsvFolder => {
            make_folder(to)?;
            let tables = pack::folder::tables(document).into_iter();
            let files = tables.map(|(name, table)| {
                Ok((
                    to.join(name),
                    table.rows.len(),
                    rendered(&table, Format::Csv)?,
                ))
            });
            files.collect::<Result<_, Failure>>()?
        }
    })
}
