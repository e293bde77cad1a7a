use std::fmt::Write as _;

use super::tests::*;
use super::*;
use crate::model::words::Sex;

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
fn dates_that_cannot_be_read_stay_and_each_is_told() {
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
    assert_eq!(
        told,
        [
            (Some(2), "19900231"),
            (Some(3), "19900231"),
            (Some(4), "soon")
        ]
    );
    assert!(
        read.notes.iter().any(|note| note.starts_with("3 records")),
        "{:?}",
        read.notes
    );
}

#[test]
fn a_million_bad_dates_are_not_a_million_lines() {
    let rows = rows(100_300, |n| format!("{n},N{n},bad{n}\n"));
    let read = read_text(&format!("id,name,dob\n{rows}"));
    assert_eq!(read.rejects.len(), 100_001);
    let is_last = |reject: &&Reject| reject.problem == "300 more dates that cannot be read";
    assert_eq!(read.rejects.iter().filter(is_last).count(), 1);
    assert!(
        read.notes
            .iter()
            .any(|note| note.starts_with("100300 records"))
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
fn people_of_long_ago_have_dates_of_birth() {
    for (written, wanted) in [
        ("1760-11-13", "1760-11-13"),
        ("13/11/1760", "1760-11-13"),
        ("1849-02-28", "1849-02-28"),
        ("1849-02-30", ""),
        ("1499-01-02", ""),
        ("1760-11", ""),
        ("1760-11-13-2", ""),
    ] {
        let text = format!("id,name,dob\n1,A,{written}\n2,B,13/02/1901\n");
        let read = try_read(&[("a.csv", &text)], &Layout::default()).unwrap();
        assert_eq!(iso(&read.roster, 0), wanted, "{written}");
    }
}

#[test]
fn a_first_of_january_is_a_date_where_those_of_the_years_around_it_are_as_common() {
    let file = |each: usize, around: usize| {
        let years = (1796..=1804).filter(|year| *year != 1800);
        let mut text = String::from("id,name,dob\n0,A,1800-01-01\n");
        for at in 1..each {
            writeln!(text, "a{at},A,1800-01-01").unwrap();
        }
        for year in years {
            for at in 0..around {
                writeln!(text, "{year}-{at},B,{year}-01-01").unwrap();
            }
        }
        iso(&read_text(&text).roster, 0)
    };
    assert_eq!(file(2, 2), "1800-01-01");
    assert_eq!(file(1, 0), "", "nobody else was born on a 1 January");
    assert_eq!(file(20, 2), "", "ten times as many as in any other year");
}
