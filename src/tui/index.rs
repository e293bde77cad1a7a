//! What the screen looks up in a picture, computed once per picture and beside the drawing thread: the rows of each list,
//! flags by fact, facts by person and agency. A frame then costs what is visible, not what there is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::action::View;
use super::drawn::{self, Drawn};
use super::form::{Form, FormRow};
use super::lanes::Lanes;
use super::only::OnlyIndex;
use super::stake::Stake;
use crate::model::date::Day;
use crate::model::id::{AgencyId, FactId};
use crate::model::person::Outcome;
use crate::model::source::RowRef;
use crate::picture::{Picture, frame};

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A heading; it cannot be selected.
    Heading(String),
    /// A sentence that opens nothing.
    Text(String),
    /// A figure and what it opens.
    Figure {
        /// What is counted.
        label: String,
        /// The figure.
        value: String,
        /// What Enter opens.
        opens: Opens,
    },
    /// An agency, by its position among [`Index::agencies`].
    Agency(usize),
    /// A file.
    File(usize),
    /// A request.
    Request(usize),
    /// A compared pair.
    Pair(usize),
    /// A person.
    Person(usize),
    /// A group of the measures.
    Group(usize),
    /// A statement that needs no statistics.
    Statement(usize),
    /// A conclusion.
    Conclusion(usize),
    /// A flag.
    Flag(usize),
    /// The flags of one kind and strength: the first, and how many they are.
    Kind(usize, usize),
    /// A fact.
    Fact(usize),
    /// A decision, by its position among [`Index::decisions`].
    Decision(usize),
    /// A line of the case's log.
    LogLine(usize),
    /// A consultation.
    Consultation(usize),
    /// A section of the pack.
    Section(usize),
    /// A row of a form that no list has.
    Of(FormRow),
}

impl Row {
    /// Whether it can be selected.
    pub fn is_heading(&self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

/// What Enter on a figure opens.
#[derive(Debug, Clone, PartialEq)]
pub enum Opens {
    /// These facts.
    Facts(Arc<Vec<usize>>),
    /// A view.
    View(View),
    /// The worklist of flags, at this one.
    Flag(usize),
}

/// What one agency gave.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencySummary {
    /// Which.
    pub id: AgencyId,
    /// Facts that it tells.
    pub facts: Vec<usize>,
    /// How many of them are relied on.
    pub cited: usize,
    /// The days of its first and last fact.
    pub span: Option<(Day, Day)>,
    /// Its entries.
    pub entries: usize,
    /// Its records.
    pub records: usize,
    /// Positions of the files that hold something of it.
    pub files: BTreeSet<usize>,
    /// Rows of these files that were used and rejected.
    pub rows: (usize, usize),
    /// How many dated facts it tells in each month, by `yyyy-mm`; months without one are left out.
    pub months: BTreeMap<String, usize>,
}

impl AgencySummary {
    /// An agency of which nothing is counted yet.
    fn of_id(id: &AgencyId) -> Self {
        Self {
            id: id.clone(),
            facts: Vec::new(),
            cited: 0,
            span: None,
            entries: 0,
            records: 0,
            files: BTreeSet::new(),
            rows: (0, 0),
            months: BTreeMap::new(),
        }
    }
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Index {
    /// The rows of each view; those of the timeline are the facts themselves and not listed.
    pub rows: BTreeMap<View, Vec<Row>>,
    /// Flags by fact, strongest first.
    pub flags: BTreeMap<usize, Vec<usize>>,
    /// Flags by strength: 1, 2, 3.
    pub strengths: [usize; 3],
    /// Facts of each person.
    pub facts_of_person: Vec<Vec<usize>>,
    /// Facts that are cited and count in no figure: withheld, or outside the period.
    pub not_counted: BTreeSet<usize>,
    /// Agencies that supplied or are named, by id.
    pub agencies: Vec<AgencySummary>,
    /// Pairs by record.
    pub pairs_of_record: BTreeMap<usize, Vec<usize>>,
    /// Pairs that wait for an answer, those first on which most hangs, then the likeliest.
    pub queue: Vec<usize>,
    /// What hangs on each of them.
    pub stakes: BTreeMap<usize, Stake>,
    /// Facts by kind, basis and flag.
    pub only: OnlyIndex,
    /// Facts by id.
    pub ids: FxHashMap<FactId, usize>,
    /// All facts, in reading order.
    pub all: Arc<Vec<usize>>,
    /// The facts with a flag, in reading order.
    pub flagged: Arc<Vec<usize>>,
    /// Every decision of the case, by number; none while the screen is viewed as somebody.
    pub decisions: Arc<Vec<super::decided::Decided>>,
    /// As whom the screen is viewed.
    pub seen: Option<super::viewing::Seen>,
    /// The rows of each form that is no list.
    pub forms: BTreeMap<Form, Vec<Row>>,
    /// The facts of each agency by day.
    pub lanes: Lanes,
    /// What the forms are drawn from.
    pub drawn: Drawn,
}

impl Index {
    /// Computes it.
    pub fn of(picture: &Picture) -> Self {
        let mut index = Self {
            facts_of_person: vec![Vec::new(); picture.people.persons.len()],
            not_counted: picture.reliance.not_counted(),
            ..Self::default()
        };
        index.agencies = agencies(picture, &index);
        for (at, flag) in picture.flags.flags.iter().enumerate() {
            if let Some(count) = index
                .strengths
                .get_mut(usize::from(flag.strength.clamp(1, 3)) - 1)
            {
                *count += 1;
            }
            for fact in &flag.facts {
                index.flags.entry(*fact).or_default().push(at);
            }
        }
        index.flagged = Arc::new(index.flags.keys().copied().collect());
        for (at, fact) in picture.timeline.facts.iter().enumerate() {
            index.ids.insert(fact.id.clone(), at);
            for person in &fact.persons {
                if let Some(facts) = index.facts_of_person.get_mut(*person) {
                    facts.push(at);
                }
            }
        }
        index.all = Arc::new((0..picture.timeline.facts.len()).collect());
        for (at, pair) in picture.people.pairs.iter().enumerate() {
            for record in [pair.left, pair.right] {
                index.pairs_of_record.entry(record).or_default().push(at);
            }
            if matches!(pair.outcome, Outcome::Review | Outcome::Ambiguous) {
                index.queue.push(at);
            }
        }
        let pairs = &picture.people.pairs;
        let weight = |at: &usize| pairs.get(*at).map_or(0.0, |pair| pair.weight);
        let stakes = index.queue.iter();
        let stakes = stakes.map(|at| (*at, Stake::of(picture, &index, *at)));
        let stakes: BTreeMap<usize, Stake> = stakes.collect();
        let stake = |at: &usize| stakes.get(at).map(Stake::weight);
        index.queue.sort_by(|a, b| {
            let by_weight = weight(b).total_cmp(&weight(a)).then(a.cmp(b));
            stake(b).cmp(&stake(a)).then(by_weight)
        });
        index.stakes = stakes;
        index.only = OnlyIndex::of(picture);
        let facts = 0..picture.timeline.facts.len();
        let strengths = facts.map(|fact| index.strength(picture, fact)).collect();
        index.lanes = Lanes::of(picture, &index.agencies, strengths);
        index.drawn = Drawn::of(picture, &index);
        index.forms = drawn::rows::all(picture, &index.drawn);
        index.rows = super::rows::all(picture, &index);
        index
    }

    /// The rows of a view.
    pub fn rows(&self, view: View) -> &[Row] {
        self.rows.get(&view).map_or(&[], Vec::as_slice)
    }

    /// The rows of a view in one of its forms.
    pub fn rows_in(&self, view: View, form: Form) -> &[Row] {
        match form {
            Form::List | Form::Lanes => self.rows(view),
            form => self.forms.get(&form).map_or(&[], Vec::as_slice),
        }
    }

    /// The highest strength of a fact's flags; 0 without one.
    pub fn strength(&self, picture: &Picture, fact: usize) -> u8 {
        let first = self.flags.get(&fact).and_then(|flags| flags.first());
        first
            .and_then(|flag| picture.flags.flags.get(*flag))
            .map_or(0, |flag| flag.strength)
    }

    /// Whether a fact is relied on and counts among the n.
    pub fn is_counted(&self, picture: &Picture, fact: usize) -> bool {
        let cited_by = picture.timeline.facts.get(fact).map(|fact| &fact.cited_by);
        cited_by.is_some_and(|cited_by| !cited_by.is_empty()) && !self.not_counted.contains(&fact)
    }

    /// Where a fact is now.
    pub fn fact(&self, id: &FactId) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The strongest other pair that shares a record with this one: the best competing candidate.
    pub fn rival(&self, picture: &Picture, pair: usize) -> Option<usize> {
        let pairs = &picture.people.pairs;
        let this = pairs.get(pair)?;
        [this.left, this.right]
            .iter()
            .filter_map(|record| self.pairs_of_record.get(record))
            .flatten()
            .copied()
            .filter(|other| *other != pair)
            .filter_map(|other| pairs.get(other).map(|p| (other, p.weight)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(other, _)| other)
    }
}

fn agencies(picture: &Picture, index: &Index) -> Vec<AgencySummary> {
    let supplied = &picture.supplied;
    let mut found: BTreeMap<&AgencyId, AgencySummary> = BTreeMap::new();
    for agency in &supplied.agencies {
        found.insert(&agency.id, AgencySummary::of_id(&agency.id));
    }
    let file_of = |rows: &[RowRef], of: &mut AgencySummary| {
        of.files.extend(rows.iter().map(|row| row.file as usize));
    };
    for record in &supplied.records {
        let summary = found
            .entry(record.id.agency())
            .or_insert_with(|| AgencySummary::of_id(record.id.agency()));
        summary.records += 1;
        file_of(&record.rows, summary);
    }
    for entry in &supplied.entries {
        let summary = found
            .entry(entry.agency())
            .or_insert_with(|| AgencySummary::of_id(entry.agency()));
        summary.entries += 1;
        file_of(&entry.rows, summary);
    }
    for (at, fact) in picture.timeline.facts.iter().enumerate() {
        for id in &fact.agencies {
            let summary = found.entry(id).or_insert_with(|| AgencySummary::of_id(id));
            summary.facts.push(at);
            summary.cited += usize::from(index.is_counted(picture, at));
            if let Some(day) = fact.when.start() {
                let (first, last) = summary.span.unwrap_or((day, day));
                summary.span = Some((first.min(day), last.max(day)));
            }
        }
    }
    for (at, file) in supplied.files.iter().enumerate() {
        if let Some(summary) = file.agency.as_ref().and_then(|id| found.get_mut(id)) {
            summary.files.insert(at);
        }
    }
    let mut all: Vec<AgencySummary> = found.into_values().collect();
    for summary in &mut all {
        for file in summary
            .files
            .iter()
            .filter_map(|at| supplied.files.get(*at))
        {
            summary.rows.0 += file.used;
            summary.rows.1 += file.rejected;
        }
    }
    count_months(picture, &mut all);
    all
}

/// Counts the facts of each agency by month. A count that cannot be made is left out: the facts themselves are all there.
fn count_months(picture: &Picture, agencies: &mut [AgencySummary]) {
    for told in frame::activity(picture).unwrap_or_default() {
        let at = agencies.binary_search_by(|agency| agency.id.as_str().cmp(&told.agency));
        if let Some(summary) = at.ok().and_then(|at| agencies.get_mut(at))
            && !told.month.is_empty()
        {
            summary.months.insert(told.month, told.facts);
        }
    }
}
