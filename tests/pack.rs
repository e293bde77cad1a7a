//! The meeting pack: what it holds for each recipient, what it never holds, and that a browser finds it inert.
#![allow(clippy::unwrap_used, clippy::panic, clippy::too_many_lines)] // a table of cases is as long as its cases

mod common;

#[path = "pack/asked.rs"]
mod asked;
#[path = "pack/browser.rs"]
mod browser;
#[path = "pack/contents.rs"]
mod contents;
#[path = "pack/family.rs"]
mod family;
#[path = "pack/forms.rs"]
mod forms;
#[path = "pack/hostile.rs"]
mod hostile;
#[path = "pack/recipient.rs"]
mod recipient;
#[path = "pack/report.rs"]
mod report;
#[path = "pack/since.rs"]
mod since;

use std::path::Path;

use common::{fixture, run};

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
