//! Learns that the user wants to stop: Ctrl-C, a closed terminal, a request to end.
//!
//! The first signal only raises a flag, so that what is half written can be taken away. A second one ends the program.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Which signal asked to stop; 0 is none.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens from now on.
    #[cfg(unix)]
    pub fn listen() -> Self {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::flag;
        use std::sync::atomic::AtomicBool;

        let stop = Self::default();
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // `nohup` has this one ignored, and so it stays
            if signal == SIGHUP && is_ignored(signal) {
                continue;
            }
            // a signal that cannot be listened to ends the program, as it does without this
            let _ = flag::register_conditional_default(signal, Arc::clone(&again));
            let _ = flag::register(signal, Arc::clone(&again));
            let _ = flag::register_usize(signal, Arc::clone(&stop.0), signal as usize);
        }
        stop
    }

    /// Elsewhere the system ends the program by itself.
    #[cfg(not(unix))]
    pub fn listen() -> Self {
        Self::default()
    }

    /// Whether to stop.
    pub fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }

    /// The exit code of a program that was stopped, as a shell gives it: 128 and the number of the signal.
    pub fn code(&self) -> Option<u8> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            signal => Some((128 + signal) as u8),
        }
    }
}

/// Whether whoever started the program had this signal ignored.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
