//! Nothing from a file, its name or an argument reaches the terminal as a command, whatever the command of the program.
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::path::Path;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Colour, title, clipboard, a C1 control, the alternate screen, a turned reading order, and a tag.
const HOSTILE: &str = "\u{1b}[31;5mX\u{1b}]0;pwned\u{7}\u{1b}]52;c;aGk=\u{7}\u{9b}32m\u{1b}[?1049h\u{202e}\u{e0041}\u{8}";

const ENTRIES: [&str; 24] = [
    "text",
    "reference",
    "slot",
    "value",
    "kind",
    "category",
    "polarity",
    "channel",
    "told_by",
    "origin_agency",
    "cites",
    "basis",
    "consent_state",
    "told",
    "handling",
    "purpose",
    "threshold",
    "action",
    "action_owner",
    "outcome",
    "child_view",
    "grade",
    "document",
    "recorded_on",
];

fn hostile_exports() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: String, text: String| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let cells = vec![HOSTILE; ENTRIES.len()].join(",");
    let entries = |ids: &str| {
        format!(
            "entry_id,date,record_ids,{},{HOSTILE}\ne{HOSTILE},2024-01-01,{ids},{cells},x\ne2,{HOSTILE},{ids},{cells},y\n",
            ENTRIES.join(",")
        )
    };
    let people = format!(
        "record_id,given_name,family_name,date_of_birth,address,phone,role,sex,other_ids\n1,Ann{HOSTILE},Lee,2015-02-03,{HOSTILE},{HOSTILE},{HOSTILE},{HOSTILE},x={HOSTILE}\n"
    );
    for agency in ["police", "school"] {
        write(format!("{agency}/e{HOSTILE}.csv"), entries("1"));
        write(format!("{agency}/p.csv"), people.clone());
    }
    write(format!("gp{HOSTILE}/bad{HOSTILE}.csv"), HOSTILE.to_owned());
    write(format!("gp{HOSTILE}/e.csv"), entries("9"));
    write("gp/\u{1b}[31;5m.json".into(), format!("{{\"{HOSTILE}"));
    write("notes\u{1b}[31;5m.pdf".into(), "x".into());
    write(
        "citations.csv".into(),
        format!(
            "conclusion_id,entry,conclusion\nc{HOSTILE},police:e2,{HOSTILE}\nc2,none:{HOSTILE},x\n"
        ),
    );
    write(
        "requests.csv".into(),
        format!(
            "request_id,asked_agency,asked_on,question,reason,result\nr{HOSTILE},school,2024-01-01,{HOSTILE},{HOSTILE},{HOSTILE}\n"
        ),
    );
    folder
}

/// What a terminal gets when the program is run in it.
fn shown(args: &[&str], exports: &Path) -> String {
    let pty = native_pty_system()
        .openpty(PtySize {
            rows: 40,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        })
        .unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_casepicture"));
    command.cwd(exports);
    command.args(args);
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // a terminal whose program has ended gives an error in place of an end
    let _ = reader.read_to_end(&mut bytes);
    child.wait().unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The program's own sequences taken out: it erases a line, moves the cursor, hides and shows it.
fn without_own(args: &[&str], text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let body = &rest[at + 2..];
        let end = body.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
        let (sequence, last) = (&body[..end], &body[end..=end]);
        let own = (["K", "A", "B", "C", "D", "G", "J"].contains(&last) && sequence.len() < 4)
            || ["?25l", "?25h"].contains(&format!("{sequence}{last}").as_str());
        assert!(own, "{args:?}: a foreign sequence: {sequence:?}{last:?}");
        rest = &body[end + 1..];
    }
    out + rest
}

#[test]
fn no_command_of_the_program_lets_a_command_through() {
    let exports = hostile_exports();
    let out = tempfile::tempdir().unwrap();
    let target = out.path().to_str().unwrap();
    let unknown = format!("--recipient={HOSTILE}");
    let named = format!("--agency=police={HOSTILE}");
    for args in [
        &["build", ".", "--out", target, "--force"][..],
        &["check", "."],
        &["timeline", "."],
        &["timeline", ".", "--format", "json"],
        &["timeline", ".", "--format", "text"],
        &["people", "."],
        &["matches", "."],
        &["reliance", "."],
        &["flags", "."],
        &["flags", ".", "--format", "text"],
        &["requests", "."],
        &["timeline", ".", &unknown],
        &["timeline", ".", &named],
        &["timeline", HOSTILE],
        &["timeline", ".", "--as-of", HOSTILE],
        &["timeline", ".", HOSTILE],
        &[HOSTILE],
    ] {
        let text = shown(args, exports.path());
        assert!(!text.is_empty(), "{args:?}");
        assert!(
            !text.contains("panicked") && !text.contains("fault of the program"),
            "{args:?}: {text}"
        );
        let plain = without_own(args, &text);
        let bad = plain.chars().find(|c| {
            (c.is_control() && !matches!(c, '\r' | '\n' | '\t'))
                || matches!(c, '\u{202e}' | '\u{e0041}')
        });
        assert_eq!(bad, None, "{args:?}: {plain:?}");
    }
}
