//! The screen over a case file: viewing as the family, share or not, a request, a pack.

use std::os::unix::fs::PermissionsExt as _;

use casepicture::case::audit::Event;
use casepicture::model::decision::Verdict;

use super::Terminal;
use super::kept::Kept;

/// A fact that the police may not have told the family of.
const HIDDEN: &str = "An order was made";

fn view_as_the_family_and_come_back(terminal: &mut Terminal) {
    terminal.press("4");
    terminal.expect(HIDDEN);
    terminal.press("a");
    terminal.expect("View as whom?");
    terminal.press("the family\r");
    terminal.expect("For what would they see it?");
    terminal.press("\r");
    terminal.expect("VIEW AS the family");
    let screen = terminal.expect("what is told");
    assert!(!screen.contains(HIDDEN), "{screen}");
    terminal.press("a");
    terminal.expect("View as whom?");
    terminal.press("\r");
    terminal.expect_no("VIEW AS");
    terminal.expect(HIDDEN);
}

/// Answers every question with what is offered first, and where a reason is needed with one, until the record is there.
fn share_to_the_end(terminal: &mut Terminal) {
    terminal.press("g");
    terminal.press("S");
    terminal.expect("With whom would it be shared?");
    terminal.press("police\r");
    terminal.expect("For what?");
    terminal.press("\r");
    terminal.expect("Does a law or a court order");
    for answered in 1..20 {
        let screen = terminal.screen(24, 80);
        let is_reason = screen.contains("cannot be left out");
        terminal.press(if is_reason { "A duty.\r" } else { "\r" });
        if is_at_the_record(terminal, &format!("answer {answered} ")) {
            break;
        }
    }
    terminal.expect("Enter keeps this record");
    terminal.press("\r");
    terminal.expect("Kept: shared with police");
}

/// Waits until an answer is taken; says whether the record is there, whose page may leave no room for the answer.
fn is_at_the_record(terminal: &Terminal, answered: &str) -> bool {
    let until = std::time::Instant::now() + super::DEADLINE;
    loop {
        let screen = terminal.screen(24, 80);
        let is_there = screen.contains("Enter keeps this record");
        if is_there || screen.contains(answered) {
            return is_there;
        }
        assert!(
            std::time::Instant::now() < until,
            "{answered:?} never came:\n{screen}"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

fn ask_an_agency(terminal: &mut Terminal) {
    terminal.press("7");
    terminal.expect("Bases that do not stand");
    terminal.press("R");
    terminal.expect("Which agency is asked?");
    terminal.press("hospital\r");
    terminal.expect("What is asked?");
    terminal.press("Was she seen in January?\r");
    terminal.expect("By when is an answer due?");
    terminal.press("\r");
    terminal.expect("Kept: request hub-1 to hospital");
}

#[test]
fn what_is_shared_asked_and_written_is_kept_in_the_case_and_its_log() {
    let kept = Kept::new();
    let mut terminal = kept.open();
    view_as_the_family_and_come_back(&mut terminal);
    share_to_the_end(&mut terminal);
    ask_an_agency(&mut terminal);
    terminal.press("8");
    terminal.expect("Its sections");
    terminal.press("s");
    terminal.expect("Which file?");
    let pack = kept.folder().join("pack.txt");
    terminal.press("\x15");
    terminal.expect_no("strategy-discussion.html");
    terminal.press(&format!("{}\r", pack.display()));
    terminal.expect("Written:");
    terminal.press("9");
    terminal.expect("Decisions, the newest first");
    terminal.press("\x03");
    terminal.ends();
    let mode = std::fs::metadata(&pack).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        std::fs::read_to_string(&pack)
            .unwrap()
            .contains("STRATEGY DISCUSSION")
    );
    let verdicts = kept.verdicts();
    assert!(verdicts.iter().any(|one| matches!(one, Verdict::Shared(_))));
    assert!(
        verdicts
            .iter()
            .any(|one| matches!(one, Verdict::Requested(_)))
    );
    let is_pack = |event: &Event| matches!(event, Event::Exported { table, .. } if table == "pack");
    assert!(
        kept.log()
            .iter()
            .any(|(by, event)| by == "A. Lyst" && is_pack(event))
    );
}
