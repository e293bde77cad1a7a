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
mod tests {
    use super::*;
    use crate::model::entry::Entry;
    use crate::model::phrase::Coded;
    use crate::model::words::{Channel, Role};
    use crate::sharing::testing::{answer, case, england, entry, fact, on, record, rules, with};

    fn says(entries: Vec<Entry>, who: &str) -> String {
        answer(&case(entries, Vec::new()), who, "2026-03-01")
            .text()
            .to_owned()
    }

    fn handled(id: &str, cell: &str) -> Entry {
        with(entry(id, "L6-E"), |e| {
            e.handling = vec![Coded::read(cell)];
            e.told = Coded::Known(Told::Yes);
        })
    }

    #[test]
    fn the_reason_says_what_to_do() {
        for (entry, who, reason) in [
            (handled("police:1", "ask the originator"), "", "ask police"),
            (
                handled("police:1", "ask the originator"),
                "gp",
                "ask police",
            ),
            (
                handled("police:1", "ask the originator"),
                "social-care",
                "yes",
            ),
            (
                handled("police:1", "no onward sharing"),
                "gp",
                "no onward sharing",
            ),
            (
                handled("police:1", "named recipients only"),
                "gp",
                "named recipients only",
            ),
            (handled("police:1", "eyes only"), "", "no onward sharing"),
            (
                handled("police:1", "not to the family"),
                "family",
                "not to the family",
            ),
            (
                handled("police:1", "not to the alleged perpetrator"),
                "family",
                "not to the alleged perpetrator",
            ),
            (handled("police:1", "need to know"), "family", "yes"),
        ] {
            assert_eq!(says(vec![entry], who), reason, "{who}");
        }
    }

    #[test]
    fn the_originator_is_the_origin_where_it_is_named() {
        let told = with(handled("housing:1", "ask the originator"), |e| {
            e.origin.agencies = vec![AgencyId::new("police")];
        });
        assert_eq!(says(vec![told.clone()], ""), "ask police");
        assert_eq!(says(vec![told], "police"), "yes");
    }

    #[test]
    fn a_supplier_sees_its_own_words_and_not_what_others_add() {
        let own = with(entry("gp:1", "C-VRB"), |e| {
            e.consent.state = Coded::read("refused");
        });
        assert_eq!(says(vec![own.clone()], "gp"), "yes");
        assert_eq!(says(vec![own.clone()], ""), "consent refused");
        let added = handled("police:1", "ask the originator");
        assert_eq!(says(vec![entry("gp:1", "L6-E"), added], "gp"), "ask police");
    }

    #[test]
    fn a_kind_sees_what_every_agency_of_it_may_see() {
        let supplied = case(vec![handled("school-a:1", "no onward sharing")], Vec::new());
        let alone = rules(&supplied);
        let conditions = alone.conditions(&supplied, england(), &fact(&supplied));
        let kind = Recipient::Kind(AgencyKind::School);
        let viewing = Viewing {
            recipient: Some(&kind),
            purpose: None,
            date: "2026-03-01".parse().unwrap(),
        };
        assert!(
            may_see(&conditions, &viewing).is_yes(),
            "the only school is the supplier"
        );
        let two = case(
            vec![
                handled("school-a:1", "no onward sharing"),
                entry("school-b:1", "L6-E"),
            ],
            Vec::new(),
        );
        let mut fact = fact(&two);
        fact.entries = vec![0];
        let conditions = rules(&two).conditions(&two, england(), &fact);
        assert_eq!(may_see(&conditions, &viewing).text(), "no onward sharing");
    }

    #[test]
    fn named_recipients_need_a_partner_to_be_open_to_the_meeting() {
        let named = |scope: &[&str]| {
            with(entry("gp:1", "C-EXP"), |e| {
                e.consent.scope = scope.iter().map(|word| AgencyId::new(word)).collect();
            })
        };
        for (scope, who, reason) in [
            (&[][..], "", "named recipients only"),
            (&["gp"], "", "named recipients only"),
            (&["nobody known"], "", "named recipients only"),
            (&["social-care"], "", "yes"),
            (&["housing"], "", "yes"),
            (&[], "social-care", "yes"),
            (&["housing"], "social-care", "named recipients only"),
            (&["housing"], "gp", "yes"),
        ] {
            assert_eq!(says(vec![named(scope)], who), reason, "{scope:?} {who}");
        }
    }

    #[test]
    fn what_a_parent_said_to_a_worker_is_not_the_familys_own_words() {
        let said = |id: &str, channel: Channel, told: &str| {
            with(entry(id, "L6-E"), |e| {
                e.channel = Coded::Known(channel);
                e.told = Coded::read(told);
            })
        };
        for (entry, shown) in [
            (said("health-visiting:1", Channel::Parent, ""), false),
            (said("health-visiting:1", Channel::Parent, "yes"), true),
            (said("school:1", Channel::Child, ""), false),
            (said("family:1", Channel::Parent, ""), true),
            (said("family:1", Channel::Parent, "unsafe"), false),
            (said("family:1", Channel::OtherPerson, ""), false),
        ] {
            let found = says(vec![entry.clone()], "family");
            assert_eq!(found == "yes", shown, "{} {found}", entry.id);
        }
    }

    #[test]
    fn a_family_copy_holds_no_protected_detail_in_any_cell() {
        let hidden = record("refuge:1", |r| {
            r.protected_address = true;
            r.address = "12 Acorn Road, Ambleton".to_owned();
            r.postcode = "AM1 2BT".to_owned();
            r.phones = vec!["+44 7700 900123".to_owned()];
            r.emails = vec!["new.start@example.org".to_owned()];
            r.uprn = "100012345678".to_owned();
        });
        type Change = fn(&mut Entry);
        let leaks: [Change; 8] = [
            |e| e.text = "Now at 12 ACORN RD.".to_owned(),
            |e| e.action = "Write to am12bt.".to_owned(),
            |e| e.outcome = "Rang 07700 900 123.".to_owned(),
            |e| e.child_view = "I like Acorn Road".to_owned(),
            |e| e.family_view = "mail New.Start@Example.org".to_owned(),
            |e| e.value = "UPRN 100012345678".to_owned(),
            |e| e.category = "AM1  2BT".to_owned(),
            |e| e.document = "letter to A M 1 2 B T".to_owned(),
        ];
        for (at, leak) in leaks.iter().enumerate() {
            let told = with(handled("gp:1", "open"), leak);
            let supplied = case(vec![told], vec![hidden.clone()]);
            assert_eq!(
                answer(&supplied, "family", "2026-03-01").text(),
                "holds a protected detail",
                "{at}"
            );
            assert!(answer(&supplied, "", "2026-03-01").is_yes(), "{at}");
        }
        let plain = case(vec![handled("gp:1", "open")], vec![hidden]);
        assert!(answer(&plain, "family", "2026-03-01").is_yes());
    }

    #[test]
    fn a_reporter_is_named_in_no_fact_that_the_family_sees() {
        let report = with(handled("housing:1", "open"), |e| {
            e.channel = Coded::Known(Channel::OtherPerson);
            e.told_by = "June Harrow (grandmother)".to_owned();
        });
        let named = |text: &str| with(handled("gp:1", "open"), |e| e.text = text.to_owned());
        let see = |entry: Entry| {
            let supplied = case(vec![entry, report.clone()], Vec::new());
            let mut fact = fact(&supplied);
            fact.entries = vec![0];
            let rules = rules(&supplied);
            let conditions = rules.conditions(&supplied, england(), &fact);
            let viewing = Viewing {
                recipient: Some(&Recipient::Family),
                purpose: None,
                date: "2026-03-01".parse().unwrap(),
            };
            may_see(&conditions, &viewing).text().to_owned()
        };
        for (text, answer) in [
            ("Junehar row rang", "names a reporter"),
            ("Mrs HARROW rang", "names a reporter"),
            ("HARROW, June", "names a reporter"),
            ("Seen in June, the field was harrowed", "yes"),
            ("Grandmother collects on Fridays", "yes"),
        ] {
            assert_eq!(see(named(text)), answer, "{text}");
        }
    }

    #[test]
    fn a_fact_about_a_reporter_is_withheld_from_the_family() {
        let reporter = record("police:r", |r| {
            r.full_name = "June Harrow".to_owned();
            r.roles = vec![Coded::Known(Role::Reporter)];
        });
        let id = reporter.id.clone();
        let told = with(handled("police:1", "open"), |e| {
            e.persons = vec![id];
            e.when = on("2025-02-02");
        });
        let supplied = case(vec![told], vec![reporter]);
        assert_eq!(
            answer(&supplied, "family", "2026-03-01").text(),
            "names a reporter"
        );
    }
}
