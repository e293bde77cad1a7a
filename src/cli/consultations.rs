//! `casepicture consultations`: who consulted whom, and what came of it; in a case, also what is recorded now.

use clap::Args;

use super::DONE;
use super::by::hand;
use super::failure::Failure;
use super::kept::told;
use super::output::say;
use super::requests::{records, refuse_folder};
use super::source::Loaded;
use super::tables::{self, OneTable};
use crate::case::Step;
use crate::model::date::{Day, iso};
use crate::model::decision::{Consulted, Verdict};
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;
use crate::model::supply::Consultation;
use crate::model::words::{Manner, Setting, Told, YesNo};
use crate::picture::Picture;
use crate::report;

/// Arguments of `consultations`.
#[derive(Debug, Clone, Args)]
pub struct Consultations {
    #[command(flatten)]
    table: OneTable,
    /// Keep in the case that this agency was consulted
    #[arg(long, value_name = "AGENCY", requires = "question", requires = "on")]
    record: Option<String>,
    /// Change the record of the consultation of this id: what is given here takes the place of what stood there
    #[arg(long, value_name = "ID", conflicts_with = "record")]
    change: Option<String>,
    #[command(flatten)]
    held: Held,
}

/// What a record of a consultation holds.
#[derive(Debug, Clone, Args)]
struct Held {
    /// The day of it
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<Day>,
    /// What was asked
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,
    /// Who asked: an agency or a person [default: the own agency]
    #[arg(long, value_name = "WHO")]
    consulted_by: Option<String>,
    /// Who of the agency was consulted
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// How: spoken, written
    #[arg(long, value_name = "HOW")]
    how: Option<String>,
    /// Within the agency or not: internal, external
    #[arg(long, value_name = "SETTING")]
    setting: Option<String>,
    /// About whom: a record as AGENCY:ID; may be given several times
    #[arg(long, value_name = "RECORD")]
    about: Vec<String>,
    /// What was heard in answer
    #[arg(long, value_name = "TEXT")]
    received: Option<String>,
    /// What was told in turn
    #[arg(long, value_name = "TEXT")]
    given: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
    /// Whether it became a referral: yes, no
    #[arg(long, value_name = "YES|NO")]
    became_referral: Option<String>,
    /// Whether the family agreed to it: yes, no
    #[arg(long, value_name = "YES|NO")]
    family_agreed: Option<String>,
    /// Whether the family was told: yes, no not yet, no because unsafe, not applicable …
    #[arg(long, value_name = "TOLD")]
    told: Option<String>,
}

/// Prints the consultations, or keeps one in the case.
///
/// # Errors
/// When the exports cannot be read, the table cannot be written, or the consultation cannot be kept.
pub fn run(args: &Consultations) -> Result<u8, Failure> {
    if args.record.is_none() && args.change.is_none() {
        if args.held.is_given() {
            return Err(Failure::new(
                "nothing says which consultation this is of",
                "add --record AGENCY for a new one, or --change ID",
            ));
        }
        return tables::run(&args.table, report::tables::consultations);
    }
    args.held.refuse_unknown()?;
    let by = args.table.by.decider()?;
    let mut loaded: Loaded = args.table.source.ready()?.load(&[])?;
    refuse_folder(&loaded, "consultations")?;
    let picture = loaded.picture()?;
    let before = match (&args.record, &args.change) {
        (Some(agency), _) => new(agency, &picture),
        (None, id) => there(id.as_deref().unwrap_or_default(), &picture)?,
    };
    let held = args.held.over(before, &picture)?;
    let kept = format!(
        "kept: consultation {} with {}",
        held.consultation, held.agency
    );
    let step = Step {
        verdicts: vec![(Verdict::Consulted(Box::new(held)), Vec::new())],
        why: String::new(),
    };
    let made = loaded.open.decide(step, hand(&by));
    made.map_err(|fault| told(&fault))?;
    say(&kept)?;
    Ok(DONE)
}

/// A new record, under an id that none has yet.
fn new(agency: &str, picture: &Picture) -> Consulted {
    let all = &picture.supplied.consultations;
    let is_free = |id: &String| !all.iter().any(|one| one.id == *id);
    let mut ids = (1..=all.len() + 1).map(|number| format!("hub-{number}"));
    let own = picture.settings.own_agency.as_ref();
    Consulted {
        consultation: ids.find(is_free).unwrap_or_default(),
        by: own.map_or_else(String::new, |own| own.as_str().to_owned()),
        agency: AgencyId::new(agency).as_str().to_owned(),
        ..Consulted::default()
    }
}

/// A record that is there, as it stands.
fn there(id: &str, picture: &Picture) -> Result<Consulted, Failure> {
    let mut all = picture.supplied.consultations.iter();
    all.find(|one| one.id == id).map(as_held).ok_or_else(|| {
        Failure::new(
            format!("--change {id}: no consultation of this case has this id"),
            "casepicture consultations CASE lists them",
        )
    })
}

fn as_held(one: &Consultation) -> Consulted {
    Consulted {
        consultation: one.id.clone(),
        by: one.by.clone(),
        agency: one.consulted.as_str().to_owned(),
        person: one.person.clone(),
        on: one.on.date_cell(),
        how: one.how.text().to_owned(),
        setting: one.setting.text().to_owned(),
        records: one.records.clone(),
        question: one.question.clone(),
        received: one.received.clone(),
        given: one.given.clone(),
        outcome: one.outcome.clone(),
        became_referral: one.became_referral.text().to_owned(),
        family_agreed: one.family_agreed.text().to_owned(),
        told: one.told.text().to_owned(),
    }
}

impl Held {
    /// Whether anything was given.
    fn is_given(&self) -> bool {
        let texts = [
            &self.question,
            &self.consulted_by,
            &self.person,
            &self.how,
            &self.setting,
            &self.received,
            &self.given,
            &self.outcome,
            &self.became_referral,
            &self.family_agreed,
            &self.told,
        ];
        texts.into_iter().any(Option::is_some) || self.on.is_some() || !self.about.is_empty()
    }

    /// Refuses what is none of the words of a closed list.
    fn refuse_unknown(&self) -> Result<(), Failure> {
        one_of::<Manner>("--how", self.how.as_deref())?;
        one_of::<Setting>("--setting", self.setting.as_deref())?;
        one_of::<YesNo>("--became-referral", self.became_referral.as_deref())?;
        one_of::<YesNo>("--family-agreed", self.family_agreed.as_deref())?;
        one_of::<Told>("--told", self.told.as_deref())
    }

    /// Puts what was given over a record.
    fn over(&self, mut held: Consulted, picture: &Picture) -> Result<Consulted, Failure> {
        let texts = [
            (&mut held.question, &self.question),
            (&mut held.by, &self.consulted_by),
            (&mut held.person, &self.person),
            (&mut held.how, &self.how),
            (&mut held.setting, &self.setting),
            (&mut held.received, &self.received),
            (&mut held.given, &self.given),
            (&mut held.outcome, &self.outcome),
            (&mut held.became_referral, &self.became_referral),
            (&mut held.family_agreed, &self.family_agreed),
            (&mut held.told, &self.told),
        ];
        for (stood, given) in texts {
            if let Some(given) = given {
                stood.clone_from(given);
            }
        }
        if let Some(day) = self.on {
            held.on = iso(day);
        }
        if !self.about.is_empty() {
            held.records = records(&self.about, picture)?;
        }
        Ok(held)
    }
}

/// Refuses a word that is none of a closed list.
fn one_of<T: Phrase>(option: &str, given: Option<&str>) -> Result<(), Failure> {
    match given {
        Some(word) if !word.trim().is_empty() && T::read(word).is_none() => {
            let known: Vec<&str> = T::PHRASES.iter().map(|(_, phrase, _)| *phrase).collect();
            Err(Failure::new(
                format!("{option} {word}: this is not known"),
                format!("use one of: {}", known.join(", ")),
            ))
        }
        _ => Ok(()),
    }
}
