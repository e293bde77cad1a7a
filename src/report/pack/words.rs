//! How days, counts and lists are worded in a pack.

use crate::model::date::{Day, Precision, When};
use crate::model::phrase::Phrase;
use crate::model::words::AgencyKind;

/// A day as people write it: 4 Mar 2025.
pub fn day(day: Day) -> String {
    day.format("%-d %b %Y").to_string()
}

/// A date as exactly as it is known.
pub fn when(when: &When) -> String {
    let (from, until) = (when.from, when.until);
    match (when.precision, from, until) {
        (Precision::Month, Some(from), _) => from.format("%b %Y").to_string(),
        (Precision::Year, Some(from), _) => from.format("%Y").to_string(),
        (Precision::Approximate, Some(from), Some(until)) => format!("about {}", span(from, until)),
        (Precision::Uncertain, Some(from), Some(until)) => {
            format!("{}, uncertain", span(from, until))
        }
        (Precision::Before, _, Some(until)) => {
            format!("before {}", day(until.succ_opt().unwrap_or(until)))
        }
        (Precision::After, Some(from), _) => {
            format!("after {}", day(from.pred_opt().unwrap_or(from)))
        }
        (_, Some(from), Some(until)) => span(from, until),
        (_, Some(one), None) | (_, None, Some(one)) => day(one),
        (_, None, None) => "not dated".to_owned(),
    }
}

fn span(from: Day, until: Day) -> String {
    use chrono::Datelike as _;
    let whole_year = from.ordinal() == 1
        && until.month() == 12
        && until.day() == 31
        && from.year() == until.year();
    if from == until {
        day(from)
    } else if whole_year {
        from.format("%Y").to_string()
    } else {
        format!("{} to {}", day(from), day(until))
    }
}

/// A date, or a dash where there is none.
pub fn or_dash(date: &When) -> String {
    if date.is_known() {
        when(date)
    } else {
        "\u{2013}".to_owned()
    }
}

/// A count with its noun.
pub fn count(of: usize, one: &str, many: &str) -> String {
    format!("{of} {}", if of == 1 { one } else { many })
}

/// Names joined as in a sentence.
pub fn join<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// The first letter large.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// "any school": the agencies of a kind, for whom a pack is.
pub fn any_of(kind: AgencyKind) -> String {
    let name = match kind {
        AgencyKind::SocialCare => "children\u{2019}s social care",
        AgencyKind::Police => "police force",
        AgencyKind::Gp => "general practice",
        AgencyKind::HealthVisiting => "health visiting service",
        AgencyKind::Midwifery => "midwifery service",
        AgencyKind::SchoolNursing => "school nursing service",
        AgencyKind::MentalHealth => "mental health service",
        AgencyKind::ChildMentalHealth => "mental health service for children",
        AgencyKind::Ambulance => "ambulance service",
        AgencyKind::EarlyYears => "nursery or childminder",
        AgencyKind::EducationWelfare => "education welfare service",
        AgencyKind::EarlyHelp => "early help service",
        AgencyKind::Housing => "housing service",
        AgencyKind::Probation => "probation service",
        AgencyKind::YouthJustice => "youth justice service",
        AgencyKind::DomesticAbuse => "domestic abuse service",
        AgencyKind::SubstanceUse => "drug and alcohol service",
        AgencyKind::AdultSocialCare => "adult social care service",
        AgencyKind::Fire => "fire and rescue service",
        AgencyKind::Voluntary => "voluntary organisation",
        AgencyKind::Hospital | AgencyKind::School | AgencyKind::Prison | AgencyKind::Court => {
            kind.phrase()
        }
        AgencyKind::Family => "relative or neighbour",
        AgencyKind::Other => "other agency",
    };
    format!("any {name}")
}

/// A text with its days as people write them: 6 Oct 2025 in place of 2025-10-06.
pub fn with_days(text: &str) -> String {
    let said = text.split(' ').map(|word| {
        let plain = word.trim_end_matches(|end: char| end.is_ascii_punctuation());
        match (plain.len() == 10).then(|| plain.parse::<Day>()) {
            Some(Ok(found)) => word.replacen(plain, &day(found), 1),
            _ => word.to_owned(),
        }
    });
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::with_days;

    #[test]
    fn days_are_written_as_people_write_them_and_nothing_else_changes() {
        for (text, said) in [
            ("since 2025-10-06, or", "since 6 Oct 2025, or"),
            ("(2024-05-01).", "(2024-05-01)."),
            (
                "2024-13-41 and SCH-2024-05-01",
                "2024-13-41 and SCH-2024-05-01",
            ),
            ("a  b", "a  b"),
        ] {
            assert_eq!(with_days(text), said);
        }
    }
}
