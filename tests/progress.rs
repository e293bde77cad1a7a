//! How far reading has come is told truly, and reading can be stopped: on invented exports of some thousand rows.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail by panic

#[path = "../benches/exports/mod.rs"]
mod exports;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use casepicture::import::{self, Folder, ImportError, Limits, folder::read_folder, read_watched};
use casepicture::model::case::Case;
use casepicture::model::settings::Settings;
use casepicture::model::watch::{Unwatched, Watch};
use casepicture::picture::{self, Picture, PictureError};

/// What was told: for each stage its name, its steps and those done.
#[derive(Default)]
struct Told {
    stages: Mutex<Vec<(&'static str, u64, u64)>>,
    calls: AtomicU64,
    stop_at: u64,
}

impl Watch for Told {
    fn stage(&self, doing: &'static str, steps: u64) {
        let mut stages = self.stages.lock().unwrap();
        stages.push((doing, steps, 0));
    }

    fn done(&self, steps: u64) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let mut stages = self.stages.lock().unwrap();
        let (doing, all, done) = stages.last_mut().unwrap();
        *done += steps;
        assert!(done <= all, "{doing}: {done} of {all}");
    }

    fn is_stopped(&self) -> bool {
        self.stop_at > 0 && self.calls.load(Ordering::Relaxed) >= self.stop_at
    }
}

fn generated(entries: usize) -> Folder {
    let folder = tempfile::tempdir().unwrap();
    exports::write(folder.path(), entries, entries / 10);
    // a file in two bytes a letter, one that is no export, and a broken one: what is read of them counts too
    let text = std::fs::read_to_string(folder.path().join("police/entries.csv")).unwrap();
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    std::fs::write(folder.path().join("police/entries.csv"), wide).unwrap();
    std::fs::write(
        folder.path().join("police/notes.txt"),
        "Nothing of use.\n".repeat(9),
    )
    .unwrap();
    std::fs::write(folder.path().join("gp/broken.json"), "{").unwrap();
    read_folder(folder.path(), &Limits::default()).unwrap()
}

#[test]
fn every_byte_and_row_is_told_once_and_the_picture_is_the_same() {
    let (folder, limits, told) = (generated(4_000), Limits::default(), Told::default());
    let supplied = read_watched(&folder, &limits, &told).unwrap();
    assert_eq!(supplied, import::read(&folder, &limits).unwrap());
    let exports = folder.files.iter().filter(|file| file.path != "case.toml");
    let bytes: usize = exports.map(|file| file.bytes.as_ref().unwrap().len()).sum();
    let rows: usize = supplied.files.iter().map(|file| file.rows).sum();
    {
        let stages = told.stages.lock().unwrap();
        let names: Vec<&str> = stages.iter().map(|(name, ..)| *name).collect();
        assert_eq!(names, import::STAGES);
        let counts: Vec<(u64, u64)> = stages.iter().map(|(_, all, done)| (*all, *done)).collect();
        let rows = 2 * rows as u64;
        assert_eq!(counts, [(bytes as u64, bytes as u64), (rows, rows), (0, 0)]);
        // the largest file alone is told in many steps
        assert!(told.calls.load(Ordering::Relaxed) > 20);
    }
    let case = Case::new(supplied);
    let settings = Settings::of_config(&case.supplied.config);
    let watched = Picture::of_watched(&case, &settings, &told).unwrap();
    assert_eq!(watched, Picture::of(&case, &settings).unwrap());
    let stages = told.stages.lock().unwrap();
    let names: Vec<&str> = stages.iter().skip(3).map(|(name, ..)| *name).collect();
    assert_eq!(names, picture::STAGES);
}

#[test]
fn reading_ends_soon_after_it_is_to_stop_and_gives_nothing() {
    let folder = generated(1_000);
    for stop_at in 1..12 {
        let told = Told {
            stop_at,
            ..Told::default()
        };
        let read = read_watched(&folder, &Limits::default(), &told);
        assert!(matches!(read, Err(ImportError::Stopped)), "{stop_at}");
    }
    let case = Case::new(read_watched(&folder, &Limits::default(), &Unwatched).unwrap());
    let told = Told {
        stop_at: 1,
        calls: AtomicU64::new(1),
        ..Told::default()
    };
    let stopped = Picture::of_watched(&case, &Settings::default(), &told);
    assert!(matches!(stopped, Err(PictureError::Stopped)));
    assert!(told.stages.lock().unwrap().is_empty());
}
