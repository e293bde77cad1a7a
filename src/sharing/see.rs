//! Decides who may see a fact: one pure function over its conditions, which every output goes through.

use crate::model::date::Day;
use crate::model::fact::BasisStatus;
use crate::model::id::AgencyId;
use crate::model::settings::Recipient;
use crate::model::words::{AgencyKind, Handling, Threshold, Told};

use super::conditions::{Conditions, Part, Secret};
use super::directory::Named;
use super::standing::{Standing, carries};
use super::{Answer, Viewing};

/// Decides whether a recipient may see a fact: the one function that every output goes through.
///
/// An agency always sees what it supplied itself. A fact told by several agencies is seen when its basis stands and no
/// entry of another agency forbids it.
pub fn may_see(conditions: &Conditions, viewing: &Viewing<'_>) -> Answer {
    let directory = &conditions.directory;
    let refusal = match viewing.recipient {
        None => partnership(conditions, viewing),
        Some(Recipient::Family) => family(conditions, viewing),
        Some(Recipient::Agency(id)) => {
            let at = directory.find(id);
            let kind = at
                .and_then(|at| directory.member(at))
                .map_or(AgencyKind::Other, |member| member.kind);
            agency(conditions, viewing, Viewer { at, kind })
        }
        Some(Recipient::Kind(kind)) => {
            // any agency of the kind: what one of them may not see is not shown to "a school"
            let mut viewers: Vec<Viewer> = directory
                .of_kind(*kind)
                .map(|at| Viewer {
                    at: Some(at),
                    kind: *kind,
                })
                .collect();
            if viewers.is_empty() {
                viewers.push(Viewer {
                    at: None,
                    kind: *kind,
                });
            }
            viewers
                .into_iter()
                .find_map(|viewer| agency(conditions, viewing, viewer))
        }
    };
    refusal.map_or(Answer::Yes, Answer::No)
}

/// Decides whether everybody at one table may see a fact: it is open to the partnership, and each agency that works with the
/// family may see it.
pub fn may_all_see(conditions: &Conditions, viewing: &Viewing<'_>) -> Answer {
    let directory = &conditions.directory;
    let refuses = |at: usize| {
        let member = directory.member(at)?;
        let viewer = Viewer {
            at: Some(at),
            kind: member.kind,
        };
        agency(conditions, viewing, viewer)
    };
    let refusal = partnership(conditions, viewing).or_else(|| {
        let is_refused = directory.partners().any(|at| refuses(at).is_some());
        if is_refused {
            no("for some at the table only")
        } else {
            None
        }
    });
    refusal.map_or(Answer::Yes, Answer::No)
}

/// One agency that looks on; without an index it is none of the case's.
#[derive(Clone, Copy)]
struct Viewer {
    at: Option<usize>,
    kind: AgencyKind,
}

/// The reason when the basis forbids every new sharing. What nobody recorded is shown within the partnership and flagged.
fn basis_refuses(standing: Standing) -> Option<String> {
    match standing.status {
        BasisStatus::Valid | BasisStatus::Unknown => None,
        BasisStatus::Expired | BasisStatus::Withdrawn | BasisStatus::NotValid => {
            Some(standing.because.to_owned())
        }
    }
}

fn ask(part: &Part) -> String {
    let names: Vec<&str> = part.originators.iter().map(AgencyId::as_str).collect();
    format!("ask {}", names.join(" and "))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every rule answers with a reason or none"
)]
fn no(because: &str) -> Option<String> {
    Some(because.to_owned())
}

fn is_crime(viewing: &Viewing<'_>) -> bool {
    viewing.purpose == Some(Threshold::Crime)
}

/// Why a fact is not open to the partnership as a whole, if it is not.
fn partnership(conditions: &Conditions, viewing: &Viewing<'_>) -> Option<String> {
    let day = viewing.date;
    let of_part = |part: &Part| {
        if part.is_closed(day) {
            no("no onward sharing")
        } else if part.has(Handling::AskOriginator, day) {
            Some(ask(part))
        } else if part.has(Handling::NamedOnly, day) && !names_a_partner(part) {
            no("named recipients only")
        } else if part.has(Handling::NotForCrime, day) && is_crime(viewing) {
            no("not for crime use")
        } else {
            None
        }
    };
    basis_refuses(conditions.standing(day)).or_else(|| conditions.parts.iter().find_map(of_part))
}

/// Whether a scope names an agency of the case other than the supplier, or a kind of agency.
fn names_a_partner(part: &Part) -> bool {
    part.scope.iter().any(|named| match named {
        Named::Agency(at) => Some(*at) != part.supplier,
        Named::Kind(kind) => *kind != AgencyKind::Family,
        Named::Stranger(_) => false,
    })
}

/// Why an agency may not see a fact, if it may not.
fn agency(conditions: &Conditions, viewing: &Viewing<'_>, viewer: Viewer) -> Option<String> {
    if viewer.kind == AgencyKind::Family {
        return family(conditions, viewing);
    }
    let others = || {
        conditions
            .parts
            .iter()
            .filter(|part| viewer.at.is_none() || part.supplier != viewer.at)
    };
    others().next()?;
    basis_refuses(conditions.standing(viewing.date))
        .or_else(|| others().find_map(|part| of_part(conditions, part, viewing, viewer)))
}

/// Why an entry of another agency keeps a fact from a viewer, if it does.
fn of_part(
    conditions: &Conditions,
    part: &Part,
    viewing: &Viewing<'_>,
    viewer: Viewer,
) -> Option<String> {
    let (day, directory) = (viewing.date, &conditions.directory);
    let own = directory.is_own(viewer.at);
    let member = viewer.at.and_then(|at| directory.member(at));
    if part.is_closed(day) && !own {
        return no("no onward sharing");
    }
    let originates = member.is_some_and(|member| part.originators.contains(&member.id));
    if part.has(Handling::AskOriginator, day) && !own && !originates {
        return Some(ask(part));
    }
    if part.has(Handling::NamedOnly, day) && !is_named(part, viewer, own, day) {
        return no("named recipients only");
    }
    if part.has(Handling::NotForCrime, day) && is_crime(viewing) {
        return no("not for crime use");
    }
    // need to know: those who work with somebody of the case; a stranger to it has no part in the meeting
    if part.has(Handling::NeedToKnow, day) && !own && !member.is_some_and(|m| m.involved) {
        return no("need to know");
    }
    if !own && !kind_is_covered(part, viewer.kind, day) {
        return no("the ground names other recipients");
    }
    None
}

/// Whether a viewer is among the named recipients: those of the scope, else those that the code names, else the own agency.
fn is_named(part: &Part, viewer: Viewer, own: bool, day: Day) -> bool {
    if part.scope.is_empty() {
        let by_code = |ground: &super::ground::Ground| ground.kinds.contains(&viewer.kind);
        let carrying = part
            .basis
            .grounds
            .iter()
            .filter(|g| carries(g, &part.basis, &part.terms, day));
        return own || carrying.into_iter().any(by_code);
    }
    part.scope.iter().any(|named| match named {
        Named::Agency(at) => Some(*at) == viewer.at,
        Named::Kind(kind) => *kind == viewer.kind,
        Named::Stranger(_) => false,
    })
}

/// Whether some ground that carries the entry lets this kind of agency see it. Without such a ground there is no limit.
fn kind_is_covered(part: &Part, kind: AgencyKind, day: Day) -> bool {
    let mut carrying = part
        .basis
        .grounds
        .iter()
        .filter(|ground| carries(ground, &part.basis, &part.terms, day))
        .peekable();
    carrying.peek().is_none()
        || carrying.any(|ground| ground.kinds.is_empty() || ground.kinds.contains(&kind))
}

/// Why the family may not see a fact, if they may not. What they know of comes last: a guarded detail beats it.
fn family(conditions: &Conditions, viewing: &Viewing<'_>) -> Option<String> {
    let day = viewing.date;
    if conditions.told == Some(Told::Unsafe) {
        return no("told unsafe");
    }
    let of_part = |part: &Part| {
        if part.has(Handling::NotToFamily, day) {
            no("not to the family")
        } else if part.has(Handling::NotToPerpetrator, day) {
            no("not to the alleged perpetrator")
        } else if part.is_closed(day) {
            no("no onward sharing")
        } else if part.has(Handling::AskOriginator, day) {
            Some(ask(part))
        } else if part.has(Handling::NamedOnly, day) && !names_the_family(part, conditions) {
            no("named recipients only")
        } else if part.has(Handling::NotForCrime, day) && is_crime(viewing) {
            no("not for crime use")
        } else {
            None
        }
    };
    conditions
        .parts
        .iter()
        .find_map(of_part)
        .or_else(|| basis_refuses(conditions.standing(day)))
        .or_else(|| match conditions.secret {
            Some(Secret::ProtectedDetail) => no("holds a protected detail"),
            Some(Secret::Reporter) => no("names a reporter"),
            None => None,
        })
        .or_else(|| {
            let stranger = conditions.about_a_stranger && !conditions.own_words;
            stranger.then(|| "about nobody of the family".to_owned())
        })
        .or_else(|| match conditions.told {
            _ if conditions.own_words => None,
            Some(Told::Yes) => None,
            Some(Told::NotYet) => no("family not told yet"),
            _ => no("not recorded that the family was told"),
        })
}

fn names_the_family(part: &Part, conditions: &Conditions) -> bool {
    part.scope.iter().any(|named| match named {
        Named::Agency(at) => conditions
            .directory
            .member(*at)
            .is_some_and(|member| member.kind == AgencyKind::Family),
        Named::Kind(kind) => *kind == AgencyKind::Family,
        Named::Stranger(_) => false,
    })
}

#[cfg(test)]
mod tests;
