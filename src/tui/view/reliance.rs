//! Reliance: what is available beside what is relied on, and what conclusions rest on.

use ratatui::text::{Line, Span};

use super::Scene;
use super::page::Page;
use crate::model::id::AgencyId;
use crate::picture::Picture;
use crate::reliance::{GroupMeasure, Grouping, SideVerdict};
use crate::tui::text;

/// Facts listed under a conclusion before it is said how many more there are.
const FACTS: usize = 200;

/// The name of a group to show.
pub fn group_name(picture: &Picture, at: usize) -> String {
    let Some(group) = picture.reliance.groups.get(at) else {
        return String::new();
    };
    match (group.grouping, group.group.as_str()) {
        (Grouping::Agency, "unknown") => "origin unknown".to_owned(),
        (Grouping::Agency, id) => picture.supplied.agency_name(&AgencyId::new(id)).to_owned(),
        (_, name) => name.replace('-', " "),
    }
}

/// A group in the list: both shares as bars, with the counts they are made of.
pub fn group_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(group) = scene.picture.reliance.groups.get(at) else {
        return Line::default();
    };
    let reliance = &scene.picture.reliance;
    let name_room = if scene.width < 70 { 14 } else { 20 };
    let words = verdict(group);
    let bar_room = (scene.width.saturating_sub(name_room + 3 + 16 + 11) / 2).clamp(4, 24);
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            0.0
        } else {
            part as f64 / whole as f64
        }
    };
    let (there, cited) = (
        share(group.available, reliance.facts),
        share(group.cited, reliance.cited),
    );
    let style = if matches!(words, "over" | "under") {
        scene.theme.flag(2)
    } else {
        scene.theme.plain()
    };
    Line::from(vec![
        Span::styled(
            format!(
                "  {} ",
                text::pad(&group_name(scene.picture, at), name_room)
            ),
            scene.theme.bar(),
        ),
        Span::styled(format!("{:>4} ", group.available), scene.theme.plain()),
        Span::styled(bar(there, bar_room, "█"), scene.theme.available()),
        Span::styled(format!(" {:>4} ", group.cited), scene.theme.plain()),
        Span::styled(bar(cited, bar_room, "▒"), scene.theme.good()),
        Span::styled(format!(" {words}"), style),
    ])
}

fn bar(share: f64, room: usize, sign: &str) -> String {
    let length = ((share * room as f64).round() as usize).min(room);
    // a share above nothing is never drawn as nothing
    let length = if share > 0.0 { length.max(1) } else { 0 };
    format!("{}{}", sign.repeat(length), " ".repeat(room - length))
}

fn verdict(group: &GroupMeasure) -> &'static str {
    match (group.verdict_under, group.verdict_over) {
        (SideVerdict::Flag, _) => "under",
        (_, SideVerdict::Flag) => "over",
        (SideVerdict::Look, _) => "under?",
        (_, SideVerdict::Look) => "over?",
        (SideVerdict::TooFew, SideVerdict::TooFew) => "too few",
        _ => "",
    }
}

/// The sentence of a group and the numbers behind it.
pub fn group(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(group) = scene.picture.reliance.groups.get(at) else {
        return;
    };
    let reliance = &scene.picture.reliance;
    page.styled(&group_name(scene.picture, at), scene.theme.heading());
    page.text(&group.sentence);
    if group.verdict_under == SideVerdict::TooFew && group.verdict_over == SideVerdict::TooFew {
        page.text("Too few facts to judge. That does not mean that all is well: Enter lists them.");
    }
    page.gap();
    page.field("available", &of(group.available, reliance.facts));
    page.field("relied on", &of(group.cited, reliance.cited));
    if let Some(expected) = group.expected {
        page.field(
            "expected",
            &format!("{expected:.1}, had facts been chosen without looking at their source"),
        );
    }
    if let Some((uptake, low, high)) = group.uptake {
        page.field(
            "uptake",
            &format!(
                "{:.0}% (95% interval {:.0}% to {:.0}%)",
                uptake * 100.0,
                low * 100.0,
                high * 100.0
            ),
        );
    }
    if let Some(ratio) = group.ratio {
        page.field("reliance ratio", &format!("{ratio:.2}"));
    }
    if let (Some((under, over)), Some((under_all, over_all))) = (group.p, group.p_adjusted) {
        page.field(
            "as few by chance",
            &format!(
                "{} ({} over all groups)",
                percent(under),
                percent(under_all)
            ),
        );
        page.field(
            "as many",
            &format!("{} ({} over all groups)", percent(over), percent(over_all)),
        );
    }
    knock_out(scene, group, page);
}

fn of(part: usize, whole: usize) -> String {
    if whole == 0 {
        return format!("{part} of 0 facts");
    }
    format!(
        "{part} of {whole} facts ({:.0}%)",
        part as f64 / whole as f64 * 100.0
    )
}

fn percent(p: f64) -> String {
    if p < 0.001 {
        "less than 0.1%".to_owned()
    } else {
        format!("{:.1}%", p * 100.0)
    }
}

/// What would be left without this agency.
fn knock_out(scene: Scene<'_>, group: &GroupMeasure, page: &mut Page) {
    let knock_out = &scene.picture.reliance.knock_out;
    if group.grouping != Grouping::Agency || knock_out.conclusions == 0 {
        return;
    }
    let Some(fall) = knock_out.unsupported.get(&AgencyId::new(&group.group)) else {
        return;
    };
    page.field(
        "without it",
        &format!(
            "{fall} of {} conclusions would rest on nothing",
            knock_out.conclusions
        ),
    );
}

/// A statement that needs no statistics.
pub fn statement(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some((words, facts)) = scene.picture.reliance.statements.get(at) else {
        return;
    };
    page.text(words);
    list(scene, "The facts behind it", facts, page);
}

/// A conclusion in the list.
pub fn conclusion_line(scene: Scene<'_>, at: usize) -> Line<'static> {
    let Some(conclusion) = scene.picture.reliance.conclusions.get(at) else {
        return Line::default();
    };
    let origins = conclusion.origins.len();
    let style = if origins <= 1 {
        scene.theme.flag(2)
    } else {
        scene.theme.plain()
    };
    let plural = |n: usize| if n == 1 { " " } else { "s" };
    let facts = conclusion.facts.len();
    let counts = format!(
        "{facts:>3} fact{}, {origins} origin{} ",
        plural(facts),
        plural(origins)
    );
    let room = scene.width.saturating_sub(13 + counts.len());
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(conclusion.id.as_str(), 10)),
            scene.theme.bar(),
        ),
        Span::styled(counts, style),
        Span::raw(text::fit(&conclusion.text, room)),
    ])
}

/// A conclusion and what it rests on.
pub fn conclusion(scene: Scene<'_>, at: usize, page: &mut Page) {
    let Some(conclusion) = scene.picture.reliance.conclusions.get(at) else {
        return;
    };
    page.styled(
        &format!("Conclusion {}", conclusion.id),
        scene.theme.heading(),
    );
    page.text(&conclusion.text);
    let names: Vec<&str> = conclusion
        .origins
        .iter()
        .map(|id| scene.picture.supplied.agency_name(id))
        .collect();
    page.field(
        "origins",
        &if names.is_empty() {
            "none known".to_owned()
        } else {
            names.join(", ")
        },
    );
    list(scene, "Rests on", &conclusion.facts, page);
    if !conclusion.not_counted.is_empty() {
        list(
            scene,
            "Cited, but withheld or outside the period",
            &conclusion.not_counted,
            page,
        );
    }
}

/// Facts, one an item.
pub fn list(scene: Scene<'_>, title: &str, facts: &[usize], page: &mut Page) {
    page.heading(&format!("{title} ({})", facts.len()));
    for at in facts.iter().take(FACTS) {
        let Some(fact) = scene.picture.timeline.facts.get(*at) else {
            continue;
        };
        let date = super::timeline::short_date(&fact.when);
        let agency = scene.picture.supplied.agency_name(&fact.first_agency);
        page.item(
            "-",
            &format!(
                "{date} {agency}: {}",
                text::fit(scene.picture.text(*at), 300)
            ),
        );
    }
    if facts.len() > FACTS {
        page.text(&format!(
            "and {} more; Enter opens them all",
            facts.len() - FACTS
        ));
    }
}
