use std::fs;
use std::path::PathBuf;

use super::*;
use crate::model::date::Precision;
use crate::model::identifier::Scheme;
use crate::model::source::Kept;
use crate::model::watch::Unwatched;
use crate::model::words::Sex;

/// Files in a folder of their own.
pub(super) fn files(named: &[(&str, &[u8])]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = named
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            path
        })
        .collect();
    (folder, paths)
}

/// Rows of a table, one a number.
pub(super) fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    rows.concat()
}

fn try_read(named: &[(&str, &str)], layout: &Layout) -> Result<Read, Fault> {
    let named: Vec<(&str, &[u8])> = named
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let (_folder, paths) = files(&named);
    read(&paths, layout, &Unwatched)
}

fn read_text(text: &str) -> Read {
    try_read(&[("police.csv", text)], &Layout::default()).unwrap()
}

fn mapped(pairs: &[(&str, &str)]) -> Layout {
    Layout {
        map: pairs
            .iter()
            .map(|(field, columns)| ((*field).into(), (*columns).into()))
            .collect(),
        ..Layout::default()
    }
}

fn ids(roster: &Roster) -> Vec<&str> {
    (0..roster.len()).map(|record| roster.id(record)).collect()
}

fn all(column: &Column, roster: &Roster) -> Vec<String> {
    (0..roster.len())
        .map(|record| column.get(record).to_owned())
        .collect()
}

fn birth(roster: &Roster, record: usize) -> &When {
    &roster.births[roster.birth.cell(record) as usize]
}

fn iso(roster: &Roster, record: usize) -> String {
    birth(roster, record)
        .exact()
        .map(crate::model::date::iso)
        .unwrap_or_default()
}

#[test]
fn every_field_is_found_by_its_header() {
    let read = read_text(
        "record_id,Agency,Forename,Middle Name,SURNAME,AKA,Name,DOB,Gender,Home Address,Post Code,Mobile,E-mail,Family ID,NHS No.,UPN,ni_number,shoe size\n\
         7,Police,Ada,May,Okafor,Adi,Ada May Okafor,2010-02-03,F,1 High St,ZZ1 1ZZ,07000 000001,a@b.example,H1,943 476 5870,B801200005001,QQ123456C,5\n",
    );
    let roster = &read.roster;
    assert_eq!(ids(roster), ["police:7"]);
    for (column, value) in [
        (&roster.given, "Ada"),
        (&roster.middle, "May"),
        (&roster.family, "Okafor"),
        (&roster.other, "Adi"),
        (&roster.full, "Ada May Okafor"),
        (&roster.birth, "2010-02-03"),
        (&roster.sex, "F"),
        (&roster.address, "1 High St"),
        (&roster.postcode, "ZZ1 1ZZ"),
        (&roster.phone, "07000 000001"),
        (&roster.email, "a@b.example"),
        (&roster.household, "H1"),
    ] {
        assert_eq!(column.get(0), value);
    }
    let schemes: Vec<(&str, &str)> = roster
        .identifiers
        .iter()
        .map(|(scheme, column)| (scheme.name(), column.get(0)))
        .collect();
    assert_eq!(
        schemes,
        [
            ("nhs_number", "943 476 5870"),
            ("upn", "B801200005001"),
            ("national_insurance", "QQ123456C")
        ]
    );
    assert_eq!(roster.sexes[roster.sex.cell(0) as usize], Some(Sex::Female));
    assert_eq!(iso(roster, 0), "2010-02-03");
    assert_eq!(
        read.files[0].columns.last().unwrap(),
        &("shoe size".to_owned(), String::new())
    );
    assert_eq!(
        read.files[0].columns[1],
        ("Agency".to_owned(), "agency".to_owned())
    );
    assert!(
        read.rejects.is_empty() && read.notes.is_empty(),
        "{:?}",
        read.notes
    );
}

#[test]
fn headers_of_files_made_for_linking_are_read() {
    for (header, field) in [
        ("first_name", Field::Given),
        ("fname", Field::Given),
        ("Vorname", Field::Given),
        ("fname_c1", Field::Given),
        ("middle_initial", Field::Middle),
        ("last_name", Field::Family),
        ("Nachname", Field::Family),
        ("lname_c1", Field::Family),
        ("first_and_surname", Field::Full),
        ("Geburtsdatum", Field::Birth),
        ("postcode_fake", Field::Postcode),
        ("zipcode", Field::Postcode),
        ("PLZ", Field::Postcode),
        ("gender_code", Field::Sex),
        ("phone_1", Field::Phone),
        ("street_name", Field::Address),
        (
            "soc_sec_id",
            Field::Identifier(Scheme::Other("social_security".into())),
        ),
        (
            "ssn",
            Field::Identifier(Scheme::Other("social_security".into())),
        ),
        (
            "National Insurance No",
            Field::Identifier(Scheme::Other("national_insurance".into())),
        ),
    ] {
        assert_eq!(
            Field::of_header(header).map(|(field, _)| field),
            Some(field),
            "{header}"
        );
    }
    for header in [
        "city",
        "suburb",
        "state",
        "occupation",
        "age",
        "birth_place",
        "street_number",
        "address_2",
        "event_date",
    ] {
        assert_eq!(Field::of_header(header), None, "{header}");
    }
}

#[test]
fn the_records_id_is_the_best_column_for_it() {
    for (header, row, id, said) in [
        ("record_id,local_id,name", "1,x,A", "1", false),
        ("local_id,record_id,name", "x,1,A", "1", false),
        ("rec_id,name", "rec-1-org,A", "rec-1-org", false),
        ("name,unique_id", "A,9", "9", false),
        ("name,id,person_id", "A,9,8", "9", false),
        ("name,patient_id", "A,8", "8", false),
        ("voter_id,name", "77,A", "77", true),
        (
            "simulant_id,first_name,unit_number,street_number,street_name",
            "77,A,3,4,High St",
            "77",
            false,
        ),
        ("name,voter_id", "A,77", "2", true),
        ("name,dob", "A,2010-01-01", "2", true),
        ("nhs_no,name", "9434765870,A", "2", true),
    ] {
        let read = read_text(&format!("{header}\n{row}\n"));
        assert_eq!(ids(&read.roster), [format!("police:{id}")], "{header}");
        assert_eq!(!read.notes.is_empty(), said, "{header}: {:?}", read.notes);
    }
}

#[test]
fn a_guessed_id_that_repeats_is_none() {
    let rows = rows(60, |n| format!("{},Name{n}\n", n / 2));
    let read = read_text(&format!("person_id,name\n{rows}"));
    assert_eq!((read.roster.len(), read.files[0].rejected), (60, 0));
    assert!(
        read.notes
            .iter()
            .any(|note| note.contains("`person_id` repeats in 30 of 60 rows")),
        "{:?}",
        read.notes
    );
}

#[test]
fn the_agency_is_the_column_else_the_files_name() {
    let read = try_read(
        &[
            ("Social Care.csv", "id,name\n1,A\n"),
            ("x.csv", "id,agency,name\n1,GP 2,B\n2,GP,C\n3,,D\n"),
        ],
        &Layout::default(),
    )
    .unwrap();
    let roster = &read.roster;
    assert_eq!(roster.agencies, ["gp", "gp-2", "social-care", "x"]);
    // as printed: `-` comes before `:`
    assert_eq!(ids(roster), ["gp-2:1", "gp:2", "social-care:1", "x:3"]);
    let named: Vec<&str> = roster
        .agency
        .iter()
        .map(|at| roster.agencies[*at as usize].as_str())
        .collect();
    assert_eq!(named, ["gp-2", "gp", "social-care", "x"]);
    assert_eq!(all(&roster.full, roster), ["B", "C", "A", "D"]);
    assert_eq!(roster.find("gp:2"), Some(1));
}

#[test]
fn a_repeated_id_is_rejected_with_where_the_other_is() {
    let read = try_read(
        &[
            ("a/police.csv", "record_id,name\n1,A\n2,B\n1,C\n"),
            ("b/police.csv", "record_id,name\n2,D\n3,E\n"),
        ],
        &Layout::default(),
    )
    .unwrap();
    assert_eq!(ids(&read.roster), ["police:1", "police:2", "police:3"]);
    assert_eq!(all(&read.roster.full, &read.roster), ["A", "B", "E"]);
    let files: Vec<(usize, usize, usize)> = read
        .files
        .iter()
        .map(|file| (file.rows, file.used, file.rejected))
        .collect();
    assert_eq!(files, [(3, 2, 1), (2, 1, 1)]);
    let told: Vec<(Option<u32>, &str, Kept)> = read
        .rejects
        .iter()
        .map(|reject| (reject.row, reject.value.as_str(), reject.kept))
        .collect();
    assert_eq!(
        told,
        [(Some(4), "1", Kept::None), (Some(2), "2", Kept::None)]
    );
    assert!(
        read.rejects[0].problem.contains("row 2 already"),
        "{}",
        read.rejects[0].problem
    );
    assert!(
        read.rejects[1].problem.contains("police.csv already"),
        "{}",
        read.rejects[1].problem
    );
    // a value that only rejected rows have is no value
    assert_eq!(read.roster.full.values.len(), 4);
}

#[test]
fn rows_without_an_id_have_the_number_of_the_row() {
    let read = read_text("record_id,name\nx,A\n,B\nN/K,C\n");
    assert_eq!(ids(&read.roster), ["police:x", "police:~3", "police:~4"]);
    let two = [("a.csv", "name\nA\n"), ("b.csv", "name\nB\n")];
    assert_eq!(
        ids(&try_read(&two, &Layout::default()).unwrap().roster),
        ["a:2", "b:2"]
    );
    let same = [("1/a.csv", "name\nA\n"), ("2/b.csv", "agency,name\na,B\n")];
    assert_eq!(
        ids(&try_read(&same, &Layout::default()).unwrap().roster),
        ["a:a.csv#2", "a:b.csv#2"]
    );
}

#[test]
fn columns_are_mapped_and_joined() {
    let text = "fname,sname2,by,bm,bd,no,road,a+b,x-y\nAda,Okafor,1950,3,7,12,High St,P,Q\nBo,Li,1951,4,,,Low St,,\n";
    let layout = mapped(&[
        ("given_name", "fname"),
        ("family_name", "sname2"),
        ("date_of_birth", "by-bm-bd"),
        ("address", "no+road"),
        ("phone", "a+b"),
        ("nhs", "x-y"),
    ]);
    let read = try_read(&[("a.csv", text)], &layout).unwrap();
    let roster = &read.roster;
    assert_eq!(all(&roster.given, roster), ["Ada", "Bo"]);
    assert_eq!(all(&roster.birth, roster), ["1950-3-7", "1951-4"]);
    assert_eq!(iso(roster, 0), "1950-03-07");
    assert_eq!(birth(roster, 1).precision, Precision::Month);
    assert_eq!(all(&roster.address, roster), ["12 High St", "Low St"]);
    assert_eq!(all(&roster.phone, roster), ["P", ""]);
    assert_eq!(roster.identifiers[0].1.get(0), "Q");
}

#[test]
fn a_mapped_column_is_used_for_that_field_alone() {
    let read = try_read(
        &[("a.csv", "id,name,surname,phone\n1,Ada,Okafor,5\n")],
        &mapped(&[("given_name", "name"), ("household_id", "phone")]),
    )
    .unwrap();
    let roster = &read.roster;
    assert!(roster.full.is_absent() && roster.phone.is_absent());
    assert_eq!((roster.given.get(0), roster.household.get(0)), ("Ada", "5"));
}

#[test]
fn a_map_holds_where_its_columns_are_and_synonyms_elsewhere() {
    let read = try_read(
        &[
            ("a.csv", "id,vn,dob\n1,Ada,2010-01-01\n"),
            ("b.csv", "id,given_name\n1,Bo\n"),
        ],
        &mapped(&[("given_name", "vn")]),
    )
    .unwrap();
    assert_eq!(all(&read.roster.given, &read.roster), ["Ada", "Bo"]);
    assert_eq!(all(&read.roster.birth, &read.roster), ["2010-01-01", ""]);
}

#[test]
fn an_address_and_a_date_in_parts_are_joined() {
    let read = read_text(
        "id,name,street_number,unit_number,street_name,birth_year,birth_month,birth_day\n1,A,12,3,High St,2001,2,3\n2,B,,,Low St,2001,,\n",
    );
    assert_eq!(
        all(&read.roster.address, &read.roster),
        ["12 High St 3", "Low St"]
    );
    assert_eq!(iso(&read.roster, 0), "2001-02-03");
    assert_eq!(birth(&read.roster, 1).precision, Precision::Year);
}

#[test]
fn several_columns_of_one_field_are_all_used() {
    let read = read_text(
        "id,given name,first name,phone,mobile,given name\n1,,Ada,1,2,Eve\n2,Bo,Bob,,3,\n",
    );
    assert_eq!(all(&read.roster.given, &read.roster), ["Eve", "Bo"]);
    assert_eq!(all(&read.roster.phone, &read.roster), ["1|2", "3"]);
}

#[test]
fn further_columns_come_only_when_asked_and_once() {
    let layout = Layout {
        compare: ["city", "email", "CITY", "given_name"]
            .map(str::to_owned)
            .to_vec(),
        ..Layout::default()
    };
    let named = [
        ("a.csv", "id,given_name,city,email\n1,Ada,Leeds,a@b\n"),
        ("b.csv", "id,given_name\n1,Bo\n"),
    ];
    let read = try_read(&named, &layout).unwrap();
    assert_eq!(read.roster.further.len(), 1);
    assert_eq!(read.roster.further[0].0, "city");
    assert_eq!(all(&read.roster.further[0].1, &read.roster), ["Leeds", ""]);
    assert_eq!(all(&read.roster.email, &read.roster), ["a@b", ""]);
    assert!(
        try_read(&named, &Layout::default())
            .unwrap()
            .roster
            .further
            .is_empty()
    );
}

#[test]
fn truth_is_never_anything_else() {
    let layout = Layout {
        truth: Some("Person ID".into()),
        ..Layout::default()
    };
    let text = "person_id,name,truth_household,id\np1,A,h1,1\np1,B,h1,2\n";
    let read = try_read(&[("a.csv", text)], &layout).unwrap();
    assert_eq!(ids(&read.roster), ["a:1", "a:2"]);
    assert_eq!(all(&read.roster.truth, &read.roster), ["p1", "p1"]);
    let meanings: Vec<&str> = read.files[0]
        .columns
        .iter()
        .map(|(_, meaning)| meaning.as_str())
        .collect();
    assert_eq!(meanings, ["truth", "full_name", "", "record_id"]);
    for option in [
        mapped(&[("household_id", "truth_household")]),
        Layout {
            compare: vec!["person_id".into()],
            ..layout
        },
    ] {
        assert!(matches!(
            try_read(&[("a.csv", text)], &option),
            Err(Fault::Truth { .. })
        ));
    }
}

#[test]
fn faults_say_what_where_and_what_to_do() {
    let compare = |name: &str| Layout {
        compare: vec![name.into()],
        ..Layout::default()
    };
    let truth = Layout {
        truth: Some("clutser".into()),
        ..Layout::default()
    };
    let good = "id,given_name,cluster\n1,A,c\n";
    for (text, layout, words) in [
        (
            good,
            mapped(&[("given_nmae", "id")]),
            vec!["--map given_nmae=id", "`given_name`"],
        ),
        (
            good,
            mapped(&[("given_name", "givenname2")]),
            vec!["no file has the column `givenname2`", "`given_name`"],
        ),
        (good, mapped(&[("address", "id+stret")]), vec!["`stret`"]),
        (
            good,
            compare("clster"),
            vec!["--compare clster", "`cluster`"],
        ),
        (good, truth, vec!["--truth clutser", "`cluster`"]),
        (
            "id,foo\n1,2\n",
            Layout::default(),
            vec![
                "no column is known to hold names",
                "id, foo",
                "--map given_name=COLUMN",
            ],
        ),
        ("", Layout::default(), vec!["the file is empty"]),
        (" \r\n\n", Layout::default(), vec!["the file is empty"]),
        ("%PDF-1.4", Layout::default(), vec!["PDF", "save it as CSV"]),
        ("[{\"name\": 1}]", Layout::default(), vec!["JSON"]),
    ] {
        let fault = try_read(&[("a.csv", text)], &layout)
            .unwrap_err()
            .to_string();
        assert_eq!(fault.split("\n  hint: ").count(), 2, "{fault}");
        for word in words {
            assert!(fault.contains(word), "`{word}` is not in: {fault}");
        }
    }
    assert_eq!(
        read(&[], &Layout::default(), &Unwatched),
        Err(Fault::NoFile)
    );
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_owned(), folder.path().join("none.csv")] {
        let fault = read(&[path], &Layout::default(), &Unwatched)
            .unwrap_err()
            .to_string();
        assert!(fault.contains("cannot be read"), "{fault}");
    }
}

#[test]
fn dates_are_read_in_the_order_that_they_show() {
    for (dates, order, wanted, note) in [
        (
            ["2010-02-03", "20100204"],
            None,
            ["2010-02-03", "2010-02-04"],
            "",
        ),
        (
            ["13/02/2010", "03/04/2010"],
            None,
            ["2010-02-13", "2010-04-03"],
            "",
        ),
        (
            ["02/13/2010", "03/04/2010"],
            None,
            ["2010-02-13", "2010-03-04"],
            "month first",
        ),
        (
            ["01/02/2010", "03/04/2010"],
            None,
            ["2010-02-01", "2010-04-03"],
            "no date of birth shows",
        ),
        (
            ["01/02/2010", "03/04/2010"],
            Some(DateOrder::Mdy),
            ["2010-01-02", "2010-03-04"],
            "",
        ),
        (
            ["98-02-03", "97-03-04"],
            None,
            ["1998-02-03", "1997-03-04"],
            "year first",
        ),
        (
            ["05/03/21", "06/07/2020"],
            None,
            ["1921-03-05", "2020-07-06"],
            "no date of birth shows",
        ),
        (
            ["05/03/19", "06/07/2020"],
            None,
            ["2019-03-05", "2020-07-06"],
            "no date of birth shows",
        ),
    ] {
        let layout = Layout {
            date_order: order,
            ..Layout::default()
        };
        let text = format!("id,name,dob\n1,A,{}\n2,B,{}\n", dates[0], dates[1]);
        let read = try_read(&[("a.csv", &text)], &layout).unwrap();
        assert_eq!(
            [iso(&read.roster, 0), iso(&read.roster, 1)],
            wanted,
            "{dates:?}"
        );
        let notes = read.notes.join("\n");
        assert!(
            if note.is_empty() {
                notes.is_empty()
            } else {
                notes.contains(note)
            },
            "{dates:?}: {notes}"
        );
    }
}

#[test]
fn files_with_other_orders_of_dates_are_each_read_in_their_own() {
    let read = try_read(
        &[
            (
                "a.csv",
                "id,name,dob\n1,A,03/04/2010\n2,B,13/04/2010\n3,C,2010-05-06\n",
            ),
            (
                "b.csv",
                "id,name,dob\n1,A,03/04/2010\n2,B,04/13/2010\n3,C,2010-05-06\n",
            ),
        ],
        &Layout::default(),
    )
    .unwrap();
    let days: Vec<String> = (0..6).map(|record| iso(&read.roster, record)).collect();
    assert_eq!(
        days,
        [
            "2010-04-03",
            "2010-04-13",
            "2010-05-06",
            "2010-03-04",
            "2010-04-13",
            "2010-05-06"
        ]
    );
    let cell = |record| read.roster.birth.cell(record);
    assert_ne!(cell(0), cell(3), "one text, two days");
    assert_eq!(cell(2), cell(5));
}

#[test]
fn dates_that_cannot_be_read_stay_and_are_told_once() {
    let read =
        read_text("id,name,dob\n1,A,19900231\n2,B,19900231\n3,C,soon\n4,D,1990-02-01\n5,E,N/K\n");
    assert_eq!(
        all(&read.roster.birth, &read.roster),
        ["19900231", "19900231", "soon", "1990-02-01", "N/K"]
    );
    let known: Vec<bool> = (0..5)
        .map(|record| birth(&read.roster, record).is_known())
        .collect();
    assert_eq!(known, [false, false, false, true, false]);
    let told: Vec<(Option<u32>, &str)> = read
        .rejects
        .iter()
        .map(|reject| (reject.row, reject.value.as_str()))
        .collect();
    assert_eq!(told, [(Some(2), "19900231"), (Some(4), "soon")]);
    assert!(
        read.notes.iter().any(|note| note.starts_with("3 records")),
        "{:?}",
        read.notes
    );
}

#[test]
fn a_million_bad_dates_are_not_a_million_lines() {
    let rows = rows(3_000, |n| format!("{n},N{n},bad{n}\n"));
    let read = read_text(&format!("id,name,dob\n{rows}"));
    assert_eq!(read.rejects.len(), 1_000);
    assert!(
        read.notes
            .iter()
            .any(|note| note.starts_with("3000 records"))
    );
}

#[test]
fn words_for_sex_that_are_not_known_are_named() {
    let read = read_text("id,name,sex\n1,A,M\n2,B,female\n3,C,Z9\n4,D,unknown\n5,E,\n");
    let sexes: Vec<Option<Sex>> = (0..5)
        .map(|record| read.roster.sexes[read.roster.sex.cell(record) as usize])
        .collect();
    assert_eq!(
        sexes,
        [Some(Sex::Male), Some(Sex::Female), None, None, None]
    );
    assert_eq!(read.notes.len(), 1);
    assert!(read.notes[0].contains("`Z9`"));
}

#[test]
fn what_says_nothing_is_blank() {
    let read = read_text(
        "id,given_name,surname,phone,nhs_no,postcode\n1,Baby,Unknown,0000000000,9999999999,N/K\n2,Una,Nunn,07700 900001,943 476 5870,NK1 1AA\n",
    );
    let roster = &read.roster;
    for column in [
        &roster.given,
        &roster.family,
        &roster.phone,
        &roster.postcode,
        &roster.identifiers[0].1,
    ] {
        assert_eq!(column.cells, [0, 1]);
    }
}

#[test]
fn na_is_a_name_unless_a_program_wrote_it() {
    let few = rows(200, |n| {
        format!("{n},A{n},{}\n", if n == 3 { "NA" } else { "Kim" })
    });
    let many = rows(200, |n| {
        format!("{n},A{n},{}\n", if n % 2 == 0 { "NA" } else { "Kim" })
    });
    for (rows, values) in [(few, 2), (many, 1)] {
        let read = read_text(&format!("id,given_name,surname\n{rows}"));
        assert_eq!(read.roster.family.values.len() - 1, values);
    }
}

#[test]
fn ragged_rows_are_told() {
    let read = read_text("record_id,name,phone\n1,A\n2,B,5,extra\n3,C,6,,\n\n,,\n4,D,7\n");
    assert_eq!(ids(&read.roster), ["police:1", "police:3", "police:4"]);
    assert_eq!(all(&read.roster.phone, &read.roster), ["", "6", "7"]);
    let file = &read.files[0];
    assert_eq!((file.rows, file.used, file.rejected), (4, 3, 1));
    assert_eq!(read.rejects.len(), 1);
    assert_eq!(
        (read.rejects[0].row, read.rejects[0].kept),
        (Some(3), Kept::None)
    );
    assert!(read.rejects[0].problem.contains("4 cells, the header 3"));
    assert!(
        read.notes
            .iter()
            .any(|note| note.contains("1 rows have fewer cells") && note.contains("row 2"))
    );
}

#[test]
fn quotes_that_are_wrong_are_told_and_lose_no_more_than_they_must() {
    let read = read_text(
        "record_id,name,phone\n1,\"A \"\"x\"\", b\",5\n2,B \"c\" d,6\n3,\"said \"no\" to\",7\n4,\"open,8\n5,E,9\n",
    );
    assert_eq!(
        all(&read.roster.full, &read.roster),
        ["A \"x\", b", "B \"c\" d", "said \"no\" to"]
    );
    let told: Vec<(Option<u32>, Kept)> = read
        .rejects
        .iter()
        .map(|reject| (reject.row, reject.kept))
        .collect();
    assert_eq!(
        told,
        [
            (Some(3), Kept::Cell),
            (Some(4), Kept::Cell),
            (Some(5), Kept::None)
        ]
    );
    let file = &read.files[0];
    assert_eq!((file.rows, file.used, file.rejected), (5, 3, 2));
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let read = read_text("Report of the police\n\nrecord_id,given_name,phone\n1,Ada,5\n1,Bo,6\n");
    assert_eq!(ids(&read.roster), ["police:1"]);
    assert_eq!(read.rejects[0].row, Some(5));
}

#[test]
fn a_header_alone_gives_nobody() {
    let read = read_text("record_id,given_name\n");
    assert!(read.roster.is_empty() && read.rejects.is_empty());
    assert_eq!(
        (
            read.files[0].rows,
            read.roster.births.len(),
            read.roster.sexes.len()
        ),
        (0, 1, 1)
    );
}

#[test]
fn the_order_of_rows_and_files_changes_nothing() {
    let rows: Vec<String> = (0..500)
        .map(|n| format!("{n},Name{},Sur{},{}\n", n % 7, n % 31, n % 3))
        .collect();
    let table = |rows: &mut dyn Iterator<Item = &String>| {
        let rows: String = rows.map(String::as_str).collect();
        format!("record_id,given_name,surname,agency\n{rows}")
    };
    let one = table(&mut rows.iter());
    let back = table(&mut rows.iter().rev());
    let (first, second) = (
        table(&mut rows.iter().take(200)),
        table(&mut rows.iter().skip(200)),
    );
    let wanted = try_read(&[("a.csv", &one)], &Layout::default())
        .unwrap()
        .roster;
    assert_eq!(wanted.len(), 500);
    for named in [
        vec![("a.csv", back.as_str())],
        vec![("x.csv", &second), ("y.csv", &first)],
    ] {
        assert_eq!(try_read(&named, &Layout::default()).unwrap().roster, wanted);
    }
}
