//! What is kept apart whatever its weight: two who each have a verified number of their own; and, in a file of families, those
//! who look like twins, and those who are called alike a generation apart, as father and son are. Only a number, or an e-mail
//! address, links the latter.

use super::compare::{Begun, Comparer, Pattern, level_of};
use super::fields::{Positions, Spec};
use super::model::{Model, Stratum};
use super::stratum::may_be_of_twins;
use super::weigh::Seen;
use crate::model::identifier::Scheme;
use crate::people::compare::{date_of_birth, email, family_name, given_name, identifiers};
use crate::people::model::probability;

/// Those who look like twins have this weight at most, in bits: less than even, so that they are not linked.
const MOST: f64 = -0.5;
/// Those who are a generation apart, or have a number each, have this: of 3,287 in labelled files 35 were one person. They are
/// still listed.
const MOST_SURELY: f64 = -6.0;
/// Where those who look like twins are one person so often, the file holds no families.
pub const NO_FAMILIES: f64 = 0.8;

/// The rules of a run.
#[derive(Debug)]
pub struct Rules {
    at: Positions,
    /// Across agencies, and within one.
    has_families: [bool; 2],
}

/// Why two are kept apart.
#[derive(Debug, Clone, Copy)]
enum Rule {
    Numbers,
    Twins,
    Generation,
}

impl Rule {
    fn phrase(self) -> &'static str {
        match self {
            Self::Numbers => {
                "each has a number of one kind whose check digits fit, and they differ"
            }
            Self::Twins | Self::Generation => {
                "as twins, or as father and son: only a number or an e-mail address links them"
            }
        }
    }

    fn most(self) -> f64 {
        match self {
            Self::Twins => MOST,
            Self::Numbers | Self::Generation => MOST_SURELY,
        }
    }
}

impl Rules {
    /// The rules that a model calls for.
    pub fn of(model: &Model, specs: &[Spec]) -> Self {
        let twins = model.prior_twins;
        Self::among(specs, [twins.across, twins.within])
    }

    /// The rules where such a share of those who look like twins is one person, across agencies and within one.
    pub fn among(specs: &[Spec], twins: [f64; 2]) -> Self {
        let mut at = Positions::of(specs);
        // a Medicare card is a family's, so it makes nobody one person, nor two
        at.numbers
            .retain(|(field, _)| specs[*field].name != Scheme::Medicare.name());
        Self {
            at,
            has_families: twins.map(|share| share < NO_FAMILIES),
        }
    }

    /// What a rule takes off a pair of such a sum, in bits; 0 where none speaks.
    pub fn take_off(&self, pair: &Begun, sum: f64) -> f64 {
        if sum <= MOST_SURELY {
            return 0.0;
        }
        self.rule(pair)
            .map_or(0.0, |rule| (rule.most() - sum).min(0.0))
    }

    /// What a pair weighs to learning, which else takes fathers and sons for one person of two dates of birth: no more than the
    /// rule leaves it. Twins have a stratum of their own to learn from.
    pub fn to_learning(&self, pair: &Seen, weight: f64) -> f64 {
        let are_generations =
            self.has_families[usize::from(pair.within)] && self.are_named_after(pair.pattern);
        if are_generations && !self.is_known(pair.pattern) {
            weight.min(MOST_SURELY)
        } else {
            weight
        }
    }

    /// Whether pairs that a rule keeps apart stay below a threshold by their weight; one that was asked for may be lower.
    pub fn hold_by_weight(threshold: f64) -> bool {
        probability(MOST) < threshold
    }

    /// The rule that keeps a pair apart, in words.
    pub fn speaking(&self, pair: &Begun) -> Option<&'static str> {
        self.rule(pair).map(Rule::phrase)
    }

    fn rule(&self, pair: &Begun) -> Option<Rule> {
        let number = |(at, _): &(usize, usize)| level_of(pair.pattern, *at);
        let is_other = |level: usize| level == identifiers::DIFFERENT_VERIFIED;
        if self.at.numbers.iter().map(number).any(is_other) {
            return Some(Rule::Numbers);
        }
        if !self.has_families[usize::from(pair.within)] {
            return None;
        }
        self.family(pair).filter(|_| !self.is_known(pair.pattern))
    }

    /// That those who look like twins are linked in these files, in a sentence; `None` where they are not.
    pub fn note(&self) -> Option<&'static str> {
        self.has_families.contains(&false).then_some(
            "Those who look like twins (one family name, date of birth and home, other given names) are nearly always one person in these files by all else that is known, so the rules that keep twins, and father and son, apart are not used: check such pairs where there may be families.",
        )
    }

    /// Whether two records may not become one person, through others neither.
    pub fn keep_apart(&self, comparer: &Comparer<'_>, pair: (u32, u32)) -> bool {
        let (left, right) = (
            comparer.side(pair.0 as usize),
            comparer.side(pair.1 as usize),
        );
        let (a, b) = (left.row, right.row);
        let numbers = self.at.numbers.iter();
        let mut levels = numbers.map(|(_, number)| comparer.number(*number, left, right));
        if levels.any(|level| level == identifiers::DIFFERENT_VERIFIED) {
            return true;
        }
        // what is read here tells nearly all pairs of one person from those that a rule may keep apart
        let born = comparer.birth(a, b);
        let may_be_twins = || {
            a.given_folded != b.given_folded
                && may_be_of_twins(born)
                && comparer.given_level(left, right) == given_name::DIFFERENT
        };
        if born != date_of_birth::GENERATION && !may_be_twins() {
            return false;
        }
        self.speaking(&comparer.compare(left, right)).is_some()
    }

    /// Whether two look like twins, or like father and son, wherever those live.
    fn family(&self, pair: &Begun) -> Option<Rule> {
        if pair.stratum == Stratum::Twins {
            Some(Rule::Twins)
        } else {
            self.are_named_after(pair.pattern)
                .then_some(Rule::Generation)
        }
    }

    /// Whether two who are born a generation apart have one name.
    fn are_named_after(&self, pattern: Pattern) -> bool {
        let level = |field: Option<usize>| field.map_or(0, |at| level_of(pattern, at));
        level(self.at.birth) == date_of_birth::GENERATION
            && (given_name::SAME..=given_name::INITIAL).contains(&level(self.at.given))
            && (family_name::SAME..=family_name::CLOSE).contains(&level(self.at.family))
    }

    /// Whether a number or an e-mail address says that they are one person.
    fn is_known(&self, pattern: Pattern) -> bool {
        let level = |at: usize| level_of(pattern, at);
        let is_same = |(at, _): &(usize, usize)| {
            (identifiers::SAME..=identifiers::SAME_UNVERIFIED).contains(&level(*at))
        };
        let same_email = |at: usize| level(at) == email::SAME;
        self.at.numbers.iter().any(is_same) || self.at.email.is_some_and(same_email)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::date::When;
    use crate::model::roster::Roster;
    use crate::model::settings::WithinSource;
    use crate::model::watch::Unwatched;
    use crate::people::scale::fields::fields;
    use crate::people::scale::table::Table;
    use crate::people::scale::{Options, link, sample};

    /// Whether the first two may not become one person through others.
    fn are_kept_apart(roster: &Roster, model: &Model) -> bool {
        let table = Table::of(roster);
        let comparer = Comparer::new(&table, fields(roster));
        let rules = Rules::of(model, &comparer.fields);
        rules.keep_apart(&comparer, (0, 1))
    }

    #[test]
    fn twins_and_father_and_son_are_not_linked_for_want_of_others() {
        for (given, births) in [
            (["Sam", "Olga"], ["2016-05-05", "2016-05-05"]),
            (["John", "John"], ["1970-03-04", "1995-09-09"]),
        ] {
            let mut roster = sample::roster(&["csc:1", "health:2"]);
            roster.given = sample::column(&given);
            roster.family = sample::column(&["Silva", "Silva"]);
            roster.birth = sample::column(&births);
            roster.births = births_of(&roster);
            roster.address = sample::column(&["129 Silva Close", "129 Silva Close"]);
            roster.postcode = sample::column(&["XW29 2AB", "XW29 2AB"]);
            let linked = link(&roster, &Options::default(), &Unwatched).unwrap();
            assert_eq!(linked.person, [0, 1], "{given:?}");
            assert!(are_kept_apart(&roster, &linked.model), "{given:?}");
            // one who is called the same and born the same day may be one person
            roster.given = sample::column(&["Sam", "Sam"]);
            roster.births = vec![when_of("1995-09-09"); 2];
            roster.birth = sample::column(&["1995-09-09", "1995-09-09"]);
            assert!(!are_kept_apart(&roster, &linked.model), "{given:?}");
        }
    }

    #[test]
    fn father_and_son_are_kept_apart_wherever_they_live() {
        for (births, apart) in [
            (["1970-03-04", "1995-09-09"], true),
            (["1970-03-04", "1979-09-09"], false),
        ] {
            let mut roster = sample::roster(&["csc:1", "health:2"]);
            roster.given = sample::column(&["John"; 2]);
            roster.family = sample::column(&["Silva"; 2]);
            roster.birth = sample::column(&births);
            roster.births = births_of(&roster);
            roster.postcode = sample::column(&["XW29 2AB", "XW31 7QD"]);
            let linked = link(&roster, &Options::default(), &Unwatched).unwrap();
            let found = are_kept_apart(&roster, &linked.model);
            assert_eq!(found, apart, "{births:?}");
        }
    }

    #[test]
    fn twins_are_kept_apart_whose_names_or_dates_were_misspelled() {
        for (given, families, births, apart) in [
            (
                ["Sam", "Olga"],
                ["Silvester", "Silvster"],
                ["2016-05-05"; 2],
                true,
            ),
            (["Sam", "Olga"], ["Silvester", ""], ["2016-05-05"; 2], true),
            (
                ["Sam", "Olga"],
                ["Silvester"; 2],
                ["2016-05-05", "2016-05-06"],
                true,
            ),
            // brother and sister have a date of birth each to tell them apart
            (
                ["Sam", "Olga"],
                ["Silvester"; 2],
                ["2016-05-05", "2018-11-20"],
                false,
            ),
            // one who is called crosswise
            (["Tran", "Tan"], ["Tan", "Tran"], ["2016-05-05"; 2], false),
        ] {
            let mut roster = sample::roster(&["csc:1", "health:2"]);
            roster.given = sample::column(&given);
            roster.family = sample::column(&families);
            roster.birth = sample::column(&births);
            roster.births = births_of(&roster);
            roster.address = sample::column(&["129 Mill Close"; 2]);
            roster.postcode = sample::column(&["XW29 2AB"; 2]);
            let linked = link(&roster, &Options::default(), &Unwatched).unwrap();
            let found = are_kept_apart(&roster, &linked.model);
            assert_eq!(found, apart, "{given:?} {families:?} {births:?}");
        }
    }

    /// The dates of birth, read.
    fn births_of(roster: &Roster) -> Vec<When> {
        roster.birth.values.iter().map(when_of).collect()
    }

    /// A day, or none.
    fn when_of(text: impl AsRef<str>) -> When {
        let day = text.as_ref().parse();
        day.map_or_else(|_| When::default(), When::day)
    }

    /// People alike in all that is told of them.
    fn alike(ids: &[&str]) -> Roster {
        let mut roster = sample::roster(ids);
        let all = |text: &str| sample::column(&vec![text; ids.len()]);
        (roster.given, roster.family) = (all("Rosalind"), all("Fenwick"));
        roster.birth = all("2012-06-21");
        roster.births = vec![When::default(), when("2012-06-21")];
        (roster.address, roster.postcode) = (all("11 Linden Walk"), all("XW29 2AB"));
        roster
    }

    fn when(text: &str) -> When {
        When::day(text.parse().unwrap())
    }

    #[test]
    fn two_verified_numbers_are_two_persons() {
        let mut roster = alike(&["csc:1", "health:2"]);
        assert_eq!(linked(&roster, WithinSource::Link), [0, 0]);
        for (numbers, persons) in [
            (["9434765919", "9434765870"], [0, 1]),
            // check digits that do not fit say nothing for sure
            (["9434765919", "9434765910"], [0, 0]),
        ] {
            roster.identifiers = vec![(Scheme::Nhs, sample::column(&numbers))];
            assert_eq!(linked(&roster, WithinSource::Link), persons, "{numbers:?}");
            let low = Options {
                threshold: Some(0.1),
                ..Options::default()
            };
            let linked = link(&roster, &low, &Unwatched).unwrap();
            assert_eq!(
                linked.person, persons,
                "{numbers:?}, however low the threshold"
            );
        }
        // a family's card is no person's number
        let cards = sample::column(&["2123456701", "2123456701"]);
        roster.identifiers = vec![(Scheme::Medicare, cards)];
        roster.given = sample::column(&["Sam", "Olga"]);
        assert_eq!(linked(&roster, WithinSource::Link), [0, 1]);
    }

    #[test]
    fn two_records_of_one_agency_are_no_person_through_a_third_where_that_is_asked_for() {
        let roster = alike(&["csc:1", "csc:2", "health:3"]);
        assert_eq!(linked(&roster, WithinSource::Link), [0, 0, 0]);
        for within in [WithinSource::Never, WithinSource::Review] {
            let person = linked(&roster, within);
            assert_ne!(person[0], person[1], "{within:?}");
        }
    }

    fn linked(roster: &Roster, within_source: WithinSource) -> Vec<u32> {
        let options = Options {
            within_source,
            ..Options::default()
        };
        link(roster, &options, &Unwatched).unwrap().person
    }
}
