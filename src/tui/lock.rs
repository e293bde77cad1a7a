//! The lock of the screen: what is typed at it, and how long a try must wait after wrong ones. Under it the screen stays as
//! it was, so that nothing typed is lost.

use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::case::{CaseError, Passphrase};

/// Longest passphrase that can be typed, in bytes.
const LONGEST: usize = 4_096;
/// Longest wait before a try, in seconds.
const LONGEST_WAIT: u64 = 60;

/// Why the screen is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// No key was pressed for so long.
    Idle(Duration),
    /// The analyst asked for it.
    Asked,
    /// The terminal is given back for a while, or is gone.
    Left,
}

impl Cause {
    /// What the lock says of it.
    pub fn words(self) -> String {
        match self {
            Self::Idle(time) => {
                let minutes = time.as_secs().div_ceil(60);
                let plural = if minutes == 1 { "" } else { "s" };
                format!("No key was pressed for {minutes} minute{plural}.")
            }
            Self::Asked | Self::Left => String::new(),
        }
    }
}

/// A passphrase while it is typed: in memory that is overwritten afterwards, never printed, and never moved by growing.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed(Zeroizing<String>);

impl Typed {
    fn nothing() -> Self {
        Self(Zeroizing::new(String::with_capacity(LONGEST)))
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a letter, if there is room.
    pub fn push(&mut self, letter: char) {
        if self.0.len() + letter.len_utf8() <= LONGEST {
            self.0.push(letter);
        }
    }

    /// Rubs out a letter.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Takes what is typed as a passphrase; nothing is typed afterwards.
    ///
    /// # Errors
    /// When it is blank.
    pub fn take(&mut self) -> Result<Passphrase, CaseError> {
        Passphrase::new(std::mem::replace(self, Self::nothing()).0)
    }

    /// Forgets what is typed.
    pub fn clear(&mut self) {
        *self = Self::nothing();
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}

/// A locked screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// What is typed.
    pub typed: Typed,
    /// The job that tries a passphrase.
    pub trying: Option<u64>,
    /// What the lock says.
    pub said: String,
}

impl Lock {
    /// A lock at which nothing is typed.
    pub fn new(cause: Cause) -> Self {
        Self {
            typed: Typed::nothing(),
            trying: None,
            said: cause.words(),
        }
    }

    /// What of it is drawn: two locks of one face look the same.
    pub fn face(&self) -> (String, bool, bool) {
        (
            self.said.clone(),
            self.typed.is_empty(),
            self.trying.is_some(),
        )
    }
}

/// How long a try waits after so many wrong ones: none at first, then 1 second, and twice as long each time.
pub fn wait(wrong: u32) -> Duration {
    let doubled = 1u64.checked_shl(wrong.saturating_sub(1));
    let seconds = doubled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    Duration::from_secs(if wrong == 0 { 0 } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_a_minute_and_no_further() {
        let waits: Vec<u64> = (0..9).map(|wrong| wait(wrong).as_secs()).collect();
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(wait(u32::MAX).as_secs(), 60);
    }

    #[test]
    fn what_is_typed_is_never_printed_and_never_moved() {
        let mut typed = Typed::nothing();
        let room = typed.0.as_ptr();
        for _ in 0..2 * LONGEST {
            typed.push('é');
        }
        assert_eq!((typed.0.len(), typed.0.as_ptr()), (LONGEST, room));
        let lock = Lock {
            typed,
            ..Lock::new(Cause::Asked)
        };
        assert!(!format!("{lock:?}").contains('é'));
    }
}
