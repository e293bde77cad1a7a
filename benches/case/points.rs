//! The points at which a child is stopped: before every call that writes, syncs, moves, cuts or removes a file of a case.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::work::{Place, Work, check};

/// The calls of the system that change what is on the disk.
const CALLS: [&str; 13] = [
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "ftruncate",
    "link",
    "linkat",
    "openat",
];

/// What happens at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The process is killed before the call.
    Kill,
    /// The call fails, this once.
    Fault(&'static str),
}

/// How a child is started: for which work, whether it expects a fault, and in which folder.
pub type Start<'a> = &'a dyn Fn(Work, bool, &Path) -> Command;

/// Whether `strace` is here to stop a child at a call.
pub fn has_strace() -> bool {
    let asked = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

/// All points of a work: the call, and the how manieth of its kind.
pub fn points(work: Work, before: &[u8], start: Start<'_>) -> Vec<(&'static str, usize)> {
    let place = Place::new(work, before);
    let list = place.path().join("calls");
    let mut strace = strace(&place, &format!("trace={}", CALLS.join(",")), &list);
    add(&mut strace, &start(work, false, place.path()));
    assert!(
        run(&mut strace).is_some_and(|code| code == 0),
        "{} does its work",
        work.name()
    );
    check(work, &place, true).expect("all is well without a stop");
    let text = std::fs::read_to_string(&list).expect("the calls");
    let mut points = Vec::new();
    for call in CALLS {
        let begins = format!("{call}(");
        let count = text
            .lines()
            .filter(|line| {
                line.split_whitespace()
                    .nth(1)
                    .is_some_and(|word| word.starts_with(&begins))
            })
            .count();
        points.extend((1..=count).map(|at| (call, at)));
    }
    points
}

/// Stops a child at a point, and looks at what it left.
pub fn stop(
    work: Work,
    before: &[u8],
    start: Start<'_>,
    (call, at): (&str, usize),
    stop: Stop,
) -> Result<(), String> {
    let place = Place::new(work, before);
    let what = match stop {
        Stop::Kill => "signal=KILL".to_owned(),
        Stop::Fault(name) => format!("error={name}"),
    };
    let mut strace = strace(&place, &format!("trace={call}"), Path::new("/dev/null"));
    strace.args(["-e", &format!("inject={call}:{what}:when={at}")]);
    add(&mut strace, &start(work, stop != Stop::Kill, place.path()));
    let code = run(&mut strace);
    let told = |problem: String| {
        format!(
            "{} stopped by {what} at {call} {at}: {problem}",
            work.name()
        )
    };
    if stop != Stop::Kill && code != Some(0) {
        return Err(told("the child did not get over it".to_owned()));
    }
    check(work, &place, stop != Stop::Kill).map_err(told)
}

/// Kills a child after a time.
pub fn kill_after(
    work: Work,
    before: &[u8],
    start: Start<'_>,
    time: Duration,
) -> Result<(), String> {
    let place = Place::new(work, before);
    let mut child = quiet(&mut start(work, false, place.path()))
        .spawn()
        .expect("the child starts");
    std::thread::sleep(time);
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    check(work, &place, false)
        .map_err(|problem| format!("{} killed after {time:?}: {problem}", work.name()))
}

/// `strace` on the files of a case alone.
fn strace(place: &Place, trace: &str, list: &Path) -> Command {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o"])
        .arg(list)
        .args(["-e", trace]);
    let case = place.case();
    let case = case.canonicalize().unwrap_or(case);
    command.arg("-P").arg(case.parent().unwrap_or(&case));
    for ending in [
        "",
        "-journal",
        ".lock",
        ".casepicture-new",
        ".casepicture-new-journal",
    ] {
        let mut path = case.clone().into_os_string();
        path.push(ending);
        command.arg("-P").arg(path);
    }
    command
}

fn add(strace: &mut Command, child: &Command) {
    strace.arg(child.get_program()).args(child.get_args());
}

fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

fn run(command: &mut Command) -> Option<i32> {
    quiet(command).status().expect("it starts").code()
}
