//! Flags: what is worth checking, the facts behind it, and what would clear it.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use super::reliance::list;
use crate::model::id::AgencyId;
use crate::tui::{text, theme};

/// A flag in a list.
pub fn line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(flag) = scene.picture.flags.flags.get(at) else {
        return Line::default();
    };
    let lead = format!("  {} ", text::pad(theme::sign(flag.strength), 3));
    let explained = if flag.explained_by.is_empty() {
        ""
    } else {
        "(explained) "
    };
    let code_room = if scene.width < 70 { 18 } else { 24 };
    let room = scene.width.saturating_sub(lead.len() + code_room + 1);
    Line::from(vec![
        Span::styled(lead, scene.theme.flag(flag.strength)),
        Span::styled(
            format!("{} ", text::pad(flag.code, code_room)),
            scene.theme.bar(),
        ),
        Span::raw(text::fit(&format!("{explained}{}", flag.sentence), room)),
    ])
}

/// The flags of a kind in a list: how many they are, and the first of them in words.
pub fn kind_line(scene: Scene<'_>, first: usize, count: usize) -> Line<'static> {
    let Some(flag) = scene.picture.flags.flags.get(first) else {
        return Line::default();
    };
    let lead = format!("  {} ", text::pad(theme::sign(flag.strength), 3));
    let room = scene.width.saturating_sub(lead.len() + 29);
    Line::from(vec![
        Span::styled(lead, scene.theme.flag(flag.strength)),
        Span::styled(format!("{} ", text::pad(flag.code, 24)), scene.theme.bar()),
        Span::raw(format!("{} ", text::pad_left(&count.to_string(), 3))),
        Span::raw(text::fit(&flag.sentence, room)),
    ])
}

/// What is known of a flag.
pub fn detail(scene: Scene<'_>, at: usize, page: &mut Page) {
    let (picture, Some(flag)) = (scene.picture, scene.picture.flags.flags.get(at)) else {
        return;
    };
    page.styled(
        &format!("{} {}", theme::sign(flag.strength), flag.code),
        scene.theme.heading(),
    );
    page.text(&flag.sentence);
    page.gap();
    page.field("would clear it", &flag.would_clear);
    page.field("explained by", &flag.explained_by);
    let agencies: Vec<String> = flag
        .agencies
        .iter()
        .map(|id| picture.supplied.agency_name(&AgencyId::new(id)).to_owned())
        .collect();
    page.field("agency", &agencies.join(", "));
    page.field("group", &flag.group);
    let people: Vec<&str> = flag
        .persons
        .iter()
        .map(|person| picture.person_name(*person))
        .collect();
    page.field("about", &people.join(", "));
    page.field("value", &flag.value);
    page.field("threshold", &flag.threshold);
    let strength = match flag.strength {
        3.. => "3: blocks a safe pack",
        2 => "2: check before the meeting",
        _ => "1: note",
    };
    page.field("strength", strength);
    if !flag.facts.is_empty() {
        list(scene, "The facts behind it", &flag.facts, page);
    }
}
