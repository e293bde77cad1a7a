//! How far reading a case and working out its picture have come, and how long that may still take: shown by the screen while it
//! opens, and on standard error.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::stop::Stop;
use crate::model::watch::Watch;
use crate::{import, picture};

/// How much of the whole each stage is, in percent: measured with invented exports of 30,000 entries. It only has to be near, since
/// the time left is worked out anew from how long what is done has taken.
const SHARES: [u32; 8] = [4, 13, 22, 4, 10, 3, 2, 42];
/// Less of the whole than this foretells nothing.
const TOO_EARLY: f64 = 0.05;
/// Parts of the whole that the bar is drawn of.
pub const PARTS: u64 = 1_000;

/// Follows the work.
#[derive(Debug)]
pub struct Course {
    begun: Instant,
    stage: Mutex<Stage>,
    done: AtomicU64,
    stop: Stop,
}

/// What is being done.
#[derive(Debug, Clone, Copy)]
struct Stage {
    doing: &'static str,
    steps: u64,
    /// The share of the stages before, and of this one.
    shares: (f64, f64),
    since: Instant,
}

/// How far the work has come at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Come {
    /// What is being done, with how much of it where that is counted: "reading the files: 3 of 12 MB".
    pub doing: String,
    /// How many of [`PARTS`] are done.
    pub parts: u64,
    /// How long it has taken.
    pub taken: Duration,
    /// How long it may still take; `None` while nobody can say.
    pub left: Option<Duration>,
}

impl Course {
    /// Starts now.
    pub fn start(stop: Stop) -> Self {
        let now = Instant::now();
        Self {
            begun: now,
            stage: Mutex::new(Stage {
                doing: "opening",
                steps: 0,
                shares: (0.0, 0.0),
                since: now,
            }),
            done: AtomicU64::new(0),
            stop,
        }
    }

    /// How far it has come by now.
    pub fn come(&self) -> Come {
        // nothing that holds this can fail
        let stage = self
            .stage
            .lock()
            .map_or_else(|held| *held.into_inner(), |held| *held);
        let done = self.done.load(Ordering::Relaxed).min(stage.steps);
        let taken = self.begun.elapsed();
        let (before, own) = stage.shares;
        let of_stage = if stage.steps > 0 {
            done as f64 / stage.steps as f64
        } else if before > TOO_EARLY {
            // nobody counts: as long as its share of what came before, and never quite done
            let expected = (stage.since - self.begun).as_secs_f64() / before * own;
            (stage.since.elapsed().as_secs_f64() / expected.max(f64::EPSILON)).min(0.95)
        } else {
            0.0
        };
        let share = (before + own * of_stage).clamp(0.0, 1.0);
        Come {
            doing: stage.words(done),
            parts: (share * PARTS as f64) as u64,
            taken,
            left: (share > TOO_EARLY).then(|| taken.mul_f64((1.0 - share) / share)),
        }
    }
}

impl Stage {
    /// What is being done, and how much of it.
    fn words(&self, done: u64) -> String {
        if self.steps == 0 {
            return self.doing.to_owned();
        }
        if self.doing.starts_with("reading") {
            return format!("{}: {}", self.doing, amount(done, self.steps));
        }
        // rows are gone over twice, and counted once
        format!("{}: {} of {}", self.doing, done / 2, self.steps / 2)
    }
}

/// Bytes of bytes, in the unit of the larger.
fn amount(done: u64, all: u64) -> String {
    let (unit, name) = match all {
        0..10_000 => (1, "bytes"),
        10_000..10_000_000 => (1_000, "kB"),
        _ => (1_000_000, "MB"),
    };
    format!("{} of {} {name}", done / unit, all / unit)
}

/// The share of the stages before one, and its own.
fn shares(doing: &str) -> (f64, f64) {
    let all = import::STAGES.iter().chain(&picture::STAGES);
    let mut before = 0;
    for (stage, share) in all.zip(SHARES) {
        if *stage == doing {
            return (f64::from(before) / 100.0, f64::from(share) / 100.0);
        }
        before += share;
    }
    (0.0, 0.0)
}

impl Watch for Course {
    fn stage(&self, doing: &'static str, steps: u64) {
        if let Ok(mut stage) = self.stage.lock() {
            self.done.store(0, Ordering::Relaxed);
            *stage = Stage {
                doing,
                steps,
                shares: shares(doing),
                since: Instant::now(),
            };
        }
    }

    fn done(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.stop.is_wanted()
    }
}
