//! A sign of life on a terminal while something takes longer than a blink.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::course::{Course, PARTS};
use super::stop::Stop;
use crate::model::watch::Watch;
use crate::tui::left;

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
        Self::shown(move |stopped| {
            let bar = ProgressBar::new_spinner().with_message(doing);
            bar.enable_steady_tick(Duration::from_millis(100));
            // whatever ends the wait, the spinner goes
            let _ = stopped.recv();
            bar.finish_and_clear();
        })
    }

    /// Has something drawn past the first moment, until the end is told; nothing when standard error is no terminal.
    fn shown(draw: impl FnOnce(&Receiver<()>) + Send + 'static) -> Self {
        if !io::stderr().is_terminal() {
            return Self {
                stop: None,
                shown: None,
            };
        }
        let (stop, stopped) = mpsc::channel();
        let shown = std::thread::spawn(move || {
            if stopped.recv_timeout(QUIET_FOR) == Err(RecvTimeoutError::Timeout) {
                draw(&stopped);
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

/// Shows on a terminal how far reading a case has come, and how long it may still take, until it is dropped.
#[derive(Debug)]
pub struct Bar {
    _until_dropped: Progress,
}

impl Bar {
    /// Starts; nothing is shown when standard error is no terminal.
    pub fn over(course: &Arc<Course>) -> Self {
        let course = Arc::clone(course);
        Self {
            _until_dropped: Progress::shown(move |stopped| {
                let bar = ProgressBar::with_draw_target(Some(PARTS), ProgressDrawTarget::stderr())
                    .with_style(
                        ProgressStyle::with_template("{msg} {bar:24} {prefix}")
                            .unwrap_or_else(|_| ProgressStyle::default_bar()),
                    );
                loop {
                    let come = course.come();
                    bar.set_position(come.parts);
                    bar.set_prefix(left::of_known(come.taken, come.left));
                    bar.set_message(come.doing);
                    if stopped.recv_timeout(QUIET_FOR / 2) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
                bar.finish_and_clear();
            }),
        }
    }
}

/// Follows long work on a terminal: the stage, how much of it is done and how long it may still take.
///
/// It is also how that work learns that the user wants to stop.
#[derive(Debug)]
pub struct Follow {
    shared: Arc<Shared>,
    end: Option<Sender<()>>,
    shown: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stage: Mutex<Stage>,
    done: AtomicU64,
    stop: Stop,
}

/// What is being done.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Stage {
    number: usize,
    doing: &'static str,
    steps: u64,
}

impl Follow {
    /// Starts; nothing is shown when standard error is no terminal, but the work can be stopped all the same.
    pub fn start(stop: Stop) -> Self {
        let shared = Arc::new(Shared {
            stop,
            ..Shared::default()
        });
        if !io::stderr().is_terminal() {
            return Self {
                shared,
                end: None,
                shown: None,
            };
        }
        let (end, ended) = mpsc::channel();
        let seen = Arc::clone(&shared);
        let shown = std::thread::spawn(move || {
            if ended.recv_timeout(QUIET_FOR) == Err(RecvTimeoutError::Timeout) {
                draw(&seen, &ended);
            }
        });
        Self {
            shared,
            end: Some(end),
            shown: Some(shown),
        }
    }
}

/// Draws until the end is told; each stage has a bar of its own, so that the time left is that of the stage.
fn draw(shared: &Shared, ended: &Receiver<()>) {
    let mut shown: Option<(Stage, ProgressBar)> = None;
    loop {
        let stage = shared.stage.lock().map(|stage| *stage).unwrap_or_default();
        if shown.as_ref().is_none_or(|(before, _)| *before != stage) {
            if let Some((_, bar)) = shown.take() {
                bar.finish_and_clear();
            }
            let bar =
                ProgressBar::with_draw_target(Some(stage.steps), ProgressDrawTarget::stderr())
                    .with_style(style(stage))
                    .with_message(stage.doing);
            shown = Some((stage, bar));
        }
        if let Some((stage, bar)) = &shown {
            if shared.stop.is_wanted() {
                bar.set_message("stopping");
            }
            bar.update(|state| {
                let done = shared.done.load(Ordering::Relaxed);
                state.set_pos(done.min(if stage.steps > 0 { stage.steps } else { done }));
            });
            bar.tick();
        }
        if ended.recv_timeout(QUIET_FOR / 2) != Err(RecvTimeoutError::Timeout) {
            if let Some((_, bar)) = shown {
                bar.finish_and_clear();
            }
            return;
        }
    }
}

/// A stage of known length shows how much is done and the time left, another only that it goes on.
fn style(stage: Stage) -> ProgressStyle {
    let text = if stage.steps == 0 {
        "{spinner} {msg}, {elapsed}"
    } else if stage.doing.starts_with("reading") {
        "{msg} {bar:24} {binary_bytes} of {binary_total_bytes}{left}"
    } else {
        "{msg} {bar:24} {human_pos} of {human_len}{left}"
    };
    ProgressStyle::with_template(text)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("left", |state: &ProgressState, to: &mut dyn fmt::Write| {
            // before anything is done nothing can be foreseen
            if state.pos() > 0 {
                let _ = write!(to, ", {} left", HumanDuration(state.eta()));
            }
        })
}

impl Watch for Follow {
    fn stage(&self, doing: &'static str, steps: u64) {
        if let Ok(mut stage) = self.shared.stage.lock() {
            self.shared.done.store(0, Ordering::Relaxed);
            *stage = Stage {
                number: stage.number + 1,
                doing,
                steps,
            };
        }
    }

    fn done(&self, steps: u64) {
        self.shared.done.fetch_add(steps, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.shared.stop.is_wanted()
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
    }
}
