//! Says on standard error what of the exports is not in the picture: a table that says nothing of it looks complete.

use super::output::tell;
use crate::model::source::{Kept, Reject, SourceFile};
use crate::picture::Picture;
use crate::report::{View, guard};

/// Says which files could not be read or opened, and of which no row is used. Of what the family gets nothing is said, since such
/// a line may be about what is kept from them.
pub fn tell_unread(view: &View<'_>) {
    if view.is_family() {
        return;
    }
    tell_files(view.picture);
    let files = &view.picture.supplied.files;
    let unused = files
        .iter()
        .filter(|file| !is_unread(file) && file.used == 0 && file.rows > 0);
    for file in unused {
        tell(&format!(
            "{}: none of its rows is used\n  hint: casepicture check says why, row by row",
            guard::escape_controls(&file.path)
        ));
    }
}

/// Says which files could not be read or opened.
pub fn tell_files(picture: &Picture) {
    let supplied = &picture.supplied;
    for file in supplied.files.iter().filter(|file| is_unread(file)) {
        let mut whole = supplied
            .rejects
            .iter()
            .filter(|reject| reject.row.is_none());
        let why = whole.find(|reject| reject.file == file.path);
        let (problem, hint) = why.map_or(
            ("it could not be read", "ask the agency to send it again"),
            |reject| (&reject.problem, &reject.hint),
        );
        tell(&format!(
            "{}: {problem}\n  hint: {hint}",
            guard::escape_controls(&file.path)
        ));
    }
    tell_not_opened(picture);
}

fn is_unread(file: &SourceFile) -> bool {
    file.profile.is_empty()
}

/// Says what was named or found and is no file that was read: links, pipes, files of `case.toml` that are not there, an own
/// agency that supplied nothing.
fn tell_not_opened(picture: &Picture) {
    let supplied = &picture.supplied;
    let is_read = |path: &str| supplied.files.iter().any(|file| file.path == path);
    let whole_file = |reject: &&Reject| reject.row.is_none() && reject.kept == Kept::None;
    for reject in supplied.rejects.iter().filter(whole_file) {
        if !is_read(&reject.file) && !reject.file.contains('!') {
            tell(&format!(
                "{}: {}\n  hint: {}",
                guard::escape_controls(&reject.file),
                reject.problem,
                reject.hint
            ));
        }
    }
    let own = picture.settings.own_agency.as_ref();
    if let Some(own) = own.filter(|id| !supplied.agency(id).is_some_and(|own| own.supplied)) {
        tell(&format!(
            "own agency {own}: none of the files is from it\n  hint: check own_agency in case.toml or --own-agency"
        ));
    }
}
