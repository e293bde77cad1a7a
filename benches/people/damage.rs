//! How an agency takes a person down: what is left out, shortened, mistyped, put in the wrong column or out of date.

use super::called::called;
use super::dice::Dice;
use super::family::{Household, Makers, Member, RECORDED, date_of, phone};

/// Columns of a row from the given name to the kind of event.
pub const COLUMNS: usize = 11;

/// How careless each agency is: chances of faults are multiplied by it.
const CARELESS: [f64; 3] = [1.0, 1.6, 0.62];

/// What is written about, one list an agency.
const EVENTS: [[&str; 6]; 3] = [
    [
        "Contact",
        "Referral",
        "Assessment",
        "Strategy meeting",
        "Plan began",
        "Review",
    ],
    [
        "Intelligence",
        "Concern for a child",
        "Incident at home",
        "Missing from home",
        "Arrest",
        "Notice",
    ],
    [
        "Appointment missed",
        "Emergency visit",
        "Booking",
        "Health visit",
        "Referral made",
        "Surgery contact",
    ],
];

/// Somebody who takes down the people of one household.
pub struct Clerk<'a> {
    pub makers: &'a Makers,
    pub household: &'a Household,
}

impl Clerk<'_> {
    /// Writes one record of a member at an agency.
    pub fn take_down(&self, member: usize, agency: usize, dice: &mut Dice) -> [String; COLUMNS] {
        let care = CARELESS[agency];
        let person = &self.household.members[member];
        let mut day = dice.between(RECORDED.0, RECORDED.1);
        if day <= person.born {
            day = person.born
                + if dice.is(0.7) {
                    1
                } else {
                    dice.between(2, 700)
                };
        }
        let [given, middle, surname] = names(person, day, care, dice);
        let [address, postcode] = self.address(day, care, dice);
        // the police write names in capitals and know no health number
        let cased = |name: String| {
            if agency == 1 {
                name.to_uppercase()
            } else {
                name
            }
        };
        let no_number = [0.61, 1.0, 0.05][agency];
        [
            cased(given),
            middle,
            cased(surname),
            sex(person, care, dice),
            self.born(member, care, dice),
            address,
            postcode,
            telephone(person, dice),
            kept(digit_off(&person.nhs, 0.008, dice), no_number, dice),
            date(date_of(day)),
            (*dice.pick(&EVENTS[agency])).to_string(),
        ]
    }

    /// Writes the date of birth: rightly, mistyped, the first of January, or that of somebody else of the household.
    fn born(&self, member: usize, care: f64, dice: &mut Dice) -> String {
        let right = self.household.members[member].born;
        let (year, month, day) = date_of(right);
        let at = dice.share() / care;
        let other = match at {
            x if x < 0.0105 => (year, 1, 1),
            x if x < 0.0265 => {
                if day <= 12 {
                    (year, day, month)
                } else {
                    (year, month, day)
                }
            }
            x if x < 0.0320 => date_of(right + *dice.pick(&[-2, -1, -1, 1, 1, 2, 10])),
            x if x < 0.0360 => (year, month % 12 + 1, day.min(28)),
            x if x < 0.0385 => (year + *dice.pick(&[-10, 10]), month, day.min(28)),
            x if x < 0.0405 => (year + *dice.pick(&[-1, 1]), month, day.min(28)),
            x if x < 0.0420 => date_of(dice.pick(&self.household.members).born),
            _ => (year, month, day),
        };
        kept(date(other), 0.035 * care, dice)
    }

    /// Writes address and postcode of the day, sometimes of another time.
    fn address(&self, day: i32, care: f64, dice: &mut Dice) -> [String; 2] {
        let places = &self.makers.places;
        let home = match dice.share() {
            x if x < 0.03 => places.home(dice),
            x if x < 0.06 => dice.pick(&self.household.homes).1,
            _ => self.household.home_on(day),
        };
        let address = places.address(home, dice.is(0.27));
        let address = if dice.is(0.02 * care) {
            mistyped(&address, dice)
        } else {
            address
        };
        let postcode = places.postcode(home);
        let postcode = if dice.is(0.022 * care) {
            mistyped(postcode, dice)
        } else {
            postcode.to_string()
        };
        if dice.is(0.05 * care) {
            return [String::new(), kept(postcode, 0.75, dice)];
        }
        [
            kept(address, 0.018 * care, dice),
            kept(postcode, 0.072 * care, dice),
        ]
    }
}

/// Writes a telephone number: theirs, an older one, or somebody else's.
fn telephone(person: &Member, dice: &mut Dice) -> String {
    let number = match dice.share() {
        x if x < 0.745 => person.phone.clone(),
        x if x < 0.97 => person.second_phone.clone(),
        _ => phone(dice),
    };
    kept(digit_off(&number, 0.003, dice), 0.294, dice)
}

/// Writes given, middle and family name.
fn names(person: &Member, day: i32, care: f64, dice: &mut Dice) -> [String; 3] {
    let mut given = person.given.clone();
    if dice.is(0.095) {
        given = called(&given, dice).unwrap_or(given);
    }
    let mut middle = person
        .middle
        .clone()
        .filter(|_| dice.is(0.53))
        .unwrap_or_default();
    let mut surname = surname(person, day, dice);
    if dice.is(0.037 * care) {
        given = mistyped(&given, dice);
    }
    if dice.is(0.036 * care) {
        surname = mistyped(&surname, dice);
    }
    match dice.share() / care {
        x if x < 0.0085 => given.truncate(given.chars().next().map_or(0, char::len_utf8)),
        x if x < 0.0155 => std::mem::swap(&mut given, &mut surname),
        x if x < 0.0205 && !middle.is_empty() => std::mem::swap(&mut given, &mut middle),
        _ => {}
    }
    [
        kept(given, 0.013 * care, dice),
        middle,
        kept(surname, 0.004 * care, dice),
    ]
}

/// Writes the surname of the day; of a name of two parts, sometimes one, or both without the hyphen.
fn surname(person: &Member, day: i32, dice: &mut Dice) -> String {
    let name = match &person.renamed {
        Some((other, since)) if *since <= day => other,
        _ => &person.surname,
    };
    match name.split_once('-') {
        Some((first, last)) => match dice.share() {
            x if x < 0.15 => first.to_string(),
            x if x < 0.30 => last.to_string(),
            x if x < 0.45 => format!("{first} {last}"),
            _ => name.clone(),
        },
        None => name.clone(),
    }
}

/// Writes the sex.
fn sex(person: &Member, care: f64, dice: &mut Dice) -> String {
    let woman = person.woman != dice.is(0.0055);
    kept(if woman { "F" } else { "M" }.to_string(), 0.05 * care, dice)
}

/// Leaves the cell empty with this chance.
fn kept(cell: String, missing: f64, dice: &mut Dice) -> String {
    if dice.is(missing) {
        String::new()
    } else {
        cell
    }
}

/// Writes a date.
fn date((year, month, day): (i32, i32, i32)) -> String {
    format!("{year}-{month:02}-{day:02}")
}

/// Mistypes one digit with this chance.
fn digit_off(number: &str, chance: f64, dice: &mut Dice) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    if dice.is(chance) {
        let at = dice.below(digits.len());
        digits[at] = char::from(b'0' + dice.below(10) as u8);
    }
    digits.into_iter().collect()
}

/// Types one letter wrongly: left out, doubled, another, one too many, or two the wrong way round.
fn mistyped(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 2 {
        return text.to_string();
    }
    let at = dice.below(letters.len());
    let other = char::from(b'a' + dice.below(26) as u8);
    let upper = letters
        .iter()
        .filter(|letter| letter.is_uppercase())
        .count()
        * 2
        > letters.len();
    let other = if upper {
        other.to_ascii_uppercase()
    } else {
        other
    };
    match dice.below(5) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = other,
        3 => letters.insert(at, other),
        _ => {
            let next = (at + 1) % letters.len();
            letters.swap(at, next);
        }
    }
    letters.into_iter().collect()
}
