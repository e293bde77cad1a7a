//! What is gathered from a picture on demand (silence, letters, slots, doubtful links) shows a recipient nothing that the
//! recipient may not see, in both bundled cases and for everybody whom they name.

#![allow(clippy::unwrap_used)] // a test may fail by panic

mod common;

use std::collections::BTreeSet;

use casepicture::import::{Limits, folder::read_folder, read};
use casepicture::model::case::Case;
use casepicture::model::phrase::Phrase;
use casepicture::model::settings::{Recipient, Settings};
use casepicture::model::supply::Supplied;
use casepicture::model::words::AgencyKind;
use casepicture::picture::{PROTECTED, Picture};
use casepicture::reliance::State;
use casepicture::timeline::Standing;

const CASES: [&str; 2] = ["hollow-lane", "river-street"];

fn supplied(name: &str) -> Supplied {
    let limits = Limits::default();
    read(
        &read_folder(&common::fixture(name), &limits).unwrap(),
        &limits,
    )
    .unwrap()
}

fn picture_of(supplied: Supplied, recipient: Option<&Recipient>) -> Picture {
    let case = Case::new(supplied);
    let settings = Settings {
        recipient: recipient.cloned(),
        ..Settings::of_config(&case.supplied.config)
    };
    Picture::of(&case, &settings).unwrap()
}

/// Every agency of a case, and some kinds.
fn recipients(picture: &Picture) -> Vec<Recipient> {
    let agencies = picture.supplied.agencies.iter();
    let partners = agencies.filter(|agency| agency.kind != AgencyKind::Family);
    let mut all: Vec<Recipient> = partners
        .map(|agency| Recipient::Agency(agency.id.clone()))
        .collect();
    all.extend([AgencyKind::School, AgencyKind::Court].map(Recipient::Kind));
    all
}

#[test]
fn for_the_family_nothing_of_it_is_there() {
    for name in CASES {
        let picture = picture_of(supplied(name), Some(&Recipient::Family));
        let family = Some(&Recipient::Family);
        assert!(picture.silence(family).agencies.is_empty());
        assert!(picture.silence(family).months.is_empty());
        assert!(picture.questions(family).is_empty());
        assert!(picture.slots(family).is_empty());
        assert!(picture.doubtful_links(family).is_empty());
    }
}

#[test]
fn a_recipient_sees_slots_of_what_it_may_see_and_no_others() {
    let (mut fewer, mut all_sides) = (0, 0);
    for name in CASES {
        let picture = picture_of(supplied(name), None);
        let sides = |slots: &[casepicture::timeline::Slot]| {
            slots.iter().map(|slot| slot.said.len()).sum::<usize>()
        };
        let whole = picture.slots(None);
        assert!(whole.iter().any(|slot| slot.standing == Standing::Open));
        for recipient in recipients(&picture) {
            let shown = picture.shown_to(Some(&recipient));
            let slots = picture.slots(Some(&recipient));
            for slot in &slots {
                assert!(shown.person(slot.person).is_some());
                for said in &slot.said {
                    let side = &said.side;
                    let own = picture.is_of(Some(&recipient), &side.agency);
                    match (side.fact, side.record) {
                        (Some(fact), _) => assert!(shown.fact(fact)),
                        (None, Some(record)) => {
                            assert!(own || (shown.record(record) && slot.name != "address"));
                        }
                        (None, None) => assert!(own, "{recipient:?}: {side:?}"),
                    }
                }
            }
            fewer += usize::from(sides(&slots) < sides(&whole));
            all_sides += 1;
        }
    }
    assert!(
        fewer * 2 > all_sides,
        "most recipients see less than the analyst"
    );
}

#[test]
fn what_a_recipient_may_not_see_changes_none_of_its_slots_or_months() {
    for name in CASES {
        let all = supplied(name);
        let whole = picture_of(all.clone(), None);
        for recipient in recipients(&whole) {
            let before = picture_of(all.clone(), Some(&recipient));
            let shown = before.shown_to(Some(&recipient));
            let mut less = all.clone();
            let hidden: BTreeSet<usize> = (0..all.entries.len())
                .filter(|&at| {
                    !shown.fact(before.timeline.fact_of[at])
                        && !before.is_of(Some(&recipient), all.entries[at].agency())
                })
                .collect();
            let mut at = 0..;
            less.entries
                .retain(|_| !hidden.contains(&at.next().unwrap()));
            // another way to say the date keeps it the same day that all is judged at
            less.config.as_of = Some(before.as_of);
            let after = picture_of(less, Some(&recipient));
            let said = |picture: &Picture| -> Vec<String> {
                let slots = picture.slots(Some(&recipient)).into_iter();
                let lines = slots.flat_map(|slot| {
                    let head = format!(
                        "{} {} {:?}",
                        picture.people.persons[slot.person].id, slot.name, slot.standing
                    );
                    slot.said.into_iter().map(move |said| {
                        format!(
                            "{head} {} {} {:?} {:?}",
                            said.side.agency, said.side.value, said.from, said.until
                        )
                    })
                });
                lines.collect()
            };
            assert_eq!(said(&before), said(&after), "{name} {recipient:?}");
            assert_eq!(
                before.silence(Some(&recipient)),
                after.silence(Some(&recipient)),
                "{name} {recipient:?}"
            );
        }
    }
}

#[test]
fn silence_of_others_is_not_told_to_a_recipient() {
    for name in CASES {
        let picture = picture_of(supplied(name), None);
        let silent = |map: &casepicture::reliance::SilenceMap, whose: Option<&Recipient>| {
            let rows = map.agencies.iter();
            let others = rows.filter(|(agency, _)| !picture.is_of(whose, agency));
            let months = others.flat_map(|(_, months)| months);
            months
                .filter(|month| matches!(month.state(), State::Silent | State::OutsideCoverage))
                .count()
        };
        assert!(silent(&picture.silence(None), None) > 0, "{name}");
        for recipient in recipients(&picture) {
            let map = picture.silence(Some(&recipient));
            assert_eq!(silent(&map, Some(&recipient)), 0, "{name} {recipient:?}");
        }
    }
}

#[test]
fn a_recipient_gets_its_own_letter_and_the_writer_gets_all() {
    for name in CASES {
        let picture = picture_of(supplied(name), None);
        let own = picture.settings.own_agency.clone().unwrap();
        let all = picture.questions(None);
        assert!(all.len() > 2, "{name}");
        assert!(all.iter().all(|letter| letter.agency != own.as_str()));
        let to_own = picture.questions(Some(&Recipient::Agency(own.clone())));
        assert!(!to_own.is_empty());
        for recipient in recipients(&picture) {
            let Recipient::Agency(id) = &recipient else {
                continue;
            };
            let kind = picture.supplied.agency(id).unwrap().kind.phrase();
            for letter in picture.questions(Some(&recipient)) {
                assert!(
                    *id == own || letter.agency == id.as_str() || letter.agency == kind,
                    "{id} reads the letter to {}",
                    letter.agency
                );
            }
        }
    }
}

/// Other agencies' entries and names for people are in no letter: what is quoted are the reader's own entry ids, and a name
/// that one agency alone knows somebody by is read by nobody else.
#[test]
fn a_letter_tells_nobody_what_another_agency_said() {
    for name in CASES {
        let mut all = supplied(name);
        let police = all.agencies.iter();
        let police = police
            .filter(|agency| agency.supplied && agency.kind == AgencyKind::Police)
            .map(|agency| agency.id.clone())
            .next()
            .unwrap();
        for record in &mut all.records {
            if *record.id.agency() == police && !record.given_name.is_empty() {
                record.middle_names = "Zzalias Longer Than Any Other".into();
            }
        }
        let picture = picture_of(all, None);
        let mut told = 0;
        for letter in picture.questions(None) {
            let text = letter.letter("Social care", picture.as_of);
            told += usize::from(text.contains("Zzalias"));
            assert!(
                !text.contains("Zzalias") || letter.agency == police.as_str(),
                "{text}"
            );
            for question in &letter.questions {
                for entry in &question.entries {
                    assert!(entry.starts_with(&format!("{}:", letter.agency)), "{entry}");
                }
            }
            for entry in &picture.supplied.entries {
                assert!(
                    entry.text.len() < 12 || !text.contains(&entry.text),
                    "{text}"
                );
            }
        }
        assert!(told > 0, "{name}: the police read the name that they use");
    }
}

#[test]
fn protected_addresses_are_read_out_to_nobody() {
    let mut all = supplied("river-street");
    let at = all
        .records
        .iter()
        .position(|record| !record.address.is_empty())
        .unwrap();
    let address = all.records[at].address.clone();
    all.records[at].protected_address = true;
    let picture = picture_of(all, None);
    let slots = picture.slots(None);
    let mut values = slots.iter().flat_map(|slot| &slot.said);
    assert!(values.clone().any(|said| said.side.value == PROTECTED));
    assert!(!values.any(|said| said.side.value.contains(&address)));
}
