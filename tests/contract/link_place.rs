//! A folder with invented person files, in which `link` is run.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use crate::common::{Row, casepicture, table};

/// What `link` leaves in its folder.
pub const FILES: [&str; 4] = ["model.json", "pairs.csv", "persons.csv", "rejects.csv"];

const GIVEN: [&str; 24] = [
    "Amelia", "Oliver", "Noor", "Harpreet", "Chidi", "Zofia", "Grace", "Thomas", "Ibrahim", "Mei",
    "Rosa", "Callum", "Leila", "Piotr", "Adaeze", "Samuel", "Hannah", "Yusuf", "Ivy", "Dylan",
    "Saoirse", "Kofi", "Esther", "Rafael",
];
const FAMILY: [&str; 31] = [
    "Whitlock",
    "Okafor",
    "Kowalczyk",
    "Begum",
    "Singh",
    "Fairweather",
    "Nguyen",
    "Baptiste",
    "Hollins",
    "Achterberg",
    "Delacroix",
    "Mbeki",
    "Pemberton",
    "Rahman",
    "Sandoval",
    "Thistlewood",
    "Uddin",
    "Varga",
    "Winterbourne",
    "Yeboah",
    "Zielinski",
    "Ashdown",
    "Brannigan",
    "Castellano",
    "Drummond",
    "Eastwick",
    "Farrukh",
    "Gallagher",
    "Hussain",
    "Ibanez",
    "Jankowski",
];

/// A run of `link` in a folder of its own.
pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    /// A folder with these files.
    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    /// A folder with `people` people in the files of three agencies.
    pub fn of_people(people: usize) -> Self {
        let files = agencies(people);
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, text)| (*name, text.as_bytes()))
            .collect();
        Self::with(&files)
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `link` there: words that name a file of the folder are its path.
    pub fn link(&self, words: &[&str]) -> Output {
        casepicture()
            .current_dir(self.folder.path())
            .arg("link")
            .args(words)
            .output()
            .unwrap()
    }

    /// Runs it on the three agencies' files, which must succeed.
    pub fn link_all(&self, words: &[&str]) -> Output {
        let mut all = vec!["csc.csv", "police.csv", "health.csv"];
        all.extend(words);
        let output = self.link(&all);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        output
    }

    /// A table that it wrote.
    pub fn table(&self, path: &str) -> Vec<Row> {
        table(&fs::read(self.path(path)).unwrap())
    }

    /// The names of the files in a folder there.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.path(folder))
            .unwrap()
            .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Standard error as text.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Files of three agencies about the same people: typing errors, moves and gaps at fixed places.
fn agencies(people: usize) -> Vec<(&'static str, String)> {
    let names = ["csc.csv", "police.csv", "health.csv"];
    names
        .iter()
        .enumerate()
        .map(|(agency, name)| {
            let mut text = "record_id,given_name,family_name,date_of_birth,sex,postcode,phone,shoe_size,cluster\n".to_owned();
            for person in (0..people).filter(|person| agency == 0 || !(person + agency).is_multiple_of(3)) {
                text.push_str(&row(person, agency));
            }
            (*name, text)
        })
        .collect()
}

fn row(person: usize, agency: usize) -> String {
    // steps that share no divisor with the lists, so that no two fields follow each other
    let given = GIVEN[(person * 5 + person / 24) % GIVEN.len()];
    let mut family = FAMILY[(person * 7 + person / 31) % FAMILY.len()].to_owned();
    if agency == 1 && person.is_multiple_of(7) {
        family.remove(2);
    }
    let given = if agency == 2 && person.is_multiple_of(11) {
        &given[..1]
    } else {
        given
    };
    let (year, month, day) = (
        1950 + person * 13 % 60,
        1 + person * 5 % 12,
        1 + person * 11 % 28,
    );
    let birth = if agency == 1 && person.is_multiple_of(13) {
        String::new()
    } else {
        format!("{year}-{month:02}-{day:02}")
    };
    let moved = usize::from(agency == 2 && person.is_multiple_of(5)) * 17;
    let postcode = format!("ZZ{} {}AB", 1 + (person + moved) % 89, person % 9);
    let phone = if person % 4 == agency {
        String::new()
    } else {
        format!("07700 9{:05}", person * 37 % 100_000)
    };
    let sex = if person.is_multiple_of(2) { "F" } else { "M" };
    format!(
        "{}{person:05},{given},{family},{birth},{sex},{postcode},{phone},{},c{person}\n",
        ["C", "P", "H"][agency],
        person % 12
    )
}
