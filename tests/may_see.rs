//! Nobody sees what its basis forbids: every cell of basis × ending × date × handling × told × recipient × purpose against
//! a table that is written down here independently of the program, as a list of audiences.

#![allow(
    clippy::unwrap_used,
    reason = "a test may stop where its own table is wrong"
)]
#![allow(
    clippy::too_many_arguments,
    reason = "a cell of the table has as many sides as that"
)]
#![allow(
    clippy::excessive_nesting,
    clippy::too_many_lines,
    reason = "a cell is reached through all its sides"
)]

use casepicture::model::agency::Agency;
use casepicture::model::basis::{Jurisdiction, Vocabulary};
use casepicture::model::date::{Day, When};
use casepicture::model::entry::{Consent, Entry};
use casepicture::model::fact::{BasisStatus, Fact, Origin};
use casepicture::model::id::{AgencyId, EntryId, FactId};
use casepicture::model::phrase::{Coded, Phrase};
use casepicture::model::settings::Recipient;
use casepicture::model::source::RowRef;
use casepicture::model::supply::Supplied;
use casepicture::model::words::{AgencyKind, Threshold, Told};
use casepicture::sharing::{Rules, Viewing, may_see};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// When a basis can be used: from a day, until a day, both included; consent ends with its withdrawal or expiry.
struct Usable {
    codes: &'static str,
    from: &'static str,
    /// Ends when consent ends.
    ends: bool,
    /// Never lets anything be shared.
    never: bool,
    /// What handling it sets where the row sets none.
    default: &'static str,
}

const fn usable(
    codes: &'static str,
    from: &'static str,
    ends: bool,
    never: bool,
    default: &'static str,
) -> Usable {
    Usable {
        codes,
        from,
        ends,
        never,
        default,
    }
}

const BASES: [Usable; 27] = [
    usable("L6-E", "2018-05-25", false, false, "open"),
    usable("E-S47", "1991-10-14", false, false, "open"),
    usable("L6-EA-SG", "2026-02-05", false, false, "open"),
    usable("E-ISD", "2026-09-30", false, false, "open"),
    usable("C-VRB", "0001-01-01", true, false, "named"),
    usable("L6-A", "2018-05-25", true, false, "named"),
    usable("C-VRB|L6-E", "2018-05-25", false, false, "open"),
    usable("C-REF", "0001-01-01", false, true, "none"),
    usable("C-REF|N-OVR", "0001-01-01", false, true, "know"),
    usable("C-REF|N-OVR|L6-E", "2018-05-25", false, false, "know"),
    usable("E-ISD-NOT|L6-E", "0001-01-01", false, true, "none"),
    usable("E-MAPPA", "2004-04-05", false, false, "ask"),
    usable("L9-H", "2018-05-25", false, false, "know"),
    usable("L9-G18|N-RSK", "2018-05-25", false, false, "know+nofamily"),
    usable("C-UNK", "0001-01-01", false, false, "know"),
    usable("U-MAP", "0001-01-01", false, false, "know"),
    usable("S-CP", "0001-01-01", false, false, "know"),
    usable("S-WB", "0001-01-01", true, false, "named"),
    usable("W-RPT", "2016-04-06", false, false, "know"),
    usable("NSW-16A-V", "2009-10-30", false, false, "open"),
    usable("NSW-16A-X", "0001-01-01", false, true, "none"),
    usable("NSW-ROSH", "0001-01-01", false, false, "nofamily"),
    usable("VIC-CISS", "2018-09-27", false, false, "open"),
    usable("VIC-PERP", "2018-02-26", false, false, "know+noharm"),
    usable("QLD-MC", "0001-01-01", false, false, "open"),
    usable("NZ-15", "0001-01-01", false, false, "know+nofamily"),
    usable("NZ-66", "0001-01-01", false, false, "know+nocrime"),
];

/// Grounds that name who may receive them, and the recipients of this table that they name.
const ONLY_FOR: [(&str, &str); 3] = [("L9-H", "p o f"), ("W-RPT", "p o f"), ("NZ-15", "p o n f")];

/// Whose law a code is.
fn place_of(codes: &str) -> Jurisdiction {
    let places = [
        ("S-", Jurisdiction::Scotland),
        ("W-", Jurisdiction::Wales),
        ("NSW-", Jurisdiction::Nsw),
        ("VIC-", Jurisdiction::Victoria),
        ("QLD-", Jurisdiction::Queensland),
        ("NZ-", Jurisdiction::NewZealand),
    ];
    let place = places.into_iter().find(|(code, _)| codes.starts_with(code));
    place.map_or(Jurisdiction::England, |(_, place)| place)
}

/// Who is in the audience of each handling. The supplier (the refuge) always sees its own.
/// p partnership, o own agency, n the agency that the consent names, i another that works with the family,
/// k its kind, x an agency with no part in the case, f the family.
const AUDIENCES: [(&str, &str, &str); 12] = [
    ("open", "open to partners", "p o n i k x f"),
    ("know", "need to know", "p o n i k f"),
    ("ask", "ask the originator", "o"),
    ("named", "named recipients only", "p n"),
    ("none", "no onward sharing", "o"),
    ("nofamily", "not to the family", "p o n i k x"),
    ("noharm", "not to the alleged perpetrator", "p o n i k x"),
    ("nocrime", "not for crime use", "p o n i k x f"),
    ("odd", "eyes only", "o"),
    (
        "know+nofamily",
        "need to know|not to the family",
        "p o n i k",
    ),
    (
        "know+noharm",
        "need to know|not to the alleged perpetrator",
        "p o n i k",
    ),
    (
        "know+nocrime",
        "need to know|not for crime use",
        "p o n i k f",
    ),
];

const RECIPIENTS: [(&str, &str); 8] = [
    ("p", ""),
    ("o", "social-care"),
    ("s", "refuge"),
    ("n", "police"),
    ("i", "school"),
    ("k", "kind:school"),
    ("x", "gym"),
    ("f", "family"),
];

/// The independent expectation.
fn expected(
    basis: &Usable,
    ending: &str,
    on: Day,
    handling: &str,
    told: Told,
    who: &str,
    crime: bool,
) -> bool {
    if who == "s" {
        return true;
    }
    // two grounds: while the second is not law yet, all rests on the first
    if basis.codes == "C-VRB|L6-E" && on < day(basis.from) {
        let consent = BASES.iter().find(|basis| basis.codes == "C-VRB").unwrap();
        return expected(consent, ending, on, handling, told, who, crime);
    }
    let ended = match ending {
        "withdrawn" => on >= day("2025-06-01"),
        "expired" => on > day("2025-06-01"),
        _ => false,
    };
    // a withdrawal binds whoever relies on the word "consent", be it that nobody named it as a code
    let consent_cell_only = matches!(basis.codes, "C-UNK" | "U-MAP");
    let stands =
        !basis.never && on >= day(basis.from) && !(ended && (basis.ends || consent_cell_only));
    let set = if handling.is_empty() {
        basis.default
    } else {
        handling
    };
    let audience = AUDIENCES.iter().find(|(name, ..)| *name == set).unwrap().2;
    let heard = audience.split(' ').any(|one| one == who);
    let crime_forbidden = crime && set.contains("nocrime");
    let family_knows = told == Told::Yes || who != "f";
    // health and social care alone, where the ground is the provision of care; and the like
    let only = ONLY_FOR.iter().find(|(codes, _)| *codes == basis.codes);
    let is_named = only.is_none_or(|(_, named)| named.split(' ').any(|one| one == who));
    stands && heard && !crime_forbidden && family_knows && is_named
}

fn agency(id: &str, kind: AgencyKind, supplied: bool) -> Agency {
    Agency {
        id: AgencyId::new(id),
        name: id.to_owned(),
        kind,
        supplied,
    }
}

fn entry(codes: &str, handling: &str, told: Told, ending: &str) -> Entry {
    let refuge = AgencyId::new("refuge");
    let end = When::day(day("2025-06-01"));
    let mut consent = Consent {
        scope: vec![AgencyId::new("police")],
        ..Consent::default()
    };
    match ending {
        "withdrawn" => consent.withdrawn_on = end,
        "expired" => consent.expires_on = end,
        _ => {}
    }
    Entry {
        rows: Vec::new(),
        when: When::day(day("2025-01-01")),
        text: "Visited.".to_owned(),
        basis: codes.split('|').map(Into::into).collect(),
        basis_raw: codes.to_owned(),
        consent,
        told: Coded::Known(told),
        handling: handling
            .split('|')
            .filter(|h| !h.is_empty())
            .map(Coded::read)
            .collect(),
        ..Entry::blank(
            EntryId::new(&refuge, "1"),
            RowRef {
                file: 0,
                sheet: 0,
                row: 2,
            },
        )
    }
}

fn fact(entry: &Entry) -> Fact {
    Fact {
        id: FactId::new("F1"),
        lead: 0,
        entries: vec![0],
        persons: Vec::new(),
        when: entry.when.clone(),
        time: None,
        agencies: vec![entry.agency().clone()],
        first_agency: entry.agency().clone(),
        origins: vec![Origin::Agency(entry.agency().clone())],
        origins_low: 1,
        origins_high: 1,
        suspected: Vec::new(),
        disagrees_with: Vec::new(),
        differences: Vec::new(),
        kind: Coded::Blank,
        channel: Coded::Blank,
        polarity: Coded::Blank,
        significance: None,
        basis: Vec::new(),
        consent_state: Coded::Blank,
        told: Coded::Blank,
        handling: Vec::new(),
        status: BasisStatus::Unknown,
        cited_by: Vec::new(),
    }
}

fn case_of(entry: Entry) -> Supplied {
    let mut agencies = vec![
        agency("social-care", AgencyKind::SocialCare, true),
        agency("refuge", AgencyKind::DomesticAbuse, true),
        agency("police", AgencyKind::Police, true),
        agency("school", AgencyKind::School, true),
        agency("gym", AgencyKind::Other, false),
    ];
    agencies.sort_by(|one, other| one.id.cmp(&other.id));
    Supplied {
        agencies,
        entries: vec![entry],
        ..Supplied::default()
    }
}

fn recipient(text: &str) -> Option<Recipient> {
    match text {
        "" => None,
        "family" => Some(Recipient::Family),
        _ => Some(match text.strip_prefix("kind:") {
            Some(kind) => Recipient::Kind(AgencyKind::read(kind).unwrap()),
            None => Recipient::Agency(AgencyId::new(text)),
        }),
    }
}

#[test]
fn nobody_sees_what_its_basis_forbids() {
    let own = AgencyId::new("social-care");
    let days = [
        "2018-05-24",
        "2025-05-31",
        "2025-06-01",
        "2025-06-02",
        "2026-02-05",
        "2026-09-30",
    ];
    let (mut cells, mut wrong) = (0_usize, Vec::new());
    for basis in &BASES {
        let vocabulary = Vocabulary::of(place_of(basis.codes)).unwrap();
        for ending in ["none", "withdrawn", "expired"] {
            for (name, words) in std::iter::once(("", "")).chain(AUDIENCES.map(|(n, w, _)| (n, w)))
            {
                for told in [Told::Yes, Told::Unsafe, Told::Unrecorded] {
                    let supplied = case_of(entry(basis.codes, words, told, ending));
                    let rules = Rules::of(&supplied, &vocabulary, Some(&own));
                    let conditions =
                        rules.conditions(&supplied, &vocabulary, &fact(&supplied.entries[0]));
                    for on in days.map(day) {
                        for (who, text) in RECIPIENTS {
                            for purpose in [None, Some(Threshold::S47), Some(Threshold::Crime)] {
                                let recipient = recipient(text);
                                let viewing = Viewing {
                                    recipient: recipient.as_ref(),
                                    purpose,
                                    date: on,
                                };
                                let answer = may_see(&conditions, &viewing);
                                let crime = purpose == Some(Threshold::Crime);
                                let want = expected(basis, ending, on, name, told, who, crime);
                                cells += 1;
                                if answer.is_yes() != want {
                                    wrong.push(format!("{} {ending} {on} {words:?} {told:?} {who} {purpose:?}: {answer:?}, not {want}", basis.codes));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(cells >= 5_000, "{cells}");
    let first: Vec<_> = wrong.iter().take(20).collect();
    assert!(
        wrong.is_empty(),
        "{} of {cells} cells: {first:#?}",
        wrong.len()
    );
}
