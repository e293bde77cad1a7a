//! The measures in words: plain, without blame, and never "all is well".

use super::{GroupMeasure, Grouping, Input, SideVerdict};
use crate::model::date::Day;
use crate::model::id::AgencyId;

/// Probabilities below this are not read out as percentages.
const SMALL: f64 = 0.000_1;

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
    let (words, plural) = subject(input, measure);
    let (they, are) = pronoun(plural);
    format!(
        "If facts had been chosen without looking at their source, {words} would be cited {}; {they} {are} cited {}. {}",
        times(measure.expected.unwrap_or_default()),
        times(measure.cited as f64),
        judgement(measure)
    )
}

/// The same with the group in front, since a list of flags is read by its first words.
pub fn of_flag(input: &Input<'_>, measure: &GroupMeasure) -> String {
    let (words, plural) = subject(input, measure);
    let (they, are) = pronoun(plural);
    format!(
        "{} {are} cited {}; if facts had been chosen without looking at their source, {they} would be cited {}. {}",
        capital(&words),
        times(measure.cited as f64),
        times(measure.expected.unwrap_or_default()),
        judgement(measure)
    )
}

fn pronoun(plural: bool) -> (&'static str, &'static str) {
    if plural {
        ("they", "are")
    } else {
        ("it", "is")
    }
}

/// What follows from the comparison.
fn judgement(measure: &GroupMeasure) -> String {
    let (under, over) = measure.p.unwrap_or((1.0, 1.0));
    let rare = |how: &str, p: f64| {
        let of = if p < SMALL { "" } else { "of " };
        format!(
            "As {how} happens in {} {of}such choices. Is there a reason?",
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

/// What a group is called in the middle of a sentence, and whether that is a plural.
fn subject(input: &Input<'_>, measure: &GroupMeasure) -> (String, bool) {
    let (words, plural) = match (measure.grouping, measure.group.as_str()) {
        (Grouping::Agency, "unknown") => ("a source that nobody recorded", false),
        (Grouping::Agency, id) => {
            let name = input.supplied.agency_name(&AgencyId::new(id)).to_owned();
            let plural = is_plural(&name);
            return (name, plural);
        }
        (Grouping::Own, "own") => ("the own agency", false),
        (Grouping::Own, _) => ("other agencies", true),
        (Grouping::Channel, "child") => ("the child’s own words", true),
        (Grouping::Channel, "parent") => ("a parent’s or carer’s account", false),
        (Grouping::Channel, "observation") => ("direct observation", false),
        (Grouping::Channel, "other-person") => ("the word of another person", false),
        (Grouping::Channel, "professional-opinion") => ("a professional’s opinion", false),
        (Grouping::Channel, _) => ("facts without a recorded channel", true),
        (Grouping::Recency, "recent") => ("facts from the last 90 days", true),
        (Grouping::Recency, "older") => ("facts older than 90 days", true),
        (Grouping::Recency, _) => ("facts without a date", true),
        (Grouping::Polarity, "strength") => ("strengths", true),
        (Grouping::Polarity, "concern") => ("concerns", true),
        (Grouping::Polarity, "neutral") => {
            ("facts that are neither a strength nor a concern", true)
        }
        (Grouping::Polarity, _) => (
            "facts recorded neither as a strength nor as a concern",
            true,
        ),
    };
    (words.to_owned(), plural)
}

/// Whether a name reads as a plural: "Relatives and neighbours", "Community midwives".
pub fn is_plural(name: &str) -> bool {
    let last = name.split_whitespace().last().unwrap_or_default();
    let last = last.to_lowercase();
    [
        "police",
        "neighbours",
        "relatives",
        "midwives",
        "visitors",
        "nurses",
    ]
    .contains(&last.as_str())
}

/// The possessive of a name: "Ada’s", "Community midwives’".
pub fn possessive(name: &str) -> String {
    let end = if name.ends_with('s') { "’" } else { "’s" };
    format!("{name}{end}")
}

/// What the facts of a group are, to be put after "is" or "are".
pub fn source(input: &Input<'_>, measure: &GroupMeasure) -> String {
    let words = match (measure.grouping, measure.group.as_str()) {
        (Grouping::Agency, "unknown") => "from nobody knows whom",
        (Grouping::Agency, id) => {
            return format!("from {}", input.supplied.agency_name(&AgencyId::new(id)));
        }
        (Grouping::Own, "own") => "from the own agency",
        (Grouping::Own, _) => "from other agencies",
        (Grouping::Channel, "child") => "in the child’s own words",
        (Grouping::Channel, "parent") => "a parent’s or carer’s account",
        (Grouping::Channel, "observation") => "from direct observation",
        (Grouping::Channel, "other-person") => "from another person",
        (Grouping::Channel, "professional-opinion") => "a professional’s opinion",
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

/// How often something is cited: "0 times", "once", "about 6.1 times".
fn times(count: f64) -> String {
    let text = tenths(count);
    let about = if count.fract() == 0.0 { "" } else { "about " };
    match text.as_str() {
        "1" if about.is_empty() => "once".to_owned(),
        "1" => "about once".to_owned(),
        _ => format!("{about}{text} times"),
    }
}

/// The text with its first letter in upper case.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A day as it is read aloud: "5 November 2025".
pub fn spoken_day(day: Day) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A probability for a `value` cell: two decimals, never rounded up to what it is not.
pub fn probability(p: f64) -> String {
    // a hair on top, since .58 is stored as a little less than .58
    number(((p * 100.0 + 1e-9).floor() / 100.0).clamp(0.0, 1.0))
}

/// A share as a whole percentage: "68%".
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 1.0 => "less than 1%".to_owned(),
        p => format!("{:.0}%", p.floor()),
    }
}

/// Text from outside, cut to what can be read in a sentence.
pub fn short(text: &str) -> String {
    const MOST: usize = 60;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= MOST {
        return text;
    }
    text.chars().take(MOST).chain(['…']).collect()
}

/// The verb that goes with a count.
pub fn verb(count: usize, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

/// A number of facts with at most one decimal.
fn tenths(expected: f64) -> String {
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
    if p < SMALL {
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
