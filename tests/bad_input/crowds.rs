//! Far more of one thing than any family has: the time must grow with the rows, not with their square.

use std::fmt::Write;
use std::time::Duration;

use super::build;
use crate::common;

/// What a crowd may take in a build without optimisation; one that grows with the square takes many times as long.
const MOST: Duration = Duration::from_secs(40);

fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, at| {
        writeln!(text, "{}", row(at)).unwrap();
        text
    })
}

fn day(at: usize) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        2000 + at / 336 % 25,
        at / 28 % 12 + 1,
        at % 28 + 1
    )
}

const PEOPLE: &str = "record_id,given_name,family_name,date_of_birth\np1,Ann,Lee,2015-02-03\n";

fn is_done_in_time(name: &str, files: &[(&str, String)]) {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let folder = common::exports(&files);
    let built = build(folder.path());
    assert!(
        matches!(built.code, Some(0 | 1)),
        "{name}: {:?} {}",
        built.code,
        built.stderr
    );
    assert!(built.took < MOST, "{name}: {:?}", built.took);
}

#[test]
fn long_chains_of_entries_that_cite_each_other() {
    let file = |other: &str| {
        let head = "entry_id,date,text,cites\n".to_owned();
        head + &rows(10_000, |at| {
            format!("e{at},{},text,{other}:e{}", day(at), at + 1)
        })
    };
    is_done_in_time(
        "cites",
        &[
            ("police/a.csv", file("school")),
            ("school/a.csv", file("police")),
        ],
    );
    let head = "entry_id,date,text,origin_agency,origin_entry\n".to_owned();
    let chain = head
        + &rows(20_000, |at| {
            format!("e{at},{},text,police,e{}", day(at), at + 1)
        });
    is_done_in_time("origins", &[("police/a.csv", chain)]);
}

#[test]
fn one_slot_of_one_person_said_over_and_over() {
    let file = |word: &str| {
        let head = "entry_id,date,text,record_ids,slot,value\n".to_owned();
        head + &rows(5_000, |at| {
            format!("e{at},{},lives at,p1,address,{at} {word} Street", day(at))
        })
    };
    is_done_in_time(
        "values",
        &[
            ("police/a.csv", file("High")),
            ("school/a.csv", file("Low")),
            ("police/p.csv", PEOPLE.into()),
            ("school/p.csv", PEOPLE.into()),
        ],
    );
    let head = "entry_id,date,end_date,text,record_ids,slot,value\n".to_owned();
    let always = |word: &str| {
        head.clone()
            + &rows(1_500, |at| {
                format!(
                    "e{at},{},2099-01-01,at,p1,address,{at} {word} Street",
                    day(at)
                )
            })
    };
    is_done_in_time(
        "everything against everything",
        &[
            ("police/a.csv", always("High")),
            ("school/a.csv", always("Low")),
            ("police/p.csv", PEOPLE.into()),
            ("school/p.csv", PEOPLE.into()),
        ],
    );
}

#[test]
fn one_reference_one_document_one_text_for_all() {
    let file = |step: usize| {
        let head = "entry_id,date,text,reference,document,record_ids\n".to_owned();
        head + &rows(10_000, |at| {
            format!(
                "e{at},{},the same text for all of them,R1,Report.pdf,p1",
                day(at * step)
            )
        })
    };
    is_done_in_time(
        "shared",
        &[
            ("police/a.csv", file(3)),
            ("school/a.csv", file(5)),
            ("police/p.csv", PEOPLE.into()),
            ("school/p.csv", PEOPLE.into()),
        ],
    );
}

#[test]
fn identical_rows_and_citations_by_the_ten_thousand() {
    let same =
        "entry_id,date,text,record_ids\n".to_owned() + &"e1,2024-01-01,same,p1\n".repeat(20_000);
    let unnamed = "date,text,record_ids\n".to_owned() + &"2024-01-01,same,p1\n".repeat(10_000);
    let cited = "conclusion_id,entry,conclusion\n".to_owned()
        + &rows(20_000, |at| format!("c{at},police:e1,it is so"));
    is_done_in_time(
        "identical",
        &[
            ("police/a.csv", same),
            ("gp/a.csv", unnamed),
            ("citations.csv", cited),
            ("police/p.csv", PEOPLE.into()),
        ],
    );
}

#[test]
fn thousands_of_one_name_one_birthday_one_household() {
    let head = "record_id,given_name,family_name,date_of_birth,household_id\n".to_owned();
    let people = head + &rows(5_000, |at| format!("p{at},Ann,Lee,2015-02-03,H1"));
    is_done_in_time(
        "people",
        &[("police/p.csv", people.clone()), ("school/p.csv", people)],
    );
}
