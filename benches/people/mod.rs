//! Invents people as three agencies would describe them, for any number of records, always the same from the same numbers.
//!
//! Households of adults and children share a surname, an address and a telephone; brothers, sisters and twins differ by
//! little; people are called by short forms, marry, move, and are typed badly. Each row carries who it truly is
//! (`cluster`, `truth_household`), for measuring alone. Names come from `names` and
//! `called`, streets from `places`, faults from `damage`.

mod called;
mod damage;
mod dice;
mod family;
mod names;
mod places;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use damage::Clerk;
use dice::Dice;
use family::{Household, Makers};
use names::Names;
use places::Places;

/// The agencies in the order of `Row::agency`: id, and what their local numbers begin with.
const AGENCIES: [(&str, &str); 3] = [("csc", "CSC"), ("police", "POLICE"), ("health", "HEALTH")];

/// Records a household gives on average, from which the number of households follows.
const RECORDS_PER_HOUSEHOLD: usize = 5;

/// Writes a file of `rows` records, in an order that tells nothing of who belongs together.
///
/// The rows are held in memory until they are shuffled: about 150 bytes each.
pub fn write(path: &Path, rows: usize, seed: u64) -> io::Result<()> {
    let mut dice = Dice::new(seed);
    let households = (rows / RECORDS_PER_HOUSEHOLD).max(1);
    let makers = Makers {
        names: Names::new(&mut dice),
        places: Places::new(households, &mut dice),
    };
    let mut sheet = Sheet::default();
    let mut number = 0;
    let mut people = 0;
    while sheet.ends.len() < rows {
        let household = Household::new(&makers, &mut dice);
        let clerk = Clerk {
            makers: &makers,
            household: &household,
        };
        for member in 0..household.members.len() {
            for agency in household.known_to(member, &mut dice) {
                let row = clerk.take_down(member, agency, &mut dice);
                sheet.push(agency, &row, people, number);
            }
            people += 1;
        }
        number += 1;
    }
    sheet.ends.truncate(rows);
    sheet.write(path, &mut dice)
}

/// Rows without their numbers, one after the other.
#[derive(Default)]
struct Sheet {
    text: String,
    /// Where each row ends in `text`, and its agency.
    ends: Vec<(usize, u8)>,
}

impl Sheet {
    /// Adds a row with its truth.
    fn push(&mut self, agency: usize, row: &[String; damage::COLUMNS], person: usize, home: usize) {
        for cell in row {
            self.text.push(',');
            if cell.contains([',', '"']) {
                self.text.push('"');
                self.text.push_str(cell);
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        // writing to a string cannot fail
        let _ = writeln!(self.text, ",P{person},H{home}");
        self.ends.push((self.text.len(), agency as u8));
    }

    /// Shuffles the rows, numbers them in their new order, and writes them under their header.
    fn write(&self, path: &Path, dice: &mut Dice) -> io::Result<()> {
        let mut order: Vec<usize> = (0..self.ends.len()).collect();
        for place in (1..order.len()).rev() {
            order.swap(place, dice.below(place + 1));
        }
        let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
        out.write_all(
            b"record_id,agency,local_id,forename,middle_name,surname,sex,dob,address,postcode,phone,nhs_no,\
              event_date,event_type,cluster,truth_household\n",
        )?;
        let mut counts = [0_usize; AGENCIES.len()];
        for (number, &row) in order.iter().enumerate() {
            let start = row.checked_sub(1).map_or(0, |before| self.ends[before].0);
            let (end, agency) = self.ends[row];
            let (id, prefix) = AGENCIES[usize::from(agency)];
            let count = &mut counts[usize::from(agency)];
            *count += 1;
            write!(out, "r{number:08},{id},{prefix}-{count}")?;
            out.write_all(&self.text.as_bytes()[start..end])?;
        }
        out.flush()
    }
}
