//! The flag about details that somebody must be kept from seeing: protected-detail-exposed. It blocks a safe pack.

use std::collections::BTreeMap;

use super::{Finding, Judged};
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::settings::Recipient;
use crate::model::words::{AgencyKind, Handling};
use crate::reliance::evidence::Evidence;
use crate::reliance::sentence::{counted, number, possessive, verb};
use crate::reliance::thresholds::EXPOSED_FACTS;
use crate::reliance::{Input, Reliance};

/// A fact would show somebody a protected address, a reporter, or what is not for the family.
///
/// For the family: whatever they would be shown. For an agency, or without a recipient: a protected detail in an entry that
/// partners may pass on freely.
pub fn exposed(evidence: &Evidence<'_>, _: &Reliance) -> Judged {
    let input = evidence.input;
    let family = is_family(input);
    if !family && !input.guarded.iter().any(|guarded| *guarded) {
        return Err("no protected addresses supplied");
    }
    let least = evidence.limit(&EXPOSED_FACTS);
    let mut found: BTreeMap<(&AgencyId, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (at, fact) in input.timeline.facts.iter().enumerate() {
        let reaches = input.settings.recipient.is_none() || input.is_available(at);
        let shows = if family {
            let kept = fact.handling.iter().any(|h| h.is(Handling::NotToFamily));
            kept || input.exposed(at).detail || input.exposed(at).reporter
        } else {
            input.exposed(at).detail && is_open(fact) && !is_recipients_own(input, fact)
        };
        if !(reaches && shows && input.is_inside(at)) {
            continue;
        }
        let persons = fact.persons.iter().copied().map(Some);
        for person in persons.chain(fact.persons.is_empty().then_some(None)) {
            for agency in &fact.agencies {
                found.entry((agency, person)).or_default().push(at);
            }
        }
    }
    let found = found
        .into_iter()
        .filter(|(_, facts)| facts.len() as f64 >= least);
    let found = found.map(|((agency, person), facts)| {
        let name = evidence.agency(agency);
        let about = person.map_or_else(String::new, |at| format!(" about {}", evidence.name(at)));
        let count = facts.len();
        let holds = if family {
            "what is not for the family"
        } else {
            "an address or another detail that is protected"
        };
        Finding {
            agencies: vec![agency.as_str().to_owned()],
            persons: person.into_iter().collect(),
            value: count.to_string(),
            threshold: number(least),
            sentence: format!(
                "{name}: {}{about} {} {holds}, and nothing keeps {} from being passed on. Who needs to see it?",
                counted(count, "fact"),
                verb(count, "holds", "hold"),
                verb(count, "it", "them")
            ),
            facts,
            would_clear: format!(
                "Before anything is passed on, restrict the handling of {} {}, or have the detail taken out.",
                possessive(name),
                verb(count, "entry", "entries")
            ),
            ..Finding::default()
        }
    });
    Ok(found.collect())
}

/// Whether the output is for the family.
fn is_family(input: &Input<'_>) -> bool {
    match &input.settings.recipient {
        Some(Recipient::Family | Recipient::Kind(AgencyKind::Family)) => true,
        Some(Recipient::Agency(id)) => {
            let agency = input.supplied.agency(id);
            agency.is_some_and(|agency| agency.kind == AgencyKind::Family)
        }
        _ => false,
    }
}

/// Whether nothing restricts who may see the fact: "open to partners", or no handling at all.
fn is_open(fact: &Fact) -> bool {
    let mut handling = fact.handling.iter();
    handling.all(|h| h.is_blank() || h.is(Handling::OpenPartners) || h.is(Handling::NotForCrime))
}

/// Whether the recipient told the fact itself, and so learns nothing new.
fn is_recipients_own(input: &Input<'_>, fact: &Fact) -> bool {
    matches!(&input.settings.recipient, Some(Recipient::Agency(id)) if fact.agencies.contains(id))
}
