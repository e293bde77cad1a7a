//! Work on a case, done by a child process that is killed or meets faults of the disk; and what must hold afterwards.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use casepicture::case::store::{Cost, NewExport, Store};
use casepicture::case::{CaseError, Hand, OpenCase, Passphrase, Step};
use casepicture::import::Limits;
use casepicture::model::decision::{About, Verdict};

const HAND: Hand<'_> = Hand {
    by: "R. Adeyemi",
    at: 1_700_000_000,
};

const OLD: &str = "old words of the case";
const NEW: &str = "new words of the case";

/// A text that erasing takes away.
const CANARY: &str = "Quokkaberry";

/// How many decisions a child makes one after the other.
const SAVES: usize = 6;

/// What the child does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Makes a case.
    Create,
    /// Decides, several times.
    Save,
    /// Imports files in place of others.
    Import,
    /// Changes the passphrase.
    Passphrase,
    /// Erases a text and what was decided on it.
    Erase,
}

impl Work {
    /// All of them, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Create, "create"),
        (Self::Save, "save"),
        (Self::Import, "import"),
        (Self::Passphrase, "passphrase"),
        (Self::Erase, "erase"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(work, _)| *work == self)
            .map_or("", |(_, name)| name)
    }

    /// Reads a name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(work, _)| *work)
    }
}

/// Where a child works: the case, alone in its folder; and what the child tells, outside of it.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A new place with a case that was there before the work.
    pub fn new(work: Work, before: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for inner in ["case", "told"] {
            fs::create_dir(folder.path().join(inner)).expect("a folder");
        }
        let place = Self { folder };
        if work != Work::Create {
            fs::write(place.case(), before).expect("the case");
            make_private(&place.case());
        }
        place
    }

    /// The folder of all.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The case.
    pub fn case(&self) -> PathBuf {
        self.folder.path().join("case").join("river")
    }

    /// How many parts of the work the child said were done.
    fn told(&self) -> usize {
        fs::read_dir(self.folder.path().join("told"))
            .expect("a folder")
            .count()
    }
}

#[cfg(unix)]
fn make_private(path: &Path) {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(path, mode).expect("the mode");
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned().into()).expect("a passphrase")
}

fn open(path: &Path, text: &str) -> Result<Store, CaseError> {
    Store::open_with(path, &phrase(text), Cost::CHEAP)
}

fn note(number: usize) -> Step {
    let verdict = Verdict::Noted {
        about: About::Case,
        text: format!("note {number}: {CANARY}"),
    };
    Step {
        verdicts: vec![(verdict, vec!["as shown".to_owned()])],
        why: String::new(),
    }
}

/// The bytes of a case with a few hundred rows and two decisions.
pub fn before() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("river");
    let mut store = Store::create_with(&path, &phrase(OLD), Cost::CHEAP, HAND).expect("a case");
    import(&mut store, 0).expect("an import");
    drop(store);
    let mut case = OpenCase::open_with(&path, &phrase(OLD), Cost::CHEAP, &Limits::default())
        .expect("it opens");
    for number in 0..2 {
        case.decide(note(number), HAND).expect("a decision");
    }
    drop(case);
    fs::read(&path).expect("the case")
}

/// Imports three files in place of the current ones.
fn import(store: &mut Store, generation: usize) -> Result<(), CaseError> {
    store.write(|writing| {
        let import = writing.add_import(HAND)?;
        for old in writing
            .exports()?
            .iter()
            .filter(|one| one.replaced_by.is_none())
        {
            writing.replace_export(old.id, import)?;
        }
        for agency in ["school", "police", "gp"] {
            let mut text = "record_id,given_name,family_name\n".to_owned();
            for row in 0..300 {
                let (given, family) = (row * 7 + generation, row * 7919 * (generation + 3));
                let _ = writeln!(text, "{row},{CANARY} {given},{family:x}");
            }
            writing.add_export(&NewExport {
                path: &format!("{agency}/people.csv"),
                agency: None,
                found: None,
                bytes: text.as_bytes(),
                import,
            })?;
        }
        writing.log_import(import, HAND)
    })
}

fn erase(store: &mut Store) -> Result<(), CaseError> {
    store.write(|writing| {
        for export in writing.exports()? {
            let text = String::from_utf8(writing.bytes(export.id)?).unwrap_or_default();
            writing.set_export_bytes(export.id, text.replace(CANARY, "").as_bytes())?;
        }
        let decisions: Vec<_> = writing.decisions()?.into_iter().map(|one| one.id).collect();
        writing.remove_decisions(&decisions)?;
        writing.log_erased(HAND)
    })
}

/// How many steps a work has, each of which is done or not done.
fn steps(work: Work) -> usize {
    match work {
        Work::Save => SAVES,
        Work::Erase => 2,
        _ => 1,
    }
}

/// An open case of the child: decisions go through the case, all else through the store under it.
enum Opened {
    Nothing,
    Case(Box<OpenCase>),
    Store(Box<Store>),
}

fn open_for(work: Work, path: &Path, text: &str) -> Result<Opened, CaseError> {
    let case = || OpenCase::open_with(path, &phrase(text), Cost::CHEAP, &Limits::default());
    Ok(match work {
        Work::Create => Opened::Nothing,
        Work::Save | Work::Passphrase => Opened::Case(Box::new(case()?)),
        Work::Import | Work::Erase => Opened::Store(Box::new(open(path, text)?)),
    })
}

fn step(work: Work, at: usize, path: &Path, opened: &mut Opened) -> Result<(), CaseError> {
    match (work, opened) {
        (Work::Save, Opened::Case(case)) => case.decide(note(10 + at), HAND).map(drop),
        (Work::Passphrase, Opened::Case(case)) => case.change_passphrase(&phrase(NEW), HAND),
        (Work::Import, Opened::Store(store)) => import(store, 1),
        (Work::Erase, Opened::Store(store)) if at == 0 => erase(store),
        (Work::Erase, Opened::Store(store)) => store.compact(),
        (Work::Create, opened) => {
            let store = Store::create_with(path, &phrase(OLD), Cost::CHEAP, HAND)?;
            *opened = Opened::Store(Box::new(store));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The child that is killed: says of each step that it is done, by making a folder, which is no writing to a file.
pub fn child(work: Work, folder: &Path) {
    let path = folder.join("case").join("river");
    let mut opened = open_for(work, &path, OLD).expect("the case opens");
    for at in 0..steps(work) {
        step(work, at, &path, &mut opened).expect("the step is done");
        fs::create_dir(folder.join("told").join(at.to_string())).expect("it is told");
    }
}

/// The child that meets one fault of the disk: the step fails in plain words and with the old state in place, and the same
/// open case does it when asked again. A fault that does no harm may go unseen.
pub fn child_with_fault(work: Work, folder: &Path) {
    let path = folder.join("case").join("river");
    let mut opened = open_for(work, &path, OLD).unwrap_or_else(|fault| {
        told_plainly(&fault);
        open_for(work, &path, OLD).expect("the case opens when the fault is over")
    });
    for at in 0..steps(work) {
        let before = state(&opened);
        if let Err(fault) = step(work, at, &path, &mut opened) {
            told_plainly(&fault);
            assert_eq!(state(&opened), before, "the old state is in place");
            step(work, at, &path, &mut opened)
                .expect("the same case does it when the fault is over");
        }
        fs::create_dir(folder.join("told").join(at.to_string())).expect("it is told");
    }
}

fn told_plainly(fault: &CaseError) {
    assert!(matches!(fault, CaseError::Io { .. }), "{fault:?}");
    let text = fault.to_string();
    assert!(
        text.contains("hint: ") && text.contains("as it was before"),
        "{text}"
    );
}

/// What an open case holds.
fn state(opened: &Opened) -> Option<(String, usize)> {
    match opened {
        Opened::Nothing => None,
        Opened::Case(case) => Some((
            case.head().expect("the log").to_string(),
            case.case().decisions.len(),
        )),
        Opened::Store(store) => Some((
            store.head().expect("the log").to_string(),
            store.decisions().expect("the decisions").len(),
        )),
    }
}

/// What must hold after a child is gone: the case opens, holds all that was told and at most one step more, agrees with its
/// log, and nothing is left beside it. `is_whole`: the child came to its end.
pub fn check(work: Work, place: &Place, is_whole: bool) -> Result<(), String> {
    let path = place.case();
    let told = place.told();
    if is_whole && told != steps(work) {
        return Err(format!("the child told of {told} steps only"));
    }
    if work == Work::Create && told == 0 && !path.exists() {
        // the half-made file is removed by whoever makes the case next
        let made = Store::create_with(&path, &phrase(OLD), Cost::CHEAP, HAND);
        made.map(drop)
            .map_err(|fault| format!("it cannot be made again: {fault}"))?;
    }
    let store = match (open(&path, OLD), work) {
        (Ok(_), Work::Passphrase) if told > 0 => {
            return Err("the old passphrase still opens it".to_owned());
        }
        (Err(CaseError::Sealed(_)), Work::Passphrase) => open(&path, NEW),
        (opened, _) => opened,
    };
    let store = store.map_err(|fault| format!("it does not open: {fault}"))?;
    let findings = store.verify(None).map_err(|fault| fault.to_string())?;
    if let Some(finding) = findings.first() {
        return Err(format!("it does not agree with its log: {finding}"));
    }
    done(work, &store, told)?;
    drop(store);
    let beside = fs::read_dir(place.path().join("case")).map_or(0, Iterator::count);
    if beside == 1 {
        Ok(())
    } else {
        Err(format!("{beside} files are left in the folder"))
    }
}

/// Whether the steps that were told are there, and at most one more.
fn done(work: Work, store: &Store, told: usize) -> Result<(), String> {
    let fault = |fault: CaseError| fault.to_string();
    let decisions = store.decisions().map_err(fault)?;
    let steps = match work {
        Work::Create => 1,
        Work::Save => {
            for (at, decision) in decisions.iter().skip(2).enumerate() {
                if decision.verdict != note(10 + at).verdicts[0].0 {
                    return Err(format!("decision {} is another one", at + 3));
                }
            }
            decisions.len().saturating_sub(2)
        }
        Work::Import => store.imports().map_err(fault)?.len() - 1,
        Work::Passphrase => store.audit().map_err(fault)?.len() - 4,
        Work::Erase => {
            let left = store.exports().map_err(fault)?.iter().any(|export| {
                let bytes = store.bytes(export.id).unwrap_or_default();
                String::from_utf8_lossy(&bytes).contains(CANARY)
            });
            if left == decisions.is_empty() {
                return Err("files and decisions were not erased together".to_owned());
            }
            usize::from(decisions.is_empty())
        }
    };
    // erasing is one step, and writing the file anew after it changes nothing that can be asked for
    let told = if work == Work::Erase {
        told.min(1)
    } else {
        told
    };
    if (told..=told + 1).contains(&steps) || (work == Work::Create) {
        Ok(())
    } else {
        Err(format!("{told} steps were told and {steps} are there"))
    }
}
