//! How much longer a job takes, in words: an estimate from how far it has come, or from how long the like took before.

use std::time::Duration;

use super::model::{Model, Overlay};

/// How long a tick is: the loop sends one so often while a job runs.
pub const TICK: Duration = Duration::from_millis(120);
/// Nothing is said of what takes less.
const SHORT: Duration = Duration::from_secs(3);

/// What is said after so many ticks of a job that is expected to take so long; empty for what is short. Zero: nobody knows.
pub fn words(ticks: usize, expected: Duration) -> String {
    let elapsed = TICK.saturating_mul(u32::try_from(ticks).unwrap_or(u32::MAX));
    if expected.is_zero() {
        return of_known(elapsed, None);
    }
    if expected < SHORT {
        return String::new();
    }
    match expected.checked_sub(elapsed) {
        None => "longer than expected".to_owned(),
        left => of_known(elapsed, left),
    }
}

/// What is said of a job that has taken so long and may take so much longer, if anybody can say; empty for what is short.
pub fn of_known(taken: Duration, left: Option<Duration>) -> String {
    match left {
        None if taken < SHORT => String::new(),
        None => format!("{} so far", spoken(taken)),
        Some(left) if taken.saturating_add(left) < SHORT => String::new(),
        Some(left) if left < Duration::from_secs(8) => "a few seconds left".to_owned(),
        Some(left) => format!("about {} left", spoken(left)),
    }
}

/// A time in words, no more exact than an estimate can be.
fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..20 => format!("{seconds} seconds"),
        20..90 => format!("{} seconds", seconds.div_ceil(10) * 10),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl Model {
    /// Whether some job runs whose sign moves with time.
    pub fn is_busy(&self) -> bool {
        let is_adding =
            matches!(&self.overlay, Some(Overlay::Adding(adding)) if adding.job.is_some());
        self.picture.is_none()
            || self.writing
            || is_adding
            || self.computing.is_some()
            || self.filtering.is_some()
    }

    /// How much longer the picture takes that is being computed, where that is worth saying and there is room.
    pub fn time_left(&self) -> Option<String> {
        self.computing.filter(|_| self.size.0 >= 70)?;
        let expected = self.took.max(Duration::from_millis(1));
        Some(words(self.ticks, expected)).filter(|words| !words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_said_in_words_and_never_more_exactly_than_it_is_known() {
        let secs = Duration::from_secs;
        for (ticks, expected, said) in [
            (0, secs(2), ""),
            (0, secs(6), "a few seconds left"),
            (10, secs(31), "about 30 seconds left"),
            (0, secs(200), "about 4 minutes left"),
            (100, secs(200), "about 4 minutes left"),
            (1_000, secs(100), "longer than expected"),
            (10, secs(0), ""),
            (100, secs(0), "12 seconds so far"),
            (usize::MAX, secs(1_000_000), "longer than expected"),
        ] {
            assert_eq!(words(ticks, expected), said, "{ticks} {expected:?}");
        }
    }
}
