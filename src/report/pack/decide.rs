//! What the meeting is for, and what it should know before it decides: the first page of a pack, for whoever reads no other.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Section;
use super::words::{count, day, join};
use super::{Meeting, Pack, bars, disputed, flags, invited};
use crate::model::basis::Jurisdiction;
use crate::model::fact::Fact;
use crate::model::words::Polarity;

/// Codes of flags that the first page reads out, beside those of strength 3.
const READ_OUT: [&str; 4] = [
    "unseen-adult",
    "child-not-seen",
    "child-voice-missing",
    "cross-agency-cluster",
];

/// Adds what is to be decided, and what to know first.
pub fn add(pack: &Pack<'_>, section: &mut Section) {
    section.head("To decide at this meeting");
    section.list(to_decide(pack));
    let known = to_know(pack);
    if !known.is_empty() {
        section.head("To know before it is decided");
        section.say("F1, F2 \u{2026} stand in full under \u{201c}What to check\u{201d}, the lines in the chronology.");
        section.list(known);
    }
}

/// The questions that such a meeting answers. Wording: this project's; what is asked: Working Together and the practice
/// guides of `domain.md` section 4.
fn to_decide(pack: &Pack<'_>) -> Vec<String> {
    let has_section_47 = matches!(
        pack.view.picture.jurisdiction,
        Jurisdiction::England | Jurisdiction::Wales
    );
    let enquiry = if has_section_47 {
        "Is there reasonable cause to suspect that a child suffers or is likely to suffer significant harm? Is there to be a section 47 enquiry, and by one agency or jointly?"
    } else {
        "Is there reason to suspect that a child suffers or is likely to suffer harm? Is there to be an enquiry, and by one agency or jointly?"
    };
    let lines: &[&str] = match pack.request.meeting {
        Meeting::StrategyDiscussion => &[
            enquiry,
            "Is every child of the home safe tonight, and who sees to it?",
            "Who sees and speaks with each child, when, and is a medical examination needed?",
            "What are the parents told, by whom and when? Is there anybody whom that would put at risk?",
            "Who does what by when, and when do we meet again?",
        ],
        Meeting::Conference => &[
            "Is each child at continuing risk of significant harm, and of which kind? Say it for each child on their own.",
            "Is a child protection plan needed, or what else would keep the child safe?",
            "What has to change, how will the child notice it, and by when?",
            "Who is in the core group, and what does each agency offer?",
            "What do the child and the parents think of this, and who disagrees?",
        ],
        Meeting::CinMeeting => &[
            "What does each child need, and has it changed since the last meeting?",
            "Does the plan help? What is the evidence, and whose is it?",
            "Should the plan go on, change, end, or is more protection needed?",
            "Who does what by when, and what do the child and the parents want?",
        ],
        Meeting::TeamAroundFamily => &[
            "What does the family say that they need, and what is going well?",
            "What should change for each child, and how will we see it?",
            "Who helps with what, by when, and who is the lead practitioner?",
            "Is help on this level still enough?",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

fn to_know(pack: &Pack<'_>) -> Vec<String> {
    let mut lines: Vec<String> = new_lines(pack).into_iter().collect();
    lines.extend(bars::leaning(pack));
    let groups = flags::groups(pack);
    for group in &groups {
        if group.strength == 3 || READ_OUT.contains(&group.code) {
            let (said, question) = group.said(pack);
            let question = question.map_or_else(String::new, |question| format!(" {question}"));
            lines.push(format!("F{}: {}{question}", group.number, said.join(" ")));
        }
    }
    lines.extend(disputed::in_short(pack));
    lines.extend(not_relied_on(pack));
    lines.extend(invited::silent(pack));
    lines
}

/// What came since the last meeting, where that was asked for.
fn new_lines(pack: &Pack<'_>) -> Option<String> {
    let since = pack.request.since?;
    let facts = &pack.view.picture.timeline.facts;
    let printed = pack.printed();
    let mut of_agency: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in printed.iter().filter_map(|&at| facts.get(at)) {
        *of_agency
            .entry(pack.agency(&fact.first_agency))
            .or_default() += 1;
    }
    let told = of_agency
        .iter()
        .map(|(agency, count)| format!("{agency} {count}"));
    let told: Vec<String> = told.collect();
    let undated = printed.iter().filter_map(|&at| facts.get(at));
    let undated = undated.filter(|fact| !fact.when.is_known() && pack.came_in(fact).is_none());
    let undated = match undated.count() {
        0 => String::new(),
        1 => " 1 of them has no date and may be older.".to_owned(),
        some => format!(" {some} of them have no date and may be older."),
    };
    let worries = printed.iter().copied().filter(|&at| {
        let is_concern = |fact: &Fact| fact.polarity.is(Polarity::Concern);
        facts.get(at).is_some_and(is_concern)
    });
    let worries: Vec<usize> = worries.collect();
    Some(if printed.is_empty() {
        format!(
            "Nothing that may be shown here happened or came in since {}.",
            day(since)
        )
    } else {
        format!(
            "New since {}: {} ({}); of concern: {}.{undated}",
            day(since),
            count(printed.len(), "fact", "facts"),
            told.join(", "),
            match pack.index.lines(&worries) {
                none if none.is_empty() => "none".to_owned(),
                lines => lines,
            }
        )
    })
}

/// Worries of the highest significance on which no conclusion rests.
fn not_relied_on(pack: &Pack<'_>) -> Option<String> {
    let facts = &pack.view.picture.timeline.facts;
    if pack.view.picture.reliance.conclusions.is_empty() {
        return None;
    }
    let left = |fact: &Fact| {
        fact.significance.is_some_and(|level| level >= 3)
            && fact.cited_by.is_empty()
            && fact.polarity.is(Polarity::Concern)
    };
    let printed = pack.printed().into_iter();
    let left: Vec<usize> = printed
        .filter(|&at| facts.get(at).is_some_and(left))
        .collect();
    let agencies: BTreeSet<&str> = left
        .iter()
        .filter_map(|&at| facts.get(at))
        .map(|fact| pack.agency(&fact.first_agency))
        .collect();
    let agencies: Vec<&str> = agencies.into_iter().collect();
    (!left.is_empty()).then(|| {
        format!(
            "{} leaves out {} of the highest significance, told by {} ({}).",
            match pack.request.since {
                Some(_) => "Of what is new the draft",
                None => "The draft",
            },
            count(left.len(), "concern", "concerns"),
            join(&agencies),
            pack.index.lines(&left)
        )
    })
}
