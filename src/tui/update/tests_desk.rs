//! A screen over a case in memory, for tests that decide and see what follows.

use std::sync::Arc;

use crate::case::{Hand, OpenCase, Step, last_decided_by, last_taken_back_by, touches};
use crate::model::case::Case;
use crate::model::decision::standing;
use crate::model::settings::Settings;
use crate::model::words::Told;
use crate::picture::Picture;
use crate::tui::index::Row;
use crate::tui::keymap::Key;
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Held, Msg};
use crate::tui::pack::outline;
use crate::tui::sample::{case, screen};
use crate::tui::update::update;
use crate::tui::viewing::{self, copy_for};

use Key::{Char, Enter};

/// The case with one fact that the family was told of, so that they see something.
pub(super) fn told() -> Case {
    let mut case = case();
    let mut supplied = (*case.supplied).clone();
    supplied.entries[2].told = crate::model::phrase::Coded::Known(Told::Yes);
    case.supplied = Arc::new(supplied);
    case
}

/// A screen over a case in memory, and what carries its effects out.
pub(super) struct Desk {
    pub(super) model: Model,
    pub(super) open: OpenCase,
    pub(super) whole: Arc<Picture>,
    pub(super) settings: Settings,
}

impl Desk {
    pub(super) fn new() -> Self {
        let open = OpenCase::in_memory(told());
        let settings = Settings::of_config(&open.case().supplied.config);
        let whole = Arc::new(Picture::of(open.case(), &settings).unwrap());
        let mut desk = Self {
            model: screen(80, 24),
            open,
            whole,
            settings,
        };
        desk.compute(0);
        desk
    }

    /// Presses keys and does what follows, as the loop would.
    pub(super) fn press(&mut self, keys: &[Key]) -> Vec<Effect> {
        let mut all = Vec::new();
        for key in keys {
            let effects = update(&mut self.model, Msg::Key(*key));
            all.extend(effects.clone());
            self.carry_out(effects);
        }
        all
    }

    pub(super) fn typed(&mut self, text: &str) -> Vec<Effect> {
        let letters: Vec<Key> = text.chars().map(Char).collect();
        let mut all = self.press(&letters);
        all.extend(self.press(&[Enter]));
        all
    }

    pub(super) fn compute(&mut self, job: u64) {
        let whole = Picture::of(self.open.case(), &self.settings).unwrap();
        self.whole = Arc::new(whole);
        let view_as = self.model.view_as.clone();
        let shown = viewing::shown(
            &self.whole,
            self.open.case(),
            &self.settings,
            view_as.as_ref(),
        );
        let (picture, index) = shown.unwrap();
        let effects = update(&mut self.model, Msg::PictureReady(job, picture, index));
        self.carry_out(effects);
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Compute { job, .. } => self.compute(job),
                Effect::Decide {
                    verdicts,
                    why,
                    then,
                } => {
                    let verdicts = verdicts.into_iter().map(|one| (one, Vec::new()));
                    let verdicts = verdicts.collect();
                    self.decide(Step { verdicts, why }, then);
                }
                Effect::DecideOn {
                    verdict,
                    evidence,
                    why,
                    then,
                } => {
                    let verdicts = vec![(verdict, evidence)];
                    self.decide(Step { verdicts, why }, then);
                }
                Effect::Undo => {
                    let made = self.open.undo(HAND).unwrap();
                    let since = made.iter().map(touches).min().unwrap();
                    let msg = Msg::Turned("Taken back.".into(), self.held(), since);
                    let effects = update(&mut self.model, msg);
                    self.carry_out(effects);
                }
                Effect::LayOut { job, ask } => {
                    let to = (ask.whom.clone(), ask.purpose);
                    let copy = copy_for(&self.whole, self.open.case(), &self.settings, to);
                    let done = outline(&copy.unwrap(), &ask);
                    update(&mut self.model, Msg::PackReady(job, Ok(Arc::new(done))));
                }
                _ => {}
            }
        }
    }

    pub(super) fn decide(&mut self, step: Step, then: crate::tui::msg::Then) {
        let made = self.open.decide(step, HAND).unwrap();
        let since = made.iter().map(touches).min().unwrap();
        let msg = Msg::Decided(then, self.held(), since);
        let effects = update(&mut self.model, msg);
        self.carry_out(effects);
    }

    pub(super) fn held(&self) -> Held {
        let decisions = &self.open.case().decisions;
        Held {
            decided: standing(decisions).count(),
            can_undo: last_decided_by(decisions).is_some(),
            can_redo: last_taken_back_by(decisions).is_some(),
        }
    }

    pub(super) fn facts(&self) -> usize {
        self.model.picture.as_ref().unwrap().0.timeline.facts.len()
    }

    pub(super) fn view_as(&mut self, who: &str, purpose: &str) {
        self.press(&[Char('a')]);
        self.typed(who);
        self.typed(purpose);
    }
}

const HAND: Hand<'static> = Hand {
    by: "A. Analyst",
    at: 60,
};

pub(super) fn rows(model: &Model) -> Vec<Row> {
    let rows = (0..model.place().shown.len()).filter_map(|at| model.row(at));
    rows.collect()
}
