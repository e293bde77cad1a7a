//! Refuses a passphrase on the command line before the parser sees it, so that nothing repeats it.

use std::ffi::{OsStr, OsString};

use super::failure::Failure;

/// Refuses a passphrase on the command line, however the option is spelt, and does not repeat it: not even the parser sees it.
///
/// # Errors
/// When there is one.
pub fn refuse_on_command_line(args: &[OsString]) -> Result<(), Failure> {
    let options = args.iter().take_while(|arg| arg.as_os_str() != "--");
    for arg in options {
        if is_passphrase_option(arg) {
            return Err(Failure::new(
                "a passphrase is not taken from the command line, where others may read it",
                "leave it out and it is asked, or use --passphrase-file PATH or --passphrase-fd N; if it was the real one, change it with casepicture passwd, and take the line out of your shell's history",
            ));
        }
    }
    Ok(())
}

/// Options that name where a passphrase is, and none itself.
const SOURCES: [&str; 5] = [
    "passphrase-file",
    "passphrase-fd",
    "new-passphrase-file",
    "other-passphrase-file",
    "other-passphrase-fd",
];

/// Whether an argument looks like an option that holds a passphrase: `--passphrase`, what it may be cut to, `--password`,
/// `-p`, with or without a value behind `=`, and the same of another or a new one.
fn is_passphrase_option(arg: &OsStr) -> bool {
    let bytes = arg.as_encoded_bytes();
    let Some(rest) = bytes.strip_prefix(b"-") else {
        return false;
    };
    let (rest, is_long) = match rest.strip_prefix(b"-") {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let name = rest.split(|&byte| byte == b'=').next().unwrap_or(rest);
    let name = String::from_utf8_lossy(name)
        .to_lowercase()
        .replace('_', "-");
    if SOURCES.contains(&name.as_str()) && is_long {
        return false;
    }
    if !is_long {
        // no command has a short option of this letter: `-p X`, `-pX`, `-passphrase X`
        return name.starts_with('p');
    }
    let bare = ["new-", "old-", "other-"]
        .iter()
        .find_map(|which| name.strip_prefix(which));
    let bare = bare.unwrap_or(&name);
    bare.starts_with("pass")
        || matches!(
            bare,
            "p" | "pa" | "pas" | "pw" | "pwd" | "phrase" | "secret" | "key"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(args: &[&str]) -> bool {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        match refuse_on_command_line(&args) {
            Ok(()) => false,
            Err(failure) => {
                assert!(!failure.to_string().contains("hunter2"), "{failure}");
                true
            }
        }
    }

    #[test]
    fn a_passphrase_is_refused_however_the_option_is_spelt() {
        for option in [
            "--passphrase",
            "--passphras",
            "--pass",
            "--pas",
            "--pa",
            "--p",
            "-p",
            "--password",
            "--PASSPHRASE",
            "--passphrase_",
            "--pwd",
            "--new-passphrase",
            "--other-passphrase",
            "--new-pass",
            "--passphrase-fil",
            "-passphrase",
            "--passphrase-fd-",
            "--other_passphrase",
        ] {
            assert!(
                refused(&["casepicture", "open", "x", option, "hunter2"]),
                "{option}"
            );
            assert!(
                refused(&["casepicture", &format!("{option}=hunter2"), "open"]),
                "{option}="
            );
        }
        assert!(refused(&["casepicture", "open", "-phunter2"]));
    }

    #[test]
    fn what_names_a_place_is_no_passphrase() {
        for args in [
            &["timeline", "x", "--person", "p", "--purpose", "s47"][..],
            &["open", "x", "--passphrase-file", "f", "--passphrase-fd=3"],
            &["passwd", "x", "--new-passphrase-file=f"],
            &[
                "import",
                "x",
                "--decisions",
                "y",
                "--other-passphrase-file",
                "f",
                "--other-passphrase-fd",
                "3",
            ],
            &["timeline", "--", "--passphrase"],
            &["timeline", "-"],
        ] {
            assert!(!refused(args), "{args:?}");
        }
    }
}
