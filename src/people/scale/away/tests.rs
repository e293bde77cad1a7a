//! What comes back from workers is what one machine finds by itself.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::model::date::{Precision, When};
use crate::model::roster::Column;
use crate::model::watch::Unwatched;
use crate::model::words::Sex;
use crate::people::scale::{Linked, Options, Stopped, link, link_away, sample};

/// In words.
#[derive(Debug)]
struct Failed(#[allow(dead_code, reason = "printed when a test fails")] String);

impl From<Stopped> for Failed {
    fn from(stopped: Stopped) -> Self {
        Self(stopped.to_string())
    }
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        Self(fault.to_string())
    }
}

/// Does what a cluster does: parts of the rows to several workers, their keys sorted as text, parts of these to others.
fn by_workers(job: &Job<'_>, workers: usize) -> Result<Vec<Edge>, Fault> {
    let plan = serde_json::to_string(&job.plan).unwrap();
    let model = serde_json::to_string(job.model).unwrap();
    let (plan, model) = (
        serde_json::from_str(&plan).unwrap(),
        serde_json::from_str(&model).unwrap(),
    );
    let mut shares: Vec<Vec<String>> = vec![Vec::new(); workers];
    for worker in 0..workers {
        let (mut rows, mut keyed) = (Vec::new(), Vec::new());
        let share = job.roster.len().div_ceil(workers).max(1);
        let range = (worker * share).min(job.roster.len());
        write_rows(
            job.roster,
            range..(range + share).min(job.roster.len()),
            &mut rows,
        )?;
        keys(&plan, &mut rows.as_slice(), &mut keyed)?;
        for line in String::from_utf8(keyed).unwrap().lines() {
            let mut parts = line.split('\t');
            let (pass, key) = (parts.next().unwrap(), parts.next().unwrap());
            assert!(parts.next().is_some() && parts.next().is_none(), "{line}");
            let sum: usize = format!("{pass} {key}").bytes().map(usize::from).sum();
            shares[sum % workers].push(line.to_owned());
        }
    }
    let mut edges = Vec::new();
    for mut share in shares {
        share.sort_by_key(|line| {
            line.splitn(3, '\t')
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        let mut kept = Vec::new();
        score(&plan, &model, &mut share.join("\n").as_bytes(), &mut kept)?;
        read_edges(&mut kept.as_slice(), &mut edges)?;
    }
    Ok(edges)
}

fn away(roster: &Roster, options: &Options, workers: usize) -> Linked {
    link_away(roster, options, &Unwatched, |job| {
        Ok::<_, Failed>(by_workers(job, workers)?)
    })
    .unwrap()
}

const GIVEN: [&str; 14] = [
    "Ann",
    "Anne",
    "Katherine",
    "Catherine\tMary",
    "Bob",
    "Robert",
    "Jos\\e",
    "José",
    "\\N",
    "M.",
    "Zoë \"Zo\"",
    "Ali",
    "",
    "Mohammed",
];
const FAMILY: [&str; 12] = [
    "Smith",
    "Smyth",
    "O\\'Brien",
    "O'Brien",
    "Lee\nLee",
    "de la Cruz",
    "Ann",
    "Jones",
    "Taylor",
    "Müller",
    "",
    "Khan",
];
const PLACES: [&str; 7] = [
    "1 High Street",
    "1 High St",
    "Flat 2\t1 High Street",
    "12 Mill Lane",
    "",
    "14 Mill Lane",
    "Rose Cottage\r\nEly",
];
const CODES: [&str; 5] = ["CB7 4AA", "cb74aa", "CB7 4AB", "", "N1 9GU"];
const PHONES: [&str; 6] = [
    "",
    "07700 900001",
    "07700900001|07700 900002",
    "+44 7700 900002",
    "\\",
    "07700 900099",
];
const MAILS: [&str; 5] = [
    "",
    "ann@example.org",
    "a.smith@example.org",
    "ANN@example.org",
    "x\\y@example.org",
];
const NUMBERS: [&str; 6] = [
    "",
    "943 476 5919",
    "9434765919",
    "943 476 5918",
    "111 111 1111",
    "401 023 2137",
];
const TOWNS: [&str; 4] = ["Ely", "", "ely\t", "March"];
const BIRTHS: [&str; 9] = [
    "2015-03-04",
    "2015-04-03",
    "2015-03-14",
    "2014",
    "",
    "19991399",
    "2015-03",
    "1984-01-01",
    "2015-03-05",
];

fn birth(text: &str) -> When {
    let day = |text: &str| text.parse().unwrap();
    match text {
        "" => When::default(),
        "19991399" => When::unknown(text),
        "2014" => When::span(day("2014-01-01"), day("2014-12-31"), Precision::Year).with_raw(text),
        "2015-03" => When::span(day("2015-03-01"), day("2015-03-31"), Precision::Month),
        text => When::day(day(text)),
    }
}

/// Ten choices a record: what it has in each column.
fn people(choices: &[[u8; 10]]) -> Roster {
    let ids: Vec<String> = (0..choices.len())
        .map(|at| {
            format!(
                "{}:{at:05}",
                if at * 2 < choices.len() { "csc" } else { "gp" }
            )
        })
        .collect();
    let mut roster = sample::roster(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    let column = |at: usize, pool: &[&str]| -> Column {
        let texts = choices
            .iter()
            .map(|of| pool[usize::from(of[at]) % pool.len()]);
        sample::column(&texts.collect::<Vec<_>>())
    };
    roster.given = column(0, &GIVEN);
    roster.family = column(1, &FAMILY);
    roster.birth = column(2, &BIRTHS);
    roster.births = roster.birth.values.iter().map(birth).collect();
    roster.sex = column(3, &["", "f", "m", "u"]);
    roster.sexes = roster
        .sex
        .values
        .iter()
        .map(|sex| match sex {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        })
        .collect();
    roster.address = column(4, &PLACES);
    roster.postcode = column(5, &CODES);
    roster.phone = column(6, &PHONES);
    roster.email = column(7, &MAILS);
    roster.identifiers = vec![(Scheme::Nhs, column(8, &NUMBERS))];
    roster.further = vec![("town".to_owned(), column(9, &TOWNS))];
    roster.other = column(4, &["", "Annie Taylor", "", "Bobby|Smith", ""]);
    roster.middle = column(7, &["", "", "Mary\tLou", "Lee"]);
    roster.full = column(
        0,
        &[
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Ann Smith",
            "",
        ],
    );
    roster.household = column(9, &["", "h1", "", "h2\\"]);
    roster
}

fn is_same(roster: &Roster, options: &Options, workers: usize) -> Linked {
    let (here, there) = (
        link(roster, options, &Unwatched).unwrap(),
        away(roster, options, workers),
    );
    assert_eq!(here.pairs, there.pairs);
    assert_eq!(here.person, there.person);
    assert_eq!((&here.model, &here.passes), (&there.model, &there.passes));
    here
}

/// Records that are much alike: numbers from a fixed row of them.
fn many(count: usize) -> Vec<[u8; 10]> {
    let mut state = 7_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..count)
        .map(|_| std::array::from_fn(|_| next()))
        .collect()
}

/// A model that these columns teach; learnt once, since that takes longest.
fn learnt() -> Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let learn = || {
        let linked = is_same(&people(&many(400)), &Options::default(), 3);
        assert!(!linked.pairs.is_empty());
        linked.model
    };
    MODEL.get_or_init(learn).clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn workers_give_what_one_machine_gives(
        choices in prop::collection::vec(any::<[u8; 10]>(), 60..120),
        workers in 1_usize..30,
        never in any::<bool>(),
    ) {
        let options = Options {
            within_source: if never { WithinSource::Never } else { WithinSource::Link },
            model: Some(learnt()),
            ..Options::default()
        };
        is_same(&people(&choices), &options, workers);
    }
}

#[test]
fn blocks_that_are_too_large_are_split_alike() {
    let mut choices = many(500);
    // one name, no date of birth, no postcode, one telephone
    for [given, _, born, _, _, code, phone, ..] in choices.iter_mut().take(280) {
        (*given, *born, *code, *phone) = (0, 4, 3, 1);
    }
    let options = Options {
        model: Some(learnt()),
        ..Options::default()
    };
    let linked = is_same(&people(&choices), &options, 3);
    assert!(linked.passes.iter().any(|pass| pass.split > 0));
    assert!(linked.passes.iter().any(|pass| pass.left_out > 0));
}

#[test]
fn lines_of_no_record_and_plans_of_other_versions_are_refused() {
    let roster = people(&many(400));
    let options = Options {
        model: Some(learnt()),
        ..Options::default()
    };
    let seen = link_away(&roster, &options, &Unwatched, |job| {
        let mut out = Vec::new();
        let fault = keys(&job.plan, &mut "{}\n".as_bytes(), &mut out).unwrap_err();
        assert_eq!(fault.to_string(), "line 1 is no record of this run");
        let lines = "0\t5\t[]";
        let fault = score(&job.plan, job.model, &mut lines.as_bytes(), &mut out).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "line 1 is no record with its key of this run"
        );
        let mut wrong = job.model.clone();
        wrong.fields.pop();
        let fault = score(&job.plan, &wrong, &mut "".as_bytes(), &mut out).unwrap_err();
        assert_eq!(fault.to_string(), "the model is none of this run");
        let mut other = job.plan.clone();
        other.version = "0.0.0".to_owned();
        let fault = keys(&other, &mut "".as_bytes(), &mut out).unwrap_err();
        assert!(fault.to_string().contains("0.0.0"), "{fault}");
        assert!(out.is_empty());
        Ok::<_, Failed>(Vec::new())
    });
    assert!(seen.is_ok());
}

#[test]
fn edges_come_once_and_must_agree() {
    let once = pairs(vec![(1, 2, 3.5), (0, 1, -1.0), (1, 2, 3.5)], 3).unwrap();
    let read: Vec<Edge> = once
        .iter()
        .map(|of| (of.left, of.right, of.weight))
        .collect();
    assert_eq!(read, [(0, 1, -1.0), (1, 2, 3.5)]);
    for wrong in [
        vec![(1, 2, 3.5), (1, 2, 3.25)],
        vec![(2, 1, 1.0)],
        vec![(1, 3, 1.0)],
        vec![(1, 1, 1.0)],
    ] {
        assert!(pairs(wrong, 3).is_err());
    }
    for line in ["1 2", "1 2 x", "1 2 NaN", "1 2 3 4", "", "-1 2 3"] {
        let text = format!("0 1 2.5\n{line}\n");
        let mut edges = Vec::new();
        let fault = read_edges(&mut text.as_bytes(), &mut edges).unwrap_err();
        assert_eq!(fault.to_string(), "line 2 is no pair of this run", "{line}");
    }
}
