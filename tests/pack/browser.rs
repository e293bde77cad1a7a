//! What a browser and axe-core say of a pack. `tests/pack/browser.sh` installs both; without them these tests are skipped.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::common::{exports, fixture};
use super::forms::five_thousand;
use super::hostile::hostile;
use super::pack;

/// Says that a test is skipped, and by which name.
fn skipped(test: &str, missing: &str) {
    let told = format!("skipped: {test}: {missing} is not installed (tests/pack/browser.sh)");
    let mut stderr = std::io::stderr();
    writeln!(stderr, "{told}").unwrap();
}

/// Has the browser wait for what a page does later, in a time of its own.
const WAIT: &str = "--virtual-time-budget=60000";

/// Opens a file in the browser: the page as it is after all is done, and what the browser logged; nothing without a browser.
fn open(file: &Path, more: &[&str]) -> Option<(String, String)> {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new("chromium")
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--window-size=1400,900",
            "--enable-logging=stderr",
            "--dump-dom",
        ])
        .args(more)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", file.display()))
        .output()
        .ok()?;
    Some((
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    ))
}

#[test]
fn a_browser_has_nothing_to_say_run_or_load() {
    let hostile = hostile();
    let (hollow, river) = (fixture("hollow-lane"), fixture("river-street"));
    for page in [
        pack(hostile.path(), "strategy-discussion", "police", &[]),
        pack(hostile.path(), "strategy-discussion", "family", &[]),
        pack(&hollow, "strategy-discussion", "police", &[]),
        pack(
            &hollow,
            "conference",
            "social-care",
            &["--report", "school"],
        ),
        pack(&river, "conference", "family", &[]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.html");
        std::fs::write(&file, &page).unwrap();
        let Some((dom, told)) = open(&file, &[WAIT]) else {
            return skipped("a_browser_has_nothing_to_say_run_or_load", "chromium");
        };
        assert!(dom.contains("<main>"), "the page opened: {told}");
        assert!(!told.contains("CONSOLE"), "{told}");
        assert!(!dom.contains("<script") && !dom.contains("<img"));
    }
}

/// Where the script puts axe-core.
fn axe() -> Option<PathBuf> {
    let folder = std::env::var_os("PACK_TEST_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe"),
        PathBuf::from,
    );
    let file = folder.join("node_modules/axe-core/axe.min.js");
    file.is_file().then_some(file)
}

/// A copy of a page without the line that forbids every script.
fn open_to_scripts(page: &str) -> String {
    let (before, rest) = page
        .split_once("<meta http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    format!("{before}{}", rest.split_once('>').unwrap().1)
}

/// What axe-core finds in a page as wide as a window. The page forbids every script, so it is a copy that is asked, in which
/// that line is left out; it stands in a frame, since a browser's own window has a least width.
fn violations(axe: &Path, page: &str, width: usize) -> Option<String> {
    let ask = format!(
        "<script src=\"file://{}\"></script><script>axe.run().then(found => parent.postMessage({{ width: innerWidth, \
         passed: found.passes.length, violations: found.violations.map(one => [one.id, one.nodes.map(node => node.html)]) }}, '*'))\
         </script></body>",
        axe.display()
    );
    let folder = tempfile::tempdir().unwrap();
    let inner = open_to_scripts(page).replace("</body>", &ask);
    std::fs::write(folder.path().join("page.html"), inner).unwrap();
    let outer = folder.path().join("outer.html");
    let frame = format!(
        "<!doctype html><iframe src=\"page.html\" width=\"{width}\" height=\"900\"></iframe><pre></pre><script>\
         onmessage = told => document.querySelector('pre').textContent = JSON.stringify(told.data)</script>"
    );
    std::fs::write(&outer, frame).unwrap();
    let (dom, told) = open(&outer, &[WAIT, "--allow-file-access-from-files"])?;
    let found = dom
        .split_once("<pre>")
        .and_then(|(_, rest)| rest.split_once("</pre>"));
    let found = found.map_or_else(String::new, |(found, _)| found.to_owned());
    assert!(
        found.starts_with(&format!("{{\"width\":{width},\"passed\":")),
        "axe-core answered: {found} {told}"
    );
    let (_, violations) = found.split_once("\"violations\":").unwrap();
    Some(violations.trim_end_matches('}').to_owned())
}

#[test]
fn axe_finds_nothing_that_keeps_anybody_from_reading_a_pack() {
    const NAME: &str = "axe_finds_nothing_that_keeps_anybody_from_reading_a_pack";
    let Some(axe) = axe() else {
        return skipped(NAME, "axe-core");
    };
    for (case, agency) in [("hollow-lane", "social-care"), ("river-street", "police")] {
        let case = fixture(case);
        for page in [
            pack(&case, "strategy-discussion", agency, &[]),
            pack(&case, "conference", "meeting", &[]),
            pack(&case, "team-around-family", "family", &[]),
        ] {
            for width in [1280, 320] {
                let Some(found) = violations(&axe, &page, width) else {
                    return skipped(NAME, "chromium");
                };
                assert_eq!(found, "[]", "{} at {width} px", case.display());
            }
        }
    }
}

/// The same of every recipient and every report: minutes, and so asked for with `--ignored`.
#[test]
#[ignore = "asks a browser about 44 pages, twice each"]
fn axe_finds_nothing_in_the_pack_of_any_recipient() {
    let Some(axe) = axe() else {
        return skipped("axe_finds_nothing_in_the_pack_of_any_recipient", "axe-core");
    };
    for (case, own, agencies) in [
        (
            "hollow-lane",
            "social-care",
            "social-care police gp health-visiting school housing lantern-house hospital midwifery probation mental-health court",
        ),
        (
            "river-street",
            "hearthside",
            "hearthside school housing mental-health police gp hospital banksia-support department substance-use",
        ),
    ] {
        let path = fixture(case);
        let since = ["--since", "2025-12-01"];
        let mut pages = vec![
            pack(&path, "cin-meeting", "meeting", &[]),
            pack(&path, "conference", "family", &[]),
            pack(&path, "conference", own, &since),
        ];
        for agency in agencies.split(' ') {
            pages.push(pack(&path, "strategy-discussion", agency, &[]));
        }
        for agency in agencies.split(' ').take(8) {
            pages.push(pack(&path, "conference", own, &["--report", agency]));
        }
        for (at, page) in pages.iter().enumerate() {
            for width in [1280, 320] {
                let found = violations(&axe, page, width);
                assert_eq!(
                    found.as_deref(),
                    Some("[]"),
                    "{case}, page {at}, {width} px"
                );
            }
        }
    }
}

/// So that the test above cannot pass by looking at nothing.
#[test]
fn axe_finds_a_picture_without_words_and_a_weak_contrast() {
    let (Some(axe), case) = (
        axe(),
        exports(&[("police/e.csv", "entry_id,date,text\n1,2025-01-01,visit\n")]),
    ) else {
        return skipped(
            "axe_finds_a_picture_without_words_and_a_weak_contrast",
            "axe-core",
        );
    };
    let page = pack(case.path(), "conference", "police", &[]);
    let broken = page.replacen(
        "<p class=\"notice\">",
        "<img src=\"x\"><p style=\"color:#ddd;background:#fff\">",
        1,
    );
    let Some(found) = violations(&axe, &broken, 1280) else {
        return skipped(
            "axe_finds_a_picture_without_words_and_a_weak_contrast",
            "chromium",
        );
    };
    assert!(
        found.contains("image-alt") && found.contains("color-contrast"),
        "{found}"
    );
}
#[test]
fn five_thousand_facts_open_in_less_than_a_second() {
    // the last line of the page asks for its height, so that everything before it has been read and laid out
    let watch = "<script>document.body.scrollHeight; document.title = 'opened in ' + Math.round(performance.now())</script></body>";
    let page = open_to_scripts(&five_thousand().0).replace("</body>", watch);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, &page).unwrap();
    // whatever else the machine is doing, the best of five says what the page costs
    let mut best = usize::MAX;
    for _ in 0..5 {
        let Some((dom, _)) = open(&file, &[]) else {
            return skipped("five_thousand_facts_open_in_less_than_a_second", "chromium");
        };
        let (_, rest) = dom.split_once("<title>opened in ").unwrap();
        best = best.min(rest.split_once('<').unwrap().0.parse().unwrap());
    }
    let mut stderr = std::io::stderr();
    writeln!(stderr, "a pack of 5,000 facts opens in {best} ms").unwrap();
    assert!((1..1000).contains(&best), "{best} ms");
}
