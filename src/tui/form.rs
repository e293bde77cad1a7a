//! The forms of a view: other ways to see the same. Every view has its list; some are drawn as well.

use super::action::View;

/// A way to see a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Form {
    /// Rows, one under the other.
    #[default]
    List,
    /// The timeline as swim lanes: an agency a lane, time across.
    Lanes,
    /// The family picture.
    Family,
    /// The agencies round the child.
    Ring,
    /// Agencies switched off, and what falls.
    KnockOut,
    /// Agency by month: what is there, and what is not.
    Silence,
    /// Who says what of an address, a school, a partner, over time.
    Slots,
}

impl Form {
    /// The forms of a view, in the order in which the key goes through them.
    pub fn of(view: View) -> &'static [Self] {
        match view {
            View::People => &[Self::List, Self::Family, Self::Ring],
            View::Timeline => &[Self::List, Self::Lanes],
            View::Reliance => &[Self::List, Self::KnockOut, Self::Silence, Self::Slots],
            _ => &[Self::List],
        }
    }

    /// The view that has this form; the list belongs to every view.
    pub fn view(self) -> Option<View> {
        match self {
            Self::List => None,
            Self::Lanes => Some(View::Timeline),
            Self::Family | Self::Ring => Some(View::People),
            Self::KnockOut | Self::Silence | Self::Slots => Some(View::Reliance),
        }
    }

    /// The form after this one in a view.
    #[must_use]
    pub fn after(self, view: View) -> Self {
        let all = Self::of(view);
        let at = all.iter().position(|form| *form == self).unwrap_or(0);
        all.get((at + 1) % all.len()).copied().unwrap_or_default()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Lanes => "Swim lanes",
            Self::Family => "Family picture",
            Self::Ring => "Agency ring",
            Self::KnockOut => "Knock-out",
            Self::Silence => "Silence map",
            Self::Slots => "Disagreements",
        }
    }

    /// Whether it is a drawing that wants the whole window.
    pub fn is_drawing(self) -> bool {
        matches!(self, Self::Family | Self::Ring)
    }

    /// Whether it is a table over time, which wants more room than its detail.
    pub fn is_table(self) -> bool {
        matches!(self, Self::Lanes | Self::Silence)
    }

    /// Whether Left and Right move in it, so that they do not go to the other pane.
    pub fn has_sides(self) -> bool {
        matches!(
            self,
            Self::Lanes | Self::Family | Self::Ring | Self::Silence
        )
    }
}

/// A row of a form that no list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRow {
    /// Somebody of the family picture, by the position in its list in words.
    Member(usize),
    /// An agency of the ring.
    Spoke(usize),
    /// An agency that can be switched off.
    Switch(usize),
    /// A conclusion that stands or falls.
    Stands(usize),
    /// A doubtful link on which conclusions hang.
    Link(usize),
    /// An agency of the silence map.
    Silence(usize),
    /// A changing thing of somebody.
    Slot(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_goes_through_all_forms_of_a_view_and_comes_back() {
        for view in View::ALL {
            let all = Form::of(view);
            let mut form = Form::List;
            for other in all.iter().cycle().skip(1).take(all.len()) {
                form = form.after(view);
                assert_eq!(form, *other);
            }
            assert_eq!(form, Form::List);
            let own = all.iter().filter(|form| **form != Form::List);
            assert!(own.clone().all(|form| form.view() == Some(view)));
        }
    }
}
