//! What holds of a template.

use super::template::Template;

fn read(text: &str) -> Result<Template, String> {
    let file = |name: &str| (name == "logo.png").then(|| b"\x89PNG\r\n\x1a\nrest".to_vec());
    Template::read(text, &file).map_err(|fault| fault.to_string())
}

#[test]
fn a_broken_template_is_told_by_its_line() {
    for (text, line, says) in [
        ("title = \"x\"\nfooter = 3\n", 2, "string"),
        ("\n\ncolour = \"red\"\n", 3, "colour"),
        (
            "order = [\n  \"cover\",\n  \"genogramm\",\n]\n",
            3,
            "genogramm is no section",
        ),
        (
            "[headings]\nflags = \"F\"\nmagic = \"M\"\n",
            3,
            "magic is no section",
        ),
        ("[headings]\nflags = \" \"\n", 2, "may not be empty"),
        ("title = \"x\"\nlogo = \"none.png\"\n", 2, "cannot be read"),
        ("title = \"x\n", 1, ""),
    ] {
        let told = read(text).unwrap_err();
        assert!(
            told.starts_with(&format!("line {line}:")) && told.contains(says),
            "{text:?}: {told}"
        );
    }
}

#[test]
fn a_template_that_says_nothing_changes_nothing() {
    assert_eq!(read(""), Ok(Template::default()));
    assert!(read("logo = \"logo.png\"").is_ok());
}
