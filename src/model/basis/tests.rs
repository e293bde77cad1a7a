//! The shipped vocabularies hold every code of the field, and each spelling means one.

use std::collections::BTreeMap;

use super::*;
use crate::model::phrase::fold;

#[test]
fn the_shipped_vocabularies_are_read() {
    for place in places() {
        let vocabulary = Vocabulary::of(place).unwrap();
        assert!(
            vocabulary
                .code(NOT_RECORDED)
                .is_some_and(|code| !code.is_ground)
        );
        assert!(
            vocabulary.is_ambiguous("No consent"),
            "nobody knows whether it is refused or not asked"
        );
    }
}

#[test]
fn no_spelling_is_read_in_two_ways() {
    for place in places() {
        let vocabulary = Vocabulary::of(place).unwrap();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for code in vocabulary.codes() {
            let spellings = code.read_as.iter().chain([&code.code, &code.label]);
            for folded in spellings.map(|spelling| fold(spelling)) {
                assert!(!vocabulary.is_ambiguous(&folded), "{folded}: {}", code.code);
                let other = seen.insert(folded.clone(), &code.code);
                assert!(
                    other.is_none_or(|o| o == code.code),
                    "{folded}: {other:?} and {}",
                    code.code
                );
            }
        }
    }
}

#[test]
fn spellings_of_agencies_are_read_as_codes() {
    let table = [
        (Jurisdiction::England, "s47", Some("E-S47")),
        (Jurisdiction::England, "Section 47", Some("E-S47")),
        (Jurisdiction::England, "GDPR 6(1)(e)", Some("L6-E")),
        (Jurisdiction::England, "UK GDPR 6(1)(e)", Some("L6-E")),
        (Jurisdiction::England, "public task", Some("L6-E")),
        (Jurisdiction::England, "s29", Some("E-CRX")),
        (Jurisdiction::England, "DPA 1998 s29(3)", Some("E-CRX")),
        (Jurisdiction::England, "l9_g18", Some("L9-G18")),
        (Jurisdiction::England, "Verbal consent", Some("C-VRB")),
        (Jurisdiction::England, "written consent", Some("C-EXP")),
        (Jurisdiction::England, "Yes", Some("C-GVN")),
        (Jurisdiction::England, "CG", Some("C-GVN")),
        (Jurisdiction::England, "NZ-66", None),
        (Jurisdiction::England, "16A", None),
        (Jurisdiction::Nsw, "Chapter 16A", Some("NSW-16A")),
        (Jurisdiction::Nsw, "16A on request", Some("NSW-16A-R")),
        (Jurisdiction::Nsw, "ROSH", Some("NSW-ROSH")),
        (Jurisdiction::Nsw, "s47", None),
        (Jurisdiction::Scotland, "s47", None),
        (Jurisdiction::Scotland, "public task", Some("L6-E")),
        (Jurisdiction::Scotland, "IRD", Some("S-CP")),
        (Jurisdiction::Wales, "s47", Some("E-S47")),
        (Jurisdiction::Wales, "s130", Some("W-RPT")),
        (Jurisdiction::Wales, "s17", Some("E-S17")),
        (Jurisdiction::Wales, "information sharing duty", None),
        (Jurisdiction::Victoria, "CISS", Some("VIC-CISS")),
        (Jurisdiction::Victoria, "FVISS", None),
        (Jurisdiction::Queensland, "159MC", Some("QLD-MC")),
        (Jurisdiction::NewZealand, "s66", Some("NZ-66")),
        (Jurisdiction::NewZealand, "section 66C", Some("NZ-66C")),
        (Jurisdiction::NewZealand, "GDPR 6(1)(e)", None),
    ];
    for (place, spelling, code) in table {
        let vocabulary = Vocabulary::of(place).unwrap();
        let read = vocabulary.read(spelling).map(|read| read.code.as_str());
        assert_eq!(read, code, "{spelling} in {place:?}");
    }
    let common = Vocabulary::of(Jurisdiction::None).unwrap();
    for spelling in [
        "No",
        "N",
        "no consent",
        "Without consent",
        "Information shared without consent",
    ] {
        assert!(
            common.is_ambiguous(spelling) && common.read(spelling).is_none(),
            "{spelling}"
        );
    }
}

#[test]
fn every_code_of_the_field_is_there() {
    let common = "C-EXP C-VRB C-IMP C-CHD C-PRX C-LTD C-SVC C-PEN C-REF C-WDN C-XPD C-NAS C-NRQ C-UNK N-CNG N-CRE N-RSK \
        N-OVR N-THR PRI-OVR U-NR U-MAP U-NA";
    let uk = "L6-A L6-C L6-D L6-E L6-EA-SG L6-EA-PT L6-EA-CR L6-F L9-A L9-C L9-G18 L9-G6 L9-H L10-CR X-RLI2 E-CRT E-CLC \
        E-CRX E-MARAC";
    let all = [
        (Jurisdiction::None, ""),
        (
            Jurisdiction::England,
            "E-ISD E-ISD-NOT E-S17 E-S47 E-S10 E-S11 E-CIC E-CDA115 E-MAPPA E-CPIS",
        ),
        (Jurisdiction::Scotland, "S-CP S-WB"),
        (
            Jurisdiction::Wales,
            "W-RPT W-ISP E-S47 E-CIC E-CDA115 E-MAPPA",
        ),
        (
            Jurisdiction::Nsw,
            "NSW-CON NSW-16A-V NSW-16A-R NSW-16A-X NSW-248-D NSW-248-F NSW-ROSH",
        ),
        (
            Jurisdiction::Victoria,
            "VIC-CISS VIC-FV-A VIC-FV-P VIC-FV-C VIC-PERP",
        ),
        (Jurisdiction::Queensland, "QLD-MC QLD-MD"),
        (Jurisdiction::NewZealand, "NZ-15 NZ-66 NZ-66C"),
    ];
    for (place, own) in all {
        let is_uk = [
            Jurisdiction::England,
            Jurisdiction::Scotland,
            Jurisdiction::Wales,
        ]
        .contains(&place);
        let codes = format!("{common} {own} {}", if is_uk { uk } else { "" });
        let vocabulary = Vocabulary::of(place).unwrap();
        for code in codes.split_whitespace() {
            let found = vocabulary
                .code(code)
                .unwrap_or_else(|| panic!("{code} is missing"));
            assert!(
                !found.label.is_empty() && found.meaning.ends_with('.'),
                "{code}"
            );
        }
    }
}

fn places() -> impl Iterator<Item = Jurisdiction> {
    Jurisdiction::PHRASES.iter().map(|(place, ..)| *place)
}

#[test]
fn every_code_says_its_law_its_source_and_dates_in_order() {
    for place in places() {
        let vocabulary = Vocabulary::of(place).unwrap();
        for code in vocabulary.codes() {
            assert!(!code.source.is_empty(), "{}", code.code);
            assert!(
                !code.law.is_empty() || !code.is_ground || code.code == "U-NA",
                "{}",
                code.code
            );
        }
    }
}

/// The defaults of the codes beside those of the United Kingdom: consent, told, handling.
#[test]
fn codes_set_the_defaults_of_their_law() {
    for (place, code, rests, told, handling) in [
        (Jurisdiction::Scotland, "S-CP", "no", "", "need to know"),
        (
            Jurisdiction::Scotland,
            "S-WB",
            "yes",
            "yes",
            "named recipients only",
        ),
        (Jurisdiction::Wales, "W-RPT", "no", "", "need to know"),
        (Jurisdiction::Wales, "W-ISP", "either", "", "need to know"),
        (
            Jurisdiction::Victoria,
            "VIC-CISS",
            "no",
            "",
            "open to partners",
        ),
        (
            Jurisdiction::Victoria,
            "VIC-FV-A",
            "either",
            "",
            "need to know",
        ),
        (
            Jurisdiction::Victoria,
            "VIC-FV-C",
            "yes",
            "yes",
            "named recipients only",
        ),
        (
            Jurisdiction::Victoria,
            "VIC-PERP",
            "no",
            "no unrecorded",
            "need to know|not to the alleged perpetrator",
        ),
        (
            Jurisdiction::Queensland,
            "QLD-MD",
            "no",
            "",
            "open to partners",
        ),
        (
            Jurisdiction::NewZealand,
            "NZ-66",
            "no",
            "",
            "need to know|not for crime use",
        ),
        (
            Jurisdiction::NewZealand,
            "NZ-15",
            "no",
            "",
            "need to know|not to the family",
        ),
    ] {
        let vocabulary = Vocabulary::of(place).unwrap();
        let found = vocabulary.code(code).unwrap();
        let said = serde_json::to_value(found).unwrap();
        assert_eq!(said["rests_on_consent"], rests, "{code}");
        assert_eq!(said["told"].as_str().unwrap_or(""), told, "{code}");
        assert_eq!(found.handling.join("|"), handling, "{code}");
    }
}

#[test]
fn a_hub_adds_codes_and_spellings_and_settles_what_is_open() {
    let own = r#"
        [[code]]
        code = "HUB-1"
        label = "Hub protocol 1"
        meaning = "Shared under the hub's own protocol."
        rests_on_consent = "no"
        handling = ["need to know"]

        [[code]]
        code = "E-S10"
        label = "Section 10, as agreed here"
        meaning = "Shared for co-operation, to those who need it."
        rests_on_consent = "no"
        handling = ["need to know"]

        [[spelling]]
        code = "C-NAS"
        read_as = ["No consent"]
    "#;
    let vocabulary = Vocabulary::with_own(Jurisdiction::England, Some(own)).unwrap();
    let code = |text: &str| vocabulary.read(text).map(|code| code.code.as_str());
    assert_eq!(code("hub protocol 1"), Some("HUB-1"));
    assert_eq!(code("no consent"), Some("C-NAS"));
    assert_eq!(code("Without consent"), None);
    assert_eq!(code("section 10"), Some("E-S10"));
    assert_eq!(vocabulary.code("E-S10").unwrap().handling, ["need to know"]);
}

#[test]
fn a_wrong_file_of_a_hub_is_told_with_its_line() {
    let code = |name: &str, more: &str| {
        let head = format!(r#"code = "{name}""#);
        format!("[[code]]\n{head}\nlabel = 'h'\nmeaning = 'h.'\nrests_on_consent = 'no'\n{more}")
    };
    let spelling = |name: &str| format!("[[spelling]]\ncode = '{name}'\nread_as = ['x']");
    for (own, says) in [
        ("[[code]\n".to_owned(), "line 1"),
        (code("H", "handlin = []"), "line 6: unknown field `handlin`"),
        (
            code("H", "handling = ['eyes only']"),
            "H: `eyes only` is no handling",
        ),
        (
            code("H", "recipient_kinds = ['club']"),
            "H: `club` is no agency kind",
        ),
        (
            code("H", "from = '2025-01-02'\nuntil = '2025-01-01'"),
            "ends before it begins",
        ),
        (code("U-NR", ""), "U-NR is the program's word"),
        (code("H|I", ""), "cannot be the name of a code"),
        (spelling("U-MAP"), "U-MAP is the program's word"),
        (spelling("ZZ"), "ZZ: a [[spelling]] names a code"),
    ] {
        let told = Vocabulary::with_own(Jurisdiction::England, Some(&own)).unwrap_err();
        assert!(told.contains(says), "{told} should say {says}");
    }
}

#[test]
fn an_unknown_code_has_neighbours_or_another_country() {
    let england = Vocabulary::of(Jurisdiction::England).unwrap();
    let nearest = |text: &str| -> Vec<&str> {
        england
            .nearest(text)
            .iter()
            .map(|code| code.code.as_str())
            .collect()
    };
    assert_eq!(nearest("L6E.")[0], "L6-E");
    assert_eq!(nearest("Secton 47")[0], "E-S47");
    assert_eq!(nearest("verbal consnt")[0], "C-VRB");
    assert!(nearest("the moon is made of cheese").is_empty());
    assert_eq!(places_that_read("NZ-66"), [Jurisdiction::NewZealand]);
    assert_eq!(places_that_read("the moon"), []);
}
