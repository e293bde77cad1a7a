//! What follows from a choice of a recipient, a purpose, an agency, a meeting.

use super::{audit, filter, pack, persons, requests, sharing, viewing};
use crate::tui::action::Action;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::oneline::{Filling, OneLine};
use crate::tui::pick::{Chosen, Pick, Picking};
use crate::tui::viewing::ViewAs;

/// The position of the last of what is offered.
pub fn last(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Pick(pick)) => pick.offers(model).len().saturating_sub(1),
        Some(Overlay::Share(sheet)) => {
            let Some((picture, _)) = &model.picture else {
                return 0;
            };
            let flow = sheet.flow(&picture.vocabulary);
            sheet.replies(&flow).len().saturating_sub(1)
        }
        _ => 0,
    }
}

/// Does what concerns sharing: viewing as somebody, the audit, requests, share or not, the pack.
pub fn perform(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::ViewAs => viewing::choose(model),
        Action::Verify => return audit::verify(model),
        Action::Ask => requests::ask(model),
        Action::Reply => requests::reply(model),
        Action::Share => sharing::start(model),
        Action::PackMeeting => open(model, Picking::Meeting),
        Action::PackWhom => open(model, Picking::PackFor),
        Action::PackPurpose => open(model, Picking::PackPurpose),
        Action::PackWrite => pack::write(model),
        _ => {}
    }
    Vec::new()
}

/// Opens a choice.
pub fn open(model: &mut Model, of: Picking) {
    model.overlay = Some(Overlay::Pick(Pick::new(of)));
}

/// Does what a typed line becomes.
pub fn accept_form(model: &mut Model, form: OneLine) -> Vec<Effect> {
    match form.of {
        Filling::Question(asking) => requests::question(model, asking, &form.text),
        Filling::Due(asking) => requests::due(model, asking, &form.text),
        Filling::Reason(ref id, result) => {
            model.overlay = Some(Overlay::OneLine(form.clone()));
            requests::answered(model, id, result, &form.text)
        }
        Filling::PackFile => pack::to_file(model, &form.text, false),
    }
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
        (Picking::Only, Chosen::Only(only)) => return filter::only(model, only),
        (Picking::Split(person), Chosen::Record(record)) => {
            return persons::split(model, person, &record);
        }
        (Picking::Join(person), Chosen::Person(other)) => {
            return persons::join(model, person, &other);
        }
        (Picking::AskWhom(about), Chosen::Agency(agency)) => requests::whom(model, about, agency),
        (Picking::Result(id), Chosen::Result(result)) => {
            // it stays open until it is written
            model.overlay = Some(Overlay::Pick(pick.clone()));
            return requests::result(model, id, result);
        }
        (Picking::ShareWith(handing), Chosen::Recipient(Some(recipient))) => {
            sharing::with(model, handing.clone(), recipient.who().to_owned());
        }
        (Picking::Meeting, Chosen::Meeting(meeting)) => pack::meeting(model, meeting),
        (Picking::PackFor, Chosen::Recipient(whom)) => pack::whom(model, whom),
        (Picking::PackPurpose, Chosen::Purpose(purpose)) => pack::purpose(model, purpose),
        (Picking::Overwrite(path), Chosen::Yes) => {
            return pack::to_file(model, &path.display().to_string(), true);
        }
        (Picking::Overwrite(_), Chosen::No) => pack::write(model),
        (Picking::ShareWith(handing), Chosen::Typed(who)) => {
            sharing::with(model, handing.clone(), who);
        }
        (Picking::ShareFor(handing, who), Chosen::Purpose(purpose)) => {
            sharing::begin(model, handing.clone(), who.clone(), purpose);
        }
        _ => {}
    }
    Vec::new()
}
