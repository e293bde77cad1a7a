//! Runs a program and tells what it took: time, time of all processors, and the most memory. Linux only.

use std::process::Command;
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// From the start to the end.
    pub time: Duration,
    /// Time of processors, all threads together, in seconds; ticks of a hundredth.
    pub cpu: f64,
    /// The largest resident memory seen, in kB.
    pub memory: u64,
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
}

/// Runs the command to its end.
pub fn run(command: &mut Command) -> Run {
    let before = children_ticks();
    let started = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let code = loop {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find(|line| line.starts_with("VmHWM:"));
            memory = line
                .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
                .unwrap_or(memory)
                .max(memory);
        }
        if let Some(ended) = child.try_wait().expect("the program ends") {
            break ended.code();
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    Run {
        time: started.elapsed(),
        cpu: (children_ticks() - before) as f64 / 100.0,
        memory,
        code,
    }
}

/// Time of processors of all children that have ended, in ticks of a hundredth of a second, as Linux counts for programs.
fn children_ticks() -> u64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // the name in brackets may hold blanks; after it, children's user and system time are the 14th and 15th fields
    let after = text.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(13).take(2);
    ticks.filter_map(|field| field.parse::<u64>().ok()).sum()
}
