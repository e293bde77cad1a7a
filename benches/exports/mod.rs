//! Makes a folder of exports of any size: invented families known to eight agencies, always the same from the same numbers.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The agencies, each with its own folder.
const AGENCIES: [&str; 8] = [
    "social-care",
    "police",
    "gp",
    "health-visiting",
    "school",
    "housing",
    "hospital",
    "mental-health",
];
const GIVEN: [&str; 24] = [
    "Ada", "Bilal", "Carys", "Dmitri", "Efua", "Farah", "Goran", "Hana", "Idris", "Jorge", "Keira",
    "Lwazi", "Mina", "Nadia", "Oisin", "Priya", "Quentin", "Rosa", "Sanjay", "Tomos", "Uma",
    "Vera", "Wen", "Zofia",
];
const FAMILY: [&str; 20] = [
    "Abara",
    "Brennock",
    "Castellan",
    "Dunmore",
    "Eastlake",
    "Fenwright",
    "Garrowby",
    "Hollins",
    "Ibekwe",
    "Jarrold",
    "Kowalcz",
    "Lindqvist",
    "Marchetti",
    "Nwosu",
    "Orrell",
    "Pemble",
    "Quayle",
    "Rahmani",
    "Stanwick",
    "Thorsby",
];
const STREETS: [&str; 10] = [
    "Alder Way",
    "Birch Close",
    "Canal Row",
    "Dyer Street",
    "Elm Terrace",
    "Forge Lane",
    "Grove Road",
    "Harbour View",
    "Inkerman Street",
    "Jubilee Drive",
];
const KINDS: [&str; 6] = [
    "observation",
    "allegation",
    "opinion",
    "decision",
    "action",
    "contact",
];
const WORDS: [&str; 16] = [
    "visit", "school", "late", "morning", "worried", "calm", "agreed", "phone", "clinic", "door",
    "garden", "sister", "letter", "missed", "helped", "asked",
];

/// A small generator of numbers, the same everywhere.
pub struct Numbers(u64);

impl Numbers {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(0x9E37_79B9_7F4A_7C15))
    }

    /// The next number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// Writes a folder of exports with about this many entries and records, by eight agencies.
pub fn write(folder: &Path, entries: usize, records: usize) {
    let mut numbers = Numbers::new((entries * 31 + records) as u64);
    let people = write_people(folder, records, &mut numbers);
    for (at, agency) in AGENCIES.iter().enumerate() {
        let count = entries / AGENCIES.len() + usize::from(at < entries % AGENCIES.len());
        write_entries(
            &folder.join(agency).join("entries.csv"),
            at,
            count,
            &people[at],
            &mut numbers,
        );
    }
    let mut citations = String::from("conclusion_id,entry,conclusion,decided_on\n");
    for at in 0..(entries / 20).max(4) {
        let agency = if numbers.below(3) == 0 {
            numbers.below(AGENCIES.len())
        } else {
            0
        };
        let entry = numbers.below(entries / AGENCIES.len());
        let _ = writeln!(
            citations,
            "C{},{}:E{entry},What was found,2025-12-01",
            at % 12,
            AGENCIES[agency]
        );
    }
    fs::write(folder.join("citations.csv"), citations).expect("the citations");
    fs::write(
        folder.join("case.toml"),
        "own_agency = \"social-care\"\njurisdiction = \"england\"\n",
    )
    .expect("case.toml");
}

/// Families of four, each person known to some of the agencies. Gives the record ids of each agency.
fn write_people(folder: &Path, records: usize, numbers: &mut Numbers) -> Vec<Vec<String>> {
    let mut files = vec![
        String::from(
            "record_id,given_name,family_name,date_of_birth,sex,role,address,postcode\n"
        );
        AGENCIES.len()
    ];
    let mut ids = vec![Vec::new(); AGENCIES.len()];
    let mut written = 0;
    let mut family = 0;
    while written < records {
        family += 1;
        let surname = format!(
            "{}{}",
            numbers.of(&FAMILY),
            if family > 20 {
                numbers.of(&FAMILY).to_lowercase()
            } else {
                String::new()
            }
        );
        let (house, street) = (numbers.below(200) + 1, numbers.of(&STREETS));
        for member in 0..4 {
            let (given, sex) = (numbers.of(&GIVEN), ["female", "male"][numbers.below(2)]);
            let (role, year) = if member < 2 {
                (["mother", "father"][member], 1975 + numbers.below(25))
            } else {
                ("child", 2009 + numbers.below(16))
            };
            let (month, day) = (numbers.below(12) + 1, numbers.below(28) + 1);
            for (agency, file) in files.iter_mut().enumerate() {
                if numbers.below(3) == 0 || written >= records {
                    continue;
                }
                let id = format!("R{family}-{member}");
                let _ = writeln!(
                    file,
                    "{id},{given},{surname},{year}-{month:02}-{day:02},{sex},{role},{house} {street},ZZ{} {}AA",
                    family % 90 + 1,
                    family % 9
                );
                ids[agency].push(id);
                written += 1;
            }
        }
    }
    for (agency, file) in AGENCIES.iter().zip(files) {
        fs::create_dir_all(folder.join(agency)).expect("a folder");
        fs::write(folder.join(agency).join("people.csv"), file).expect("people");
    }
    ids
}

fn write_entries(
    path: &Path,
    agency: usize,
    count: usize,
    records: &[String],
    numbers: &mut Numbers,
) {
    let mut file = String::from(
        "entry_id,date,record_ids,text,kind,significance,polarity,channel,recorded_on,received_on,basis,told,reference,origin_agency,origin_entry,cites\n",
    );
    for at in 0..count {
        let (year, month, day) = (
            2023 + numbers.below(3),
            numbers.below(12) + 1,
            numbers.below(28) + 1,
        );
        let date = format!("{year}-{month:02}-{day:02}");
        let record = if records.is_empty() {
            ""
        } else {
            &records[numbers.below(records.len())]
        };
        let text: Vec<&str> = (0..12).map(|_| numbers.of(&WORDS)).collect();
        let echo = agency > 0 && at % 11 == 0;
        let (origin, origin_entry) = if echo {
            ("social-care", format!("E{}", numbers.below(count)))
        } else {
            ("", String::new())
        };
        let cites = if at % 17 == 5 {
            format!("police:E{}", numbers.below(count))
        } else {
            String::new()
        };
        let basis = ["L6-E", "E-S47", "C-EXP", "", "E-S17"][numbers.below(5)];
        let _ = writeln!(
            file,
            "E{at},{date},{record},{},{},{},{},{},{date},{date},{basis},{},,{origin},{origin_entry},{cites}",
            text.join(" "),
            numbers.of(&KINDS),
            numbers.below(4),
            ["strength", "concern", "neutral"][numbers.below(3)],
            ["child", "parent", "observation", ""][numbers.below(4)],
            ["yes", "no", ""][numbers.below(3)],
        );
    }
    fs::write(path, file).expect("entries");
}
