//! Runs the screen: keys and results come in as messages, effects are carried out beside the drawing thread.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::idle::Idle;
use super::index::Index;
use super::left::TICK;
use super::lock::Cause;
use super::model::Model;
use super::msg::{Effect, Msg, Progress};
use super::office::Office;
use super::terminal::{self, Screen};
use super::theme::Theme;
use super::update::update;
use super::viewing::ViewAs;
use super::{view, worker};
use crate::case::OpenCase;
use crate::import::Limits;
use crate::model::settings::Settings;
use crate::picture::Picture;

/// At most so many messages are taken in before a frame is drawn.
const AT_ONCE: usize = 64;

/// Opens a case and computes its picture, telling how far it has come; the error is a text for the user.
pub type Loader = Box<dyn FnOnce(&(dyn Fn(Progress) + Sync)) -> Result<Read, String> + Send>;

/// A case that was read.
pub struct Read {
    /// The case.
    pub case: OpenCase,
    /// Its picture: for the analyst, whole.
    pub picture: Picture,
    /// What the picture was computed for, as the user gave it.
    pub settings: Settings,
    /// As whom the screen is viewed at first.
    pub view_as: Option<ViewAs>,
    /// What a reader of a file that is added refuses to go beyond.
    pub limits: Limits,
}

/// Where the case comes from.
pub enum Source {
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
    /// What is worth knowing while the case is in memory only: that decisions will not be kept.
    pub notice: Option<String>,
    /// Whether to begin with the tour.
    pub tour: bool,
    /// The colours; `NO_COLOR` is [`Theme::None`].
    pub theme: Theme,
    /// Whether the mouse is used; else the terminal selects text with it.
    pub mouse: bool,
    /// How long no key may be pressed before the screen is locked.
    pub lock_after: Duration,
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

/// A case that was opened.
pub struct Opened {
    /// The case.
    pub case: Box<OpenCase>,
    /// The whole picture.
    pub whole: Arc<Picture>,
    /// What of it is shown.
    pub picture: Arc<Picture>,
    /// What is looked up in it.
    pub index: Arc<Index>,
    /// What the picture was computed for, as the user gave it.
    pub settings: Settings,
    /// As whom the screen is viewed.
    pub view_as: Option<ViewAs>,
    /// What a reader of a file that is added refuses to go beyond.
    pub limits: Limits,
}

/// What reaches the loop.
pub enum Event {
    /// A message for the model.
    Msg(Msg),
    /// The case is read, or is not.
    Loaded(Result<Opened, String>),
    /// The terminal is gone or the process is asked to end.
    End,
}

/// Shows the screen until the user leaves it.
///
/// # Errors
/// When there is no usable terminal, or the case cannot be read.
pub fn run(session: Session) -> Result<(), TuiError> {
    let mut screen = Screen::open(session.mouse)?;
    let (sender, events) = channel();
    let mut model = Model::new(&session.title, &session.by, screen.size()?);
    model.notice.clone_from(&session.notice);
    model.theme = session.theme;
    model.mouse = session.mouse;
    model.tour = session.tour.then_some(0);
    let mut office = Office::new(session.by, session.now, sender);
    match session.source {
        Source::Load(loader) => worker::load(loader, office.sender()),
    }
    listen(office.sender());
    let idle = Idle::new(session.lock_after, office.now());
    let ended = Turn {
        screen: &mut screen,
        model: &mut model,
        office: &mut office,
        idle,
        drawn: None,
    }
    .go_on(&events);
    let lost = office.close(&model);
    drop(screen);
    ended?;
    match model.failure.or(lost) {
        Some(problem) => Err(TuiError::Load(problem)),
        None => Ok(()),
    }
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
        use super::action::Action;
        use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};
        let end = sender.clone();
        if let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM, SIGTSTP]) {
            thread::spawn(move || {
                for signal in signals.forever() {
                    let event = if signal == SIGTSTP {
                        Event::Msg(Msg::Do(Action::Suspend))
                    } else {
                        Event::End
                    };
                    if end.send(event).is_err() {
                        return;
                    }
                }
            });
        }
    }
}

/// What is drawn of a locked screen, and its size: results that come in under the lock change neither.
type Face = ((String, bool, bool), (u16, u16));

/// The loop with what it works on.
struct Turn<'a> {
    screen: &'a mut Screen,
    model: &'a mut Model,
    office: &'a mut Office,
    idle: Idle,
    drawn: Option<Face>,
}

impl Turn<'_> {
    /// Turns until the user leaves: a frame is drawn after messages came, never on a timer.
    fn go_on(&mut self, events: &Receiver<Event>) -> io::Result<()> {
        loop {
            self.draw()?;
            let Some(first) = self.next(events) else {
                return Ok(());
            };
            let more = std::iter::from_fn(|| events.try_recv().ok()).take(AT_ONCE);
            for event in std::iter::once(first).chain(more) {
                if self.take_in(event)? {
                    return Ok(());
                }
            }
        }
    }

    /// Draws a frame; of a locked screen only when the lock itself looks different.
    fn draw(&mut self) -> io::Result<()> {
        // asked each time, since a message about a change of size may be overtaken by the next change
        let (width, height) = self.screen.size()?;
        if self.model.size != (width, height) {
            update(self.model, Msg::Resize(width, height));
        }
        let today = self.office.today();
        if self.model.today != Some(today) {
            update(self.model, Msg::Today(today));
        }
        let lock = self.model.lock.as_ref();
        let face = lock.map(|lock| (lock.face(), self.model.size));
        if face.is_none() || face != self.drawn {
            let model = &*self.model;
            self.screen.draw(|frame| view::draw(model, frame))?;
            self.office.note_seen(model);
        }
        self.drawn = face;
        Ok(())
    }

    /// Waits for what happens next: no longer than a job moves its sign, or until the screen must be locked.
    fn next(&self, events: &Receiver<Event>) -> Option<Event> {
        let model = &self.model;
        if model.lock.is_some() {
            return events.recv().ok();
        }
        let is_busy = model.is_busy();
        let left = self.idle.left();
        let wait = if is_busy { left.min(TICK) } else { left };
        match events.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) if self.idle.left().is_zero() => {
                Some(Event::Msg(Msg::Lock(Cause::Idle(self.idle.lock_after))))
            }
            Err(RecvTimeoutError::Timeout) => Some(Event::Msg(Msg::Tick)),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Takes in what happened and carries out what follows; says whether that is the end.
    fn take_in(&mut self, event: Event) -> io::Result<bool> {
        let effects = match event {
            Event::End => {
                update(self.model, Msg::Lock(Cause::Left));
                // the terminal may be gone already
                drop(self.screen.wipe());
                return Ok(true);
            }
            Event::Msg(msg) => {
                let msg = self.unless_late(msg);
                update(self.model, msg)
            }
            Event::Loaded(Ok(opened)) => self.office.take_in(self.model, opened),
            Event::Loaded(Err(problem)) => update(self.model, Msg::Failed(0, problem)),
        };
        for effect in effects {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Wipe => {
                    self.screen.wipe()?;
                    self.drawn = None;
                }
                Effect::Mouse(is_on) => self.screen.use_mouse(is_on)?,
                Effect::Suspend => {
                    self.screen.suspend()?;
                    self.drawn = None;
                }
                effect => self.office.carry_out(self.model, effect),
            }
        }
        Ok(false)
    }

    /// A key that comes after the screen should have been locked locks it, and means nothing else.
    fn unless_late(&mut self, msg: Msg) -> Msg {
        let is_key = matches!(
            msg,
            Msg::Key(_) | Msg::Mouse(_) | Msg::Pasted(_) | Msg::Tried(_, Ok(true))
        );
        let is_late = is_key && self.idle.on_key(self.office.now());
        if is_late && self.model.lock.is_none() {
            return Msg::Lock(Cause::Idle(self.idle.lock_after));
        }
        msg
    }
}
