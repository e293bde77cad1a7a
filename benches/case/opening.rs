//! How long a case with ten thousand entries takes to open.

use std::time::Instant;

use casepicture::case::store::{Cost, NewExport, Store};
use casepicture::case::{Hand, OpenCase, Passphrase};
use casepicture::import::{Limits, folder};

#[path = "../exports/mod.rs"]
mod exports;

const HAND: Hand<'_> = Hand {
    by: "R. Adeyemi",
    at: 1_700_000_000,
};

/// Prints medians of five runs: the key, and all else.
pub fn time() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let from = place.path().join("exports");
    std::fs::create_dir(&from).expect("a folder");
    exports::write(&from, 10_000, 2_000);
    let phrase = Passphrase::new("one two three".to_owned().into()).expect("a passphrase");
    for (name, cost) in [
        ("without the key derivation", Cost::CHEAP),
        ("as the program does", Cost::FORMAT_1),
    ] {
        let path = place.path().join(name);
        let mut store = Store::create_with(&path, &phrase, cost, HAND).expect("a case");
        let found = folder::read_folder(&from, &Limits::default()).expect("the exports");
        store
            .write(|writing| {
                let import = writing.add_import(HAND)?;
                for file in &found.files {
                    writing.add_export(&NewExport {
                        path: &file.path,
                        agency: None,
                        found: None,
                        bytes: file.bytes.as_deref().unwrap_or_default(),
                        import,
                    })?;
                }
                writing.log_import(import, HAND)
            })
            .expect("an import");
        drop(store);
        let (mut files, mut whole) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let started = Instant::now();
            drop(Store::open_with(&path, &phrase, cost).expect("it opens"));
            files.push(started.elapsed());
            let started = Instant::now();
            let case =
                OpenCase::open_with(&path, &phrase, cost, &Limits::default()).expect("it opens");
            whole.push(started.elapsed());
            assert_eq!(case.case().supplied.entries.len(), 10_000);
        }
        files.sort();
        whole.sort();
        let size = std::fs::metadata(&path).map_or(0, |found| found.len());
        println!(
            "10,000 entries, {} kB, opened {name}: decrypted and looked through {:.3} s, with the exports read {:.3} s",
            size / 1024,
            files[2].as_secs_f64(),
            whole[2].as_secs_f64()
        );
    }
}
