//! Says on standard error what of the exports is not in the picture: a table that says nothing of it looks complete.

use super::output::tell;
use crate::model::date::iso;
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
    tell_ahead(view);
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

/// Says how many facts are dated after the day at which everything is judged.
pub fn tell_ahead(view: &View<'_>) {
    let picture = view.picture;
    let facts = picture.timeline.facts.iter().enumerate();
    let ahead = facts.filter(|(at, fact)| {
        let start = fact.when.start();
        view.shows(*at) && start.is_some_and(|day| day > picture.as_of)
    });
    let entries = &picture.supplied.entries;
    let ahead = ahead.filter_map(|(_, fact)| entries.get(fact.lead));
    let ids: Vec<&str> = ahead.map(|entry| entry.id.as_str()).collect();
    if let Some(first) = ids.first() {
        let (count, more) = match ids.len() {
            1 => ("1 fact is".to_owned(), String::new()),
            many => (
                format!("{many} facts are"),
                format!(" and {} more", many - 1),
            ),
        };
        tell(&format!(
            "{count} dated after {}, the day that all is judged at: {}{more}\n  hint: a slip in the date, or still to come; it is shown, and is no time that went by",
            iso(picture.as_of),
            guard::escape_controls(first)
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
