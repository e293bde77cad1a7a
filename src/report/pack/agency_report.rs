//! A written report of one agency, for a meeting that it cannot attend: what it wrote itself, ready to be completed by hand.

use super::document::{Block, Document, Grid, Section};
use super::words::{count, day, join, or_dash, sentence, when};
use super::{Index, Meeting, Pack, chronology, cover};
use crate::model::date::Day;
use crate::model::entry::Entry;
use crate::model::fact::Fact;
use crate::model::id::AgencyId;
use crate::model::phrase::Coded;
use crate::model::words::{Channel, Polarity, YesNo};

/// A line of the report: a fact with the agency's own entries about it. What others wrote of the same is theirs to report.
struct Line<'a> {
    fact: &'a Fact,
    entries: Vec<&'a Entry>,
    number: String,
    from: Option<&'a str>,
}

/// The report.
pub fn document(pack: &Pack<'_>, agency: &AgencyId) -> Document {
    let own = told_by(pack, agency);
    let pack = &Pack {
        index: Index::of(pack.view, &own),
        ..pack.clone()
    };
    let lines: Vec<Line<'_>> = own
        .iter()
        .filter_map(|&at| line(pack, agency, at))
        .collect();
    let sections = vec![
        about(pack, agency, &lines),
        known(pack, agency),
        involvement(pack, agency),
        list(
            &lines,
            ("working-well", "What is working well", "strengths"),
            Polarity::Strength,
        ),
        list(
            &lines,
            ("worries", "What worries us", "worries"),
            Polarity::Concern,
        ),
        views(pack, &lines),
        recorded(pack, &lines),
        to_complete(pack),
    ];
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

fn line<'a>(pack: &'a Pack<'_>, agency: &AgencyId, at: usize) -> Option<Line<'a>> {
    let fact = pack.view.picture.timeline.facts.get(at)?;
    let mut entries = chronology::entries(pack, fact);
    entries.retain(|entry| entry.id.agency() == agency);
    let number = pack
        .index
        .line(at)
        .map_or_else(String::new, |line| line.to_string());
    let is_heard = fact.first_agency != *agency;
    Some(Line {
        fact,
        entries,
        number,
        from: is_heard.then(|| pack.agency(&fact.first_agency)),
    })
}

impl Line<'_> {
    fn polarity(&self) -> &Coded<Polarity> {
        let own = self.entries.iter().map(|entry| &entry.polarity);
        let mut own = own.filter(|polarity| !polarity.is_blank());
        own.next().unwrap_or(&self.fact.polarity)
    }

    /// Its own words.
    fn words(&self) -> &str {
        chronology::first(&self.entries, |entry| &entry.text)
    }

    /// "15 Mar 2025, observation, heard from the school: ".
    fn head(&self) -> String {
        let mut kinds = self.entries.iter().map(|entry| entry.kind.text());
        let kind = kinds.find(|kind| !kind.is_empty()).unwrap_or_default();
        let mut head = vec![when(&self.fact.when)];
        if !kind.is_empty() {
            head.push(kind.to_owned());
        }
        head.extend(self.from.map(|from| format!("heard from {from}")));
        format!("{}: ", sentence(&head.join(", ")))
    }

    /// The day on which the agency itself says so of a child.
    fn day(&self, is_so: fn(&Entry) -> bool) -> Option<Day> {
        let is_said = self.entries.iter().any(|entry| is_so(entry));
        let when = &self.fact.when;
        is_said.then(|| when.start().or(when.end())).flatten()
    }
}

fn about(pack: &Pack<'_>, agency: &AgencyId, lines: &[Line<'_>]) -> Section {
    let mut section = Section::new("about", "About this report");
    let last = lines.iter().rfind(|line| line.fact.when.is_known());
    let latest = |is_so: fn(&Entry) -> bool| {
        let days = lines.iter().filter_map(|line| line.day(is_so));
        days.max().map_or_else(|| "not recorded".to_owned(), day)
    };
    let mut terms = vec![
        ("Children", cover::children(pack)),
        ("Agency", pack.agency(agency).to_owned()),
        ("Meeting", pack.request.meeting.title().to_owned()),
        ("For", pack.recipient()),
        ("Prepared as of", day(pack.view.picture.as_of)),
        ("What it holds", count(lines.len(), "line", "lines")),
        (
            "Latest line",
            last.map_or_else(|| "none dated".to_owned(), |line| when(&line.fact.when)),
        ),
        (
            "A child last seen",
            latest(|entry| {
                entry.child_seen.is(YesNo::Yes) || entry.child_seen_alone.is(YesNo::Yes)
            }),
        ),
        (
            "Seen alone",
            latest(|entry| entry.child_seen_alone.is(YesNo::Yes)),
        ),
    ];
    if let Some(since) = pack.request.since {
        terms.push(("Since", day(since)));
    }
    let terms = terms
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text));
    section.blocks.push(Block::Terms(terms.collect()));
    let own = pack.view.picture.settings.own_agency.as_ref();
    section.say(match pack.own_name().filter(|_| own != Some(agency)) {
        Some(own) => format!(
            "Drawn up by {own} from what {} sent. The agency reads it, puts right what is wrong, and completes the last part.",
            pack.agency(agency)
        ),
        None => "Drawn up from the agency\u{2019}s own records. It reads them, puts right what is wrong, and completes the last part.".to_owned(),
    });
    section
}

/// The people on the agency's own list, as it has them.
fn known(pack: &Pack<'_>, agency: &AgencyId) -> Section {
    let mut section = Section::new("family", "Whom we know");
    let mut table = Grid::new(
        "known",
        "As this agency has recorded them. Addresses are left out.",
        &["Name", "Born", "Recorded as"],
    );
    let records = pack.view.picture.supplied.records.iter().enumerate();
    let own = records.filter(|(at, record)| {
        record.described && record.id.agency() == agency && pack.view.shows_record(*at)
    });
    for (_, record) in own {
        let roles: Vec<&str> = record.roles.iter().map(Coded::text).collect();
        let born = match (record.birth.is_known(), record.expected.is_known()) {
            (false, true) => format!("expected {}", when(&record.expected)),
            _ => or_dash(&record.birth),
        };
        let name = Some(record.name()).filter(|name| !name.is_empty());
        table.rows.push(vec![
            name.unwrap_or_else(|| "(no name)".to_owned()),
            born,
            sentence(&join(&roles)),
        ]);
    }
    if table.rows.is_empty() {
        section.say("This agency sent no list of people.");
    } else {
        section.table(table);
    }
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
            let time = match (one.from.is_known(), one.to.is_known()) {
                (true, true) => format!("{} to {}", when(&one.from), when(&one.to)),
                (true, false) => format!("since {}", when(&one.from)),
                (false, true) => format!("until {}", when(&one.to)),
                (false, false) => "dates not recorded".to_owned(),
            };
            let worker = one.worker.trim();
            let worker = if worker.is_empty() {
                String::new()
            } else {
                format!(" ({worker})")
            };
            Some(format!("{name}: {time}{worker}"))
        })
        .collect();
    if lines.is_empty() {
        section.say("Since when, and with whom, is not recorded. Please add it:");
        section.blocks.push(Block::Lines(2));
    }
    section.list(lines);
    section
}

fn list(
    lines: &[Line<'_>],
    (id, heading, what): (&'static str, &str, &str),
    wanted: Polarity,
) -> Section {
    let mut section = Section::new(id, heading);
    let told = lines.iter().filter(|line| line.polarity().is(wanted));
    let told: Vec<String> = told
        .map(|line| format!("{}{} (line {})", line.head(), line.words(), line.number))
        .collect();
    if told.is_empty() {
        section.say(format!(
            "No line is marked so. Are there {what} that nobody wrote down?"
        ));
        section.blocks.push(Block::Lines(2));
    }
    section.list(told);
    section
}

fn views(pack: &Pack<'_>, lines: &[Line<'_>]) -> Section {
    let mut section = Section::new("view", "What the child and the family say");
    let mut said = Vec::new();
    for line in lines {
        let child = chronology::first(&line.entries, |entry| &entry.child_view);
        let family = chronology::first(&line.entries, |entry| &entry.family_view);
        let is_child = line
            .entries
            .iter()
            .any(|entry| entry.channel.is(Channel::Child));
        let spoke = if is_child && child.is_empty() {
            chronology::first(&line.entries, |entry| &entry.text)
        } else {
            child
        };
        let about = chronology::about(pack, line.fact);
        let about = if about.is_empty() {
            String::new()
        } else {
            format!(" ({about})")
        };
        for (who, text) in [("child", spoke), ("family", family)] {
            if !text.is_empty() {
                let when = when(&line.fact.when);
                said.push(format!("{when}, {who}{about}: {text}"));
            }
        }
    }
    if said.is_empty() {
        section.say("Nobody\u{2019}s words are recorded. Who has asked the child?");
        section.blocks.push(Block::Lines(2));
    }
    section.list(said);
    section
}

/// The agency's own lines, with its own numbers in place of a list of sources.
fn recorded(pack: &Pack<'_>, lines: &[Line<'_>]) -> Section {
    let mut section = Section::new("chronology", "What this agency has recorded");
    let mut table = Grid::new(
        "chronology",
        "The agency\u{2019}s own lines, in order of date.",
        &["Line", "When", "What", "Its number", "Basis"],
    );
    for line in lines {
        let ids = line.entries.iter().map(|entry| entry.id.local());
        let ids: Vec<&str> = ids.filter(|id| !id.starts_with('~')).collect();
        let mut source = vec![ids.join(", ")];
        source.extend(line.from.map(|from| format!("heard from {from}")));
        source.retain(|part| !part.is_empty());
        table.rows.push(vec![
            line.number.clone(),
            chronology::date(pack, line.fact),
            chronology::what(pack, line.fact, &line.entries),
            source.join("\n"),
            chronology::basis(pack, line.fact),
        ]);
    }
    if table.rows.is_empty() {
        section.say("Nothing that may be shown lies in this period.");
    } else {
        section.table(table);
    }
    section
}

fn to_complete(pack: &Pack<'_>) -> Section {
    let mut next = Section::new("next", "To be completed by the agency");
    let view = match pack.request.meeting {
        Meeting::StrategyDiscussion => {
            "Is there reason to suspect that a child suffers significant harm? Our view, and why"
        }
        Meeting::Conference => {
            "Is a child at continuing risk of significant harm? Our view of each child, and why"
        }
        Meeting::CinMeeting => "Does the plan help? Our view, and why",
        Meeting::TeamAroundFamily => "What would help most? Our view, and why",
    };
    for heading in [
        "What has happened before, and what may happen if nothing changes",
        view,
        "What we think needs to happen",
        "What we can offer, and by when",
        "What the child and the family were told of this report, by whom and when; if not, why not",
        "Name, role, date, and who will speak for this agency at the meeting",
    ] {
        next.head(heading);
        next.blocks.push(Block::Lines(3));
    }
    next
}
