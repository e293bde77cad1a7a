//! Viewing as somebody else: for whom and for what the screen shows the case, and what is drawn over it meanwhile.
//!
//! What is shown then is a picture in which nothing else is: see `report::cut`. So no list, count, search or box of the
//! screen can show what the recipient may not see.

use std::sync::Arc;

use super::decided;
use super::index::Index;
use crate::model::case::Case;
use crate::model::phrase::Phrase;
use crate::model::settings::{Recipient, Settings};
use crate::model::words::Threshold;
use crate::picture::{Picture, PictureError, Since};
use crate::report::{View, cut};

/// For whom and for what the case is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewAs {
    /// For whom.
    pub recipient: Recipient,
    /// For what.
    pub purpose: Option<Threshold>,
}

/// What a screen that is viewed as somebody says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// For whom and for what.
    pub view_as: ViewAs,
    /// The recipient's name.
    pub name: String,
    /// How many facts are held back, by reason, the most frequent first; none for the family, since counts tell.
    pub held_back: Vec<(String, usize)>,
}

impl ViewAs {
    /// Whether it is for the family.
    pub fn is_family(&self) -> bool {
        self.recipient == Recipient::Family
    }
}

/// A recipient in words.
pub fn name(recipient: &Recipient, picture: &Picture) -> String {
    match recipient {
        Recipient::Agency(id) => picture.supplied.agency_name(id).to_owned(),
        Recipient::Kind(kind) => format!("any agency of the kind {}", kind.phrase()),
        Recipient::Family => "the family".to_owned(),
    }
}

/// Whether a picture is a copy for the family: such a one names no file.
pub fn is_for_family(picture: &Picture) -> bool {
    picture.settings.recipient == Some(Recipient::Family) && picture.supplied.files.is_empty()
}

/// A purpose in words.
pub fn purpose(purpose: Option<Threshold>) -> &'static str {
    purpose.map_or("no purpose named", Phrase::phrase)
}

impl Seen {
    /// What stands over the screen, the most important first.
    pub fn sign(&self) -> String {
        let mut lead = format!("VIEW AS {}", self.name);
        if let Some(purpose) = self.view_as.purpose {
            lead = format!("{lead}, {}", purpose.phrase());
        }
        if self.view_as.is_family() {
            return format!("{lead}: what may be shared with them, and nothing else");
        }
        let all: usize = self.held_back.iter().map(|(_, count)| count).sum();
        let reasons: Vec<String> = self
            .held_back
            .iter()
            .map(|(reason, count)| format!("{count} {reason}"))
            .collect();
        match all {
            0 => format!("{lead}: no fact held back"),
            1 => format!("{lead}: 1 fact held back ({})", reasons.join(", ")),
            _ => format!("{lead}: {all} facts held back ({})", reasons.join(", ")),
        }
    }
}

/// The picture to show and what is looked up in it: the whole one, or what somebody may see of it.
///
/// # Errors
/// When the vocabulary cannot be read.
pub fn shown(
    whole: &Arc<Picture>,
    case: &Case,
    settings: &Settings,
    view_as: Option<&ViewAs>,
) -> Result<(Arc<Picture>, Arc<Index>), PictureError> {
    let Some(view_as) = view_as else {
        let mut index = Index::of(whole);
        index.decisions = Arc::new(decided::all(whole, case));
        super::rows::with_decisions(whole, &mut index);
        return Ok((Arc::clone(whole), Arc::new(index)));
    };
    let recipient = Some(view_as.recipient.clone());
    let copy = copy_for(whole, case, settings, (recipient, view_as.purpose))?;
    let held_back = cut::held_back(&View::for_recipient(&copy));
    let mut held_back: Vec<(String, usize)> = held_back.into_iter().collect();
    held_back.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let left = cut::cut(&copy);
    let mut index = Index::of(&left);
    index.seen = Some(Seen {
        view_as: view_as.clone(),
        name: name(&view_as.recipient, &left),
        held_back,
    });
    Ok((Arc::new(left), Arc::new(index)))
}

/// The picture that a copy for somebody is laid out from, as the commands compute it; `None` is all who sit at one table. One
/// for the family is computed from what they may see alone.
///
/// # Errors
/// When the vocabulary cannot be read.
pub fn copy_for(
    whole: &Picture,
    case: &Case,
    settings: &Settings,
    (recipient, purpose): (Option<Recipient>, Option<Threshold>),
) -> Result<Picture, PictureError> {
    let is_family = recipient == Some(Recipient::Family);
    let settings = Settings {
        recipient,
        purpose,
        ..settings.clone()
    };
    let copy = Picture::again(case, &settings, Some((whole, Since::Citations)))?;
    if is_family {
        return copy.of_what_is_shown(case, &settings);
    }
    Ok(copy.read_out_to(settings.recipient.as_ref()))
}
