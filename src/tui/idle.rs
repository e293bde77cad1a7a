//! How long no key was pressed.

use std::time::{Duration, Instant};

/// When a key was last pressed, by two clocks: one stands still while the machine sleeps, the other may be set by hand.
#[derive(Debug)]
pub struct Idle {
    /// How long no key may be pressed before the screen is locked.
    pub lock_after: Duration,
    last: Instant,
    last_at: i64,
}

impl Idle {
    /// Begins at a time, in seconds since 1970.
    pub fn new(lock_after: Duration, at: i64) -> Self {
        Self {
            lock_after,
            last: Instant::now(),
            last_at: at,
        }
    }

    /// How long until the screen must be locked.
    pub fn left(&self) -> Duration {
        self.lock_after.saturating_sub(self.last.elapsed())
    }

    /// Takes note of a key, and says whether it came too late: then the screen is to be locked first.
    pub fn on_key(&mut self, at: i64) -> bool {
        let slept = u64::try_from(at.saturating_sub(self.last_at)).unwrap_or(0);
        let is_late = self.left().is_zero() || slept > self.lock_after.as_secs();
        (self.last, self.last_at) = (Instant::now(), at);
        is_late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_after_a_long_sleep_of_the_machine_comes_too_late() {
        let mut idle = Idle::new(Duration::from_mins(5), 1_000);
        assert!(!idle.on_key(1_300));
        assert!(
            !idle.on_key(1_200),
            "a clock that is set back locks nothing"
        );
        assert!(idle.on_key(1_501));
        assert!(!idle.on_key(1_502), "time counts anew from each key");
    }

    #[test]
    fn nothing_is_left_when_no_time_is_allowed() {
        let mut idle = Idle::new(Duration::ZERO, 0);
        assert!(idle.left().is_zero() && idle.on_key(0));
        assert!(Idle::new(Duration::from_mins(1), 0).left() > Duration::from_secs(50));
    }
}
