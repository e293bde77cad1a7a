//! A sign of life on a terminal while something takes longer than a blink.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// What takes less than this shows nothing.
const QUIET_FOR: Duration = Duration::from_millis(200);

/// Shows a spinner until it is dropped; nothing when standard error is no terminal.
#[derive(Debug)]
pub struct Progress {
    stop: Option<Sender<()>>,
    shown: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts, with what is being done.
    pub fn start(doing: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Self {
                stop: None,
                shown: None,
            };
        }
        let (stop, stopped) = mpsc::channel();
        let shown = std::thread::spawn(move || {
            if stopped.recv_timeout(QUIET_FOR) == Err(RecvTimeoutError::Timeout) {
                let bar = ProgressBar::new_spinner().with_message(doing);
                bar.enable_steady_tick(Duration::from_millis(100));
                // whatever ends the wait, the spinner goes
                let _ = stopped.recv();
                bar.finish_and_clear();
            }
        });
        Self {
            stop: Some(stop),
            shown: Some(shown),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
    }
}
