//! One household: who lives in it, where it lived when, and which agencies know whom of it.

use super::dice::Dice;
use super::names::Names;
use super::places::{Home, Places};

/// Days since 1970-01-01 between which things are recorded: 2015-07-01 to 2025-06-30.
pub const RECORDED: (i32, i32) = (16_617, 20_269);

/// What people are made from.
pub struct Makers {
    pub names: Names,
    pub places: Places,
}

/// One person, as they are.
pub struct Member {
    pub given: String,
    pub middle: Option<String>,
    pub surname: String,
    /// Another surname, and the day since which it is used: a marriage, a divorce, an adoption.
    pub renamed: Option<(String, i32)>,
    pub woman: bool,
    /// Days since 1970-01-01.
    pub born: i32,
    pub phone: String,
    pub second_phone: String,
    pub nhs: String,
}

/// One household.
pub struct Household {
    pub members: Vec<Member>,
    /// Homes with the day of moving in, in order.
    pub homes: Vec<(i32, Home)>,
}

impl Household {
    /// Makes up a household: one adult or two, and children of theirs.
    pub fn new(makers: &Makers, dice: &mut Dice) -> Self {
        let born = day_of(
            dice.between(1965, 2002) / 2 + dice.between(1972, 1998) / 2,
            dice,
        );
        let woman = dice.is(0.88);
        let surname = family_name(&makers.names, dice);
        let mut household = Self {
            members: vec![person(makers, (woman, born), &surname, dice)],
            homes: homes(&makers.places, dice),
        };
        let mut second = makers.names.family(dice);
        if dice.is(0.72) {
            let age = born + dice.between(-2500, 1600);
            let same = dice.is(0.68);
            let theirs = if same {
                surname.clone()
            } else {
                second.clone()
            };
            let partner = person(makers, (woman == dice.is(0.12), age), &theirs, dice);
            household.members.push(partner);
        } else if dice.is(0.5) {
            second = family_name(&makers.names, dice);
        }
        household.add_children(makers, (&surname, &second), dice);
        household
    }

    /// Adds children: most carry the family's name, some another parent's; one birth in sixty is of twins.
    fn add_children(&mut self, makers: &Makers, surnames: (&str, &str), dice: &mut Dice) {
        let count = match dice.share() {
            x if x < 0.15 => 0,
            x if x < 0.50 => 1,
            x if x < 0.77 => 2,
            x if x < 0.91 => 3,
            x if x < 0.98 => 4,
            _ => 6,
        };
        let parent = self.members[0].born;
        let mut born = parent + dice.between(17 * 365, 30 * 365);
        // nobody is in the files as a child who was grown up before they begin, and nobody not yet born
        born = born.clamp(
            day_from(1999, 9, 1) + dice.between(0, 3000),
            RECORDED.1 - dice.between(30, 2500),
        );
        let mut twin = false;
        for _ in 0..count {
            let surname = if dice.is(0.83) {
                surnames.0
            } else {
                surnames.1
            };
            let child = person(makers, (dice.is(0.49), born), surname, dice);
            let before = self.members.last();
            if twin && before.is_some_and(|one| one.given == child.given) {
                continue;
            }
            let phone = &self.members[dice.below(self.members.len().min(2))].phone;
            let child = Member {
                phone: if dice.is(0.74) {
                    phone.clone()
                } else {
                    child.phone
                },
                second_phone: if dice.is(0.6) {
                    phone.clone()
                } else {
                    child.second_phone
                },
                ..child
            };
            self.members.push(child);
            twin = dice.is(1.0 / 28.0);
            if !twin {
                born += dice.between(330, 1700);
            }
            if born > RECORDED.1 - 30 {
                break;
            }
        }
    }

    /// Draws which agencies hold how many records of one of the household, as a list of agencies.
    pub fn known_to(&self, member: usize, dice: &mut Dice) -> Vec<usize> {
        let child = self.members[member].born >= day_from(2001, 1, 1);
        let [care, police, health] = if child {
            [0.45, 0.25, 0.74]
        } else {
            [0.34, 0.39, 0.43]
        };
        let mut agencies = Vec::new();
        for (agency, known, again) in [(0, care, 0.12), (1, police, 0.34), (2, health, 0.06)] {
            let mut more = dice.is(known);
            while more {
                agencies.push(agency);
                more = dice.is(again);
            }
        }
        agencies
    }

    /// Returns where they lived on that day.
    pub fn home_on(&self, day: i32) -> Home {
        let moved = self.homes.partition_point(|&(since, _)| since <= day);
        self.homes[moved.saturating_sub(1)].1
    }
}

/// Makes up a person of this sex and day of birth.
fn person(makers: &Makers, (woman, born): (bool, i32), surname: &str, dice: &mut Dice) -> Member {
    let names = &makers.names;
    let year = date_of(born).0;
    let renames = if year > 2000 { 0.03 } else { 0.05 };
    let renamed = dice
        .is(renames)
        .then(|| (names.family(dice), dice.between(RECORDED.0, RECORDED.1)));
    Member {
        given: names.given(woman, year, dice),
        middle: dice.is(0.8).then(|| names.given(woman, year, dice)),
        surname: surname.to_string(),
        renamed,
        woman,
        born,
        phone: phone(dice),
        second_phone: phone(dice),
        nhs: format!("{}{:09}", dice.between(4, 7), dice.below(1_000_000_000)),
    }
}

/// Draws a family name, one in thirty of two parts.
fn family_name(names: &Names, dice: &mut Dice) -> String {
    let name = names.family(dice);
    if dice.is(0.033) {
        format!("{name}-{}", names.family(dice))
    } else {
        name
    }
}

/// Makes up a mobile number.
pub fn phone(dice: &mut Dice) -> String {
    format!("07{:09}", 100_000_000 + dice.below(900_000_000))
}

/// Makes up where a household lives over the years: it moves every five years or so.
fn homes(places: &Places, dice: &mut Dice) -> Vec<(i32, Home)> {
    let mut day = RECORDED.0 - 1;
    let mut homes = Vec::new();
    while day < RECORDED.1 {
        homes.push((day, places.home(dice)));
        // waiting times of a steady chance
        day += (-(1.0 - dice.share()).ln() * 2_100.0) as i32 + 30;
    }
    homes
}

/// Draws a day of that year.
fn day_of(year: i32, dice: &mut Dice) -> i32 {
    day_from(year, 1, 1) + dice.between(0, 364)
}

/// Counts the days from 1970-01-01 to a date (Howard Hinnant's reckoning: years begin in March).
pub fn day_from(year: i32, month: i32, day: i32) -> i32 {
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Turns days since 1970-01-01 into year, month and day.
pub fn date_of(day: i32) -> (i32, i32, i32) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day - era * 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i32::from(month <= 2), month, date)
}
