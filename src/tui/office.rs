//! Carries out what the screen asks for: holds what the model must not, the open case, the workers and the clock.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use super::index::Index;
use super::model::Model;
use super::msg::{Effect, Held, Msg, Then};
use super::run::Event;
use super::update::update;
use super::worker::{self, Keeper};
use super::{text, view};
use crate::case::{
    CaseError, Hand, OpenCase, Step, audit, evidence, to_redo, to_undo, touches, words,
};
use crate::model::decision::{Decision, Verdict, standing};
use crate::model::id::FactId;
use crate::picture::{Picture, Since};

/// Who looks at a case that is kept, as long as no name was given.
const NOBODY: &str = "(no name given)";

/// Holds what the model must not: the open case, the workers, the clock.
pub struct Office {
    by: String,
    now: fn() -> i64,
    sender: Sender<Event>,
    case: Option<Arc<Mutex<OpenCase>>>,
    keeper: Option<Keeper>,
    pictures: Option<Sender<worker::PictureJob>>,
    search: Option<Arc<AtomicBool>>,
    seen: BTreeSet<FactId>,
}

impl Office {
    /// An office without a case.
    pub fn new(by: String, now: fn() -> i64, sender: Sender<Event>) -> Self {
        Self {
            by,
            now,
            sender,
            case: None,
            keeper: None,
            pictures: None,
            search: None,
            seen: BTreeSet::new(),
        }
    }

    /// Where workers and the terminal send what happens.
    pub fn sender(&self) -> &Sender<Event> {
        &self.sender
    }

    /// The time, as seconds since 1970.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// Takes in a case that was opened.
    pub fn take_in(
        &mut self,
        model: &mut Model,
        mut case: OpenCase,
        picture: Arc<Picture>,
        index: Arc<Index>,
    ) -> Vec<Effect> {
        let config = &picture.supplied.config;
        if !config.title.trim().is_empty() {
            model.title.clone_from(&config.title);
        }
        self.pictures = Some(worker::pictures(
            Arc::clone(&picture),
            picture.settings.clone(),
            &self.sender,
        ));
        let drafts = case.take_drafts();
        let opened = Msg::Opened {
            is_kept: case.is_kept(),
            held: held(&case.case().decisions),
            drafts: drafts.as_ref().cloned().unwrap_or_default(),
        };
        let is_kept = case.is_kept();
        let case = Arc::new(Mutex::new(case));
        if is_kept {
            self.keeper = Some(worker::keeper(Arc::clone(&case), &self.sender));
        }
        self.case = Some(case);
        let mut effects = update(model, opened);
        effects.extend(update(model, Msg::PictureReady(0, picture, index)));
        if let Err(problem) = drafts {
            effects.extend(update(model, Msg::Note(told(&problem))));
        }
        effects
    }

    /// Carries out an effect, and gives what follows from it. Decisions are written before the screen shows them.
    pub fn carry_out(&mut self, model: &mut Model, effect: Effect) -> Vec<Effect> {
        match effect {
            Effect::Decide {
                verdicts,
                why,
                then,
            } => return self.decide(model, verdicts, why, then),
            Effect::Undo => return self.turn(model, OpenCase::undo, "Taken back"),
            Effect::Redo => return self.turn(model, OpenCase::redo, "Decided again"),
            Effect::Name(name) => self.by = name,
            Effect::Compute { job, since } => self.compute(job, since),
            Effect::Filter {
                job,
                query,
                among,
                picture,
            } => {
                self.stop_search();
                self.search = Some(worker::search(job, query, among, picture, &self.sender));
            }
            Effect::StopFilter => self.stop_search(),
            Effect::Unlock {
                job,
                passphrase,
                wait,
            } => {
                if let Some(case) = &self.case {
                    worker::unlock(job, Arc::clone(case), passphrase, wait, &self.sender);
                }
            }
            Effect::Log(event) => self.log(event),
            Effect::Wipe | Effect::Suspend | Effect::Quit => {}
        }
        Vec::new()
    }

    /// Writes decisions with what the screen showed of each, and says so, or says that it could not.
    fn decide(
        &mut self,
        model: &mut Model,
        verdicts: Vec<Verdict>,
        why: String,
        then: Then,
    ) -> Vec<Effect> {
        let shown = model.picture.clone();
        let verdicts = verdicts.into_iter().map(|verdict| {
            let lines = shown
                .as_ref()
                .map(|(picture, _)| evidence(picture, &verdict));
            (verdict, lines.unwrap_or_default())
        });
        let step = Step {
            verdicts: verdicts.collect(),
            why,
        };
        let msg = match self.with_case(|case, hand| case.decide(step, hand)) {
            Ok((made, held)) => Msg::Decided(then, held, touched(&made)),
            Err(problem) => Msg::NotWritten(problem),
        };
        update(model, msg)
    }

    /// Takes a step back or does it again, and names what that was.
    fn turn(
        &mut self,
        model: &mut Model,
        act: impl FnOnce(&mut OpenCase, Hand<'_>) -> Result<Vec<Decision>, CaseError>,
        words: &str,
    ) -> Vec<Effect> {
        let msg = match self.with_case(act) {
            Ok((turned, _)) if turned.is_empty() => {
                Msg::Note("There is nothing of the kind to do.".to_owned())
            }
            Ok((turned, held)) => {
                let said = format!("{words}: {}.", self.named(&turned));
                Msg::Turned(said, held, touched(&turned))
            }
            Err(problem) => Msg::NotWritten(problem),
        };
        update(model, msg)
    }

    /// Decisions in words, with who made them if that was somebody else.
    fn named(&self, decisions: &[Decision]) -> String {
        let Some(case) = &self.case else {
            return String::new();
        };
        let said = words::together(decisions, &worker::hold(case).case().decisions);
        let others = decisions.iter().find(|decision| decision.by != self.by);
        let by = others.map_or(String::new(), |other| format!(" (decided by {})", other.by));
        text::safe(&format!("{said}{by}"))
    }

    /// Does something with the case, by the analyst and at the time it is.
    fn with_case<T>(
        &mut self,
        act: impl FnOnce(&mut OpenCase, Hand<'_>) -> Result<T, CaseError>,
    ) -> Result<(T, Held), String> {
        let hand = Hand {
            by: &self.by,
            at: (self.now)(),
        };
        let Some(case) = &self.case else {
            return Err("the case is still being read".to_owned());
        };
        let mut case = worker::hold(case);
        let done = act(&mut case, hand).map_err(|problem| told(&problem))?;
        Ok((done, held(&case.case().decisions)))
    }

    fn compute(&mut self, job: u64, since: Since) {
        let (Some(case), Some(pictures)) = (&self.case, &self.pictures) else {
            return;
        };
        let case = worker::hold(case).case().clone();
        // the worker ends only with the screen
        drop(pictures.send(worker::PictureJob { job, case, since }));
    }

    fn stop_search(&mut self) {
        if let Some(stop) = self.search.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Adds a line to the log of a case that is kept, beside the drawing thread.
    fn log(&self, event: audit::Event) {
        if let Some(keeper) = &self.keeper {
            let by = match self.by.trim() {
                "" => NOBODY,
                by => by,
            };
            keeper.log(event, by, (self.now)());
        }
    }

    /// Logs that a frame showed a withheld fact in full, once a session for each.
    pub fn note_seen(&mut self, model: &Model) {
        let fact = view::withheld(model).filter(|fact| !self.seen.contains(*fact));
        if let Some(fact) = fact.cloned() {
            self.log(audit::Event::SawWithheld {
                fact: fact.to_string(),
            });
            self.seen.insert(fact);
        }
    }

    /// Keeps what is typed and not decided, and waits until the log is written. Gives what could not be kept.
    pub fn close(&mut self, model: &Model) -> Option<String> {
        let log = self.keeper.take().and_then(Keeper::end);
        let drafts = model.unfinished();
        let case = self
            .case
            .as_ref()
            .filter(|_| model.is_kept && !drafts.is_empty());
        let kept = case.map_or(Ok(()), |case| worker::hold(case).keep_drafts(&drafts));
        kept.err().map(|problem| told(&problem)).or(log)
    }
}

/// What is decided, as far as keys depend on it.
fn held(decisions: &[Decision]) -> Held {
    Held {
        decided: standing(decisions).count(),
        can_undo: to_undo(decisions).is_some(),
        can_redo: to_redo(decisions).is_some(),
    }
}

/// How much of the picture these decisions change.
fn touched(decisions: &[Decision]) -> Since {
    decisions
        .iter()
        .map(touches)
        .min()
        .unwrap_or(Since::Citations)
}

/// A problem on one line: what, where, what to do.
pub fn told(problem: &CaseError) -> String {
    problem.to_string().replace("\n  hint: ", " – ")
}
