//! What is filled in at the meeting.

use super::document::{Block, Grid, Section};

/// The decisions and actions, blank.
pub fn section() -> Section {
    let mut section = Section::new("actions", "Decisions and actions");
    section.say("Filled in at the meeting.");
    let mut decisions = Grid::new(
        "decisions",
        "Decisions, with the reason and who disagrees.",
        &["Decision", "Reason", "Rests on", "Who disagrees"],
    );
    decisions.rows = vec![vec![String::new(); 4]; 3];
    decisions.is_blank = true;
    section.table(decisions);
    let mut actions = Grid::new(
        "actions",
        "Actions.",
        &[
            "Action",
            "Who",
            "By when",
            "What the family is told, by whom",
            "Done",
        ],
    );
    actions.rows = vec![vec![String::new(); 5]; 6];
    actions.is_blank = true;
    section.table(actions);
    section.head("What the child wants to happen, in their own words");
    section.blocks.push(Block::Lines(3));
    section.head("Next meeting, and who sends this record to those who were not there");
    section.blocks.push(Block::Lines(2));
    section
}
