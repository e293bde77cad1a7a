//! The copy for the family: in plain words, strengths first, each line with who said it, and room for their own view.
//!
//! It is made of what they may see and of nothing else: no counts, no agencies of what is held back, no hashes, no numbers
//! of rows or entries, no date that could come from something hidden. One fixed sentence says that there may be more.

use super::document::{Block, Document, Grid, Section};
use super::words::when;
use super::{Pack, chronology, cover, family};
use crate::model::fact::Fact;
use crate::model::words::{Kind, Polarity};
use crate::picture::genogram::Genogram;
use crate::report::view::FAMILY_SENTENCE;

/// The copy.
pub fn document(pack: &Pack<'_>) -> Document {
    let sections = vec![
        about(pack),
        told(pack, ("working-well", "What is going well"), |fact| {
            fact.polarity.is(Polarity::Strength) && !is_decision(fact)
        }),
        told(pack, ("worries", "What people are worried about"), |fact| {
            fact.polarity.is(Polarity::Concern) && !is_decision(fact)
        }),
        told(pack, ("other", "What else has been said"), |fact| {
            let is_either =
                fact.polarity.is(Polarity::Strength) || fact.polarity.is(Polarity::Concern);
            !is_either && !is_decision(fact)
        }),
        decided(pack),
        members(pack),
        own_view(),
        next(),
    ];
    Document {
        title: format!("{}: your copy", pack.request.meeting.title()),
        notice: "This is about your family. Please keep it safe, and tell us what is wrong or missing and what you see differently.".to_owned(),
        sections,
        ..Document::default()
    }
}

fn about(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("about", "What this is");
    section.say("People from different services have written things down about your family. Here is what they told each other and may share with you, in the words in which it was written down, with who said it and when.");
    section.blocks.push(Block::Terms(vec![
        ("Children".to_owned(), cover::children(pack)),
        ("The time it covers".to_owned(), cover::period(pack)),
    ]));
    section.say(FAMILY_SENTENCE);
    section.say("You can bring somebody to the meeting, ask for anything here to be explained, and say that something is not right. What you say is written down beside it. You can also ask each service for a copy of what it holds about you.");
    section
}

fn is_decision(fact: &Fact) -> bool {
    fact.kind.is(Kind::Decision)
}

fn decided(pack: &Pack<'_>) -> Section {
    let mut section = told(
        pack,
        ("decided", "What has been decided, and why"),
        is_decision,
    );
    section.say("Where no reason is given here, you can ask for it. If you do not agree, please say so: your view is written down too.");
    section
}

fn told(
    pack: &Pack<'_>,
    (id, heading): (&'static str, &str),
    wanted: fn(&Fact) -> bool,
) -> Section {
    let mut section = Section::new(id, heading);
    let facts = &pack.view.picture.timeline.facts;
    let mut table = Grid::new(
        "telling",
        "Who said what, and when.",
        &[
            "When",
            "What was written down",
            "Who said it",
            "What you think",
        ],
    );
    // sorted by what is printed: an order by anything else could tell of something that is not
    let mut rows: Vec<(bool, String, Vec<String>)> = pack
        .printed()
        .into_iter()
        .filter_map(|at| facts.get(at))
        .filter(|fact| wanted(fact))
        .map(|fact| {
            (
                !fact.when.is_known(),
                fact.when.date_cell(),
                row(pack, fact),
            )
        })
        .collect();
    rows.sort();
    table.rows = rows.into_iter().map(|(.., row)| row).collect();
    if table.rows.is_empty() {
        section.say("Nothing is written down here yet. What would you like to add?");
        section.blocks.push(Block::Lines(2));
    } else {
        section.table(table);
    }
    section
}

fn row(pack: &Pack<'_>, fact: &Fact) -> Vec<String> {
    let entries = chronology::entries(pack, fact);
    let mut what = vec![chronology::first(&entries, |entry| &entry.text).to_owned()];
    let about = chronology::about(pack, fact);
    if !about.is_empty() {
        what.push(format!("About {about}."));
    }
    for (name, text) in [
        (
            "What was done or planned",
            chronology::first(&entries, |entry| &entry.action),
        ),
        (
            "What came of it",
            chronology::first(&entries, |entry| &entry.outcome),
        ),
        (
            "What your child said",
            chronology::first(&entries, |entry| &entry.child_view),
        ),
        (
            "What your family said",
            chronology::first(&entries, |entry| &entry.family_view),
        ),
    ] {
        if !text.is_empty() {
            what.push(format!("{name}: {text}"));
        }
    }
    vec![
        when(&fact.when),
        what.join("\n"),
        pack.agency(&fact.first_agency).to_owned(),
        String::new(),
    ]
}

fn members(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("family", "Who is in your family");
    let family = family::of(pack);
    if family.members.is_empty() {
        section.say("Nobody has written this down here. Who should be on this page?");
        section.blocks.push(Block::Lines(3));
        return section;
    }
    section.say("This is who the services have written down. Please say who is missing, and who matters to your children.");
    let drawn = Genogram::of(&family);
    let mut table = Grid::new(
        "family",
        "Who is named, as the services have it.",
        &["Name", "Who"],
    );
    let mut rows: Vec<Vec<String>> = family
        .list(Some(&drawn))
        .into_iter()
        .map(|said| vec![said.name, said.who])
        .collect();
    rows.sort();
    table.rows = rows;
    section.table(table);
    section.blocks.push(Block::Lines(2));
    section
}

fn own_view() -> Section {
    let mut section = Section::new("view", "Your own view");
    for heading in [
        "What is going well for your children",
        "What worries you",
        "What is wrong or missing on these pages",
        "What would help, and from whom",
        "What your children would say",
    ] {
        section.head(heading);
        section.blocks.push(Block::Lines(3));
    }
    section
}

fn next() -> Section {
    let mut section = Section::new("next", "What happens next");
    section.say("Filled in with you at the meeting.");
    let mut table = Grid::new(
        "plan",
        "What was agreed.",
        &[
            "What",
            "Who does it",
            "By when",
            "How we will know that it helped",
        ],
    );
    table.rows = vec![vec![String::new(); 4]; 6];
    table.is_blank = true;
    section.table(table);
    section
}
