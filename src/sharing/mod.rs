//! Judges at a date on what ground each fact was shared, and who may see it.
//!
//! [`Rules`] gathers what the whole case says; [`Rules::judge`] fills in how each basis stands; [`may_see`] answers for one
//! fact, recipient, purpose and date; [`Rules::faults`] finds bases that cannot be right.

mod address;
mod conditions;
mod directory;
mod faults;
pub mod flow;
mod ground;
mod judge;
mod members;
mod needle;
mod reporter;
mod secret;
mod see;
mod standing;
#[cfg(test)]
mod testing;

pub use conditions::Conditions;
pub use members::Members;
pub use see::{may_all_see, may_see};

use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::directory::Directory;
use self::ground::Basis;
use self::secret::Secrets;
use crate::model::basis::Vocabulary;
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::settings::Recipient;
use crate::model::supply::Supplied;
use crate::model::words::Threshold;

/// Whether a recipient may see a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No, because …: a short phrase such as "consent withdrawn" or "ask police".
    No(String),
}

impl Answer {
    /// Whether it is yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }

    /// What is printed: `yes`, or the reason.
    pub fn text(&self) -> &str {
        match self {
            Self::Yes => "yes",
            Self::No(because) => because,
        }
    }
}

/// Who a fact would be shown to, for what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewing<'a> {
    /// For whom; `None`: within the partnership.
    pub recipient: Option<&'a Recipient>,
    /// For what.
    pub purpose: Option<Threshold>,
    /// On which date.
    pub date: Day,
}

/// What the whole case says about sharing: protected details, reporters, who supplied what.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    directory: Arc<Directory>,
    secrets: Secrets,
    /// Each distinct list of codes of the case, compiled once.
    bases: FxHashMap<Vec<Box<str>>, Arc<Basis>>,
    nothing: Arc<Basis>,
}

/// A fault of an entry's basis that [`Rules::faults`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Index of the entry.
    pub entry: usize,
    /// What is wrong, in a sentence.
    pub problem: String,
    /// What to do.
    pub fix: String,
}

impl Rules {
    /// Gathers them from a case.
    pub fn of(supplied: &Supplied, vocabulary: &Vocabulary, own_agency: Option<&AgencyId>) -> Self {
        let mut bases: FxHashMap<Vec<Box<str>>, Arc<Basis>> = FxHashMap::default();
        for entry in &supplied.entries {
            if !bases.contains_key(&entry.basis) {
                bases.insert(
                    entry.basis.clone(),
                    Basis::compile(&entry.basis, vocabulary),
                );
            }
        }
        let nothing = Basis::compile(&[], vocabulary);
        let secrets = Secrets::of(supplied, |entry| {
            bases.get(&entry.basis).unwrap_or(&nothing)
        });
        Self {
            directory: Arc::new(Directory::of(supplied, own_agency)),
            secrets,
            bases,
            nothing,
        }
    }

    /// Fills in how the basis of each fact stands at `as_of`: `basis`, `status`, `told`, `handling`, `consent_state`.
    pub fn judge(
        &self,
        supplied: &Supplied,
        _vocabulary: &Vocabulary,
        as_of: Day,
        facts: &mut [Fact],
    ) {
        for fact in facts {
            judge::judge(self, supplied, as_of, fact);
        }
    }

    /// Gathers what [`may_see`] looks at for one fact.
    pub fn conditions(
        &self,
        supplied: &Supplied,
        _vocabulary: &Vocabulary,
        fact: &Fact,
    ) -> Conditions {
        Conditions::of(self, supplied, fact)
    }

    /// Checks the basis of every entry: each fault names the entry and the fix. Sorted by entry.
    pub fn faults(&self, supplied: &Supplied, vocabulary: &Vocabulary) -> Vec<Fault> {
        faults::find(self, supplied, vocabulary)
    }

    /// Whether there is anybody whose address, telephone number or the like is protected.
    pub fn protect_somebody(&self) -> bool {
        self.secrets.protect_somebody()
    }

    /// Whether a text holds an address, postcode, UPRN, telephone number or e-mail address of somebody whose address is
    /// protected, however it is spaced or cased.
    pub fn holds_protected_detail(&self, text: &str) -> bool {
        self.secrets.holds_protected_detail(text)
    }

    /// Whether a cell of the fact that some output shows holds such a detail, and whether one names a reporter.
    pub fn exposes(&self, supplied: &Supplied, fact: &Fact) -> (bool, bool) {
        self.secrets.exposed_in(supplied, fact)
    }

    /// Whether a text names somebody who reported something. For the family `told_by` is never shown at all.
    pub fn names_reporter(&self, text: &str) -> bool {
        self.secrets.names_reporter(text)
    }

    /// Whether a record is a reporter's, by its role or its name: the family is not shown it.
    pub fn is_reporter(&self, record: usize) -> bool {
        self.secrets.is_reporter(record)
    }

    /// The compiled codes of an entry.
    fn basis_of(&self, entry: &Entry) -> Arc<Basis> {
        Arc::clone(self.bases.get(&entry.basis).unwrap_or(&self.nothing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phrase::Coded;
    use testing::{case, day, england, entry, fact, record, rules, with};

    /// 100,000 facts of some hundred characters, told to the family, beside two hundred protected addresses.
    #[test]
    #[ignore = "takes seconds without optimisation; run with --release --ignored"]
    fn a_hundred_thousand_facts_are_judged_in_a_fifth_of_a_second() {
        let texts = "Seen at home with her brother, the fridge was full and the room was warm. ";
        let entries = (0..100_000).map(|at| {
            with(
                entry(
                    &format!("gp:{at:06}"),
                    ["L6-E", "C-VRB", "E-S47", "U-NR"][at % 4],
                ),
                |e| {
                    e.text = texts.repeat(3);
                    e.told = Coded::read(["yes", "", "no", "yes"][at % 4]);
                },
            )
        });
        let records = (0..200).map(|at| {
            record(&format!("gp:r{at:03}"), |r| {
                r.protected_address = true;
                r.address = format!("{at} Acorn{at} Road, Ambleton");
                r.phones = vec![format!("07700 900{at:03}")];
            })
        });
        let supplied = case(entries.collect(), records.collect());
        let mut facts: Vec<Fact> = (0..supplied.entries.len())
            .map(|at| Fact {
                lead: at,
                entries: vec![at],
                ..fact(&case(vec![entry("gp:1", "L6-E")], Vec::new()))
            })
            .collect();
        let start = std::time::Instant::now();
        let rules = rules(&supplied);
        println!("rules {:?}", start.elapsed());
        rules.judge(&supplied, england(), day("2026-03-01"), &mut facts);
        println!("judged {:?}", start.elapsed());
        let conditions: Vec<Conditions> = facts
            .iter()
            .map(|fact| rules.conditions(&supplied, england(), fact))
            .collect();
        println!("conditions {:?}", start.elapsed());
        let faults = rules.faults(&supplied, england()).len();
        let viewing = Viewing {
            recipient: None,
            purpose: None,
            date: day("2026-03-01"),
        };
        let open = conditions
            .iter()
            .filter(|c| may_see(c, &viewing).is_yes())
            .count();
        let took = start.elapsed();
        println!("{took:?}, {open} open, {faults} faults");
        assert!(took.as_secs_f64() < 5.0, "{took:?}");
    }
}
