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
        View::Sharing => SHARING,
        View::Pack => PACK,
        View::Audit => AUDIT,
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
        Form::List => &[],
        Form::Lanes => LANES,
        Form::Family => FAMILY,
        Form::Ring => RING,
        Form::KnockOut => KNOCK_OUT,
        Form::Silence => SILENCE,
        Form::Slots => SLOTS,
    }
}

const FAMILY: Words = &[
    (
        "[ ] ( ) < >",
        "a man or boy, a woman or girl, not recorded; doubled: a child whom this is about",
    ),
    ("/\\", "an unborn child"),
    (
        "number",
        "the age; X with a number: died at that age; ? behind it: records differ",
    ),
    ("[?] (?)", "a parent whom no record names, drawn on purpose"),
    (
        "lines",
        "unbroken: married, parent and child; broken: other couples; dotted: not recorded as a couple, or carers; / on a line: over",
    ),
    ("dashed frame", "a home"),
    ("PR", "parental responsibility is recorded"),
];

const RING: Words = &[
    (
        "ring",
        "the agencies round the child, those that tell most first, with the clock from the top",
    ),
    (
        "=",
        "it told something in the last 3 months before the as-of date",
    ),
    ("-", "in the last year"),
    (".", "longer ago"),
    ("?", "involved, and nothing supplied about the child"),
    (
        "per cent",
        "its share of the facts about the child; facts that several tell count for each",
    ),
];

const KNOCK_OUT: Words = &[
    (
        "on, OFF",
        "an agency that is off is taken away as an origin; nothing is decided by this",
    ),
    ("stands", "no origin of the conclusion is off"),
    ("weaker", "some of its origins are off"),
    (
        "FALLS",
        "all its origins are off: nothing would be left that it rests on",
    ),
    ("no origin", "nobody recorded where its facts come from"),
    (
        "link",
        "two records that a machine took for one person, or that are still a question",
    ),
];

const SILENCE: Words = &[
    ("s", "it supplied entries about days of this month"),
    ("-", "it was involved, and nothing is there"),
    ("/", "its export does not cover the month"),
    ("? a w", "it was asked, it answered, it kept something back"),
    (
        "blank",
        "nothing is known of it for this month; that is no sign that all was well",
    ),
];

const SLOTS: Words = &[
    (
        "open",
        "agencies say different things of the same time, the as-of date included",
    ),
    (
        "settled",
        "they did, and do not any more since the day given",
    ),
    (
        "how it knows",
        "whether it saw it, was told, took it over, or has it on file without a source",
    ),
];

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
        "!",
        "at least one of them has a flag that blocks a safe pack (!!!); wide cells show !! and ! too",
    ),
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
    (
        "withheld",
        "known here, and not to be passed on to whom the case is laid out for: the fact says why",
    ),
    (
        "echo",
        "an entry that repeats another; it adds no independent support",
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
        "12 facts, 2 concl.",
        "what would move with the answer, and how many conclusions and flags hang on it; the queue begins with the most",
    ),
    (
        "take out, join",
        "a record that is somebody else; two persons that are one. Each is decided as one step, u takes it back whole",
    ),
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
        "only",
        "two agencies: what either tells; an agency and a person: what that agency tells about that person",
    ),
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

const SHARING: Words = &[
    (
        "basis",
        "the legal ground on which a fact was shared: consent, a duty, a power, an exemption",
    ),
    (
        "valid, expired, withdrawn, not-valid, unknown",
        "how the basis stands on the as-of date; what was shared lawfully before stays",
    ),
    (
        "consent state",
        "given, refused, withdrawn, expired, not asked, not required; a basis need not rest on consent",
    ),
    ("told", "whether the family knows that it was shared"),
    ("handling", "what the receiver may do with it"),
    (
        "request",
        "something asked of an agency; kept here, sent by you",
    ),
    (
        "consultation",
        "one professional asks another what to do or what they know; it is no referral",
    ),
    (
        "share or not",
        "the questions of the national flowchart; \"decided not to share\" is kept like the other",
    ),
    (
        "view as",
        "the case as one recipient may see it; what they may not see is nowhere, and nothing is decided meanwhile",
    ),
];

const PACK: Words = &[
    (
        "pack",
        "the picture laid out for one meeting and one recipient",
    ),
    (
        "held back",
        "in the case and not in the pack, counted by its reason; for the family not even counted",
    ),
    (
        "links not confirmed",
        "records that the program takes for one person, and nobody said so",
    ),
    (
        "flag of strength 3",
        "blocks a safe pack until it is cleared or explained",
    ),
    (
        "purpose",
        "what the recipient gets it for; some facts may be used for one purpose and not for another",
    ),
];

const AUDIT: Words = &[
    (
        "decision",
        "anything that an analyst settles: kept with who, when and why, and only ever added",
    ),
    (
        "taken back",
        "undo adds a decision that takes others back; nothing is rubbed out",
    ),
    (
        "log",
        "a chain of every import, decision, export and look at what is withheld; it names nobody that the case is about",
    ),
    (
        "verify",
        "holds the log against itself and the case; that its end was cut off shows only against a head kept elsewhere",
    ),
];
