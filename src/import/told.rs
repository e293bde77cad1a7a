//! Tells how far reading has come, in bytes of files and then in rows.

use std::cell::Cell;

use super::ImportError;
use crate::model::watch::Watch;

/// The stages of reading, as a [`Watch`] is told of them: bytes of the files, rows (gone over twice), and a last one whose steps
/// nobody counts.
pub const STAGES: [&str; 3] = [READING, SORTING, ORDERING];
pub const READING: &str = "reading the files";
pub const SORTING: &str = "going over the rows";
pub const ORDERING: &str = "putting the rows in order";

/// So many bytes or rows are read before that is told: often enough for the eye, too seldom to cost anything.
const EVERY: u64 = 1 << 16;
/// The same in rows.
const ROWS: u64 = 512;

/// One file or one pass over rows, told in steps; what is left is told at the end, however that comes.
pub struct Steps<'a> {
    watch: &'a dyn Watch,
    every: u64,
    told: Cell<u64>,
    all: u64,
}

impl<'a> Steps<'a> {
    /// A file of so many bytes.
    pub fn of_bytes(watch: &'a dyn Watch, all: usize) -> Self {
        Self::of(watch, all, EVERY)
    }

    /// A pass over so many rows.
    pub fn of_rows(watch: &'a dyn Watch, all: usize) -> Self {
        Self::of(watch, all, ROWS)
    }

    fn of(watch: &'a dyn Watch, all: usize, every: u64) -> Self {
        Self {
            watch,
            every,
            told: Cell::new(0),
            all: all as u64,
        }
    }

    /// So much is read by now; says whether to go on.
    pub fn come_to(&self, so_far: usize) -> bool {
        // a text can be longer than its file in bytes, and no more is told than there is
        let so_far = (so_far as u64).min(self.all);
        let new = so_far.saturating_sub(self.told.get());
        if new < self.every {
            return true;
        }
        self.told.set(so_far);
        self.watch.done(new);
        !self.watch.is_stopped()
    }
}

impl Drop for Steps<'_> {
    fn drop(&mut self) {
        self.watch.done(self.all - self.told.get());
    }
}

/// Fails when it is to stop.
pub fn go_on(watch: &dyn Watch) -> Result<(), ImportError> {
    if watch.is_stopped() {
        return Err(ImportError::Stopped);
    }
    Ok(())
}
