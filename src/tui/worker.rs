//! The threads beside the drawing one: they open the case, compute pictures, search and try a passphrase, and answer
//! with messages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::index::Index;
use super::msg::{Msg, Progress};
use super::pack_out::Latest;
use super::run::{Event, Loader, Opened};
use super::search;
use super::viewing::{self, ViewAs};
use crate::case::{CaseError, OpenCase, Passphrase};
use crate::model::case::Case;
use crate::model::settings::Settings;
use crate::picture::{Picture, Since};

/// What a worker says when it fails in a way that nobody foresaw.
pub const FAULT: &str = "This could not be computed: a fault of the program.";

/// A picture to compute: the number of the job, the case as it stands, and how much of the picture it changes.
pub struct PictureJob {
    /// The number of the job.
    pub job: u64,
    /// The case as it stands.
    pub case: Case,
    /// What its newest decisions change.
    pub since: Since,
    /// As whom it is to be shown.
    pub view_as: Option<ViewAs>,
}

/// The whole picture, and what is to be shown.
type Computed = (Arc<Picture>, (Arc<Picture>, Arc<Index>));

/// Reads the case in a thread.
pub fn load(loader: Loader, events: &Sender<Event>) {
    let events = events.clone();
    thread::spawn(move || {
        let told = events.clone();
        // a closed channel means that the screen is gone; then nobody wants to know
        let tell = move |progress: Progress| drop(told.send(Event::Msg(Msg::Progress(progress))));
        let result = catch_unwind(AssertUnwindSafe(|| {
            let read = loader(&tell)?;
            let (whole, case) = (Arc::new(read.picture), read.case);
            let view_as = read.view_as;
            let shown = viewing::shown(&whole, case.case(), &read.settings, view_as.as_ref());
            let (picture, index) = shown.map_err(|fault| fault.to_string())?;
            Ok(Opened {
                case: Box::new(case),
                whole,
                picture,
                index,
                settings: read.settings,
                view_as,
                limits: read.limits,
            })
        }));
        let result = result.unwrap_or_else(|_| Err(FAULT.to_owned()));
        drop(events.send(Event::Loaded(result)));
    });
}

/// Computes pictures in a thread, one after another, always the newest one asked for.
pub fn pictures(
    first: Arc<Picture>,
    settings: Settings,
    latest: Arc<Mutex<Latest>>,
    events: &Sender<Event>,
) -> Sender<PictureJob> {
    let (sender, jobs) = channel();
    let events = events.clone();
    thread::spawn(move || compute_all(first, &settings, (&jobs, &latest), &events));
    sender
}

fn compute_all(
    first: Arc<Picture>,
    settings: &Settings,
    (jobs, known): (&Receiver<PictureJob>, &Mutex<Latest>),
    events: &Sender<Event>,
) {
    let mut latest = first;
    let mut owed = Since::Citations;
    while let Ok(mut job) = jobs.recv() {
        let mut since = job.since;
        while let Ok(newer) = jobs.try_recv() {
            since = since.min(newer.since);
            job = newer;
        }
        owed = owed.min(since);
        let computed = catch_unwind(AssertUnwindSafe(|| {
            let whole = Picture::again(&job.case, settings, Some((&latest, owed)))?;
            let whole = Arc::new(whole);
            let view_as = job.view_as.as_ref();
            let shown = viewing::shown(&whole, &job.case, settings, view_as)?;
            Ok((whole, shown))
        }));
        let computed: Result<Computed, String> = match computed {
            Ok(result) => result.map_err(|error: crate::picture::PictureError| error.to_string()),
            Err(_) => Err(FAULT.to_owned()),
        };
        let msg = match computed {
            Ok((whole, (picture, index))) => {
                latest = whole;
                *known.lock().unwrap_or_else(PoisonError::into_inner) = Latest {
                    picture: Arc::clone(&latest),
                    decisions: job.case.decisions.len(),
                    supplied: Arc::clone(&job.case.supplied),
                };
                owed = Since::Citations;
                Msg::PictureReady(job.job, picture, index)
            }
            Err(problem) => Msg::Failed(job.job, problem),
        };
        if events.send(Event::Msg(msg)).is_err() {
            return;
        }
    }
}

/// Searches facts in a thread: among the first ones, and where nothing is found among the others. Setting what is returned
/// stops it.
pub fn search(
    job: u64,
    query: String,
    (among, or_else): (Arc<Vec<usize>>, Arc<Vec<usize>>),
    picture: Arc<Picture>,
    events: &Sender<Event>,
) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let (is_stopped, events) = (Arc::clone(&stop), events.clone());
    thread::spawn(move || {
        let found = catch_unwind(AssertUnwindSafe(|| {
            let is_stopped = || is_stopped.load(Ordering::Relaxed);
            let found = search::facts(&picture, &among, &query, &is_stopped)?;
            if found.is_empty() && !Arc::ptr_eq(&among, &or_else) {
                return search::facts(&picture, &or_else, &query, &is_stopped);
            }
            Some(found)
        }));
        let msg = match found {
            Ok(Some(found)) => Msg::Filtered(job, found),
            Ok(None) => return,
            Err(_) => Msg::Failed(job, FAULT.to_owned()),
        };
        drop(events.send(Event::Msg(msg)));
    });
    stop
}

/// Takes hold of the case. A thread that failed while it held it changed nothing by halves.
pub fn hold(case: &Mutex<OpenCase>) -> MutexGuard<'_, OpenCase> {
    case.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tries a passphrase in a thread, after a wait: deriving the key takes half a second on purpose.
pub fn unlock(
    job: u64,
    case: Arc<Mutex<OpenCase>>,
    passphrase: Passphrase,
    wait: Duration,
    events: &Sender<Event>,
) {
    let events = events.clone();
    thread::spawn(move || {
        thread::sleep(wait);
        let tried = catch_unwind(AssertUnwindSafe(|| hold(&case).is_passphrase(&passphrase)));
        let tried = match tried {
            Ok(tried) => tried.map_err(|problem| told(&problem)),
            Err(_) => Err(FAULT.to_owned()),
        };
        drop(events.send(Event::Msg(Msg::Tried(job, tried))));
    });
}

/// A problem on one line: what, where, what to do.
pub fn told(problem: &CaseError) -> String {
    problem.to_string().replace("\n  hint: ", " – ")
}
