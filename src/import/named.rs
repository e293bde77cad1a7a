//! Files that are named on the command line with their agencies, beside a folder or in it.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{FolderError, cannot, file_name, input};
use super::{Folder, Limits};
use crate::model::id::AgencyId;

/// Adds them to a folder that was read from `root`. One that lies in it is known already: it is that file, now with its agency.
/// The path of any other becomes `agency/name`.
///
/// # Errors
/// When one is missing or is no file.
pub fn add_named(
    folder: &mut Folder,
    root: Option<&Path>,
    named: &[(AgencyId, PathBuf)],
    limits: &Limits,
) -> Result<(), FolderError> {
    let root = root.and_then(|root| fs::canonicalize(root).ok());
    for (agency, path) in named {
        let kind = fs::metadata(path).map_err(|fault| cannot(path, &fault))?;
        let shown = || path.display().to_string();
        if kind.is_dir() {
            return Err(FolderError::IsAFolder { path: shown() });
        }
        if !kind.is_file() {
            return Err(FolderError::NotAFile { path: shown() });
        }
        let inside = root.as_deref().and_then(|root| path_in(root, path));
        let mut unnamed = folder.files.iter_mut().filter(|file| file.agency.is_none());
        let known = unnamed.find(|file| inside.as_ref() == Some(&file.path));
        if let Some(file) = known {
            file.agency = Some(agency.clone());
            continue;
        }
        let path_shown = free_path(folder, agency, &file_name(path), named.len());
        let file = input(path_shown, path, (kind.len(), limits), Some(agency.clone()));
        folder.files.push(file);
    }
    folder.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(())
}

/// The path under a folder, with `/`, of a file that lies in it.
fn path_in(root: &Path, path: &Path) -> Option<String> {
    let path = fs::canonicalize(path).ok()?;
    let under = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = under.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// `agency/name`, or `agency/2/name` where there is such a file.
fn free_path(folder: &Folder, agency: &AgencyId, name: &str, named: usize) -> String {
    let is_taken = |path: &String| folder.files.iter().any(|file| file.path == *path);
    let copies = folder.files.len() + named;
    let mut paths = (1..=copies + 1).map(|copy| match copy {
        1 => format!("{agency}/{name}"),
        _ => format!("{agency}/{copy}/{name}"),
    });
    paths.find(|path| !is_taken(path)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::folder::read_folder;

    fn write(root: &Path, files: &[&str]) {
        for file in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.as_bytes()).unwrap();
        }
    }

    #[test]
    fn named_files_keep_their_agency_and_have_paths_of_their_own() {
        let temp = tempfile::tempdir().unwrap();
        write(temp.path(), &["a/e.csv", "b/e.csv"]);
        let police = AgencyId::new("police");
        let named = ["a/e.csv", "b/e.csv"].map(|path| (police.clone(), temp.path().join(path)));
        let mut folder = Folder::default();
        add_named(&mut folder, None, &named, &Limits::default()).unwrap();
        let paths: Vec<&str> = folder.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["police/2/e.csv", "police/e.csv"]);
        assert!(
            folder
                .files
                .iter()
                .all(|file| file.agency == Some(police.clone()))
        );
        let wrong = [(police, temp.path().to_path_buf())];
        let wrong = add_named(&mut folder, None, &wrong, &Limits::default());
        assert!(matches!(wrong, Err(FolderError::IsAFolder { .. })));
    }

    #[test]
    fn a_file_of_the_folder_that_is_named_is_read_once() {
        let temp = tempfile::tempdir().unwrap();
        write(temp.path(), &["misc/log.csv", "gp.csv"]);
        let limits = Limits::default();
        let mut folder = read_folder(temp.path(), &limits).unwrap();
        let named = [(
            AgencyId::new("police"),
            temp.path().join("misc/../misc/log.csv"),
        )];
        add_named(&mut folder, Some(temp.path()), &named, &limits).unwrap();
        let files = folder.files.iter();
        let files: Vec<_> = files
            .map(|file| (&*file.path, file.agency.clone()))
            .collect();
        let police = Some(AgencyId::new("police"));
        assert_eq!(files, [("gp.csv", None), ("misc/log.csv", police)]);
    }
}
