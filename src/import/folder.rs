//! Finds the files of a folder and reads their bytes. Nothing is understood here.
//!
//! Links are not followed and pipes, sockets and devices are never opened: a link may lead out of the folder, and a pipe
//! would wait for ever. What is left out is told with its reason.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::open::{Sort, extension, sort_of};
use super::{Folder, InputFile, Limits};
use crate::model::id::AgencyId;

/// The largest file that is read. Exports of one family are a few megabytes; this is a film or a disk image, and it would
/// be held in memory several times over.
const LARGEST: u64 = 512 << 20;

/// From this size on a file is looked through before it is held in memory.
const LARGE: u64 = 16 << 20;

/// Endings of files that can be exports: a folder named so was probably meant to be one.
const ENDINGS: [&str; 12] = [
    "toml", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods", "json", "jsonl", "ndjson", "xml",
];

/// Why there is no folder to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FolderError {
    /// There is nothing at this path.
    #[error(
        "{path}: there is no such file or folder\n  hint: check the spelling, and that you are where you think you are"
    )]
    Missing {
        /// The path as given.
        path: String,
    },
    /// It is neither a file nor a folder.
    #[error(
        "{path}: this is neither a file nor a folder\n  hint: give the folder of exports, or one file"
    )]
    NotAFile {
        /// The path as given.
        path: String,
    },
    /// A file was expected.
    #[error(
        "{path}: this is a folder\n  hint: name one file for the agency, or give the folder by itself"
    )]
    IsAFolder {
        /// The path as given.
        path: String,
    },
    /// It cannot be opened.
    #[error(
        "{path}: {reason}\n  hint: ask for the right to read it, or copy it to a place of your own"
    )]
    Unreadable {
        /// The path as given.
        path: String,
        /// Why, in plain words.
        reason: String,
    },
}

/// Reads a folder and all folders in it, or one file as a folder of one.
///
/// # Errors
/// When the path is missing or is no folder or file; a file inside that cannot be read is told in its place.
pub fn read_folder(path: &Path, limits: &Limits) -> Result<Folder, FolderError> {
    // the path that the user names may be a link: they chose it
    let kind = fs::metadata(path).map_err(|fault| cannot(path, &fault))?;
    if kind.is_file() {
        let name = file_name(path);
        return Ok(Folder {
            files: vec![input(name, path, (kind.len(), limits), None)],
            skipped: Vec::new(),
        });
    }
    if !kind.is_dir() {
        return Err(FolderError::NotAFile {
            path: path.display().to_string(),
        });
    }
    fs::read_dir(path).map_err(|fault| cannot(path, &fault))?;
    let mut folder = Folder::default();
    let mut open = vec![(path.to_path_buf(), String::new())];
    while let Some((path, under)) = open.pop() {
        walk((&path, &under), limits, &mut folder, &mut open);
    }
    folder.files.sort_by(|a, b| a.path.cmp(&b.path));
    folder.skipped.sort();
    Ok(folder)
}

/// Takes the files of one folder, and puts its folders on the list of those still to be walked.
fn walk(
    (path, under): (&Path, &str),
    limits: &Limits,
    folder: &mut Folder,
    open: &mut Vec<(PathBuf, String)>,
) {
    let children = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(children) => children,
        Err(fault) => {
            // data may be missing, so this counts as an unreadable file and not as something left out
            folder.files.push(InputFile {
                path: format!("{under}/"),
                bytes: Err(format!("the folder cannot be opened: {}", plain(&fault))),
                agency: None,
            });
            return;
        }
    };
    if children.is_empty() && looks_like_a_file(under) {
        let reason = "a folder with the name of a file, and nothing in it".to_owned();
        folder.skipped.push((under.to_owned(), reason));
    }
    for child in children {
        let name = shown_name(&child.file_name());
        let shown = if under.is_empty() {
            name.clone()
        } else {
            format!("{under}/{name}")
        };
        match fs::symlink_metadata(child.path()) {
            Ok(kind) if kind.is_file() => {
                let file = input(shown, &child.path(), (kind.len(), limits), None);
                folder.files.push(file);
            }
            Ok(kind) if kind.is_dir() && name.starts_with('.') => {
                folder.skipped.push((shown, "a hidden folder".to_owned()));
            }
            Ok(kind) if kind.is_dir() => open.push((child.path(), shown)),
            Ok(kind) if kind.is_symlink() => {
                let reason = "a link: links are not followed; put the file itself here".to_owned();
                folder.skipped.push((shown, reason));
            }
            Ok(_) => {
                let reason = "a pipe, socket or device: only files are read".to_owned();
                folder.skipped.push((shown, reason));
            }
            Err(fault) => folder.files.push(InputFile {
                path: shown,
                bytes: Err(plain(&fault)),
                agency: None,
            }),
        }
    }
}

fn looks_like_a_file(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

pub(super) fn input(
    shown: String,
    path: &Path,
    (size, limits): (u64, &Limits),
    agency: Option<AgencyId>,
) -> InputFile {
    let refused = if size > LARGEST {
        Ok(Some(format!(
            "the file is {} MB large, and files over {} MB are not read",
            size >> 20,
            LARGEST >> 20
        )))
    } else if size > LARGE {
        refuse_before_reading(&shown, path, agency.is_some(), limits)
    } else {
        Ok(None)
    };
    let bytes = match refused {
        Ok(None) => fs::read(path).map_err(|fault| plain(&fault)),
        Ok(Some(reason)) => Err(reason),
        Err(fault) => Err(plain(&fault)),
    };
    InputFile {
        path: shown,
        bytes,
        agency,
    }
}

/// Looks through a large file with a small memory: why it is not to be held in a large one, if so.
fn refuse_before_reading(
    shown: &str,
    path: &Path,
    is_named: bool,
    limits: &Limits,
) -> io::Result<Option<String>> {
    if sort_of(shown) == Sort::Other && !is_named {
        return Ok(Some("the file is large and no export".to_owned()));
    }
    if matches!(extension(shown).as_str(), "json" | "jsonl" | "ndjson") {
        // a whole export is often written on one line
        return Ok(None);
    }
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 64 << 10];
    let (mut line, mut length, mut is_first) = (1_usize, 0_usize, true);
    loop {
        let read = file.read(&mut buffer)?;
        let chunk = buffer.get(..read).unwrap_or(&[]);
        if read == 0 || (is_first && (chunk.starts_with(b"PK") || chunk.starts_with(b"\xD0\xCF"))) {
            return Ok(None);
        }
        is_first = false;
        let mut pieces = chunk.split(|byte| matches!(byte, b'\n' | b'\r'));
        length += pieces.next().map_or(0, <[u8]>::len);
        for piece in pieces {
            if length > limits.line_bytes {
                break;
            }
            line += 1;
            length = piece.len();
        }
        if length > limits.line_bytes {
            return Ok(Some(format!(
                "line {line} is longer than {} bytes; if the file is right all the same, raise it with --limit-line-bytes N",
                limits.line_bytes
            )));
        }
    }
}

/// A name as it is shown. Bytes that are no UTF-8 are shown by their number, so that two files never share a name.
fn shown_name(name: &std::ffi::OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // writing to a String cannot fail
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| "file".to_owned(), shown_name)
}

pub(super) fn cannot(path: &Path, fault: &io::Error) -> FolderError {
    let path = path.display().to_string();
    match fault.kind() {
        io::ErrorKind::NotFound => FolderError::Missing { path },
        _ => FolderError::Unreadable {
            path,
            reason: plain(fault),
        },
    }
}

/// The reason in plain words, without the number that the system gives it.
fn plain(fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::PermissionDenied => "you have no permission to read it".to_owned(),
        io::ErrorKind::NotFound => "it was taken away while the folder was read".to_owned(),
        kind => format!("it cannot be read: {kind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn folder_of(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.as_bytes()).unwrap();
        }
        folder
    }

    fn paths(folder: &Folder) -> Vec<&str> {
        folder.files.iter().map(|file| file.path.as_str()).collect()
    }

    fn skipped(folder: &Folder) -> Vec<&str> {
        folder
            .skipped
            .iter()
            .map(|(path, _)| path.as_str())
            .collect()
    }

    #[test]
    fn files_come_sorted_by_path_with_their_bytes() {
        let temp = folder_of(&["b.csv", "police/x.csv", "police/deep/y.csv", "a/z.csv"]);
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        assert_eq!(
            paths(&folder),
            ["a/z.csv", "b.csv", "police/deep/y.csv", "police/x.csv"]
        );
        assert_eq!(folder.files[1].bytes, Ok(b"b.csv".to_vec()));
        assert_eq!(folder.skipped, []);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_told_and_not_opened() {
        let temp = folder_of(&["a.csv"]);
        let outside = folder_of(&["secret.csv"]);
        std::os::unix::fs::symlink(outside.path().join("secret.csv"), temp.path().join("l.csv"))
            .unwrap();
        std::os::unix::fs::symlink(outside.path(), temp.path().join("dir")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(temp.path().join("s.csv")).unwrap();
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        assert_eq!(paths(&folder), ["a.csv"]);
        assert_eq!(skipped(&folder), ["dir", "l.csv", "s.csv"]);
    }

    #[test]
    fn a_folder_named_like_a_file_is_a_folder_and_told_when_it_is_empty() {
        let temp = folder_of(&["x.csv/inner.csv"]);
        fs::create_dir(temp.path().join("y.csv")).unwrap();
        fs::create_dir(temp.path().join("empty")).unwrap();
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        assert_eq!(paths(&folder), ["x.csv/inner.csv"]);
        assert_eq!(skipped(&folder), ["y.csv"]);
    }

    #[test]
    fn one_file_is_a_folder_of_one() {
        let temp = folder_of(&["police_entries.csv"]);
        let path = temp.path().join("police_entries.csv");
        let folder = read_folder(&path, &Limits::default()).unwrap();
        assert_eq!(paths(&folder), ["police_entries.csv"]);
    }

    #[test]
    fn a_missing_path_is_named_with_a_hint() {
        let error = read_folder(Path::new("no/such/folder"), &Limits::default()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("no/such/folder: ") && text.contains("hint:"),
            "{text}"
        );
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_by_name_and_not_read() {
        let temp = folder_of(&["a.csv"]);
        let file = fs::File::create(temp.path().join("film.csv")).unwrap();
        file.set_len(LARGEST + 1).unwrap();
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        assert_eq!(paths(&folder), ["a.csv", "film.csv"]);
        assert!(
            folder.files[1]
                .bytes
                .as_ref()
                .is_err_and(|reason| reason.contains("512 MB"))
        );
    }

    #[test]
    fn a_line_beyond_the_limit_is_refused_before_the_file_is_held_in_memory() {
        let temp = folder_of(&["a.csv"]);
        let file = fs::File::create(temp.path().join("line.csv")).unwrap();
        file.set_len(LARGE + 1).unwrap();
        let picture = fs::File::create(temp.path().join("film.mp4")).unwrap();
        picture.set_len(LARGE + 1).unwrap();
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        let reasons: Vec<&str> = folder
            .files
            .iter()
            .filter_map(|file| file.bytes.as_ref().err())
            .map(String::as_str)
            .collect();
        assert!(reasons[0].contains("no export"), "{reasons:?}");
        assert!(
            reasons[1].contains("line 1 is longer than 16777216 bytes"),
            "{reasons:?}"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_utf_8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let temp = folder_of(&["a.csv"]);
        for name in [&b"\xff.csv"[..], &b"\xfe.csv"[..]] {
            fs::write(temp.path().join(std::ffi::OsStr::from_bytes(name)), b"x").unwrap();
        }
        let folder = read_folder(temp.path(), &Limits::default()).unwrap();
        assert_eq!(paths(&folder), ["\\xFE.csv", "\\xFF.csv", "a.csv"]);
    }
}
