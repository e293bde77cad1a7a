//! The thread of the wizard that adds a file: it lists folders, looks into a file, reads it by a mapping that is being made, keeps
//! the mapping, and imports. It holds the bytes of the file, so that the model holds only what is shown.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use super::adding::{NOT_YET, News, Order, Saving, Unsaved};
use super::keeper::held;
use super::msg::Msg;
use super::run::Event;
use super::text;
use super::worker::{FAULT, hold, told};
use crate::case::importing::ImportOptions;
use crate::case::{Hand, OpenCase};
use crate::import::look::{ENDING, Trial, export_lines, look, pattern_of};
use crate::import::{Folder, ImportError, InputFile, Limits, folder};
use crate::model::id::AgencyId;

/// So many names of a folder are listed.
const NAMES: usize = 2_000;
/// What sets a folder of exports up.
const CASE_TOML: &str = "case.toml";

/// An order, by whom and when.
type Given = (Order, String, i64);

/// The thread, and the way to it.
pub struct Desk {
    orders: Sender<Given>,
}

/// What the thread holds.
struct Held {
    case: Option<Arc<Mutex<OpenCase>>>,
    /// The same as when exports are imported.
    limits: Limits,
    /// The file that was looked into last: its path and its bytes.
    file: (PathBuf, Vec<u8>),
}

impl Desk {
    /// Starts the thread.
    pub fn start(
        case: Option<Arc<Mutex<OpenCase>>>,
        limits: Limits,
        events: &Sender<Event>,
    ) -> Self {
        let (orders, given) = channel();
        let events = events.clone();
        let held = Held {
            case,
            limits,
            file: Default::default(),
        };
        thread::spawn(move || work(held, &given, &events));
        Self { orders }
    }

    /// Hands over an order.
    pub fn take(&self, order: Order, by: &str, at: i64) {
        // the thread ends only with the screen
        drop(self.orders.send((order, by.to_owned(), at)));
    }
}

fn work(mut held: Held, given: &Receiver<Given>, events: &Sender<Event>) {
    let mut waiting: std::collections::VecDeque<Given> = std::collections::VecDeque::new();
    loop {
        if waiting.is_empty() {
            match given.recv() {
                Ok(order) => waiting.push_back(order),
                Err(_) => return,
            }
        }
        waiting.extend(given.try_iter());
        let Some((order, by, at)) = waiting.pop_front() else {
            continue;
        };
        // a newer trial makes an older one useless
        let is_old = |(newer, ..): &Given| matches!(newer, Order::Try(..) | Order::Look(..));
        if matches!(order, Order::Try(..)) && waiting.iter().any(is_old) {
            continue;
        }
        let failed = fault(&order);
        let done = catch_unwind(AssertUnwindSafe(|| {
            held.carry_out(order, Hand { by: &by, at })
        }));
        let news = done.unwrap_or(failed);
        if events.send(Event::Msg(Msg::Adding(news))).is_err() {
            return;
        }
    }
}

/// What is answered when an order fails in a way that nobody foresaw.
fn fault(order: &Order) -> News {
    let fault = FAULT.to_owned();
    match order {
        Order::List(job, base) => News::Listed(*job, base.clone(), Vec::new()),
        Order::Look(job, _) => News::Looked(*job, Err(fault)),
        Order::Try(job, ..) => News::Tried(*job, Err(fault)),
        Order::Save(job, _) => News::Saved(*job, Err(Unsaved::Failed(fault))),
        Order::Import(job, _) => News::Imported(*job, Err(fault)),
    }
}

impl Held {
    fn carry_out(&mut self, order: Order, hand: Hand<'_>) -> News {
        let limits = self.limits;
        match order {
            Order::List(job, base) => {
                let names = names(&base);
                News::Listed(job, base, names)
            }
            Order::Look(job, path) => News::Looked(job, self.look(&path, &limits)),
            Order::Try(job, draft, config) => {
                let trial = Trial {
                    path: &format!("agency/{}", self.name()),
                    bytes: &self.file.1,
                    draft: &draft,
                    config: &config,
                };
                let report = trial.report(&limits).map_err(|fault| match fault {
                    ImportError::NothingUsable { .. } => NOT_YET.to_owned(),
                    fault @ (ImportError::Config { .. } | ImportError::Stopped) => one_line(&fault),
                });
                let none = || "This file holds nothing that can be read.".to_owned();
                let report = report.and_then(|report| report.map(Arc::new).ok_or_else(none));
                News::Tried(job, report)
            }
            Order::Save(job, saving) => News::Saved(job, self.save(&saving)),
            Order::Import(job, saving) => News::Imported(job, self.import(&saving, hand)),
        }
    }

    /// The name of the file.
    fn name(&self) -> String {
        let name = self.file.0.file_name();
        name.map_or_else(
            || "file".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    fn look(
        &mut self,
        path: &str,
        limits: &Limits,
    ) -> Result<(Arc<crate::import::look::Look>, String), String> {
        let path = PathBuf::from(path);
        if path.is_dir() {
            return Err("This is a folder: name one file in it.".to_owned());
        }
        let read = folder::read_folder(&path, limits).map_err(|fault| one_line(&fault))?;
        let (Some(file), None) = (read.files.into_iter().next(), read.skipped.first()) else {
            return Err(
                "This file is not opened: it is a link or no file. Name the file itself."
                    .to_owned(),
            );
        };
        let bytes = file.bytes?;
        let seen = look(&file.path, &bytes, limits)
            .map_err(|(problem, hint)| format!("{problem}: {hint}"))?;
        if seen.tables.is_empty() {
            return Err("The file has no rows.".to_owned());
        }
        self.file = (path, bytes);
        Ok((Arc::new(seen), root_of(&self.file.0)))
    }

    /// Writes the mapping file and the lines of `case.toml` that name it.
    fn save(&self, saving: &Saving) -> Result<String, Unsaved> {
        let failed = |path: &Path, fault: &io::Error| {
            Unsaved::Failed(format!("{}: {fault}", path.display()))
        };
        let root = Path::new(if saving.root.trim().is_empty() {
            "."
        } else {
            saving.root.trim()
        });
        let path = self.path_under(root, saving);
        let (mapping, lines) = lines(&path, saving);
        let target = root.join(&mapping);
        let text = saving.draft.toml(saving.agency.as_str());
        if fs::symlink_metadata(&target).is_ok() && !saving.replace {
            return Err(Unsaved::IsThere(target.display().to_string()));
        }
        let set_up = root.join(CASE_TOML);
        let before = match fs::read_to_string(&set_up) {
            Ok(text) => text,
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => String::new(),
            Err(fault) => return Err(failed(&set_up, &fault)),
        };
        write_whole(&target, &text).map_err(|fault| failed(&target, &fault))?;
        let is_named = before.contains(lines.trim());
        if !is_named {
            let after = format!("{before}{lines}");
            crate::import::config::read_config(&after)
                .map_err(|fault| Unsaved::Failed(one_line(&fault)))?;
            write_whole(&set_up, &after).map_err(|fault| failed(&set_up, &fault))?;
        }
        let is_inside = root.join(&path).exists();
        let put = if is_inside {
            String::new()
        } else {
            format!(" Put the file there as {}.", text::safe(&path))
        };
        Ok(format!(
            "Kept {} and named it in {}: {} is read so from now on.{put}",
            text::safe(&target.display().to_string()),
            text::safe(&set_up.display().to_string()),
            text::safe(&pattern_of(&path)),
        ))
    }

    /// Where the file lies, or is to lie, in the folder of exports.
    fn path_under(&self, root: &Path, saving: &Saving) -> String {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let inside = real(&self.file.0)
            .zip(real(root))
            .and_then(|(file, root)| file.strip_prefix(root).ok().map(Path::to_owned));
        let parts = inside.map(|path| {
            let parts = path.components();
            let parts: Vec<String> = parts
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            parts.join("/")
        });
        parts.unwrap_or_else(|| format!("{}/{}", saving.agency, self.name()))
    }

    fn import(
        &self,
        saving: &Saving,
        hand: Hand<'_>,
    ) -> Result<(String, super::msg::Held), String> {
        let Some(case) = &self.case else {
            return Err("There is no case to import into.".to_owned());
        };
        let mut case = hold(case);
        let path = format!("{}/{}", saving.agency, self.name());
        let (mapping, lines) = lines(&path, saving);
        let set_up = case.held(CASE_TOML).map_err(|problem| told(&problem))?;
        let set_up = String::from_utf8_lossy(&set_up.unwrap_or_default()).into_owned();
        let set_up = if set_up.contains(lines.trim()) {
            set_up
        } else {
            format!("{set_up}{lines}")
        };
        let of = |path: String, bytes: Vec<u8>| InputFile {
            path,
            bytes: Ok(bytes),
            agency: None,
        };
        let given = Folder {
            files: vec![
                of(CASE_TOML.to_owned(), set_up.into_bytes()),
                of(path.clone(), self.file.1.clone()),
                of(
                    mapping,
                    saving.draft.toml(saving.agency.as_str()).into_bytes(),
                ),
            ],
            skipped: Vec::new(),
        };
        let imported = case.import(&given, &self.limits, ImportOptions::default(), hand);
        let imported = imported.map_err(|problem| told(&problem))?;
        let files = &case.case().supplied.files;
        let file = files.iter().find(|file| file.path == path);
        let counts = file.map_or(String::new(), |file| {
            format!(
                ": {} rows, {} used, {} rejected",
                file.rows, file.used, file.rejected
            )
        });
        let said = match imported.number {
            None => "The case holds this file already and stays as it was.".to_owned(),
            Some(number) => format!(
                "Import {number}: {}{counts}. The next one like {} is read the same way.",
                text::safe(&path),
                text::safe(&pattern_of(&path))
            ),
        };
        Ok((said, held(&case.case().decisions)))
    }
}

/// The name of the mapping file, and the lines of `case.toml` that name it. An agency may send several kinds of file, so the
/// letters of the file's own name stand in it.
fn lines(path: &str, saving: &Saving) -> (String, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let letters: String = stem
        .chars()
        .map(|c| if c.is_alphabetic() { c } else { ' ' })
        .collect();
    let agency = saving.agency.as_str();
    let name = match AgencyId::new(&letters) {
        _ if letters.trim().is_empty() => agency.to_owned(),
        stem if stem.as_str().starts_with(agency) => stem.as_str().to_owned(),
        stem => format!("{agency}-{stem}"),
    };
    let mapping = format!("{name}{ENDING}");
    let lines = export_lines(&pattern_of(path), &saving.agency, &mapping);
    (mapping, lines)
}

/// Writes a file beside its place and puts it there whole, readable by its owner alone.
fn write_whole(target: &Path, text: &str) -> io::Result<()> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let beside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&beside, target));
    if written.is_err() {
        // what cannot be removed now was never there, or cannot be helped
        drop(fs::remove_file(&beside));
    }
    written
}

/// The names of a folder that is typed, folders first, each ending in `/`; hidden ones and those that are no text are left out.
fn names(base: &str) -> Vec<String> {
    let folder = if base.is_empty() { "." } else { base };
    let Ok(found) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<(bool, String)> = found
        .filter_map(Result::ok)
        .filter_map(|item| {
            let name = item.file_name().into_string().ok()?;
            let is_folder = item.path().is_dir();
            let end = if is_folder { "/" } else { "" };
            (!name.starts_with('.')).then(|| (!is_folder, format!("{name}{end}")))
        })
        .take(NAMES)
        .collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}

/// The folder of exports that a file seems to lie in: the nearest one above it with a `case.toml`, else the one it lies in.
fn root_of(path: &Path) -> String {
    let own = path.parent().unwrap_or(Path::new(""));
    let above = path.ancestors().skip(1).take(3);
    let set_up = above
        .into_iter()
        .find(|folder| folder.join(CASE_TOML).is_file());
    set_up.unwrap_or(own).display().to_string()
}

/// A fault with its hint on one line.
fn one_line(fault: &impl std::fmt::Display) -> String {
    fault.to_string().replace("\n  hint: ", " – ")
}

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
