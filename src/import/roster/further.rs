//! Columns that are compared as text beside the fields of a roster: those asked for, and those whose header says that they hold
//! what tells one person from another, as a town or an occupation does.

use std::collections::BTreeSet;

use super::columns::{Field, telling};
use super::piece::Join;
use super::settle::{Asked, Columns, is_truth, several};
use super::spec::{self, Joined};
use crate::import::headers::fold_header;

/// What is known by its header: the name of the field, and the headers, folded, the best first.
const KNOWN: [(&str, &[&str]); 4] = [
    (
        "town",
        &[
            "town",
            "city",
            "posttown",
            "towncity",
            "citytown",
            "suburb",
            "locality",
            "village",
            "addresstown",
            "addresscity",
            "townofresidence",
            "cityofresidence",
            "ort",
            "stadt",
            "wohnort",
            "ville",
            "commune",
            "ciudad",
        ],
    ),
    (
        "county",
        &["county", "state", "province", "region", "bundesland"],
    ),
    (
        "place_of_birth",
        &[
            "placeofbirth",
            "birthplace",
            "birthtown",
            "birthcity",
            "townofbirth",
            "cityofbirth",
            "countryofbirth",
            "birthcountry",
            "geburtsort",
            "lieunaissance",
            "lieudenaissance",
        ],
    ),
    (
        "occupation",
        &["occupation", "profession", "trade", "beruf", "metier"],
    ),
];

/// A column to compare as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Further<'a> {
    /// As `--compare` names it.
    Asked(&'a str),
    /// By its header: a name and headers of [`KNOWN`].
    Known(&'static str, &'static [&'static str]),
}

impl<'a> Further<'a> {
    /// Those of all files: those asked for that are no field anyway, each once, then those known by a header of some file.
    pub(super) fn of(asked: &Asked<'a>, files: &[&[String]]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for text in &asked.layout.compare {
            let again = all
                .iter()
                .any(|known| fold_header(known.name()) == fold_header(text));
            if !again && !is_field(text, asked, files) {
                all.push(Self::Asked(text));
            }
        }
        let wanted = all.clone();
        let known = KNOWN
            .iter()
            .map(|(name, headers)| Self::Known(name, headers));
        all.extend(known.filter(|known| {
            let is_new = wanted
                .iter()
                .all(|other| fold_header(other.name()) != fold_header(known.name()));
            let is_in = |headers: &&[String]| {
                let mut columns = Columns::settle(headers, asked);
                for (at, other) in wanted.iter().enumerate() {
                    columns.take_further(other, at, headers, asked);
                }
                known.columns(headers, &columns.used(), asked).is_some()
            };
            is_new && files.iter().any(is_in)
        }));
        all
    }

    /// What it is called where it is compared.
    pub(super) fn name(&self) -> &'a str {
        match self {
            Self::Asked(name) | Self::Known(name, _) => name,
        }
    }

    /// Where it comes from in one file; a column known by its header alone must not be `used` for something else.
    pub(super) fn columns(
        &self,
        headers: &[String],
        used: &BTreeSet<usize>,
        asked: &Asked,
    ) -> Option<Joined> {
        let known = match self {
            Self::Asked(text) => return spec::columns(text, headers),
            Self::Known(_, known) => known,
        };
        let rank = |at: usize, header: &str| {
            if used.contains(&at) || is_truth(header, headers, at, asked.layout) {
                return None;
            }
            let folded = telling(header);
            known.iter().position(|name| *name == folded)
        };
        let mut ranked: Vec<(usize, usize)> = headers
            .iter()
            .enumerate()
            .filter_map(|(at, header)| Some((rank(at, header)?, at)))
            .collect();
        ranked.sort_unstable();
        (!ranked.is_empty()).then(|| Joined {
            columns: ranked.into_iter().map(|(_, at)| at).collect(),
            join: Join::First,
        })
    }
}

impl Columns {
    /// Takes what a further column, the one of this place, comes from.
    pub(super) fn take_further(
        &mut self,
        further: &Further<'_>,
        at: usize,
        headers: &[String],
        asked: &Asked,
    ) {
        if let Some(joined) = further.columns(headers, &self.used(), asked) {
            if joined.join == Join::First && joined.columns.len() > 1 {
                let name = further.name();
                self.notes
                    .push(several(name, "--compare COLUMN", &joined.columns, headers));
            }
            self.take(Field::Further(at), joined.columns, joined.join);
        }
    }
}

/// Whether what `--compare` names is a field in every file that has it.
fn is_field(text: &str, asked: &Asked, files: &[&[String]]) -> bool {
    files
        .iter()
        .all(|headers| match spec::columns(text, headers) {
            None => true,
            Some(joined) => {
                let used = Columns::settle(headers, asked).used();
                joined.columns.iter().all(|at| used.contains(at))
            }
        })
}
