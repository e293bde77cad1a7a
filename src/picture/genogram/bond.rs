//! Reads how an agency words a relationship: "mother of", "Step-father", "ex-partner of", "lives with".

/// How one person is bound to another. Where it is not the same both ways, the first is the elder or the carer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bond {
    /// Parent by birth, or a parent of whom no more is said.
    Parent,
    /// Parent by adoption.
    Adoptive,
    /// Partner of a parent.
    Step,
    /// Foster carer.
    Foster,
    /// Carer or guardian.
    Carer,
    /// Grandparent.
    Grandparent,
    /// Aunt or uncle.
    AuntUncle,
    /// Married.
    Married,
    /// A couple that is not said to be married.
    Partner,
    /// Brother or sister.
    Sibling,
    /// Half-brother, half-sister, step-sibling.
    HalfSibling,
    /// Twin.
    Twin,
    /// Cousin.
    Cousin,
    /// Lives with.
    Lives,
    /// Worded in another way; shown as worded.
    Other,
}

impl Bond {
    /// How many generations the first stands above the second; `None` where that follows from nothing.
    pub fn above(self) -> Option<i32> {
        match self {
            Self::Parent | Self::Adoptive | Self::Step | Self::Foster | Self::AuntUncle => Some(1),
            Self::Grandparent => Some(2),
            Self::Married
            | Self::Partner
            | Self::Sibling
            | Self::HalfSibling
            | Self::Twin
            | Self::Cousin => Some(0),
            Self::Carer | Self::Lives | Self::Other => None,
        }
    }

    /// Whether it makes a couple.
    pub fn is_couple(self) -> bool {
        matches!(self, Self::Married | Self::Partner)
    }

    /// Whether it makes a parent whose children hang from a line.
    pub fn is_parent(self) -> bool {
        matches!(self, Self::Parent | Self::Adoptive)
    }

    /// Whether it reads the same from both sides.
    pub fn is_mutual(self) -> bool {
        self.is_couple()
            || matches!(
                self,
                Self::Sibling | Self::HalfSibling | Self::Twin | Self::Cousin | Self::Lives
            )
    }

    /// What the first is to the second, in words; empty for [`Bond::Other`], which is shown as worded.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Parent => "parent of",
            Self::Adoptive => "adoptive parent of",
            Self::Step => "step-parent of",
            Self::Foster => "foster carer of",
            Self::Carer => "carer of",
            Self::Grandparent => "grandparent of",
            Self::AuntUncle => "aunt or uncle of",
            Self::Married => "married to",
            Self::Partner => "partner of",
            Self::Sibling => "brother or sister of",
            Self::HalfSibling => "half-brother or half-sister of",
            Self::Twin => "twin of",
            Self::Cousin => "cousin of",
            Self::Lives => "lives with",
            Self::Other => "",
        }
    }

    /// What the second is to the first, in words.
    pub fn phrase_back(self) -> &'static str {
        match self {
            Self::Parent => "child of",
            Self::Adoptive => "adopted child of",
            Self::Step => "step-child of",
            Self::Foster => "fostered by",
            Self::Carer => "cared for by",
            Self::Grandparent => "grandchild of",
            Self::AuntUncle => "niece or nephew of",
            _ => self.phrase(),
        }
    }
}

/// A relationship as worded, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worded {
    /// How they are bound.
    pub bond: Bond,
    /// Whether the words put the younger or cared for first ("son of").
    pub is_turned: bool,
    /// Whether the words say that it is over ("ex-partner").
    pub is_over: bool,
}

/// Words that make a relationship one of the law, the church or the office, which no line of the picture shows.
const NOT_KIN: [&str; 12] = [
    "law",
    "god",
    "godmother",
    "godfather",
    "great",
    "professional",
    "worker",
    "same",
    "alias",
    "self",
    "duplicate",
    "neighbour",
];

/// Words that say that two live together.
const HOME: [&str; 6] = [
    "lives",
    "living",
    "lived",
    "resides",
    "household",
    "housemate",
];

/// Words for a child.
const YOUNGER: [&str; 8] = [
    "child",
    "son",
    "daughter",
    "baby",
    "stepchild",
    "stepson",
    "stepdaughter",
    "children",
];

/// Words for a parent.
const ELDER: [&str; 10] = [
    "mother",
    "father",
    "mum",
    "dad",
    "parent",
    "stepmother",
    "stepfather",
    "stepparent",
    "mummy",
    "daddy",
];

/// Reads how a relationship is worded. What is not understood is [`Bond::Other`].
pub fn read(worded: &str) -> Worded {
    let lower = worded.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    let begins = |with: &str| words.iter().any(|word| word.starts_with(with));
    let plain = |bond, is_turned| Worded {
        bond,
        is_turned,
        is_over: false,
    };
    if has(&NOT_KIN) || lower.contains("'s ") || lower.contains("\u{2019}s ") {
        return plain(Bond::Other, false);
    }
    if has(&HOME) {
        return Worded {
            is_over: has(&["lived", "former", "formerly"]),
            ..plain(Bond::Lives, false)
        };
    }
    let (child, parent) = (has(&YOUNGER), has(&ELDER));
    if begins("grand") || has(&["gran", "nan", "nana", "grandma", "grandad"]) {
        let younger =
            begins("grandchild") || begins("grandson") || begins("granddaughter") || child;
        return plain(Bond::Grandparent, younger);
    }
    if begins("foster") {
        return plain(Bond::Foster, child || has(&["fostered"]));
    }
    if let Some(bond) = of_siblings(&words) {
        return plain(bond, false);
    }
    if begins("adopt") && (child || parent) {
        return plain(Bond::Adoptive, child);
    }
    if begins("step") && (child || parent) {
        return plain(Bond::Step, child);
    }
    if child || parent {
        // "parent of child" names both: the first word of the two says who the first is
        let place = |any: &[&str]| words.iter().position(|word| any.contains(word));
        let is_turned = match (place(&YOUNGER), place(&ELDER)) {
            (Some(younger), Some(elder)) => younger < elder,
            (younger, _) => younger.is_some(),
        };
        return plain(Bond::Parent, is_turned);
    }
    of_adults(&words)
}

fn of_siblings(words: &[&str]) -> Option<Bond> {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    if has(&["twin", "twins"]) {
        Some(Bond::Twin)
    } else if has(&[
        "halfbrother",
        "halfsister",
        "halfsibling",
        "stepbrother",
        "stepsister",
        "stepsibling",
    ]) {
        Some(Bond::HalfSibling)
    } else if has(&["brother", "sister", "sibling", "siblings"]) {
        Some(if has(&["half", "step"]) {
            Bond::HalfSibling
        } else {
            Bond::Sibling
        })
    } else {
        None
    }
}

fn of_adults(words: &[&str]) -> Worded {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    let is_over = has(&[
        "ex",
        "former",
        "formerly",
        "separated",
        "divorced",
        "estranged",
        "late",
    ]);
    let worded = |bond, is_turned| Worded {
        bond,
        is_turned,
        is_over,
    };
    if has(&["carer", "guardian", "caregiver", "cares", "looks"]) {
        worded(Bond::Carer, false)
    } else if has(&["cared"]) {
        worded(Bond::Carer, true)
    } else if has(&["aunt", "auntie", "aunty", "uncle"]) {
        worded(Bond::AuntUncle, false)
    } else if has(&["niece", "nephew"]) {
        worded(Bond::AuntUncle, true)
    } else if has(&["cousin"]) {
        worded(Bond::Cousin, false)
    } else if has(&[
        "husband",
        "wife",
        "spouse",
        "married",
        "divorced",
        "separated",
    ]) {
        worded(Bond::Married, false)
    } else if has(&[
        "partner",
        "boyfriend",
        "girlfriend",
        "fiance",
        "fiancee",
        "cohabits",
        "cohabiting",
        "cohabitee",
    ]) {
        worded(Bond::Partner, false)
    } else {
        worded(Bond::Other, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_of_agencies_are_understood() {
        for (worded, bond, is_turned, is_over) in [
            ("mother of", Bond::Parent, false, false),
            ("Birth father", Bond::Parent, false, false),
            ("son of", Bond::Parent, true, false),
            ("child of parent", Bond::Parent, true, false),
            ("parent of child", Bond::Parent, false, false),
            ("unborn child of", Bond::Parent, true, false),
            ("step-father of", Bond::Step, false, false),
            ("Stepchild", Bond::Step, true, false),
            ("adoptive mother of", Bond::Adoptive, false, false),
            ("foster carer of", Bond::Foster, false, false),
            ("foster child of", Bond::Foster, true, false),
            ("special guardian of", Bond::Carer, false, false),
            ("maternal grandmother of", Bond::Grandparent, false, false),
            ("grandson of", Bond::Grandparent, true, false),
            ("aunt of", Bond::AuntUncle, false, false),
            ("nephew", Bond::AuntUncle, true, false),
            ("half-sister of", Bond::HalfSibling, false, false),
            ("twin brother of", Bond::Twin, false, false),
            ("ex-partner of", Bond::Partner, false, true),
            ("divorced from", Bond::Married, false, true),
            ("wife", Bond::Married, false, false),
            ("lives with", Bond::Lives, false, false),
            ("mother's partner", Bond::Other, false, false),
            ("mother in law of", Bond::Other, false, false),
            ("friend of the family", Bond::Other, false, false),
            ("", Bond::Other, false, false),
        ] {
            let read = read(worded);
            assert_eq!(
                (read.bond, read.is_turned, read.is_over),
                (bond, is_turned, is_over),
                "{worded}"
            );
        }
    }
}
