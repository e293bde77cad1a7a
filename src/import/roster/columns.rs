//! What the columns of a person file mean: by the synonyms of the plain profile, and by those of files made for linking.

use crate::import::headers::{Column, fold_header, read_header};
use crate::model::identifier::Scheme;

/// A field of a roster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Agency,
    Given,
    Middle,
    Family,
    Other,
    Full,
    Birth,
    Sex,
    Address,
    Postcode,
    Phone,
    Email,
    Household,
    Identifier(Scheme),
    /// A column asked for, by its place among those asked for.
    Further(usize),
    Truth,
    /// Last, since it is no column of the roster.
    RecordId,
}

/// The fields that have one name.
const NAMED: [(Field, &str, Column); 14] = [
    (Field::RecordId, "record_id", Column::RecordId),
    (Field::Agency, "agency", Column::Agency),
    (Field::Given, "given_name", Column::GivenName),
    (Field::Middle, "middle_names", Column::MiddleNames),
    (Field::Family, "family_name", Column::FamilyName),
    (Field::Other, "other_names", Column::OtherNames),
    (Field::Full, "full_name", Column::FullName),
    (Field::Birth, "date_of_birth", Column::DateOfBirth),
    (Field::Sex, "sex", Column::Sex),
    (Field::Address, "address", Column::Address),
    (Field::Postcode, "postcode", Column::Postcode),
    (Field::Phone, "phone", Column::Phone),
    (Field::Email, "email", Column::Email),
    (Field::Household, "household_id", Column::HouseholdId),
];

const SCHEMES: [(Scheme, Column); 7] = [
    (Scheme::Nhs, Column::NhsNumber),
    (Scheme::Upn, Column::Upn),
    (Scheme::Uln, Column::Uln),
    (Scheme::Pnc, Column::PncId),
    (Scheme::Cro, Column::CroNumber),
    (Scheme::Nhi, Column::Nhi),
    (Scheme::Medicare, Column::MedicareNumber),
];

/// Headers of files made for linking, folded; what agencies write is in `headers`.
const LINKING: [(Field, &[&str]); 10] = [
    (
        Field::Given,
        &[
            "fnamec1",
            "firstname1",
            "givenname1",
            "vorname",
            "prenom",
            "nombre",
            "pname",
        ],
    ),
    (
        Field::Middle,
        &[
            "middleinitial",
            "middleinitials",
            "midlname",
            "fnamec2",
            "firstname2",
            "givenname2",
            "mname",
            "secondforename",
            "secondforenames",
        ],
    ),
    (
        Field::Family,
        &[
            "lnamec1",
            "lastname1",
            "familyname1",
            "surname1",
            "nachname",
            "familienname",
            "sname",
            "nom",
        ],
    ),
    (
        Field::Other,
        &[
            "geburtsname",
            "birthsurname",
            "birthlastname",
            "maidensurname",
        ],
    ),
    (
        Field::Full,
        &[
            "firstandsurname",
            "nameandsurname",
            "forenameandsurname",
            "wholename",
            "completename",
        ],
    ),
    (
        Field::Birth,
        &[
            "geburtsdatum",
            "birthdt",
            "datebirth",
            "bdate",
            "datenaissance",
        ],
    ),
    (Field::Sex, &["geschlecht", "sexe", "sexo"]),
    (
        Field::Address,
        &[
            "streetname",
            "streetaddress",
            "strasse",
            "addressline",
            "address1",
            "addr1",
            "addr",
            "residentialaddress",
            "addressstreet",
        ],
    ),
    (Field::Postcode, &["plz", "zip5", "zipcode5", "postalcode"]),
    (
        Field::Household,
        &["hhid", "hh", "householdnr", "haushalt", "hhnumber"],
    ),
];

/// Identifiers beyond those of the plain profile: a name, and what a folded header holds that means it.
const IDENTIFIERS: [(&str, &[&str]); 5] = [
    (
        "national_insurance",
        &["nationalinsurance", "ninumber", "nino", "nin"],
    ),
    (
        "social_security",
        &["socialsecurity", "socsec", "ssn", "sozialversicherung"],
    ),
    (
        "patient_number",
        &[
            "patientnumber",
            "patientno",
            "hospitalnumber",
            "hospitalno",
            "mrn",
        ],
    ),
    ("passport", &["passport"]),
    (
        "national_id",
        &["nationalid", "personnummer", "identitycard"],
    ),
];

/// Words that say nothing of what a column means (`postcode_fake`, `phone_1`).
const IDLE: [&str; 16] = [
    "fake", "clean", "cleaned", "std", "raw", "value", "current", "primary", "main", "text",
    "string", "orig", "original", "1", "code", "var",
];

/// Parts of an address in columns of their own, folded.
pub(super) const HOUSE_NUMBERS: [&str; 12] = [
    "streetnumber",
    "streetno",
    "streetnr",
    "housenumber",
    "houseno",
    "housenum",
    "housenr",
    "hausnummer",
    "buildingnumber",
    "houseflat",
    "stnumber",
    "stno",
];
/// Flats, which come behind the street so that the house number is the first.
pub(super) const UNITS: [&str; 10] = [
    "unitnumber",
    "unitno",
    "unit",
    "flat",
    "flatnumber",
    "flatno",
    "apartment",
    "apartmentnumber",
    "aptnumber",
    "apt",
];
/// Parts of a date of birth, folded: year, month, day. A year, or a year and a month, do alone.
pub(super) const BIRTH_PARTS: [[&str; 3]; 5] = [
    ["birthyear", "birthmonth", "birthday"],
    ["yearofbirth", "monthofbirth", "dayofbirth"],
    ["dobyear", "dobmonth", "dobday"],
    ["yob", "mob", "dayofbirth"],
    SHORT_PARTS,
];
/// The same; one alone may be anything.
pub(super) const SHORT_PARTS: [&str; 3] = ["by", "bm", "bd"];

impl Field {
    /// The field of a name: one of the plain profile's, or one that a header would be read as.
    pub(super) fn named(name: &str) -> Option<Self> {
        let folded = fold_header(name);
        NAMED
            .iter()
            .find(|(_, own, _)| fold_header(own) == folded)
            .map(|(field, ..)| field.clone())
            .or_else(|| Self::of_header(name).map(|(field, _)| field))
    }

    /// The names that `named` knows first of all.
    pub(super) fn names() -> Vec<&'static str> {
        let schemes = SCHEMES.iter().map(|(_, column)| column.name());
        NAMED
            .iter()
            .map(|(_, name, _)| *name)
            .chain(schemes)
            .collect()
    }

    /// The name that is printed; a further column has none of its own.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Identifier(scheme) => scheme.name(),
            Self::Truth => "truth",
            Self::Further(_) => "",
            field => NAMED
                .iter()
                .find(|(named, ..)| named == field)
                .map_or("", |(_, name, _)| name),
        }
    }

    /// What a header means, and how exactly: the less, the more exactly.
    pub(super) fn of_header(header: &str) -> Option<(Self, usize)> {
        let folded = fold_header(header);
        Self::of_plain(header)
            .or_else(|| Self::of_linking(&folded))
            .or_else(|| identifier(&folded))
            .or_else(|| {
                let rest = telling(header);
                Self::of_plain(&rest)
                    .or_else(|| Self::of_linking(&rest))
                    .map(|(field, rank)| (field, rank + 2_000))
            })
    }

    fn of_plain(header: &str) -> Option<(Self, usize)> {
        let (column, rank) = read_header(header)?;
        NAMED
            .iter()
            .find(|(_, _, known)| *known == column)
            .map(|(field, ..)| field.clone())
            .or_else(|| {
                let scheme = SCHEMES.iter().find(|(_, known)| *known == column);
                scheme.map(|(scheme, _)| Self::Identifier(scheme.clone()))
            })
            .map(|field| (field, rank))
    }

    fn of_linking(folded: &str) -> Option<(Self, usize)> {
        LINKING.iter().find_map(|(field, names)| {
            let at = names.iter().position(|name| *name == folded)?;
            Some((field.clone(), at + 1_000))
        })
    }
}

/// An identifier by what its header holds. Short names must be the whole.
fn identifier(folded: &str) -> Option<(Field, usize)> {
    IDENTIFIERS.iter().find_map(|(name, signs)| {
        let at = signs
            .iter()
            .position(|sign| folded == *sign || sign.len() > 4 && folded.contains(sign))?;
        Some((Field::Identifier(Scheme::Other((*name).into())), at + 1_000))
    })
}

/// A header without the words that say nothing, folded; all of it where there are no others.
pub(super) fn telling(header: &str) -> String {
    let words = words(header);
    let telling = words.iter().filter(|word| !IDLE.contains(&word.as_str()));
    let rest: String = telling.map(String::as_str).collect();
    if rest.is_empty() {
        fold_header(header)
    } else {
        rest
    }
}

/// The words of a header, in lower case: cut at signs and where small letters are followed by capitals.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in header.chars() {
        let cut = !c.is_alphanumeric()
            || c.is_uppercase() && before.is_lowercase()
            || c.is_ascii_digit() != before.is_ascii_digit() && before.is_alphanumeric();
        if cut {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// How good a header is as the record's id, if it can be one: the less, the better.
pub(super) fn id_rank(header: &str) -> Option<usize> {
    const BEST: [&str; 10] = [
        "recordid",
        "recid",
        "uniqueid",
        "id",
        "rowid",
        "uid",
        "uuid",
        "simulantid",
        "ncid",
        "recordno",
    ];
    let folded = fold_header(header);
    if let Some(at) = BEST.iter().position(|name| *name == folded) {
        return Some(at);
    }
    match read_header(header)? {
        (Column::RecordId, rank) => Some(100 + rank),
        (Column::Id, rank) => Some(1_000 + rank),
        _ => None,
    }
}

/// Whether a header ends as the name of an id does: a fair guess for the first column.
pub(super) fn looks_like_id(header: &str) -> bool {
    let words = words(header);
    words.last().is_some_and(|word| {
        matches!(
            word.as_str(),
            "id" | "no" | "nr" | "number" | "ref" | "key" | "index"
        )
    })
}
