//! The flags: each criticises the picture and never a person, names its facts, and says what would clear it.
//!
//! A family of rules is a file; a rule is one function. What a rule cannot judge it says, instead of staying silent.

mod absence;
mod asking;
mod basis;
mod child;
mod citing;
mod cluster;
mod conclusion;
mod contribution;
mod cycle;
mod disagreement;
mod dominance;
mod family;
mod focus;
mod guard;
mod identity;
mod kin;
mod lay;
mod optimism;
mod passing;
mod pattern;
mod plan;
mod repetition;
mod seen;
mod status;
mod timing;
mod unseen;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::evidence::Evidence;
use super::{Flag, Flags, Input, Reliance};
use crate::model::decision::{Verdict, standing};
use crate::model::id::{AgencyId, short_hash};

/// What one rule found, before it has an id.
#[derive(Debug, Clone, Default)]
struct Finding {
    direction: &'static str,
    agencies: Vec<String>,
    group: String,
    persons: Vec<usize>,
    value: String,
    threshold: String,
    sentence: String,
    facts: Vec<usize>,
    would_clear: String,
}

/// An agency, and the person that it speaks of.
type About<'a> = (&'a AgencyId, Option<usize>);

/// What a rule says: its findings, or why it cannot judge.
type Judged = Result<Vec<Finding>, &'static str>;

/// One rule.
struct Rule {
    code: &'static str,
    strength: u8,
    judge: fn(&Evidence<'_>, &Reliance) -> Judged,
}

const fn rule(
    code: &'static str,
    strength: u8,
    judge: fn(&Evidence<'_>, &Reliance) -> Judged,
) -> Rule {
    Rule {
        code,
        strength,
        judge,
    }
}

/// All rules, by code.
const RULES: [Rule; 38] = [
    rule("action-no-outcome", 1, timing::action_no_outcome),
    rule("adult-only-focus", 1, focus::adult_only),
    rule("agencies-disagree", 2, disagreement::agencies_disagree),
    rule("agency-dominance", 2, dominance::agency),
    rule("asked-no-reply", 2, timing::asked_no_reply),
    rule("asked-then-overridden", 1, family::overridden),
    rule("basis-missing", 2, basis::missing),
    rule("broken-pattern", 1, pattern::broken),
    rule("child-not-seen", 2, seen::not_seen),
    rule("child-voice-missing", 2, child::voice_missing),
    rule("circular-reporting", 2, repetition::circular),
    rule("cross-agency-cluster", 1, cluster::across_agencies),
    rule("disagreement-unresolved", 2, disagreement::unresolved),
    rule("domain-gap", 1, focus::domain_gap),
    rule("family-view-missing", 1, family::view_missing),
    rule("held-not-shared", 1, passing::held_not_shared),
    rule("identity-doubt", 3, identity::doubt),
    rule("involved-but-silent", 2, absence::involved_but_silent),
    rule("late-recorded", 1, timing::late_recorded),
    rule("late-shared", 2, timing::late_shared),
    rule("lay-reports-discounted", 2, lay::discounted),
    rule("low-contribution", 1, contribution::low),
    rule("not-asked", 1, asking::not_asked),
    rule("opinion-as-fact", 2, repetition::opinion_as_fact),
    rule("optimism-after-output", 1, optimism::after_output),
    rule("over-relied", 2, citing::over),
    rule("own-agency-dominance", 2, dominance::own),
    rule("protected-detail-exposed", 3, guard::exposed),
    rule("refused-consent-used", 3, basis::refused_consent_used),
    rule("self-report-reliance", 2, family::self_report),
    rule("shared-no-action", 1, passing::shared_no_action),
    rule("single-origin-conclusion", 2, conclusion::single_origin),
    rule("stale-source", 1, absence::stale_source),
    rule("start-again", 2, cycle::start_again),
    rule("status-hierarchy", 1, status::hierarchy),
    rule("uncited-agency", 2, citing::uncited_agency),
    rule("under-relied", 2, citing::under),
    rule("unseen-adult", 2, unseen::adult),
];

/// Raises the flags of all rules.
pub fn raise(input: &Input<'_>, reliance: &Reliance) -> Flags {
    let evidence = Evidence::of(input);
    let mut raised = Flags::default();
    for rule in &RULES {
        match (rule.judge)(&evidence, reliance) {
            Ok(findings) => raised
                .flags
                .extend(findings.into_iter().map(|found| finish(input, rule, found))),
            Err(why) => {
                raised.cannot_judge.insert(rule.code, why.to_owned());
            }
        }
    }
    explain(input, &mut raised.flags);
    raised.flags.sort_by(|a, b| {
        b.strength
            .cmp(&a.strength)
            .then_with(|| a.code.cmp(b.code))
            .then_with(|| a.id.cmp(&b.id))
    });
    raised
}

/// Gives a finding its id.
fn finish(input: &Input<'_>, rule: &Rule, mut found: Finding) -> Flag {
    found.agencies.sort();
    found.agencies.dedup();
    // persons are in the order of their ids, so are their indexes
    found.persons.sort_unstable();
    found.persons.dedup();
    found.facts.sort_unstable();
    found.facts.dedup();
    let smallest = found.facts.iter().filter_map(|at| {
        let entry = *input.timeline.facts.get(*at)?.entries.first()?;
        Some(&input.supplied.entries.get(entry)?.id)
    });
    let smallest = smallest.min().map_or("", |id| id.as_str());
    let persons = found.persons.iter();
    let persons: Vec<&str> = persons
        .filter_map(|at| Some(input.people.persons.get(*at)?.id.as_str()))
        .collect();
    // the group keeps apart what would else be the same: two groupings can have the same first entry
    let made_of = [
        rule.code,
        &found.agencies.join("|"),
        &found.group,
        &persons.join("|"),
        smallest,
    ];
    Flag {
        id: format!("K{}", short_hash(&made_of.join("\n"), 12)),
        code: rule.code,
        strength: rule.strength,
        direction: found.direction,
        agencies: found.agencies,
        group: found.group,
        persons: found.persons,
        value: found.value,
        threshold: found.threshold,
        sentence: found.sentence,
        facts: found.facts,
        would_clear: found.would_clear,
        explained_by: String::new(),
    }
}

/// Puts the latest explanation that stands beside each flag. The flag stays.
fn explain(input: &Input<'_>, flags: &mut [Flag]) {
    let mut reasons: BTreeMap<&str, String> = BTreeMap::new();
    for decision in standing(input.decisions) {
        if let Verdict::FlagExplained { flag_id, reason } = &decision.verdict {
            reasons.insert(flag_id, format!("{}: {reason}", decision.by));
        }
    }
    for flag in flags {
        if let Some(reason) = reasons.get(flag.id.as_str()) {
            flag.explained_by.clone_from(reason);
        }
    }
}
