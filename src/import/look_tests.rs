//! What is seen of a file before it is used.

use super::*;

const LOG: &str = "Log of the desk,,\nprinted on Monday,,\nOur key,Happened,What we saw\nX1,03/04/2025,\"She was alone in the house again, so I rang\"\nX2,04/04/2025,\"She was tired and said that she had not eaten\"\n";

#[test]
fn the_header_and_the_columns_are_guessed_by_what_they_hold() {
    let look = look("desk.csv", LOG.as_bytes(), &Limits::default()).unwrap();
    let sample = look.tables[0].clone();
    assert_eq!((sample.rows.len(), sample.header), (5, 2));
    assert_eq!(sample.below(), 2, "the rows that it tells of");
    assert_eq!(sample.headers(), ["Our key", "Happened", "What we saw"]);
    let guesses = sample.guesses();
    assert_eq!(
        guesses.iter().map(|one| one.column).collect::<Vec<_>>(),
        [None, Some("date"), Some("text")]
    );
    assert!(guesses[1].by_content);
    let columns = sample
        .headers()
        .iter()
        .cloned()
        .zip(guesses.iter().map(|one| one.column));
    let draft = Draft {
        columns: columns.collect(),
        ..Draft::default()
    };
    let trial = Trial {
        path: "police/desk.csv",
        bytes: LOG.as_bytes(),
        draft: &draft,
        config: &Config::default(),
    };
    let report = trial.report(&Limits::default()).unwrap().unwrap();
    assert_eq!(report.rows, (2, 2, 0), "{report:?}");
    assert_eq!(report.sheets[0].header_row, 3);
}

#[test]
fn what_cannot_be_read_says_why() {
    let (problem, hint) = look("x.csv", b"", &Limits::default()).unwrap_err();
    assert!(problem.contains("empty") && !hint.is_empty());
}

#[test]
fn the_next_export_has_another_date_in_its_name() {
    for (path, pattern) in [
        ("police/log_2026-03-01.csv", "police/log_*.csv"),
        ("police/log.csv", "police/log*.csv"),
        ("2026_03 desk 2.xlsx", "* desk *.xlsx"),
        ("a.b/c", "a.b/c*"),
    ] {
        assert_eq!(pattern_of(path), pattern);
    }
    let lines = export_lines("a\"b*.csv", &AgencyId::new("police"), "p.mapping.toml");
    let (_, help) = crate::import::config::read_config(&lines).unwrap();
    assert_eq!(help.exports[0].file, "a\"b*.csv");
    assert_eq!(help.exports[0].mapping_file(), Some("p.mapping.toml"));
}
