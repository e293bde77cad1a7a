//! The keys while something lies over the view: a filter, the palette, a text, a choice, the page of keys.

use crate::tui::action::Action;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::Effect;
use crate::tui::{search, view};

use super::{adding, filter, why_not, writing};

/// Longest text that can be typed, in characters.
const LONGEST: usize = 500;

/// Takes a typed letter.
pub fn letter(model: &mut Model, letter: char) -> Vec<Effect> {
    if letter.is_control() || is_being_written(model) {
        return Vec::new();
    }
    edit(model, |text| {
        if text.chars().count() < LONGEST {
            text.push(letter);
        }
    })
}

/// Whether the text or choice that is open is being written: then it does not change, and that is said.
fn is_being_written(model: &mut Model) -> bool {
    let is_text = matches!(
        model.overlay,
        Some(
            Overlay::Text(..)
                | Overlay::Choice(_)
                | Overlay::Pick(_)
                | Overlay::OneLine(_)
                | Overlay::Share(_)
        )
    );
    if model.writing && is_text {
        super::WRITING.clone_into(&mut model.status);
    }
    model.writing && is_text
}

/// Takes pasted text, as letters and never as keys.
pub fn paste(model: &mut Model, pasted: &str) -> Vec<Effect> {
    if model.overlay.is_none() {
        "Pasted text is taken only while something is typed: / filters."
            .clone_into(&mut model.status);
        return Vec::new();
    }
    if is_being_written(model) {
        return Vec::new();
    }
    edit(model, |text| {
        let room = LONGEST.saturating_sub(text.chars().count());
        text.extend(
            pasted
                .chars()
                .map(|c| if c == '\n' { ' ' } else { c })
                .filter(|c| !c.is_control())
                .take(room),
        );
    })
}

/// Does what a key means while something lies over the view; `None` when it means the same as ever.
pub fn perform(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Accept => Some(accept(model)),
        Action::Back => Some(leave(model)),
        Action::Rubout if matches!(model.overlay, Some(Overlay::Share(_))) => {
            if let Some(Overlay::Share(sheet)) = &mut model.overlay {
                super::sharing::rub_out(sheet);
            }
            Some(Vec::new())
        }
        Action::Rubout => Some(edit(model, |text| {
            text.pop();
        })),
        Action::Clear => Some(edit(model, String::clear)),
        Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last => {
            scroll(model, action);
            Some(Vec::new())
        }
        _ => None,
    }
}

fn edit(model: &mut Model, change: impl FnOnce(&mut String)) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Palette(query, at)) => {
            change(query);
            *at = 0;
        }
        Some(Overlay::Text(_, text) | Overlay::Name(text, _)) => change(text),
        Some(Overlay::Choice(choice)) => {
            change(&mut choice.query);
            choice.at = 0;
        }
        Some(Overlay::Pick(pick)) => {
            change(&mut pick.query);
            pick.at = 0;
        }
        Some(Overlay::OneLine(form)) => change(&mut form.text),
        Some(Overlay::Share(sheet)) => {
            change(&mut sheet.typed);
            sheet.at = 0;
        }
        Some(Overlay::Search) => {
            let place = model.place_mut();
            let before = place.query.trim().to_owned();
            change(&mut place.query);
            if place.query.trim() != before {
                place.at = 0;
                place.top = 0;
                return filter::again(model, Some(&before));
            }
        }
        Some(Overlay::Adding(adding)) => {
            let Some(typed) = adding.typed_mut() else {
                return Vec::new();
            };
            change(typed);
            return adding::after_typing(model);
        }
        Some(Overlay::Help(_)) | None => {}
    }
    Vec::new()
}

fn scroll(model: &mut Model, action: Action) {
    let page = usize::from(model.size.1).saturating_sub(6).max(1);
    let help = view::help_height(model);
    let offered = match (&model.overlay, &model.picture) {
        (Some(Overlay::Choice(choice)), Some((picture, _))) => choice.offers(picture).len(),
        _ => 0,
    };
    let picked = super::picking::last(model);
    let (at, last) = match &mut model.overlay {
        Some(Overlay::Pick(pick)) => (&mut pick.at, picked),
        Some(Overlay::Share(sheet)) => (&mut sheet.at, picked),
        Some(Overlay::Help(at)) => (at, help.saturating_sub(page)),
        Some(Overlay::Palette(query, at)) => {
            let found = search::actions(query).len();
            (at, found.saturating_sub(1))
        }
        Some(Overlay::Search) => {
            model.overlay = None;
            super::moving::perform(model, action);
            model.overlay = Some(Overlay::Search);
            return;
        }
        Some(Overlay::Choice(choice)) => (&mut choice.at, offered.saturating_sub(1)),
        Some(Overlay::Text(..) | Overlay::Name(..) | Overlay::OneLine(_) | Overlay::Adding(_))
        | None => return,
    };
    *at = super::moving::target(*at, action, page, last);
}

fn leave(model: &mut Model) -> Vec<Effect> {
    let was = model.overlay.take();
    if let Some(Overlay::Share(sheet)) = was {
        super::sharing::leave(model, sheet);
        return Vec::new();
    }
    if was == Some(Overlay::Search) && !model.place().query.is_empty() {
        model.place_mut().query.clear();
        return filter::again(model, None);
    }
    Vec::new()
}

fn accept(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Palette(query, at)) => {
            let Some(binding) = search::actions(&query).get(at).copied() else {
                model.overlay = Some(Overlay::Palette(query, at));
                "No action has these words.".clone_into(&mut model.status);
                return Vec::new();
            };
            // another way to see a view is named, so that it is gone to wherever one is
            if binding.action == Action::OtherForm || why_not(model, binding.action).is_some() {
                return super::forms::reach(model, *binding);
            }
            super::perform(model, binding.action)
        }
        Some(Overlay::Name(text, then)) => {
            let name = text.trim().to_owned();
            if name.is_empty() {
                model.overlay = Some(Overlay::Name(text, then));
                "Type your name first, or leave with Esc.".clone_into(&mut model.status);
                return Vec::new();
            }
            model.by.clone_from(&name);
            let mut effects = vec![Effect::Name(name)];
            if let Some(then) = then {
                effects.extend(super::perform(model, then));
            }
            effects
        }
        Some(Overlay::Text(of, text)) => {
            model.overlay = Some(Overlay::Text(of.clone(), text.clone()));
            writing::accept_text(model, of, &text)
        }
        Some(Overlay::Pick(pick)) => super::picking::accept(model, &pick),
        Some(Overlay::OneLine(form)) => super::picking::accept_form(model, form),
        Some(Overlay::Share(sheet)) => super::sharing::accept(model, sheet),
        Some(Overlay::Choice(choice)) => {
            model.overlay = Some(Overlay::Choice(choice.clone()));
            writing::accept_choice(model, &choice)
        }
        _ => Vec::new(),
    }
}
