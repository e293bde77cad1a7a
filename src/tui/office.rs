//! Carries out what the screen asks for: holds what the model must not, the open case, the workers and the clock.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};

use super::adding::Order;
use super::desk::Desk;
use super::keeper::{Errand, Keeper, held};
use super::model::Model;
use super::msg::{Effect, Msg, Then};
use super::pack::Ask;
use super::pack_out::{self, Latest, Press, Target};
use super::run::{Event, Opened};
use super::update::update;
use super::view;
use super::viewing::ViewAs;
use super::worker::{self, told};
use crate::case::{OpenCase, Step, audit, evidence};
use crate::import::Limits;
use crate::model::date::Day;
use crate::model::decision::Verdict;
use crate::model::id::FactId;
use crate::picture::Since;

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
    desk: Option<Desk>,
    limits: Limits,
    seen: BTreeSet<FactId>,
    view_as: Option<ViewAs>,
    press: Option<Press>,
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
            desk: None,
            limits: Limits::default(),
            seen: BTreeSet::new(),
            view_as: None,
            press: None,
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
    pub fn take_in(&mut self, model: &mut Model, opened: Opened) -> Vec<Effect> {
        let mut case = opened.case;
        let config = &opened.whole.supplied.config;
        if !config.title.trim().is_empty() {
            model.title.clone_from(&config.title);
        }
        self.limits = opened.limits;
        self.view_as.clone_from(&opened.view_as);
        model.view_as = opened.view_as;
        let latest = Latest {
            picture: Arc::clone(&opened.whole),
            decisions: case.case().decisions.len(),
            supplied: Arc::clone(&case.case().supplied),
        };
        let latest = Arc::new(Mutex::new(latest));
        let settings = opened.settings;
        self.pictures = Some(worker::pictures(
            opened.whole,
            settings.clone(),
            Arc::clone(&latest),
            &self.sender,
        ));
        let drafts = case.take_drafts();
        let msg = Msg::Opened {
            is_kept: case.is_kept(),
            held: held(&case.case().decisions),
            drafts: drafts.as_ref().cloned().unwrap_or_default(),
        };
        let case = Arc::new(Mutex::new(*case));
        self.keeper = Some(Keeper::start(Arc::clone(&case), &self.sender));
        self.press = Some(Press {
            case: Arc::clone(&case),
            settings,
            latest,
        });
        self.case = Some(case);
        let mut effects = update(model, msg);
        let ready = Msg::PictureReady(0, opened.picture, opened.index);
        effects.extend(update(model, ready));
        if let Err(problem) = drafts {
            effects.extend(update(model, Msg::Note(told(&problem))));
        }
        effects
    }

    /// The day that it is (UTC).
    pub fn today(&self) -> Day {
        let now = chrono::DateTime::from_timestamp(self.now(), 0);
        now.map_or_else(Day::default, |now| now.date_naive())
    }

    /// Carries out an effect; what follows from it comes back as a message. Decisions are written before the screen shows them.
    pub fn carry_out(&mut self, model: &Model, effect: Effect) {
        match effect {
            Effect::Decide {
                verdicts,
                why,
                then,
            } => self.decide(model, verdicts, why, then),
            Effect::DecideOn {
                verdict,
                evidence,
                why,
                then,
            } => {
                let verdicts = vec![(verdict, evidence)];
                self.give(Errand::Decide(Step { verdicts, why }, then));
            }
            Effect::Undo => self.give(Errand::Undo),
            Effect::Redo => self.give(Errand::Redo),
            Effect::ReadLog { is_verified } => self.give(Errand::ReadLog(is_verified)),
            Effect::Name(name) => self.by = name,
            Effect::Compute { job, since } => self.compute(job, since),
            Effect::Filter {
                job,
                query,
                among,
                or_else,
                picture,
            } => {
                self.stop_search();
                let among = (among, or_else);
                self.search = Some(worker::search(job, query, among, picture, &self.sender));
            }
            Effect::StopFilter => self.stop_search(),
            Effect::LayOut { job, ask } => {
                if let Some(press) = self.press.clone() {
                    pack_out::lay_out(job, press, ask, &self.sender);
                }
            }
            Effect::WritePack {
                ask,
                path,
                is_forced,
            } => self.write_pack(ask, path, is_forced),
            Effect::ViewAs(view_as) => self.view_as = view_as,
            Effect::Unlock {
                job,
                passphrase,
                wait,
            } => {
                if let Some(case) = &self.case {
                    worker::unlock(job, Arc::clone(case), passphrase, wait, &self.sender);
                }
            }
            Effect::Log(event) => self.give(Errand::Log(event)),
            Effect::Adding(order) => self.add(order),
            Effect::Wipe | Effect::Suspend | Effect::Mouse(_) | Effect::Quit => {}
        }
    }

    /// Has decisions written, with what the screen showed of each.
    fn decide(&self, model: &Model, verdicts: Vec<Verdict>, why: String, then: Then) {
        let shown = model.picture.as_ref();
        let verdicts = verdicts.into_iter().map(|verdict| {
            let lines = shown.map(|(picture, _)| evidence(picture, &verdict));
            (verdict, lines.unwrap_or_default())
        });
        let step = Step {
            verdicts: verdicts.collect(),
            why,
        };
        self.give(Errand::Decide(step, then));
    }

    /// Hands an order of the wizard to its desk, which is opened with the first one.
    fn add(&mut self, order: Order) {
        let case = self.case.clone();
        let (sender, limits) = (&self.sender, self.limits);
        let desk = self
            .desk
            .get_or_insert_with(|| Desk::start(case, limits, sender));
        let by = match self.by.trim() {
            "" => NOBODY,
            by => by,
        };
        desk.take(order, by, (self.now)());
    }

    /// Hands something to be written to the thread that writes, by the analyst and at the time it is.
    fn give(&self, errand: Errand) {
        if let Some(keeper) = &self.keeper {
            keeper.take(errand, self.named(), (self.now)());
        }
    }

    fn compute(&mut self, job: u64, since: Since) {
        let (Some(case), Some(pictures)) = (&self.case, &self.pictures) else {
            return;
        };
        let case = worker::hold(case).case().clone();
        // the worker ends only with the screen
        let view_as = self.view_as.clone();
        drop(pictures.send(worker::PictureJob {
            job,
            case,
            since,
            view_as,
        }));
    }

    fn write_pack(&self, ask: Ask, path: PathBuf, is_forced: bool) {
        let target = Target {
            path,
            is_forced,
            by: self.named().to_owned(),
            at: (self.now)(),
        };
        if let Some(press) = self.press.clone() {
            pack_out::write(press, ask, target, &self.sender);
        }
    }

    fn named(&self) -> &str {
        match self.by.trim() {
            "" => NOBODY,
            by => by,
        }
    }

    fn stop_search(&mut self) {
        if let Some(stop) = self.search.take() {
            stop.store(true, Ordering::Relaxed);
        }
    }

    /// Logs that a frame showed a withheld fact in full, once a session for each.
    pub fn note_seen(&mut self, model: &Model) {
        let fact = view::withheld(model).filter(|fact| !self.seen.contains(*fact));
        if let Some(fact) = fact.cloned() {
            self.give(Errand::Log(audit::Event::SawWithheld {
                fact: fact.to_string(),
            }));
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
