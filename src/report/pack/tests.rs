//! What holds of a template.

use super::template::Template;

/// A picture of one point.
const LOGO: [u8; 67] = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

fn read(text: &str) -> Result<Template, String> {
    let file = |name: &str| {
        let mut bytes = LOGO.to_vec();
        match name {
            "logo.png" => {}
            "cut.png" => bytes.truncate(60),
            "damaged.png" => bytes[20] ^= 1,
            "words.png" => bytes = b"not a picture".to_vec(),
            "cut.jpg" => bytes = b"\xff\xd8\xff\xe0 and no end".to_vec(),
            _ => return None,
        }
        Some(bytes)
    };
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
        ("\nlogo = \"words.png\"\n", 2, "no PNG or JPEG"),
        ("logo = \"cut.png\"\n", 1, "damaged or cut off"),
        ("logo = \"damaged.png\"\n", 1, "damaged or cut off"),
        ("logo = \"cut.jpg\"\n", 1, "damaged or cut off"),
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
