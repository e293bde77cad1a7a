//! Kills a process that works on a case at every point at which it touches the disk, and lets every such call fail once:
//! what was acknowledged is there afterwards, and the case opens. Then times the opening of a large case.
//!
//! `cargo bench --bench case` prints how many points were tried and what did not hold. Needs `strace`.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

#[path = "case/opening.rs"]
mod opening;
#[path = "case/points.rs"]
mod points;
#[path = "case/work.rs"]
mod work;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use points::Stop;
use work::Work;

/// Kills at a time that falls as it may, for each work.
const AT_RANDOM: u32 = 150;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [child, work, fault, folder] = args.as_slice()
        && child == "--child"
    {
        let work = Work::read(work).expect("a work");
        if fault == "fault" {
            work::child_with_fault(work, Path::new(folder));
        } else {
            work::child(work, Path::new(folder));
        }
        return;
    }
    opening::time();
    assert!(points::has_strace(), "strace is not here");
    let before = work::before();
    let mut failed = Vec::new();
    let mut tried = 0;
    for (work, name) in Work::ALL {
        let points = points::points(work, &before, &start);
        for stop in [
            Stop::Kill,
            Stop::Fault("ENOSPC"),
            Stop::Fault("EIO"),
            Stop::Fault("EROFS"),
        ] {
            let results = points
                .iter()
                .map(|&point| points::stop(work, &before, &start, point, stop));
            let wrong: Vec<String> = results.filter_map(Result::err).collect();
            println!(
                "{name:>10} {stop:?}: {} points, {} failed",
                points.len(),
                wrong.len()
            );
            if stop == Stop::Kill {
                tried += points.len();
            }
            failed.extend(wrong);
        }
        let times =
            (0..AT_RANDOM).map(|at| Duration::from_micros(u64::from(at) * 7919 % 400_000 / 4));
        let results = times.map(|time| points::kill_after(work, &before, &start, time));
        let wrong: Vec<String> = results.filter_map(Result::err).collect();
        println!(
            "{name:>10} killed at any time: {AT_RANDOM}, {} failed",
            wrong.len()
        );
        tried += AT_RANDOM as usize;
        failed.extend(wrong);
    }
    println!("{tried} kills, {} things did not hold", failed.len());
    for problem in &failed {
        println!("{problem}");
    }
    assert!(failed.is_empty(), "not all held");
}

/// This program as the child.
fn start(work: Work, is_fault: bool, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    let fault = if is_fault { "fault" } else { "kill" };
    command.args(["--child", work.name(), fault]).arg(folder);
    command
}
