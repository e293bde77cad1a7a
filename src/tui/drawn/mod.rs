//! What the forms of the views are drawn from: computed once a picture and beside the drawing thread, as far as the recipient
//! viewed as may see it.

pub mod family;
pub mod knock;
pub mod ring;
pub mod rows;
pub mod seats;

use crate::model::id::AgencyId;
use crate::picture::Picture;
use crate::reliance::{LinkKnockOut, SilenceMap};
use crate::timeline::Slot;

use super::index::Index;
pub use family::FamilyPicture;
pub use knock::Fall;
pub use ring::{Ring, Spoke, Touch};

/// See the module.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawn {
    /// The family picture and its equal in words.
    pub family: FamilyPicture,
    /// The agencies round the child.
    pub ring: Ring,
    /// Agency by month.
    pub silence: SilenceMap,
    /// Who says what of changing things: open ones first, then settled ones, then those that nobody contradicts.
    pub slots: Vec<Slot>,
    /// Doubtful links on which conclusions hang.
    pub links: Vec<LinkKnockOut>,
    /// The agencies that can be switched off: origins of facts that a conclusion rests on, and all that supplied.
    pub switches: Vec<AgencyId>,
}

impl Drawn {
    /// Computes it.
    pub fn of(picture: &Picture, index: &Index) -> Self {
        let recipient = picture.settings.recipient.as_ref();
        let family = FamilyPicture::of(picture);
        let mut slots = picture.slots(recipient);
        slots.sort_by_key(|slot| rows::rank(slot.standing));
        Self {
            ring: Ring::of(picture, index, &family),
            silence: picture.silence(recipient),
            links: picture
                .doubtful_links(recipient)
                .into_iter()
                .cloned()
                .collect(),
            switches: knock::switches(picture),
            family,
            slots,
        }
    }
}

/// Where the forms stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormsPlace {
    /// How far the family picture is scrolled: columns and rows.
    pub sheet: (usize, usize),
    /// The month of the silence map on which the keys are; `None` before it was ever shown: the last one.
    pub month: Option<usize>,
    /// Agencies that are switched off.
    pub off: std::collections::BTreeSet<AgencyId>,
    /// What falls without them.
    pub fall: Fall,
}
