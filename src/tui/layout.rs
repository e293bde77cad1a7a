//! Where everything is drawn: a pure function of the terminal's size and of what there is to draw.

use ratatui::layout::Rect;

/// The smallest size at which the screen is of use.
pub const SMALLEST: (u16, u16) = (60, 15);
/// From this width on list and detail stand side by side.
const WIDE: u16 = 110;
/// From this many rows of body on list and detail are both shown, one over the other.
const TALL: u16 = 14;

/// Which pane the keys move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// What is known of the selected row.
    Detail,
}

/// What there is to draw.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says something of its own, in any combination"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Columns and rows.
    pub size: (u16, u16),
    /// Whether a line says what the list is narrowed to.
    pub has_banner: bool,
    /// Which pane the keys move; `None` in a view that is one list.
    pub detail: Option<Pane>,
    /// Whether the list has a line of column names.
    pub has_columns: bool,
    /// Whether the list is a table over time, which has two thirds of the room where the detail stands under it.
    pub is_table: bool,
    /// Whether the list is a drawing, which has the room to itself unless the window is wide.
    pub is_drawing: bool,
    /// Lines of the status, 1 to 3.
    pub status: u16,
}

/// Where things are drawn. Areas without room are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Title, dates, flags.
    pub title: Rect,
    /// The views.
    pub tabs: Rect,
    /// What the list is narrowed to.
    pub banner: Rect,
    /// Names of columns.
    pub columns: Rect,
    /// The rows of the list.
    pub list: Rect,
    /// The line between list and detail.
    pub rule: Rect,
    /// What is known of the selected row.
    pub detail: Rect,
    /// The status line.
    pub status: Rect,
    /// The keys.
    pub footer: Rect,
}

/// Lays out the screen; `None` when it is smaller than [`SMALLEST`].
pub fn areas(wanted: &Wanted) -> Option<Areas> {
    let (width, height) = wanted.size;
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return None;
    }
    let row = |y: u16| Rect::new(0, y, width, 1);
    let banner = u16::from(wanted.has_banner);
    let status = wanted.status.clamp(1, 3);
    let body = Rect::new(0, 2 + banner, width, height - 3 - status - banner);
    let mut areas = Areas {
        title: row(0),
        tabs: row(1),
        banner: if wanted.has_banner {
            row(2)
        } else {
            Rect::default()
        },
        status: Rect::new(0, height - 1 - status, width, status),
        footer: row(height - 1),
        ..Areas::default()
    };
    areas.list = body;
    if wanted.detail.is_some() {
        split(wanted, body, &mut areas);
    }
    if wanted.has_columns && areas.list.height > 1 {
        areas.columns = Rect {
            height: 1,
            ..areas.list
        };
        areas.list.y += 1;
        areas.list.height -= 1;
    }
    Some(areas)
}

fn split(wanted: &Wanted, body: Rect, areas: &mut Areas) {
    if body.width >= WIDE {
        let left = body.width * if wanted.is_drawing { 13 } else { 11 } / 20;
        areas.list = Rect {
            width: left,
            ..body
        };
        areas.rule = Rect::new(left, body.y, 1, body.height);
        areas.detail = Rect::new(left + 2, body.y, body.width - left - 2, body.height);
    } else if body.height >= TALL && !wanted.is_drawing {
        let upper = if wanted.is_table {
            body.height * 2 / 3
        } else {
            body.height / 2
        };
        areas.list = Rect {
            height: upper,
            ..body
        };
        areas.rule = Rect::new(0, body.y + upper, body.width, 1);
        areas.detail = Rect::new(0, body.y + upper + 1, body.width, body.height - upper - 1);
    } else if wanted.detail == Some(Pane::Detail) {
        areas.list = Rect::default();
        areas.detail = body;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wanted(width: u16, height: u16, bits: u8) -> Wanted {
        Wanted {
            size: (width, height),
            has_banner: bits & 1 > 0,
            detail: match bits & 6 {
                0 => None,
                2 => Some(Pane::List),
                _ => Some(Pane::Detail),
            },
            has_columns: bits & 8 > 0,
            is_drawing: bits & 16 > 0,
            is_table: bits & 32 > 0,
            status: u16::from(bits >> 6),
        }
    }

    proptest! {
        #[test]
        fn areas_lie_inside_and_do_not_overlap(width in 0u16..300, height in 0u16..100, bits in 0u8..=255) {
            let Some(a) = areas(&wanted(width, height, bits)) else {
                prop_assert!(width < 60 || height < 15);
                return Ok(());
            };
            let all = [a.title, a.tabs, a.banner, a.columns, a.list, a.rule, a.detail, a.status, a.footer];
            let whole = Rect::new(0, 0, width, height);
            for (n, one) in all.iter().enumerate() {
                prop_assert!(one.area() == 0 || whole.intersection(*one) == *one);
                for other in &all[n + 1..] {
                    prop_assert!(one.area() == 0 || other.area() == 0 || !one.intersects(*other));
                }
            }
            prop_assert!(a.list.height >= 3 || a.detail.height >= 3);
        }
    }
}
