//! A written report of one agency, for a meeting that it cannot attend.

use super::document::{Block, Document, Section};
use super::words::{count, or_dash, when};
use super::{Index, Pack, chronology, cover};
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::words::{Channel, Polarity};

/// The report.
pub fn document(pack: &Pack<'_>, agency: &AgencyId) -> Document {
    let own = told_by(pack, agency);
    let pack = &Pack {
        index: Index::of(pack.view, &own),
        ..*pack
    };
    let mut sections = vec![
        about(pack, agency, &own),
        involvement(pack, agency),
        list(
            pack,
            &own,
            ("working-well", "What is working well", "strengths"),
            |fact| fact.polarity.is(Polarity::Strength),
        ),
        list(
            pack,
            &own,
            ("worries", "What worries us", "worries"),
            |fact| fact.polarity.is(Polarity::Concern),
        ),
        views(pack, &own),
    ];
    let mut chronology = Section::new("chronology", "What this agency has recorded");
    chronology.table(chronology::table(
        pack,
        &own,
        "The agency's own lines, in order of date.",
    ));
    sections.push(chronology);
    let mut next = Section::new("next", "To be completed by the agency");
    for heading in [
        "What has happened before, and what may happen if nothing changes",
        "What we think needs to happen",
        "What we can offer, and by when",
        "What the child and the family were told of this report, by whom and when; if not, why not",
        "Name, role, date, and who will speak for this agency at the meeting",
    ] {
        next.head(heading);
        next.blocks.push(Block::Lines(3));
    }
    sections.push(next);
    Document {
        title: format!(
            "{}: written report of an agency",
            pack.request.meeting.title()
        ),
        notice:
            "Confidential. For the chair of the meeting. Fact and opinion are marked on each line."
                .to_owned(),
        sections,
        ..Document::default()
    }
}

/// The facts that an agency tells.
fn told_by(pack: &Pack<'_>, agency: &AgencyId) -> Vec<usize> {
    let facts = &pack.view.picture.timeline.facts;
    let mut own = pack.printed();
    own.retain(|&at| {
        facts
            .get(at)
            .is_some_and(|fact| fact.agencies.contains(agency))
    });
    own
}

fn about(pack: &Pack<'_>, agency: &AgencyId, own: &[usize]) -> Section {
    let mut section = Section::new("about", "About this report");
    let facts = &pack.view.picture.timeline.facts;
    let last = own
        .iter()
        .filter_map(|&at| facts.get(at))
        .rfind(|fact| fact.when.is_known());
    section.blocks.push(Block::Terms(vec![
        ("Children".to_owned(), cover::children(pack)),
        ("Agency".to_owned(), pack.agency(agency).to_owned()),
        (
            "Meeting".to_owned(),
            pack.request.meeting.title().to_owned(),
        ),
        ("For".to_owned(), pack.recipient()),
        (
            "Prepared as of".to_owned(),
            super::words::day(pack.view.picture.as_of),
        ),
        (
            "Holds".to_owned(),
            count(
                own.len(),
                "line that may be shown",
                "lines that may be shown",
            ),
        ),
        (
            "Last line".to_owned(),
            last.map_or_else(|| "none dated".to_owned(), |fact| when(&fact.when)),
        ),
    ]));
    section
}

fn involvement(pack: &Pack<'_>, agency: &AgencyId) -> Section {
    let mut section = Section::new("involvement", "Our involvement");
    let supplied = &pack.view.picture.supplied;
    let lines: Vec<String> = supplied
        .involvements
        .iter()
        .filter(|one| one.involved.as_ref().unwrap_or(&one.agency) == agency)
        .filter_map(|one| {
            let record = supplied
                .record(&one.record)
                .filter(|&at| pack.view.shows_record(at))?;
            let name = supplied.records.get(record)?.name();
            let worker = if one.worker.trim().is_empty() {
                String::new()
            } else {
                format!(" ({})", one.worker.trim())
            };
            Some(format!(
                "{name}: from {} to {}{worker}",
                or_dash(&one.from),
                if one.to.is_known() {
                    when(&one.to)
                } else {
                    "now, as far as is known".to_owned()
                }
            ))
        })
        .collect();
    if lines.is_empty() {
        section.say("No involvement is recorded with dates.");
    }
    section.list(lines);
    section
}

fn list(
    pack: &Pack<'_>,
    own: &[usize],
    (id, heading, what): (&'static str, &str, &str),
    wanted: fn(&Fact) -> bool,
) -> Section {
    let mut section = Section::new(id, heading);
    let facts = &pack.view.picture.timeline.facts;
    let lines: Vec<String> = own
        .iter()
        .filter_map(|&at| facts.get(at))
        .filter(|fact| wanted(fact))
        .map(|fact| {
            format!(
                "{}: {}",
                when(&fact.when),
                chronology::first(&chronology::entries(pack, fact), |entry| &entry.text)
            )
        })
        .collect();
    if lines.is_empty() {
        section.say(format!(
            "No line is marked so. Are there {what} that nobody wrote down?"
        ));
    }
    section.list(lines);
    section
}

fn views(pack: &Pack<'_>, own: &[usize]) -> Section {
    let mut section = Section::new("view", "What the child and the family say");
    let facts = &pack.view.picture.timeline.facts;
    let mut lines = Vec::new();
    for fact in own.iter().filter_map(|&at| facts.get(at)) {
        let entries = chronology::entries(pack, fact);
        let child = chronology::first(&entries, |entry| &entry.child_view);
        let family = chronology::first(&entries, |entry| &entry.family_view);
        let spoke = if fact.channel.is(Channel::Child) && child.is_empty() {
            chronology::first(&entries, |entry| &entry.text)
        } else {
            child
        };
        if !spoke.is_empty() {
            lines.push(format!("{}, child: {spoke}", when(&fact.when)));
        }
        if !family.is_empty() {
            lines.push(format!("{}, family: {family}", when(&fact.when)));
        }
    }
    if lines.is_empty() {
        section.say("Nobody's words are recorded. Who has asked the child?");
    }
    section.list(lines);
    section
}
