//! How a pack is asked for: what is refused, where it is written, and what a template of the hub changes.

use super::common::{self, fixture};
use super::{SECTIONS, pack};

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
