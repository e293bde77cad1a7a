use super::*;
use crate::import::mapping::{Mapping, Said};

fn file(path: &str, text: &str) -> InputFile {
    InputFile {
        path: path.to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
        agency: None,
    }
}

#[test]
fn a_draft_is_a_mapping_file_that_reads_the_file_in_the_same_way() {
    let log = "entry_id,date,text,Officer (no.),channel,basis\n1,2025-03-05,Came,77,Prof Op,XQ-9\n";
    let draft = Draft::of(&file("school/log.csv", log), &Limits::default()).unwrap();
    let text = draft.toml("log.csv");
    let mapping = Mapping::read(&text).unwrap();
    for (header, column) in &draft.columns {
        assert_eq!(
            match mapping.says(header) {
                Said::As(column) => Some(column.name()),
                Said::Kept => None,
                Said::Nothing => panic!("no line is about it"),
            },
            *column,
            "{header}"
        );
    }
    assert_eq!(draft.columns[3], ("Officer (no.)".to_owned(), None));
    assert!(
        text.contains("[codes.channel]\n\"Prof Op\" = \"\"\n"),
        "{text}"
    );
    assert!(text.contains("[codes.basis]\n\"XQ-9\" = \"\"\n"), "{text}");
    assert!(!text.contains("Came"), "no cell of an entry is in it");
    assert_eq!(text, draft.toml("log.csv"));
}

#[test]
fn a_file_of_which_nothing_is_understood_has_its_headers_listed() {
    let log = "Log of the team\n\nNr,Wer,Wann,Was\n1,S1,2025-03-05,Kam\n";
    let draft = Draft::of(&file("log.csv", log), &Limits::default()).unwrap();
    assert_eq!(draft.title_rows, Some(2));
    let headers: Vec<&str> = draft
        .columns
        .iter()
        .map(|(header, _)| header.as_str())
        .collect();
    assert_eq!(headers, ["Nr", "Wer", "Wann", "Was"]);
}

#[test]
fn hostile_headers_stay_one_line_of_toml() {
    for header in [
        "a\"b",
        "x\ny",
        "[table]",
        "a = 1 # b",
        "\u{1b}[2J",
        "\\",
        "'''",
        "(((",
        "é\u{202e}f",
    ] {
        let csv = format!("\"{}\",b\n1,2\n", header.replace('"', "\"\""));
        let draft = Draft::of(&file("log.csv", &csv), &Limits::default()).unwrap();
        let text = draft.toml("x\n[codes]\n.csv");
        let mapping =
            Mapping::read(&text).unwrap_or_else(|fault| panic!("{header:?}: {fault}\n{text}"));
        assert!(mapping.says(header) != Said::Nothing, "{header:?}\n{text}");
    }
}
