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
pub use super::place::{Lens, Place};
use super::sheet::Sheet;
use super::theme::Theme;
use super::viewing::ViewAs;
use crate::case::{Draft, DraftOf};
use crate::model::date::Day;
use crate::model::id::FactId;
use crate::picture::Picture;

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
    /// The sheets of share or not that were left half answered.
    pub left_sheets: Vec<Sheet>,
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
            left_sheets: Vec::new(),
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
        let open = open.map(Box::as_ref).into_iter();
        let sheets = open.chain(&self.left_sheets).filter_map(Sheet::draft);
        typed
            .into_iter()
            .chain(sheets)
            .chain(self.drafts.clone())
            .collect()
    }

    /// Whether the case holds no fact at all.
    pub fn is_empty(&self) -> bool {
        let facts = self.picture.as_ref();
        facts.is_some_and(|(picture, _)| picture.timeline.facts.is_empty())
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
