//! How much each agency told over the time that it worked with somebody, and how long it was silent: measure M8.
//!
//! A description and no flag: what is usual differs from service to service, and the program ships no rates. Against a
//! rate that the hub itself expects, `flags/contribution.rs` judges.

use std::collections::BTreeMap;

use super::evidence::Evidence;
use super::sentence::{counted, percent};
use super::silence::longest_gap;
use super::{Contribution, Input};
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::words::{Role, YesNo};

/// Days in a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// Describes every agency and person of whom an involvement with a known start is recorded, by agency, then person.
pub fn of(input: &Input<'_>) -> Vec<Contribution> {
    let supplied = input.supplied;
    if supplied.involvements.is_empty() {
        return Vec::new();
    }
    let evidence = Evidence::of(input);
    let (first, last) = input.settings.period.unwrap_or((Day::MIN, input.as_of));
    let mut spans: BTreeMap<(&AgencyId, usize), (Day, Day)> = BTreeMap::new();
    for row in &supplied.involvements {
        let (Some(agency), Some(person)) = (&row.involved, evidence.person(&row.record)) else {
            continue;
        };
        let Some((covered_from, covered_until)) = covered(input, agency) else {
            continue;
        };
        let from = row.from.start().map(|day| day.max(first).max(covered_from));
        let until = row.to.end().map_or(last, |day| day.min(last));
        let until = until.min(input.as_of).min(covered_until);
        let Some(from) = from.filter(|from| *from < until) else {
            continue;
        };
        // of several rows the longest: whether the agency worked with them in between, nobody said
        let span = spans.entry((agency, person)).or_insert((from, until));
        if until - from > span.1 - span.0 {
            *span = (from, until);
        }
    }
    let is_told_of = |person: usize| {
        let roles = input.people.persons.get(person).map(|person| &person.roles);
        let reported = roles.is_some_and(|roles| roles.contains(&Role::Reporter));
        !reported && !evidence.is_stranger(person)
    };
    let spans = spans.into_iter().filter(|((_, at), _)| is_told_of(*at));
    spans
        .map(|((agency, person), span)| describe(&evidence, agency, person, span))
        .collect()
}

/// The days that an agency's export covers, all days where it does not say; `None` where no records are available. What
/// lies outside is no silence.
fn covered(input: &Input<'_>, agency: &AgencyId) -> Option<(Day, Day)> {
    let rows = input.supplied.coverage.iter();
    let mut rows = rows.filter(|row| row.agency == *agency).peekable();
    if rows.peek().is_none() {
        return Some((Day::MIN, Day::MAX));
    }
    let open = rows.filter(|row| !row.records_available.is(YesNo::No));
    let spans = open.map(|row| {
        let (from, until) = (row.from.start(), row.to.end());
        (from.unwrap_or(Day::MIN), until.unwrap_or(Day::MAX))
    });
    spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn describe(
    evidence: &Evidence<'_>,
    agency: &AgencyId,
    person: usize,
    (from, until): (Day, Day),
) -> Contribution {
    let input = evidence.input;
    let facts = evidence.facts_of.get(person).into_iter().flatten();
    let told = facts.copied().filter(|at| {
        let fact = input.timeline.facts.get(*at);
        fact.is_some_and(|fact| fact.agencies.contains(agency))
    });
    let dated = told.filter_map(|at| {
        let day = input.timeline.facts.get(at)?.when.start()?;
        (from..=until).contains(&day).then_some((day, at))
    });
    let mut dated: Vec<(Day, usize)> = dated.collect();
    dated.sort_unstable();
    let days = dated.iter().map(|(day, _)| *day);
    let ends = [from].into_iter().chain(days).chain([until]);
    let ends: Vec<Day> = ends.collect();
    let gaps = ends.iter().zip(ends.iter().skip(1));
    let longest = gaps.map(|(one, other)| (*other - *one).num_days()).max();
    let longest = longest.unwrap_or(0);
    let length = (until - from).num_days();
    let share = longest as f64 / length as f64;
    let count = dated.len();
    let chance = (count > 0).then(|| longest_gap(count, share));
    let months = length as f64 / MONTH;
    let silence = match chance {
        None => String::new(),
        Some(chance) => format!(
            "; the longest silence lasted {}. Among as many facts at random times one as long is seen in {} of cases",
            counted(longest.max(0) as usize, "day"),
            percent(chance)
        ),
    };
    Contribution {
        agency: agency.clone(),
        person,
        months,
        longest,
        share,
        chance,
        sentence: format!(
            "{} told {} about {} in {} of working together{silence}.",
            input.supplied.agency_name(agency),
            if count == 0 {
                "nothing".to_owned()
            } else {
                counted(count, "fact")
            },
            evidence.name(person),
            counted(months.round().max(1.0) as usize, "month")
        ),
        facts: dated.into_iter().map(|(_, at)| at).collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::date::When;
    use crate::model::id::AgencyId;
    use crate::model::phrase::Coded;
    use crate::model::supply::Coverage;
    use crate::model::words::YesNo;
    use crate::reliance::fixture::{ROW, Scene, on};

    /// Eleven facts of police about a child over the year 2025, the longest silence half of it.
    fn year() -> Scene {
        let mut scene = Scene::new(&["police"]);
        let child = scene.person("police:1", "Ada Example", "2016-05-01");
        scene.involvement("police", child, "2025-01-01");
        scene.supplied.involvements[0].to = on("2026-01-01");
        for day in 1..=11 {
            let fact = scene.fact(&["police"], false);
            scene.about(fact, child);
            scene.when(fact, &format!("2025-02-{day:02}"));
        }
        let last = scene.fact(&["police"], false);
        scene.about(last, child);
        scene.when(last, "2026-02-01");
        scene
    }

    #[test]
    fn the_longest_silence_is_told_with_its_chance() {
        let told = year().measure().contributions;
        assert_eq!(told.len(), 1);
        let of = &told[0];
        assert_eq!(
            (of.facts.len(), of.longest),
            (11, 324),
            "the one after the end does not count"
        );
        assert!((of.share - 324.0 / 365.0).abs() < 1e-12 && of.chance.is_some_and(|p| p < 0.001));
        assert_eq!(
            of.sentence,
            "Police told 11 facts about Ada Example in 12 months of working together; the longest silence lasted 324 days. Among as many facts at random times one as long is seen in less than 1% of cases."
        );
    }

    #[test]
    fn what_the_export_does_not_cover_is_no_silence() {
        let mut scene = year();
        scene.supplied.coverage = vec![Coverage {
            agency: AgencyId::new("police"),
            row: ROW,
            from: When::default(),
            to: on("2025-02-11"),
            last_synchronised: When::default(),
            records_available: Coded::Blank,
            explanation: String::new(),
        }];
        assert_eq!(
            scene.measure().contributions[0].longest,
            31,
            "from the start of the year"
        );
        scene.supplied.coverage[0].records_available = Coded::Known(YesNo::No);
        assert!(scene.measure().contributions.is_empty());
    }
}
