//! Times the screen: from a key to the finished frame with 100,000 and with 1,000,000 facts, what an analyst does most, how long a
//! filter takes beside it, and the memory.
//!
//! `cargo bench --bench screen` prints the median and the 95th percentile, in milliseconds, for 80x24 and 200x50. With a number
//! behind `--` it makes that many entries only: `cargo bench --bench screen -- 112000`.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

mod exports;

use std::sync::Arc;
use std::time::{Duration, Instant};

use casepicture::import::{self, Limits};
use casepicture::model::case::Case;
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::tui::index::Index;
use casepicture::tui::keymap::Key;
use casepicture::tui::measure::frame_times_of;
use casepicture::tui::search;

/// Enough entries for more than 100,000 and 1,000,000 facts: one in eleven is an echo.
const ENTRIES: [usize; 2] = [112_000, 1_120_000];

fn main() {
    let given: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let sizes = if given.is_empty() {
        ENTRIES.to_vec()
    } else {
        given
    };
    for entries in sizes {
        of(entries);
    }
}

/// Times the screen over a folder of so many entries.
fn of(entries: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exports::write(folder.path(), entries, 5_000);
    let limits = Limits::default();
    let started = Instant::now();
    let files = import::folder::read_folder(folder.path(), &limits).expect("the folder");
    let supplied = import::read(&files, &limits).expect("the exports");
    drop(files);
    let read = started.elapsed();
    let settings = Settings::of_config(&supplied.config);
    let picture = Arc::new(Picture::of(&Case::new(supplied), &settings).expect("the picture"));
    let computed = started.elapsed().saturating_sub(read);
    let indexing = Instant::now();
    let index = Arc::new(Index::of(&picture));
    println!(
        "{} facts: read in {:.1} s, picture in {:.1} s, index in {:.2} s; memory {}",
        picture.timeline.facts.len(),
        read.as_secs_f64(),
        computed.as_secs_f64(),
        indexing.elapsed().as_secs_f64(),
        memory()
    );
    for query in ["visit", "visit school", "vsit", "zzzzzz"] {
        let started = Instant::now();
        let found = search::facts(&picture, &index.all, query, &|| false);
        println!(
            "filter {query:?}: {} found in {:.2} s, beside the keys",
            found.map_or(0, |found| found.len()),
            started.elapsed().as_secs_f64()
        );
    }
    let ready = (picture, index);
    println!("milliseconds from key to frame");
    println!(
        "{:>8} {:>24} {:>8} {:>8} {:>8}",
        "size", "what", "median", "p95", "most"
    );
    for size in [(80, 24), (200, 50)] {
        for (what, keys) in work() {
            let mut times = frame_times_of(&ready, size, &keys);
            // the first key opens the view; what follows is the work
            times.drain(..1);
            let of = |percent, times: &mut Vec<Duration>| percentile(times, percent);
            println!(
                "{:>8} {what:>24} {:>8.2} {:>8.2} {:>8.2}",
                format!("{}x{}", size.0, size.1),
                of(50, &mut times),
                of(95, &mut times),
                of(100, &mut times)
            );
        }
    }
    println!("memory at the end {}", memory());
}

/// The memory of this process now and at most, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
        kilobytes.map_or("unknown".to_owned(), |kb| format!("{:.0} MB", kb / 1024.0))
    };
    format!("{}, at most {}", of("VmRSS:"), of("VmHWM:"))
}

/// What is done, with its keys; the first opens the view.
fn work() -> Vec<(&'static str, Vec<Key>)> {
    let typed = |keys: &str| keys.chars().map(Key::Char).collect::<Vec<Key>>();
    let moving = |key: Key, times: usize| [vec![Key::Char('4')], vec![key; times]].concat();
    vec![
        ("timeline, line down", moving(Key::Down, 300)),
        ("timeline, page down", moving(Key::PageDown, 300)),
        (
            "timeline, to the end",
            [typed("4"), [Key::End, Key::Home].repeat(100)].concat(),
        ),
        ("views, one after other", typed(&"123456789".repeat(30))),
        ("filter, letter by letter", typed("4/visit school")),
        (
            "lanes, time and lanes",
            [
                typed("4v"),
                [Key::Left, Key::Down, Key::Right, Key::Up, Key::PageUp].repeat(60),
            ]
            .concat(),
        ),
        (
            "lanes, zoom",
            typed(&format!("4v{}", "++++++------".repeat(20))),
        ),
        (
            "lanes, fact by fact",
            typed(&format!("4v{}", ".".repeat(300))),
        ),
        ("forms of reliance", typed(&format!("5{}", "v".repeat(200)))),
        ("forms of people", typed(&format!("3{}", "v".repeat(200)))),
        (
            "figures, open and back",
            [
                typed("5"),
                [Key::Enter, Key::Esc, Key::Down].repeat(8),
                typed("1"),
                [Key::Down, Key::Enter, Key::Esc].repeat(12),
            ]
            .concat(),
        ),
        (
            "flagged, on and off",
            typed(&format!("4{}", "f".repeat(20))),
        ),
    ]
}

fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort();
    let at = (times.len() * percent).div_ceil(100).max(1) - 1;
    times
        .get(at)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
