//! What no weight may overrule: rules that keep two records apart, and rules that leave a pair to an analyst.

use super::compare::{
    Comparison, at, crosswise, date_of_birth, family_name, given_name, identifiers, middle_names,
};
use super::prepare::Description;
use super::score::Scorer;
use super::twins;
use crate::model::id::RecordId;
use crate::model::supply::Supplied;
use crate::model::words::{Role, Sex};

/// Days between an expected date and a birth within which they may be one child.
pub const DAYS_AROUND_EXPECTED: i64 = 60;

/// What the rules say of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// Nothing: the weight decides.
    Free,
    /// At most a question to the analyst, and why.
    Review(&'static str),
    /// A question to the analyst whatever the weight, and why.
    BroughtUp(&'static str),
    /// Two persons, and why.
    Apart(&'static str),
    /// Not comparable: too little is known to say anything.
    Dropped,
}

impl Ruling {
    /// Whether the pair is shown whatever its weight.
    pub fn is_brought_up(self) -> bool {
        matches!(self, Self::BroughtUp(_))
    }

    /// Whether the pair is not shown.
    pub fn is_dropped(self) -> bool {
        matches!(self, Self::Dropped)
    }

    /// Whether the two are kept apart.
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Apart(_))
    }
}

/// What is known of families beyond one record, by position.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Families {
    /// For each record its mothers' positions, sorted; empty when there is no such list.
    pub mothers: Vec<Vec<usize>>,
    /// For each record the others that its agency knows as a twin with a like name; empty when there is no such list.
    pub twins: Vec<Vec<usize>>,
}

/// Finds each record's mothers: "mother of" said of a record, and "child of" a record that is a mother's or a woman's.
pub fn families(supplied: &Supplied, all: &[Description]) -> Families {
    let find = |id: &RecordId| {
        all.binary_search_by(|one| supplied.records[one.index].id.cmp(id))
            .ok()
    };
    let mut mothers = vec![Vec::new(); all.len()];
    for relation in &supplied.relationships {
        let Some((who, whom)) = find(&relation.record).zip(find(&relation.related)) else {
            continue;
        };
        let said = relation.relationship.to_lowercase();
        let female = |at: usize| {
            all[at].sex == Some(Sex::Female)
                || supplied.records[all[at].index].has_role(Role::Mother)
        };
        if said.contains("grand") || said.contains("step") {
            continue;
        }
        if said.contains("mother") {
            mothers[whom].push(who);
        } else if ["child of", "son of", "daughter of", "baby of"]
            .iter()
            .any(|words| said.contains(words))
            && female(whom)
        {
            mothers[who].push(whom);
        }
    }
    mothers_by_entry(supplied, all, &find, &mut mothers);
    for list in &mut mothers {
        list.sort_unstable();
        list.dedup();
    }
    Families {
        mothers,
        twins: twins::known(all),
    }
}

/// An entry about an unborn child and one woman recorded as a mother, as midwives write, names the child's mother.
fn mothers_by_entry(
    supplied: &Supplied,
    all: &[Description],
    find: &impl Fn(&RecordId) -> Option<usize>,
    mothers: &mut [Vec<usize>],
) {
    for entry in supplied
        .entries
        .iter()
        .filter(|entry| entry.persons.len() > 1)
    {
        let about: Vec<usize> = entry.persons.iter().filter_map(find).collect();
        let women: Vec<usize> = about
            .iter()
            .copied()
            .filter(|at| supplied.records[all[*at].index].has_role(Role::Mother))
            .collect();
        if let [mother] = women[..] {
            for child in about.into_iter().filter(|at| all[*at].expected.is_some()) {
                mothers[child].push(mother);
            }
        }
    }
}

/// Judges a compared pair.
pub fn judge(
    scorer: &Scorer<'_>,
    (left, right): (usize, usize),
    found: &Comparison,
    weight: f64,
) -> Ruling {
    let (a, b) = (&scorer.all[left], &scorer.all[right]);
    let identified = found.level(at::IDENTIFIERS) == identifiers::SAME;
    if let Some(why) = apart(scorer, (left, right), found) {
        return if identified {
            Ruling::Review(
                "a verified number says the same person, but a rule says two: check the number on both sides",
            )
        } else {
            Ruling::Apart(why)
        };
    }
    if is_expected_child(scorer, (left, right)) {
        return Ruling::BroughtUp(
            "a child expected, and a child of the same family born or expected within 60 days of that date",
        );
    }
    let numbered = matches!(
        found.level(at::IDENTIFIERS),
        identifiers::SAME..=identifiers::SAME_LOCAL
    );
    if !numbered && is_too_little(a, b, found) {
        return Ruling::Dropped;
    }
    // far below any threshold the reason does not matter
    if weight < -2.0 {
        return Ruling::Free;
    }
    question(a, b, found).map_or(Ruling::Free, Ruling::Review)
}

/// Whether too little is known to compare: no name on one side, or no given name and no day or contact in common. A family
/// name alone, as an unborn child has it, fits the whole family.
fn is_too_little(a: &Description, b: &Description, found: &Comparison) -> bool {
    let uncalled = |d: &Description| d.given.is_empty() && d.further_given.is_empty();
    let nameless = |d: &Description| uncalled(d) && d.family.is_empty();
    if nameless(a) || nameless(b) {
        return true;
    }
    let same_day = matches!(
        found.level(at::BIRTH),
        date_of_birth::SAME..=date_of_birth::SWAPPED
    );
    let awaited = |d: &Description| d.unborn_name || d.expected.is_some();
    let same_contact = found.agrees(at::PHONE) || found.agrees(at::EMAIL);
    (uncalled(a) || uncalled(b)) && !same_day && (awaited(a) || awaited(b) || !same_contact)
}

fn apart(
    scorer: &Scorer<'_>,
    (left, right): (usize, usize),
    found: &Comparison,
) -> Option<&'static str> {
    let (a, b) = (&scorer.all[left], &scorer.all[right]);
    if a.household.related.binary_search(&right).is_ok()
        || b.household.related.binary_search(&left).is_ok()
    {
        return Some("an agency knows the two as relatives of each other");
    }
    if found.level(at::IDENTIFIERS) == identifiers::DIFFERENT_VERIFIED {
        return Some("they have different numbers of one scheme, and the check digits of both fit");
    }
    if twins::is_one_birth_and_surname(found) {
        if given_name::are_different(a, b) {
            return Some(
                "different forenames with one surname and one date of birth, as twins have",
            );
        }
        if let Some(why) = twins::known_as_two(scorer, (left, right), found) {
            return Some(why);
        }
    }
    let same_family = matches!(
        found.level(at::FAMILY),
        family_name::SAME..=family_name::CLOSE
    );
    let same_given = matches!(found.level(at::GIVEN), given_name::SAME..=given_name::SOUND);
    let are_generations_apart = found.level(at::BIRTH) == date_of_birth::GENERATION;
    (same_family && same_given && are_generations_apart)
        .then_some("one name, but ages a generation apart, as father and son have")
}

/// Why a pair is at most a question, if it is. A verified number answers all but a contradiction of names.
fn question(a: &Description, b: &Description, found: &Comparison) -> Option<&'static str> {
    let identified = found.level(at::IDENTIFIERS) == identifiers::SAME;
    let given = found.level(at::GIVEN);
    if given == given_name::DIFFERENT {
        return Some("the given names differ");
    }
    if found.level(at::IDENTIFIERS) == identifiers::CONFLICT {
        return Some("one number is the same and another is different");
    }
    if identified {
        let contradicted = found.differs(at::SEX) && found.differs(at::BIRTH);
        return contradicted.then_some("the number is the same, but sex and date of birth differ");
    }
    if middle_names::are_different(&a.forenames, &b.forenames) {
        return Some("the first names agree, but other names follow them, as with twins");
    }
    if given == given_name::ONE_OF && a.forenames.is_start(&b.forenames) {
        return Some("one of them is called only by a first name that brothers often share");
    }
    let swapped = found.level(at::ORDER) >= crosswise::SWAPPED;
    let birth = found.level(at::BIRTH);
    if given == 0 || given == given_name::INITIAL {
        return Some("there is no given name on both sides beyond an initial");
    }
    if a.unborn_name || b.unborn_name {
        return Some("one of them is a child not yet born or named");
    }
    if birth == 0 {
        return Some("the date of birth is missing on one side");
    }
    if matches!(birth, date_of_birth::PARTLY..) {
        return Some("the dates of birth do not agree to the day");
    }
    if swapped && birth != date_of_birth::SAME {
        return Some("the names are swapped and the date of birth is not quite the same");
    }
    let generation = a
        .birth
        .years_apart(&b.birth)
        .is_some_and(|years| years >= date_of_birth::GENERATION_YEARS);
    if generation {
        return Some("one name, and the years of birth are a generation apart");
    }
    if found.differs(at::SEX) {
        return Some("the sex differs");
    }
    contradicted(found)
}

/// Names and dates of birth alone never link when anything contradicts.
fn contradicted(found: &Comparison) -> Option<&'static str> {
    let contradicts = [at::FAMILY, at::POSTCODE, at::ADDRESS, at::IDENTIFIERS]
        .into_iter()
        .any(|field| found.differs(field));
    let supported = [
        at::POSTCODE,
        at::ADDRESS,
        at::PHONE,
        at::EMAIL,
        at::IDENTIFIERS,
    ]
    .into_iter()
    .any(|field| found.agrees(field));
    (contradicts && !supported)
        .then_some("only names and date of birth agree, and something else differs")
}

/// Whether one is a child expected and the other a child of the same mother born or expected about then.
fn is_expected_child(scorer: &Scorer<'_>, (left, right): (usize, usize)) -> bool {
    let fits = |unborn: usize, child: usize| {
        let (a, b) = (&scorer.all[unborn], &scorer.all[child]);
        let (Some(expected), Some(born)) = (a.expected, b.birth.day.or(b.expected)) else {
            return false;
        };
        let unnamed = a.given.is_empty() || a.unborn_name;
        a.birth.day.is_none()
            && unnamed
            && (expected - born).num_days().abs() <= DAYS_AROUND_EXPECTED
            && same_mother(scorer, unborn, child)
    };
    fits(left, right) || fits(right, left)
}

fn same_mother(scorer: &Scorer<'_>, unborn: usize, child: usize) -> bool {
    let none = Vec::new();
    let mothers = |of: usize| scorer.families.mothers.get(of).unwrap_or(&none);
    if mothers(unborn).is_empty() || mothers(child).is_empty() {
        // no mother is named on one side: the household stands for her
        return scorer.all[unborn]
            .household
            .meet(&scorer.all[child].household);
    }
    mothers(unborn).iter().any(|x| {
        mothers(child).iter().any(|y| {
            x == y || {
                // the two mothers are records too; they have no expected date themselves, so this ends
                let pair = scorer.score((*x).min(*y), (*x).max(*y));
                pair.probability >= 0.5 && !pair.ruling.is_apart() && !pair.ruling.is_dropped()
            }
        })
    })
}
