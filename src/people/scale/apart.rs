//! Tells two apart whom a pass brings together, before anything else of them is compared: those who are only called alike by
//! their days of birth, those who share the number of a house by postcode and day of birth.

use super::digits::{Born, Code};
use super::fields::{Positions, Spec};
use super::keys::Brings;
use super::model::{Level, Model};
use super::row::Row;
use crate::people::compare::{address, date_of_birth, postcode};

/// The share of pairs of one person that have what they seldom have; learning believes in half of it at least.
const SELDOM: f64 = 0.02;
/// How many more pairs of one home may have such postcodes than have addresses that differ, for postcodes to tell: who moves
/// changes both.
const BESIDE_ADDRESSES: f64 = 0.05;

/// What of a record can tell it apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    born: Born,
    code: Code,
}

/// What tells two apart in this data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Telling {
    /// Days of birth that have nothing to do with each other.
    pub births: bool,
    /// Postcodes of two districts.
    pub codes: bool,
}

impl Known {
    /// What is known of a record.
    pub fn of(row: &Row) -> Self {
        Self {
            born: row.born,
            code: row.code,
        }
    }

    /// Whether it is told apart from another that a pass brings together with it.
    pub fn is_apart(self, other: Self, brings: Brings, telling: Telling) -> bool {
        match brings {
            Brings::Called => telling.births && self.born.is_apart(other.born),
            Brings::House => {
                telling.births
                    && telling.codes
                    && self.code.is_apart(other.code)
                    && self.born.is_other_day(other.born)
            }
            Brings::Near | Brings::Many => false,
        }
    }
}

impl Brings {
    /// Whether two can be told apart beforehand.
    pub fn can_be_told(self) -> bool {
        matches!(self, Self::Called | Self::House)
    }
}

impl Telling {
    /// What the model says.
    ///
    /// Where dates of birth of one person seldom have nothing to do with each other, nearly all pairs who are only called alike
    /// and have such dates are namesakes, and those alone are very many. Where postcodes in a home differ no more often than
    /// addresses do, a house in another district is another house.
    pub fn of(model: &Model, specs: &[Spec]) -> Self {
        let at = Positions::of(specs);
        let level = |field: Option<usize>, level: usize| -> Option<&Level> {
            model.fields.get(field?)?.levels.get(level)
        };
        let births = [date_of_birth::DIFFERENT, date_of_birth::GENERATION];
        let births = births.map(|apart| level(at.birth, apart).map(|level| level.namesakes.m));
        let codes =
            level(at.postcode, postcode::DIFFERENT).zip(level(at.address, address::DIFFERENT));
        Self {
            births: matches!(births, [Some(some), Some(more)] if some + more <= SELDOM),
            codes: codes.is_some_and(|(code, address)| {
                code.together.m <= address.together.m + BESIDE_ADDRESSES
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::model::{Field, Share, Stratum};
    use crate::people::scale::{fields, sample};

    #[test]
    fn what_tells_is_what_the_model_seldom_saw_in_one_person() {
        let mut roster = sample::roster(&["gp:1", "police:2"]);
        roster.birth = sample::column(&["2010-03-04", "2010-03-05"]);
        roster.address = sample::column(&["3 Weaver Place", "4 Weaver Place"]);
        let telling = |births: f64, codes: f64, postcode: &str| {
            let mut roster = roster.clone();
            roster.postcode = sample::column(&[postcode, postcode]);
            let specs = fields::fields(&roster);
            let at = Positions::of(&specs);
            let field = |(field, spec): (usize, &Spec)| {
                let share = |number: usize, stratum: Stratum| {
                    let m = match (Some(field), number, stratum) {
                        (at_field, date_of_birth::DIFFERENT, Stratum::Namesakes)
                            if at_field == at.birth =>
                        {
                            births
                        }
                        (at_field, postcode::DIFFERENT, Stratum::Together)
                            if at_field == at.postcode =>
                        {
                            codes
                        }
                        (at_field, address::DIFFERENT, Stratum::Together)
                            if at_field == at.address =>
                        {
                            0.2
                        }
                        (at_field, date_of_birth::GENERATION, _) if at_field == at.birth => 0.0,
                        _ => 0.9,
                    };
                    Share { m, u: 0.5 }
                };
                let levels = spec.levels.iter().enumerate().map(|(number, level)| {
                    sample::level("", level.agreement, |stratum| share(number, stratum))
                });
                Field {
                    name: spec.name.clone(),
                    levels: levels.collect(),
                    ..sample::model().fields[0].clone()
                }
            };
            let model = Model {
                fields: specs.iter().enumerate().map(field).collect(),
                ..sample::model()
            };
            let telling = Telling::of(&model, &specs);
            (telling.births, telling.codes)
        };
        assert_eq!(telling(0.02, 0.25, "KH15 0EL"), (true, true));
        assert_eq!(telling(0.03, 0.25, "KH15 0EL"), (false, true));
        assert_eq!(telling(0.02, 0.26, "KH15 0EL"), (true, false));
        assert_eq!(telling(0.02, 0.25, ""), (true, false));
    }

    #[test]
    fn a_house_in_another_district_is_another_house_where_postcodes_and_births_tell() {
        let known = |code: &str, digits: &[u8; 8], day| Known {
            code: Code::of(code),
            born: Born::of(*digits, day),
        };
        let one = known("KH150EL", b"20100304", 14_672);
        let other_day = |code: &str| known(code, b"20100917", 14_869);
        let all = Telling {
            births: true,
            codes: true,
        };
        assert!(one.is_apart(other_day("YY11GR"), Brings::House, all));
        for code in ["KH150EB", "KH159AA", "", "YY1"] {
            assert!(!one.is_apart(other_day(code), Brings::House, all), "{code}");
        }
        let same_day = known("YY11GR", b"20100304", 14_672);
        let same_month = known("YY11GR", b"20100317", 14_685);
        let no_day = known("YY11GR", b"00000000", 0);
        for other in [same_day, same_month, no_day, Known::default()] {
            assert!(!one.is_apart(other, Brings::House, all), "{other:?}");
        }
        assert!(!one.is_apart(other_day("YY11GR"), Brings::Near, all));
        for telling in [
            Telling {
                births: false,
                codes: true,
            },
            Telling {
                births: true,
                codes: false,
            },
        ] {
            assert!(!one.is_apart(other_day("YY11GR"), Brings::House, telling));
        }
    }
}
