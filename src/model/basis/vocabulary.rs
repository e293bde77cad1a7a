//! Puts data files of codes together into the vocabulary of a jurisdiction, reads spellings, and finds the nearest to one
//! that nobody knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{BasisCode, Jurisdiction, NOT_MAPPED, NOT_RECORDED};
use crate::model::phrase::{Phrase, fold};
use crate::model::words::{AgencyKind, Handling};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    code: Vec<BasisCode>,
    #[serde(default)]
    spelling: Vec<Spellings>,
    #[serde(default)]
    ambiguous: Vec<String>,
}

/// More spellings of a code that another file defines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    code: String,
    read_as: Vec<String>,
}

/// The codes that apply in one jurisdiction: the common part, its own, and those of the hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    codes: BTreeMap<String, BasisCode>,
    /// Folded spelling to code.
    read_as: BTreeMap<String, String>,
    /// Folded spellings that nobody can read one way ("No consent").
    ambiguous: BTreeSet<String>,
}

const COMMON: &str = include_str!("common.toml");
const UK: &str = include_str!("uk.toml");
const ENGLAND_AND_WALES: &str = include_str!("england-wales.toml");
const ENGLAND: &str = include_str!("england.toml");
const SCOTLAND: &str = include_str!("scotland.toml");
const WALES: &str = include_str!("wales.toml");
const NSW: &str = include_str!("nsw.toml");
const VICTORIA: &str = include_str!("victoria.toml");
const QUEENSLAND: &str = include_str!("queensland.toml");
const NEW_ZEALAND: &str = include_str!("new-zealand.toml");

/// The data files of each jurisdiction beside the common part, the later over the earlier.
const SHIPPED: [(Jurisdiction, &[&str]); 7] = [
    (Jurisdiction::England, &[UK, ENGLAND_AND_WALES, ENGLAND]),
    (Jurisdiction::Scotland, &[UK, SCOTLAND]),
    (Jurisdiction::Wales, &[UK, ENGLAND_AND_WALES, WALES]),
    (Jurisdiction::Nsw, &[NSW]),
    (Jurisdiction::Victoria, &[VICTORIA]),
    (Jurisdiction::Queensland, &[QUEENSLAND]),
    (Jurisdiction::NewZealand, &[NEW_ZEALAND]),
];

/// Codes by which the program says that it knows no ground: no file of a hub may make one of them.
const OF_THE_PROGRAM: &str = "U-";

impl Vocabulary {
    /// The vocabulary of a jurisdiction: the common part, and its own codes where they are shipped.
    ///
    /// # Errors
    /// The text of the fault when a data file cannot be read (a test reads all that are shipped).
    pub fn of(jurisdiction: Jurisdiction) -> Result<Self, String> {
        Self::with_own(jurisdiction, None)
    }

    /// The same, with the hub's own file over it: its codes take the place of shipped ones, and its spellings hold.
    ///
    /// # Errors
    /// The text of the fault, with the line, when the hub's file cannot be read or redefines a code of the program's own.
    pub fn with_own(jurisdiction: Jurisdiction, own: Option<&str>) -> Result<Self, String> {
        let shipped = SHIPPED.iter().find(|(place, _)| *place == jurisdiction);
        let shipped = shipped.map_or(&[][..], |(_, files)| *files);
        let files = std::iter::once(COMMON).chain(shipped.iter().copied());
        let mut vocabulary = Self::from_toml(jurisdiction, files)?;
        if let Some(text) = own {
            let mut file = read(text)?;
            let program = file
                .code
                .iter()
                .map(|code| &code.code)
                .chain(file.spelling.iter().map(|more| &more.code))
                .find(|code| code.starts_with(OF_THE_PROGRAM));
            if let Some(code) = program {
                return Err(format!(
                    "{code} is the program's word for a ground that nobody knows, and stays so"
                ));
            }
            // a hub has one file for the cases of all places: spellings of another place's code have no meaning here
            let own: Vec<String> = file.code.iter().map(|code| code.code.clone()).collect();
            file.spelling.retain(|more| {
                vocabulary.codes.contains_key(&more.code)
                    || own.contains(&more.code)
                    || places_that_read(&more.code).is_empty()
            });
            vocabulary.lay_over(file)?;
        }
        Ok(vocabulary)
    }

    /// Puts a vocabulary together from the text of data files; a later file overlays an earlier one, code by code.
    ///
    /// # Errors
    /// As for [`Vocabulary::of`].
    pub fn from_toml<'a>(
        jurisdiction: Jurisdiction,
        files: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, String> {
        let mut vocabulary = Self {
            jurisdiction,
            codes: BTreeMap::new(),
            read_as: BTreeMap::new(),
            ambiguous: BTreeSet::new(),
        };
        for text in files {
            vocabulary.lay_over(read(text)?)?;
        }
        Ok(vocabulary)
    }

    fn lay_over(&mut self, file: File) -> Result<(), String> {
        for code in file.code {
            sound(&code)?;
            for spelling in code.read_as.iter().chain([&code.code, &code.label]) {
                self.read_as_code(spelling, &code.code);
            }
            self.codes.insert(code.code.clone(), code);
        }
        for more in file.spelling {
            if !self.codes.contains_key(&more.code) {
                return Err(format!(
                    "{}: a [[spelling]] names a code that is not in the vocabulary",
                    more.code
                ));
            }
            for spelling in &more.read_as {
                self.read_as_code(spelling, &more.code);
            }
        }
        let ambiguous = file.ambiguous.iter();
        self.ambiguous.extend(ambiguous.map(|word| fold(word)));
        Ok(())
    }

    /// A later file that reads a spelling one way has settled what an earlier one left open.
    fn read_as_code(&mut self, spelling: &str, code: &str) {
        let folded = fold(spelling);
        self.ambiguous.remove(&folded);
        self.read_as.insert(folded, code.to_owned());
    }

    /// Finds a code by its printed name.
    pub fn code(&self, code: &str) -> Option<&BasisCode> {
        self.codes.get(code)
    }

    /// All codes, by name.
    pub fn codes(&self) -> impl Iterator<Item = &BasisCode> {
        self.codes.values()
    }

    /// Reads one spelling of a basis cell: the code, or `None` when it is ambiguous or not known.
    pub fn read(&self, spelling: &str) -> Option<&BasisCode> {
        let folded = fold(spelling);
        if self.ambiguous.contains(&folded) {
            return None;
        }
        self.read_as
            .get(&folded)
            .and_then(|code| self.codes.get(code))
    }

    /// Reads a basis cell: each spelling in it with its code, `None` for one that is ambiguous or not known. A cell that is
    /// one spelling as a whole is not taken apart; a blank cell has none.
    pub fn read_cell<'a>(&'a self, cell: &'a str) -> Vec<(&'a str, Option<&'a BasisCode>)> {
        if let Some(code) = self.read(cell) {
            return vec![(cell, Some(code))];
        }
        let parts = cell.split(['|', ';']).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| (part, self.read(part)))
            .collect()
    }

    /// The codes of a basis cell, each once. A blank is `U-NR`; what is not in the vocabulary, or can be read in two ways, is
    /// `U-MAP`.
    pub fn codes_of(&self, cell: &str) -> Vec<Box<str>> {
        let mut codes: Vec<Box<str>> = Vec::new();
        for (_, code) in self.read_cell(cell) {
            let code: Box<str> = code.map_or(NOT_MAPPED, |code| &code.code).into();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        if codes.is_empty() {
            codes.push(NOT_RECORDED.into());
        }
        codes
    }

    /// Whether the spelling is one that can be read in two ways.
    pub fn is_ambiguous(&self, spelling: &str) -> bool {
        self.ambiguous.contains(&fold(spelling))
    }

    /// The codes whose name, label or spelling comes nearest to one that is not known, nearest first, three at most.
    /// Those that are further away than half of its letters are left out: they would only mislead.
    pub fn nearest(&self, spelling: &str) -> Vec<&BasisCode> {
        let folded = fold(spelling);
        let most = (folded.chars().count() / 2).max(1);
        let mut best: BTreeMap<&str, usize> = BTreeMap::new();
        for (known, code) in &self.read_as {
            let distance =
                rapidfuzz::distance::levenshtein::distance(folded.chars(), known.chars());
            let nearest = best.entry(code).or_insert(distance);
            *nearest = distance.min(*nearest);
        }
        let mut nearest: Vec<(usize, &str)> = best
            .into_iter()
            .filter(|(_, distance)| *distance <= most)
            .map(|(code, distance)| (distance, code))
            .collect();
        nearest.sort_unstable();
        let codes = nearest.into_iter().take(3);
        codes.filter_map(|(_, code)| self.codes.get(code)).collect()
    }

    /// The labels of codes, joined by `|`; a code that is not in the vocabulary stands for itself.
    pub fn labels<S: AsRef<str>>(&self, codes: &[S]) -> String {
        let labels: Vec<&str> = codes
            .iter()
            .map(|code| {
                self.code(code.as_ref())
                    .map_or(code.as_ref(), |c| c.label.as_str())
            })
            .collect();
        labels.join("|")
    }
}

/// The jurisdictions whose shipped vocabulary reads a spelling: a code of New Zealand in a case of England is no slip of the
/// pen but another country's law.
pub fn places_that_read(spelling: &str) -> Vec<Jurisdiction> {
    static ALL: OnceLock<Vec<Vocabulary>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let places = SHIPPED.iter().map(|(place, _)| *place);
        places.filter_map(|p| Vocabulary::of(p).ok()).collect()
    });
    let reading = all.iter().filter(|one| one.read(spelling).is_some());
    reading.map(|one| one.jurisdiction).collect()
}

/// Reads one data file; a fault is told with its line.
fn read(text: &str) -> Result<File, String> {
    let text = text.trim_start_matches('\u{feff}');
    toml::from_str(text).map_err(|fault| {
        let at = fault.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        format!("line {line}: {}", fault.message().replace('\n', " "))
    })
}

/// Whether the words of a code are words of the program, and its dates are in order.
fn sound(code: &BasisCode) -> Result<(), String> {
    let name = &code.code;
    if name.trim().is_empty() || name.contains(['|', ';']) {
        return Err(format!("`{name}` cannot be the name of a code"));
    }
    if let Some(word) = code.handling.iter().find(|w| Handling::read(w).is_none()) {
        return Err(format!("{name}: `{word}` is no handling"));
    }
    let is_kind = |word: &&String| AgencyKind::read(word).is_some();
    if let Some(word) = code.recipient_kinds.iter().find(|w| !is_kind(w)) {
        return Err(format!("{name}: `{word}` is no agency kind"));
    }
    match (code.from, code.until) {
        (Some(from), Some(until)) if from > until => {
            Err(format!("{name}: it ends before it begins"))
        }
        _ => Ok(()),
    }
}
