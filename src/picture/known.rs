//! What was known at an earlier date, so that a review does not judge with hindsight.

use std::collections::BTreeSet;

use crate::model::date::{Day, When};
use crate::model::decision::{Decision, Verdict, settle};
use crate::model::entry::Entry;
use crate::model::id::{AgencyId, DecisionId};
use crate::model::phrase::Coded;
use crate::model::settings::Settings;
use crate::model::supply::{Request, Supplied};
use crate::model::words::{ConsentState, RequestResult};

/// What was known at a date, and how sure that is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KnownAt {
    /// What was there by then.
    pub supplied: Supplied,
    /// How many entries were left out, since they came later.
    pub later: usize,
    /// How many entries are in, though nobody wrote when they were recorded or received: they are taken to have been known
    /// from the day on which they happened.
    pub not_said: usize,
}

/// Leaves out what came after a day: entries received after it (recorded, where no receipt is said; happened, where
/// neither is), what was asked, answered, decided, ended, withdrawn or began later. Records carry no date of their own and
/// stay, a later death aside.
///
/// A date that is not known to the day counts from its earliest day: what may have been known is not left out.
pub fn known_at(supplied: &Supplied, day: Day) -> KnownAt {
    let came = |entry: &Entry| -> (bool, bool) {
        let said = [&entry.received_on, &entry.recorded_on];
        let said = said.into_iter().find(|when| when.is_known());
        (is_later(said.unwrap_or(&entry.when), day), said.is_some())
    };
    let mut known = KnownAt {
        supplied: supplied.clone(),
        ..KnownAt::default()
    };
    let all = &mut known.supplied;
    all.entries.retain(|entry| !came(entry).0);
    known.later = supplied.entries.len() - all.entries.len();
    known.not_said = all.entries.iter().filter(|entry| !came(entry).1).count();
    for entry in &mut all.entries {
        consent_then(entry, day);
    }
    all.involvements.retain(|one| !is_later(&one.from, day));
    all.relationships.retain(|one| !is_later(&one.from, day));
    all.coverage.retain(|one| !is_later(&one.from, day));
    all.citations.retain(|one| !is_later(&one.decided_on, day));
    all.consultations.retain(|one| !is_later(&one.on, day));
    all.requests.retain(|one| !is_later(&one.asked_on, day));
    for request in &mut all.requests {
        request_then(request, day);
    }
    // what ended later was open then, and how it would end nobody knew
    let ends = all.involvements.iter_mut().map(|one| &mut one.to);
    let ends = ends.chain(all.relationships.iter_mut().map(|one| &mut one.to));
    let ends = ends.chain(all.records.iter_mut().map(|one| &mut one.death));
    let covered = all.coverage.iter_mut();
    let covered = covered.flat_map(|one| [&mut one.to, &mut one.last_synchronised]);
    for end in ends.chain(covered).filter(|end| is_later(end, day)) {
        *end = When::default();
    }
    supplied_then(supplied, all);
    known
}

/// An agency all of whose rows came later had supplied nothing then.
fn supplied_then(now: &Supplied, then: &mut Supplied) {
    let (gave, had_given) = (suppliers(now), suppliers(then));
    for agency in &mut then.agencies {
        let lost_all = gave.contains(&agency.id) && !had_given.contains(&agency.id);
        agency.supplied &= !lost_all;
    }
}

/// The agencies whose own rows are there.
fn suppliers(supplied: &Supplied) -> BTreeSet<AgencyId> {
    let records = supplied.records.iter().filter(|one| one.described);
    let records = records.map(|one| one.id.agency());
    let entries = supplied.entries.iter().map(Entry::agency);
    let related = supplied.relationships.iter().map(|one| &one.agency);
    let involved = supplied.involvements.iter().map(|one| &one.agency);
    let all = records.chain(entries).chain(related).chain(involved);
    all.cloned().collect()
}

/// The decisions as they stood at the end of a day (UTC). One without a time counts as made.
///
/// What says how the exports are to be read is no hindsight, and stays whenever it was decided: who is who, what repeats
/// what, where something comes from. What was concluded, relied on, asked, shared, explained or noted later is left out.
pub fn decided_by(decisions: &[Decision], day: Day) -> Vec<Decision> {
    let end = day
        .succ_opt()
        .and_then(|next| next.and_hms_opt(0, 0, 0))
        .map_or(i64::MAX, |midnight| midnight.and_utc().timestamp());
    let mut reading: BTreeSet<DecisionId> = BTreeSet::new();
    let mut stood = Vec::new();
    for decision in decisions {
        let mut decision = decision.clone();
        let is_reading = match &mut decision.verdict {
            Verdict::Persons { .. }
            | Verdict::SecondReading { .. }
            | Verdict::Echo { .. }
            | Verdict::Origin { .. } => true,
            Verdict::Contested { one, .. } => reading.contains(one),
            Verdict::Withdrawn { of } if decision.at >= end => {
                of.retain(|id| reading.contains(id));
                !of.is_empty()
            }
            Verdict::Withdrawn { of } => of.iter().all(|id| reading.contains(id)),
            _ => false,
        };
        if is_reading {
            reading.insert(decision.id.clone());
        }
        if is_reading || decision.at < end {
            stood.push(decision);
        }
    }
    settle(&mut stood);
    stood
}

/// What a picture is computed for when it is to show what was known at a day: judged at that day, or at an earlier one that
/// was asked for.
pub fn settings_at(settings: &Settings, day: Day) -> Settings {
    Settings {
        as_of: Some(settings.as_of.map_or(day, |as_of| as_of.min(day))),
        ..settings.clone()
    }
}

fn is_later(when: &When, day: Day) -> bool {
    when.start().is_some_and(|start| start > day)
}

/// Consent that was taken back, or ran out, later stood then.
fn consent_then(entry: &mut Entry, day: Day) {
    if is_later(&entry.consent.withdrawn_on, day) {
        entry.consent.withdrawn_on = When::default();
        stood(entry, ConsentState::Withdrawn, "C-WDN");
    }
    if is_later(&entry.consent.expires_on, day) {
        stood(entry, ConsentState::Expired, "C-XPD");
    }
}

/// Puts back what a later end has written over the consent: that it was given.
fn stood(entry: &mut Entry, ended: ConsentState, code: &str) {
    if entry.consent.state.is(ended) {
        entry.consent.state = Coded::Known(ConsentState::Given);
    }
    for named in entry.basis.iter_mut().filter(|named| &***named == code) {
        *named = "C-GVN".into();
    }
}

/// A request that was answered later was open then, and a reply that was not due yet was not missing.
fn request_then(request: &mut Request, day: Day) {
    let not_missing_yet = request.result.is(RequestResult::NoReply)
        && !request.answered_on.is_known()
        && is_later(&request.due_on, day);
    if is_later(&request.answered_on, day) || not_missing_yet {
        request.answered_on = When::default();
        request.result = Coded::Blank;
        request.reason.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{AgencyId, EntryId};
    use crate::model::source::RowRef;
    use proptest::prelude::*;

    fn on(text: &str) -> When {
        text.parse::<Day>()
            .map_or_else(|_| When::default(), When::day)
    }

    fn entry(id: &str, happened: &str, recorded: &str, received: &str) -> Entry {
        let row = RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        };
        let mut entry = Entry::blank(EntryId::read(id, &AgencyId::new("gp")), row);
        entry.when = on(happened);
        entry.recorded_on = on(recorded);
        entry.received_on = on(received);
        entry
    }

    #[test]
    fn an_entry_counts_from_the_day_it_came_not_from_the_day_it_speaks_of() {
        let supplied = Supplied {
            entries: vec![
                entry("gp:1", "2024-01-01", "2024-01-02", "2025-06-01"),
                entry("gp:2", "2024-01-01", "2024-01-02", ""),
                entry("gp:3", "2024-01-01", "2025-02-02", ""),
                entry("gp:4", "2024-01-01", "", ""),
                entry("gp:5", "2025-01-01", "", ""),
                entry("gp:6", "", "", ""),
            ],
            ..Supplied::default()
        };
        let known = known_at(&supplied, "2024-12-31".parse().unwrap());
        let ids: Vec<&str> = known
            .supplied
            .entries
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(ids, ["gp:2", "gp:4", "gp:6"]);
        assert_eq!((known.later, known.not_said), (3, 2));
        let all = known_at(&supplied, "2026-01-01".parse().unwrap());
        assert_eq!((all.later, all.supplied.entries.len()), (0, 6));
    }

    /// One of everything that may be written over later: as it stood, and as later events have left it.
    fn then_and_later(event: Day, expiry: Day) -> (Supplied, Supplied) {
        use crate::model::id::RecordId;
        use crate::model::record::Record;
        use crate::model::supply::{Coverage, Involvement};
        let agency = AgencyId::new("gp");
        let row = RowRef {
            file: 0,
            sheet: 0,
            row: 2,
        };
        let later = When::day(event);
        let record = Record::named_only(RecordId::new(&agency, "a"));
        let mut given = entry("gp:1", "2024-01-01", "2024-01-02", "");
        given.basis = vec!["C-GVN".into()];
        given.consent.state = Coded::Known(ConsentState::Given);
        let mut dated = given.clone();
        dated.id = EntryId::read("gp:2", &agency);
        dated.consent.expires_on = When::day(expiry);
        let involvement = Involvement {
            agency: agency.clone(),
            row,
            record: record.id.clone(),
            service: String::new(),
            involved: None,
            from: on("2024-01-01"),
            to: When::default(),
            worker: String::new(),
            evidence: String::new(),
        };
        let request = Request {
            id: "R".into(),
            row,
            asked: agency.clone(),
            asked_by: String::new(),
            asked_on: on("2024-01-01"),
            due_on: later.clone(),
            answered_on: When::default(),
            result: Coded::Blank,
            records: Vec::new(),
            question: String::new(),
            reason: String::new(),
            basis: String::new(),
        };
        let coverage = Coverage {
            agency,
            row,
            from: on("2020-01-01"),
            to: When::default(),
            last_synchronised: When::default(),
            records_available: Coded::Blank,
            explanation: String::new(),
        };
        let then = Supplied {
            records: vec![record],
            entries: vec![given, dated],
            involvements: vec![involvement],
            coverage: vec![coverage],
            requests: vec![
                request.clone(),
                Request {
                    id: "S".into(),
                    ..request
                },
            ],
            ..Supplied::default()
        };
        let mut now = then.clone();
        now.records[0].death = later.clone();
        now.entries[0].consent.withdrawn_on = later.clone();
        now.entries[0].consent.state = Coded::Known(ConsentState::Withdrawn);
        now.entries[0].basis = vec!["C-WDN".into()];
        now.entries[1].consent.state = Coded::Known(ConsentState::Expired);
        now.entries[1].basis = vec!["C-XPD".into()];
        let mut new = entry("gp:9", "2024-01-01", "", "");
        new.recorded_on = later.clone();
        now.entries.push(new);
        now.involvements[0].to = later.clone();
        now.coverage[0].to = later.clone();
        now.coverage[0].last_synchronised = later.clone();
        now.requests[0].answered_on = later;
        now.requests[0].result = Coded::Known(RequestResult::Withheld);
        now.requests[0].reason = "a court case".into();
        now.requests[1].result = Coded::Known(RequestResult::NoReply);
        (then, now)
    }

    proptest! {
        /// Nothing that happened after the day changes what is shown for it; what happened by then does.
        #[test]
        fn what_happened_later_changes_nothing(after in 1_u64..900, expires in 1_u64..900) {
            let at: Day = "2024-06-30".parse().unwrap();
            let later = |days: u64| at + chrono::Days::new(days);
            let (then, now) = then_and_later(later(after), later(expires));
            prop_assert_eq!(&known_at(&now, at).supplied, &known_at(&then, at).supplied);
            prop_assert_eq!(known_at(&now, at).supplied, then);
            let latest = later(after.max(expires));
            prop_assert_eq!(known_at(&now, latest).supplied, now);
        }
    }

    #[test]
    fn the_picture_of_a_day_judges_consent_requests_and_gaps_as_they_stood() {
        use crate::model::case::Case;
        use crate::model::fact::BasisStatus;
        use crate::picture::Picture;
        let at: Day = "2024-06-30".parse().unwrap();
        let (then, now) = then_and_later(at + chrono::Days::new(30), at + chrono::Days::new(40));
        let picture = |supplied: &Supplied, day: Day| {
            let case = Case::new(known_at(supplied, day).supplied);
            Picture::of(&case, &settings_at(&Settings::default(), day)).unwrap()
        };
        let (of_now, of_then) = (picture(&now, at), picture(&then, at));
        assert_eq!(of_now.flags, of_then.flags);
        assert_eq!(of_now.reliance, of_then.reliance);
        assert!(
            of_now
                .timeline
                .facts
                .iter()
                .all(|fact| fact.status == BasisStatus::Valid)
        );
        let today = picture(&now, at + chrono::Days::new(365));
        let ended: Vec<BasisStatus> = today
            .timeline
            .facts
            .iter()
            .map(|fact| fact.status)
            .collect();
        assert!(ended.contains(&BasisStatus::Withdrawn) && ended.contains(&BasisStatus::Expired));
    }

    #[test]
    fn decisions_stand_as_they_stood_on_the_day() {
        let decision = |number: u32, day: &str, verdict: Verdict| Decision {
            at: day
                .parse::<Day>()
                .unwrap()
                .and_hms_opt(23, 59, 59)
                .unwrap()
                .and_utc()
                .timestamp(),
            ..Decision::plain(number, verdict, "A. Worker")
        };
        let explained = Verdict::FlagExplained {
            flag_id: "f".into(),
            reason: "known".into(),
        };
        let first = decision(1, "2024-06-30", explained);
        let of = vec![first.id.clone()];
        let taken_back = decision(2, "2024-07-01", Verdict::Withdrawn { of });
        let mut all = vec![first, taken_back];
        settle(&mut all);
        let standing = |day: &str| -> Vec<bool> {
            let made = decided_by(&all, day.parse().unwrap());
            made.iter().map(|one| one.withdrawn_by.is_none()).collect()
        };
        assert_eq!(standing("2024-06-29"), [] as [bool; 0]);
        assert_eq!(standing("2024-06-30"), [true]);
        assert_eq!(standing("2024-07-01"), [false, true]);
        // who is who is no hindsight, and what was taken back of it neither
        let row = |id: &str| crate::model::id::RecordId::new(&AgencyId::new("gp"), id);
        let same = decision(
            3,
            "2024-08-01",
            Verdict::Persons {
                left: row("a"),
                right: row("b"),
                same: crate::model::decision::Sameness::Same,
            },
        );
        let of = vec![same.id.clone(), all[0].id.clone()];
        let undone = decision(4, "2024-08-02", Verdict::Withdrawn { of });
        let later = [all[0].clone(), same, undone];
        let stood = decided_by(&later, "2024-06-30".parse().unwrap());
        let numbers: Vec<(u32, bool)> = stood
            .iter()
            .map(|one| (one.number, one.withdrawn_by.is_none()))
            .collect();
        assert_eq!(numbers, [(1, true), (3, false), (4, true)]);
    }
}
