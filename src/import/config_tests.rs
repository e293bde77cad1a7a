//! Tests of the reading of `case.toml`: every key, and what is said where one is wrong.

use proptest::prelude::*;

use super::*;
use crate::model::settings::Recipient;
use crate::model::words::Threshold;

fn day(text: &str) -> crate::model::date::Day {
    text.parse().unwrap()
}

// one file with every key, and one look at each
#[allow(clippy::too_many_lines)]
#[test]
fn every_key_is_read() {
    let (config, help) = read_config(
        r#"
title = "The Example family"
own_agency = "Social Care"
as_of = 2026-03-01
jurisdiction = "england"
day_first = false
[[agency]]
id = "hv"
name = "Health visiting"
kind = "health-visiting"
[[agency]]
id = "school"
name = "Hill Road primary"
[[export]]
file = "./police//incidents.xlsx"
agency = "police"
profile = "plain"
sheet = "Sheet1"
date_order = "mdy"
[[export]]
file = 'school\log.csv'
profile = "maps/school.toml"
[output]
recipient = "police"
purpose = "s47"
period = "2024-01-01/2026-03-01"
[flags]
"late-recorded.days" = 7
own-agency-dominance.share = 0.5
[expected_rate]
health-visiting = { per_month = 0.5, source = "local service standard 2025" }
"#,
    )
    .unwrap();
    assert_eq!(config.title, "The Example family");
    assert_eq!(config.own_agency, Some(AgencyId::new("social-care")));
    assert_eq!(config.as_of, Some(day("2026-03-01")));
    assert_eq!(config.jurisdiction, Some(Jurisdiction::England));
    assert_eq!(config.day_first, Some(false));
    assert_eq!(config.recipient, Some(Recipient::Kind(AgencyKind::Police)));
    assert_eq!(config.purpose, Some(Threshold::S47));
    assert_eq!(config.period, Some((day("2024-01-01"), day("2026-03-01"))));
    let thresholds: Vec<(&str, f64)> = config
        .thresholds
        .iter()
        .map(|(k, v)| (k.as_str(), *v))
        .collect();
    assert_eq!(
        thresholds,
        [
            ("late-recorded.days", 7.0),
            ("own-agency-dominance.share", 0.5)
        ]
    );
    assert_eq!(
        config.expected_rate.get("health-visiting"),
        Some(&(0.5, "local service standard 2025".to_owned()))
    );
    let agencies: Vec<_> = help
        .agencies
        .iter()
        .map(|a| (a.id.as_str(), a.name.as_str(), a.kind))
        .collect();
    assert_eq!(
        agencies,
        [
            ("hv", "Health visiting", AgencyKind::HealthVisiting),
            ("school", "Hill Road primary", AgencyKind::School),
        ]
    );
    let first = ExportHelp {
        file: "police/incidents.xlsx".into(),
        agency: Some(AgencyId::new("police")),
        profile: Some("plain".into()),
        sheet: Some("Sheet1".into()),
        date_order: Some(DateOrder::Mdy),
        mapping: None,
    };
    assert_eq!(help.exports.first(), Some(&first));
    assert_eq!(help.exports[1].file, "school/log.csv");
    assert_eq!(help.exports[1].profile.as_deref(), Some("maps/school.toml"));
}

#[test]
fn nothing_said_is_nothing_set() {
    for text in ["", "# a note\n", "\u{feff}"] {
        assert_eq!(
            read_config(text).unwrap(),
            (Config::default(), FileHelp::default())
        );
    }
}

#[test]
fn a_day_may_be_a_date_or_text() {
    for text in [
        "as_of = 2026-03-01",
        "as_of = \"2026-03-01\"",
        "as_of = ' 2026-03-01 '",
    ] {
        assert_eq!(
            read_config(text).unwrap().0.as_of,
            Some(day("2026-03-01")),
            "{text}"
        );
    }
}

#[test]
fn a_declared_agency_wins_over_a_kind_and_family_is_family() {
    let recipient = |text: &str| read_config(text).unwrap().0.recipient.unwrap();
    let police = AgencyId::new("police");
    assert_eq!(
        recipient("[[agency]]\nid = \"police\"\n[output]\nrecipient = \"Police\""),
        Recipient::Agency(police)
    );
    assert_eq!(
        recipient("[output]\nrecipient = \"family\""),
        Recipient::Family
    );
    assert_eq!(
        recipient("[output]\nrecipient = \"Hill Road\""),
        Recipient::Agency(AgencyId::new("hill-road"))
    );
}

#[test]
fn each_fault_is_told_with_line_value_and_what_is_expected() {
    for (text, problem, hint) in [
        (
            "title = \"x\"\nown_agancy = \"y\"",
            "line 2: `own_agancy` is not known",
            "own_agency",
        ),
        (
            "[output]\n\nrecipent = \"x\"",
            "line 3: `recipent`",
            "`recipient`",
        ),
        ("zzzzzz = 1", "line 1: `zzzzzz`", "known here"),
        (
            "[[agency]]\nid = \"a\"\ncolour = 1",
            "line 3: `colour`",
            "known here",
        ),
        (
            "[[agency]]\nname = \"a\"",
            "[[agency]] has no `id`",
            "add id",
        ),
        (
            "[[export]]\nagency = \"a\"",
            "line 2: [[export]] has no `file`",
            "add file",
        ),
        ("title = 3", "line 1: title = 3 is no text", "double quotes"),
        (
            "day_first = \"yes\"",
            "line 1: day_first = \"yes\"",
            "true or false",
        ),
        (
            "as_of = \"01/03/2026\"",
            "line 1: as_of = \"01/03/2026\"",
            "2026-03-01",
        ),
        ("as_of = 2026-03-01T10:00:00", "line 1: as_of", "2026-03-01"),
        ("jurisdiction = \"france\"", "france", "`england`"),
        (
            "[output]\npurpose = \"fun\"",
            "line 2: purpose = \"fun\"",
            "`s47`",
        ),
        (
            "[output]\nperiod = \"2026-03-01/2024-01-01\"",
            "wrong way round",
            "first day",
        ),
        (
            "[output]\nperiod = \"2024\"",
            "no period",
            "2024-01-01/2026-03-01",
        ),
        ("[output]\nrecipient = \" \"", "blank", "agency id"),
        ("[flags]\n\"a.b\" = \"7\"", "line 2: a.b", "number"),
        ("[flags]\n\"a.b\" = nan", "line 2: a.b", "number"),
        ("[flags]\na.b = -1", "line 2: b = -1 is below zero", "zero"),
        (
            "[[agency]]\nid = \"Health Visiting\"\n[[agency]]\nid = \"health-visiting\"",
            "line 4: id = \"health-visiting\" is in an earlier [[agency]]",
            "one [[agency]]",
        ),
        (
            "[[export]]\nfile = \"a.csv\"\n[[export]]\nfile = \"./a.csv\"",
            "line 4: file = \"./a.csv\" is in an earlier [[export]]",
            "one [[export]]",
        ),
        (
            "[expected_rate]\nmoon = { per_month = 1, source = \"x\" }",
            "line 2: moon",
            "kind",
        ),
        (
            "[expected_rate]\ngp = { per_month = 1 }",
            "not complete",
            "source",
        ),
        (
            "[expected_rate]\ngp = { per_month = -1, source = \"x\" }",
            "below zero",
            "zero",
        ),
        (
            "[[export]]\nfile = \"a.csv\"\ndate_order = \"ydm\"",
            "line 3: date_order",
            "dmy",
        ),
        ("own_agency = \"--\"", "no agency id", "letters"),
        ("output = 3", "no table", "[output]"),
        ("[agency]\nid = \"a\"", "no list of tables", "[[agency]]"),
        ("title = \"x\n", "line 1", ""),
        ("title = \"a\"\ntitle = \"b\"", "line 2", ""),
    ] {
        let Err(ImportError::Config {
            problem: said,
            hint: hinted,
        }) = read_config(text)
        else {
            unreachable!("{text}")
        };
        assert!(said.contains(problem), "{text}: {said}");
        assert!(hinted.contains(hint), "{text}: {hinted}");
        assert!(
            !said.contains('\n') && !hinted.contains('\n'),
            "{said} {hinted}"
        );
    }
}

#[test]
fn paths_lie_under_the_folder() {
    for path in [
        "/etc/passwd",
        "../x.csv",
        "a/../../x.csv",
        "C:/x.csv",
        "..\\\\x.csv",
        "",
        ".",
        "a/..",
    ] {
        let text = format!("[[export]]\nfile = \"{path}\"");
        let error = read_config(&text).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{path}: {error}");
    }
    let profile = "[[export]]\nfile = \"a.csv\"\nprofile = \"../map.toml\"";
    assert!(read_config(profile).is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        let _ = read_config(&text);
    }

    #[test]
    fn any_value_of_any_key_is_read_without_a_panic(
        key in "(title|as_of|agency|export|output|flags|expected_rate|day_first|flags.a|output.period)",
        value in "(\"[a-z/0-9-]{0,8}\"|[0-9]{1,4}|\\[\\]|\\[1\\]|\\{\\}|\\{a=1\\}|true|2026-01-01|inf)",
    ) {
        let _ = read_config(&format!("{key} = {value}\n"));
    }
}
