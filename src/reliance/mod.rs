//! Sets what is available against what is relied on, and raises the flags worth checking. The picture is judged, not people.

mod absence;
mod addressee;
mod concentration;
mod conclusions;
mod contributions;
mod evidence;
mod flags;
mod groups;
mod holm;
mod hypergeometric;
mod knockout;
mod links;
mod map;
mod questions;
mod sentence;
mod sides;
mod silence;
mod statements;
mod tarone;
mod thresholds;
mod wilson;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_at_scale;

pub use map::{Month, SilenceMap, State, silence_map};
pub use questions::{Question, Questions, questions};
pub use sentence::spoken;
pub use thresholds::{Threshold, thresholds, wrong_threshold};

use std::collections::{BTreeMap, BTreeSet};

use crate::model::basis::Vocabulary;
use crate::model::date::Day;
use crate::model::decision::Decision;
use crate::model::fact::Timeline;
use crate::model::id::{AgencyId, ConclusionId};
use crate::model::person::{Outcome, People};
use crate::model::settings::{Config, Settings};
use crate::model::supply::Supplied;

/// What the measures and flags are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// What the agencies supplied.
    pub supplied: &'a Supplied,
    /// Who is who.
    pub people: &'a People,
    /// The merged facts, judged by the room `sharing`.
    pub timeline: &'a Timeline,
    /// For each fact `None` when it is available, or why it is withheld; facts outside the period are neither (`outside`).
    pub withheld: &'a [Option<String>],
    /// For each fact whether it lies outside the period asked for.
    pub outside: &'a [bool],
    /// What the validity checks of `sharing` found: entry index, problem, fix.
    pub faults: &'a [(usize, String, String)],
    /// For each fact what its cells hold that not everybody may see. Facts beyond the end hold nothing.
    pub exposed: &'a [Exposed],
    /// For each record whether its address must not be read out.
    pub guarded: &'a [bool],
    /// The decisions of the case.
    pub decisions: &'a [Decision],
    /// The vocabulary in force.
    pub vocabulary: &'a Vocabulary,
    /// The settings; `own_agency` and `as_of` resolved.
    pub settings: &'a Settings,
    /// What `case.toml` says.
    pub config: &'a Config,
    /// The date at which all is judged.
    pub as_of: Day,
}

/// What the cells of a fact hold that not everybody may see, as the room `sharing` knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exposed {
    /// An address, telephone number or the like of somebody whose address is protected.
    pub detail: bool,
    /// The name of somebody who reported something.
    pub reporter: bool,
}

/// How facts are grouped, in the order of `reliance.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grouping {
    /// By agency of origin.
    Agency,
    /// Own agency and others.
    Own,
    /// By channel.
    Channel,
    /// Recent and older.
    Recency,
    /// Strengths and concerns.
    Polarity,
}

/// What a measure says of one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SideVerdict {
    /// Nothing is cited, or there is nothing to cite.
    NotComputed,
    /// Even the most extreme outcome would not reach .05.
    TooFew,
    /// Flagged.
    Flag,
    /// Worth a question.
    Look,
    /// Nothing to see.
    None,
}

/// The measures M1 to M3 of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMeasure {
    /// The grouping.
    pub grouping: Grouping,
    /// The group's name.
    pub group: String,
    /// K: available facts of the group.
    pub available: usize,
    /// x: those of them that are cited.
    pub cited: usize,
    /// E.
    pub expected: Option<f64>,
    /// u with its Wilson interval.
    pub uptake: Option<(f64, f64, f64)>,
    /// RR.
    pub ratio: Option<f64>,
    /// `p_under`, `p_over`.
    pub p: Option<(f64, f64)>,
    /// The same, Holm-adjusted over the groups of the grouping.
    pub p_adjusted: Option<(f64, f64)>,
    /// The smallest that they could have been.
    pub smallest_p: Option<(f64, f64)>,
    /// Under.
    pub verdict_under: SideVerdict,
    /// Over.
    pub verdict_over: SideVerdict,
    /// In words.
    pub sentence: String,
    /// Indexes of the K facts.
    pub facts: Vec<usize>,
}

/// M7: how concentrated a set of facts is on few agencies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Concentration {
    /// Share of credits of each agency (or `unknown`); each fact gives 1/k to each of its k origins.
    pub shares: BTreeMap<String, f64>,
    /// Σ s².
    pub hhi: Option<f64>,
    /// 1 / HHI.
    pub effective: Option<f64>,
    /// H / ln k; `None` for k ≤ 1.
    pub evenness: Option<f64>,
}

/// One conclusion and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    /// Its id.
    pub id: ConclusionId,
    /// The statement, as supplied.
    pub text: String,
    /// Indexes of the facts it cites, available ones only.
    pub facts: Vec<usize>,
    /// Indexes of cited facts that are withheld or outside the period: they count in no x and no n.
    pub not_counted: Vec<usize>,
    /// Agencies that are origins of its facts, sorted; `unknown` is not among them.
    pub origins: Vec<AgencyId>,
}

/// M6: what falls when an agency's origins are taken away.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnockOut {
    /// How many conclusions there are.
    pub conclusions: usize,
    /// Conclusions left with no origin when this agency's are taken away, by agency.
    pub unsupported: BTreeMap<AgencyId, usize>,
    /// The smallest set of agencies whose removal leaves at least half of the conclusions unsupported; empty when there are none.
    pub smallest_set: Vec<AgencyId>,
    /// What falls when two records are not the same person, by record.
    pub links: Vec<LinkKnockOut>,
}

/// What falls when a link between two records does not hold, or an open one is not what it is taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkKnockOut {
    /// Indexes of the two records, the smaller id first.
    pub records: [usize; 2],
    /// Probability that they are one person.
    pub probability: f64,
    /// Whether they are linked now, or a question.
    pub outcome: Outcome,
    /// Indexes of the cited facts that would be about somebody else.
    pub facts: Vec<usize>,
    /// Conclusions left without a fact.
    pub fall: Vec<ConclusionId>,
    /// Conclusions that lose some of their facts.
    pub weaker: Vec<ConclusionId>,
    /// In words.
    pub sentence: String,
}

/// M8: what an agency told about somebody while it worked with them. A description, never a flag of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The agency.
    pub agency: AgencyId,
    /// Index of the person.
    pub person: usize,
    /// How long it is known to have worked with them, in months.
    pub months: f64,
    /// The longest silence, in days, from the start and to the end included.
    pub longest: i64,
    /// The same as a share of the whole time.
    pub share: f64,
    /// The chance of a silence at least as long among as many facts at random times; `None` without facts.
    pub chance: Option<f64>,
    /// In words.
    pub sentence: String,
    /// Indexes of the facts, by day.
    pub facts: Vec<usize>,
}

/// M9: of two agencies that disagree, whose side the conclusions cite.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedSides {
    /// The two agencies, the smaller id first.
    pub agencies: [AgencyId; 2],
    /// In how many disagreements the side of each is cited and the other one's is not.
    pub cited: [usize; 2],
    /// The sign test, from six disagreements on.
    pub p: Option<f64>,
    /// Indexes of the facts of both sides.
    pub facts: Vec<usize>,
    /// In words.
    pub sentence: String,
}

/// Available against relied on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reliance {
    /// N: available facts.
    pub facts: usize,
    /// n: those relied on.
    pub cited: usize,
    /// Facts withheld, by reason.
    pub withheld: BTreeMap<String, Vec<usize>>,
    /// M1 to M3, in the order of `reliance.csv`.
    pub groups: Vec<GroupMeasure>,
    /// M4: statements that need no statistics, with the facts behind them.
    pub statements: Vec<(String, Vec<usize>)>,
    /// M7 of the available facts.
    pub available: Concentration,
    /// M7 of those relied on.
    pub relied_on: Concentration,
    /// Conclusions, by id.
    pub conclusions: Vec<Conclusion>,
    /// M6.
    pub knock_out: KnockOut,
    /// M8, by agency, then person.
    pub contributions: Vec<Contribution>,
    /// M9, by the ids of both agencies.
    pub sides: Vec<CitedSides>,
}

/// Something about the picture that is worth checking.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    /// Made from code, agency, persons and the smallest entry id of its facts.
    pub id: String,
    /// Its code.
    pub code: &'static str,
    /// 3 blocks a safe pack, 2 check before the meeting, 1 note.
    pub strength: u8,
    /// `over`, `under` or empty.
    pub direction: &'static str,
    /// Agency ids; an agency that supplied nothing by its kind.
    pub agencies: Vec<String>,
    /// `recency=older` and the like for groupings other than agency.
    pub group: String,
    /// Indexes of the persons.
    pub persons: Vec<usize>,
    /// The value that met the rule, as printed.
    pub value: String,
    /// The threshold, as printed.
    pub threshold: String,
    /// One sentence, fit to be read aloud to the family.
    pub sentence: String,
    /// Indexes of the facts behind it.
    pub facts: Vec<usize>,
    /// What would clear it.
    pub would_clear: String,
    /// Who explained it and why (`NAME: reason`), or empty.
    pub explained_by: String,
}

/// The flags of a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flags {
    /// By strength (3 first), code, id.
    pub flags: Vec<Flag>,
    /// Flags that could not be judged, by code: why.
    pub cannot_judge: BTreeMap<&'static str, String>,
}

impl Flags {
    /// How many flags there are of a strength.
    pub fn of_strength(&self, strength: u8) -> usize {
        let flags = self.flags.iter();
        flags.filter(|flag| flag.strength == strength).count()
    }
}

impl Reliance {
    /// The facts that conclusions cite and that count in no x and no n.
    pub fn not_counted(&self) -> BTreeSet<usize> {
        let conclusions = self.conclusions.iter();
        conclusions
            .flat_map(|one| one.not_counted.iter().copied())
            .collect()
    }
}

impl Input<'_> {
    /// Whether a fact is available: inside the period, and not withheld.
    pub fn is_available(&self, fact: usize) -> bool {
        self.is_inside(fact) && self.withheld.get(fact).is_none_or(Option::is_none)
    }

    /// What the cells of a fact hold that not everybody may see.
    pub fn exposed(&self, fact: usize) -> Exposed {
        self.exposed.get(fact).copied().unwrap_or_default()
    }

    /// Whether the address of a record must not be read out.
    pub fn is_guarded(&self, record: usize) -> bool {
        let record = self.guarded.get(record).copied();
        record.unwrap_or(false)
    }

    /// Whether a fact lies in the period asked for, withheld or not.
    pub fn is_inside(&self, fact: usize) -> bool {
        !self.outside.get(fact).copied().unwrap_or(false)
    }
}

/// Computes the measures.
pub fn measure(input: &Input<'_>) -> Reliance {
    let facts = &input.timeline.facts;
    let available = || {
        let all = facts.iter().enumerate();
        all.filter(|(at, _)| input.is_available(*at))
            .map(|(_, fact)| fact)
    };
    let relied_on = || available().filter(|fact| !fact.cited_by.is_empty());
    let mut withheld: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, reason) in input.withheld.iter().enumerate() {
        if let Some(reason) = reason.as_ref().filter(|_| input.is_inside(at)) {
            withheld.entry(reason.clone()).or_default().push(at);
        }
    }
    let groups = groups::measure(input);
    let conclusions = conclusions::of(input);
    let supplying = input.supplied.agencies.iter().filter(|a| a.supplied);
    Reliance {
        facts: available().count(),
        cited: relied_on().count(),
        withheld,
        statements: statements::of(input, &groups, &conclusions),
        available: concentration::of(available()),
        relied_on: concentration::of(relied_on()),
        knock_out: KnockOut {
            links: links::of(input, &conclusions),
            ..knockout::of(&conclusions, supplying.map(|a| &a.id))
        },
        contributions: contributions::of(input),
        sides: sides::of(input),
        groups,
        conclusions,
    }
}

/// Raises the flags.
pub fn raise(input: &Input<'_>, reliance: &Reliance) -> Flags {
    flags::raise(input, reliance)
}
