//! Numbers, days of birth and postcodes packed into one word each, so that slips are told without a look-up.

use crate::people::compare::{date_of_birth, postcode};

/// A number of up to fourteen digits: how many there are, then four bits a digit. 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digits(u64);

impl Digits {
    /// The digits of a text of digits.
    pub fn of(text: &str) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).take(14);
        let (count, number) = digits.fold((0_u64, 0_u64), |(count, number), digit| {
            (count + 1, (number << 4) | u64::from(digit - b'0'))
        });
        Self((count << 56) | number)
    }

    /// The digits of a text that is made of up to fourteen digits; none of any other.
    pub fn of_number(text: &str) -> Self {
        if text.len() <= 14 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Self::of(text)
        } else {
            Self::default()
        }
    }

    /// Whether it is none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the two differ in one digit, or in two neighbours that are swapped, and have the same length.
    pub fn is_one_slip(self, other: Self) -> bool {
        (self.0 ^ other.0) >> 56 == 0 && is_one_slip(self.0, other.0, 4)
    }
}

/// A day of birth: its eight digits, four bits a digit, where 0 is none, and the number of the day; 0 where it is no day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Born {
    digits: u32,
    day: i32,
}

impl Born {
    /// Packs eight digits and the number of the day.
    pub fn of(digits: [u8; 8], day: i32) -> Self {
        let digits = digits.iter().fold(0, |packed, digit| {
            (packed << 4) | u32::from(digit.wrapping_sub(b'0') & 15)
        });
        Self { digits, day }
    }

    /// Whether it is none.
    pub fn is_none(self) -> bool {
        self.digits == 0
    }

    /// Whether both are known, and have nothing to do with each other.
    pub fn is_apart(self, other: Self) -> bool {
        !self.is_none() && !other.is_none() && self.compare(other) >= date_of_birth::DIFFERENT
    }

    /// Whether both are known, and have neither the year and month, nor the year and day, nor month and day in common.
    pub fn is_other_day(self, other: Self) -> bool {
        !self.is_none() && !other.is_none() && self.compare(other) >= date_of_birth::WITHIN_YEAR
    }

    /// [`date_of_birth::by_digits`] of two that are known.
    pub fn compare(self, other: Self) -> usize {
        let (x, y) = (self.digits, other.digits);
        let [x_january, y_january] = [x, y].map(|digits| digits & 0xFFFF == 0x0101);
        if x == y {
            return if x_january {
                date_of_birth::SAME_JANUARY
            } else {
                date_of_birth::SAME
            };
        }
        let turned = (y & 0xFFFF_0000) | ((y & 0xFF) << 8) | ((y >> 8) & 0xFF);
        if x >> 16 == y >> 16 && (x_january || y_january) {
            date_of_birth::PARTLY
        } else if x == turned {
            date_of_birth::SWAPPED
        } else if !(x_january && y_january) && is_one_slip(u64::from(x), u64::from(y), 4) {
            date_of_birth::ONE_OFF
        } else if x >> 8 == y >> 8 {
            date_of_birth::SAME_MONTH
        } else {
            let is_day = self.day != 0 && other.day != 0;
            let apart = is_day.then(|| (self.day - other.day).abs());
            let is_near = || apart.is_some_and(|days| days <= date_of_birth::FEW_YEARS);
            let off = x ^ y;
            let is_other_month = off & 0xFFFF_00FF == 0;
            let is_same_day = off.trailing_zeros() >= 16;
            if is_other_month || (is_same_day && is_near()) {
                date_of_birth::SAME_DAY
            } else {
                date_of_birth::by_days(apart)
            }
        }
    }
}

/// The characters of a postcode of eight at most, eight bits a character. 0 is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Code(u64);

impl Code {
    /// Packs a postcode; none of a longer one.
    pub fn of(code: &str) -> Self {
        if code.len() > 8 {
            return Self::default();
        }
        Self(
            code.bytes()
                .fold(0, |packed, byte| (packed << 8) | u64::from(byte)),
        )
    }

    /// Whether it is none.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether both are known in full, and not even their districts are the same.
    pub fn is_apart(self, other: Self) -> bool {
        let is_full = |code: Self| code.0 >> 32 != 0;
        is_full(self) && is_full(other) && self.compare(other) == postcode::DIFFERENT
    }

    /// [`postcode::compare`] of two that are known.
    pub fn compare(self, other: Self) -> usize {
        let (x, y) = (self.0, other.0);
        // four characters or fewer name an area only
        let coarse = x >> 32 == 0 || y >> 32 == 0;
        if x == y {
            return if coarse {
                postcode::DISTRICT
            } else {
                postcode::SAME
            };
        }
        let length = |code: u64| code.leading_zeros() / 8;
        if coarse {
            postcode::DIFFERENT
        } else if x >> 16 == y >> 16 || (length(x) == length(y) && is_one_slip(x, y, 8)) {
            postcode::SECTOR
        } else if x >> 24 == y >> 24 {
            postcode::DISTRICT
        } else {
            postcode::DIFFERENT
        }
    }
}

/// Whether two words differ in one character of so many bits, or in two neighbours that are swapped.
fn is_one_slip(a: u64, b: u64, bits: u32) -> bool {
    let off = a ^ b;
    if off == 0 {
        return false;
    }
    let first = off.trailing_zeros() / bits * bits;
    let (one, rest) = ((1 << bits) - 1, off >> first);
    if rest <= one {
        return true;
    }
    let (x, y) = (a >> first, b >> first);
    rest >> (2 * bits) == 0 && x & one == (y >> bits) & one && (x >> bits) & one == y & one
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text, and one that is a few steps from it.
    fn near(letters: &'static str) -> impl Strategy<Value = (String, String)> {
        (letters, letters, 0..4_usize, 0..9_usize).prop_map(|(a, b, how, at)| {
            let mut other = a.clone().into_bytes();
            let at = at.min(other.len().saturating_sub(2));
            match how {
                0 => return (a, b),
                1 if other.len() > at + 1 => other.swap(at, at + 1),
                2 if !other.is_empty() => other[at] = b.bytes().next().unwrap_or(b'7'),
                _ => {}
            }
            (a, String::from_utf8(other).unwrap())
        })
    }

    proptest! {
        #[test]
        fn packed_numbers_have_the_slips_of_their_texts((a, b) in near("[0-9]{1,14}")) {
            let found = Digits::of_number(&a).is_one_slip(Digits::of_number(&b));
            prop_assert_eq!(found, date_of_birth::is_one_slip(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn packed_days_compare_as_their_digits(
            (a, b) in near("(19|20)[0-9][0-9](0101|[01][0-9][0-3][0-9])"), days in (0..9000, 0..9000),
        ) {
            let digits = |text: &str| -> [u8; 8] { text.as_bytes().try_into().unwrap() };
            let (x, y) = (digits(&a), digits(&b));
            let (born, other) = (Born::of(x, days.0), Born::of(y, days.1));
            let wanted = date_of_birth::by_digits((&x, days.0), (&y, days.1));
            prop_assert_eq!(born.compare(other), wanted);
            prop_assert_eq!(born.is_apart(other), wanted >= date_of_birth::DIFFERENT);
            prop_assert!(!born.is_apart(Born::default()) && !Born::default().is_apart(other));
        }

        #[test]
        fn packed_postcodes_compare_as_their_texts((a, b) in near("[A-C1-3]{1,8}")) {
            let found = Code::of(&a).compare(Code::of(&b));
            prop_assert_eq!(found, postcode::compare(a.as_bytes(), b.as_bytes()), "{} {}", a, b);
        }
    }

    #[test]
    fn what_does_not_fit_is_none() {
        assert!(Code::of("ABCDEFGHI").is_none() && Code::of("").is_none());
        assert!(
            Digits::of_number("12A").is_none() && Digits::of_number("123456789012345").is_none()
        );
        assert!(Born::default().is_none());
    }
}
