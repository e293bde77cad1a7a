//! Draws the knock-out: agencies that are on or off, and how each conclusion stands without them.

use ratatui::text::{Line, Span};

use super::page::Page;
use super::{Scene, reliance};
use crate::model::id::ConclusionId;
use crate::tui::drawn::knock::{Stand, letter, stand};
use crate::tui::text;

/// An agency with its letter.
pub fn switch_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(id) = scene.index.drawn.switches.get(at) else {
        return Line::default();
    };
    let is_off = scene.model.forms.off.contains(id);
    let letter = letter(at).map_or(' ', |letter| letter);
    let (state, style) = if is_off {
        ("OFF", scene.theme.flag(2))
    } else {
        ("on ", scene.theme.plain())
    };
    let alone = alone(scene, at);
    let words = match alone {
        0 => "no conclusion rests on it alone".to_owned(),
        1 => "1 conclusion rests on it alone".to_owned(),
        count => format!("{count} conclusions rest on it alone"),
    };
    let room = (scene.width / 3).clamp(14, 30);
    Line::from(vec![
        Span::styled(format!("  {letter} "), scene.theme.key()),
        Span::styled(format!("[{state}] "), style),
        Span::styled(
            format!(
                "{} ",
                text::pad(scene.picture.supplied.agency_name(id), room)
            ),
            scene.theme.bar(),
        ),
        Span::raw(text::fit(&words, scene.width.saturating_sub(room + 11))),
    ])
}

fn alone(scene: Scene<'_>, at: usize) -> usize {
    let id = scene.index.drawn.switches.get(at);
    let counts = &scene.picture.reliance.knock_out.unsupported;
    id.and_then(|id| counts.get(id)).copied().unwrap_or(0)
}

/// A conclusion: whether it stands.
pub fn conclusion_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(conclusion) = scene.picture.reliance.conclusions.get(at) else {
        return Line::default();
    };
    let stand = stand(conclusion, &scene.model.forms.off);
    let style = match stand {
        Stand::Stands => scene.theme.good(),
        Stand::Weaker | Stand::NoOrigin => scene.theme.flag(1),
        Stand::Falls => scene.theme.flag(3),
    };
    let all = conclusion.origins.len();
    let gone = conclusion.origins.iter();
    let gone = gone
        .filter(|id| scene.model.forms.off.contains(*id))
        .count();
    let counts = format!("{} of {all} origins ", all - gone);
    let lead = format!("  {} ", text::pad(stand.phrase(), 9));
    let id = text::pad(conclusion.id.as_str(), 8);
    let room = scene.width.saturating_sub(12 + 9 + counts.len());
    Line::from(vec![
        Span::styled(lead, style),
        Span::styled(format!("{id} "), scene.theme.bar()),
        Span::raw(counts),
        Span::raw(text::fit(&conclusion.text, room)),
    ])
}

/// A doubtful link: what falls with it.
pub fn link_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let words = scene.index.drawn.links.get(at);
    let words = words.map_or("", |link| &link.sentence);
    Line::from(format!(
        "  {}",
        text::fit(words, scene.width.saturating_sub(2))
    ))
}

/// What rests on an agency.
pub fn switch(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (picture, Some(id)) = (scene.picture, scene.index.drawn.switches.get(at)) else {
        return;
    };
    page.styled(picture.supplied.agency_name(id), scene.theme.heading());
    page.text(&summary(scene));
    let rest: Vec<(&ConclusionId, Stand, bool)> = picture
        .reliance
        .conclusions
        .iter()
        .filter(|conclusion| conclusion.origins.contains(id))
        .map(|one| {
            (
                &one.id,
                stand(one, &scene.model.forms.off),
                one.origins.len() == 1,
            )
        })
        .collect();
    page.heading(&format!("Conclusions that rest on it ({})", rest.len()));
    for (id, stand, is_alone) in rest {
        let alone = if is_alone { ", on it alone" } else { "" };
        page.item("-", &format!("{id}: {}{alone}", stand.phrase()));
    }
}

/// What falls without the agencies that are off.
fn summary(scene: Scene<'_>) -> String {
    let forms = &scene.model.forms;
    if forms.off.is_empty() {
        return format!(
            "All agencies are on: {} conclusions. Space or a capital letter switches one off.",
            forms.fall.all
        );
    }
    let names = forms.off.iter();
    let names: Vec<&str> = names
        .map(|id| scene.picture.supplied.agency_name(id))
        .collect();
    format!(
        "Without {}, {} of {} conclusions fall and {} have less to rest on.",
        names.join(", "),
        forms.fall.fallen,
        forms.fall.all,
        forms.fall.weaker
    )
}

/// A conclusion, with the origins that are on and off.
pub fn conclusion(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(conclusion) = scene.picture.reliance.conclusions.get(at) else {
        return;
    };
    page.field(
        "without them",
        stand(conclusion, &scene.model.forms.off).phrase(),
    );
    for id in &conclusion.origins {
        let state = if scene.model.forms.off.contains(id) {
            "OFF"
        } else {
            "on"
        };
        page.field(scene.picture.supplied.agency_name(id), state);
    }
    page.gap();
    reliance::conclusion(scene, at, page);
}

/// A doubtful link in full.
pub fn link(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(link) = scene.index.drawn.links.get(at) else {
        return;
    };
    page.text(&link.sentence);
    page.field("now", link.outcome.phrase());
    page.field("probability", &format!("{:.2}", link.probability));
    let ids = |ids: &[ConclusionId]| {
        let ids: Vec<&str> = ids.iter().map(ConclusionId::as_str).collect();
        ids.join(", ")
    };
    page.field("would fall", &ids(&link.fall));
    page.field("weaker", &ids(&link.weaker));
    reliance::list(scene, "Facts that hang on it", &link.facts, page);
}
