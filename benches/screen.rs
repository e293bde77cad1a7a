//! Times the screen: from a key to the finished frame with 100,000 facts, and what an analyst does most.
//!
//! `cargo bench --bench screen` prints the median and the 95th percentile, in milliseconds, for 80x24 and 200x50.

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

mod exports;

use std::sync::Arc;
use std::time::Duration;

use casepicture::import::{self, Limits};
use casepicture::model::case::Case;
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::tui::keymap::Key;
use casepicture::tui::measure::frame_times;

/// Enough entries for more than 100,000 facts: one in eleven is an echo.
const ENTRIES: usize = 112_000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    exports::write(folder.path(), ENTRIES, 5_000);
    let limits = Limits::default();
    let files = import::folder::read_folder(folder.path(), &limits).expect("the folder");
    let supplied = import::read(&files, &limits).expect("the exports");
    let settings = Settings::of_config(&supplied.config);
    let picture = Arc::new(Picture::of(&Case::new(supplied), &settings).expect("the picture"));
    println!(
        "{} facts; milliseconds from key to frame",
        picture.timeline.facts.len()
    );
    println!("{:>8} {:>22} {:>8} {:>8}", "size", "what", "median", "p95");
    for size in [(80, 24), (200, 50)] {
        for (what, keys) in work() {
            let mut times = frame_times(Arc::clone(&picture), size, &keys);
            // the first key opens the view; what follows is the work
            times.drain(..1);
            let (median, p95) = (percentile(&mut times, 50), percentile(&mut times, 95));
            println!(
                "{:>8} {what:>22} {median:>8.2} {p95:>8.2}",
                format!("{}x{}", size.0, size.1)
            );
        }
    }
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
        ("views, one after other", typed(&"123456".repeat(40))),
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
    ]
}

fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort();
    let at = (times.len() * percent).div_ceil(100).max(1) - 1;
    times
        .get(at)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}
