//! Tells the stages of a computation and how long each took.

use std::time::Instant;

use super::PictureError;
use crate::model::watch::Watch;

/// The stages of working out a picture, as a [`Watch`] is told of them; nobody counts their steps.
pub const STAGES: [&str; 5] = [WHO, MERGING, JUDGING, MEASURING, FLAGGING];
pub const WHO: &str = "working out who is who";
pub const MERGING: &str = "merging what happened";
pub const JUDGING: &str = "looking up what may be shared";
pub const MEASURING: &str = "measuring what the draft leans on";
pub const FLAGGING: &str = "looking for what is worth checking";

/// Measures the stages of a computation.
pub struct Clock<'a> {
    watch: &'a dyn Watch,
    last: Instant,
    /// What each stage took, in seconds.
    pub laps: Vec<(&'static str, f64)>,
}

impl<'a> Clock<'a> {
    /// Starts.
    pub fn start(watch: &'a dyn Watch) -> Self {
        Self {
            watch,
            last: Instant::now(),
            laps: Vec::new(),
        }
    }

    /// Tells of the next stage, unless that is not wanted any more.
    pub fn begin(&self, doing: &'static str) -> Result<(), PictureError> {
        if self.watch.is_stopped() {
            return Err(PictureError::Stopped);
        }
        self.watch.stage(doing, 0);
        Ok(())
    }

    /// A stage is over.
    pub fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed().as_secs_f64()));
        self.last = Instant::now();
    }
}
