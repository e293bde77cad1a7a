//! The flags of the two bundled cases: those that fixtures/README.md leads a reader to expect, and those that must not be.
#![allow(clippy::unwrap_used)] // a test may fail by panic

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casepicture::import::{Limits, folder::read_folder, read};
use casepicture::model::case::Case;
use casepicture::model::settings::Settings;
use casepicture::picture::Picture;
use casepicture::report::{Cell, View, tables};
use casepicture::timeline::Standing;

/// A flag by column, with the names of its people beside their ids.
type Row = BTreeMap<&'static str, String>;

fn picture(name: &str) -> Picture {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name);
    let limits = Limits::default();
    let supplied = read(&read_folder(&folder, &limits).unwrap(), &limits).unwrap();
    let settings = Settings::of_config(&supplied.config);
    Picture::of(&Case::new(supplied), &settings).unwrap()
}

/// A case as computed: its flags, the names of its people, the entries of its facts.
struct Built {
    flags: Vec<Row>,
    names: BTreeMap<String, String>,
    entries: BTreeMap<String, Vec<String>>,
}

impl Built {
    fn of(name: &str) -> Self {
        let picture = picture(name);
        let person = |at: &usize| picture.people.persons[*at].id.to_string();
        let fact = |at: &usize| picture.timeline.facts[*at].id.to_string();
        let entry = |at: &usize| picture.supplied.entries[*at].id.to_string();
        let flags = picture.flags.flags.iter().map(|flag| {
            let joined = |ids: Vec<String>| ids.join("|");
            Row::from([
                ("code", flag.code.to_owned()),
                ("strength", flag.strength.to_string()),
                ("agency", flag.agencies.join("|")),
                ("persons", joined(flag.persons.iter().map(person).collect())),
                ("sentence", flag.sentence.clone()),
                ("facts", joined(flag.facts.iter().map(fact).collect())),
                ("would_clear", flag.would_clear.clone()),
            ])
        });
        let persons = picture.people.persons.iter();
        let facts = picture.timeline.facts.iter();
        Self {
            flags: flags.collect(),
            names: persons
                .map(|p| (p.id.to_string(), p.name.to_lowercase()))
                .collect(),
            entries: facts
                .map(|f| (f.id.to_string(), f.entries.iter().map(entry).collect()))
                .collect(),
        }
    }

    fn flags<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Row> {
        self.flags.iter().filter(move |row| row["code"] == code)
    }

    /// The agencies that flags of a code name.
    fn agencies<'a>(&'a self, code: &'a str) -> BTreeSet<&'a str> {
        self.flags(code).map(|row| row["agency"].as_str()).collect()
    }

    /// The names, lower case, of the people whom flags of a code name.
    fn people<'a>(&'a self, code: &'a str) -> BTreeSet<&'a str> {
        let ids = self.flags(code).flat_map(|row| row["persons"].split('|'));
        ids.filter_map(|id| self.names.get(id).map(String::as_str))
            .collect()
    }

    /// The entries of the facts behind flags of a code.
    fn entries<'a>(&'a self, code: &'a str) -> BTreeSet<&'a str> {
        let facts = self.flags(code).flat_map(|row| row["facts"].split('|'));
        facts
            .filter_map(|id| self.entries.get(id))
            .flatten()
            .map(String::as_str)
            .collect()
    }
}

#[test]
#[allow(clippy::too_many_lines)] // a table is as long as its rows
fn hollow_lane_raises_what_its_readme_says() {
    let case = Built::of("hollow-lane");
    assert!(case.agencies("over-relied").contains("social-care"));
    assert!(case.agencies("under-relied").contains("school"));
    assert!(
        !case.agencies("under-relied").contains("health-visiting"),
        "a look, no flag"
    );
    assert!(
        case.agencies("uncited-agency")
            .is_superset(&["health-visiting", "housing", "school"].into())
    );
    assert!(
        case.entries("circular-reporting")
            .is_superset(&["school:SCH-16", "police:INC-07", "gp:GPE-05"].into())
    );
    assert_eq!(
        case.entries("opinion-as-fact"),
        ["social-care:SC-11"].into()
    );
    assert_eq!(
        case.entries("refused-consent-used"),
        ["health-visiting:HVE-08"].into()
    );
    assert!(
        case.agencies("basis-missing")
            .is_superset(&["housing", "midwifery", "school"].into())
    );
    assert!(
        case.entries("basis-missing").contains("housing:HO-07"),
        "“No consent” can mean two things"
    );
    assert_eq!(
        case.entries("protected-detail-exposed"),
        ["school:SCH-11"].into()
    );
    assert_eq!(
        case.agencies("involved-but-silent"),
        ["mental-health", "probation"].into()
    );
    assert_eq!(
        case.agencies("asked-no-reply"),
        ["gp", "mental-health"].into()
    );
    assert_eq!(case.agencies("stale-source"), ["health-visiting"].into());
    assert!(
        case.people("child-voice-missing")
            .contains("maeve brackwell")
    );
    assert!(
        case.entries("held-not-shared").is_superset(
            &[
                "school:SCH-06",
                "school:SCH-09",
                "school:SCH-10",
                "school:SCH-14",
                "housing:HO-10"
            ]
            .into()
        )
    );
    assert!(case.entries("late-shared").contains("gp:GPE-04"));
    assert!(
        case.entries("lay-reports-discounted")
            .is_superset(&["housing:HO-04", "housing:HO-08", "social-care:SC-20"].into())
    );
    assert!(
        case.people("unseen-adult")
            .iter()
            .any(|name| name.ends_with("garrity"))
    );
    assert!(
        case.entries("disagreement-unresolved")
            .is_superset(&["housing:HO-03", "social-care:SC-06"].into())
    );
    assert!(
        case.entries("agencies-disagree")
            .is_superset(&["gp:GPE-02", "social-care:SC-18", "school:SCH-12"].into())
    );
    assert!(
        case.entries("identity-doubt")
            .contains("health-visiting:HVE-03"),
        "either of the twins"
    );
}

#[test]
fn hollow_lane_raises_nothing_where_all_is_explained() {
    let case = Built::of("hollow-lane");
    assert!(
        !case
            .agencies("involved-but-silent")
            .contains("education-welfare"),
        "coverage explains it"
    );
    assert!(
        !case.agencies("asked-no-reply").contains("lantern-house"),
        "withheld with a reason"
    );
    assert!(
        case.entries("asked-then-overridden").is_empty(),
        "the family was told"
    );
    for child in ["rowan brackwell", "eleanor brackwell"] {
        assert!(
            !case.people("child-voice-missing").contains(child),
            "{child}"
        );
    }
    for stranger in ["eleanor pell", "renée ferrant"] {
        for row in &case.flags {
            let names = row["persons"]
                .split('|')
                .filter_map(|id| case.names.get(id));
            assert!(
                names.into_iter().all(|name| name != stranger),
                "{stranger}: {row:?}"
            );
        }
    }
    for firm in [
        "tessa brackwell",
        "eleanor brackwell",
        "maeve brackwell",
        "rowan brackwell",
    ] {
        assert!(
            !case.people("identity-doubt").contains(firm),
            "{firm} is well linked"
        );
    }
}

#[test]
fn river_street_raises_what_its_readme_says() {
    let case = Built::of("river-street");
    assert!(case.agencies("over-relied").contains("hearthside"));
    assert!(
        case.flags("under-relied")
            .all(|row| row["agency"].is_empty()),
        "every agency is too few to judge"
    );
    assert!(
        case.entries("circular-reporting")
            .is_superset(&["gp:GPN-04", "mental-health:MH-04"].into())
    );
    assert!(case.agencies("involved-but-silent").contains("social-care"));
    assert_eq!(
        case.agencies("asked-no-reply"),
        ["mental-health", "social-care"].into(),
        "a day late, and not at all"
    );
    assert!(
        case.entries("action-no-outcome")
            .is_superset(&["housing:HG-03", "hearthside:HSE-10", "mental-health:MH-04"].into())
    );
    assert!(case.entries("late-shared").contains("housing:HG-04"));
    assert!(
        case.flags("agencies-disagree")
            .all(|row| !row["sentence"].contains("address")),
        "one flat, written in three ways"
    );
    assert!(case.flags("protected-detail-exposed").next().is_none());
}

#[test]
fn every_sentence_can_be_read_aloud() {
    for case in ["hollow-lane", "river-street"] {
        let built = Built::of(case);
        for row in &built.flags {
            let (say, clear) = (&row["sentence"], &row["would_clear"]);
            assert!(
                say.ends_with(['.', '?']) && clear.ends_with('.'),
                "{say} / {clear}"
            );
            let first = say.chars().next().unwrap();
            assert!(first.is_uppercase() || first.is_ascii_digit(), "{say}");
            for wrong in [
                " 1 facts",
                " 1 days",
                " 1 entries",
                " 1 others",
                "s’s ",
                "  ",
                "..",
                "failed",
                "blame",
            ] {
                assert!(
                    !say.contains(wrong) && !clear.contains(wrong),
                    "{wrong}: {say} / {clear}"
                );
            }
            // a protected address is printed in no sentence
            let folded: String = say.to_lowercase().split_whitespace().collect();
            assert!(!folded.contains("orchardrise"), "{say}");
            // nor who reported something, nor what stands for a person in the tables
            assert!(
                !folded.contains("ferrant") && !built.names.keys().any(|id| say.contains(id)),
                "{say}"
            );
        }
    }
}

/// Read them before accepting them: aloud, as to the family.
#[test]
fn the_sentences_are_those_that_were_read() {
    for case in ["hollow-lane", "river-street"] {
        let built = Built::of(case);
        let lines = built.flags.iter().map(|row| {
            let (strength, code) = (&row["strength"], &row["code"]);
            format!(
                "{strength} {code}\n    {}\n    {}\n",
                row["sentence"], row["would_clear"]
            )
        });
        insta::assert_snapshot!(case, lines.collect::<String>());
    }
}

/// What stands beside the flags: who told how much, what falls with whom, suspected echoes, and the letters.
#[test]
fn the_measures_and_letters_are_those_that_were_read() {
    for case in ["hollow-lane", "river-street"] {
        let picture = picture(case);
        let reliance = &picture.reliance;
        let mut lines: Vec<String> = Vec::new();
        lines.extend(reliance.contributions.iter().map(|c| c.sentence.clone()));
        lines.extend(reliance.sides.iter().map(|s| s.sentence.clone()));
        lines.extend(reliance.knock_out.links.iter().map(|l| l.sentence.clone()));
        for fact in &picture.timeline.facts {
            let repeats = fact.suspected.iter().filter(|s| s.repeats);
            lines.extend(repeats.map(|s| format!("~ {}", s.why)));
        }
        for slot in picture.slots(None) {
            if slot.standing != Standing::Agreed {
                let (name, said) = (picture.person_name(slot.person), slot.said.len());
                lines.push(format!(
                    "{name}: {} {:?}, {said} said",
                    slot.name, slot.standing
                ));
            }
        }
        let own = picture.settings.own_agency.as_ref();
        let from = own.map_or("", |own| picture.supplied.agency_name(own));
        let letters = picture.questions(None).into_iter();
        lines.extend(letters.map(|letter| format!("\n{}", letter.letter(from, picture.as_of))));
        let view = View::whole(&picture);
        for row in tables::knock_out(&view).rows {
            lines.extend(row.last().map(Cell::print));
        }
        let text = lines.join("\n");
        // a letter leaves the house: no protected address, no reporter
        let folded: String = text.to_lowercase().split_whitespace().collect();
        assert!(!folded.contains("orchardrise") && !folded.contains("ferrant"));
        insta::assert_snapshot!(format!("{case}-measures"), text);
    }
}
