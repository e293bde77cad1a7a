//! Tests of whole folders: bytes in, data and rejects out.

use super::*;
use crate::model::date::{Precision, iso};
use crate::model::id::{EntryId, RecordId};
use crate::model::phrase::Coded;
use crate::model::supply::Cited;
use crate::model::words::{Kind, Sex};

fn folder(files: &[(&str, &str)]) -> Folder {
    let files = files
        .iter()
        .map(|(path, text)| InputFile {
            path: (*path).into(),
            bytes: Ok(text.as_bytes().to_vec()),
            agency: None,
        })
        .collect();
    Folder {
        files,
        skipped: Vec::new(),
    }
}

fn read_all(files: &[(&str, &str)]) -> Supplied {
    let supplied = read(&folder(files), &Limits::default()).unwrap();
    for file in &supplied.files {
        assert_eq!(file.rows, file.used + file.rejected, "{}", file.path);
    }
    assert!(
        !supplied
            .rejects
            .iter()
            .any(|r| r.problem.contains("fault of this program")),
        "{:?}",
        supplied.rejects
    );
    supplied
}

fn record_ids(supplied: &Supplied) -> Vec<&str> {
    supplied.records.iter().map(|r| r.id.as_str()).collect()
}

fn entry_ids(supplied: &Supplied) -> Vec<&str> {
    supplied.entries.iter().map(|e| e.id.as_str()).collect()
}

#[test]
fn folders_name_the_agencies() {
    let supplied = read_all(&[
        (
            "Social Care/people.csv",
            "record_id,full_name,date_of_birth,sex\n17,\"OKAFOR, Ada Marie\",01/02/2015,F\n",
        ),
        (
            "police/log.csv",
            "entry_id,date,text,record_ids\nP1,2025-03-04,Called to the address,social-care:17\n",
        ),
        ("README.txt", "about these files"),
    ]);
    assert_eq!(record_ids(&supplied), ["social-care:17"]);
    assert_eq!(entry_ids(&supplied), ["police:P1"]);
    assert_eq!(
        supplied.entries[0].persons,
        [RecordId::new(&AgencyId::new("social-care"), "17")]
    );
    assert_eq!(supplied.ignored, ["README.txt"]);
    let ada = &supplied.records[0];
    assert_eq!(
        (
            ada.given_name.as_str(),
            ada.middle_names.as_str(),
            ada.family_name.as_str()
        ),
        ("Ada", "Marie", "OKAFOR")
    );
    assert_eq!(ada.birth.exact().map(iso).as_deref(), Some("2015-02-01"));
    assert!(ada.sex.is(Sex::Female));
    assert!(supplied.rejects.is_empty(), "{:?}", supplied.rejects);
    let agencies: Vec<(&str, bool)> = supplied
        .agencies
        .iter()
        .map(|a| (a.id.as_str(), a.supplied))
        .collect();
    assert_eq!(agencies, [("police", true), ("social-care", true)]);
}

#[test]
fn a_flat_folder_goes_by_stems_and_the_agency_column_wins() {
    let supplied = read_all(&[
        (
            "police_entries.csv",
            "entry_id,date,text,agency\n1,2025-01-01,One,\n2,2025-01-02,Two,Health Visiting\n",
        ),
        (
            "requests.csv",
            "request_id,asked_agency,asked_on\nR1,Police,2025-01-03\n",
        ),
    ]);
    assert_eq!(entry_ids(&supplied), ["health-visiting:2", "police:1"]);
    assert_eq!(supplied.requests[0].asked.as_str(), "police");
    assert!(
        !supplied
            .agencies
            .iter()
            .any(|a| a.id.as_str() == "requests")
    );
}

#[test]
fn a_police_log_is_people_and_entries_at_once() {
    let supplied = read_all(&[(
        "police/log.csv",
        "Incident No,Date of incident,Surname,Forename,D.O.B.,Narrative\n\
         INC1,01/03/2025,Okafor,Ada,01/02/2015,Found at the park\n\
         INC1,01/03/2025,Okafor,Ben,02/02/2016,Found at the park\n\
         INC2,05/03/2025,Okafor,Ada,01/02/2015,Reported missing\n",
    )]);
    assert_eq!(entry_ids(&supplied), ["police:INC1", "police:INC2"]);
    assert_eq!(
        supplied.records.len(),
        2,
        "identical person columns are one record"
    );
    assert_eq!(supplied.entries[0].persons.len(), 2, "one entry about both");
    assert_eq!(supplied.entries[0].rows.len(), 2);
    assert!(
        supplied
            .records
            .iter()
            .all(|r| r.id.local().starts_with('~') && r.id.local().len() == 13)
    );
    let ada = supplied
        .records
        .iter()
        .find(|r| r.given_name == "Ada")
        .unwrap();
    assert_eq!(
        ada.rows.iter().map(|row| row.row).collect::<Vec<_>>(),
        [2, 4]
    );
}

#[test]
fn one_id_with_two_texts_is_two_entries_and_told() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,text\n7,2025-01-02,Second\n7,2025-01-01,First\n7,2025-01-01,First\n",
    )]);
    assert_eq!(entry_ids(&supplied), ["gp:7", "gp:7.2"]);
    assert_eq!(
        supplied.entries[0].text, "First",
        "the order is that of the contents"
    );
    let problems: Vec<(Option<u32>, &str)> = supplied
        .rejects
        .iter()
        .map(|r| (r.row, r.problem.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (Some(2), "another row has this id and says something else"),
            (Some(4), "the row repeats another row of the file exactly")
        ]
    );
    assert_eq!((supplied.files[0].rows, supplied.files[0].used), (3, 3));
}

#[test]
fn entries_without_an_id_get_one_from_their_content() {
    let supplied = read_all(&[(
        "school/log.csv",
        "Date,Event\n2025-01-01,Late\n2025-01-01,Late\n2025-01-02,Late\n",
    )]);
    let ids = entry_ids(&supplied);
    assert_eq!(ids.len(), 3);
    assert!(
        ids.iter().filter(|id| id.ends_with(".2")).count() == 1,
        "{ids:?}"
    );
}

#[test]
fn short_and_long_rows_are_used_and_told() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,text,category\n1,2025-01-01,One\n2,2025-01-01,Two,x,more,\n3,2025-01-01,Three,y\n",
    )]);
    assert_eq!(supplied.entries.len(), 3);
    let lines: Vec<(Option<u32>, &str, Kept)> = supplied
        .rejects
        .iter()
        .map(|r| (r.row, r.column.as_str(), r.kept))
        .collect();
    assert_eq!(
        lines,
        [(Some(2), "", Kept::Row), (Some(3), "+1", Kept::Row)]
    );
    assert_eq!(
        supplied.files[0].sheets[0].cells(3).last(),
        Some(&("+1", "more"))
    );
}

#[test]
fn codes_that_are_not_known_are_kept_and_told() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,text,kind,significance,basis,told,handling\n\
         1,2025-01-01,One,observation,3,,yes,need to know|burn after reading\n\
         2,31/02/2025,Two,rumour,9,No consent,,\n",
    )]);
    let [one, two] = &supplied.entries[..] else {
        panic!("two entries")
    };
    assert!(one.kind.is(Kind::Observation) && one.significance == Some(3));
    assert_eq!(one.basis.iter().map(|b| &**b).collect::<Vec<_>>(), ["U-NR"]);
    assert_eq!(one.handling.len(), 2);
    assert_eq!(two.kind, Coded::Unknown("rumour".into()));
    assert_eq!(
        (two.when.precision, &*two.when.raw, two.significance),
        (Precision::Unknown, "31/02/2025", None)
    );
    assert_eq!(
        two.basis.iter().map(|b| &**b).collect::<Vec<_>>(),
        ["U-MAP"]
    );
    assert_eq!(two.basis_raw, "No consent");
    let told: Vec<(&str, Kept)> = supplied
        .rejects
        .iter()
        .map(|r| (r.column.as_str(), r.kept))
        .collect();
    assert_eq!(
        told,
        [
            ("handling", Kept::Cell),
            ("basis", Kept::Cell),
            ("date", Kept::Row),
            ("kind", Kept::Cell),
            ("significance", Kept::Row)
        ]
    );
}

#[test]
fn citations_name_entries_that_exist() {
    let supplied = read_all(&[
        ("gp/a.csv", "entry_id,date,text\n1,2025-01-01,One\n"),
        (
            "citations.csv",
            "conclusion_id,entry,conclusion\nC1,gp:1|F0123456789ab,Safe\nC1,gp:99,Safe\nC2,gp:99|gp:1,Seen\n",
        ),
    ]);
    let cited: Vec<(&str, String)> = supplied
        .citations
        .iter()
        .map(|c| {
            let what = match &c.cited {
                Cited::Entry(id) => id.to_string(),
                Cited::Fact(id) => id.to_string(),
            };
            (c.conclusion.as_str(), what)
        })
        .collect();
    assert_eq!(
        cited,
        [
            ("C1", "gp:1".to_string()),
            ("C1", "F0123456789ab".to_string()),
            ("C2", "gp:1".to_string())
        ]
    );
    let file = supplied
        .files
        .iter()
        .find(|f| f.path == "citations.csv")
        .unwrap();
    assert_eq!((file.rows, file.used, file.rejected), (3, 2, 1));
    assert_eq!(
        supplied
            .rejects
            .iter()
            .filter(|r| r.value == "gp:99" && r.kept == Kept::None)
            .count(),
        2
    );
}

#[test]
fn origins_and_repeats_are_resolved() {
    let supplied = read_all(&[
        (
            "gp/a.csv",
            "entry_id,date,text,origin_agency,origin_entry,cites\n1,2025-01-01,One,police,P1,\n2,2025-01-01,Two,unknown,,camhs:4\n",
        ),
        ("police/a.csv", "entry_id,date,text\nP1,2025-01-01,One\n"),
    ]);
    let [one, two, _] = &supplied.entries[..] else {
        panic!("three entries")
    };
    assert_eq!(
        one.origin.entries,
        [EntryId::new(&AgencyId::new("police"), "P1")]
    );
    assert!(two.origin.unknown && two.origin.agencies.is_empty());
    assert_eq!(two.cites[0].as_str(), "child-mental-health:4");
    assert!(
        supplied
            .agencies
            .iter()
            .any(|a| a.id.as_str() == "child-mental-health" && !a.supplied)
    );
}

#[test]
fn an_id_that_nobody_describes_is_kept_and_told_once() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,text,record_ids\n1,2025-01-01,One,9;8\n2,2025-01-01,Two,9\n",
    )]);
    assert_eq!(record_ids(&supplied), ["gp:8", "gp:9"]);
    assert!(supplied.records.iter().all(|r| !r.described));
    assert_eq!(supplied.rejects.len(), 2);
}

#[test]
fn a_column_that_only_fits_month_first_is_read_so_and_told() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,text\n1,03/31/2025,One\n2,04/05/2025,Two\n",
    )]);
    assert_eq!(
        supplied.entries[1].when.exact().map(iso).as_deref(),
        Some("2025-04-05")
    );
    assert_eq!(supplied.rejects.len(), 1);
    assert!(supplied.rejects[0].problem.contains("month first"));
}

#[test]
fn an_end_makes_a_span_and_a_precision_widens_a_day() {
    let supplied = read_all(&[(
        "gp/a.csv",
        "entry_id,date,end_date,date_precision,text\n1,2025-01-01,2025-01-09,,One\n2,2025-01-05,,month,Two\n3,2025-01-05,2025-01-01,,Three\n",
    )]);
    let when = |at: usize| {
        let when = &supplied.entries[at].when;
        (when.date_cell(), when.end_cell(), when.precision)
    };
    assert_eq!(
        when(0),
        ("2025-01-01".into(), "2025-01-09".into(), Precision::Range)
    );
    assert_eq!(
        when(1),
        ("2025-01-01".into(), "2025-01-31".into(), Precision::Month)
    );
    assert_eq!(
        when(2),
        ("2025-01-05".into(), String::new(), Precision::Day)
    );
    assert_eq!(
        supplied.rejects.len(),
        1,
        "the end before the start is told"
    );
}

#[test]
fn unusable_files_are_told_and_the_others_are_used() {
    let supplied = read_all(&[
        ("gp/a.csv", "entry_id,date,text\n1,2025-01-01,One\n"),
        ("gp/b.csv", ""),
        ("gp/c.csv", "colour,shape\nred,round\n"),
    ]);
    let told: Vec<(&str, Option<u32>, Kept)> = supplied
        .rejects
        .iter()
        .map(|r| (r.file.as_str(), r.row, r.kept))
        .collect();
    assert_eq!(
        told,
        [
            ("gp/b.csv", None, Kept::None),
            ("gp/c.csv", None, Kept::None)
        ]
    );
    let error = read(&folder(&[("gp/b.csv", "")]), &Limits::default()).unwrap_err();
    assert!(matches!(error, ImportError::NothingUsable { .. }));
    assert!(read(&Folder::default(), &Limits::default()).is_err());
}

#[test]
fn encodings_are_read_and_named() {
    let text = "entry_id,date,text\n1,2025-01-01,Zoë à l’école\n";
    let utf16: Vec<u8> = std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let windows: Vec<u8> = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let with_bom = [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    for (bytes, name) in [
        (utf16, "UTF-16LE"),
        (windows, "windows-1252"),
        (with_bom, "UTF-8 with BOM"),
        (text.as_bytes().to_vec(), "UTF-8"),
    ] {
        let file = InputFile {
            path: "gp/a.csv".into(),
            bytes: Ok(bytes),
            agency: None,
        };
        let supplied = read(
            &Folder {
                files: vec![file],
                skipped: Vec::new(),
            },
            &Limits::default(),
        )
        .unwrap();
        assert_eq!(
            (
                supplied.files[0].encoding.as_str(),
                supplied.entries[0].text.as_str()
            ),
            (name, "Zoë à l’école")
        );
    }
}

#[test]
fn rows_of_one_person_that_differ_are_one_record_and_told() {
    let supplied = read_all(&[(
        "gp/p.csv",
        "record_id,given_name,family_name,date_of_birth\n1,Ada,Okafor,2015-02-01\n1,Ada,Obi,2015-02-01\n1,Ada,Okafor,2015-01-02\n",
    )]);
    let ada = &supplied.records[0];
    assert_eq!(
        (ada.family_name.as_str(), &ada.other_names[..]),
        ("Okafor", &["Obi".to_string()][..])
    );
    assert_eq!(ada.birth.exact().map(iso).as_deref(), Some("2015-02-01"));
    let told: Vec<(Option<u32>, Kept)> = supplied.rejects.iter().map(|r| (r.row, r.kept)).collect();
    assert_eq!(told, [(Some(3), Kept::Cell), (Some(4), Kept::Row)]);
}

#[test]
fn family_context_files_become_one_case() {
    let supplied = read_all(&[
        (
            "familycontext_person.csv",
            "id, firstName, lastName, dateOfBirth, gender, address\r\ncms:71,Ines,Marlow,09/11/2004,female,\r\n",
        ),
        (
            "familycontext_adult_social_care.csv",
            "personId,serviceInvolvement,localAuthorityOrganisation,contactName, startDateOfLastInvolvement, dateOfMostRecentInteraction\r\ncms:71,previous,Adults,W Orker,2018-02-03,2018-06-07\r\n",
        ),
        (
            "familycontext_housing.csv",
            "personId,serviceInvolvement,housingAssociation,tenancyStart,rentArrears,eviction\r\ncms:71,current,Homes,05/04/2017,open,\r\n",
        ),
        (
            "familycontext_police_offence.csv",
            "personId, dateOfOffence, typeOfOffence, natureOfInvolvement\r\ncms:71,2016-08-09,Theft,Witness\r\n",
        ),
        (
            "familycontext_police.csv",
            "personId, policeArea, contactName\r\ncms:71, North, Hub\r\n",
        ),
        (
            "familycontext_datasources.csv",
            "Id, DataSource, Title, Last Synchronised, Coverage Start Date\nAdultSocialCare, x, Adult Social Care,2020-01-06T10:00,2001-01-01\n",
        ),
    ]);
    assert_eq!(record_ids(&supplied), ["social-care:cms:71"]);
    let told: Vec<(String, &str, &str)> = supplied
        .entries
        .iter()
        .map(|e| (e.when.date_cell(), e.agency().as_str(), e.text.as_str()))
        .collect();
    for wanted in [
        ("2016-08-09", "police", "Theft (Witness)"),
        ("2017-04-05", "housing", "Tenancy start"),
        ("", "housing", "Rent arrears: open"),
        ("2018-06-07", "adult-social-care", "Most recent interaction"),
    ] {
        assert!(
            told.contains(&(wanted.0.into(), wanted.1, wanted.2)),
            "{wanted:?} in {told:?}"
        );
    }
    let involved: Vec<(&str, String, String)> = supplied
        .involvements
        .iter()
        .map(|i| {
            (
                i.involved.as_ref().map_or("", AgencyId::as_str),
                i.from.date_cell(),
                i.to.date_cell(),
            )
        })
        .collect();
    assert!(
        involved.contains(&(
            "adult-social-care",
            "2018-02-03".into(),
            "2018-06-07".into()
        )),
        "{involved:?}"
    );
    assert!(involved.contains(&("housing", "2017-04-05".into(), String::new())));
    assert_eq!(supplied.coverage[0].agency.as_str(), "adult-social-care");
    assert_eq!(
        supplied.coverage[0].last_synchronised.date_cell(),
        "2020-01-06"
    );
    assert!(supplied.files.iter().all(|f| f.profile == "family-context"));
    assert!(supplied.rejects.is_empty(), "{:?}", supplied.rejects);
}

#[test]
fn an_id_that_says_not_known_joins_nobody() {
    let supplied = read_all(&[
        (
            "gp/p.csv",
            "record_id,given_name,family_name\nunknown,Ada,Okafor\nunknown,Ben,Obi\nN/K,Ada,Okafor\n",
        ),
        (
            "gp/e.csv",
            "entry_id,date,text\nn/a,2025-01-01,One\nn/a,2025-01-02,Two\n",
        ),
    ]);
    assert_eq!((supplied.records.len(), supplied.entries.len()), (2, 2));
    assert!(
        supplied
            .records
            .iter()
            .all(|r| r.id.local().starts_with('~'))
    );
    assert!(
        supplied
            .entries
            .iter()
            .all(|e| e.id.local().starts_with('~'))
    );
}

#[test]
fn a_stem_is_no_agency_where_rows_name_theirs() {
    let supplied = read_all(&[(
        "all.csv",
        "agency,entry_id,date,text\nPolice,1,2025-01-01,One\nGP,1,2025-01-02,Two\n",
    )]);
    let agencies: Vec<&str> = supplied.agencies.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(agencies, ["gp", "police"]);
    assert_eq!(supplied.files[0].agency, None);
}

#[test]
fn check_tells_how_a_file_is_read() {
    let files = [(
        "gp/a.csv",
        "Surgery log\nEntry ID,Date,Details,Colour\n1,31/03/2025,One,red\n",
    )];
    let reports = check(&folder(&files), &Limits::default()).unwrap();
    let [report] = &reports[..] else {
        panic!("one file")
    };
    assert_eq!(
        (
            report.profile.as_str(),
            report.encoding.as_str(),
            report.rows
        ),
        ("plain", "UTF-8", (1, 1, 0))
    );
    assert_eq!(
        (report.sheets[0].header_row, &report.sheets[0].kinds[..]),
        (2, &["entries"][..])
    );
    let read_as: Vec<Option<&str>> = report.sheets[0].columns.iter().map(|c| c.read_as).collect();
    assert_eq!(
        read_as,
        [Some("entry_id"), Some("date"), Some("text"), None]
    );
    assert_eq!(report.sheets[0].columns[1].dates, Some("day first"));
    assert_eq!(report.counts, [("entries", 1)]);
}

#[test]
fn a_workbook_is_read_whatever_it_is_called() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Log").unwrap();
    for (at, row) in [
        ["Chronology", "", ""],
        ["entry_id", "date", "text"],
        ["1", "2025-01-01", "One"],
    ]
    .iter()
    .enumerate()
    {
        for (column, cell) in row.iter().enumerate() {
            sheet.write_string(at as u32, column as u16, *cell).unwrap();
        }
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let file = InputFile {
        path: "gp/a.csv".into(),
        bytes: Ok(bytes),
        agency: None,
    };
    let supplied = read(
        &Folder {
            files: vec![file],
            skipped: Vec::new(),
        },
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(
        supplied.entries[0].rows[0].text(&supplied.files),
        "gp/a.csv!Log#3"
    );
    assert_eq!((supplied.files[0].rows, supplied.files[0].used), (1, 1));
}

/// Everything but what row order may change: numbers of rows and the hash of the bytes.
fn without_rows(mut supplied: Supplied) -> Supplied {
    let nowhere = crate::model::source::RowRef {
        file: 0,
        sheet: 0,
        row: 0,
    };
    for file in &mut supplied.files {
        file.sha256.clear();
        file.sheets.clear();
    }
    supplied
        .records
        .iter_mut()
        .for_each(|r| r.rows.fill(nowhere));
    supplied
        .entries
        .iter_mut()
        .for_each(|e| e.rows.fill(nowhere));
    supplied
        .relationships
        .iter_mut()
        .for_each(|r| r.row = nowhere);
    supplied
        .involvements
        .iter_mut()
        .for_each(|i| i.row = nowhere);
    supplied.citations.iter_mut().for_each(|c| c.row = nowhere);
    supplied.rejects.iter_mut().for_each(|r| r.row = None);
    supplied.rejects.sort();
    supplied
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    fn cell(of: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
        proptest::sample::select(of)
    }

    /// Rows that are often equal, contradict each other, are too short or too long, or hold what nobody can read.
    fn row() -> impl Strategy<Value = String> {
        (
            cell(&["1", "2", "3", "", "gp:1"]),
            cell(&[
                "2025-01-01",
                "03/02/2025",
                "31/02/2025",
                "13/13/13",
                "",
                "unknown",
                "04/05/24",
            ]),
            cell(&["Seen", "Late", "", "Not seen"]),
            cell(&["7", "8", "7|8", "", "police:9"]),
            cell(&["Ada", "Ben", "", "Unknown"]),
            cell(&["Okafor", "Obi", ""]),
            cell(&["01/02/2015", "2015-03-01", "", "01/01/1900"]),
            cell(&["", "s47", "No consent", "x"]),
            cell(&["", ",extra", ",,"]),
        )
            .prop_map(|(id, date, text, who, given, family, born, basis, end)| {
                format!("{id},{date},{text},{who},{given},{family},{born},{basis}{end}")
            })
    }

    fn table(header: &str, rows: &[String]) -> String {
        format!("{header}\n{}\n", rows.join("\n"))
    }

    proptest! {
        #[test]
        fn row_order_changes_nothing_but_rows(
            (rows, shuffled) in proptest::collection::vec(row(), 1..12)
                .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
            no_ids in any::<bool>(),
        ) {
            let id = if no_ids { "colour" } else { "entry_id" };
            let header = format!("{id},date,text,record_id,given_name,family_name,date_of_birth,basis");
            let citations = "conclusion_id,entry\nC1,gp:1\nC1,gp:2|gp:3\n";
            let one = read_all(&[("gp/a.csv", &table(&header, &rows)), ("c.csv", citations)]);
            let other = read_all(&[("gp/a.csv", &table(&header, &shuffled)), ("c.csv", citations)]);
            prop_assert_eq!(without_rows(one), without_rows(other));
        }

        #[test]
        fn any_text_is_used_or_refused(text in "(entry_id,date,text|record_id,full_name|[a-z,\"';]{0,20})\n[ -~\n\"éπ|;]{0,200}") {
            let files = [("gp/a.csv", text.as_str()), ("gp/b.csv", "entry_id,date,text\n1,2025-01-01,One\n")];
            let supplied = read_all(&files);
            prop_assert!(!supplied.files.is_empty());
        }
    }
}

#[test]
#[ignore = "a bench: run it with --release --ignored --nocapture"]
fn a_hundred_thousand_entries_are_read_in_seconds() {
    use std::fmt::Write;
    let mut text =
        String::from("entry_id,date,text,record_ids,kind,recorded_on,basis,channel,category\n");
    for at in 0..100_000 {
        writeln!(text, "E{at},{:02}/{:02}/2024,Something was seen and is told here at some length,{},observation,2024-12-01,s47,child,Visit", at % 28 + 1, at % 12 + 1, at % 5000).unwrap();
    }
    let folder = folder(&[("gp/a.csv", &text)]);
    let start = std::time::Instant::now();
    let supplied = read(&folder, &Limits::default()).unwrap();
    println!("{:?}", start.elapsed());
    assert_eq!(supplied.entries.len(), 100_000);
}
