//! The laws of the measures, on invented exports read from end to end: a confirmed echo adds nothing, the same file twice adds
//! nothing, and a basis that is withdrawn takes its fact out of what is available.

#![allow(clippy::unwrap_used)] // a test may fail by panic

use std::fmt::Write as _;

use casepicture::import::{self, Folder, InputFile, Limits};
use casepicture::model::case::Case;
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::reliance::Reliance;
use proptest::prelude::*;

const AGENCIES: [&str; 3] = ["gp", "police", "school"];

/// One entry: which agency tells it, how much it matters, whether it is cited.
type Told = (usize, Option<u8>, bool);

/// Entries of three agencies; those that repeat one of them, by its place; and from which on consent is withdrawn.
fn files(told: &[Told], echoes: &[(usize, usize)], withdrawn: &[bool]) -> Vec<(String, String)> {
    let header = "entry_id,date,text,significance,origin_entry,basis,consent_by,consent_on,consent_withdrawn_on,handling\n";
    let mut texts = AGENCIES.map(|_| header.to_owned());
    let mut citations = "conclusion_id,entry,conclusion\n".to_owned();
    for (at, (agency, significance, cited)) in told.iter().enumerate() {
        let level = significance.map_or_else(String::new, |level| level.to_string());
        let until = if withdrawn.get(at).copied().unwrap_or(false) {
            "2025-06-01"
        } else {
            ""
        };
        let day = 1 + at % 28;
        writeln!(
            texts[*agency],
            "e{at},2025-03-{day:02},told {at},{level},,C-VRB,mother,2025-01-01,{until},open to partners"
        )
        .unwrap();
        if *cited {
            let agency = AGENCIES[*agency];
            writeln!(citations, "C{},{agency}:e{at},so it is", at % 4).unwrap();
        }
    }
    for (number, (by, of)) in echoes.iter().enumerate() {
        let of = of % told.len();
        let origin = AGENCIES[told[of].0];
        let day = 1 + of % 28;
        writeln!(
            texts[*by],
            "x{number},2025-03-{day:02},heard of {of},,{origin}:e{of},C-VRB,mother,2025-01-01,,open to partners"
        )
        .unwrap();
    }
    let named = AGENCIES.iter().zip(texts);
    let mut files: Vec<(String, String)> = named
        .map(|(agency, text)| (format!("{agency}/e.csv"), text))
        .collect();
    files.push(("citations.csv".to_owned(), citations));
    files.push(("case.toml".to_owned(), "as_of = 2025-12-31\n".to_owned()));
    files
}

fn reliance(mut files: Vec<(String, String)>) -> Reliance {
    files.sort();
    let files = files.into_iter().map(|(path, text)| InputFile {
        path,
        bytes: Ok(text.into_bytes()),
        agency: None,
    });
    let folder = Folder {
        files: files.collect(),
        skipped: Vec::new(),
    };
    let supplied = import::read(&folder, &Limits::default()).unwrap();
    let settings = Settings::of_config(&supplied.config);
    Picture::of(&Case::new(supplied), &settings)
        .unwrap()
        .reliance
}

/// N, n, and K and x of each group.
fn counts(reliance: &Reliance) -> (usize, usize, Vec<(String, usize, usize)>) {
    let groups = reliance.groups.iter();
    let groups = groups.map(|group| {
        let name = format!("{:?} {}", group.grouping, group.group);
        (name, group.available, group.cited)
    });
    (reliance.facts, reliance.cited, groups.collect())
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let one = (0..3_usize, prop::option::of(0..4_u8), any::<bool>());
    prop::collection::vec(one, 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_confirmed_echo_changes_no_count(
        told in told(),
        echoes in prop::collection::vec((0..3_usize, 0..24_usize), 1..6),
    ) {
        // an agency that only repeats is there without the echoes too
        let mut all: Vec<Told> = (0..3).map(|agency| (agency, None, false)).collect();
        all.extend(told);
        let plain = reliance(files(&all, &[], &[]));
        let with = reliance(files(&all, &echoes, &[]));
        prop_assert_eq!(plain.facts, all.len());
        prop_assert_eq!(counts(&plain), counts(&with));
    }

    #[test]
    fn the_same_file_twice_changes_nothing(told in told(), which in 0..3_usize) {
        let plain = files(&told, &[], &[]);
        let mut twice = plain.clone();
        let again = (format!("{}/again.csv", AGENCIES[which]), plain[which].1.clone());
        twice.push(again);
        prop_assert_eq!(counts(&reliance(plain)), counts(&reliance(twice)));
    }

    #[test]
    fn withdrawing_a_basis_moves_its_fact_to_what_is_withheld(
        told in told(),
        withdrawn in prop::collection::vec(any::<bool>(), 24),
    ) {
        let plain = reliance(files(&told, &[], &[]));
        let with = reliance(files(&told, &[], &withdrawn));
        let gone = withdrawn.iter().take(told.len()).filter(|gone| **gone).count();
        let held: usize = with.withheld.values().map(Vec::len).sum();
        prop_assert_eq!((plain.withheld.len(), plain.facts), (0, told.len()));
        prop_assert_eq!((with.facts + gone, held), (plain.facts, gone));
        let cited = told.iter().zip(&withdrawn);
        let cited = cited.filter(|((.., cited), gone)| *cited && !**gone).count();
        prop_assert_eq!(with.cited, cited);
    }
}
