//! An agency: an organisation that supplies information, or that is known to be involved.

use serde::{Deserialize, Serialize};

use super::id::AgencyId;
use super::phrase::Phrase;
use super::words::AgencyKind;

/// An organisation that supplies information.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// The name that is shown.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: AgencyKind,
    /// Whether it supplied at least one row. Others are only named, as involved, asked, or as an origin.
    pub supplied: bool,
}

impl Agency {
    /// Makes an agency of its id alone: its kind is guessed from the id, its name is the id with spaces.
    pub fn of_id(id: &AgencyId) -> Self {
        let spaced = id.as_str().replace('-', " ");
        let mut name = spaced.clone();
        if let Some(first) = name.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        if id.as_str() == "gp" {
            name.make_ascii_uppercase();
        }
        Self {
            id: id.clone(),
            name,
            kind: guess_kind(&spaced),
            supplied: false,
        }
    }
}

/// Guesses the kind of an agency from its name: the whole name if it is one of the words, else the first word of the
/// list that the name contains, else `other`.
pub fn guess_kind(name: &str) -> AgencyKind {
    if let Some(kind) = AgencyKind::read(name) {
        return kind;
    }
    let lower = format!(" {} ", name.to_lowercase().replace(['-', '_', ','], " "));
    let named =
        |word: &str| word.len() > 1 && lower.contains(&format!(" {} ", word.replace('-', " ")));
    AgencyKind::PHRASES
        .iter()
        .flat_map(|(kind, phrase, others)| {
            others
                .iter()
                .chain(std::iter::once(phrase))
                .map(move |word| (*kind, *word))
        })
        .filter(|(_, word)| named(word))
        .max_by_key(|(_, word)| word.len())
        .map_or(AgencyKind::Other, |(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_guessed_from_the_longest_word_of_the_name() {
        for (name, kind) in [
            ("gp", AgencyKind::Gp),
            ("Hill Road primary school", AgencyKind::School),
            ("adult mental health", AgencyKind::MentalHealth),
            ("Example school nursing", AgencyKind::SchoolNursing),
            ("Lighthouse", AgencyKind::Other),
        ] {
            assert_eq!(guess_kind(name), kind, "{name}");
        }
    }
}
