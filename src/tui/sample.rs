//! A small invented case for the tests of this room, with a name that is long and texts that are hostile.

use std::sync::{Arc, OnceLock};

use super::index::Index;
use super::keymap::Key;
use super::model::Model;
use super::msg::{Effect, Msg};
use super::update::update;
use crate::model::agency::Agency;
use crate::model::case::Case;
use crate::model::date::{Precision, When};
use crate::model::entry::Entry;
use crate::model::id::{AgencyId, ConclusionId, EntryId, RecordId};
use crate::model::phrase::Coded;
use crate::model::record::Record;
use crate::model::settings::Settings;
use crate::model::source::{Kept, Reject, RowRef, Sheet, SourceFile};
use crate::model::supply::{Citation, Cited, Request, Supplied};
use crate::model::words::{Kind, Polarity, Role};
use crate::picture::Picture;

/// What must never reach the screen as it is.
pub(crate) const HOSTILE: &str = "Nan said \u{1b}[2J\u{202e}gpj.exe\u{7} and \u{200b}hid\r\nit";

fn when(day: &str) -> When {
    day.parse().map_or_else(|_| When::default(), When::day)
}

fn row(file: u32, row: u32) -> RowRef {
    RowRef {
        file,
        sheet: 0,
        row,
    }
}

fn record(
    agency: &str,
    local: &str,
    name: (&str, &str),
    birth: &str,
    role: Role,
    at: RowRef,
) -> Record {
    Record {
        rows: vec![at],
        given_name: name.0.into(),
        family_name: name.1.into(),
        birth: when(birth),
        roles: vec![Coded::Known(role)],
        described: true,
        ..Record::named_only(RecordId::new(&AgencyId::new(agency), local))
    }
}

fn entry(agency: &str, local: &str, day: &str, text: &str, person: &str, at: RowRef) -> Entry {
    let agency = AgencyId::new(agency);
    Entry {
        persons: vec![RecordId::read(person, &agency)],
        when: when(day),
        text: text.into(),
        kind: Coded::Known(Kind::Observation),
        significance: Some(2),
        polarity: Coded::Known(Polarity::Concern),
        recorded_on: when(day),
        ..Entry::blank(EntryId::new(&agency, local), at)
    }
}

fn file(path: &str, agency: &str, rows: &[&[&str]]) -> SourceFile {
    let mut sheet = Sheet::default();
    sheet.headers = ["entry_id", "date", "text"].map(str::to_owned).to_vec();
    for (at, cells) in rows.iter().enumerate() {
        sheet.push(at as u32 + 2, cells);
    }
    SourceFile {
        path: path.into(),
        agency: Some(AgencyId::new(agency)),
        sha256: "ab".repeat(32),
        profile: "plain".into(),
        encoding: "UTF-8".into(),
        rows: rows.len() + 1,
        used: rows.len(),
        rejected: 1,
        sheets: vec![sheet],
    }
}

fn records() -> Vec<Record> {
    let long = "Bartholomew-Alexander Featherstonehaugh-Cholmondeley of the Lower Hollow";
    vec![
        record(
            "police",
            "P1",
            ("Katherine", "Example"),
            "2019-03-04",
            Role::Child,
            row(0, 2),
        ),
        record(
            "police",
            "P2",
            (long, "李"),
            "1988-01-02",
            Role::Father,
            row(0, 3),
        ),
        record(
            "school",
            "S1",
            ("Catherine", "Example"),
            "2019-03-05",
            Role::Child,
            row(1, 2),
        ),
        record(
            "social-care",
            "C1",
            ("Katherine", "Example"),
            "2019-03-04",
            Role::Child,
            row(2, 2),
        ),
    ]
}

fn entries() -> Vec<Entry> {
    let mut entries = vec![
        entry(
            "police",
            "E1",
            "2025-11-03",
            "Officers were called to shouting; the child was awake on the stairs.",
            "P1",
            row(0, 2),
        ),
        entry("police", "E2", "2026-01-20", HOSTILE, "P2", row(0, 3)),
        entry(
            "school",
            "E1",
            "2025-11-04",
            "She said that she does not sleep when he is there.",
            "S1",
            row(1, 2),
        ),
        entry(
            "school",
            "E2",
            "",
            "Undated note: tired again.",
            "S1",
            row(1, 3),
        ),
        entry(
            "social-care",
            "E1",
            "2025-11-05",
            "School reports poor sleep.",
            "C1",
            row(2, 2),
        ),
        entry(
            "social-care",
            "E2",
            "2026-02-01",
            "Visit: the home was calm and tidy.",
            "C1",
            row(2, 3),
        ),
    ];
    entries[4].cites = vec![EntryId::new(&AgencyId::new("school"), "E1")];
    entries[3].when = When::span(
        "2025-10-01".parse().unwrap(),
        "2025-10-31".parse().unwrap(),
        Precision::Month,
    );
    entries
}

/// The case.
pub(crate) fn case() -> Case {
    let citation = Citation {
        row: row(3, 2),
        conclusion: ConclusionId::new("C1"),
        cited: Cited::Entry(EntryId::new(&AgencyId::new("social-care"), "E2")),
        text: "Home conditions are good enough.".into(),
        decided_on: when("2026-02-03"),
        decided_by: "Assessor".into(),
    };
    let mut supplied = Supplied {
        agencies: ["police", "school", "social-care"]
            .map(|id| Agency {
                supplied: true,
                ..Agency::of_id(&AgencyId::new(id))
            })
            .to_vec(),
        files: vec![
            file(
                "police/log.csv",
                "police",
                &[
                    &["E1", "3/11/25", "Officers were called"],
                    &["E2", "", HOSTILE],
                ],
            ),
            file(
                "school/log.csv",
                "school",
                &[&["E1", "", "She said"], &["E2", "", "Undated"]],
            ),
            file(
                "social-care/entries.csv",
                "social-care",
                &[&["E1", "", "School reports"], &["E2", "", "Visit"]],
            ),
        ],
        records: records(),
        entries: entries(),
        citations: vec![citation],
        requests: vec![request()],
        rejects: vec![reject()],
        ..Supplied::default()
    };
    supplied.config.title = "Katherine Example, strategy discussion".into();
    supplied.config.own_agency = Some(AgencyId::new("social-care"));
    Case::new(supplied)
}

fn request() -> Request {
    Request {
        id: "R1".into(),
        row: row(3, 2),
        asked: AgencyId::new("school"),
        asked_by: "Assessor".into(),
        asked_on: when("2026-01-10"),
        due_on: when("2026-01-15"),
        answered_on: When::default(),
        result: Coded::Blank,
        records: Vec::new(),
        question: "What does the school know of nights?".into(),
        reason: String::new(),
        basis: String::new(),
    }
}

fn reject() -> Reject {
    Reject {
        file: "police/log.csv".into(),
        row: Some(4),
        column: "date".into(),
        value: "soon\u{1b}[31m".into(),
        problem: "This is no date.".into(),
        hint: "Write it as 2025-03-01.".into(),
        kept: Kept::Row,
    }
}

/// The picture of the case, computed once for all tests.
pub(crate) fn picture() -> Arc<Picture> {
    static PICTURE: OnceLock<Arc<Picture>> = OnceLock::new();
    let picture = PICTURE.get_or_init(|| {
        let case = case();
        let settings = Settings::of_config(&case.supplied.config);
        Arc::new(Picture::of(&case, &settings).unwrap())
    });
    Arc::clone(picture)
}

/// A screen that shows the case.
pub(crate) fn screen(width: u16, height: u16) -> Model {
    let picture = picture();
    let mut model = Model::new(
        &picture.supplied.config.title,
        "A. Analyst",
        (width, height),
    );
    let index = Arc::new(Index::of(&picture));
    update(&mut model, Msg::PictureReady(0, picture, index));
    model
}

/// Presses keys one after another and gives all effects.
pub(crate) fn press(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    let keys = keys.iter();
    keys.flat_map(|key| update(model, Msg::Key(*key))).collect()
}
