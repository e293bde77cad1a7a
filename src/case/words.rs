//! Decisions in words, for the screen, the log and the questions of a review. They hold ids and what an analyst typed;
//! whoever shows them makes them safe.

use super::audit::Event;
use crate::model::decision::{About, Decision, EchoVerdict, Sameness, ShareRecord, Verdict};
use crate::model::fact::Origin;
use crate::model::id::{DecisionId, EntryId};

/// Longest text of an analyst's that is repeated, in characters.
const LONGEST: usize = 80;

/// What was decided, as a clause without a full stop. `decisions` are all of the case: a decision may be about others.
pub fn words(verdict: &Verdict, decisions: &[Decision]) -> String {
    match verdict {
        Verdict::Persons { left, right, same } => format!("{left} and {right}: {}", of(*same)),
        Verdict::SecondReading { left, right, same } => {
            format!("{left} and {right}, read a second time: {}", of(*same))
        }
        Verdict::Echo {
            entry,
            of,
            verdict: EchoVerdict::Echo,
        } => format!("{entry} is an echo of {of}"),
        Verdict::Echo { entry, of, .. } => format!("{entry} is no echo of {of}"),
        Verdict::Conclusion { conclusion, text } => {
            format!("conclusion {conclusion} says {}", quoted(text))
        }
        Verdict::ReliedOn { conclusion, entry } => {
            format!("conclusion {conclusion} relies on {entry}")
        }
        Verdict::NotReliedOn { conclusion, entry } => {
            format!("conclusion {conclusion} no longer relies on {entry}")
        }
        Verdict::FlagExplained { flag_id, reason } => {
            format!("flag {flag_id} explained: {}", quoted(reason))
        }
        Verdict::Origin { entry, origins } => {
            let origins: Vec<&str> = origins.iter().map(Origin::text).collect();
            format!("the origin of {entry} is {}", origins.join(", "))
        }
        Verdict::Significance { entry, level } => {
            format!("the significance of {entry} is {level}")
        }
        Verdict::Noted { about, text } if text.trim().is_empty() => {
            format!("the note on {} is taken away", matter(about))
        }
        Verdict::Noted { about, text } => format!("note on {}: {}", matter(about), quoted(text)),
        Verdict::Requested(asked) => {
            format!("request {} to {}", asked.request, agency(&asked.agency))
        }
        Verdict::Consulted(held) => {
            format!(
                "consultation {} with {}",
                held.consultation,
                agency(&held.agency)
            )
        }
        Verdict::Shared(shared) => sharing(shared),
        Verdict::Withdrawn { of } => {
            let of: Vec<String> = of.iter().map(|id| other(id, decisions)).collect();
            format!("taken back: {}", of.join("; "))
        }
        Verdict::Contested { one, other: two } => format!(
            "decided differently in two copies: {} – {}",
            other(one, decisions),
            other(two, decisions)
        ),
    }
}

/// An agency as it was typed; it may not be known yet.
fn agency(named: &str) -> &str {
    if named.trim().is_empty() {
        "an agency not known yet"
    } else {
        named
    }
}

fn sharing(shared: &ShareRecord) -> String {
    let entries: Vec<&str> = shared.entries.iter().map(EntryId::as_str).collect();
    let how = if shared.is_shared {
        "shared with"
    } else {
        "not shared with"
    };
    format!("{} {how} {}", entries.join(", "), shared.recipient)
}

/// Several decisions as one sentence part, no more than three of them in full.
pub fn together(made: &[Decision], decisions: &[Decision]) -> String {
    let mut said: Vec<String> = made
        .iter()
        .take(3)
        .map(|one| words(&one.verdict, decisions))
        .collect();
    if made.len() > 3 {
        said.push(format!("and {} more", made.len() - 3));
    }
    said.join("; ")
}

fn of(same: Sameness) -> &'static str {
    match same {
        Sameness::Same => "the same person",
        Sameness::Different => "different persons",
        Sameness::NotSure => "not sure",
    }
}

fn matter(about: &About) -> String {
    match about {
        About::Entry(id) => id.to_string(),
        About::Record(id) => id.to_string(),
        About::Case => "the case".to_owned(),
    }
}

/// Another decision in words; its name when it is not there. A withdrawal of a withdrawal is not unrolled.
fn other(id: &DecisionId, decisions: &[Decision]) -> String {
    let found = decisions.iter().find(|decision| decision.id == *id);
    match found.map(|decision| &decision.verdict) {
        None => format!("decision {id}"),
        Some(Verdict::Withdrawn { .. } | Verdict::Contested { .. }) => {
            format!("the withdrawal {id}")
        }
        Some(verdict) => words(verdict, decisions),
    }
}

fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("“{short}”")
}

/// What a line of the log tells: what happened, and what is known of it.
pub fn event(event: &Event) -> (&'static str, String) {
    let counted = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {more}"),
    };
    match event {
        Event::Created => ("created", String::new()),
        Event::Imported { import, files, .. } => (
            "imported",
            format!("import {import}, {}", counted(files.len(), "file", "files")),
        ),
        Event::Decided { decisions } => {
            let ids: Vec<&str> = decisions.iter().map(|(id, _)| id.as_str()).collect();
            ("decided", ids.join(" "))
        }
        Event::Brought { decisions, head } => (
            "brought",
            format!(
                "{} of the copy whose log ends in {head}",
                counted(decisions.len(), "decision", "decisions")
            ),
        ),
        Event::SawWithheld { fact } => ("saw withheld", fact.clone()),
        Event::Exported {
            table,
            recipient,
            purpose,
            rows,
            sha256,
        } => {
            let purpose = if purpose.is_empty() {
                String::new()
            } else {
                format!(", for {purpose}")
            };
            let rows = counted(*rows as usize, "row", "rows");
            (
                "exported",
                format!("{table}, {rows}, to {recipient}{purpose}, SHA-256 {sha256}"),
            )
        }
        Event::FailedUnlock { times } => {
            ("failed unlock", counted(*times as usize, "time", "times"))
        }
        Event::PassphraseChanged => ("passphrase changed", String::new()),
        Event::Erased {
            decisions, files, ..
        } => (
            "erased",
            format!(
                "{} and rows of {}",
                counted(decisions.len(), "decision", "decisions"),
                counted(files.len(), "file", "files")
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decision::Consulted;
    use crate::model::id::{AgencyId, ConclusionId, RecordId};

    #[test]
    fn every_kind_of_decision_has_words() {
        let agency = AgencyId::new("police");
        let entry = EntryId::new(&agency, "E1");
        let (left, right) = (
            RecordId::new(&agency, "R1"),
            RecordId::new(&AgencyId::new("school"), "S1"),
        );
        let persons = |same| Verdict::Persons {
            left: left.clone(),
            right: right.clone(),
            same,
        };
        let earlier = [Decision::plain(1, persons(Sameness::Same), "A")];
        let conclusion = ConclusionId::new("C1");
        for (verdict, said) in [
            (
                persons(Sameness::NotSure),
                "police:R1 and school:S1: not sure",
            ),
            (
                Verdict::Echo {
                    entry: entry.clone(),
                    of: EntryId::new(&agency, "E2"),
                    verdict: EchoVerdict::Independent,
                },
                "police:E1 is no echo of police:E2",
            ),
            (
                Verdict::ReliedOn {
                    conclusion: conclusion.clone(),
                    entry: entry.clone(),
                },
                "conclusion C1 relies on police:E1",
            ),
            (
                Verdict::Origin {
                    entry: entry.clone(),
                    origins: vec![Origin::Unknown, Origin::Agency(agency.clone())],
                },
                "the origin of police:E1 is unknown, police",
            ),
            (
                Verdict::Significance {
                    entry: entry.clone(),
                    level: 3,
                },
                "the significance of police:E1 is 3",
            ),
            (
                Verdict::Noted {
                    about: About::Entry(entry.clone()),
                    text: " ".into(),
                },
                "the note on police:E1 is taken away",
            ),
            (
                Verdict::Noted {
                    about: About::Case,
                    text: "x".repeat(90),
                },
                "note on the case: “xxxx",
            ),
            (
                Verdict::Consulted(Box::new(Consulted {
                    consultation: "hub-1".into(),
                    agency: "school".into(),
                    ..Consulted::default()
                })),
                "consultation hub-1 with school",
            ),
            (
                Verdict::Withdrawn {
                    of: vec![DecisionId::new("1"), DecisionId::new("gone")],
                },
                "taken back: police:R1 and school:S1: the same person; decision gone",
            ),
        ] {
            let words = words(&verdict, &earlier);
            assert!(words.starts_with(said), "{words}");
        }
    }
}
