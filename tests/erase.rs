//! Erasing a person leaves no byte of them: canaries in every cell of a person, in every kind of file that is read, in
//! decisions about them and in half-typed texts. What is about others stays as it was.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // a test may fail by panic

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use casepicture::case::importing::ImportOptions;
use casepicture::case::store::{Cost, Store};
use casepicture::case::{CaseError, Draft, DraftOf, Hand, OpenCase, Passphrase, Step};
use casepicture::import::cut::raw_text;
use casepicture::import::folder::read_folder;
use casepicture::import::{Folder, InputFile, Limits};
use casepicture::model::case::Case;
use casepicture::model::decision::{
    About, Asked, Consulted, EchoVerdict, Sameness, ShareRecord, Verdict,
};
use casepicture::model::id::{AgencyId, ConclusionId, EntryId, RecordId};
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::report::{View, csv};
use casepicture::sharing::flow::Subject;

const HAND: Hand<'_> = Hand {
    by: "R. Adeyemi",
    at: 1_700_000_000,
};

/// Stands in every cell of the person, and nowhere else.
const CANARY: &str = "Zq";

fn phrase() -> Passphrase {
    Passphrase::new("seven grey herons wade".to_owned().into()).unwrap()
}

/// How a table is written as a file.
#[derive(Clone, Copy, PartialEq)]
enum Written {
    Utf8,
    Utf16,
    Windows1252,
    Tabs,
    Json,
    JsonLines,
    Workbook,
}

const ALL: [(&str, &str, Written); 7] = [
    ("police", "csv", Written::Utf8),
    ("school", "csv", Written::Utf16),
    ("gp", "csv", Written::Windows1252),
    ("housing", "tsv", Written::Tabs),
    ("hospital", "json", Written::Json),
    ("probation", "jsonl", Written::JsonLines),
    ("midwifery", "xlsx", Written::Workbook),
];

type Rows = Vec<Vec<String>>;

fn bytes_of(rows: &Rows, how: Written) -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let text = |delimiter: &str| -> String {
        let lines = rows.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(quoted).collect();
            cells.join(delimiter) + "\r\n"
        });
        lines.collect()
    };
    let objects = || {
        let keys = &rows[0];
        rows.iter().skip(1).map(|row| {
            let fields = keys.iter().zip(row);
            let fields = fields.map(|(key, cell)| (key.clone(), cell.as_str().into()));
            serde_json::Value::Object(fields.collect())
        })
    };
    match how {
        Written::Utf8 => text(",").into_bytes(),
        Written::Tabs => text("\t").into_bytes(),
        Written::Utf16 => {
            let units = text(",")
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect();
            [vec![0xFF, 0xFE], units].concat()
        }
        Written::Windows1252 => {
            let text = text(";");
            let narrow = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap());
            narrow.collect()
        }
        Written::Json => serde_json::Value::from(objects().collect::<Vec<_>>())
            .to_string()
            .into_bytes(),
        Written::JsonLines => {
            let lines: Vec<String> = objects().map(|object| object.to_string()).collect();
            (lines.join("\n") + "\n").into_bytes()
        }
        Written::Workbook => workbook(rows),
    }
}

fn workbook(rows: &Rows) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let held: Vec<&String> = rows
        .iter()
        .flatten()
        .filter(|cell| cell.contains(CANARY))
        .collect();
    if let Some(text) = held.first() {
        let author = rust_xlsxwriter::DocProperties::new().set_author(text.as_str());
        book.set_properties(&author);
    }
    let sheet = book.add_worksheet();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            sheet.write(at as u32, column as u16, cell).unwrap();
        }
    }
    if let Some(text) = held.last() {
        let note = rust_xlsxwriter::Note::new(text.as_str());
        sheet.insert_note(1, 1, &note).unwrap();
    }
    book.save_to_buffer().unwrap()
}

const PEOPLE: &str = "record_id,given_name,middle_names,family_name,other_names,title,date_of_birth,address,postcode,phone,email,other_ids,household_id,hair";
const ENTRIES: &str = "entry_id,date,text,record_ids,reference,category,told_by,basis,action,action_owner,outcome,child_view,family_view,document,seen at";
const INVOLVED: &str = "record_id,service,worker,evidence";
const RELATED: &str = "record_id,related_record_id,relationship";

fn row(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

/// A row of which every cell is a canary, but for those that must be something else.
fn canaries(header: &str, name: &str, cells: &[(&str, &str)]) -> Vec<String> {
    let columns = header.split(',');
    let made = columns.map(|column| {
        let given = cells.iter().find(|(of, _)| *of == column);
        let letters: String = column.chars().filter(char::is_ascii_alphabetic).collect();
        given.map_or(format!("{CANARY}{name}{letters} é"), |(_, cell)| {
            (*cell).to_owned()
        })
    });
    made.collect()
}

/// The person's rows of each table.
fn rows_of_person(agency: &str) -> [Rows; 4] {
    let id = format!("{CANARY}{agency}");
    let cells = [
        ("record_id", id.as_str()),
        ("date_of_birth", DATES[0]),
        ("other_ids", "nhs=Zq9"),
    ];
    let people = vec![canaries(PEOPLE, agency, &cells)];
    let entries = [("one", DATES[1]), ("two", DATES[2])].map(|(entry, date)| {
        let entry = format!("{CANARY}{agency}{entry}");
        let cells = [
            ("entry_id", entry.as_str()),
            ("date", date),
            ("record_ids", &id),
            ("basis", "s47"),
        ];
        canaries(ENTRIES, &format!("{agency}\"quoted\"\nline"), &cells)
    });
    let involved = canaries(INVOLVED, agency, &[("record_id", &id)]);
    let other = format!("{agency}-2");
    let cells = [("record_id", id.as_str()), ("related_record_id", &other)];
    let related = vec![canaries(RELATED, agency, &cells)];
    // the same row twice
    let involved = vec![involved.clone(), involved];
    [people, entries.to_vec(), involved, related]
}

/// The tables of one agency, with the person or as if it never had known of them. The person's rows come last, so that all
/// others have the same numbers.
fn tables_of(agency: &str, with_person: bool) -> Vec<(&'static str, Rows)> {
    let mut people = vec![
        row(PEOPLE),
        row(&format!(
            "{agency}-2,Ann,,Lee,,,2018-02-03,1 Elm Road,AB1 2CD,,,,,brown"
        )),
        row(&format!(
            "{agency}-3,Bob,,Lee,,,1985-01-01,1 Elm Road,AB1 2CD,,,,,"
        )),
    ];
    let mut entries = vec![
        row(ENTRIES),
        row(&format!(
            "e1,2025-03-01,Seen at {agency} with a coat,{agency}-2,,,,s47,,,,,,,"
        )),
        row(&format!(
            "e2,2025-03-0{},Rang,{agency}-2|{agency}-3,R1,,,,,,,,,,",
            agency.len()
        )),
    ];
    let mut involved = vec![row(INVOLVED), row(&format!("{agency}-2,early help,,"))];
    let mut related = vec![
        row(RELATED),
        row(&format!("{agency}-3,{agency}-2,father of")),
    ];
    if with_person {
        let [person, entry, involvement, relation] = rows_of_person(agency);
        people.extend(person);
        entries.extend(entry);
        involved.extend(involvement);
        related.extend(relation);
    }
    vec![
        ("people", people),
        ("entries", entries),
        ("involvement", involved),
        ("relationships", related),
    ]
}

/// Texts of the person's that are no canaries.
const DATES: [&str; 3] = ["1931-12-25", "1932-11-22", "1933-10-21"];

fn exports(with_person: bool) -> Folder {
    let mut files = Vec::new();
    for (agency, ending, how) in ALL {
        for (name, rows) in tables_of(agency, with_person) {
            files.push(InputFile {
                path: format!("{agency}/{name}.{ending}"),
                bytes: Ok(bytes_of(&rows, how)),
                agency: None,
            });
        }
    }
    let mut citations = "conclusion_id,entry,conclusion\nc1,police:e1,Seen\n".to_owned();
    if with_person {
        citations += "Zqc2,police:Zqpoliceone,Zqconclusion\n";
    }
    let mut requests =
        "request_id,asked_agency,record_ids,question\nq1,gp,police-2,Any\n".to_owned();
    if with_person {
        requests += "Zqq2,gp,police:Zqpolice,Zqquestion\n";
    }
    for (path, text) in [("citations.csv", citations), ("requests.csv", requests)] {
        files.push(InputFile {
            path: path.to_owned(),
            bytes: Ok(text.into_bytes()),
            agency: None,
        });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Folder {
        files,
        skipped: Vec::new(),
    }
}

fn record(agency: &str, id: &str) -> RecordId {
    RecordId::new(&AgencyId::new(agency), id)
}

fn entry(agency: &str, id: &str) -> EntryId {
    EntryId::new(&AgencyId::new(agency), id)
}

fn person() -> Vec<RecordId> {
    let all = ALL.iter();
    all.map(|(agency, _, _)| record(agency, &format!("{CANARY}{agency}")))
        .collect()
}

fn new_case(folder: &Folder) -> (tempfile::TempDir, PathBuf, OpenCase) {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("river.case");
    let mut case = OpenCase::create_with(&path, &phrase(), Cost::CHEAP, HAND).unwrap();
    import(&mut case, folder);
    (temp, path, case)
}

fn import(case: &mut OpenCase, folder: &Folder) {
    let options = ImportOptions::default();
    case.import(folder, &Limits::default(), options, HAND)
        .unwrap();
}

fn open(path: &Path) -> OpenCase {
    OpenCase::open_with(path, &phrase(), Cost::CHEAP, &Limits::default()).unwrap()
}

fn decide(case: &mut OpenCase, verdict: Verdict, told: &str) {
    let step = Step {
        verdicts: vec![(verdict, vec![told.to_owned()])],
        why: told.to_owned(),
    };
    case.decide(step, HAND).unwrap();
}

/// Everything that the case holds, as text.
fn dump(path: &Path) -> String {
    let store = Store::open_with(path, &phrase(), Cost::CHEAP).unwrap();
    let mut all = vec![
        format!("{:?}", store.imports().unwrap()),
        format!("{:?}", store.decisions().unwrap()),
        format!("{:?}", store.drafts().unwrap()),
        format!("{:?}", store.audit().unwrap()),
    ];
    for export in store.exports().unwrap() {
        all.push(format!("{export:?}"));
        all.push(raw_text(&store.bytes(export.id).unwrap()));
    }
    all.join("\n")
}

fn picture_of(case: &Case) -> Picture {
    Picture::of(case, &Settings::of_config(&case.supplied.config)).unwrap()
}

fn outputs(case: &Case) -> BTreeMap<&'static str, String> {
    let picture = picture_of(case);
    let view = View::whole(&picture);
    let all = common::all_tables(&view);
    let written = all.iter().map(|table| {
        let mut bytes = Vec::new();
        csv::write(table, &mut bytes).unwrap();
        (table.name, String::from_utf8(bytes).unwrap())
    });
    written.collect()
}

fn verifies(path: &Path) {
    let store = Store::open_with(path, &phrase(), Cost::CHEAP).unwrap();
    assert_eq!(store.verify(None).unwrap(), []);
}

/// Decides about the person and things of theirs, and takes some of it back.
fn decide_about_the_person(case: &mut OpenCase) {
    let own = record("police", "Zqpolice");
    let said = "Zqsaid";
    let verdicts = [
        Verdict::Persons {
            left: own.clone(),
            right: record("police", "police-2"),
            same: Sameness::Different,
        },
        Verdict::Noted {
            about: About::Record(own),
            text: said.into(),
        },
        Verdict::Echo {
            entry: entry("gp", "e1"),
            of: entry("gp", "Zqgpone"),
            verdict: EchoVerdict::Echo,
        },
        Verdict::ReliedOn {
            conclusion: ConclusionId::new("c1"),
            entry: entry("gp", "Zqgpone"),
        },
    ];
    for verdict in verdicts {
        decide(case, verdict, said);
    }
    case.undo(HAND).unwrap();
    case.redo(HAND).unwrap();
}

/// Decides about others; two of the decisions name the person too, if there is one.
fn decide_about_others(case: &mut OpenCase, with_person: bool) {
    let mut asked = Asked {
        request: "q9".into(),
        agency: "gp".into(),
        records: vec![record("police", "police-2")],
        ..Asked::default()
    };
    let mut shared = ShareRecord {
        entries: vec![entry("gp", "e1")],
        ..ShareRecord::default()
    };
    let mut consulted = Consulted {
        consultation: "k1".into(),
        agency: "gp".into(),
        question: "what do you know?".into(),
        records: vec![record("gp", "c2")],
        ..Consulted::default()
    };
    if with_person {
        asked.records.push(record("police", "Zqpolice"));
        consulted.records.push(record("police", "Zqpolice"));
        shared.entries.insert(0, entry("gp", "Zqgpone"));
    }
    let cited = Verdict::ReliedOn {
        conclusion: ConclusionId::new("c1"),
        entry: entry("gp", "e1"),
    };
    let verdicts = [
        cited,
        Verdict::Requested(Box::new(asked)),
        Verdict::Consulted(Box::new(consulted)),
        Verdict::Shared(Box::new(shared)),
    ];
    for verdict in verdicts {
        decide(case, verdict, "plain");
    }
}

/// Questions of share or not that are half answered.
fn half_a_record(entry: EntryId, about: &str) -> Draft {
    let subject = Subject {
        entries: vec![entry],
        about: about.into(),
        recipient: "school".into(),
        barrier: None,
        on: "2026-03-01".parse().unwrap(),
        decided_by: "A. Lyst".into(),
    };
    Draft {
        of: DraftOf::Share(Box::new(subject), vec!["yes".into()]),
        text: String::new(),
    }
}

fn type_drafts(case: &mut OpenCase) {
    let draft = |about: About, text: &str| Draft {
        of: DraftOf::Note(about),
        text: text.into(),
    };
    let drafts = [
        draft(About::Case, "met Zqpolicegivenname é there"),
        draft(About::Entry(entry("gp", "Zqgpone")), "no name in it"),
        draft(About::Case, "harmless"),
        half_a_record(entry("police", "other"), "met Zqpolicegivenname é there"),
        half_a_record(entry("gp", "Zqgpone"), "no name in it"),
    ];
    case.keep_drafts(&drafts).unwrap();
}

#[test]
fn no_canary_is_left_and_all_about_others_is_as_if_the_person_had_never_been() {
    let (_temp, path, mut case) = new_case(&exports(true));
    decide_about_the_person(&mut case);
    decide_about_others(&mut case, true);
    type_drafts(&mut case);
    let before = dump(&path_of(&path, case));
    let is_there = |(agency, _, _): &(&str, _, _)| before.contains(&format!("{CANARY}{agency}"));
    assert!(ALL.iter().all(is_there));

    let mut case = open(&path);
    let erased = case.erase(&person(), &Limits::default(), HAND).unwrap();
    assert_eq!(erased.left, Vec::<String>::new());
    assert_eq!(erased.shared, Vec::<String>::new());
    assert_eq!((erased.drafts, erased.changed), (4, 3), "{erased:?}");
    assert_eq!(erased.relationships.len(), ALL.len());
    let rows: usize = erased.rows.iter().map(|(_, rows)| rows).sum();
    assert_eq!(rows, ALL.len() * 6 + 2);
    let in_session = outputs(case.case());
    let decisions = case.case().decisions.clone();

    let after = dump(&path_of(&path, case));
    for mark in [CANARY, "quoted"].iter().chain(&DATES) {
        assert!(!after.contains(mark), "{mark} is left");
    }
    assert!(after.contains("harmless"));
    verifies(&path);
    let case = open(&path);
    assert_eq!(case.case().decisions, decisions);
    assert_eq!(outputs(case.case()), in_session, "after opening again");

    let (_other_temp, _, mut never) = new_case(&exports(false));
    decide_about_others(&mut never, false);
    for (table, text) in &outputs(never.case()) {
        assert_eq!(&in_session[table], text, "{table}");
    }
}

#[test]
fn the_file_itself_holds_no_free_room_afterwards_and_shrinks() {
    let (_temp, path, mut case) = new_case(&exports(true));
    case.erase(&person(), &Limits::default(), HAND).unwrap();
    drop(case);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA key = 'seven grey herons wade'; PRAGMA cipher_compatibility = 4; PRAGMA kdf_iter = 4;")
        .unwrap();
    let free: i64 = connection
        .query_row("PRAGMA freelist_count", [], |row| row.get(0))
        .unwrap();
    assert_eq!(free, 0);
}

const SMALL: [(&str, &str); 3] = [
    (
        "police/log.csv",
        "entry_id,date,text,record_id,given_name,family_name,date_of_birth\n\
         e1,2025-01-01,Both were there,1,Zelda,Quist,1990-01-01\n\
         e1,2025-01-01,Both were there,2,Ann,Lee,2018-02-03\n\
         e2,2025-01-02,Ann said that Zelda had gone,2,Ann,Lee,2018-02-03\n\
         e3,2025-01-03,Alone,1,Zelda,Quist,1990-01-01\n",
    ),
    (
        "school/log.csv",
        "entry_id,date,text,record_ids\n\
         e1,2025-01-04,A call,1|2\n,2025-01-05,Same words,1\n,2025-01-05,Same words,2\n",
    ),
    (
        "school/people.csv",
        "record_id,given_name,family_name\n1,Zelda,Quist\n2,Ann,Lee\n",
    ),
];

fn folder(files: &[(&str, &str)]) -> Folder {
    let files = files.iter().map(|(path, text)| InputFile {
        path: (*path).to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    });
    Folder {
        files: files.collect(),
        skipped: Vec::new(),
    }
}

fn zelda() -> Vec<RecordId> {
    vec![record("police", "1"), record("school", "1")]
}

#[test]
fn what_is_about_others_too_stays_and_is_told() {
    let (_temp, path, mut case) = new_case(&folder(&SMALL));
    let other = case.case().supplied.entries.iter();
    let named: Vec<&str> = other.map(|one| one.id.as_str()).collect();
    let twin = named
        .iter()
        .find(|id| id.ends_with(".2"))
        .unwrap()
        .to_string();
    let twin = EntryId::read(&twin, &AgencyId::new("school"));
    decide(
        &mut case,
        Verdict::Significance {
            entry: twin.clone(),
            level: 3,
        },
        "plain",
    );
    let erased = case.erase(&zelda(), &Limits::default(), HAND).unwrap();
    assert_eq!(
        erased.shared,
        [
            "police:e1 in police/log.csv#3, about police:2 too",
            "school:e1 in school/log.csv#2, about school:2 too"
        ]
    );
    assert_eq!(erased.left, ["police/log.csv#4: name"]);
    assert_eq!(
        erased.rows,
        [
            ("police/log.csv".to_owned(), 2),
            ("school/log.csv".to_owned(), 1),
            ("school/people.csv".to_owned(), 1)
        ]
    );
    // a log with a row a person keeps the entry, about the other alone
    let supplied = &case.case().supplied;
    let both = &supplied.entries[supplied.entry(&entry("police", "e1")).unwrap()];
    assert_eq!(both.persons, [record("police", "2")]);
    assert!(supplied.entry(&entry("police", "e3")).is_none());
    // of two entries with the same words and no id, the second has the first one's id now, and its decision went along
    let first = EntryId::read(twin.as_str().trim_end_matches(".2"), twin.agency());
    assert!(supplied.entry(&twin).is_none() && supplied.entry(&first).is_some());
    let decided = &case.case().decisions[0].verdict;
    assert_eq!(
        *decided,
        Verdict::Significance {
            entry: first,
            level: 3
        }
    );
    assert_eq!(erased.changed, 1);
    drop(case);
    verifies(&path);
}

#[test]
fn replaced_exports_are_cut_too() {
    let (_temp, path, mut case) = new_case(&folder(&SMALL));
    let newer = "entry_id,date,text,record_id,given_name,family_name,date_of_birth\n\
         e1,2025-01-01,Both were there,2,Ann,Lee,2018-02-03\n\
         e3,2025-01-03,Alone,1,Zelda,Quist,1990-01-01\n\
         e9,2025-01-09,Not alone,1,Zelda,Quist,1990-01-01\n";
    import(&mut case, &folder(&[("police/log.csv", newer)]));
    let erased = case
        .erase(&[record("police", "1")], &Limits::default(), HAND)
        .unwrap();
    assert_eq!(
        erased.rows,
        [
            ("police/log.csv of import 1".to_owned(), 2),
            ("police/log.csv".to_owned(), 2)
        ]
    );
    assert_eq!(
        erased.left,
        Vec::<String>::new(),
        "the school knows a Zelda of the same name"
    );
    drop(case);
    let store = Store::open_with(&path, &phrase(), Cost::CHEAP).unwrap();
    for export in store
        .exports()
        .unwrap()
        .iter()
        .filter(|one| one.path.starts_with("police"))
    {
        let text = raw_text(&store.bytes(export.id).unwrap());
        assert!(!text.contains("Quist") && !text.contains("e3"), "{text}");
    }
    drop(store);
    verifies(&path);
}

#[test]
fn erasing_twice_changes_nothing_and_a_stranger_is_told() {
    let (_temp, path, mut case) = new_case(&exports(true));
    case.erase(&person(), &Limits::default(), HAND).unwrap();
    let before = dump(&path_of(&path, case));
    let mut case = open(&path);
    let unknown = case.erase(&person(), &Limits::default(), HAND).unwrap_err();
    assert!(matches!(unknown, CaseError::Unknown { .. }), "{unknown}");
    assert!(unknown.to_string().contains("\n  hint: "));
    let stranger = case.erase(&[record("gp", "nobody")], &Limits::default(), HAND);
    assert!(matches!(stranger, Err(CaseError::Unknown { .. })));
    assert_eq!(dump(&path_of(&path, case)), before);

    // a person whom an entry about others still names can be erased again, and nothing is written
    let (_temp, path, mut case) = new_case(&folder(&SMALL));
    let first = case.erase(&zelda(), &Limits::default(), HAND).unwrap();
    let before = dump(&path_of(&path, case));
    let mut case = open(&path);
    let again = case.erase(&zelda(), &Limits::default(), HAND).unwrap();
    // of the entry of the other's row nothing says any more that it was about both
    let still = first.shared.get(1..).unwrap().to_vec();
    assert_eq!((again.rows, again.shared), (Vec::new(), still));
    assert_eq!(dump(&path_of(&path, case)), before);
}

/// Closes a case, since only one process and one handle may have it.
fn path_of(path: &Path, case: OpenCase) -> PathBuf {
    drop(case);
    path.to_owned()
}

#[test]
fn a_case_in_memory_has_nothing_to_erase_from() {
    let mut case = OpenCase::in_memory(Case::default());
    let refused = case.erase(&zelda(), &Limits::default(), HAND);
    assert!(matches!(refused, Err(CaseError::InMemory(_))));
}

#[test]
fn nothing_is_erased_when_other_dates_would_be_read_otherwise() {
    let text = "entry_id,date,text,record_ids\ne1,03/25/2025,Alone,1\ne2,03/04/2025,Other,2\n";
    let people = "record_id,given_name,family_name\n1,Zelda,Quist\n2,Ann,Lee\n";
    let files = [("school/log.csv", text), ("school/people.csv", people)];
    let (_temp, path, mut case) = new_case(&folder(&files));
    let before = case.case().supplied.clone();
    let refused = case.erase(&[record("school", "1")], &Limits::default(), HAND);
    let told = refused.unwrap_err().to_string();
    assert!(
        told.contains("nothing was erased") && told.contains("date_order"),
        "{told}"
    );
    assert_eq!(case.case().supplied, before);
    drop(case);
    assert!(dump(&path).contains("Quist"));

    // once case.toml says how the dates are written, it can be done
    let mut case = open(&path);
    let toml = "[[export]]\nfile = \"school/log.csv\"\ndate_order = \"mdy\"\n";
    import(&mut case, &folder(&[("case.toml", toml)]));
    let erased = case
        .erase(&[record("school", "1")], &Limits::default(), HAND)
        .unwrap();
    assert_eq!(erased.left, Vec::<String>::new());
    let entries = &case.case().supplied.entries;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].when, before.entries[1].when);
    drop(case);
    verifies(&path);
}

#[test]
fn a_row_that_tells_several_things_goes_or_stays_whole() {
    let people = "id, firstName, lastName, dateOfBirth, gender, address\n\
         cms:1,Zelda,Quist,06/10/2000,female,\ncms:2,Ann,Lee,07/10/2000,female,\n";
    let housing = "personId,serviceInvolvement,housingAssociation,tenancyStart,antiSocialBehaviour,rentArrears\n\
         cms:1,current,Local Homes,03/02/2016,closed,open\ncms:2,current,Local Homes,04/02/2016,closed,closed\n\
         cms:2,current,Local Homes,04/02/2016,closed,closed\n";
    let files = [
        ("familycontext_housing.csv", housing),
        ("familycontext_person.csv", people),
    ];
    for (id, name, rows, left) in [("cms:1", "Quist", 1, 6), ("cms:2", "Lee", 2, 3)] {
        let (_temp, path, mut case) = new_case(&folder(&files));
        let erased = case
            .erase(&[record("social-care", id)], &Limits::default(), HAND)
            .unwrap();
        let of_housing = ("familycontext_housing.csv".to_owned(), rows);
        assert!(erased.rows.contains(&of_housing), "{erased:?}");
        assert_eq!(case.case().supplied.entries.len(), left);
        assert!(!dump(&path_of(&path, case)).contains(name));
        verifies(&path);
    }
}

/// Every person of a bundled case, each erased from a copy of it: the log agrees, nobody else's row says anything else, and
/// where their name still stands is told.
fn every_person_can_be_erased(fixture: &str) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(fixture);
    let exports = read_folder(&place, &Limits::default()).unwrap();
    let (temp, path, case) = new_case(&exports);
    let picture = picture_of(case.case());
    drop(case);
    for person in &picture.people.persons {
        let own = person
            .records
            .iter()
            .map(|at| &picture.supplied.records[*at]);
        let ids: Vec<RecordId> = own.map(|record| record.id.clone()).collect();
        let copy = temp.path().join(person.id.as_str());
        std::fs::copy(&path, &copy).unwrap();
        let mut case = open(&copy);
        let erased = case.erase(&ids, &Limits::default(), HAND).unwrap();
        let supplied = case.case().supplied.clone();
        for record in &supplied.records {
            let is_own = ids.contains(&record.id);
            assert!(
                !is_own || !record.described,
                "{} is still described",
                record.id
            );
        }
        let entries = picture.supplied.entries.iter();
        let others = entries
            .filter(|one| !one.persons.iter().all(|id| ids.contains(id)) || one.persons.is_empty());
        assert_eq!(supplied.entries.len(), others.count(), "{}", person.id);
        drop(case);
        let dump = dump(&copy);
        let is_told = !erased.left.is_empty() || !erased.shared.is_empty();
        let is_namesake = picture
            .people
            .persons
            .iter()
            .any(|one| one.id != person.id && one.name == person.name);
        if !person.name.is_empty() && !is_told && !is_namesake {
            assert!(
                !dump.contains(&person.name),
                "{} is left: {erased:?}",
                person.name
            );
        }
        verifies(&copy);
    }
}

#[test]
fn every_person_of_the_english_case_can_be_erased() {
    every_person_can_be_erased("hollow-lane");
}

#[test]
fn every_person_of_the_australian_case_can_be_erased() {
    every_person_can_be_erased("river-street");
}
