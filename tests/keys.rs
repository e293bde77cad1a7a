//! Keys as an analyst presses them, on the bundled case: what is asked to be decided, and what the screen says.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail by panic

mod common;

use std::sync::Arc;

use casepicture::case::evidence;
use casepicture::import::{Limits, folder::read_folder, read};
use casepicture::model::case::Case;
use casepicture::model::decision::{Decision, Verdict};
use casepicture::model::id::{AgencyId, ConclusionId, EntryId};
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::tui::action::View;
use casepicture::tui::index::{Index, Row};
use casepicture::tui::keymap::Key;
use casepicture::tui::{model::Model, msg::Effect, msg::Msg, update::update, view};

/// The bundled case on a screen of 80 columns and 24 rows, with a name given already.
fn opened() -> Model {
    opened_of("hollow-lane")
}

/// One of the two cases, opened.
fn opened_of(fixture: &str) -> Model {
    let limits = Limits::default();
    let supplied = read(
        &read_folder(&common::fixture(fixture), &limits).unwrap(),
        &limits,
    )
    .unwrap();
    let settings = Settings::of_config(&supplied.config);
    let picture = Arc::new(Picture::of(&Case::new(supplied), &settings).unwrap());
    let index = Arc::new(Index::of(&picture));
    let mut model = Model::new("", "A. Lyst", (80, 24));
    update(&mut model, Msg::PictureReady(0, picture, index));
    model
}

/// Presses keys written as a line: letters stand for themselves, names of keys in `<>`. Gives what is to be done outside.
fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let (key, after) = match rest.strip_prefix('<').and_then(|name| name.split_once('>')) {
            Some((name, after)) => (named(name), after),
            None => (Key::Char(first), &rest[first.len_utf8()..]),
        };
        effects.extend(update(model, Msg::Key(key)));
        rest = after;
    }
    effects
}

fn named(name: &str) -> Key {
    match name {
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Down" => Key::Down,
        "Tab" => Key::Tab,
        "Space" => Key::Char(' '),
        other => panic!("{other} is no key of these scripts"),
    }
}

fn screen(model: &Model) -> String {
    let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| view::draw(model, frame)).unwrap();
    let rows = terminal.backend().buffer().content().chunks(80);
    let rows = rows.map(|row| {
        row.iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect::<String>()
            + "\n"
    });
    rows.collect()
}

/// Keys, what the decision must hold (nothing: no decision), and what the screen must say.
const SCRIPTS: [(&str, &[&str], &str); 23] = [
    (
        "4<Space>",
        &[
            "ReliedOn",
            "draft",
            "police:INC-04",
            "Relied on",
            "counts in no figure: it is withheld (ask police)",
        ],
        "what is told",
    ),
    ("3s", &["Persons", "Same"], "Match queue"),
    ("3d", &["Persons", "Different"], "Match queue"),
    ("3n", &["Persons", "NotSure"], "Match queue"),
    (
        "6xWe will ask.<Enter>",
        &["FlagExplained", "We will ask."],
        "Why is this so?",
    ),
    (
        "4nAsk the school.<Enter>",
        &["Noted", "Ask the school."],
        "A note on this fact",
    ),
    ("4s1<Enter>", &["Significance", "level: 1"], "How much"),
    ("4ounknown<Enter>", &["Origin", "Unknown"], "first observed"),
    (
        "4MShe is not safe at night.<Enter>",
        &["Conclusion", "ReliedOn", "She is not safe at night."],
        "Which conclusion",
    ),
    (
        "4Mdraft<Enter>",
        &["ReliedOn", "draft", "counts in no figure"],
        "Which conclusion",
    ),
    ("4/refuge<Enter>", &[], "what is told"),
    ("6<Enter>", &[], "what is told"),
    ("5<Down><Down><Enter><Esc>", &[], "By agency of origin"),
    ("4v", &[], "cell: "),
    ("4v++<Enter>", &[], "what is told"),
    ("4Fagency police<Enter>", &[], "Only agency: "),
    ("3v", &[], "Family picture"),
    ("3vx<Enter>", &["Persons", "Different"], "Brackwell"),
    ("3vJ<Enter>", &["Persons", "Same"], "Brackwell"),
    ("3vv", &[], "facts"),
    ("5v<Space>", &[], "OFF"),
    ("5vv", &[], "Its months in words"),
    ("5vvv", &[], "Open"),
];

/// The same on the other case, from another country.
const RIVER_STREET: [(&str, &[&str], &str); 8] = [
    (
        "4<Down><Down><Space>",
        &["ReliedOn", "draft"],
        "what is told",
    ),
    ("3n", &["Persons", "NotSure"], "Match queue"),
    (
        "6xWe will ask.<Enter>",
        &["FlagExplained"],
        "Why is this so?",
    ),
    (
        "4nA note.<Enter>",
        &["Noted", "A note."],
        "A note on this fact",
    ),
    ("4/visit<Enter>", &[], "what is told"),
    ("5<Enter>", &[], "what is told"),
    ("2w", &[], "Which file?"),
    (":colours<Enter>", &[], "Colours: light."),
];

#[test]
fn keys_decide_what_they_say() {
    let of = |fixture| move |script| (fixture, script);
    let all = SCRIPTS
        .map(of("hollow-lane"))
        .into_iter()
        .chain(RIVER_STREET.map(of("river-street")));
    for (fixture, (keys, decided, shown)) in all {
        let mut model = opened_of(fixture);
        let effects = press(&mut model, keys);
        let decisions: Vec<String> = effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Decide { .. }))
            .map(|effect| format!("{effect:?}"))
            .collect();
        assert_eq!(
            decisions.is_empty(),
            decided.is_empty(),
            "{keys}: {effects:?}"
        );
        for word in decided {
            assert!(
                decisions.iter().any(|decision| decision.contains(word)),
                "{keys}: {word} is not in {decisions:?}"
            );
        }
        let screen = screen(&model);
        assert!(
            screen.contains(shown),
            "{keys}: {shown:?} is not on the screen:\n{screen}"
        );
    }
}

#[test]
fn the_overview_counts_as_relied_on_what_the_reliance_view_counts() {
    let case = Case::new((*opened().picture.unwrap().0.supplied).clone());
    let settings = Settings::of_config(&case.supplied.config);
    let entry = EntryId::new(&AgencyId::new("police"), "INC-04");
    let conclusion = ConclusionId::new("draft");
    let verdict = Verdict::ReliedOn { conclusion, entry };
    let case = Case {
        decisions: vec![Decision::plain(1, verdict, "A. Lyst")],
        ..case
    };
    let picture = Picture::of(&case, &settings).unwrap();
    let index = Index::of(&picture);
    let figure = |words: &str| {
        let rows = index.rows(View::Overview).iter();
        let mut counts = rows.filter_map(|row| match row {
            Row::Figure { label, value, .. } if label.contains(words) => value.parse().ok(),
            _ => None,
        });
        counts.next()
    };
    assert_eq!(figure("relied on so far"), Some(picture.reliance.cited));
    assert_eq!(figure("cited and counts nowhere"), Some(1));
}

#[test]
fn esc_leads_home_from_everywhere() {
    let keys = SCRIPTS.iter().map(|(keys, ..)| ("hollow-lane", *keys));
    let others = RIVER_STREET
        .iter()
        .map(|(keys, ..)| ("river-street", *keys));
    for (fixture, keys) in keys.chain(others) {
        let mut model = opened_of(fixture);
        press(&mut model, keys);
        press(&mut model, "<Esc><Esc><Esc><Esc><Esc>");
        let before = screen(&model);
        press(&mut model, "<Esc>");
        assert_eq!(screen(&model), before, "after {keys}");
    }
}

/// What is kept beside the decisions that keys lead to.
fn evidence_of(keys: &str) -> Vec<String> {
    let mut model = opened();
    let effects = press(&mut model, keys);
    let picture = model.picture.as_ref().unwrap().0.clone();
    let verdicts = effects.into_iter().flat_map(|effect| match effect {
        Effect::Decide { verdicts, .. } => verdicts,
        _ => Vec::new(),
    });
    verdicts
        .flat_map(|verdict| evidence(&picture, &verdict))
        .collect()
}

#[test]
fn what_the_screen_showed_is_kept_beside_each_decision() {
    let fact = evidence_of("4<Space>");
    let [line] = fact.as_slice() else {
        panic!("{fact:?}")
    };
    assert!(line.starts_with("police:INC-04, 20"), "{line}");
    for keys in [
        "4nAsk the school.<Enter>",
        "4s1<Enter>",
        "4ounknown<Enter>",
        "4Mdraft<Enter>",
    ] {
        assert!(evidence_of(keys).contains(line), "{keys}");
    }
    let pair = evidence_of("3s");
    assert!(pair.len() > 5, "{pair:?}");
    assert!(pair[2].starts_with("before any field"), "{pair:?}");
    assert!(pair.last().unwrap().starts_with("sum "), "{pair:?}");
    let flag = evidence_of("6xWe will ask.<Enter>");
    let flags = opened().picture.unwrap().0.flags.clone();
    let first = &flags.flags[0];
    assert_eq!(flag, [format!("{}: {}", first.code, first.sentence)]);
}

/// What an analyst with twenty minutes looks for in the bundled case, the keys from the first screen, and words that are on the
/// screen then.
const LOOKED_FOR: [(&str, &str, &str); 6] = [
    ("the twins' mix-up", "<Enter>", "Elinor Brackwell"),
    (
        "the echo of four agencies",
        "<Down><Enter><Down><Down>",
        "may repeat what ",
    ),
    (
        "a withheld fact",
        "<Down><Down><Enter>",
        "withheld: ask police",
    ),
    (
        "a silent agency",
        "<Down><Down><Down><Enter>",
        "is recorded as working with",
    ),
    ("what the draft leans on", "5", "relied on"),
    ("who is in this family", "]", "Maeve Brackwell"),
];

#[test]
fn what_an_analyst_looks_for_first_takes_at_most_four_keys() {
    for (what, keys, shown) in LOOKED_FOR {
        let count = keys.matches('<').count().max(1);
        assert!(count <= 4, "{what}: {count} keys");
        let mut model = opened();
        press(&mut model, keys);
        let screen = screen(&model);
        println!("{what}: {count} keys\n{screen}");
        assert!(
            screen.contains(shown),
            "{what}: {shown:?} is not on the screen:\n{screen}"
        );
    }
}
