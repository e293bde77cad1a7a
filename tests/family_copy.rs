//! A copy for the family is the same byte for byte whether or not a fact that they may not see is in the case, through every
//! table and format, whatever it is that hides the fact and whoever tells it.
//!
//! Two things are left aside, since they are facts that the copy speaks of: an entry that repeats a shown one makes it one
//! fact with it, and a detail that becomes guarded takes every fact that holds it out of the copy.

#![allow(clippy::unwrap_used)] // a test may fail by panic

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use casepicture::import::{self, Folder, InputFile, Limits};
use casepicture::model::case::Case;
use casepicture::model::settings::{Recipient, Settings};
use casepicture::picture::Picture;
use casepicture::report::{self, Table, View};
use proptest::prelude::*;

/// What is shown: three agencies, a consent that will end, what the family sent in.
const SHOWN: [(&str, &str); 5] = [
    (
        "social-care/p.csv",
        "record_id,name,date_of_birth,role\na,Ann Lee,2015-01-02,child\nm,Mo Lee,1985-01-02,mother\n",
    ),
    (
        "social-care/e.csv",
        "entry_id,date,text,record_ids,told,basis,consent_expires_on,handling\n1,2025-01-01,visit at home,a|m,yes,,,\n\
         2,2025-01-05,second visit,a,yes,C-VRB,2025-06-01,open to partners\n3,2025-01-06,school place,a|m,yes,E-S17,,\n",
    ),
    (
        "school/e.csv",
        "entry_id,date,text,record_id,name,dob,told\n1,2025-01-03,at school,s1,Ann Lee,02/01/2015,yes\n",
    ),
    (
        "family/e.csv",
        "entry_id,date,text,channel\n1,2025-01-07,we asked for help,parent\n",
    ),
    (
        "gp/p.csv",
        "record_id,name,date_of_birth\ng1,Ann Lee,2015-01-02\n",
    ),
];

/// The cells that hide a fact, as `told,handling,basis,consent_state,channel,told_by,text`.
const HIDING: [&str; 24] = [
    "no because unsafe,,,,,,quiet word",
    "no not yet,,,,,,quiet word",
    "no,,,,,,quiet word",
    ",,,,,,quiet word",
    "not applicable,,,,,,quiet word",
    "he must not hear,,,,,,quiet word",
    "yes,not to the family,,,,,quiet word",
    "yes,not to the alleged perpetrator,,,,,quiet word",
    "yes,no onward sharing,,,,,quiet word",
    "yes,ask the originator,,,,,quiet word",
    "yes,named recipients only,,,,,quiet word",
    "yes,eyes only,,,,,quiet word",
    "yes,need to know|not to the family,,,,,quiet word",
    "yes,,C-REF,,,,quiet word",
    "yes,,C-VRB,withdrawn,,,quiet word",
    "yes,,C-XPD,,,,quiet word",
    "yes,,E-MAPPA,,,,quiet word",
    "yes,,L6-E|N-RSK,,,,quiet word",
    "yes,,E-ISD-NOT,,,,quiet word",
    "no,,NSW-ROSH,,,,quiet word",
    "no,,NZ-15,,another person,Petra Quill (neighbour),quiet word",
    "yes,,,,another person,Petra Quill (neighbour),Petra Quill rang",
    "yes,,,,,,she now lives at 12 Acorn Rd",
    "yes,,,,,,rang her on 07700 900 123",
];

/// Rows that bring nothing that the family may see: path, header, row.
const BESIDE: [(&str, &str, &str); 9] = [
    (
        "refuge/p.csv",
        "record_id,name,address,phone,protected_address",
        "r,Mo Lee,\"12 Acorn Road, Ambleton\",07700 900123,yes",
    ),
    (
        "police/people.csv",
        "record_id,name,date_of_birth,role",
        "n,Petra Quill,1950-01-01,reporter",
    ),
    (
        "police/known.csv",
        "record_id,name,date_of_birth,other_names",
        "x,Annabel Lee,2015-01-02,Annie Smith",
    ),
    (
        "requests.csv",
        "request_id,asked_agency,asked_on",
        "R,police,2026-05-01",
    ),
    (
        "citations.csv",
        "conclusion_id,entry,decided_on",
        "C,social-care:1,2026-07-01",
    ),
    (
        "consultations.csv",
        "consultation_id,consulted_agency,consulted_on,question",
        "K,police,2026-08-01,may we?",
    ),
    (
        "coverage.csv",
        "agency,from,to,last_synchronised",
        "police,2020-01-01,2027-01-01,2027-01-01",
    ),
    (
        "police/involvement.csv",
        "record_id,service,from,to",
        "x,police,2024-01-01,",
    ),
    (
        "police/kin.csv",
        "record_id,related_record_id,relationship",
        "x,social-care:m,child of",
    ),
];

/// What an agency filed here about strangers of a like name, and told them: path and text.
const STRANGERS: [(&str, &str); 3] = [
    (
        "hospital/strangers.csv",
        "entry_id,date,text,record_id,name,dob,told,basis,consent_expires_on\n1,2026-05-01,planned eye test,h1,Anna Lee,19/08/1951,yes,,\n\
         2,2026-07-01,came again,h1,Anna Lee,19/08/1951,yes,C-VRB,2026-08-01\n",
    ),
    (
        "school/strangers.csv",
        "entry_id,date,text,record_id,name,dob,role,told\n9,2025-11-01,swimming badge,s9,Anne Leigh,03/03/2014,child,yes\n",
    ),
    (
        "zoo/strangers.csv",
        "entry_id,date,text,told,record_id,name\n1,2026-02-01,lost a coat,yes,z1,Petra Quill\n",
    ),
];

/// A hidden entry of an agency: on which day, of whom, hidden by what.
#[derive(Debug, Clone)]
struct Hidden {
    agency: &'static str,
    day: u32,
    persons: &'static str,
    hiding: usize,
    more: &'static str,
}

fn hidden() -> impl Strategy<Value = Hidden> {
    let agency = prop::sample::select(vec![
        "police",
        "social-care",
        "school",
        "refuge",
        "gp",
        "zoo",
    ]);
    let persons = prop::sample::select(vec![
        "",
        "social-care:a",
        "social-care:m|school:s1",
        "x",
        "gp:g1",
    ]);
    let more = prop::sample::select(vec![
        "observation,incident,,",
        "opinion,,address,12 Oak Lane",
        ",plan start,school,Hill School",
    ]);
    (agency, 0_u32..1400, persons, 0..HIDING.len(), more).prop_map(
        |(agency, day, persons, hiding, more)| Hidden {
            agency,
            day,
            persons,
            hiding,
            more,
        },
    )
}

/// The exports with hidden entries and what stands beside them.
fn folder(all: &[Hidden], beside: &[usize]) -> Folder {
    let mut files: BTreeMap<String, String> = SHOWN
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    for (at, one) in all.iter().enumerate() {
        let date = chrono::NaiveDate::from_ymd_opt(2023, 6, 1).unwrap()
            + chrono::Days::new(u64::from(one.day));
        let header = "entry_id,date,record_ids,kind,category,slot,value,told,handling,basis,consent_state,channel,told_by,text\n";
        let file = files
            .entry(format!("{}/hidden.csv", one.agency))
            .or_insert_with(|| header.to_owned());
        let (persons, more, hiding) = (&one.persons, &one.more, HIDING[one.hiding]);
        writeln!(file, "h{at},{date},{persons},{more},{hiding}").unwrap();
    }
    for (path, header, row) in beside.iter().map(|&at| BESIDE[at]) {
        files.insert(path.to_owned(), format!("{header}\n{row}\n"));
    }
    let files = files.into_iter().map(|(path, text)| InputFile {
        path,
        bytes: Ok(text.into_bytes()),
        agency: None,
    });
    Folder {
        files: files.collect(),
        skipped: Vec::new(),
    }
}

/// The picture of a copy for the family, as the commands compute it.
fn copy_of(folder: &Folder) -> Picture {
    let supplied = import::read(folder, &Limits::default()).unwrap();
    let settings = Settings {
        recipient: Some(Recipient::Family),
        ..Settings::of_config(&supplied.config)
    };
    let case = Case::new(supplied);
    let whole = Picture::of(&case, &settings).unwrap();
    whole.of_what_is_shown(&case, &settings).unwrap()
}

type Write = fn(&Table, &mut Vec<u8>) -> bool;

/// Every table in every format, and the summary.
fn bytes_of(picture: &Picture) -> BTreeMap<String, Vec<u8>> {
    let view = View::for_recipient(picture);
    let tables = common::all_tables(&view);
    let formats: [(&str, Write); 4] = [
        ("csv", |table, to| report::csv::write(table, to).is_ok()),
        ("json", |table, to| report::json::write(table, to).is_ok()),
        ("parquet", |table, to| {
            report::parquet::write(table, to).is_ok()
        }),
        ("text", |table, to| report::text::write(table, to).is_ok()),
    ];
    let mut all = BTreeMap::new();
    for table in &tables {
        for (format, write) in formats {
            let mut bytes = Vec::new();
            assert!(write(table, &mut bytes), "{} as {format}", table.name);
            all.insert(format!("{}.{format}", table.name), bytes);
        }
    }
    let summary = report::summary::summary(&view, 0.0);
    all.insert("summary.json".to_owned(), summary.to_string().into_bytes());
    all
}

#[test]
fn the_copy_shows_what_it_may() {
    let copy = bytes_of(&copy_of(&folder(&[], &[])));
    let timeline = String::from_utf8(copy["timeline.csv"].clone()).unwrap();
    for shown in [
        "visit at home",
        "second visit",
        "school place",
        "at school",
        "we asked for help",
    ] {
        assert!(timeline.contains(shown), "{shown}\n{timeline}");
    }
    assert_eq!(copy.len(), 13 * 4 + 1);
}

/// The exports with what is filed about strangers.
fn with_strangers(all: &[Hidden], beside: &[usize], strangers: &[usize]) -> Folder {
    let mut folder = folder(all, beside);
    folder.files.extend(strangers.iter().map(|&at| InputFile {
        path: STRANGERS[at].0.to_owned(),
        bytes: Ok(STRANGERS[at].1.as_bytes().to_vec()),
        agency: None,
    }));
    folder.files.sort_by(|one, other| one.path.cmp(&other.path));
    folder
}

#[test]
fn what_is_told_of_strangers_is_in_no_copy_and_changes_none() {
    let plain = bytes_of(&copy_of(&folder(&[], &[])));
    for strangers in [&[0][..], &[1], &[2], &[0, 1, 2]] {
        let with = bytes_of(&copy_of(&with_strangers(&[], &[], strangers)));
        for (name, bytes) in &plain {
            let text = String::from_utf8_lossy(&with[name]);
            assert_eq!(String::from_utf8_lossy(bytes), text, "{name} {strangers:?}");
        }
    }
}

#[test]
fn whoever_is_tied_to_the_child_is_in_the_copy() {
    for (more, header, row) in [
        (
            "police/aunt.csv",
            "record_id,related_record_id,relationship\n",
            "h1,social-care:m,sister of\n",
        ),
        (
            "police/both.csv",
            "entry_id,date,text,record_ids,told\n",
            "7,2025-03-01,both were there,hospital:h1|social-care:a,yes\n",
        ),
    ] {
        let mut folder = with_strangers(&[], &[], &[0]);
        let row = row.replace("h1,social", "hospital:h1,social");
        folder.files.push(InputFile {
            path: more.to_owned(),
            bytes: Ok(format!("{header}{row}").into_bytes()),
            agency: None,
        });
        folder.files.sort_by(|one, other| one.path.cmp(&other.path));
        let copy = bytes_of(&copy_of(&folder));
        let timeline = String::from_utf8_lossy(&copy["timeline.csv"]).into_owned();
        assert!(timeline.contains("planned eye test"), "{more}: {timeline}");
    }
}

#[test]
fn each_way_of_hiding_leaves_the_copy_as_it_is() {
    let plain = bytes_of(&copy_of(&folder(&[], &[])));
    for (hiding, cells) in HIDING.iter().enumerate() {
        for day in [0, 500, 1399] {
            let hidden = Hidden {
                agency: "police",
                day,
                persons: "social-care:a",
                hiding,
                more: "observation,incident,,",
            };
            // the details that two of them hold are guarded by a record that stands beside them
            let with = bytes_of(&copy_of(&folder(&[hidden], &[0])));
            assert!(with == plain, "{cells} on day {day}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_copy_is_the_same_whatever_is_hidden(
        all in proptest::collection::vec(hidden(), 1..6),
        mut beside in proptest::collection::vec(0..BESIDE.len(), 0..5),
        strangers in prop::sample::subsequence(vec![0_usize, 1, 2], 0..=3),
    ) {
        let plain = bytes_of(&copy_of(&folder(&[], &[])));
        beside.push(0);
        let with = bytes_of(&copy_of(&with_strangers(&all, &beside, &strangers)));
        for (name, bytes) in &plain {
            let other = String::from_utf8_lossy(&with[name]);
            prop_assert_eq!(&String::from_utf8_lossy(bytes), &other, "{}", name);
        }
    }
}
