use super::tests::*;
use super::*;
use crate::model::date::Precision;
use crate::model::identifier::Scheme;
use crate::model::words::Sex;

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
fn several_columns_of_one_meaning_are_told_and_the_first_that_is_not_blank_is_used() {
    for (header, said) in [
        (
            "id,last_name,surname",
            "`surname` (column 3), `last_name` (column 2) all mean family_name",
        ),
        (
            "id,surname,Surname",
            "`surname` (column 2), `Surname` (column 3) all mean family_name",
        ),
        (
            "id,surname,surname",
            "`surname` (column 2), `surname` (column 3) all mean family_name",
        ),
        // of these all values are used
        ("surname,phone,mobile", ""),
        ("id,surname,given_name", ""),
    ] {
        let read = read_text(&format!("{header}\n1,Lee,Ash\n2,,Oak\n"));
        let told = read.notes.join("\n");
        assert_eq!(
            told.matches("all mean").count(),
            usize::from(!said.is_empty()),
            "{header}: {told}"
        );
        assert!(told.contains(said), "{header}: {told}");
        if !said.is_empty() {
            assert_eq!(read.roster.family.get(1), "Oak", "{header}");
        }
    }
    let layout = mapped(&[("family_name", "last_name")]);
    let text = "id,last_name,surname\n1,Lee,Ash\n";
    let read = try_read(&[("police.csv", text)], &layout).unwrap();
    assert!(
        !read.notes.join("\n").contains("all mean"),
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
fn a_year_of_birth_does_where_there_is_no_date() {
    for (headers, row, precision) in [
        ("birth_year", "2001", Precision::Year),
        ("year of birth,month of birth", "2001,2", Precision::Month),
        ("YOB", "2001", Precision::Year),
    ] {
        let read = read_text(&format!("id,name,{headers}\n1,A,{row}\n"));
        assert_eq!(birth(&read.roster, 0).precision, precision, "{headers}");
    }
    let read = read_text("id,name,birth_year,dob\n1,A,2002,2001-02-03\n");
    assert_eq!(iso(&read.roster, 0), "2001-02-03");
    // a month without a year, or a short name, is nothing that is known
    for headers in ["birth_month", "by"] {
        let read = read_text(&format!("id,name,{headers}\n1,A,2\n"));
        assert_eq!(all(&read.roster.birth, &read.roster), [""], "{headers}");
    }
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
fn further_columns_come_when_asked_and_once() {
    let layout = Layout {
        compare: ["ward", "email", "WARD", "given_name", "city"]
            .map(str::to_owned)
            .to_vec(),
        ..Layout::default()
    };
    let named = [
        (
            "a.csv",
            "id,given_name,ward,email,city\n1,Ada,W1,a@b,Leeds\n",
        ),
        ("b.csv", "id,given_name\n1,Bo\n"),
    ];
    let read = try_read(&named, &layout).unwrap();
    assert_eq!(
        further(&read),
        [("ward", vec!["W1", ""]), ("city", vec!["Leeds", ""])]
    );
    assert_eq!(all(&read.roster.email, &read.roster), ["a@b", ""]);
}

#[test]
fn places_and_occupations_are_known_by_their_headers() {
    let named = [
        (
            "a.csv",
            "id,name,City,Birth_Place,notes,truth_town\n1,Ada,Leeds,York,n,t\n",
        ),
        (
            "b.csv",
            "id,name,suburb,town,occupation\n1,Bo,Hill,,cooper\n2,Cy,Hill,Ely,\n",
        ),
    ];
    let read = try_read(&named, &Layout::default()).unwrap();
    assert_eq!(
        further(&read),
        [
            ("town", vec!["Leeds", "Hill", "Ely"]),
            ("place_of_birth", vec!["York", "", ""]),
            ("occupation", vec!["", "cooper", ""]),
        ]
    );
    let told = "`town` (column 4), `suburb` (column 3) all mean town: in each row";
    assert!(
        read.notes.iter().any(|note| note.contains(told)),
        "{:?}",
        read.notes
    );
    // what is said of a column comes before its header
    let layout = Layout {
        compare: vec!["birth_place".into()],
        ..mapped(&[("address", "city")])
    };
    let read = try_read(&named[..1], &layout).unwrap();
    assert_eq!(further(&read), [("birth_place", vec!["York"])]);
    assert_eq!(all(&read.roster.address, &read.roster), ["Leeds"]);
}

/// The further columns of a roster, with the values of all records.
fn further(read: &Read) -> Vec<(&str, Vec<&str>)> {
    let records = || 0..read.roster.len();
    let further = read.roster.further.iter();
    further
        .map(|(name, column)| {
            let values = records().map(|record| column.get(record));
            (name.as_str(), values.collect())
        })
        .collect()
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
