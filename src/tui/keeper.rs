//! The thread that writes to the open case: decisions, undo and redo, lines of the log. One after another, so that the drawing
//! thread never waits for a disk; what became of a decision comes back as a message.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::msg::{Held, Msg, Then};
use super::run::Event;
use super::text;
use super::worker::{FAULT, hold, told};
use crate::case::{
    Hand, OpenCase, Step, audit, last_decided_by, last_taken_back_by, touches, words,
};
use crate::model::decision::{Decision, standing};
use crate::picture::Since;

/// Something to write.
#[derive(Debug)]
pub enum Errand {
    /// A line of the log.
    Log(audit::Event),
    /// Decisions of one step, and what is shown when they are written.
    Decide(Step, Then),
    /// Take back the analyst's newest step.
    Undo,
    /// Do again what the analyst took back last.
    Redo,
    /// Read the log, and hold it against the case where that is asked for.
    ReadLog(bool),
}

/// An errand, by whom and when.
type Given = (Errand, String, i64);

/// A line that the log still owes, by whom and when.
type Owed = (audit::Event, String, i64);

/// The thread, and the way to it.
pub struct Keeper {
    errands: Sender<Given>,
    thread: JoinHandle<Option<String>>,
}

impl Keeper {
    /// Starts the thread.
    pub fn start(case: Arc<Mutex<OpenCase>>, events: &Sender<Event>) -> Self {
        let (errands, given) = channel();
        let events = events.clone();
        Self {
            errands,
            thread: thread::spawn(move || write_all(&case, &given, &events)),
        }
    }

    /// Hands over an errand.
    pub fn take(&self, errand: Errand, by: &str, at: i64) {
        // the thread ends only with this
        drop(self.errands.send((errand, by.to_owned(), at)));
    }

    /// Waits until everything is written; gives what of the log could not be.
    pub fn end(self) -> Option<String> {
        drop(self.errands);
        let ended = self.thread.join();
        ended.unwrap_or_else(|_| Some(FAULT.to_owned()))
    }
}

fn write_all(
    case: &Mutex<OpenCase>,
    given: &Receiver<Given>,
    events: &Sender<Event>,
) -> Option<String> {
    let mut owed: VecDeque<Owed> = VecDeque::new();
    while let Ok((errand, by, at)) = given.recv() {
        let hand = Hand { by: &by, at };
        let msg = match errand {
            Errand::Log(event) => {
                owed.push_back((event, by, at));
                write_log(case, &mut owed).map(Msg::Note)
            }
            Errand::Decide(step, then) => Some(decide(case, step, then, hand)),
            Errand::Undo => Some(turn(case, hand, true)),
            Errand::Redo => Some(turn(case, hand, false)),
            Errand::ReadLog(is_verified) => {
                Some(Msg::LogRead(super::log::read(&hold(case), is_verified)))
            }
        };
        // a closed channel means that the screen is gone; what is still given is written all the same
        if let Some(msg) = msg {
            drop(events.send(Event::Msg(msg)));
        }
    }
    write_log(case, &mut owed)
}

/// Writes the lines that are owed, the oldest first; gives why one could not be written. It stays owed then.
fn write_log(case: &Mutex<OpenCase>, owed: &mut VecDeque<Owed>) -> Option<String> {
    while let Some((event, by, at)) = owed.front() {
        let hand = Hand { by, at: *at };
        if let Err(problem) = hold(case).log(event, hand) {
            return Some(format!("The log could not be written: {}", told(&problem)));
        }
        owed.pop_front();
    }
    None
}

/// Writes decisions.
fn decide(case: &Mutex<OpenCase>, step: Step, then: Then, hand: Hand<'_>) -> Msg {
    let mut case = hold(case);
    match case.decide(step, hand) {
        Ok(made) => Msg::Decided(then, held(&case.case().decisions), touched(&made)),
        Err(problem) => Msg::NotWritten(told(&problem)),
    }
}

/// Takes a step back or does it again, and names what that was.
fn turn(case: &Mutex<OpenCase>, hand: Hand<'_>, is_undo: bool) -> Msg {
    let mut case = hold(case);
    let (turned, words) = if is_undo {
        (case.undo(hand), "Taken back")
    } else {
        (case.redo(hand), "Decided again")
    };
    let decisions = &case.case().decisions;
    match turned {
        Ok(turned) if turned.is_empty() => Msg::NotWritten(whose(decisions, is_undo)),
        Ok(turned) => {
            let named = text::safe(&words::together(&turned, decisions));
            let said = format!("{words}: {named}.");
            Msg::Turned(said, held(decisions), touched(&turned))
        }
        Err(problem) => Msg::NotWritten(told(&problem)),
    }
}

/// Why nothing was taken back or done again.
fn whose(decisions: &[Decision], is_undo: bool) -> String {
    let (other, what) = if is_undo {
        let what = "nothing of yours is there to take back; the last decision is";
        (last_decided_by(decisions), what)
    } else {
        let what = "you took nothing back last; what was taken back last is";
        (last_taken_back_by(decisions), what)
    };
    match other {
        Some(other) => text::safe(&format!("{what} {other}'s.")),
        None => "there is nothing of the kind to do".to_owned(),
    }
}

/// What is decided, as far as keys depend on it.
pub fn held(decisions: &[Decision]) -> Held {
    Held {
        decided: standing(decisions).count(),
        can_undo: last_decided_by(decisions).is_some(),
        can_redo: last_taken_back_by(decisions).is_some(),
    }
}

/// How much of the picture these decisions change.
fn touched(decisions: &[Decision]) -> Since {
    let touched = decisions.iter().map(touches).min();
    touched.unwrap_or(Since::Citations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::case::Case;
    use crate::model::decision::{About, Verdict};

    #[test]
    fn one_analyst_does_not_take_back_what_another_decided() {
        let case = Mutex::new(OpenCase::in_memory(Case::default()));
        let hand = |by| Hand { by, at: 7 };
        let note = Verdict::Noted {
            about: About::Case,
            text: "seen".into(),
        };
        let step = Step {
            verdicts: vec![(note, Vec::new())],
            why: String::new(),
        };
        hold(&case).decide(step, hand("Ann")).unwrap();
        let refused = |msg, words: &str| matches!(msg, Msg::NotWritten(why) if why.contains(words));
        assert!(refused(
            turn(&case, hand("Ben"), true),
            "the last decision is Ann's"
        ));
        assert!(matches!(turn(&case, hand("Ann"), true), Msg::Turned(..)));
        assert!(refused(
            turn(&case, hand("Ben"), false),
            "taken back last is Ann's"
        ));
        assert!(matches!(turn(&case, hand("Ann"), false), Msg::Turned(..)));
    }
}
