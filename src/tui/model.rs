//! The state of the screen: plain data, without handles, threads or widgets. Only `update` changes it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::action::{Action, View};
use super::adding::Adding;
use super::choice::Choice;
use super::drawn::FormsPlace;
use super::form::Form;
use super::index::{Index, Row};
use super::keymap::Context;
use super::lanes::LanesPlace;
use super::layout;
pub use super::layout::Pane;
use super::lock::Lock;
use super::log::Log;
use super::msg::{Held, Progress};
use super::oneline::OneLine;
use super::only::Only;
use super::pack::Room;
use super::pick::Pick;
use super::sheet::Sheet;
use super::theme::Theme;
use super::viewing::ViewAs;
use super::{text, tour};
use crate::case::{Draft, DraftOf};
use crate::model::date::Day;
use crate::model::id::FactId;
use crate::picture::Picture;

/// Columns of what stands behind the title of a choice of facts.
const BANNER_REST: usize = 38;
/// Columns at the right end of the status line that tell of a running job.
const JOB_ROOM: usize = 22;

/// Where one view stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// The selected row, as a position in `shown`; always in bounds, never a heading, or 0 in an empty list.
    pub at: usize,
    /// The first row that is visible.
    pub top: usize,
    /// Which pane the keys move.
    pub pane: Pane,
    /// How many lines of the detail pane are scrolled away.
    pub scroll: usize,
    /// What the list is filtered by; empty: not.
    pub query: String,
    /// How it is shown.
    pub form: Form,
    /// The rows to show: facts in the timeline, else positions in the view's rows.
    pub shown: Arc<Vec<usize>>,
}

/// A choice of facts that the timeline is narrowed to, opened from a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Lens {
    /// Which facts these are.
    pub title: String,
    /// The facts, in reading order, by their positions in the picture that is shown.
    pub facts: Arc<Vec<usize>>,
    /// Where Esc goes back to …
    pub from: View,
    /// … in which form …
    pub form: Form,
    /// … and narrowed to what.
    pub before: Option<Box<Lens>>,
}

impl Lens {
    /// The same facts in a picture that is computed anew, so that the list does not move under a hand.
    pub fn follow(&mut self, old: &Picture, new: &Index) {
        let facts = self.facts.iter();
        let facts = facts.filter_map(|at| old.timeline.facts.get(*at));
        let mut facts: Vec<usize> = facts.filter_map(|fact| new.fact(&fact.id)).collect();
        facts.sort_unstable();
        self.facts = Arc::new(facts);
        if let Some(before) = &mut self.before {
            before.follow(old, new);
        }
    }
}

/// What lies over the view.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys and words of this place, scrolled by so many lines.
    Help(usize),
    /// All actions, by name: what is typed and the selected one.
    Palette(String, usize),
    /// The filter of the view is being typed.
    Search,
    /// The name of who decides is being typed; then the action goes on that asked for it.
    Name(String, Option<Action>),
    /// A reason or a note is being typed: what it is to become, and what is typed so far.
    Text(DraftOf, String),
    /// One of several is being chosen.
    Choice(Choice),
    /// A recipient, an agency, a meeting or the like is being chosen.
    Pick(Pick),
    /// One line is being typed: the question of a request, a day, the name of a file.
    OneLine(OneLine),
    /// The questions of share or not.
    Share(Box<Sheet>),
    /// A file is being added.
    Adding(Box<Adding>),
}

/// The state of the screen.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own, in any combination"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The title of the case.
    pub title: String,
    /// Who decides.
    pub by: String,
    /// What is worth knowing while decisions will not be kept.
    pub notice: Option<String>,
    /// Whether decisions outlive the session.
    pub is_kept: bool,
    /// The colours.
    pub theme: Theme,
    /// Whether the mouse is used; else the terminal selects text with it.
    pub mouse: bool,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// How far reading has come; `None` once there is a picture.
    pub loading: Option<Progress>,
    /// The picture and what is looked up in it.
    pub picture: Option<(Arc<Picture>, Arc<Index>)>,
    /// The view that is shown.
    pub view: View,
    /// Where each view stands, in the order of [`View::ALL`].
    pub places: [Place; View::ALL.len()],
    /// What the timeline is narrowed to.
    pub lens: Option<Lens>,
    /// What the timeline is narrowed to beside a search.
    pub only: Vec<Only>,
    /// Where the other forms stand.
    pub forms: FormsPlace,
    /// Where the swim lanes stand.
    pub lanes: LanesPlace,
    /// What lies over the view.
    pub overlay: Option<Overlay>,
    /// What the status line says, until the next key.
    pub status: String,
    /// The step of the tour.
    pub tour: Option<usize>,
    /// The last number given to a job.
    pub jobs: u64,
    /// The job that computes a picture.
    pub computing: Option<u64>,
    /// The job that filters.
    pub filtering: Option<u64>,
    /// Results of jobs up to this number are dropped.
    pub stopped: u64,
    /// Whether a stop left the picture behind the decisions.
    pub is_behind: bool,
    /// Marks that the picture does not show yet.
    pub pending: BTreeMap<FactId, bool>,
    /// Whether decisions are being written; until then no other is made.
    pub writing: bool,
    /// What is decided.
    pub held: Held,
    /// Texts that were being typed when the case was last left, still to be offered.
    pub drafts: Vec<Draft>,
    /// The lock, while the screen is locked. What lies under it stays as it was.
    pub lock: Option<Lock>,
    /// How often a wrong passphrase was typed since the right one.
    pub wrong: u32,
    /// Whether the question "leave, though decisions will not be kept?" has been put.
    pub is_leaving: bool,
    /// How many ticks a job has run; moves the sign that something is going on.
    pub ticks: usize,
    /// How long the last picture took, as far as ticks tell; zero before there was one.
    pub took: Duration,
    /// Why there is nothing to show, when reading failed.
    pub failure: Option<String>,
    /// As whom the screen is to be viewed; the analyst when `None`.
    pub view_as: Option<ViewAs>,
    /// The questions of share or not that were left half answered.
    pub left_sheet: Option<Box<Sheet>>,
    /// The pack that is looked at.
    pub pack: Room,
    /// The rows of the pack.
    pub pack_rows: Arc<Vec<Row>>,
    /// The log of the case.
    pub log: Log,
    /// The rows of the audit.
    pub audit: Arc<Vec<Row>>,
    /// The day that it is, where it is known.
    pub today: Option<Day>,
}

impl Model {
    /// The state before anything is read.
    pub fn new(title: &str, by: &str, size: (u16, u16)) -> Self {
        Self {
            title: title.to_owned(),
            by: by.to_owned(),
            notice: None,
            is_kept: false,
            theme: Theme::default(),
            mouse: true,
            size,
            loading: Some(Progress::default()),
            picture: None,
            view: View::Overview,
            places: Default::default(),
            lens: None,
            only: Vec::new(),
            forms: FormsPlace::default(),
            lanes: LanesPlace::default(),
            overlay: None,
            status: String::new(),
            tour: None,
            jobs: 0,
            computing: None,
            filtering: None,
            stopped: 0,
            is_behind: false,
            pending: BTreeMap::new(),
            writing: false,
            held: Held::default(),
            drafts: Vec::new(),
            lock: None,
            wrong: 0,
            is_leaving: false,
            ticks: 0,
            took: Duration::ZERO,
            failure: None,
            view_as: None,
            left_sheet: None,
            pack: Room::default(),
            pack_rows: Arc::default(),
            log: Log::default(),
            audit: Arc::default(),
            today: None,
        }
    }

    /// Where keys have a meaning now.
    pub fn context(&self) -> Context {
        match &self.overlay {
            _ if self.lock.is_some() => Context::Locked,
            Some(Overlay::Help(_)) => Context::Help,
            Some(Overlay::Adding(adding)) if adding.is_list() => Context::Adding,
            Some(_) => Context::Typing,
            None if self.picture.is_none() => Context::Loading,
            None => match self.place().form {
                Form::List => Context::In(self.view),
                form => Context::Of(form),
            },
        }
    }

    /// Where the view that is shown stands.
    pub fn place(&self) -> &Place {
        self.place_at(self.view)
    }

    /// Where a view stands.
    pub fn place_at(&self, view: View) -> &Place {
        &self.places[view.index()]
    }

    /// Where the view that is shown stands, to change it.
    pub fn place_mut(&mut self) -> &mut Place {
        self.place_of(self.view)
    }

    /// Where a view stands, to change it.
    pub fn place_of(&mut self, view: View) -> &mut Place {
        &mut self.places[view.index()]
    }

    /// The row at a position of the list that is shown.
    pub fn row(&self, at: usize) -> Option<Row> {
        let (_, index) = self.picture.as_ref()?;
        let shown = *self.place().shown.get(at)?;
        if self.view == View::Timeline {
            return Some(Row::Fact(shown));
        }
        self.rows_of(self.view, index).get(shown).cloned()
    }

    /// The rows of a view in the form it has, filtered or not.
    pub fn rows_of<'a>(&'a self, view: View, index: &'a Index) -> &'a [Row] {
        match view {
            View::Audit => &self.audit,
            View::Pack => &self.pack_rows,
            _ => index.rows_in(view, self.place_at(view).form),
        }
    }

    /// The selected row.
    pub fn selected(&self) -> Option<Row> {
        // on a cell without facts no fact is selected, though the list remembers one
        if self.place().form == Form::Lanes && !self.lanes.is_on_fact {
            return None;
        }
        self.row(self.place().at).filter(|row| !row.is_heading())
    }

    /// The selected fact.
    pub fn selected_fact(&self) -> Option<usize> {
        match self.selected() {
            Some(Row::Fact(fact)) => Some(fact),
            _ => None,
        }
    }

    /// Whether a fact is relied on, marks included that the picture does not show yet.
    pub fn is_relied_on(&self, fact: usize) -> bool {
        let fact = self
            .picture
            .as_ref()
            .and_then(|(picture, _)| picture.timeline.facts.get(fact));
        fact.is_some_and(|fact| {
            let pending = self.pending.get(&fact.id).copied();
            pending.unwrap_or(!fact.cited_by.is_empty())
        })
    }

    /// Whether the view has a detail pane.
    pub fn has_detail(&self) -> bool {
        self.view != View::Overview
    }

    /// The lines over the list: what it is narrowed to.
    pub fn banner(&self) -> Option<String> {
        let place = self.place();
        let lens = self.lens.as_ref().filter(|_| self.view == View::Timeline);
        let is_typing = self.overlay == Some(Overlay::Search);
        if place.query.is_empty() && !is_typing && place.form == Form::KnockOut {
            return self.without();
        }
        let only = self.only_words();
        if lens.is_none() && only.is_empty() && place.query.is_empty() && !is_typing {
            return None;
        }
        let mut banner = String::new();
        if let Some(lens) = lens {
            // a long title must not push out how many they are and how to leave
            let room = usize::from(self.size.0).saturating_sub(BANNER_REST);
            banner = format!("Only: {}. ", text::fit(&lens.title, room.max(20)));
        }
        if !only.is_empty() {
            banner = format!("{banner}Only {only}. ");
        }
        if is_typing || !place.query.is_empty() {
            banner = format!(
                "{banner}Filter: {}{} ",
                place.query,
                if is_typing { "_" } else { "." }
            );
        }
        let what = if self.filtering.is_some() {
            "searching"
        } else {
            "shown"
        };
        Some(format!(
            "{banner}{} {what}. Esc: all again.",
            place.shown.len()
        ))
    }

    /// What the timeline is narrowed to beside a search, in words; empty elsewhere.
    fn only_words(&self) -> String {
        let picture = self.picture.as_ref();
        let Some((picture, _)) = picture.filter(|_| self.view == View::Timeline) else {
            return String::new();
        };
        let words: Vec<String> = self.only.iter().map(|one| one.words(picture)).collect();
        words.join("; ")
    }

    /// What falls without the agencies that are switched off; `None` while none is.
    fn without(&self) -> Option<String> {
        let (picture, _) = self.picture.as_ref()?;
        let names = self.forms.off.iter();
        let names: Vec<&str> = names.map(|id| picture.supplied.agency_name(id)).collect();
        if names.is_empty() {
            return None;
        }
        let fall = self.forms.fall;
        Some(format!(
            "Falls: {} of {} conclusions, {} weaker. Without {}. 0: all on.",
            fall.fallen,
            fall.all,
            fall.weaker,
            names.join(", ")
        ))
    }

    /// What the status line says, broken into lines: the answer to the last key, the tour, or what is always worth knowing.
    pub fn status_lines(&self) -> Vec<String> {
        let tour = tour::words(self);
        let standing = || {
            let notice = self.notice.clone().filter(|_| !self.is_kept);
            notice.unwrap_or_else(|| match self.by.trim() {
                "" => "Your name is asked at your first decision.".to_owned(),
                by => format!("Decisions are by {by}."),
            })
        };
        let words = match (self.status.is_empty(), tour) {
            (false, _) => self.status.clone(),
            (true, Some(tour)) => tour,
            (true, None) => standing(),
        };
        let is_busy = self.computing.is_some() || self.filtering.is_some() || self.is_behind;
        let room = match self.time_left() {
            Some(words) => JOB_ROOM + text::columns(&words) + 2,
            None if is_busy => JOB_ROOM,
            None => 1,
        };
        let mut lines = text::wrap(&words, usize::from(self.size.0).saturating_sub(room));
        lines.truncate(3);
        lines
    }

    /// Texts that are typed and not decided yet, those still to be offered among them.
    pub fn unfinished(&self) -> Vec<Draft> {
        let typed = match &self.overlay {
            Some(Overlay::Text(of, text)) => Some((of.clone(), text)),
            Some(Overlay::Choice(choice)) => choice.draft_of().map(|of| (of, &choice.query)),
            _ => None,
        };
        let typed = typed.filter(|(_, text)| !text.trim().is_empty());
        let typed = typed.map(|(of, text)| Draft {
            of,
            text: text.clone(),
        });
        let open = match &self.overlay {
            Some(Overlay::Share(sheet)) => Some(sheet),
            _ => None,
        };
        let sheets = open.into_iter().chain(&self.left_sheet);
        let sheets = sheets.filter_map(|sheet| sheet.draft());
        typed
            .into_iter()
            .chain(sheets)
            .chain(self.drafts.clone())
            .collect()
    }

    /// Where everything is drawn; `None` when the terminal is too small.
    pub fn areas(&self) -> Option<layout::Areas> {
        layout::areas(&layout::Wanted {
            size: self.size,
            has_banner: self.banner().is_some(),
            detail: self.has_detail().then_some(self.place().pane),
            has_columns: self.view == View::Timeline || self.place().form == Form::Silence,
            is_table: self.place().form.is_table(),
            is_drawing: self.place().form.is_drawing(),
            status: self.status_lines().len() as u16,
        })
    }
}
