//! The README's commands work as they stand.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()
}

/// The lines of the README's shell blocks.
fn commands() -> Vec<String> {
    let text = readme();
    let blocks = text.split("```").skip(1).step_by(2);
    let shell = blocks.filter_map(|block| block.strip_prefix("sh\n"));
    shell.flat_map(str::lines).map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

#[test]
fn the_five_commands_work_from_the_projects_folder() {
    let folder = tempfile::tempdir().unwrap();
    copy(&common::fixture(""), &folder.path().join("fixtures"));
    let commands: Vec<String> = commands()
        .into_iter()
        .filter(|command| command.starts_with("casepicture "))
        .collect();
    assert_eq!(commands.len(), 5);
    for command in commands {
        let args = command.split_whitespace().skip(1);
        let output = common::casepicture()
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{command}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(
        folder.path().join("picture/timeline.csv").exists()
            && folder.path().join("matches.csv").exists()
    );
}

#[test]
fn the_two_commands_of_a_newcomer_are_there() {
    let commands = commands();
    // the first is run in a terminal by tests/pty.rs, the second is what runs this test
    assert!(
        commands.contains(&"cargo run -- demo".to_owned())
            && commands.contains(&"cargo test".to_owned())
    );
}
