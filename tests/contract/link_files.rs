//! `link`: what it writes is its owner's alone, over nothing, and never half.

use std::fs;

use crate::link_place::{FILES, Place, said};

#[test]
fn a_file_that_is_read_is_never_written_over() {
    let place = Place::of_people(50);
    fs::copy(place.path("csc.csv"), place.path("persons.csv")).unwrap();
    let before = fs::read(place.path("persons.csv")).unwrap();
    for words in [
        &["persons.csv", "--out", ".", "--force"][..],
        &["./persons.csv", "--report", "persons.csv", "--force"],
        &[
            "csc.csv",
            "--out",
            "new",
            "--report",
            "new/persons.csv",
            "--force",
        ],
    ] {
        let output = place.link(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(said(&output).contains("hint: "), "{}", said(&output));
    }
    assert!(before == fs::read(place.path("persons.csv")).unwrap());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;
    use crate::common::casepicture;

    #[test]
    fn what_is_made_is_its_owners_alone_and_nothing_is_overwritten() {
        let place = Place::of_people(100);
        let mode =
            |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
        place.link_all(&["--out", "out", "--report", "r.html"]);
        assert_eq!((mode("out"), mode("r.html")), (0o700, 0o600));
        for file in FILES {
            assert_eq!(mode(&format!("out/{file}")), 0o600);
        }
        let before = fs::read(place.path("out/persons.csv")).unwrap();
        for words in [["--out", "out"], ["--report", "r.html"]] {
            let output = place.link(&[&["csc.csv"][..], &words].concat());
            assert_eq!(output.status.code(), Some(2), "{words:?}");
            assert!(said(&output).contains("--force"));
        }
        assert!(before == fs::read(place.path("out/persons.csv")).unwrap());
        place.link_all(&["--out", "out", "--report", "r.html", "--force"]);
        // a folder with other files is accepted
        fs::create_dir(place.path("other")).unwrap();
        fs::write(place.path("other/letter.txt"), "x").unwrap();
        place.link_all(&["--out", "other"]);
        assert_eq!(place.files("other").len(), 5);
    }

    /// Ends a run after a while by a signal, and gives its exit code; `None` when it did not stop by itself.
    fn stopped(place: &Place, after: Duration, signal: &str) -> i32 {
        let mut child = casepicture()
            .current_dir(place.folder.path())
            .args([
                "link",
                "csc.csv",
                "police.csv",
                "health.csv",
                "--out",
                "out",
                "--report",
                "r.html",
                "--threads",
                "1",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(after);
        Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        let deadline = Instant::now() + Duration::from_mins(1);
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                // a busy machine may not have begun to listen yet: then the signal ends it by itself
                let by_signal = status.signal().map(|signal| 128 + signal);
                return status.code().or(by_signal).unwrap();
            }
            if Instant::now() > deadline {
                child.kill().unwrap();
                return -1;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_run_that_is_stopped_leaves_nothing_half_written() {
        let place = Place::of_people(4000);
        let inputs = place.files(".");
        let mut stops = 0;
        for (signal, code) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
            for after in [100, 300, 700, 1500] {
                let ended = stopped(&place, Duration::from_millis(after), signal);
                if ended == 0 {
                    // it was done before: everything is there
                    assert_eq!(place.files("out"), FILES);
                    fs::remove_dir_all(place.path("out")).unwrap();
                    fs::remove_file(place.path("r.html")).unwrap();
                    continue;
                }
                assert_eq!(ended, code, "{signal} after {after} ms");
                assert_eq!(place.files("."), inputs, "{signal} after {after} ms");
                stops += 1;
            }
        }
        assert!(stops > 0, "every run was done before it could be stopped");
    }
}
