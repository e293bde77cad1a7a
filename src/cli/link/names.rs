//! Names files by as little of their paths as tells them apart: where they lie on this machine is in no output.

use std::path::PathBuf;

use super::Read;

/// Renames the files of what was read, in its notes and rejects too.
pub fn shorten(read: &mut Read, files: &[PathBuf]) {
    let names = short(files);
    let given: Vec<String> = files
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let find = |name: &str| {
        given
            .iter()
            .position(|given| given == name)
            .and_then(|at| names.get(at))
    };
    for file in &mut read.files {
        if let Some(name) = find(&file.name) {
            file.name.clone_from(name);
        }
    }
    for reject in &mut read.rejects {
        if let Some(name) = find(&reject.file) {
            reject.file.clone_from(name);
        }
    }
    for note in &mut read.notes {
        let known = given.iter().zip(&names).find(|(given, _)| {
            note.strip_prefix(given.as_str())
                .is_some_and(|rest| rest.starts_with(':'))
        });
        if let Some((given, name)) = known {
            *note = format!("{name}{}", note.get(given.len()..).unwrap_or_default());
        }
    }
}

/// The last part of each path; the last two where files would have one name, and so on.
fn short(files: &[PathBuf]) -> Vec<String> {
    let parts: Vec<Vec<String>> = files
        .iter()
        .map(|path| {
            let parts = path.components().filter_map(|part| match part {
                std::path::Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                _ => None,
            });
            parts.collect()
        })
        .collect();
    let last = |count: usize| -> Vec<String> {
        let tail = |parts: &Vec<String>| {
            parts
                .iter()
                .skip(parts.len().saturating_sub(count))
                .cloned()
                .collect::<Vec<_>>()
        };
        parts.iter().map(|parts| tail(parts).join("/")).collect()
    };
    let longest = parts.iter().map(Vec::len).max().unwrap_or(1);
    let are_apart = |names: &Vec<String>| {
        let mut sorted: Vec<&String> = names.iter().collect();
        sorted.sort_unstable();
        sorted.windows(2).all(|two| two.first() != two.last())
    };
    (1..=longest)
        .map(last)
        .find(are_apart)
        .unwrap_or_else(|| last(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::roster::FileRead;

    fn named(paths: &[&str]) -> Vec<String> {
        short(&paths.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn as_little_of_a_path_as_tells_files_apart() {
        assert_eq!(named(&["/home/x/a.csv", "b.csv"]), ["a.csv", "b.csv"]);
        assert_eq!(
            named(&["/x/one/p.csv", "/x/two/p.csv"]),
            ["one/p.csv", "two/p.csv"]
        );
        assert_eq!(named(&["/x/p.csv", "/x/p.csv"]), ["p.csv", "p.csv"]);
    }

    #[test]
    fn files_notes_and_rejects_are_renamed() {
        let path = "/home/x/a.csv";
        let mut read = Read {
            files: vec![FileRead {
                name: path.to_owned(),
                ..FileRead::default()
            }],
            notes: vec![
                format!("{path}: dates were read day first"),
                "sex: 9 is unknown".to_owned(),
            ],
            ..Read::default()
        };
        shorten(&mut read, &[PathBuf::from(path)]);
        assert_eq!(read.files[0].name, "a.csv");
        assert_eq!(
            read.notes,
            ["a.csv: dates were read day first", "sex: 9 is unknown"]
        );
    }
}
