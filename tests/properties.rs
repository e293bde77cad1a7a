//! What holds of every folder of exports, however odd: nothing panics, nothing is lost, what goes out is harmless, and the
//! same goes in gives the same out. The folders are made up at random from known headers, fitting and hostile cells.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail by panic

mod common;

use std::collections::BTreeMap;

use casepicture::case::{Hand, OpenCase, Step, touches};
use casepicture::import::{Folder, ImportError, InputFile, Limits, read};
use casepicture::model::case::Case;
use casepicture::model::decision::{EchoVerdict, Sameness, Verdict};
use casepicture::model::id::ConclusionId;
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::report::{Table, View, csv as csv_out, json as json_out, summary, tables};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

/// Columns of each kind: the required ones first, some under another name that agencies use.
const KINDS: [(&str, usize, &[&str]); 7] = [
    (
        "people",
        2,
        &[
            "record_id",
            "Forename",
            "surname",
            "DOB",
            "Gender",
            "role",
            "address",
            "Post Code",
            "phone",
            "NHS No",
            "UPN",
            "household_id",
            "protected_address",
            "other_names",
            "expected_date",
        ],
    ),
    (
        "entries",
        3,
        &[
            "entry_id",
            "Date",
            "text",
            "record_ids",
            "reference",
            "slot",
            "value",
            "time",
            "end_date",
            "kind",
            "category",
            "significance",
            "polarity",
            "channel",
            "origin_agency",
            "origin_entry",
            "cites",
            "recorded_on",
            "basis",
            "consent_state",
            "consent_withdrawn_on",
            "told",
            "handling",
            "action",
            "action_due",
            "child_seen",
            "document",
            "Forename",
            "surname",
            "DOB",
            "agency",
        ],
    ),
    (
        "relationships",
        3,
        &[
            "record_id",
            "related_record_id",
            "relationship",
            "from",
            "to",
            "parental_responsibility",
        ],
    ),
    (
        "involvement",
        2,
        &["record_id", "service", "from", "to", "worker"],
    ),
    (
        "coverage",
        1,
        &[
            "agency",
            "from",
            "to",
            "last_synchronised",
            "records_available",
        ],
    ),
    (
        "requests",
        2,
        &[
            "request_id",
            "asked_agency",
            "asked_by",
            "asked_on",
            "due_on",
            "answered_on",
            "result",
            "record_ids",
        ],
    ),
    (
        "citations",
        2,
        &["conclusion_id", "entry", "conclusion", "decided_on"],
    ),
];

const HOSTILE: [&str; 24] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " \"=1",
    "\u{feff}=1",
    "＝1",
    "'=1",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{9b}31m",
    "a\u{0}b",
    "\u{202e}gpj.exe",
    "x\u{e0041}",
    "a\"b",
    "\"",
    "line\nbreak",
    "a|b;c",
    "#N/A",
    "01/01/1900",
    "9999-12-31",
    "e\u{301}́́́",
    "ﷺ𝔘😀",
];

/// A cell that fits its column.
#[allow(clippy::too_many_lines)] // a table is as long as its columns
fn fitting(column: &'static str) -> BoxedStrategy<String> {
    let of = |values: &'static [&'static str]| {
        prop::sample::select(values).prop_map(str::to_owned).boxed()
    };
    match column {
        "record_id" | "related_record_id" => of(&["1", "2", "3", "4", "police:1", "school:2", ""]),
        "record_ids" => of(&["1", "2", "1|2", "3;4", "school:1", "nobody", ""]),
        "entry_id" => of(&["e1", "e2", "e3", "e4", "e5", "e6", ""]),
        "entry" => of(&[
            "police:e1",
            "school:e2",
            "gp:e3",
            "police:e1|school:e1",
            "e1",
            "none:x",
        ]),
        "origin_entry" | "cites" => of(&["", "e1", "e2", "police:e3", "school:e1", "gp:x9"]),
        "origin_agency" | "agency" | "asked_agency" | "service" | "asked_by" => of(&[
            "",
            "police",
            "school",
            "gp",
            "police|gp",
            "unknown",
            "child protection plan",
        ]),
        "Forename" => of(&["Ann", "Anne", "Bob", "Baby", "not known", "ZOË", ""]),
        "surname" => of(&["Lee", "Leigh", "O'Hara", "van der Berg", ""]),
        "slot" => of(&["", "address", "school", "partner", "date of birth"]),
        "value" | "address" => of(&["", "1 High Street", "1 High St", "2 Low Road", "Elm School"]),
        "kind" => of(&[
            "",
            "observation",
            "allegation",
            "opinion",
            "missed contact",
            "nonsense",
        ]),
        "basis" => of(&["", "consent", "U-NR", "s47", "public task", "who knows"]),
        "consent_state" => of(&["", "given", "refused", "withdrawn", "expired"]),
        "told" => of(&["", "yes", "no because unsafe", "no not yet"]),
        "handling" => of(&[
            "",
            "need to know",
            "not to the family",
            "ask the originator",
        ]),
        "significance" => of(&["", "0", "1", "3", "17"]),
        "polarity" => of(&["", "concern", "strength", "neutral"]),
        "reference" | "document" => of(&["", "R1", "R2", "Report of March.pdf"]),
        "time" => of(&["", "14:30", "2pm", "25:99"]),
        "NHS No" => of(&["", "943 476 5919", "9434765919", "0000000000"]),
        "relationship" => of(&["mother of", "child of", "partner", "lives with"]),
        name if name.contains("date")
            || name.ends_with("_on")
            || ["DOB", "Date", "from", "to", "action_due"].contains(&name) =>
        {
            of(&[
                "",
                "2024-01-01",
                "2024-02-03",
                "03/04/2024",
                "2023",
                "Mar 2024",
                "c. 2020",
                "before 2024-03-01",
                "2015-02-03",
                "soon",
                "0001-01-01",
                "262143-01-01",
            ])
        }
        _ => of(&["", "yes", "no", "text of it", "says per school", "1"]),
    }
}

fn cell(column: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => fitting(column),
        1 => prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        1 => any::<String>().prop_map(|text| text.chars().take(12).collect()),
    ]
}

/// A file as it was made up: its path, columns, rows and how it is written.
#[derive(Debug, Clone)]
struct Made {
    path: String,
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    form: u8,
}

impl Made {
    fn bytes(&self) -> Vec<u8> {
        if self.form == 3 {
            let lines = self.rows.iter().map(|row| {
                let fields = self
                    .columns
                    .iter()
                    .zip(row)
                    .map(|(name, cell)| ((*name).to_owned(), cell.clone().into()));
                serde_json::Value::Object(fields.collect()).to_string() + "\n"
            });
            return lines.collect::<String>().into_bytes();
        }
        let delimiter = [b',', b'\t', b';'][usize::from(self.form)];
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .from_writer(Vec::new());
        writer.write_record(&self.columns).unwrap();
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        writer.into_inner().unwrap()
    }
}

fn made() -> impl Strategy<Value = Made> {
    let agency = prop::sample::select(&["police", "school", "gp"][..]);
    (0..KINDS.len(), agency, 0..4_u8, any::<u64>(), 0..100_u32).prop_flat_map(
        |(kind, agency, form, mask, number)| {
            let (name, required, all) = KINDS[kind];
            let columns: Vec<&'static str> = all
                .iter()
                .enumerate()
                .filter(|(at, _)| *at < required || mask >> at & 1 == 1)
                .map(|(_, column)| *column)
                .collect();
            let row: Vec<_> = columns.iter().map(|column| cell(column)).collect();
            let ending = ["csv", "tsv", "csv", "jsonl"][usize::from(form)];
            let path = format!("{agency}/{name}{number}.{ending}");
            (
                Just((path, columns, form)),
                prop::collection::vec(row, 0..9),
            )
                .prop_map(|((path, columns, form), rows)| Made {
                    path,
                    columns,
                    rows,
                    form,
                })
        },
    )
}

fn made_folder() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec(made(), 1..6).prop_map(|mut files| {
        files.sort_by(|one, other| one.path.cmp(&other.path));
        files.dedup_by(|one, other| one.path == other.path);
        files
    })
}

fn folder(files: &[Made]) -> Folder {
    Folder {
        files: files
            .iter()
            .map(|file| InputFile {
                path: file.path.clone(),
                bytes: Ok(file.bytes()),
                agency: None,
            })
            .collect(),
        skipped: Vec::new(),
    }
}

/// The case of a folder; `None` when no file could be used.
fn case_of(files: &Folder) -> Result<Option<Case>, TestCaseError> {
    match read(files, &Limits::default()) {
        Ok(supplied) => Ok(Some(Case::new(supplied))),
        Err(ImportError::NothingUsable { .. }) => Ok(None),
        Err(fault) => Err(TestCaseError::fail(fault.to_string())),
    }
}

fn picture(case: &Case) -> Picture {
    Picture::of(case, &Settings::of_config(&case.supplied.config)).unwrap()
}

fn all_tables(picture: &Picture) -> Vec<Table> {
    common::all_tables(&View::whole(picture))
}

fn as_csv(table: &Table) -> String {
    let mut bytes = Vec::new();
    csv_out::write(table, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Everything that a build writes, by name.
fn outputs(picture: &Picture) -> BTreeMap<&'static str, String> {
    let mut outputs: BTreeMap<_, _> = all_tables(picture)
        .iter()
        .map(|table| (table.name, as_csv(table)))
        .collect();
    let mut summary = summary::summary(&View::whole(picture), 0.0);
    summary.as_object_mut().unwrap().remove("seconds");
    outputs.insert("summary", summary.to_string());
    outputs
}

/// Whether a spreadsheet would compute this cell. Written apart from the program's own guard.
fn is_live(cell: &str) -> bool {
    let rest = cell.trim_start_matches([' ', '"', '\u{feff}', '\u{200b}']);
    if cell.starts_with('\'') || cell == "-" {
        return false;
    }
    let harmless = |c: char| c.is_ascii_digit() || " .,()-+/:eE%".contains(c);
    rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && !(cell.starts_with(['+', '-'])
            && cell.chars().all(harmless)
            && cell.chars().filter(|c| "+-".contains(*c)).count() <= 3
            && !cell.contains("+-"))
}

fn is_command(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
}

fn rows_add_up(case: &Case) -> Result<(), TestCaseError> {
    let supplied = &case.supplied;
    for file in &supplied.files {
        prop_assert_eq!(file.rows, file.used + file.rejected, "{}", &file.path);
    }
    for entry in &supplied.entries {
        prop_assert!(!entry.rows.is_empty(), "{} has no row", entry.id);
        prop_assert!(
            entry
                .rows
                .iter()
                .all(|row| row.row >= 2 && (row.file as usize) < supplied.files.len())
        );
    }
    Ok(())
}

fn output_is_harmless(picture: &Picture) -> Result<(), TestCaseError> {
    for fact in &picture.timeline.facts {
        prop_assert!(!fact.entries.is_empty() && fact.entries.contains(&fact.lead));
        prop_assert!(!fact.basis.is_empty() || !fact.status.phrase().is_empty());
    }
    for table in all_tables(picture) {
        let text = as_csv(&table);
        prop_assert!(!text.contains(is_command), "{}: {text:?}", table.name);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(records.len(), table.rows.len() + 1, "{}", table.name);
        for cell in records.iter().flatten() {
            prop_assert!(!is_live(cell), "{}: {cell:?}", table.name);
        }
        let mut json = Vec::new();
        json_out::write(&table, &mut json).unwrap();
        let json: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&json).unwrap();
        prop_assert_eq!(json.len(), table.rows.len());
        let texts = json
            .iter()
            .flat_map(serde_json::Map::values)
            .filter_map(|value| value.as_str());
        for text in texts {
            prop_assert!(!text.contains(is_command), "{}: {text:?}", table.name);
        }
    }
    Ok(())
}

fn timeline_is_in_order(picture: &Picture) -> Result<(), TestCaseError> {
    let table = tables::timeline(&View::whole(picture), &|_| true);
    let at = |name: &str| {
        table
            .columns
            .iter()
            .position(|column| column == name)
            .unwrap()
    };
    let (date, id) = (at("date"), at("fact_id"));
    let keys: Vec<(bool, Option<chrono::NaiveDate>, String)> = table
        .rows
        .iter()
        .map(|row| {
            let date = row[date].print();
            (date.is_empty(), date.parse().ok(), row[id].print())
        })
        .collect();
    for pair in keys.windows(2) {
        prop_assert!((pair[0].0, pair[0].1) <= (pair[1].0, pair[1].1), "{pair:?}");
    }
    Ok(())
}

/// All that holds of one folder.
fn holds(files: &[Made]) -> Result<(), TestCaseError> {
    let input = folder(files);
    let Some(case) = case_of(&input)? else {
        return Ok(());
    };
    rows_add_up(&case)?;
    let first = picture(&case);
    output_is_harmless(&first)?;
    timeline_is_in_order(&first)?;
    let mut turned = input;
    turned.files.reverse();
    let again = case_of(&turned)?.unwrap();
    prop_assert_eq!(outputs(&first), outputs(&picture(&again)));
    Ok(())
}

/// The outputs without what names a row or a file's bytes.
fn without_rows(files: &[Made]) -> Result<Option<BTreeMap<&'static str, String>>, TestCaseError> {
    let Some(case) = case_of(&folder(files))? else {
        return Ok(None);
    };
    let picture = picture(&case);
    let mut plain = BTreeMap::new();
    for table in all_tables(&picture) {
        let mut table = table;
        let at = table.columns.iter().position(|c| {
            c == if table.name == "rejects" {
                "row"
            } else {
                "source_rows"
            }
        });
        for row in &mut table.rows {
            if let Some(at) = at {
                row[at] = casepicture::report::Cell::text("");
            }
        }
        let mut lines: Vec<String> = table.rows.iter().map(|row| format!("{row:?}")).collect();
        if table.name == "rejects" {
            // a reject may say in words which row it means
            lines = vec![lines.len().to_string()];
        }
        plain.insert(table.name, lines.join("\n"));
    }
    Ok(Some(plain))
}

fn rows_in_any_order(files: &[Made], turn: usize) -> Result<(), TestCaseError> {
    let shuffled: Vec<Made> = files
        .iter()
        .map(|file| {
            let mut file = file.clone();
            let count = file.rows.len().max(1);
            file.rows.rotate_left(turn % count);
            if turn % 2 == 1 {
                file.rows.reverse();
            }
            file
        })
        .collect();
    prop_assert_eq!(without_rows(files)?, without_rows(&shuffled)?);
    Ok(())
}

/// A decision that fits the picture; which one follows from the numbers.
fn verdict(picture: &Picture, (kind, one, other): (u8, usize, usize)) -> Option<Verdict> {
    let supplied = &picture.supplied;
    let pick = |count: usize, at: usize| (count > 0).then(|| at % count.max(1));
    let entry =
        |at: usize| pick(supplied.entries.len(), at).map(|at| supplied.entries[at].id.clone());
    let conclusion = || {
        ConclusionId::new(if other.is_multiple_of(2) {
            "draft"
        } else {
            "c1"
        })
    };
    Some(match kind % 5 {
        0 => {
            let left = &supplied.records[pick(supplied.records.len(), one)?].id;
            let right = &supplied.records[pick(supplied.records.len(), other)?].id;
            let same = [Sameness::Same, Sameness::Different, Sameness::NotSure][(one + other) % 3];
            if left == right {
                return None;
            }
            Verdict::Persons {
                left: left.min(right).clone(),
                right: left.max(right).clone(),
                same,
            }
        }
        1 => {
            let verdict = [EchoVerdict::Echo, EchoVerdict::Independent][(one + other) % 2];
            Verdict::Echo {
                entry: entry(one)?,
                of: entry(other)?,
                verdict,
            }
        }
        2 => Verdict::ReliedOn {
            conclusion: conclusion(),
            entry: entry(one)?,
        },
        3 => Verdict::NotReliedOn {
            conclusion: conclusion(),
            entry: entry(one)?,
        },
        _ => {
            let flag = &picture.flags.flags[pick(picture.flags.flags.len(), one)?];
            Verdict::FlagExplained {
                flag_id: flag.id.clone(),
                reason: "=explained\u{1b}".into(),
            }
        }
    })
}

/// Decisions, each computed on from the last picture, give what computing afresh gives; taken back they leave no trace.
fn decisions_come_and_go(
    files: &[Made],
    choices: &[(u8, usize, usize)],
) -> Result<(), TestCaseError> {
    let Some(case) = case_of(&folder(files))? else {
        return Ok(());
    };
    let before = picture(&case);
    let settings = Settings::of_config(&case.supplied.config);
    let hand = Hand {
        by: "A. Worker",
        at: 0,
    };
    let mut open = OpenCase::in_memory(case);
    let mut now = before.clone();
    let mut made = 0;
    for choice in choices {
        let Some(verdict) = verdict(&now, *choice) else {
            continue;
        };
        let step = Step {
            verdicts: vec![(verdict, Vec::new())],
            why: "why".into(),
        };
        let decided = open.decide(step, hand).unwrap();
        made += 1;
        now = Picture::again(open.case(), &settings, Some((&now, touches(&decided[0])))).unwrap();
        prop_assert!(
            now == Picture::of(open.case(), &settings).unwrap(),
            "computed on is not computed afresh"
        );
        output_is_harmless(&now)?;
    }
    for _ in 0..made {
        let undone = open.undo(hand).unwrap();
        now = Picture::again(open.case(), &settings, Some((&now, touches(&undone[0])))).unwrap();
    }
    prop_assert!(open.undo(hand).unwrap().is_empty());
    prop_assert!(now == before, "taking back left a trace");
    prop_assert_eq!(outputs(&now), outputs(&before));
    Ok(())
}

fn choices() -> impl Strategy<Value = Vec<(u8, usize, usize)>> {
    prop::collection::vec((any::<u8>(), 0..40_usize, 0..40_usize), 1..5)
}

const STARTS: &[&[u8]] = &[
    b"",
    b"PK\x03\x04",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"\xFF\xFE",
    b"[{",
    b"\"",
];

/// Bytes that are no export, or nearly one.
fn any_file() -> impl Strategy<Value = (String, Vec<u8>)> {
    let path = prop::sample::select(
        &[
            "police/a.csv",
            "police/a.json",
            "a.jsonl",
            "gp/a.xlsx",
            "gp/a.xls",
            "b.ods",
            "x/a.tsv",
        ][..],
    );
    let broken =
        (made(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(file, at, byte)| {
            let mut bytes = file.bytes();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
                bytes.truncate(bytes.len().max(at));
            }
            bytes
        });
    let start = prop::sample::select(STARTS);
    let noise = (start, prop::collection::vec(any::<u8>(), 0..700))
        .prop_map(|(start, rest)| [start, rest.as_slice()].concat());
    (path.prop_map(str::to_owned), prop_oneof![broken, noise])
}

fn any_bytes_are_read(files: Vec<(String, Vec<u8>)>) -> Result<(), TestCaseError> {
    let files = files.into_iter().map(|(path, bytes)| InputFile {
        path,
        bytes: Ok(bytes),
        agency: None,
    });
    let mut input = Folder {
        files: files.collect(),
        skipped: Vec::new(),
    };
    input.files.dedup_by(|one, other| one.path == other.path);
    if let Some(case) = case_of(&input)? {
        rows_add_up(&case)?;
        output_is_harmless(&picture(&case))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn made_up_folders_lose_nothing_and_harm_nobody(files in made_folder()) {
        holds(&files)?;
    }

    #[test]
    fn the_order_of_rows_changes_only_their_numbers(files in made_folder(), turn in 1..9_usize) {
        rows_in_any_order(&files, turn)?;
    }

    #[test]
    fn decisions_taken_back_leave_no_trace(files in made_folder(), choices in choices()) {
        decisions_come_and_go(&files, &choices)?;
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(files in prop::collection::vec(any_file(), 1..3)) {
        any_bytes_are_read(files)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "takes many minutes; for a release"]
    fn at_length_all_of_it_holds(files in made_folder(), turn in 1..9_usize, choices in choices(), noise in prop::collection::vec(any_file(), 1..3)) {
        holds(&files)?;
        rows_in_any_order(&files, turn)?;
        decisions_come_and_go(&files, &choices)?;
        any_bytes_are_read(noise)?;
    }
}
