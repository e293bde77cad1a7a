//! Counts false flags: families in which whoever drafted the assessment took no notice of who said what.
//!
//! `cargo bench --bench blind` makes 10,000 of them (`-- 500` makes 500), measures each as `build` does, and prints how
//! many show a flag of over- or under-reliance. None of these flags is right; at most five in a hundred families may show
//! one. A shorter run is among the tests (`src/reliance/tests_at_scale.rs`).

#![allow(clippy::expect_used, clippy::print_stdout, missing_docs)] // a bench may fail, and prints

#[path = "people/dice.rs"]
#[allow(dead_code)] // the invented people use all of it
mod dice;

use std::collections::BTreeMap;

use casepicture::model::agency::Agency;
use casepicture::model::basis::{Jurisdiction, Vocabulary};
use casepicture::model::date::{Day, When};
use casepicture::model::entry::Entry;
use casepicture::model::id::{AgencyId, ConclusionId, EntryId};
use casepicture::model::person::People;
use casepicture::model::phrase::Coded;
use casepicture::model::settings::Settings;
use casepicture::model::source::RowRef;
use casepicture::model::supply::{Citation, Cited, Supplied};
use casepicture::model::words::{Channel, Polarity};
use casepicture::reliance::{Grouping, Input, SideVerdict, measure};
use casepicture::timeline;
use dice::Dice;

const FAMILIES: usize = 10_000;
const AGENCIES: [&str; 10] = [
    "early-years",
    "gp",
    "health-visiting",
    "hospital",
    "housing",
    "mental-health",
    "police",
    "probation",
    "school",
    "social-care",
];
const ROW: RowRef = RowRef {
    file: 0,
    sheet: 0,
    row: 2,
};

fn main() {
    let mut wanted = std::env::args().filter_map(|argument| argument.parse().ok());
    let families = wanted.next_back().unwrap_or(FAMILIES);
    let vocabulary = Vocabulary::of(Jurisdiction::None).expect("the vocabulary can be read");
    let mut dice = Dice::new(20_260_301);
    let mut by_grouping: BTreeMap<Grouping, usize> = BTreeMap::new();
    let mut by_size: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for _ in 0..families {
        let (supplied, own) = family(&mut dice);
        let facts = supplied.entries.len();
        let flagged = flagged(&supplied, &own, &vocabulary);
        for grouping in &flagged {
            *by_grouping.entry(*grouping).or_default() += 1;
        }
        let size = by_size.entry(facts / 50 * 50).or_default();
        *size = (size.0 + 1, size.1 + usize::from(!flagged.is_empty()));
    }
    let percent = |count: usize, of: usize| 100.0 * count as f64 / of as f64;
    let any = by_size.values().map(|(_, flagged)| flagged).sum();
    println!(
        "{families} source-blind families: {:.2}% show any flag",
        percent(any, families)
    );
    for (grouping, count) in by_grouping {
        println!("  {grouping:?}: {:.2}%", percent(count, families));
    }
    for (from, (all, flagged)) in by_size {
        println!(
            "  {from} to {} facts: {:.2}% of {all}",
            from + 49,
            percent(flagged, all)
        );
    }
}

/// A family of some agencies that tell unequally much, and a draft that cites facts by lot; significant ones more often.
fn family(dice: &mut Dice) -> (Supplied, AgencyId) {
    let agencies = 3 + dice.below(AGENCIES.len() - 2);
    let sums = dice::skew(agencies, 1.0, dice.share());
    let cited = 0.05 + dice.share() * 0.45;
    let as_of = Day::from_ymd_opt(2026, 3, 1).expect("a day");
    let mut supplied = Supplied::default();
    for id in AGENCIES.iter().take(agencies) {
        supplied.agencies.push(Agency {
            supplied: true,
            ..Agency::of_id(&AgencyId::new(id))
        });
    }
    for at in 0..20 + dice.below(180) {
        let agency = AgencyId::new(AGENCIES[dice.place(&sums)]);
        let mut entry = Entry::blank(EntryId::new(&agency, &format!("E{at:04}")), ROW);
        entry.when = When::day(as_of - chrono::Days::new(dice.below(400) as u64));
        entry.significance = *dice.pick(&[None, Some(0), Some(1), Some(2), Some(3)]);
        let channels = [
            None,
            Some(Channel::Child),
            Some(Channel::Parent),
            Some(Channel::Observation),
        ];
        entry.channel = coded(*dice.pick(&channels));
        entry.polarity =
            coded(*dice.pick(&[None, Some(Polarity::Strength), Some(Polarity::Concern)]));
        let significant = entry.significance.is_some_and(|s| s > 1);
        if dice.is(if significant {
            (cited * 1.5).min(1.0)
        } else {
            cited
        }) {
            supplied.citations.push(Citation {
                row: ROW,
                conclusion: ConclusionId::new("C1"),
                cited: Cited::Entry(entry.id.clone()),
                text: String::new(),
                decided_on: When::default(),
                decided_by: String::new(),
            });
        }
        supplied.entries.push(entry);
    }
    supplied.entries.sort_by(|one, other| one.id.cmp(&other.id));
    let own = AgencyId::new(AGENCIES[dice.below(agencies)]);
    (supplied, own)
}

fn coded<T>(value: Option<T>) -> Coded<T> {
    value.map_or(Coded::Blank, Coded::Known)
}

/// The groupings with a flag on either side.
fn flagged(supplied: &Supplied, own: &AgencyId, vocabulary: &Vocabulary) -> Vec<Grouping> {
    let people = People::default();
    let mut timeline = timeline::merge(supplied, &people, &[]);
    timeline::cite(supplied, &[], &mut timeline);
    let settings = Settings {
        own_agency: Some(own.clone()),
        ..Settings::default()
    };
    let input = Input {
        supplied,
        people: &people,
        timeline: &timeline,
        withheld: &[],
        outside: &[],
        faults: &[],
        exposed: &[],
        guarded: &[],
        decisions: &[],
        vocabulary,
        settings: &settings,
        config: &supplied.config,
        as_of: Day::from_ymd_opt(2026, 3, 1).expect("a day"),
    };
    let groups = measure(&input).groups;
    let is_flag = |verdict| verdict == SideVerdict::Flag;
    let mut flagged: Vec<Grouping> = groups
        .iter()
        .filter(|group| is_flag(group.verdict_under) || is_flag(group.verdict_over))
        .map(|group| group.grouping)
        .collect();
    flagged.dedup();
    flagged
}
