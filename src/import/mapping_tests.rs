use super::*;
use crate::import::{InputFile, Limits, check, read};
use crate::model::phrase::Coded;
use crate::model::source::Kept;

fn problem(text: &str) -> String {
    match Mapping::read(text) {
        Err(fault) => fault.to_string(),
        Ok(_) => panic!("read: {text}"),
    }
}

fn folder(files: &[(&str, &str)]) -> Folder {
    let files = files.iter().map(|(path, text)| InputFile {
        path: (*path).to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    });
    Folder {
        files: files.collect(),
        skipped: Vec::new(),
    }
}

const CASE: &str = "[[export]]\nfile = \"school/log-*.csv\"\nprofile = \"maps/school.toml\"\n";
const LOG: &str = "Log of the pastoral team\n\nRegister no,Wer,Wann,Was geschah,Notes,Wie\n\
    7,S1,05/03/2025,Tired and hungry,seen at the gate,Teacher saw\n\
    8,S1,06/03/2025,Said she is cold,,Child said\n";
const MAP: &str = "title_rows = 2\n[columns]\n\"register (no|number)\" = \"entry_id\"\n\"Wer\" = \"record_ids\"\n\
    \"Wann\" = \"date\"\n\"Was geschah\" = \"text\"\n\"Wie\" = \"channel\"\n\
    [codes.channel]\n\"teacher saw\" = \"observation\"\n\"Child said\" = \"child\"\n";

#[test]
fn a_file_that_nobody_could_read_is_read_by_its_mapping() {
    let alone = folder(&[("school/log-may.csv", LOG)]);
    assert!(read(&alone, &Limits::default()).is_err());
    let mapped = folder(&[
        ("case.toml", CASE),
        ("maps/school.toml", MAP),
        ("school/log-may.csv", LOG),
    ]);
    let supplied = read(&mapped, &Limits::default()).unwrap();
    assert_eq!(supplied.files.len(), 1);
    assert_eq!(supplied.files[0].profile, "maps/school.toml");
    assert_eq!((supplied.files[0].rows, supplied.files[0].used), (2, 2));
    assert_eq!(supplied.ignored, Vec::<String>::new());
    let entry = &supplied.entries[0];
    assert_eq!(entry.id.to_string(), "school:7");
    assert_eq!(entry.text, "Tired and hungry");
    assert_eq!(entry.channel.text(), "direct observation");
    assert_eq!(supplied.entries[1].channel.text(), "the child's own words");
    // `Notes` means the text elsewhere; here another header does, so it stays an extra
    let reports = check(&mapped, &Limits::default()).unwrap();
    let notes = reports[0].sheets[0]
        .columns
        .iter()
        .find(|c| c.header == "Notes");
    assert_eq!(notes.unwrap().read_as, None);
    assert_eq!(reports[0].sheets[0].header_row, 3);
}

#[test]
fn the_raw_cell_stays_as_it_was_supplied() {
    let mapped = folder(&[
        ("case.toml", CASE),
        ("maps/school.toml", MAP),
        ("school/log-may.csv", LOG),
    ]);
    let supplied = read(&mapped, &Limits::default()).unwrap();
    assert!(supplied.files[0].sheets[0].row(4).contains(&"Teacher saw"));
    let told: Vec<&str> = supplied
        .rejects
        .iter()
        .map(|one| one.problem.as_str())
        .collect();
    assert_eq!(
        told,
        ["no people row describes school:S1"],
        "the words of the mapping are understood"
    );
}

#[test]
fn agencies_and_lists_are_read_by_their_codes() {
    let case = "[[export]]\nfile = \"all.csv\"\nprofile = \"m.toml\"\n";
    let map = "[codes.agency]\n\"06\" = \"police\"\n[codes.role]\n\"K\" = \"child\"\n\"M\" = \"mother\"\n";
    let rows = "agency,record_id,given_name,family_name,role\n06,1,Ann,Example,K;M\n";
    let mapped = folder(&[("case.toml", case), ("m.toml", map), ("all.csv", rows)]);
    let supplied = read(&mapped, &Limits::default()).unwrap();
    assert_eq!(supplied.records[0].id.to_string(), "police:1");
    let roles: Vec<&str> = supplied.records[0].roles.iter().map(Coded::text).collect();
    assert_eq!(roles, ["child", "mother"]);
    assert!(
        supplied
            .agencies
            .iter()
            .all(|agency| agency.id.as_str() != "06")
    );
}

#[test]
fn the_first_line_that_fits_decides() {
    let first = Mapping::read("[columns]\n\"a.*\" = \"text\"\n\"ab\" = \"date\"\n").unwrap();
    assert_eq!(first.says("AB"), Said::As(Column::Text));
    let other = Mapping::read("[columns]\n\"ab\" = \"date\"\n\"a.*\" = \"\"\n").unwrap();
    assert_eq!(other.says("ab"), Said::As(Column::Date));
    assert_eq!(other.says("a\n c"), Said::Kept);
    assert_eq!(other.says("b"), Said::Nothing);
}

#[test]
fn a_wrong_mapping_stops_with_its_line() {
    for (text, said) in [
        ("columns = 3", "no table"),
        (
            "[columns]\n\"a\" = \"txet\"",
            "line 2: there is no column `txet`\n  hint: did you mean `text`?",
        ),
        ("[columns]\n\"a(\" = \"text\"", "line 2: `a(` is no pattern"),
        ("titel_rows = 2", "did you mean `title_rows`?"),
        ("title_rows = -1", "rows stand above"),
        ("date_order = \"xyz\"", "one of \"dmy\""),
        ("[codes.chanel]\n\"a\" = \"b\"", "did you mean `channel`?"),
        ("[columns]\n\"(a{1000}){1000}\" = \"text\"", "is no pattern"),
    ] {
        assert!(problem(text).contains(said), "{text}: {}", problem(text));
    }
    let gone = folder(&[("case.toml", CASE), ("school/log-may.csv", LOG)]);
    let told = read(&gone, &Limits::default()).unwrap_err().to_string();
    assert!(
        told.contains("profile = \"maps/school.toml\": there is no such file"),
        "{told}"
    );
}

#[test]
fn a_mapping_that_nobody_named_is_no_help_and_no_export() {
    let not_named = folder(&[
        ("maps/school.toml", MAP),
        ("school/a.csv", "record_id,name\n1,Ann Example\n"),
    ]);
    let supplied = read(&not_named, &Limits::default()).unwrap();
    assert_eq!(supplied.ignored, ["maps/school.toml"]);
}

#[test]
fn a_star_stands_for_what_changes_in_a_name() {
    let case = "[[export]]\nfile = \"*/log.csv\"\nprofile = \"m.toml\"\n[[export]]\nfile = \"x/log.csv\"\nagency = \"police\"\n\
        [[export]]\nfile = \"no/*.csv\"\n";
    let rows = "record_id,name\n1,Ann Example\n";
    let files = [
        ("case.toml", case),
        ("m.toml", ""),
        ("a/log.csv", rows),
        ("x/log.csv", rows),
        ("b/c/log.csv", rows),
    ];
    let supplied = read(&folder(&files), &Limits::default()).unwrap();
    let read_as: Vec<(&str, &str)> = supplied
        .files
        .iter()
        .map(|file| (file.path.as_str(), file.profile.as_str()))
        .collect();
    assert_eq!(
        read_as,
        [
            ("a/log.csv", "m.toml"),
            ("b/c/log.csv", "plain"),
            ("x/log.csv", "plain")
        ]
    );
    let missing = supplied
        .rejects
        .iter()
        .filter(|reject| reject.file == "case.toml");
    assert_eq!(
        missing
            .map(|reject| (reject.value.as_str(), reject.kept))
            .collect::<Vec<_>>(),
        [("no/*.csv", Kept::None)]
    );
}
