//! The rows of the pack: for which meeting and whom, what it holds and holds back, its sections.

use std::sync::Arc;

use super::heading;
use crate::tui::action::View;
use crate::tui::index::{Opens, Row};
use crate::tui::model::Model;
use crate::tui::pack::{Ask, Outline};
use crate::tui::viewing;

/// Lays the rows out.
pub fn rows(model: &Model) -> Arc<Vec<Row>> {
    let room = &model.pack;
    let mut rows = Vec::new();
    if let (Some(ask), Some((picture, _))) = (&room.ask, &model.picture) {
        let name = ask.name(picture);
        rows.push(Row::Heading(format!("{} for {name}", ask.meeting.title())));
        let purpose = viewing::purpose(ask.purpose);
        rows.push(Row::Text(format!(
            "Purpose: {purpose}. m: another meeting. w: for whom. p: for what. s: write it to a file."
        )));
        if !room.said.is_empty() {
            rows.push(Row::Text(room.said.clone()));
        }
        match &room.outline {
            Some(outline) => laid_out(ask, outline, &mut rows),
            None if room.job.is_some() || !room.is_settled => {
                rows.push(Row::Text(
                    "The pack is being laid out … Esc stops.".to_owned(),
                ));
            }
            None => rows.push(Row::Text("The pack is not laid out.".to_owned())),
        }
    } else if model.picture.is_some() {
        let words = "There is nobody yet to make a pack for: no agency has supplied anything.";
        rows.push(Row::Text(words.to_owned()));
    }
    Arc::new(rows)
}

fn laid_out(ask: &Ask, outline: &Outline, rows: &mut Vec<Row>) {
    let say = |count: usize, one: &str, more: &str| {
        Row::Text(format!("{count} {}", if count == 1 { one } else { more }))
    };
    rows.push(heading("What it holds and holds back"));
    rows.push(say(outline.shown, "fact is shown", "facts are shown"));
    if ask.is_family() {
        let words = "What is held back from the family is counted nowhere, since counts tell.";
        rows.push(Row::Text(words.to_owned()));
    } else {
        if outline.held_back.is_empty() {
            rows.push(Row::Text("No fact is held back.".to_owned()));
        }
        for (reason, count) in &outline.held_back {
            rows.push(Row::Text(format!("{count} held back ({reason})")));
        }
        rows.push(say(
            outline.unconfirmed,
            "person rests on links that nobody confirmed",
            "persons rest on links that nobody confirmed",
        ));
        if outline.blocking.is_empty() {
            rows.push(Row::Text("No flag of strength 3 is open.".to_owned()));
        } else {
            rows.push(Row::Figure {
                label: "flags of strength 3 stand against a safe pack: Enter shows them".to_owned(),
                value: outline.blocking.len().to_string(),
                opens: Opens::View(View::Flags),
            });
        }
    }
    rows.push(Row::Heading(format!(
        "Its sections ({}): Enter reads one",
        outline.sections.len()
    )));
    rows.extend((0..outline.sections.len()).map(Row::Section));
}
