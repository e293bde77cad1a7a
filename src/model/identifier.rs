//! Identifiers with their check digits: NHS number, UPN, ULN, PNC and CRO ids, NHI, Medicare.
//!
//! A check digit is evidence and never a gate: most sample files break them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What scheme an identifier belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Scheme {
    /// NHS number (England, Wales, Isle of Man).
    Nhs,
    /// Unique pupil number.
    Upn,
    /// Unique learner number.
    Uln,
    /// Police National Computer id.
    Pnc,
    /// Criminal Records Office id.
    Cro,
    /// National health index (New Zealand).
    Nhi,
    /// Medicare card (Australia): a family's, not a person's.
    Medicare,
    /// Another scheme, by the name given, folded.
    Other(Box<str>),
}

impl Scheme {
    /// The name that is printed.
    pub fn name(&self) -> &str {
        match self {
            Self::Nhs => "nhs_number",
            Self::Upn => "upn",
            Self::Uln => "uln",
            Self::Pnc => "pnc_id",
            Self::Cro => "cro_number",
            Self::Nhi => "nhi",
            Self::Medicare => "medicare_number",
            Self::Other(name) => name,
        }
    }

    /// Whether the number names one individual, and is the same in every agency.
    pub fn names_one_person(&self) -> bool {
        !matches!(self, Self::Medicare | Self::Other(_))
    }
}

/// What the check digit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Check {
    /// It fits.
    Fits,
    /// It does not.
    Fails,
    /// The scheme has none that is public.
    None,
}

/// One identifier of one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// The scheme.
    pub scheme: Scheme,
    /// The value without spaces and separators, in upper case.
    pub value: String,
    /// What its check digit says.
    pub check: Check,
}

impl Identifier {
    /// Makes an identifier of a cell as supplied.
    pub fn new(scheme: Scheme, raw: &str) -> Self {
        let value = scheme.folded(raw).into_owned();
        let check = scheme.check(&value);
        Self {
            scheme,
            value,
            check,
        }
    }
}

impl Scheme {
    /// A cell as supplied without spaces and separators, in upper case.
    pub fn folded<'r>(&self, raw: &'r str) -> Cow<'r, str> {
        let keep_slash = matches!(self, Self::Pnc | Self::Cro);
        // a column of numbers that once held a blank is written with a fraction: 9434765870.0
        let is_number = |whole: &&str| whole.len() > 3 && whole.bytes().all(|b| b.is_ascii_digit());
        let raw = raw.trim();
        let raw = raw.strip_suffix(".0").filter(is_number).unwrap_or(raw);
        if !raw.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let kept = |c: &char| c.is_alphanumeric() || (keep_slash && *c == '/');
            let text = raw.chars().filter(kept).flat_map(char::to_uppercase);
            Cow::Owned(text.collect())
        } else if raw.bytes().any(|byte| byte.is_ascii_lowercase()) {
            Cow::Owned(raw.to_ascii_uppercase())
        } else {
            Cow::Borrowed(raw)
        }
    }

    /// What the check digit of a folded value says.
    pub fn check(&self, value: &str) -> Check {
        let fits = match self {
            Self::Nhs => nhs_fits(value),
            Self::Upn => upn_fits(value),
            Self::Uln => uln_fits(value),
            Self::Pnc => pnc_fits(value),
            Self::Cro => cro_fits(value),
            Self::Nhi => nhi_fits(value),
            Self::Medicare => medicare_fits(value),
            Self::Other(_) => return Check::None,
        };
        if fits { Check::Fits } else { Check::Fails }
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

fn weighted(digits: &[u32], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum()
}

/// Ten digits, weights 10 to 2, modulus 11.
fn nhs_fits(value: &str) -> bool {
    let Ok(digits) = <[u8; 10]>::try_from(value.as_bytes()) else {
        return false;
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let d = digits.map(|digit| u32::from(digit - b'0'));
    let check = (11 - weighted(&d[..9], (2..=10).rev()) % 11) % 11;
    check != 10 && check == d[9]
}

const UPN_LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

/// A letter and twelve digits (or eleven and a letter for a temporary one), weights 2 to 13, modulus 23.
fn upn_fits(value: &str) -> bool {
    let mut chars = value.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let body: Option<Vec<u32>> = chars
        .enumerate()
        .map(|(at, c)| {
            c.to_digit(10).or_else(|| {
                if at == 11 {
                    UPN_LETTERS.find(c).map(|i| i as u32)
                } else {
                    None
                }
            })
        })
        .collect();
    let Some(body) = body.filter(|b| b.len() == 12) else {
        return false;
    };
    UPN_LETTERS
        .chars()
        .nth((weighted(&body, 2..=13) % 23) as usize)
        == Some(first)
}

/// Ten digits, the first not 0, weights 10 to 1, remainder 10 modulo 11.
fn uln_fits(value: &str) -> bool {
    digits(value)
        .is_some_and(|d| d.len() == 10 && d[0] != 0 && weighted(&d, (1..=10).rev()) % 11 == 10)
}

const PNC_LETTERS: &str = "ZABCDEFGHJKLMNPQRTUVWXY";

fn letter_of(year: &str, serial: &str, width: usize) -> Option<char> {
    let year = year.get(year.len().checked_sub(2)?..)?;
    let number: u64 = format!("{year}{serial:0>width$}").parse().ok()?;
    PNC_LETTERS.chars().nth((number % 23) as usize)
}

/// `YYYY/NNNNNNNC`: letter by the two-digit year and the padded serial, modulus 23.
fn pnc_fits(value: &str) -> bool {
    let Some((year, rest)) = value.split_once('/') else {
        return false;
    };
    let Some(last) = rest.chars().last().filter(char::is_ascii_alphabetic) else {
        return false;
    };
    let serial = &rest[..rest.len() - 1];
    (year.len() == 2 || year.len() == 4)
        && serial.len() <= 7
        && !serial.is_empty()
        && letter_of(year, serial, 7) == Some(last)
}

/// `NNNNNN/YYC`, or `SFYY/NNNNNNC`, which does not pad its serial.
fn cro_fits(value: &str) -> bool {
    let Some((left, right)) = value.split_once('/') else {
        return false;
    };
    let Some(last) = right.chars().last().filter(char::is_ascii_alphabetic) else {
        return false;
    };
    let right = &right[..right.len() - 1];
    match left.strip_prefix("SF") {
        Some(year) => !right.is_empty() && letter_of(year, right, 0) == Some(last),
        None => {
            right.len() == 2
                && !left.is_empty()
                && left.len() <= 6
                && letter_of(right, left, 6) == Some(last)
        }
    }
}

/// Three letters (no I, O), then `NNNN` (modulus 11) or `NNAX` (modulus 23), weights 7 to 2.
fn nhi_fits(value: &str) -> bool {
    const LETTERS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    let numbers: Option<Vec<u32>> = value
        .chars()
        .map(|c| {
            c.to_digit(10)
                .or_else(|| LETTERS.find(c).map(|i| i as u32 + 1))
        })
        .collect();
    let Some(n) = numbers.filter(|n| n.len() == 7) else {
        return false;
    };
    let chars: Vec<char> = value.chars().collect();
    let shape = |letters: [bool; 7]| {
        chars
            .iter()
            .zip(letters)
            .all(|(c, letter)| c.is_ascii_alphabetic() == letter)
    };
    let sum = weighted(&n[..6], (2..=7).rev());
    if shape([true, true, true, false, false, false, false]) {
        let r = sum % 11;
        r != 0 && (11 - r) % 10 == n[6]
    } else if shape([true, true, true, false, false, true, true]) {
        23 - sum % 23 == n[6] || (sum % 23 == 0 && chars[6] == 'Y')
    } else {
        false
    }
}

/// Eight digits, a check digit and an issue number: weights 1, 3, 7, 9 twice, modulus 10.
fn medicare_fits(value: &str) -> bool {
    let Some(d) = digits(value).filter(|d| d.len() == 10 || d.len() == 11) else {
        return false;
    };
    (2..=6).contains(&d[0]) && weighted(&d[..8], [1, 3, 7, 9, 1, 3, 7, 9]) % 10 == d[8] && d[9] != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_written_with_a_fraction_is_the_number() {
        let nhs = |raw| Identifier::new(Scheme::Nhs, raw);
        assert_eq!(nhs("9434765870.0"), nhs("943 476 5870"));
        assert_eq!(
            Identifier::new(Scheme::Other("ref".into()), "A1.0").value,
            "A10"
        );
    }

    #[test]
    fn check_digits_follow_the_published_vectors() {
        for (scheme, value, fits) in [
            (Scheme::Nhs, "943 476 5870", true),
            (Scheme::Nhs, "9434765871", false),
            (Scheme::Upn, "B801200005001", true),
            (Scheme::Upn, "A801200005001", false),
            (Scheme::Uln, "9276308686", true),
            (Scheme::Pnc, "1999/0123456X", true),
            (Scheme::Pnc, "20/9N", true),
            (Scheme::Pnc, "20/9P", false),
            (Scheme::Nhi, "ZAC5361", true),
            (Scheme::Nhi, "ZBN77VL", true),
            (Scheme::Nhi, "ABC12DS", true),
            (Scheme::Nhi, "AAA11AU", true),
            (Scheme::Nhi, "WLD9413", true),
            (Scheme::Nhi, "ZAC5362", false),
            (Scheme::Medicare, "2123 45670 1", true),
            (Scheme::Medicare, "2123 45671 1", false),
        ] {
            let check = Identifier::new(scheme.clone(), value).check;
            assert_eq!(check == Check::Fits, fits, "{scheme:?} {value}");
        }
    }
}
