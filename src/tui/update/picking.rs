//! What follows from a choice of a recipient, a purpose, an agency, a meeting.

use super::viewing;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::pick::{Chosen, Pick, Picking};
use crate::tui::viewing::ViewAs;

/// The position of the last of what is offered.
pub fn last(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Pick(pick)) => pick.offers(model).len().saturating_sub(1),
        _ => 0,
    }
}

/// Opens a choice.
pub fn open(model: &mut Model, of: Picking) {
    model.overlay = Some(Overlay::Pick(Pick::new(of)));
}

/// Does what was chosen.
pub fn accept(model: &mut Model, pick: &Pick) -> Vec<Effect> {
    let Some(offer) = pick.offers(model).into_iter().nth(pick.at) else {
        model.overlay = Some(Overlay::Pick(pick.clone()));
        "Nothing that is offered has these words. Esc leaves.".clone_into(&mut model.status);
        return Vec::new();
    };
    match (&pick.of, offer.chosen) {
        (Picking::ViewAs, Chosen::Recipient(None)) => return viewing::set(model, None),
        (Picking::ViewAs, Chosen::Recipient(Some(recipient))) => {
            open(model, Picking::ViewFor(recipient));
        }
        (Picking::ViewFor(recipient), Chosen::Purpose(purpose)) => {
            let recipient = recipient.clone();
            return viewing::set(model, Some(ViewAs { recipient, purpose }));
        }
        _ => {}
    }
    Vec::new()
}
