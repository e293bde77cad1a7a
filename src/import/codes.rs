//! The codes of lawful bases by which cells are read: the shipped ones, and the hub's own file over them.

use super::decode::decode;
use super::{Folder, ImportError};
use crate::model::basis::{Jurisdiction, Vocabulary};
use crate::model::settings::{Config, OwnVocabulary};

/// The hub's own file of codes. Without it, or with a wrong one, nothing is judged: a code that was to narrow who may see
/// a fact must not be passed over.
pub fn own_vocabulary(folder: &Folder, path: &str) -> Result<OwnVocabulary, ImportError> {
    let wrong = |problem: String, hint: &str| ImportError::Config {
        problem: format!("vocabulary = \"{path}\": {problem}"),
        hint: hint.into(),
    };
    let file = folder.files.iter().find(|file| file.path == path);
    let Some(file) = file else {
        return Err(wrong(
            "there is no such file in the folder".into(),
            "check the path under the folder, with / between its parts; links are not followed",
        ));
    };
    let bytes = file.bytes.as_deref().map_err(|reason| {
        wrong(
            reason.clone(),
            "check that you may read the file, and try again",
        )
    })?;
    let text = decode(bytes).0.into_owned();
    Vocabulary::with_own(Jurisdiction::None, Some(&text))
        .or_else(|_| Vocabulary::with_own(Jurisdiction::England, Some(&text)))
        .map_err(|problem| wrong(problem, "mend the line, or take the key out of case.toml"))?;
    Ok(OwnVocabulary {
        file: path.to_owned(),
        text,
    })
}

/// The words in which basis cells are read: those of the case's jurisdiction, else England's. Which jurisdiction holds in
/// the end is settled later, from the codes; the cell itself is kept beside what was read.
pub fn vocabulary(config: &Config) -> Result<Vocabulary, ImportError> {
    let place = config.jurisdiction.unwrap_or(Jurisdiction::England);
    Vocabulary::with_own(place, config.own_codes()).map_err(|problem| {
        let own = config.vocabulary.as_ref();
        ImportError::Config {
            problem: match own {
                Some(own) => format!("vocabulary = \"{}\": {problem}", own.file),
                None => problem,
            },
            hint: match own {
                Some(_) => "mend the line, or take the key out of case.toml".into(),
                None => "this is a fault of the program's own data; please report it".into(),
            },
        }
    })
}
