//! `casepicture demo`: the bundled, invented case in the screen. Nothing to set up, nothing left behind.

use std::time::Instant;

use clap::Args;

use super::failure::Failure;
use super::open::{Screen, show};
use super::source::Source;
use crate::import::{Folder, InputFile, Limits};
use crate::model::watch::Watch;

/// Arguments of `demo`.
#[derive(Debug, Clone, Args)]
pub struct Demo {
    #[command(flatten)]
    screen: Screen,
}

macro_rules! file {
    ($path:literal) => {
        (
            $path,
            include_bytes!(concat!("../../fixtures/hollow-lane/", $path)),
        )
    };
}

/// The files of the bundled case, by path.
const FILES: &[(&str, &[u8])] = &[
    file!("case.toml"),
    file!("citations.csv"),
    file!("coverage.csv"),
    file!("gp/consultations.csv"),
    file!("gp/involvement.csv"),
    file!("gp/patients.csv"),
    file!("health-visiting/clients.csv"),
    file!("health-visiting/contacts.csv"),
    file!("hospital/attendances.json"),
    file!("housing/household.csv"),
    file!("housing/notes.csv"),
    file!("housing/tenants.csv"),
    file!("lantern-house/contacts.ods"),
    file!("midwifery/visits.jsonl"),
    file!("police/incidents.xlsx"),
    file!("requests.csv"),
    file!("school/collection_list.tsv"),
    file!("school/involvement.tsv"),
    file!("school/safeguarding_log.tsv"),
    file!("social-care/entries.csv"),
    file!("social-care/involvement.csv"),
    file!("social-care/people.csv"),
    file!("social-care/relationships.csv"),
];

/// Opens the bundled case.
///
/// # Errors
/// When there is no terminal to draw on.
pub fn run(args: &Demo) -> Result<u8, Failure> {
    let load = |watch: &dyn Watch| Source::bundled().read(&bundled(), Instant::now(), watch);
    show(
        &args.screen,
        true,
        (
            Some("This is an invented family. What you decide here is not kept."),
            Limits::default(),
        ),
        load,
    )
}

/// The bundled case as a folder in memory.
pub fn bundled() -> Folder {
    let files = FILES.iter().map(|(path, bytes)| InputFile {
        path: (*path).to_owned(),
        bytes: Ok(bytes.to_vec()),
        agency: None,
    });
    Folder {
        files: files.collect(),
        skipped: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_bundled_case_is_in_the_program() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hollow-lane");
        let on_disk =
            crate::import::folder::read_folder(&root, &crate::import::Limits::default()).unwrap();
        let paths = |folder: &Folder| {
            folder
                .files
                .iter()
                .map(|file| file.path.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(&bundled()), paths(&on_disk));
    }
}
