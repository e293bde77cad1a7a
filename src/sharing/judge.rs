//! Fills in how the basis of each fact stands: status, consent state, what the family knows, onward rules.

use std::collections::BTreeSet;

use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::{BasisStatus, Fact};
use crate::model::phrase::Coded;
use crate::model::supply::Supplied;
use crate::model::words::{ConsentState, Handling, Told};

use super::Rules;
use super::conditions::has_handling;
use super::ground::{Basis, more_guarded};
use super::standing::{Standing, Terms, standing};

/// Judges one fact on a day.
pub fn judge(rules: &Rules, supplied: &Supplied, as_of: Day, fact: &mut Fact) {
    let lead = std::iter::once(fact.lead);
    let rest = fact.entries.iter().copied().filter(|at| *at != fact.lead);
    let entries: Vec<&Entry> = lead
        .chain(rest)
        .filter_map(|at| supplied.entries.get(at))
        .collect();
    let mut best: Option<(Standing, Coded<ConsentState>)> = None;
    for entry in &entries {
        let basis = rules.basis_of(entry);
        let found = standing(&basis, &Terms::of(&entry.consent), as_of);
        // the lead comes first, so that it wins where several stand alike
        if best.as_ref().is_none_or(|(now, _)| now.or(found) != *now) {
            best = Some((found, consent_state(entry, &basis, found)));
        }
    }
    let (found, state) = best.unwrap_or((Standing::unknown(), Coded::Blank));
    fact.status = found.status;
    fact.consent_state = state;
    fact.basis = bases(&entries);
    fact.told = shown_told(rules, &entries);
    fact.handling = handling(rules, &entries, as_of);
}

/// All codes, each once, those of the lead first.
fn bases(entries: &[&Entry]) -> Vec<Box<str>> {
    let mut seen = BTreeSet::new();
    entries
        .iter()
        .flat_map(|entry| &entry.basis)
        .filter(|code| seen.insert(*code))
        .cloned()
        .collect()
}

/// The cell as supplied; where it is blank what the codes and dates say.
fn consent_state(entry: &Entry, basis: &Basis, found: Standing) -> Coded<ConsentState> {
    if !entry.consent.state.is_blank() {
        return entry.consent.state.clone();
    }
    match found.status {
        BasisStatus::Withdrawn => Coded::Known(ConsentState::Withdrawn),
        BasisStatus::Expired => Coded::Known(ConsentState::Expired),
        _ => {
            let asserted = basis.grounds.iter().find_map(|ground| ground.state);
            asserted.or(basis.note).map_or(Coded::Blank, Coded::Known)
        }
    }
}

/// What the family knows: the most guarded answer of the entries, a blank cell taking its codes' default.
pub fn told<'a>(rules: &Rules, entries: impl Iterator<Item = &'a Entry>) -> Option<Told> {
    entries.fold(None, |most, entry| {
        let said = match &entry.told {
            Coded::Known(told) => Some(*told),
            Coded::Blank => rules.basis_of(entry).told,
            // said in words that nobody here can read: guarded as if they were not to know yet
            Coded::Unknown(_) => Some(Told::NotYet),
        };
        more_guarded(most, said)
    })
}

/// What is printed of it: a cell that could not be read stays as it was given, unless telling is unsafe.
fn shown_told(rules: &Rules, entries: &[&Entry]) -> Coded<Told> {
    let told = told(rules, entries.iter().copied());
    let verbatim = entries
        .iter()
        .find(|entry| matches!(entry.told, Coded::Unknown(_)));
    match (told, verbatim) {
        (told, Some(entry)) if told != Some(Told::Unsafe) => entry.told.clone(),
        (told, _) => told.map_or(Coded::Blank, Coded::Known),
    }
}

/// All onward rules of the entries, sorted, each once: a row's own cells, else the defaults of its codes.
fn handling(rules: &Rules, entries: &[&Entry], day: Day) -> Vec<Coded<Handling>> {
    let mut all: Vec<Coded<Handling>> = Vec::new();
    for entry in entries {
        if has_handling(entry) {
            all.extend(
                entry
                    .handling
                    .iter()
                    .filter(|cell| !cell.is_blank())
                    .cloned(),
            );
        } else {
            let basis = rules.basis_of(entry);
            all.extend(basis.handling_on(day).iter().copied().map(Coded::Known));
        }
    }
    all.sort_by(|one, other| (one.known(), one.text()).cmp(&(other.known(), other.text())));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sharing::testing::{case, day, entry, judged, on, with};

    fn told_of(cells: &[&str]) -> String {
        let entries = cells.iter().enumerate().map(|(at, cell)| {
            with(entry(&format!("gp:{at}"), "L6-E"), |e| {
                e.told = Coded::read(cell);
            })
        });
        judged(&case(entries.collect(), Vec::new()), "2026-03-01")
            .told
            .text()
            .to_owned()
    }

    #[test]
    fn the_most_guarded_answer_holds() {
        for (cells, told) in [
            (&["yes", "unsafe", "not yet"][..], "no because unsafe"),
            (&["yes", "not yet"], "no not yet"),
            (&["", "yes", "n/a"], "yes"),
            (&["no", "n/a"], "not applicable"),
            (&["", "no"], "no unrecorded"),
            (&["", ""], ""),
            (&["yes", "dad must not hear"], "dad must not hear"),
            (&["dad must not hear", "unsafe"], "no because unsafe"),
        ] {
            assert_eq!(told_of(cells), told, "{cells:?}");
        }
    }

    #[test]
    fn a_valid_ground_of_any_entry_carries_the_fact() {
        let ended = with(entry("gp:1", "C-VRB"), |e| {
            e.consent.withdrawn_on = on("2025-06-01");
        });
        let blank = entry("hospital:1", "U-NR");
        let duty = with(entry("police:1", "L6-E"), |e| {
            e.consent.state = Coded::read("not required");
        });
        let status = |entries: &[&Entry]| {
            let fact = judged(
                &case(entries.iter().map(|e| (*e).clone()).collect(), Vec::new()),
                "2026-03-01",
            );
            (fact.status.phrase(), fact.consent_state.text().to_owned())
        };
        assert_eq!(
            status(&[&ended, &blank]),
            ("withdrawn", "withdrawn".to_owned())
        );
        assert_eq!(
            status(&[&ended, &blank, &duty]),
            ("valid", "not required".to_owned())
        );
        assert_eq!(status(&[&blank]), ("unknown", String::new()));
    }

    #[test]
    fn cells_of_the_row_override_the_defaults_of_its_codes() {
        let handling = |entries: Vec<Entry>| {
            let fact = judged(&case(entries, Vec::new()), "2026-03-01");
            let words: Vec<String> = fact
                .handling
                .iter()
                .map(|cell| cell.text().to_owned())
                .collect();
            words.join("|")
        };
        let said = |id: &str, basis: &str, cell: &str| {
            with(entry(id, basis), |e| {
                e.handling = cell.split('|').map(Coded::read).collect();
            })
        };
        assert_eq!(handling(vec![entry("gp:1", "L6-E")]), "open to partners");
        assert_eq!(
            handling(vec![entry("gp:1", "L6-E|N-RSK")]),
            "need to know|not to the family"
        );
        assert_eq!(
            handling(vec![said("gp:1", "L6-E|N-RSK", "open")]),
            "open to partners"
        );
        assert_eq!(
            handling(vec![said("gp:1", "L6-E", "eyes only")]),
            "eyes only"
        );
        assert_eq!(
            handling(vec![
                said("gp:1", "L6-E", "not for crime use"),
                entry("police:1", "E-MAPPA")
            ]),
            "ask the originator|not for crime use"
        );
    }

    #[test]
    fn a_consent_limits_what_rests_on_it_and_nothing_else() {
        let supplied = case(vec![entry("gp:1", "C-VRB|E-ISD")], Vec::new());
        for (as_of, rule) in [
            ("2026-09-29", Handling::NamedOnly),
            ("2026-09-30", Handling::OpenPartners),
        ] {
            assert_eq!(
                judged(&supplied, as_of).handling,
                [Coded::Known(rule)],
                "{as_of}"
            );
        }
        assert_eq!(day("2026-09-30"), "2026-09-30".parse().unwrap());
    }
}
