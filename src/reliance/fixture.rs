//! Small invented cases for the tests of this room.

use crate::model::agency::Agency;
use crate::model::basis::{BasisCode, Jurisdiction, NOT_RECORDED, RestsOnConsent, Vocabulary};
use crate::model::date::{Day, When};
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact, Origin, Timeline};
use crate::model::id::{AgencyId, ConclusionId, EntryId, FactId, PersonId, RecordId};
use crate::model::person::{LinkStatus, People, Person};
use crate::model::phrase::Coded;
use crate::model::record::Record;
use crate::model::settings::Settings;
use crate::model::source::RowRef;
use crate::model::supply::{Involvement, Supplied};
use crate::reliance::{Flags, Input, Reliance, measure, raise};

/// Reads a day.
pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// One day, as a date cell.
pub fn on(text: &str) -> When {
    When::day(day(text))
}

/// A case under construction: each fact has one entry, unless a test adds more.
pub struct Scene {
    pub supplied: Supplied,
    pub people: People,
    pub timeline: Timeline,
    pub withheld: Vec<Option<String>>,
    pub outside: Vec<bool>,
    pub faults: Vec<(usize, String, String)>,
    pub exposed: Vec<crate::reliance::Exposed>,
    pub guarded: Vec<bool>,
    pub decisions: Vec<crate::model::decision::Decision>,
    pub vocabulary: Vocabulary,
    pub settings: Settings,
    pub as_of: Day,
}

impl Scene {
    /// A case with these supplying agencies, the first being the own one, judged on 2026-03-01.
    pub fn new(agencies: &[&str]) -> Self {
        let mut scene = Self {
            supplied: Supplied::default(),
            people: People::default(),
            timeline: Timeline::default(),
            withheld: Vec::new(),
            outside: Vec::new(),
            faults: Vec::new(),
            exposed: Vec::new(),
            guarded: Vec::new(),
            decisions: Vec::new(),
            vocabulary: vocabulary(),
            settings: Settings::default(),
            as_of: day("2026-03-01"),
        };
        scene.settings.own_agency = agencies.first().map(|id| AgencyId::new(id));
        for id in agencies {
            scene.agency(id, true);
        }
        scene
    }

    pub fn agency(&mut self, id: &str, supplied: bool) {
        let agency = Agency {
            supplied,
            ..Agency::of_id(&AgencyId::new(id))
        };
        self.supplied.agencies.push(agency);
        self.supplied.agencies.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Adds a person of one record, `AGENCY:pN`; persons must be added in the order of their records' ids.
    pub fn person(&mut self, record: &str, name: &str, birth: &str) -> usize {
        let at = self.people.persons.len();
        let id = RecordId::read(record, &AgencyId::new("x"));
        let mut described = Record::named_only(id.clone());
        described.full_name = name.into();
        described.household_id = "h1".into();
        described.birth = if birth.is_empty() {
            When::default()
        } else {
            on(birth)
        };
        self.people.persons.push(Person {
            id: PersonId::new(&format!("P{record}")),
            records: vec![at],
            status: LinkStatus::Single,
            lowest_probability: None,
            decided_by: Vec::new(),
            candidates: 0,
            name: name.into(),
            other_names: Vec::new(),
            births: if birth.is_empty() {
                Vec::new()
            } else {
                vec![on(birth)]
            },
            sexes: Vec::new(),
            roles: Vec::new(),
        });
        self.people.person_of.push(at);
        self.supplied.records.push(described);
        at
    }

    /// Adds a fact told by its first origin, cited when `cited`.
    pub fn fact(&mut self, origins: &[&str], cited: bool) -> usize {
        let teller = origins
            .iter()
            .find(|o| **o != "unknown")
            .unwrap_or(&"other");
        let at = self.timeline.facts.len();
        let id = EntryId::new(&AgencyId::new(teller), &format!("e{at:06}"));
        self.supplied.entries.push(entry(&id));
        let mut origins: Vec<Origin> = origins
            .iter()
            .map(|origin| match *origin {
                "unknown" => Origin::Unknown,
                id => Origin::Agency(AgencyId::new(id)),
            })
            .collect();
        origins.sort();
        self.timeline.facts.push(Fact {
            id: FactId::new(&format!("F{at:06}")),
            lead: at,
            entries: vec![at],
            persons: Vec::new(),
            when: on("2026-01-10"),
            time: None,
            agencies: vec![id.agency().clone()],
            first_agency: id.agency().clone(),
            origins_low: origins.len(),
            origins_high: origins.len(),
            origins,
            suspected: Vec::new(),
            disagrees_with: Vec::new(),
            differences: Vec::new(),
            kind: Coded::Blank,
            channel: Coded::Blank,
            polarity: Coded::Blank,
            significance: None,
            basis: vec!["DUTY".into()],
            consent_state: Coded::Blank,
            told: Coded::Blank,
            handling: Vec::new(),
            status: BasisStatus::Valid,
            cited_by: cited.then(|| ConclusionId::new("C1")).into_iter().collect(),
        });
        self.timeline.fact_of.push(at);
        self.withheld.push(None);
        self.outside.push(false);
        at
    }

    /// Adds `count` facts of which the first `cited` are cited.
    pub fn facts(&mut self, origins: &[&str], count: usize, cited: usize) {
        for at in 0..count {
            self.fact(origins, at < cited);
        }
    }

    /// Says that a fact, and its entry, are about a person.
    pub fn about(&mut self, fact: usize, person: usize) {
        let record = self.supplied.records[person].id.clone();
        self.entry(fact).persons.push(record);
        self.timeline.facts[fact].persons.push(person);
    }

    /// Moves a fact and its entry to a day.
    pub fn when(&mut self, fact: usize, text: &str) {
        self.entry(fact).when = on(text);
        self.timeline.facts[fact].when = on(text);
    }

    pub fn significance(&mut self, fact: usize, value: u8) {
        self.entry(fact).significance = Some(value);
        self.timeline.facts[fact].significance = Some(value);
    }

    /// The entry of a fact.
    pub fn entry(&mut self, fact: usize) -> &mut Entry {
        &mut self.supplied.entries[fact]
    }

    pub fn involvement(&mut self, agency: &str, person: usize, from: &str) {
        self.supplied.involvements.push(Involvement {
            agency: AgencyId::new(agency),
            row: ROW,
            record: self.supplied.records[person].id.clone(),
            service: agency.into(),
            involved: Some(AgencyId::new(agency)),
            from: on(from),
            to: When::default(),
            worker: String::new(),
            evidence: String::new(),
        });
    }

    pub fn input(&self) -> Input<'_> {
        Input {
            supplied: &self.supplied,
            people: &self.people,
            timeline: &self.timeline,
            withheld: &self.withheld,
            outside: &self.outside,
            faults: &self.faults,
            exposed: &self.exposed,
            guarded: &self.guarded,
            decisions: &self.decisions,
            vocabulary: &self.vocabulary,
            settings: &self.settings,
            config: &self.supplied.config,
            as_of: self.as_of,
        }
    }

    pub fn measure(&self) -> Reliance {
        measure(&self.input())
    }

    pub fn raise(&self) -> Flags {
        raise(&self.input(), &self.measure())
    }

    /// The flags of one code.
    pub fn flags(&self, code: &str) -> Vec<crate::reliance::Flag> {
        let flags = self.raise().flags;
        flags.into_iter().filter(|flag| flag.code == code).collect()
    }
}

pub const ROW: RowRef = RowRef {
    file: 0,
    sheet: 0,
    row: 2,
};

fn entry(id: &EntryId) -> Entry {
    Entry {
        when: on("2026-01-10"),
        text: "something was told".into(),
        basis: vec!["DUTY".into()],
        basis_raw: "DUTY".into(),
        ..Entry::blank(id.clone(), ROW)
    }
}

/// A ground that rests on consent (`CONS`), a duty (`DUTY`), and what the tables need.
fn vocabulary() -> Vocabulary {
    let code = |code: &str, rests: &str, ground: bool| {
        format!(
            "[[code]]\ncode = \"{code}\"\nlabel = \"{code}\"\nmeaning = \"test\"\nrests_on_consent = \"{rests}\"\nis_ground = {ground}\n"
        )
    };
    let file = [
        code("CONS", "yes", true),
        code("MAYBE", "either", true),
        code("DUTY", "no", true),
        code(NOT_RECORDED, "no", false),
    ];
    let file = file.concat();
    let vocabulary = Vocabulary::from_toml(Jurisdiction::None, [file.as_str()]).unwrap();
    let rests = |code: &BasisCode| code.rests_on_consent == RestsOnConsent::Yes;
    assert!(vocabulary.code("CONS").is_some_and(rests));
    vocabulary
}
