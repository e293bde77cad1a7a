//! A copy for the family is the same byte for byte, whatever else is held, and tells nothing of it.

use std::collections::BTreeMap;

use crate::common::{exports, run};

const PEOPLE: &str =
    "record_id,name,date_of_birth,role\na,Ann Lee,2015-01-02,child\nm,Mo Lee,1985-01-02,mother\n";
const SOCIAL_CARE: &str = "entry_id,date,text,record_ids,told,basis\n1,2025-01-01,visit,a|m,yes,\n2,2025-01-05,second,a,yes,\n3,2025-01-06,third,a|zz,yes,\n";
const SCHOOL: &str = "entry_id,date,text,record_id,name,dob,told\n1,2025-01-03,at school,s1,Ann Lee,02/01/2015,yes\n";

/// Every byte that a copy for the family is made of: all tables of a build, and those that are printed.
fn copies(more: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<&str, String> = [
        ("social-care/p.csv", PEOPLE.to_owned()),
        ("social-care/e.csv", SOCIAL_CARE.to_owned()),
        ("school/e.csv", SCHOOL.to_owned()),
    ]
    .into();
    for (path, text) in more {
        files.entry(path).or_default().push_str(text);
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let (folder, out) = (exports(&files), tempfile::tempdir().unwrap());
    let mut copies = BTreeMap::new();
    let built = run(&[
        "build".as_ref(),
        folder.path().as_os_str(),
        "--out".as_ref(),
        out.path().as_os_str(),
        "--recipient".as_ref(),
        "family".as_ref(),
    ]);
    copies.insert(
        "build".to_owned(),
        [
            built.stdout,
            built.stderr,
            vec![u8::from(built.status.success())],
        ]
        .concat(),
    );
    for file in std::fs::read_dir(out.path()).unwrap() {
        let path = file.unwrap().path();
        copies.insert(
            path.file_name().unwrap().to_string_lossy().into_owned(),
            std::fs::read(&path).unwrap(),
        );
    }
    for table in ["timeline", "requests"] {
        let printed = run(&[
            table.as_ref(),
            folder.path().as_os_str(),
            "--recipient".as_ref(),
            "family".as_ref(),
        ]);
        copies.insert(table.to_owned(), [printed.stdout, printed.stderr].concat());
    }
    copies
}

#[test]
fn a_copy_is_the_same_whether_or_not_something_is_hidden() {
    let plain = copies(&[]);
    assert_eq!(plain.len(), 10);
    for (path, text) in [
        (
            "social-care/e.csv",
            "9,2025-02-01,secret,a,no because unsafe,\n",
        ),
        ("social-care/e.csv", "0,2024-02-01,secret,m,,NSW-16A\n"),
        (
            "police/e.csv",
            "entry_id,date,text,told\n1,2025-06-01,intelligence,no not yet\n",
        ),
        ("social-care/p.csv", "n,Neighbour Nan,1950-01-01,reporter\n"),
        // a hidden log row brings a record of somebody shown, with another spelling and another date of birth
        (
            "police/log.csv",
            "entry_id,date,text,told,record_id,name,dob,sex,role\n1,2025-01-04,intelligence,no not yet,x,Annabel Lee,02/01/2015,f,sibling\n",
        ),
        (
            "police/p.csv",
            "record_id,name,date_of_birth,other_names\nx,Ann Lee,2015-01-02,Annie Smith\n",
        ),
        (
            "requests.csv",
            "request_id,asked_agency,asked_on\nR,police,2025-05-01\n",
        ),
        ("citations.csv", "conclusion_id,entry\nC,social-care:1\n"),
        ("gp/broken.xlsx", "this is no workbook"),
    ] {
        let other = copies(&[(path, text)]);
        for (name, bytes) in &plain {
            let (one, two) = (
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&other[name]),
            );
            assert_eq!(one, two, "{name}, with {text}");
        }
    }
}

#[test]
fn a_copy_holds_no_ids_hashes_rows_or_counts() {
    let plain = copies(&[(
        "social-care/e.csv",
        "9,2025-02-01,secret,a,no because unsafe,\n",
    )]);
    let rows = crate::common::table(&plain["timeline.csv"]);
    assert_eq!(rows.len(), 4);
    for row in &rows {
        for column in [
            "fact_id",
            "person_ids",
            "entries",
            "source_rows",
            "agencies",
            "origin",
            "flags",
            "cited",
            "disagrees_with",
        ] {
            assert_eq!(row[column], "", "{column}");
        }
    }
    for (name, bytes) in &plain {
        let text = String::from_utf8_lossy(bytes);
        for told in ["secret", "social-care:", "withheld", "sha256", "#2", "rows"] {
            let is_header = told == "rows" && name.starts_with("timeline");
            assert!(
                is_header || !text.contains(told),
                "{name} tells {told}: {text}"
            );
        }
    }
    let sentence = "This copy holds what may be shared with the family.";
    assert!(String::from_utf8_lossy(&plain["build"]).starts_with(sentence));
}

#[test]
fn relatives_who_supplied_something_get_the_same_copy() {
    let config = (
        "case.toml",
        "[[agency]]\nid = \"grandparents\"\nkind = \"family\"\n",
    );
    let said = (
        "grandparents/e.csv",
        "entry_id,date,text\n1,2025-01-01,we worry\n",
    );
    let hidden = (
        "police/e.csv",
        "entry_id,date,text,told\n1,2025-06-01,intelligence,no not yet\n",
    );
    let folder = exports(&[config, said, hidden]);
    let printed = |who: &str| {
        let output = run(&[
            "timeline".as_ref(),
            folder.path().as_os_str(),
            "--recipient".as_ref(),
            who.as_ref(),
        ]);
        (output.stdout, output.stderr)
    };
    assert_eq!(printed("grandparents"), printed("family"));
}

/// River Street holds the eye test of a stranger of a like name, told to her; Hollow Lane a visit of one of the twins, and
/// nobody wrote of which.
#[test]
fn a_family_reads_nothing_about_a_stranger_and_all_about_either_twin() {
    let copy = |command: &str, case: &str| {
        let output = run(&[
            command.as_ref(),
            crate::common::fixture(case).as_os_str(),
            "--recipient".as_ref(),
            "family".as_ref(),
        ]);
        String::from_utf8(output.stdout).unwrap()
    };
    for command in ["timeline", "people"] {
        let text = copy(command, "river-street");
        assert!(
            !text.contains("Catherine") && text.contains("Katarina"),
            "{text}"
        );
    }
    assert!(copy("timeline", "hollow-lane").contains("One of the twins was weighed"));
}

#[test]
fn the_family_of_a_reporter_is_guarded_like_the_reporter() {
    let head = "entry_id,date,text,record_ids,told_by,channel,basis,told,handling\n";
    let exports = exports(&[
        (
            "social-care/people.csv",
            "record_id,name,date_of_birth,role\n1,Ann Bell,2015-01-01,child\n",
        ),
        (
            "social-care/entries.csv",
            &format!(
                "{head}S1,2025-03-01,Heard shouting.,1,Joan Fisher,other person,L6-E,no-unsafe,not to the family\n\
                 S2,2025-03-02,Row with the Fishers next door.,1,,,L6-E,yes,\nS3,2025-03-03,Walked to school.,1,,,L6-E,yes,\n"
            ),
        ),
    ]);
    let output = run(&[
        "timeline".as_ref(),
        exports.path().as_os_str(),
        "--recipient".as_ref(),
        "family".as_ref(),
    ]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.contains("Walked to school.") && !told.contains("Fisher"),
        "{told}"
    );
}
