//! The cover: which child, which period, how far the concern has come, for whom, as of when.

use std::collections::BTreeSet;

use super::document::{Block, Section};
use super::words::{count, day, sentence};
use super::{Pack, decide, family};
use crate::model::basis::Jurisdiction;
use crate::model::date::{Day, When, age_on};
use crate::model::fact::Fact;
use crate::model::phrase::Phrase;
use crate::model::words::Threshold;
use crate::picture::genogram::Member;

/// The cover.
pub fn section(pack: &Pack<'_>) -> Section {
    let picture = pack.view.picture;
    let mut section = Section::new("cover", "Who and what this is about");
    let own = picture
        .settings
        .own_agency
        .as_ref()
        .map_or("not said", |own| pack.agency(own));
    let purpose = picture
        .settings
        .purpose
        .unwrap_or(pack.request.meeting.threshold());
    let terms = vec![
        ("Children".to_owned(), children(pack)),
        (
            "Meeting".to_owned(),
            pack.request.meeting.title().to_owned(),
        ),
        ("For".to_owned(), pack.recipient()),
        (
            "Purpose and threshold".to_owned(),
            threshold(purpose).to_owned(),
        ),
        ("Period".to_owned(), period(pack)),
        ("Prepared as of".to_owned(), as_of(picture.as_of)),
        ("Prepared by".to_owned(), own.to_owned()),
        ("Law".to_owned(), law(picture.jurisdiction)),
        ("What it holds".to_owned(), holds(pack)),
    ];
    section.blocks.push(Block::Terms(terms));
    if let Some(since) = pack.request.since {
        section.say(shortened(pack, since));
    }
    section.say(
        "A \u{201c}fact\u{201d} here is what somebody observed, was told or thinks; the word never means that it is true. Each line says who told it, on what ground it is shared, and how far others support it.",
    );
    decide::add(pack, &mut section);
    section
}

/// What a pack since a day leaves out. When an old fact came in is not always recorded, and then it may be new to the reader.
fn shortened(pack: &Pack<'_>, since: Day) -> String {
    let facts = &pack.view.picture.timeline.facts;
    let printed: BTreeSet<usize> = pack.printed().into_iter().collect();
    let left = pack.facts().into_iter().filter(|at| !printed.contains(at));
    let left: Vec<&Fact> = left.filter_map(|at| facts.get(at)).collect();
    let unknown = left.iter().filter(|fact| pack.came_in(fact).is_none());
    let unknown = match unknown.count() {
        0 => String::new(),
        some => format!("; when {some} of them came in is not recorded"),
    };
    format!(
        "The chronology prints what happened, went on or came in since {}. {} not printed{unknown}.",
        day(since),
        match left.len() {
            1 => "1 earlier fact is".to_owned(),
            many => format!("{many} earlier facts are"),
        }
    )
}

/// A threshold in words that need no list of abbreviations.
fn threshold(of: Threshold) -> &'static str {
    match of {
        Threshold::Universal => "Services for every child",
        Threshold::EarlyHelp => "Early help",
        Threshold::S17 => "Child in need",
        Threshold::S47 => "Enquiry into significant harm",
        Threshold::Conference => "Child protection conference",
        Threshold::Court => "Court proceedings",
        Threshold::Crime => "Preventing or investigating crime",
    }
}

/// A place by its name.
fn law(of: Jurisdiction) -> String {
    match of {
        Jurisdiction::Nsw => "New South Wales".to_owned(),
        other => sentence(&other.phrase().replace('-', " ")),
    }
}

/// The children, with their dates of birth.
pub fn children(pack: &Pack<'_>) -> String {
    let family = family::of(pack);
    let drawn = family.members.iter().filter(|member| member.is_index);
    let drawn = drawn.map(|child| (child, ""));
    // nobody has settled who they are, and that takes no child off the first page
    let open = family.open_children.iter();
    let open = open.map(|child| {
        (
            child,
            "; not settled whether this is somebody else on record",
        )
    });
    let mut children: Vec<(&Member, &str)> = drawn.chain(open).collect();
    // the oldest first; a child who is expected last
    children.sort_by_key(|(child, _)| (child.birth.or(child.due).unwrap_or(Day::MAX), &child.name));
    let told: Vec<String> = children
        .into_iter()
        .map(|(child, open)| {
            let born = match (child.birth, child.due) {
                (Some(birth), _) => format!(
                    ", born {}{}",
                    day(birth),
                    if child.is_unsure {
                        " (records differ or are not exact)"
                    } else {
                        ""
                    }
                ),
                (None, Some(due)) => format!(", expected {}", day(due)),
                (None, None) => ", date of birth not recorded".to_owned(),
            };
            let age = child
                .birth
                .map(|birth| age_on(birth, family::as_of(pack)))
                .filter(|age| *age >= 0);
            let age = age.map_or_else(String::new, |age| format!(" ({age})"));
            format!("{}{born}{age}{open}", child.name)
        })
        .collect();
    if told.is_empty() {
        "No record that may be shown here names a child.".to_owned()
    } else {
        told.join("\n")
    }
}

/// The first and last day of what is shown.
pub fn period(pack: &Pack<'_>) -> String {
    let facts = &pack.view.picture.timeline.facts;
    let shown = pack.facts();
    let whens = || {
        shown
            .iter()
            .filter_map(|&at| facts.get(at))
            .map(|fact| &fact.when)
    };
    let is_past = |day: &Day| !pack.is_ahead(*day);
    match (
        whens().filter_map(When::start).filter(is_past).min(),
        whens().filter_map(When::end).filter(is_past).max(),
    ) {
        (Some(first), Some(last)) => format!("{} to {}", day(first), day(last)),
        _ => "nothing dated".to_owned(),
    }
}

fn as_of(of: Day) -> String {
    if of == Day::default() {
        "not known: nothing in the exports is dated".to_owned()
    } else {
        day(of)
    }
}

fn holds(pack: &Pack<'_>) -> String {
    let facts = pack.facts();
    let all = &pack.view.picture.timeline.facts;
    let agencies: std::collections::BTreeSet<_> = facts
        .iter()
        .filter_map(|&at| all.get(at))
        .map(|fact| &fact.first_agency)
        .collect();
    if facts.is_empty() {
        return "No fact that may be shown.".to_owned();
    }
    format!(
        "{} from {}",
        count(facts.len(), "fact", "facts"),
        count(agencies.len(), "source", "sources")
    )
}
