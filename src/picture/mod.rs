//! Puts the rooms together: a picture is computed from a case and its settings, and from nothing else.

pub mod frame;
mod settle;

pub use settle::recipient;

use std::sync::Arc;
use std::time::Instant;

use crate::model::basis::{Jurisdiction, Vocabulary};
use crate::model::case::Case;
use crate::model::date::Day;
use crate::model::fact::Timeline;
use crate::model::person::People;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::reliance::{Flags, Reliance};
use crate::sharing::{Answer, Conditions, Rules, Viewing, may_see};
use crate::{people, reliance, timeline};

/// What is computed from a case: always the same from the same case and settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What the agencies supplied.
    pub supplied: Arc<Supplied>,
    /// What it was computed for; `as_of`, `own_agency` and `jurisdiction` are filled in.
    pub settings: Settings,
    /// The date at which everything is judged.
    pub as_of: Day,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// The vocabulary in force.
    pub vocabulary: Arc<Vocabulary>,
    /// Who is who.
    pub people: Arc<People>,
    /// The merged facts.
    pub timeline: Arc<Timeline>,
    /// What `may_see` looks at, for each fact.
    pub conditions: Arc<Vec<Conditions>>,
    /// For each fact whether the settings' recipient may see it.
    pub answers: Vec<Answer>,
    /// For each fact whether it lies outside the period asked for.
    pub outside: Vec<bool>,
    /// Faults of basis: entry index, problem, fix.
    pub faults: Arc<Vec<(usize, String, String)>>,
    /// Available against relied on.
    pub reliance: Reliance,
    /// What is worth checking.
    pub flags: Flags,
    /// How long each stage took.
    pub seconds: Stages,
}

/// Seconds by stage. Two pictures are equal whatever these say.
#[derive(Debug, Clone, Default)]
pub struct Stages(pub Vec<(&'static str, f64)>);

impl PartialEq for Stages {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// A data file of the vocabulary cannot be read.
    #[error(
        "the vocabulary of basis codes cannot be read: {0}\n  hint: this is a fault of the program or of the hub's own file"
    )]
    Vocabulary(String),
}

/// How much of a picture must be computed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// All of it.
    Exports,
    /// From the timeline on: who is who has not changed.
    Echoes,
    /// The measures and flags alone: only citations or explanations changed.
    Citations,
}

impl Picture {
    /// Computes the picture of a case.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn of(case: &Case, settings: &Settings) -> Result<Self, PictureError> {
        Self::again(case, settings, None)
    }

    /// Computes the picture of a case, taking over from an earlier one of the same exports and settings what the decisions
    /// made since do not touch. The result is the same as that of [`Picture::of`]; only the time it takes differs.
    pub fn again(
        case: &Case,
        settings: &Settings,
        earlier: Option<(&Self, Since)>,
    ) -> Result<Self, PictureError> {
        let mut clock = Clock::start();
        let supplied = Arc::clone(&case.supplied);
        let (as_of, own_agency) = (
            settle::as_of(&supplied, settings),
            settle::own_agency(&supplied, settings),
        );
        let (jurisdiction, vocabulary) = match earlier {
            Some((picture, _)) => (picture.jurisdiction, Arc::clone(&picture.vocabulary)),
            None => {
                let jurisdiction =
                    settle::jurisdiction(&supplied, settings).map_err(PictureError::Vocabulary)?;
                (
                    jurisdiction,
                    Arc::new(Vocabulary::of(jurisdiction).map_err(PictureError::Vocabulary)?),
                )
            }
        };
        let settings = Settings {
            as_of: Some(as_of),
            own_agency,
            jurisdiction: Some(jurisdiction),
            ..settings.clone()
        };
        let people = match earlier {
            Some((picture, since)) if since > Since::Exports => Arc::clone(&picture.people),
            _ => Arc::new(people::resolve(&supplied, &case.decisions, &settings)),
        };
        clock.lap("people");
        let rules = Rules::of(&supplied, &vocabulary, settings.own_agency.as_ref());
        let mut merged = match earlier {
            Some((picture, Since::Citations)) => (*picture.timeline).clone(),
            _ => timeline::merge(&supplied, &people, &case.decisions),
        };
        timeline::cite(&supplied, &case.decisions, &mut merged);
        clock.lap("timeline");
        let (conditions, faults) = match earlier {
            Some((picture, Since::Citations)) => {
                (Arc::clone(&picture.conditions), Arc::clone(&picture.faults))
            }
            _ => {
                rules.judge(&supplied, &vocabulary, as_of, &mut merged.facts);
                let conditions = merged
                    .facts
                    .iter()
                    .map(|fact| rules.conditions(&supplied, &vocabulary, fact))
                    .collect();
                let faults = rules
                    .faults(&supplied, &vocabulary)
                    .into_iter()
                    .map(|f| (f.entry, f.problem, f.fix))
                    .collect();
                (Arc::new(conditions), Arc::new(faults))
            }
        };
        let viewing = Viewing {
            recipient: settings.recipient.as_ref(),
            purpose: settings.purpose,
            date: as_of,
        };
        let answers: Vec<Answer> = conditions
            .iter()
            .map(|conditions| may_see(conditions, &viewing))
            .collect();
        let outside: Vec<bool> = merged
            .facts
            .iter()
            .map(|fact| settle::is_outside(&fact.when, settings.period))
            .collect();
        clock.lap("sharing");
        let withheld: Vec<Option<String>> = answers
            .iter()
            .map(|answer| (!answer.is_yes()).then(|| answer.text().to_owned()))
            .collect();
        let input = reliance::Input {
            supplied: &supplied,
            people: &people,
            timeline: &merged,
            withheld: &withheld,
            outside: &outside,
            faults: &faults,
            decisions: &case.decisions,
            vocabulary: &vocabulary,
            settings: &settings,
            config: &supplied.config,
            as_of,
        };
        let measures = reliance::measure(&input);
        clock.lap("reliance");
        let flags = reliance::raise(&input, &measures);
        clock.lap("flags");
        Ok(Self {
            settings,
            as_of,
            jurisdiction,
            vocabulary,
            timeline: Arc::new(merged),
            conditions,
            answers,
            outside,
            faults,
            reliance: measures,
            flags,
            seconds: Stages(clock.laps),
            people,
            supplied,
        })
    }

    /// Judges every fact for another viewer.
    pub fn answers_for(&self, viewing: &Viewing<'_>) -> Vec<Answer> {
        self.conditions
            .iter()
            .map(|conditions| may_see(conditions, viewing))
            .collect()
    }

    /// The name of a person to show.
    pub fn person_name(&self, person: usize) -> &str {
        self.people
            .persons
            .get(person)
            .map_or("", |person| &person.name)
    }

    /// The text of a fact: that of the entry that tells it first.
    pub fn text(&self, fact: usize) -> &str {
        let lead = self
            .timeline
            .facts
            .get(fact)
            .and_then(|fact| self.supplied.entries.get(fact.lead));
        lead.map_or("", |entry| &entry.text)
    }

    /// Indexes of the flags that name a fact.
    pub fn flags_of(&self, fact: usize) -> impl Iterator<Item = usize> + '_ {
        let flags = self.flags.flags.iter().enumerate();
        flags
            .filter(move |(_, flag)| flag.facts.contains(&fact))
            .map(|(at, _)| at)
    }
}

/// Measures the stages of a computation.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Clock {
    fn start() -> Self {
        Self {
            last: Instant::now(),
            laps: Vec::new(),
        }
    }

    fn lap(&mut self, stage: &'static str) {
        self.laps.push((stage, self.last.elapsed().as_secs_f64()));
        self.last = Instant::now();
    }
}
