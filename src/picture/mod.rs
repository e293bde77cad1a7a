//! Puts the rooms together: a picture is computed from a case and its settings, and from nothing else.

mod clock;
mod decided;
mod family;
pub mod frame;
mod gathered;
pub mod genogram;
mod known;
mod read_out;
mod settle;
mod shown;

pub use clock::STAGES;
pub use decided::ByHand;
pub use gathered::PROTECTED;
pub use known::{KnownAt, decided_by, known_at, settings_at};
pub use settle::recipient;
pub use shown::Shown;

use std::sync::Arc;

use crate::model::basis::{Jurisdiction, Vocabulary};
use crate::model::case::Case;
use crate::model::date::Day;
use crate::model::decision::Decision;
use crate::model::fact::Timeline;
use crate::model::id::AgencyId;
use crate::model::person::People;
use crate::model::settings::Settings;
use crate::model::supply::Supplied;
use crate::model::watch::{Unwatched, Watch};
use crate::reliance::{Exposed, Flags, Reliance};
use crate::sharing::{Answer, Conditions, Members, Rules, Viewing, may_see};
use crate::{people, reliance, timeline};
use clock::{Clock, FLAGGING, JUDGING, MEASURING, MERGING, WHO};

/// What is computed from a case: always the same from the same case and settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What the agencies supplied, with the origins, significance and requests that analysts set over it.
    pub supplied: Arc<Supplied>,
    /// What analysts set by hand, and their notes.
    pub by_hand: ByHand,
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
    /// What facts and records hold that must not be read out.
    pub guard: Arc<Guard>,
    /// Available against relied on.
    pub reliance: Reliance,
    /// What is worth checking.
    pub flags: Flags,
    /// How long each stage took.
    pub seconds: Stages,
}

/// What facts and records hold that must not be read out, whoever looks at the flags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard {
    /// For each fact what its cells hold.
    pub facts: Vec<Exposed>,
    /// For each record whether its address is protected, or is one that is.
    pub records: Vec<bool>,
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
    /// Whoever watched it wanted it to stop.
    #[error(
        "working out the picture was stopped\n  hint: nothing was changed; start again when it suits"
    )]
    Stopped,
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

/// Whom a supply is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Anybody: who belongs to the family is to be found.
    Anybody,
    /// The family alone: strangers were taken out.
    TheFamily,
}

impl About {
    /// Who belongs to the family, where that is to be found.
    fn members(
        self,
        supplied: &Supplied,
        people: &People,
        own: Option<&AgencyId>,
    ) -> Option<Members> {
        let find = || Members::of(supplied, &supplied.relationships, people, own);
        (self == Self::Anybody).then(find)
    }
}

impl Picture {
    /// Computes the picture of a case.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn of(case: &Case, settings: &Settings) -> Result<Self, PictureError> {
        Self::again(case, settings, None)
    }

    /// The same, watched; what is half computed is thrown away when it is to stop.
    ///
    /// # Errors
    /// When the vocabulary cannot be read, and when it was stopped.
    pub fn of_watched(
        case: &Case,
        settings: &Settings,
        watch: &dyn Watch,
    ) -> Result<Self, PictureError> {
        Self::computed(case, settings, None, (About::Anybody, watch))
    }

    /// Computes the picture of a case, taking over from an earlier one of the same exports and settings what the decisions
    /// made since do not touch. The result is the same as that of [`Picture::of`]; only the time it takes differs.
    ///
    /// # Errors
    /// When the vocabulary cannot be read.
    pub fn again(
        case: &Case,
        settings: &Settings,
        earlier: Option<(&Self, Since)>,
    ) -> Result<Self, PictureError> {
        Self::computed(case, settings, earlier, (About::Anybody, &Unwatched))
    }

    fn computed(
        case: &Case,
        settings: &Settings,
        earlier: Option<(&Self, Since)>,
        (about, watch): (About, &dyn Watch),
    ) -> Result<Self, PictureError> {
        let mut clock = Clock::start(watch);
        let supplied = match earlier {
            Some((picture, Since::Citations)) => Arc::clone(&picture.supplied),
            _ => decided::over(&case.supplied, &case.decisions),
        };
        let (settings, vocabulary) = settled(
            (&case.supplied, &supplied),
            settings,
            earlier.map(|(picture, _)| picture),
        )?;
        let supplied = match earlier {
            Some((_, Since::Citations)) => supplied,
            _ => settle::bases(supplied, &vocabulary),
        };
        let as_of = settings.as_of.unwrap_or_default();
        clock.begin(WHO)?;
        let people = match earlier {
            Some((picture, Since::Echoes | Since::Citations)) => Arc::clone(&picture.people),
            _ => Arc::new(people::resolve(&supplied, &case.decisions, &settings)),
        };
        clock.lap("people");
        clock.begin(MERGING)?;
        let mut timeline = match earlier {
            Some((picture, Since::Citations)) => (*picture.timeline).clone(),
            _ => timeline::merge(&supplied, &people, &case.decisions),
        };
        timeline::cite(&supplied, &case.decisions, &mut timeline);
        clock.lap("timeline");
        clock.begin(JUDGING)?;
        let judged = if let Some((picture, Since::Citations)) = earlier {
            picture.judged()
        } else {
            let members = about.members(&supplied, &people, settings.own_agency.as_ref());
            let by = (&*vocabulary, &settings);
            judge(&supplied, by, members.as_ref(), &mut timeline)
        };
        let mut picture = Self {
            jurisdiction: vocabulary.jurisdiction,
            as_of,
            settings,
            vocabulary,
            timeline: Arc::new(timeline),
            conditions: judged.conditions,
            faults: judged.faults,
            guard: judged.guard,
            answers: Vec::new(),
            outside: Vec::new(),
            reliance: Reliance::default(),
            flags: Flags::default(),
            seconds: Stages::default(),
            by_hand: ByHand::of(&case.decisions),
            people,
            supplied,
        };
        picture.answer();
        clock.lap("sharing");
        picture.rely(&case.decisions, &mut clock)?;
        picture.seconds = Stages(clock.laps);
        Ok(picture)
    }

    /// What the room `sharing` said of the facts.
    fn judged(&self) -> Judged {
        Judged {
            conditions: Arc::clone(&self.conditions),
            faults: Arc::clone(&self.faults),
            guard: Arc::clone(&self.guard),
        }
    }

    /// Fills in which facts the recipient may see, and which lie outside the period.
    fn answer(&mut self) {
        self.answers = self.answers_for(&self.viewing());
        let period = self.settings.period;
        let facts = self.timeline.facts.iter();
        self.outside = facts
            .map(|fact| settle::is_outside(&fact.when, period))
            .collect();
    }

    /// For whom, for what and when the settings ask.
    pub fn viewing(&self) -> Viewing<'_> {
        Viewing {
            recipient: self.settings.recipient.as_ref(),
            purpose: self.settings.purpose,
            date: self.as_of,
        }
    }

    /// Sets what is available against what is relied on.
    fn rely(&mut self, decisions: &[Decision], clock: &mut Clock<'_>) -> Result<(), PictureError> {
        clock.begin(MEASURING)?;
        let withheld: Vec<Option<String>> = self
            .answers
            .iter()
            .map(|answer| (!answer.is_yes()).then(|| answer.text().to_owned()))
            .collect();
        let input = reliance::Input {
            supplied: &self.supplied,
            people: &self.people,
            timeline: &self.timeline,
            withheld: &withheld,
            outside: &self.outside,
            faults: &self.faults,
            exposed: &self.guard.facts,
            guarded: &self.guard.records,
            decisions,
            vocabulary: &self.vocabulary,
            settings: &self.settings,
            config: &self.supplied.config,
            as_of: self.as_of,
        };
        let measures = reliance::measure(&input);
        clock.lap("reliance");
        clock.begin(FLAGGING)?;
        let flags = reliance::raise(&input, &measures);
        clock.lap("flags");
        self.reliance = measures;
        self.flags = flags;
        Ok(())
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

/// Fills in what the settings leave open, and reads the vocabulary.
///
/// The as-of date follows from the exports alone: what an analyst asks today must not move the day at which all is judged.
fn settled(
    (exports, supplied): (&Supplied, &Supplied),
    settings: &Settings,
    earlier: Option<&Picture>,
) -> Result<(Settings, Arc<Vocabulary>), PictureError> {
    let vocabulary = if let Some(picture) = earlier {
        Arc::clone(&picture.vocabulary)
    } else {
        let place = settle::jurisdiction(supplied, settings).map_err(PictureError::Vocabulary)?;
        let own = supplied.config.own_codes();
        Arc::new(Vocabulary::with_own(place, own).map_err(PictureError::Vocabulary)?)
    };
    let settings = Settings {
        as_of: Some(settle::as_of(exports, settings)),
        own_agency: settle::own_agency(supplied, settings),
        jurisdiction: Some(vocabulary.jurisdiction),
        ..settings.clone()
    };
    Ok((settings, vocabulary))
}

/// What the room `sharing` says of the facts.
struct Judged {
    conditions: Arc<Vec<Conditions>>,
    faults: Arc<Vec<(usize, String, String)>>,
    guard: Arc<Guard>,
}

/// Judges the basis of every fact at the as-of date.
fn judge(
    supplied: &Supplied,
    (vocabulary, settings): (&Vocabulary, &Settings),
    members: Option<&Members>,
    timeline: &mut Timeline,
) -> Judged {
    let rules = Rules::of(supplied, vocabulary, settings.own_agency.as_ref());
    let as_of = settings.as_of.unwrap_or_default();
    rules.judge(supplied, vocabulary, as_of, &mut timeline.facts);
    let facts = timeline.facts.iter();
    let conditions = facts
        .map(|fact| {
            let mut conditions = rules.conditions(supplied, vocabulary, fact);
            conditions.set_about_the_family(members.is_none_or(|members| members.concern(fact)));
            conditions
        })
        .collect();
    let faults = rules.faults(supplied, vocabulary).into_iter();
    let faults = faults
        .map(|fault| (fault.entry, fault.problem, fault.fix))
        .collect();
    Judged {
        conditions: Arc::new(conditions),
        faults: Arc::new(faults),
        guard: Arc::new(guard(supplied, &rules, timeline)),
    }
}

/// Finds what must not be read out.
fn guard(supplied: &Supplied, rules: &Rules, timeline: &Timeline) -> Guard {
    let facts = timeline.facts.iter().map(|fact| {
        let (detail, reporter) = rules.exposes(supplied, fact);
        Exposed { detail, reporter }
    });
    let records = supplied.records.iter().map(|record| {
        let holds = |cell: &str| !cell.is_empty() && rules.holds_protected_detail(cell);
        record.protected_address || holds(&record.address) || holds(&record.postcode)
    });
    Guard {
        facts: facts.collect(),
        records: records.collect(),
    }
}
