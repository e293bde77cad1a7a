//! The flags: what is worth checking in the picture before the meeting.

use super::Pack;
use super::document::{Grid, Section};
use super::words::sentence;
use crate::model::id::AgencyId;
use crate::reliance::Flag;

/// The flags that may be shown.
pub fn section(pack: &Pack<'_>) -> Section {
    let mut section = Section::new("flags", "What to check in this picture");
    section.say("A flag speaks of the picture, never of a person: what it may lean on too much, or leave out.");
    let picture = pack.view.picture;
    for (strength, heading, caption) in [
        (
            3,
            "Settle before this pack is used",
            "These make the pack unsafe until they are settled.",
        ),
        (
            2,
            "Check before the meeting",
            "Worth a question before or in the meeting.",
        ),
        (1, "Notes", "Worth knowing."),
    ] {
        let flags: Vec<&Flag> = picture
            .flags
            .flags
            .iter()
            .filter(|flag| flag.strength == strength && pack.view.shows_flag(flag))
            .collect();
        if flags.is_empty() {
            continue;
        }
        section.head(heading);
        if strength == 1 {
            let line = |flag: &&Flag| {
                format!("{}: {}", sentence(&flag.code.replace('-', " ")), what(flag))
            };
            section.list(flags.iter().map(line).collect());
            continue;
        }
        let mut table = Grid::new(
            "flags",
            caption,
            &["Flag", "Agency", "What", "What would clear it"],
        );
        for flag in flags {
            table.rows.push(vec![
                flag.code.replace('-', " "),
                agencies(pack, flag),
                what(flag),
                flag.would_clear.clone(),
            ]);
        }
        section.table(table);
    }
    let unjudged = picture
        .flags
        .cannot_judge
        .iter()
        .map(|(code, why)| format!("{}: {why}", code.replace('-', " ")));
    let unjudged: Vec<String> = unjudged.collect();
    if !unjudged.is_empty() {
        section.head("What could not be judged");
        section.list(unjudged);
    }
    section
}

/// The sentence of a flag, with its explanation.
fn what(flag: &Flag) -> String {
    if flag.explained_by.is_empty() {
        flag.sentence.clone()
    } else {
        format!("{}\nExplained by {}", flag.sentence, flag.explained_by)
    }
}

/// The agencies of a flag, by name.
pub fn agencies(pack: &Pack<'_>, flag: &Flag) -> String {
    let names: Vec<String> = flag
        .agencies
        .iter()
        .map(|id| pack.agency(&AgencyId::new(id)).to_owned())
        .collect();
    names.join(", ")
}
