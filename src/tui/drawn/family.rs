//! The family picture as it is drawn on the screen, with its equal in words.

use crate::model::settings::Recipient;
use crate::picture::Picture;
use crate::picture::genogram::{
    Family, Genogram, LABEL, Placed, Said, Sight, TALL, inside, labels,
};
use crate::tui::text;

/// The family picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FamilyPicture {
    /// Who, and how they are bound; every text in it is safe to draw.
    pub family: Family,
    /// Where everybody stands.
    pub laid_out: Genogram,
    /// The drawing, a line a row.
    pub lines: Vec<String>,
    /// The same in words: the rows of the form.
    pub said: Vec<Said>,
}

impl FamilyPicture {
    /// Lays the family out as far as the recipient may see it.
    pub fn of(picture: &Picture) -> Self {
        let recipient = picture.settings.recipient.as_ref();
        let shown = picture.shown_to(recipient);
        let is_family = recipient == Some(&Recipient::Family);
        // a name is made safe before it is laid out: what stands for a hidden sign takes room
        let person = |at: usize| {
            shown.person(at).cloned().map(|mut person| {
                person.name = text::safe(&person.name);
                person
            })
        };
        let own = picture.settings.own_agency.as_ref();
        let mut family = Family::of(
            picture,
            &Sight {
                record: &|at| shown.record(at),
                person: &person,
                homes: !is_family,
                as_of: picture.as_of,
                own_agency: own.filter(|_| !is_family),
            },
        );
        for tie in &mut family.ties {
            for worded in tie.worded.iter_mut().chain(&mut tie.said_by) {
                *worded = text::safe(worded);
            }
        }
        let laid_out = Genogram::of(&family);
        Self {
            lines: laid_out.text(&family),
            said: family.list(Some(&laid_out)),
            family,
            laid_out,
        }
    }

    /// Where the member of a row stands.
    pub fn placed(&self, row: usize) -> Option<Placed> {
        self.laid_out.place_of(self.said.get(row)?.member)
    }

    /// The person of a row.
    pub fn person(&self, row: usize) -> Option<usize> {
        self.family.members.get(self.said.get(row)?.member)?.person
    }

    /// The left column, the row, the width and the height of the symbol of a row and its words.
    pub fn extent(&self, row: usize) -> Option<(i32, i32, i32, i32)> {
        let placed = self.placed(row)?;
        let member = self.family.members.get(placed.member)?;
        let words = labels(&self.family, placed.member);
        let symbol = text::columns(&inside(member)) + if member.is_index { 4 } else { 2 };
        let widest = words.iter().map(|words| text::columns(words)).max();
        let wide = widest.unwrap_or(0).max(symbol).min(LABEL + 2) as i32;
        Some((placed.x - wide / 2, placed.y, wide.max(1), TALL))
    }

    /// The row whose symbol is next to that of another, to the left, right, up or down; `None` where nobody stands there.
    pub fn beside(&self, row: usize, (across, down): (i32, i32)) -> Option<usize> {
        let from = self.placed(row)?;
        let others = (0..self.said.len()).filter_map(|other| {
            let to = self.placed(other)?;
            let (x, y) = (to.x - from.x, to.y - from.y);
            let (ahead, aside) = if across == 0 {
                (y * down, x.abs())
            } else {
                (x * across, y.abs())
            };
            // a row of the picture is worth more than its few lines
            let far = if across == 0 {
                (ahead * 8, aside)
            } else {
                (aside * 8, ahead)
            };
            (ahead > 0).then_some((far.0 + far.1, other))
        });
        others.min().map(|(_, other)| other)
    }
}
