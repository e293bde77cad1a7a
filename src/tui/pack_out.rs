//! The threads that lay a pack out and write it: beside its target, readable by its owner alone, logged in the case before it
//! takes its place.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sha2::{Digest, Sha256};

use super::msg::Msg;
use super::pack::{Ask, Outline, document, outline};
use super::run::Event;
use super::viewing::copy_for;
use super::worker::{FAULT, hold, told};
use crate::case::{Hand, OpenCase, audit};
use crate::model::case::Case;
use crate::model::phrase::Phrase;
use crate::model::settings::{Recipient, Settings};
use crate::model::supply::Supplied;
use crate::picture::Picture;
use crate::report::pack::{html, text};

/// The newest whole picture, and how many decisions it knows.
#[derive(Debug, Clone)]
pub struct Latest {
    /// The picture.
    pub picture: Arc<Picture>,
    /// How many decisions it knows.
    pub decisions: usize,
    /// What was supplied to the case that it was computed from.
    pub supplied: Arc<Supplied>,
}

/// What the threads work from.
#[derive(Debug, Clone)]
pub struct Press {
    /// The open case.
    pub case: Arc<Mutex<OpenCase>>,
    /// What pictures are computed for, as the user gave it.
    pub settings: Settings,
    /// The newest whole picture.
    pub latest: Arc<Mutex<Latest>>,
}

/// Why a pack was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// There is something of this name.
    Exists(PathBuf),
    /// Something else, in words.
    Because(String),
}

/// Where a pack goes, and by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The file.
    pub path: PathBuf,
    /// Whether what is there is written over.
    pub is_forced: bool,
    /// By whom.
    pub by: String,
    /// When, as seconds since 1970.
    pub at: i64,
}

impl Press {
    /// The case as it stands, and its whole picture.
    fn whole(&self) -> Result<(Case, Arc<Picture>), String> {
        let case = hold(&self.case).case().clone();
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = latest.clone();
        let is_of_case = Arc::ptr_eq(&latest.supplied, &case.supplied);
        if is_of_case && latest.decisions == case.decisions.len() {
            return Ok((case, latest.picture));
        }
        let whole = Picture::of(&case, &self.settings).map_err(|fault| fault.to_string())?;
        Ok((case, Arc::new(whole)))
    }

    fn laid_out(&self, ask: &Ask) -> Result<Outline, String> {
        let (case, whole) = self.whole()?;
        let copy = copy_for(
            &whole,
            &case,
            &self.settings,
            (ask.whom.clone(), ask.purpose),
        );
        let copy = copy.map_err(|fault| fault.to_string())?;
        Ok(outline(&copy, ask))
    }

    fn written(&self, ask: &Ask, target: &Target) -> Result<(), NotWritten> {
        let path = &target.path;
        if !target.is_forced && is_there(path) {
            return Err(NotWritten::Exists(path.clone()));
        }
        let because = NotWritten::Because;
        let (case, whole) = self.whole().map_err(because)?;
        let copy = copy_for(
            &whole,
            &case,
            &self.settings,
            (ask.whom.clone(), ask.purpose),
        );
        let copy = copy.map_err(|fault| because(fault.to_string()))?;
        let document = document(&copy, ask);
        let is_text = path.extension().is_some_and(|end| end == "txt");
        let bytes = if is_text {
            text::page(&document)
        } else {
            html::page(&document)
        };
        let told_io = |fault: io::Error| because(format!("{}: {fault}", path.display()));
        let staged = Staged::write(path, bytes.as_bytes()).map_err(told_io)?;
        let rows = document.rows() as u64;
        self.log(ask, rows, bytes.as_bytes(), target)
            .map_err(because)?;
        // what came there while it was laid out is not written over either
        if !target.is_forced && is_there(path) {
            return Err(NotWritten::Exists(path.clone()));
        }
        staged.put_in_place(path).map_err(told_io)
    }

    /// Logs what is about to leave a case that is kept.
    fn log(&self, ask: &Ask, rows: u64, bytes: &[u8], target: &Target) -> Result<(), String> {
        let mut case = hold(&self.case);
        if !case.is_kept() {
            return Ok(());
        }
        let digest = Sha256::digest(bytes);
        let hex: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let whom = ask.whom.as_ref().map_or("partnership", Recipient::who);
        let event = audit::Event::Exported {
            table: "pack".to_owned(),
            recipient: whom.to_owned(),
            purpose: ask.purpose.map_or("", Phrase::phrase).to_owned(),
            rows,
            sha256: hex.concat(),
        };
        let hand = Hand {
            by: &target.by,
            at: target.at,
        };
        case.log(&event, hand).map_err(|problem| told(&problem))
    }
}

/// Lays a pack out in a thread.
pub fn lay_out(job: u64, press: Press, ask: Ask, events: &Sender<Event>) {
    let events = events.clone();
    thread::spawn(move || {
        let done = catch_unwind(AssertUnwindSafe(|| press.laid_out(&ask)));
        let done = done.unwrap_or_else(|_| Err(FAULT.to_owned()));
        drop(events.send(Event::Msg(Msg::PackReady(job, done.map(Arc::new)))));
    });
}

/// Writes a pack in a thread.
pub fn write(press: Press, ask: Ask, target: Target, events: &Sender<Event>) {
    let events = events.clone();
    thread::spawn(move || {
        let done = catch_unwind(AssertUnwindSafe(|| press.written(&ask, &target)));
        let done = done.unwrap_or_else(|_| Err(NotWritten::Because(FAULT.to_owned())));
        drop(events.send(Event::Msg(Msg::PackWritten(done))));
    });
}

/// Whether something has this name; a link that leads nowhere is something too.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// A file that is written beside its target and not yet in place. Dropped before, it is taken away.
struct Staged {
    beside: Option<PathBuf>,
}

impl Staged {
    fn write(target: &Path, bytes: &[u8]) -> io::Result<Self> {
        let name = target.file_name().map(|name| name.to_string_lossy());
        let name = name.ok_or_else(|| io::Error::other("this is no name of a file"))?;
        if target.is_dir() {
            return Err(io::Error::other("this is a folder"));
        }
        let beside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        let staged = Self {
            beside: Some(beside),
        };
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(staged)
    }

    fn put_in_place(mut self, target: &Path) -> io::Result<()> {
        if let Some(beside) = &self.beside {
            fs::rename(beside, target)?;
        }
        self.beside = None;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // what cannot be removed now was never there, or cannot be helped
            let _ = fs::remove_file(beside);
        }
    }
}
