//! A process that works on a case is killed, or the disk fails it: a short run of what `cargo bench --bench case` does at
//! every point.

#[path = "../../benches/case/points.rs"]
mod points;
#[path = "../../benches/case/work.rs"]
mod work;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use points::Stop;
use work::Work;

/// The children are this test program: it is told what to do by what looks like the name of one more test.
fn start(work: Work, is_fault: bool, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let fault = if is_fault { "fault" } else { "kill" };
    command.args(["--ignored", "--exact", "killed::a_child"]);
    command.arg(format!("{}:{fault}:{}", work.name(), folder.display()));
    command
}

#[test]
#[ignore = "not a test by itself: the process that the other tests stop"]
fn a_child() {
    let told = std::env::args().find_map(|arg| {
        let (work, rest) = arg.split_once(':')?;
        let (fault, folder) = rest.split_once(':')?;
        Some((Work::read(work)?, fault == "fault", folder.to_owned()))
    });
    match told {
        Some((work, true, folder)) => work::child_with_fault(work, Path::new(&folder)),
        Some((work, false, folder)) => work::child(work, Path::new(&folder)),
        None => {}
    }
}

/// Tries some of the points of every work.
fn sample(stop: Stop, of_each: usize) {
    if !points::has_strace() {
        // past the capture of a test that passes
        let _ = writeln!(
            io::stderr(),
            "skipped: strace is not here, so no call to the disk was stopped ({stop:?})"
        );
        return;
    }
    let before = work::before();
    let mut failed = Vec::new();
    for (work, _) in Work::ALL {
        let points = points::points(work, &before, &start);
        // spread over all of them, and the last one always
        let every = points.len().div_ceil(of_each).max(1);
        for &point in points.iter().rev().step_by(every) {
            failed.extend(points::stop(work, &before, &start, point, stop).err());
        }
    }
    assert_eq!(failed, Vec::<String>::new());
}

#[test]
fn killed_at_a_call_the_case_opens_with_all_that_was_told() {
    sample(Stop::Kill, 9);
}

#[test]
fn a_full_disk_is_told_and_the_case_goes_on() {
    sample(Stop::Fault("ENOSPC"), 5);
}

#[test]
fn a_failing_disk_is_told_and_the_case_goes_on() {
    sample(Stop::Fault("EIO"), 5);
}

#[test]
fn killed_at_any_time_the_case_opens_with_all_that_was_told() {
    let before = work::before();
    let mut failed = Vec::new();
    for (work, _) in Work::ALL {
        for milliseconds in [1, 8, 23, 61] {
            let time = Duration::from_millis(milliseconds);
            failed.extend(points::kill_after(work, &before, &start, time).err());
        }
    }
    assert_eq!(failed, Vec::<String>::new());
}
