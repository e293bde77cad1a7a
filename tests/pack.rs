//! The meeting pack: what it holds for each recipient, what it never holds, and that a browser finds it inert.
#![allow(clippy::unwrap_used, clippy::panic, clippy::too_many_lines)] // a table of cases is as long as its cases

mod common;

#[path = "pack/browser.rs"]
mod browser;
#[path = "pack/contents.rs"]
mod contents;
#[path = "pack/hostile.rs"]
mod hostile;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use common::{exports, fixture, run, table};

const SECTIONS: [&str; 14] = [
    "cover",
    "sources",
    "family",
    "holders",
    "invited",
    "lanes",
    "reliance",
    "chronology",
    "disputed",
    "flags",
    "questions",
    "withheld",
    "actions",
    "appendix",
];

/// Runs `pack` into a file; gives what it wrote.
fn pack(exports: &Path, meeting: &str, recipient: &str, more: &[&str]) -> String {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("pack");
    let mut args = vec![
        "pack",
        exports.to_str().unwrap(),
        "--for",
        meeting,
        "--recipient",
        recipient,
        "-o",
        file.to_str().unwrap(),
    ];
    args.extend(more);
    let output = run(&args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::read_to_string(&file).unwrap()
}

/// What a reader reads of a page: without tags, entities undone, spaces single.
fn read(page: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in page.chars() {
        match c {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_pack_holds_every_section_for_every_partner() {
    for (case, recipients) in [
        ("hollow-lane", ["police", "school", "social-care"]),
        ("river-street", ["police", "gp", "hearthside"]),
    ] {
        for recipient in recipients {
            let page = pack(&fixture(case), "strategy-discussion", recipient, &[]);
            let at: Vec<usize> = SECTIONS
                .iter()
                .map(|id| {
                    page.find(&format!("<section id=\"{id}\""))
                        .unwrap_or_else(|| panic!("{id} for {recipient}"))
                })
                .collect();
            assert!(at.is_sorted(), "in order");
            assert!(
                page.contains("default-src 'none'")
                    && page.contains("<title>Strategy discussion: pack</title>")
            );
            for forbidden in [
                "<script",
                "http://",
                "https://",
                " style=\"",
                "javascript:",
                "<a href=\"h",
            ] {
                assert!(!page.contains(forbidden), "{forbidden} for {recipient}");
            }
            assert_eq!(
                page,
                pack(&fixture(case), "strategy-discussion", recipient, &[]),
                "the same bytes"
            );
        }
    }
}

#[test]
fn what_a_recipient_may_not_see_is_nowhere_in_the_pack() {
    for (case, recipients) in [
        ("hollow-lane", ["police", "school", "housing"]),
        ("river-street", ["police", "gp", "housing"]),
    ] {
        let path = fixture(case);
        let texts = |recipient: Option<&str>| -> BTreeSet<String> {
            let mut args = vec!["timeline", path.to_str().unwrap(), "--purpose", "s47"];
            args.extend(recipient.iter().flat_map(|who| ["--recipient", who]));
            table(&run(&args).stdout)
                .into_iter()
                .map(|row| row["text"].split_whitespace().collect::<Vec<_>>().join(" "))
                .collect()
        };
        let all = texts(None);
        let mut hidden_from_anybody = 0;
        for recipient in recipients {
            let shown = texts(Some(recipient));
            let page = read(&pack(
                &path,
                "strategy-discussion",
                recipient,
                &["--purpose", "s47"],
            ));
            for text in &shown {
                assert!(
                    page.contains(text.trim_start_matches('\'')),
                    "{recipient} may see: {text}"
                );
            }
            for text in all.difference(&shown) {
                hidden_from_anybody += 1;
                assert!(!page.contains(text), "{recipient} may not see: {text}");
            }
        }
        assert!(
            hidden_from_anybody > 0,
            "{case}: something is held back from somebody"
        );
    }
}

const PEOPLE: &str =
    "record_id,name,date_of_birth,role\na,Ann Lee,2015-01-02,child\nm,Mo Lee,1985-01-02,mother\n";
const SOCIAL_CARE: &str = "entry_id,date,text,record_ids,told,basis,polarity\n1,2025-01-01,visit,a|m,yes,,strength\n2,2025-01-05,second,a,yes,,concern\n";
const SCHOOL: &str = "entry_id,date,text,record_id,name,dob,told\n1,2025-01-03,at school,s1,Ann Lee,02/01/2015,yes\n";

fn family_copy(more: &[(&str, &str)], form: &str) -> String {
    let mut files: std::collections::BTreeMap<&str, String> = [
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
    pack(
        exports(&files).path(),
        "team-around-family",
        "family",
        &["--format", form],
    )
}

#[test]
fn a_family_copy_is_the_same_whether_or_not_something_is_hidden() {
    for form in ["html", "text"] {
        let plain = family_copy(&[], form);
        for more in [
            (
                "social-care/e.csv",
                "9,2025-02-01,secret,a,no because unsafe,,concern\n",
            ),
            ("social-care/e.csv", "0,2034-02-01,secret,m,,NSW-16A,\n"),
            (
                "police/e.csv",
                "entry_id,date,text,told\n1,2025-06-01,intelligence,no not yet\n",
            ),
            ("social-care/p.csv", "n,Neighbour Nan,1950-01-01,reporter\n"),
            (
                "social-care/r.csv",
                "record_id,related_record_id,relationship\nm,a,mother of\n",
            ),
            (
                "social-care/i.csv",
                "record_id,service,from\na,police,2025-01-01\n",
            ),
            (
                "police/log.csv",
                "entry_id,date,text,record_id,name,dob,told,role\n7,2026-06-01,hidden,z9,Anne LEE,03/01/2015,no because unsafe,sibling\n",
            ),
            (
                "requests.csv",
                "request_id,asked_agency,asked_on,result,question\nR1,police,2025-01-09,no reply,What is known?\n",
            ),
        ] {
            assert_eq!(family_copy(&[more], form), plain, "{more:?}");
        }
    }
}

#[test]
fn a_family_copy_holds_strengths_first_room_for_their_view_and_nothing_of_the_machine() {
    for case in ["hollow-lane", "river-street"] {
        let page = pack(&fixture(case), "conference", "family", &[]);
        // the style sheet is the same for every pack
        let page = &page[page.find("<body>").unwrap()..];
        let place = |id: &str| page.find(&format!("<section id=\"{id}\"")).unwrap();
        assert!(place("working-well") < place("worries") && place("worries") < place("view"));
        for absent in [
            "withheld",
            "appendix",
            "SHA",
            "social-care:",
            "SC-0",
            "flag",
            "Flag",
            ".csv",
            ".xlsx",
            "probability",
            "relied",
        ] {
            assert!(!page.contains(absent), "{case}: {absent}");
        }
        assert!(page.contains("Other information may be held"));
        // a patient of a like name whom the hospital filed with this family
        assert!(
            !page.contains("Catherine") && !page.contains("eye test"),
            "{case}"
        );
    }
}

#[test]
fn what_was_asked_wrongly_is_refused_with_a_hint() {
    let case = fixture("river-street");
    let case = case.to_str().unwrap();
    let out = tempfile::tempdir().unwrap();
    let template = out.path().join("hub.toml");
    std::fs::write(&template, "title = \"Hub\"\n[headings]\nmagic = \"M\"\n").unwrap();
    for (args, says) in [
        (
            vec!["pack", case, "--for", "strategy-discussion"],
            "nobody is named",
        ),
        (
            vec!["pack", case, "--for", "party", "--recipient", "police"],
            "not known",
        ),
        (
            vec!["pack", case, "--for", "conference", "--recipient", "nobody"],
            "nobody of this name",
        ),
        (
            vec![
                "pack",
                case,
                "--for",
                "conference",
                "--recipient",
                "family",
                "--report",
                "gp",
            ],
            "not for the family",
        ),
        (
            vec![
                "pack",
                case,
                "--for",
                "conference",
                "--recipient",
                "police",
                "--report",
                "zoo",
            ],
            "no such agency",
        ),
        (
            vec![
                "pack",
                case,
                "--for",
                "conference",
                "--recipient",
                "police",
                "--template",
                template.to_str().unwrap(),
            ],
            "line 3: magic",
        ),
    ] {
        let output = common::casepicture()
            .args(&args)
            .current_dir(out.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            told.contains(says) && told.contains("hint"),
            "{args:?}: {told}"
        );
    }
    assert_eq!(
        std::fs::read_dir(out.path()).unwrap().count(),
        1,
        "nothing was written"
    );
}

#[test]
fn the_default_name_says_the_meeting_and_nothing_else_and_nothing_is_overwritten() {
    let out = tempfile::tempdir().unwrap();
    let case = fixture("river-street");
    let args = [
        "pack",
        case.to_str().unwrap(),
        "--for",
        "conference",
        "--recipient",
        "family",
    ];
    let written = || {
        common::casepicture()
            .args(args)
            .current_dir(out.path())
            .output()
            .unwrap()
    };
    assert_eq!(written().status.code(), Some(0));
    let names: Vec<_> = std::fs::read_dir(out.path())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(names, ["conference.html"]);
    assert_eq!(written().status.code(), Some(2));
}

#[test]
fn a_template_changes_title_headings_and_order_and_loses_nothing() {
    let out = tempfile::tempdir().unwrap();
    let template = out.path().join("hub.toml");
    std::fs::write(&template, "title = \"Hub pack\"\nfooter = \"Hub, 2nd floor\"\norder = [\"cover\", \"flags\"]\n[headings]\nflags = \"Check first\"\n").unwrap();
    let page = pack(
        &fixture("river-street"),
        "strategy-discussion",
        "police",
        &["--template", template.to_str().unwrap()],
    );
    for id in SECTIONS {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    assert!(
        page.contains("<title>Hub pack</title>")
            && page.contains("Hub, 2nd floor")
            && page.contains(">Check first</h2>")
    );
    assert!(page.find("id=\"flags\"").unwrap() < page.find("id=\"sources\"").unwrap());
}

#[test]
fn other_forms_say_the_same() {
    let case = fixture("hollow-lane");
    let text = pack(
        &case,
        "strategy-discussion",
        "police",
        &["--format", "text"],
    );
    assert!(text.contains("MERGED CHRONOLOGY") && text.contains("WHAT IS WITHHELD, AND WHY"));
    let report = pack(
        &case,
        "strategy-discussion",
        "social-care",
        &["--report", "school", "--format", "text"],
    );
    assert!(
        report.contains("Millrace Primary School")
            && report.contains("TO BE COMPLETED BY THE AGENCY")
    );
    assert!(
        !report.contains("check F"),
        "a report has no list of what to check"
    );
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("tables");
    let output = run(&[
        "pack",
        case.to_str().unwrap(),
        "--for",
        "conference",
        "--recipient",
        "police",
        "--format",
        "csv-folder",
        "-o",
        folder.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(0));
    for name in [
        "chronology.csv",
        "sources.csv",
        "family.csv",
        "withheld.csv",
        "actions.csv",
    ] {
        assert!(folder.join(name).exists(), "{name}");
    }
}

/// A pack of 5,000 facts of two agencies.
fn five_thousand() -> String {
    let mut logs = [(); 2].map(|()| {
        String::from("entry_id,date,text,record_id,name,told,polarity,significance,basis\n")
    });
    for at in 0..5000 {
        let (year, month, day) = (10 + at % 15, at % 12 + 1, at % 28 + 1);
        let polarity = ["concern", "strength", "neutral"][at % 3];
        writeln!(
            logs[at % 2],
            "{at},20{year:02}-{month:02}-{day:02},line {at} of the log: the child was seen at home and said that it had been loud again at night,a,Ann Lee,yes,{polarity},{},L6-E",
            at % 4
        )
        .unwrap();
    }
    let [police, school] = &logs;
    let folder = exports(&[("police/e.csv", police), ("school/e.csv", school)]);
    pack(folder.path(), "conference", "police", &[])
}

#[test]
fn five_thousand_facts_are_laid_out() {
    let page = five_thousand();
    assert!(page.matches(" of the log").count() >= 5000);
    assert!(page.len() < 8_000_000, "{} bytes", page.len());
}
