//! Texts and choices about what is selected: the reason of a flag, a note on a fact, how much it matters, its origin, the
//! conclusion that relies on it. They stay open until what they decide is written.

use crate::case::{Draft, DraftOf};
use crate::model::decision::{About, Verdict};
use crate::model::id::EntryId;
use crate::picture::Picture;
use crate::tui::choice::{self, Choice, Choosing};
use crate::tui::index::Row;
use crate::tui::model::{Model, Overlay};
use crate::tui::msg::{Effect, Then};

use super::{decide, timeline};

/// Asks for the reason of the selected flag.
pub fn explain(model: &mut Model) {
    let (Some(Row::Flag(at)), Some((picture, _))) = (model.selected(), &model.picture) else {
        return;
    };
    if let Some(flag) = picture.flags.flags.get(at) {
        let of = DraftOf::Reason(flag.id.clone());
        model.overlay = Some(Overlay::Text(of, String::new()));
    }
}

/// Opens the note on the selected fact, with what it says so far.
pub fn note(model: &mut Model) {
    let Some((entry, picture)) = selected_entry(model) else {
        return;
    };
    let about = About::Entry(entry);
    let noted = picture.by_hand.notes.get(&about);
    let text = noted.map_or(String::new(), |(text, _)| text.clone());
    model.overlay = Some(Overlay::Text(DraftOf::Note(about), text));
}

/// Opens a choice for the selected fact.
pub fn choose(model: &mut Model, of: Choosing) {
    if let Some((entry, _)) = selected_entry(model) {
        model.overlay = Some(Overlay::Choice(Choice {
            of,
            entry,
            query: String::new(),
            at: 0,
        }));
    }
}

fn selected_entry(model: &Model) -> Option<(EntryId, &Picture)> {
    let (picture, _) = model.picture.as_ref()?;
    let fact = picture.timeline.facts.get(model.selected_fact()?)?;
    let lead = picture.supplied.entries.get(fact.lead)?;
    Some((lead.id.clone(), picture))
}

/// Opens the next text that was being typed when the case was last left. What it was about may be gone: then it is offered
/// as a note on the case, so that the words are not lost.
pub fn offer_draft(model: &mut Model) {
    let Some((picture, _)) = model.picture.clone().filter(|_| !model.drafts.is_empty()) else {
        return;
    };
    let Draft { of, text } = model.drafts.remove(0);
    let is_there = match &of {
        DraftOf::Reason(flag) => picture.flags.flags.iter().any(|one| one.id == *flag),
        DraftOf::Note(About::Entry(entry)) | DraftOf::Conclusion(entry) => {
            picture.supplied.entry(entry).is_some()
        }
        DraftOf::Note(About::Record(record)) => picture.supplied.record(record).is_some(),
        DraftOf::Note(About::Case) => true,
        DraftOf::Share(subject, _) => {
            let mut entries = subject.entries.iter();
            entries.all(|entry| picture.supplied.entry(entry).is_some())
        }
    };
    let of = match of {
        DraftOf::Share(subject, answers) if is_there => {
            return super::sharing::go_on(model, *subject, answers, text);
        }
        of => of,
    };
    let text = match &of {
        // the answers belonged to what is gone; what it was about is worth keeping
        DraftOf::Share(subject, answers) => format!(
            "Share or not with {}, half answered ({}): {}",
            subject.recipient,
            answers.join(", "),
            subject.about
        ),
        _ => text,
    };
    let (overlay, said) = match of {
        _ if !is_there => (
            Overlay::Text(DraftOf::Note(About::Case), text),
            "What this text was about is no longer there. Enter keeps it as a note on the case, Esc throws it away.",
        ),
        DraftOf::Conclusion(entry) => (
            Overlay::Choice(Choice {
                of: Choosing::Conclusion,
                entry,
                query: text,
                at: 0,
            }),
            "You were typing this when the case was last left. Esc throws it away.",
        ),
        of => (
            Overlay::Text(of, text),
            "You were typing this when the case was last left. Enter accepts it, Esc throws it away.",
        ),
    };
    model.overlay = Some(overlay);
    said.clone_into(&mut model.status);
}

/// Decides what was typed. The text stays until that is written.
pub fn accept_text(model: &mut Model, of: DraftOf, text: &str) -> Vec<Effect> {
    let typed = text.trim().to_owned();
    match of {
        DraftOf::Reason(_) if typed.is_empty() => {
            "Type a reason first, or leave with Esc.".clone_into(&mut model.status);
            Vec::new()
        }
        DraftOf::Reason(flag_id) => {
            let reason = typed.clone();
            let verdict = Verdict::FlagExplained { flag_id, reason };
            let said = "Explained. The flag stays, with the reason. u takes it back.";
            decide::and_say(vec![verdict], &typed, said.to_owned())
        }
        DraftOf::Note(about) => {
            let picture = model.picture.as_ref().map(|(picture, _)| picture);
            let before = picture.and_then(|picture| picture.by_hand.notes.get(&about));
            let before = before.map_or("", |(text, _)| text.as_str());
            if before == typed {
                model.overlay = None;
                "The note is as it was.".clone_into(&mut model.status);
                return Vec::new();
            }
            let said = if typed.is_empty() {
                "The note is taken away. u brings it back."
            } else {
                "Noted. u takes it back."
            };
            let verdict = Verdict::Noted { about, text: typed };
            decide::and_say(vec![verdict], "", said.to_owned())
        }
        // these have boxes of their own
        DraftOf::Conclusion(_) | DraftOf::Share(..) => Vec::new(),
    }
}

/// Decides what was chosen. The choice stays until that is written.
pub fn accept_choice(model: &mut Model, choice: &Choice) -> Vec<Effect> {
    let Some((picture, _)) = model.picture.clone() else {
        return Vec::new();
    };
    let Some(offer) = choice.offers(&picture).into_iter().nth(choice.at) else {
        "Nothing that is offered has these words. Esc leaves.".clone_into(&mut model.status);
        return Vec::new();
    };
    let marks = choice::fact_of(&picture, &choice.entry).map(|fact| {
        let others = fact.cited_by.len() > usize::from(offer.holds);
        (fact.id.clone(), !offer.holds || others)
    });
    let (said, marks) = match choice.of {
        Choosing::Conclusion if offer.holds => {
            (format!("No longer relied on: {}.", offer.words), marks)
        }
        Choosing::Conclusion => {
            let at = picture.supplied.entry(&choice.entry);
            let at = at.and_then(|at| picture.timeline.fact_of.get(at));
            let but = at.map_or(String::new(), |at| timeline::but_not_counted(&picture, *at));
            (format!("Relied on: {}{but}.", offer.words), marks)
        }
        _ if offer.holds => {
            model.overlay = None;
            format!("It is so already: {}.", offer.words).clone_into(&mut model.status);
            return Vec::new();
        }
        Choosing::Significance => (format!("Significance {}.", offer.words), None),
        Choosing::Origin => (format!("Origin: {}.", offer.words), None),
    };
    let then = Then {
        said: format!("{said} u takes it back."),
        marks: marks.into_iter().collect(),
    };
    decide::together(offer.verdicts, "", then)
}
