//! Runs the screen: keys and results come in as messages, effects are carried out beside the drawing thread.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::index::Index;
use super::model::Model;
use super::msg::{Effect, Msg, Progress};
use super::terminal::{self, Screen};
use super::theme::Theme;
use super::update::update;
use super::{text, view, worker};
use crate::case::{CaseError, Hand, OpenCase, Step, touches};
use crate::model::case::Case;
use crate::model::decision::{Decision, EchoVerdict, Sameness, Verdict, standing};
use crate::picture::{Picture, Since};

/// How often a running job moves its sign.
const TICK: Duration = Duration::from_millis(120);
/// At most so many messages are taken in before a frame is drawn.
const AT_ONCE: usize = 64;

/// Reads a case and computes its picture, telling how far it has come; the error is a text for the user.
pub type Loader = Box<dyn FnOnce(&dyn Fn(Progress)) -> Result<(Case, Picture), String> + Send>;

/// Where the case comes from.
pub enum Source {
    /// It is there.
    Ready(Box<(Case, Picture)>),
    /// It is read in a worker while the screen shows how far that has come.
    Load(Loader),
}

/// What the screen is opened with.
pub struct Session {
    /// The case.
    pub source: Source,
    /// The title to show until the case gives one; empty: the program's name.
    pub title: String,
    /// Who decides.
    pub by: String,
    /// What is always worth knowing, such as that decisions will not be kept; then leaving asks first.
    pub notice: Option<String>,
    /// Whether to begin with the tour.
    pub tour: bool,
    /// The colours; `NO_COLOR` is [`Theme::None`].
    pub theme: Theme,
    /// The time of a decision, as seconds since 1970.
    pub now: fn() -> i64,
}

/// Why the screen could not be shown or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal cannot be used.
    #[error(
        "the screen cannot be shown: {0}\n  hint: run this in a terminal, or use build, timeline, people, reliance or flags"
    )]
    Terminal(#[from] io::Error),
    /// The case cannot be read.
    #[error("{0}")]
    Load(String),
}

/// What reaches the loop.
pub enum Event {
    /// A message for the model.
    Msg(Msg),
    /// The case is read, or is not.
    Loaded(Result<(Case, Arc<Picture>, Arc<Index>), String>),
    /// The terminal is gone or the process is asked to end.
    End,
}

/// Shows the screen until the user leaves it.
///
/// # Errors
/// When there is no usable terminal, or the case cannot be read.
pub fn run(session: Session) -> Result<(), TuiError> {
    let mut screen = Screen::open()?;
    let (sender, events) = channel();
    let mut model = Model::new(&session.title, &session.by, screen.size()?);
    model.notice.clone_from(&session.notice);
    model.theme = session.theme;
    model.tour = session.tour.then_some(0);
    let mut office = Office {
        by: session.by,
        now: session.now,
        sender,
        case: None,
        pictures: None,
        search: None,
    };
    match session.source {
        Source::Load(loader) => worker::load(loader, &office.sender),
        Source::Ready(ready) => {
            let (case, picture) = *ready;
            let index = Arc::new(Index::of(&picture));
            office.take_in(&mut model, case, Arc::new(picture), index);
        }
    }
    listen(&office.sender);
    turn(&mut screen, &mut model, &mut office, &events)?;
    drop(screen);
    model
        .failure
        .map_or(Ok(()), |problem| Err(TuiError::Load(problem)))
}

/// Sends what the terminal and the system say into the loop.
fn listen(sender: &Sender<Event>) {
    let keys = sender.clone();
    thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if let Some(msg) = terminal::read(event)
                && keys.send(Event::Msg(msg)).is_err()
            {
                return;
            }
        }
        drop(keys.send(Event::End));
    });
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGTERM};
        let end = sender.clone();
        if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM]) {
            thread::spawn(move || {
                if signals.forever().next().is_some() {
                    drop(end.send(Event::End));
                }
            });
        }
    }
}

/// Turns until the user leaves: a frame is drawn after messages came, never on a timer.
fn turn(
    screen: &mut Screen,
    model: &mut Model,
    office: &mut Office,
    events: &Receiver<Event>,
) -> io::Result<()> {
    loop {
        // asked each time, since a message about a change of size may be overtaken by the next change
        let (width, height) = screen.size()?;
        if model.size != (width, height) {
            update(model, Msg::Resize(width, height));
        }
        screen.draw(|frame| view::draw(model, frame))?;
        let is_busy =
            model.picture.is_none() || model.computing.is_some() || model.filtering.is_some();
        let first = if is_busy {
            match events.recv_timeout(TICK) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Msg(Msg::Tick),
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        } else {
            match events.recv() {
                Ok(event) => event,
                Err(_) => return Ok(()),
            }
        };
        let more = std::iter::from_fn(|| events.try_recv().ok()).take(AT_ONCE);
        for event in std::iter::once(first).chain(more) {
            let effects = match event {
                Event::End => return Ok(()),
                Event::Msg(msg) => update(model, msg),
                Event::Loaded(Ok((case, picture, index))) => {
                    office.take_in(model, case, picture, index)
                }
                Event::Loaded(Err(problem)) => update(model, Msg::Failed(0, problem)),
            };
            for effect in effects {
                match effect {
                    Effect::Quit => return Ok(()),
                    Effect::Suspend => screen.suspend()?,
                    effect => office.carry_out(model, effect),
                }
            }
        }
    }
}

/// Holds what the model must not: the open case, the workers, the clock.
struct Office {
    by: String,
    now: fn() -> i64,
    sender: Sender<Event>,
    case: Option<OpenCase>,
    pictures: Option<Sender<worker::PictureJob>>,
    search: Option<Arc<AtomicBool>>,
}

impl Office {
    /// Takes in a case that was read.
    fn take_in(
        &mut self,
        model: &mut Model,
        case: Case,
        picture: Arc<Picture>,
        index: Arc<Index>,
    ) -> Vec<Effect> {
        let config = &picture.supplied.config;
        if !config.title.trim().is_empty() {
            model.title.clone_from(&config.title);
        }
        model.decided = standing(&case.decisions).count();
        self.pictures = Some(worker::pictures(
            Arc::clone(&picture),
            picture.settings.clone(),
            &self.sender,
        ));
        self.case = Some(OpenCase::in_memory(case));
        update(model, Msg::PictureReady(0, picture, index))
    }

    /// Carries out an effect. Decisions are kept before the screen shows them.
    fn carry_out(&mut self, model: &mut Model, effect: Effect) {
        match effect {
            Effect::Decide { job, verdicts, why } => {
                let verdicts = verdicts.into_iter().map(|one| (one, Vec::new()));
                let step = Step {
                    verdicts: verdicts.collect(),
                    why,
                };
                let made = self.with_case(|case, hand| case.decide(step, hand));
                self.compute(job, touched(&made));
            }
            Effect::Name(name) => self.by = name,
            Effect::Undo { job } => {
                let gone = self.with_case(OpenCase::undo);
                let words: Vec<String> = gone.iter().map(|one| told(&one.verdict)).collect();
                update(model, Msg::Undone(words.join("; ")));
                self.compute(job, touched(&gone));
            }
            Effect::Again { job } => self.compute(job, Since::Citations),
            Effect::Filter {
                job,
                query,
                among,
                picture,
            } => {
                self.stop_search();
                self.search = Some(worker::search(job, query, among, picture, &self.sender));
            }
            Effect::StopFilter => self.stop_search(),
            Effect::Suspend | Effect::Quit => {}
        }
    }

    fn stop_search(&mut self) {
        if let Some(stop) = self.search.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Does something with the case, by the analyst and at the time it is.
    fn with_case(
        &mut self,
        act: impl FnOnce(&mut OpenCase, Hand<'_>) -> Result<Vec<Decision>, CaseError>,
    ) -> Vec<Decision> {
        let hand = Hand {
            by: &self.by,
            at: (self.now)(),
        };
        let Some(case) = &mut self.case else {
            return Vec::new();
        };
        act(case, hand).unwrap_or_default()
    }

    fn compute(&mut self, job: u64, since: Since) {
        let (Some(case), Some(pictures)) = (&self.case, &self.pictures) else {
            return;
        };
        let job = worker::PictureJob {
            job,
            case: case.case().clone(),
            since,
        };
        // the worker ends only with the screen
        drop(pictures.send(job));
    }
}

/// How much of the picture these decisions change.
fn touched(decisions: &[Decision]) -> Since {
    decisions
        .iter()
        .map(touches)
        .min()
        .unwrap_or(Since::Citations)
}

/// A decision in words.
fn told(verdict: &Verdict) -> String {
    let words = match verdict {
        Verdict::Persons { left, right, same } => {
            let same = match same {
                Sameness::Same => "the same person",
                Sameness::Different => "different persons",
                Sameness::NotSure => "not sure",
            };
            format!("{left} and {right} are {same}")
        }
        Verdict::Echo {
            entry,
            of,
            verdict: EchoVerdict::Echo,
        } => format!("{entry} is an echo of {of}"),
        Verdict::Echo { entry, of, .. } => format!("{entry} is no echo of {of}"),
        Verdict::ReliedOn { conclusion, entry } => format!("{conclusion} relies on {entry}"),
        Verdict::NotReliedOn { conclusion, entry } => {
            format!("{conclusion} no longer relies on {entry}")
        }
        Verdict::FlagExplained { reason, .. } => format!("the explanation “{reason}”"),
        _ => "a decision".to_owned(),
    };
    text::safe(&words)
}
