//! Who is on a plan and since when: by an involvement row that names one, or by entries of category plan start and plan end.

use std::collections::BTreeMap;

use crate::model::date::Day;
use crate::model::phrase::fold;
use crate::reliance::Input;
use crate::reliance::evidence::Evidence;

/// For each person the times on a plan: the first day, unknown where nobody recorded it, and the last, open while it runs.
pub type Plans = BTreeMap<usize, Vec<(Option<Day>, Option<Day>)>>;

/// Whether anything supplied speaks of plans at all.
pub fn is_supplied(input: &Input<'_>) -> bool {
    let mut involved = input.supplied.involvements.iter();
    let mut entries = input.supplied.entries.iter();
    involved.any(|row| is_plan(&row.service))
        || entries.any(|entry| is_start(&entry.category) || is_end(&entry.category))
}

/// Gathers the plans of all persons.
pub fn plans(evidence: &Evidence<'_>) -> Plans {
    let input = evidence.input;
    let mut plans = Plans::new();
    for row in input
        .supplied
        .involvements
        .iter()
        .filter(|row| is_plan(&row.service))
    {
        if let Some(person) = evidence.person(&row.record) {
            let span = (row.from.start(), row.to.end());
            plans.entry(person).or_default().push(span);
        }
    }
    // facts are in the order of their dates, and an end closes what was open before it
    let mut open: BTreeMap<usize, Option<Day>> = BTreeMap::new();
    for fact in &input.timeline.facts {
        let mut entries = fact
            .entries
            .iter()
            .filter_map(|at| input.supplied.entries.get(*at));
        let starts = entries.clone().any(|entry| is_start(&entry.category));
        let ends = entries.any(|entry| is_end(&entry.category));
        for person in &fact.persons {
            if starts {
                open.entry(*person).or_insert(fact.when.start());
            }
            let day = fact.when.end().filter(|_| ends);
            if let Some(from) = day.and_then(|_| open.remove(person)) {
                plans.entry(*person).or_default().push((from, day));
            }
            // an end closes what an involvement row left open as well
            let spans = plans.get_mut(person).into_iter().flatten();
            for span in spans.filter(|(from, until)| until.is_none() && *from <= day) {
                span.1 = day;
            }
        }
    }
    for (person, from) in open {
        plans.entry(person).or_default().push((from, None));
    }
    plans
}

/// Whether a plan ran on a day.
pub fn runs_on((from, until): (Option<Day>, Option<Day>), day: Day) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| until >= day)
}

fn is_plan(service: &str) -> bool {
    matches!(
        fold(service).as_str(),
        "childprotectionplan" | "childinneedplan" | "cpplan" | "cinplan"
    )
}

fn is_start(category: &str) -> bool {
    fold(category) == "planstart"
}

fn is_end(category: &str) -> bool {
    fold(category) == "planend"
}
