//! `casepicture open`: a case or a folder of exports in the screen. In a case decisions are kept; in a folder's while it is open.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::DONE;
use super::by::{By, now};
use super::course::{Course, PARTS};
use super::failure::Failure;
use super::source::{Loaded, Source};
use super::stop::Stop;
use crate::import::Limits;
use crate::model::settings::{Config, Settings};
use crate::model::watch::Watch;
use crate::picture::Picture;
use crate::tui::{self, Progress, Session, Theme};

/// How often the screen is told how far reading has come.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// How the screen looks, and who sits before it.
#[derive(Debug, Clone, Args)]
pub struct Screen {
    #[command(flatten)]
    by: By,
    /// Colours: dark, light, high-contrast, colour-safe or none [default: dark; none where NO_COLOR is set]
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Leave the mouse to the terminal, which then selects text with it (else it does so with Shift held down)
    #[arg(long)]
    no_mouse: bool,
    /// Minutes without a key after which the screen is locked, 1 to 15
    #[arg(long, value_name = "MINUTES", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=15))]
    lock_after: u8,
}

/// Arguments of `open`.
#[derive(Debug, Clone, Args)]
pub struct Open {
    #[command(flatten)]
    source: Source,
    #[command(flatten)]
    screen: Screen,
    /// A file and the agency it is from, as NAME=FILE; may be given several times
    #[arg(long, value_name = "NAME=FILE")]
    agency: Vec<String>,
}

/// Opens a case or a folder of exports.
///
/// # Errors
/// When the exports cannot be read or there is no terminal to draw on.
pub fn run(args: &Open) -> Result<u8, Failure> {
    let (named, plain) = Source::named_files(&args.agency)?;
    if let Some(agency) = plain.first() {
        return Err(Failure::new(
            format!("--agency {agency}: open takes NAME=FILE here"),
            "write --agency police=FILE",
        ));
    }
    args.screen.by.as_given()?;
    // before a passphrase is asked for
    refuse_without_terminal()?;
    let ready = args.source.ready()?;
    let notice = (!ready.is_case())
        .then_some("This case is in memory only: what you decide here is not kept when you leave.");
    let limits = args.source.limits.limits();
    show(&args.screen, false, (notice, limits), move |watch| {
        ready.load_watched(&named, watch)
    })
}

/// Shows a case that is read while the screen is up.
///
/// # Errors
/// When there is no terminal, or the case cannot be read.
pub fn show<F>(
    screen: &Screen,
    tour: bool,
    (notice, limits): (Option<&str>, Limits),
    load: F,
) -> Result<u8, Failure>
where
    F: FnOnce(&dyn Watch) -> Result<Loaded, Failure> + Send + 'static,
{
    refuse_without_terminal()?;
    let source = tui::Source::Load(Box::new(move |progress| {
        let course = Course::start(Stop::default());
        let (end, ended) = mpsc::channel::<()>();
        thread::scope(|scope| {
            let course = &course;
            scope.spawn(move || tell(course, &ended, progress));
            let read = read(load, limits, course);
            drop(end);
            read
        })
    }));
    let session = Session {
        source,
        title: String::new(),
        by: screen.by.as_given()?,
        notice: notice.map(str::to_owned),
        tour,
        theme: theme(screen)?,
        mouse: !screen.no_mouse,
        lock_after: Duration::from_secs(60 * u64::from(screen.lock_after)),
        now,
    };
    tui::run(session).map_err(|fault| Failure::told(&fault.to_string()))?;
    Ok(DONE)
}

/// Reads a case and works out its picture.
fn read<F>(load: F, limits: Limits, watch: &dyn Watch) -> Result<tui::Read, String>
where
    F: FnOnce(&dyn Watch) -> Result<Loaded, Failure>,
{
    let loaded = load(watch).map_err(|failure| failure.to_string())?;
    let mut settings = loaded.settings;
    let view_as = view_as(
        &mut settings,
        &loaded.open.case().supplied.config,
        loaded.is_for_somebody,
    );
    let picture = Picture::of_watched(loaded.open.case(), &settings, watch)
        .map_err(|fault| fault.to_string())?;
    Ok(tui::Read {
        case: loaded.open,
        picture,
        settings,
        view_as,
        limits,
    })
}

/// Tells how far it has come, until there is nothing to tell any more.
fn tell(course: &Course, ended: &mpsc::Receiver<()>, progress: &(dyn Fn(Progress) + Sync)) {
    loop {
        let come = course.come();
        progress(Progress {
            stage: come.doing,
            done: come.parts,
            total: PARTS,
            taken: come.taken,
            left: come.left,
        });
        if ended.recv_timeout(TELL_EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Whoever is named on the command line is who the screen is viewed as; it is the analyst's own screen all the same.
fn view_as(settings: &mut Settings, config: &Config, is_for_somebody: bool) -> Option<tui::ViewAs> {
    if !is_for_somebody {
        return None;
    }
    let recipient = std::mem::replace(&mut settings.recipient, config.recipient.clone())?;
    Some(tui::ViewAs {
        recipient,
        purpose: settings.purpose,
    })
}

fn refuse_without_terminal() -> Result<(), Failure> {
    if io::stdout().is_terminal() && io::stdin().is_terminal() {
        return Ok(());
    }
    Err(Failure::new(
        "the screen needs a terminal",
        "run this in a terminal, or use review, build, timeline, people, reliance or flags",
    ))
}

fn theme(screen: &Screen) -> Result<Theme, Failure> {
    let Some(name) = &screen.theme else {
        // the convention of no-color.org: set to anything but the empty text
        #[allow(clippy::disallowed_methods)] // this is where the environment is read
        let no_color = std::env::var("NO_COLOR").is_ok_and(|set| !set.is_empty());
        return Ok(if no_color {
            Theme::None
        } else {
            Theme::default()
        });
    };
    Theme::named(name).ok_or_else(|| {
        let known: Vec<&str> = Theme::ALL.iter().map(|theme| theme.name()).collect();
        Failure::new(
            format!("--theme {name}: there is no such theme"),
            format!("use one of: {}", known.join(", ")),
        )
    })
}
