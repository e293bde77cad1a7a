//! The measures in words: plain, without blame, and never "all is well".

use super::{GroupMeasure, Grouping, Input, SideVerdict};
use crate::model::id::AgencyId;

/// Says what a group's measures say. `total` and `cited` are N and n.
pub fn of_group(input: &Input<'_>, measure: &GroupMeasure, total: usize, cited: usize) -> String {
    let of = source(input, measure);
    if total == 0 {
        return "There are no facts to judge.".to_owned();
    }
    if measure.available == 0 {
        return format!("None of the available facts is {of}, so there is nothing to cite.");
    }
    if cited == 0 {
        return format!(
            "Nothing is cited yet. {} {of}.",
            are(measure.available, "fact", "available")
        );
    }
    if measure.available == total {
        return format!("Every available fact is {of}, so there is nothing to compare with.");
    }
    if let (SideVerdict::TooFew, SideVerdict::TooFew) =
        (measure.verdict_under, measure.verdict_over)
    {
        return format!(
            "{} {of}, {} cited: too few facts to judge by counting. Please read them.",
            are(measure.available, "fact", "available"),
            measure.cited
        );
    }
    let is = match measure.cited {
        1 => "1 is".to_owned(),
        x => format!("{x} are"),
    };
    format!(
        "If facts had been chosen without looking at their source, about {} of the {cited} cited would be {of}; {is}. {}",
        rounded(measure.expected.unwrap_or_default()),
        judgement(measure)
    )
}

/// What follows from the comparison.
fn judgement(measure: &GroupMeasure) -> String {
    let (under, over) = measure.p.unwrap_or((1.0, 1.0));
    let rare = |how: &str, p: f64| {
        format!(
            "So {how} come about in {} of such choices. Is there a reason?",
            chance(p)
        )
    };
    let words = match (measure.verdict_under, measure.verdict_over) {
        (SideVerdict::Flag, _) => return rare("few", under),
        (_, SideVerdict::Flag) => return rare("many", over),
        (SideVerdict::Look, _) => {
            "That may be chance. Are any of those left out worth a second look?"
        }
        (_, SideVerdict::Look) => {
            "That may be chance. Would the picture stand without some of them?"
        }
        (SideVerdict::TooFew, _) => "There are too few facts to judge whether that is too seldom.",
        (_, SideVerdict::TooFew) => "There are too few facts to judge whether that is too often.",
        _ => {
            "The counts alone raise no question; they do not say whether the right facts were chosen."
        }
    };
    words.to_owned()
}

/// What the facts of a group are, to be put after "is" or "would be".
pub fn source(input: &Input<'_>, measure: &GroupMeasure) -> String {
    let words = match (measure.grouping, measure.group.as_str()) {
        (Grouping::Agency, "unknown") => "from nobody knows whom",
        (Grouping::Agency, id) => {
            return format!("from {}", input.supplied.agency_name(&AgencyId::new(id)));
        }
        (Grouping::Own, "own") => "from the own agency",
        (Grouping::Own, _) => "from other agencies",
        (Grouping::Channel, "child") => "in the child's own words",
        (Grouping::Channel, "parent") => "a parent's or carer's account",
        (Grouping::Channel, "observation") => "from direct observation",
        (Grouping::Channel, "other-person") => "from another person",
        (Grouping::Channel, "professional-opinion") => "a professional's opinion",
        (Grouping::Channel, _) => "without a recorded channel",
        (Grouping::Recency, "recent") => "from the last 90 days",
        (Grouping::Recency, "older") => "older than 90 days",
        (Grouping::Recency, _) => "without a date",
        (Grouping::Polarity, "strength") => "a strength",
        (Grouping::Polarity, "concern") => "a concern",
        (Grouping::Polarity, "neutral") => "neither a strength nor a concern",
        (Grouping::Polarity, _) => "recorded neither as a strength nor as a concern",
    };
    words.to_owned()
}

/// Counts in words: "1 fact is available", "3 facts are available".
pub fn are(count: usize, noun: &str, state: &str) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} {verb} {state}", counted(count, noun))
}

/// A count with its noun: "1 fact", "3 facts".
pub fn counted(count: usize, noun: &str) -> String {
    let (stem, end) = match (count, noun.strip_suffix('y')) {
        (1, _) => (noun, ""),
        (_, Some(stem)) if !noun.ends_with("ay") => (stem, "ies"),
        _ => (noun, "s"),
    };
    format!("{count} {stem}{end}")
}

/// Names joined as spoken: "a", "a and b", "a, b and c".
pub fn spoken<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A number of facts with at most one decimal.
fn rounded(expected: f64) -> String {
    let tenths = (expected * 10.0).round() / 10.0;
    if tenths == 0.0 && expected > 0.0 {
        "0.1".to_owned()
    } else {
        format!("{tenths}")
    }
}

/// A probability as a readable percentage: two digits that count, and no string of noughts.
pub fn chance(p: f64) -> String {
    let percent = p * 100.0;
    if percent < 0.01 {
        return "fewer than 1 in 10,000".to_owned();
    }
    let digits = if percent < 0.1 { 2 } else { 1 };
    let text = format!("{percent:.digits$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}%")
}

/// The shortest digits that read back as the same number.
pub fn number(value: f64) -> String {
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_read_without_strings_of_noughts() {
        for (p, text) in [
            (0.003_992_44, "0.4%"),
            (0.000_232, "0.02%"),
            (0.05, "5%"),
            (0.0238, "2.4%"),
            (1e-9, "fewer than 1 in 10,000"),
        ] {
            assert_eq!(chance(p), text);
        }
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!(are(1, "fact", "available"), "1 fact is available");
        assert_eq!(counted(2, "agency"), "2 agencies");
        assert_eq!(counted(2, "day"), "2 days");
        assert_eq!(spoken(&["a", "b", "c"]), "a, b and c");
    }
}
