//! The words of the screen, each in a line, for the `?` page of the view that uses them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::tui::action::View;
use crate::tui::form::Form;

type Words = &'static [(&'static str, &'static str)];

/// Words and what they are, those of the view.
pub fn words(view: View) -> Words {
    match view {
        View::Overview => OVERVIEW,
        View::Sources => SOURCES,
        View::People => PEOPLE,
        View::Timeline => TIMELINE,
        View::Reliance => RELIANCE,
        View::Flags => FLAGS,
        View::Sharing | View::Pack | View::Audit => &[],
    }
}

/// All words for the README, each once, by the view that first explains it.
pub fn markdown() -> String {
    let mut out = String::from("| word | what it is |\n|---|---|\n");
    let mut seen = BTreeSet::new();
    let of_view = |view| {
        let forms = Form::of(view).iter().copied();
        words(view).iter().chain(forms.flat_map(of_form))
    };
    for (word, meaning) in View::ALL.into_iter().flat_map(of_view) {
        if seen.insert(*word) {
            // writing to a string cannot fail
            let _ = writeln!(out, "| {} | {meaning} |", word.replace('|', "\\|"));
        }
    }
    out
}

/// Words of a form that its view's list does not use.
pub fn of_form(form: Form) -> Words {
    match form {
        Form::Lanes => LANES,
        _ => &[],
    }
}

const LANES: Words = &[
    (
        "lane",
        "what one agency tells, over time; a fact that several tell is in each of their lanes",
    ),
    (
        "1 to 9, ▒, █",
        "so many facts in this time; ▒ ten and more, █ a hundred and more",
    ),
    ("*", "at least one of them is relied on"),
    (
        "-",
        "the agency was involved and supplied nothing about this time",
    ),
    ("/", "its export does not cover this time"),
    ("? a w", "it was asked, it answered, it kept something back"),
    ("│", "the as-of date: what lies after it is ahead"),
    ("blank", "nothing is known of the agency for this time"),
];

const OVERVIEW: Words = &[
    ("agency", "an organisation that supplies information"),
    ("own agency", "the one whose analyst is sitting here"),
    (
        "as-of date",
        "the day at which a basis, an age, a gap or a flag is judged; never today's by itself",
    ),
    (
        "flag",
        "something about the picture worth checking; never a score of a child, a family or a worker",
    ),
];

const SOURCES: Words = &[
    (
        "export",
        "one file that an agency supplied, kept as it came",
    ),
    (
        "coverage",
        "what an export covers; it tells silence from no data",
    ),
    (
        "involvement",
        "an agency is known to work with a person, whether or not it supplied entries",
    ),
    ("request", "something asked of an agency, and how it ended"),
];

const PEOPLE: Words = &[
    ("record", "one agency's description of one individual"),
    (
        "person",
        "the records that are believed to describe one individual",
    ),
    (
        "bits",
        "what a field's likeness is worth: each bit doubles the odds that the two are one person",
    ),
    ("review", "a possible match that waits for an answer"),
    (
        "ambiguous",
        "two candidates are too close to call; nothing is linked",
    ),
];

const TIMELINE: Words = &[
    (
        "fact",
        "one event or claim, told by one or more entries; it does not mean \"true\"",
    ),
    ("*", "relied on: a conclusion rests on it"),
    (
        "~",
        "suspected echo: it may repeat what another agency said first, or be repeated",
    ),
    ("#", "agencies disagree"),
    (
        "!!! !! !",
        "a flag names it: blocks a safe pack, check before the meeting, note",
    ),
    ("+2", "two more agencies tell it"),
    (
        "echo",
        "an entry that repeats another; it adds no independent support",
    ),
    ("origin", "the agency that first observed it or was told"),
    ("channel", "who the information comes from"),
    (
        "significance",
        "how much it matters, 0 to 3; from 2 on it is a key fact",
    ),
    (
        "note",
        "what an analyst wrote beside it, with the name of who wrote it",
    ),
    (
        "basis",
        "the legal ground on which it was shared, and whether it stands on the as-of date",
    ),
];

const RELIANCE: Words = &[
    (
        "available",
        "in scope, and its basis allows this recipient, purpose and date (solid bar: share of all)",
    ),
    (
        "relied on",
        "available, and a conclusion cites it (grey bar: share of all that are relied on)",
    ),
    (
        "over, under",
        "cited far more or less than if facts were chosen without looking at their source",
    ),
    ("over?, under?", "the same, weaker: a question"),
    (
        "too few",
        "too few facts to judge; not a sign that all is well",
    ),
    (
        "conclusion",
        "a statement of the assessment that rests on facts; `draft` holds what is marked here",
    ),
];

const FLAGS: Words = &[
    (
        "flag",
        "something about the picture worth checking, with its facts and what would clear it",
    ),
    (
        "!!! !! !",
        "3 blocks a safe pack, 2 check before the meeting, 1 note",
    ),
    (
        "explain",
        "a reason is kept beside the flag; the flag stays",
    ),
];
