//! What stands round every view: title, tabs, status, footer; and what is shown while there is no view.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::Scene;
use crate::model::date::{Day, iso};
use crate::tui::action::{Action, View};
use crate::tui::keymap::{self, Context};
use crate::tui::layout::SMALLEST;
use crate::tui::model::Model;
use crate::tui::update::why_not;
use crate::tui::{left, text, theme};

/// The case, whether it is kept, the as-of date, the own agency, the flags.
pub fn title(scene: Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (model, picture) = (scene.model, scene.picture);
    let kept = if model.is_kept { "kept" } else { "not kept" };
    // what stands for "no date at all" is no day at which anything is judged
    let as_of = if picture.as_of == Day::default() {
        "no date known".to_owned()
    } else {
        format!("as of {}", iso(picture.as_of))
    };
    let mut right = vec![Span::raw(format!("{kept}  {as_of}"))];
    let own = picture.settings.own_agency.as_ref();
    // in a narrow window the title of the case says more than one's own agency
    if let Some(own) = own.filter(|_| area.width >= ROOMY) {
        right.push(Span::raw("  "));
        right.push(text::span(
            &text::fit(picture.supplied.agency_name(own), 20),
            scene.theme.plain(),
        ));
    }
    for (strength, count) in (1u8..=3).zip(scene.index.strengths).rev() {
        if count == 0 {
            continue;
        }
        right.push(Span::raw("  "));
        right.push(Span::styled(
            format!("{} {count}", theme::sign(strength)),
            scene.theme.flag(strength),
        ));
    }
    let used: usize = right.iter().map(Span::width).sum();
    let title = if model.title.trim().is_empty() {
        "casepicture"
    } else {
        &model.title
    };
    let room = usize::from(area.width).saturating_sub(used + 3);
    let mut spans = vec![Span::styled(
        format!(" {}  ", text::pad(title, room)),
        scene.theme.bar(),
    )];
    spans.extend(right);
    frame.render_widget(Line::from(spans), area);
}

/// From this width on every tab has a gap between its digit and its name.
const ROOMY: u16 = 88;
/// From this width on every tab has its whole name.
const NAMED: u16 = 76;

/// The words of each tab: what stands before it, its digit, its name. The view that is shown has always its whole name.
fn tab_words(model: &Model, width: u16) -> Vec<(View, [String; 3])> {
    let words = |(n, view): (usize, View)| {
        let letters = if view == model.view || width >= NAMED {
            usize::MAX
        } else {
            4
        };
        let name: String = view.name().chars().take(letters).collect();
        let gap = if width >= ROOMY { " " } else { "" };
        let before = if n > 0 || width >= ROOMY { " " } else { "" };
        (view, [before.to_owned(), format!("{}{gap}", n + 1), name])
    };
    View::ALL.into_iter().enumerate().map(words).collect()
}

/// The view whose tab is drawn at a column, in a line of so many.
pub fn tab_at(model: &Model, width: u16, column: u16) -> Option<View> {
    let mut end = 0;
    for (view, words) in tab_words(model, width) {
        end += words.iter().map(|part| text::columns(part)).sum::<usize>();
        if usize::from(column) < end {
            return Some(view);
        }
    }
    None
}

/// The views.
pub fn tabs(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let mut spans = Vec::new();
    for (view, [before, digit, name]) in tab_words(model, area.width) {
        let is_here = view == model.view;
        let style = if is_here {
            model.theme.selected()
        } else {
            model.theme.plain()
        };
        if !before.is_empty() {
            spans.push(Span::raw(before));
        }
        spans.push(Span::styled(
            digit,
            if is_here { style } else { model.theme.key() },
        ));
        spans.push(Span::styled(name, style));
    }
    frame.render_widget(Line::from(spans), area);
}

/// The line between list and detail, with a word when the keys move the detail.
pub fn rule(model: &Model, frame: &mut Frame<'_>, area: Rect, is_active: bool) {
    let style = if is_active {
        model.theme.key()
    } else {
        model.theme.dim()
    };
    if area.width == 1 {
        let bar = vec![
            Line::styled(if is_active { "┃" } else { "│" }, style);
            usize::from(area.height)
        ];
        frame.render_widget(Paragraph::new(bar), area);
    } else if area.height > 0 {
        let words = if is_active {
            "── these keys scroll: arrows, PgUp, PgDn; Esc: the list "
        } else {
            ""
        };
        let rest = usize::from(area.width).saturating_sub(text::columns(words));
        frame.render_widget(
            Line::styled(format!("{words}{}", "─".repeat(rest)), style),
            area,
        );
    }
}

/// The answer to the last key, and whether a job runs.
pub fn status(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let lines: Vec<Line<'_>> = model.status_lines().into_iter().map(Line::from).collect();
    frame.render_widget(Paragraph::new(lines), area);
    // most writes are over before a sign of them could be read
    let is_writing = model.writing && model.ticks > 1;
    let job = match (model.computing, model.filtering, model.is_behind) {
        _ if is_writing => "writing",
        (Some(_), ..) => "computing",
        (None, Some(_), _) => "searching",
        (None, None, true) => "behind: r computes",
        (None, None, false) => return,
    };
    let turning = ["|", "/", "-", "\\"]
        .get(model.ticks % 4)
        .copied()
        .unwrap_or("|");
    let words = if is_writing {
        format!("{job} {turning}")
    } else if model.computing.is_some() || model.filtering.is_some() {
        let left = model.time_left().map(|words| format!("{words}, "));
        format!("{job} {turning} {}Esc stops", left.unwrap_or_default())
    } else {
        job.to_owned()
    };
    let width = (words.len() as u16).min(area.width);
    let right = Rect {
        x: area.width - width,
        width,
        height: 1,
        ..area
    };
    frame.render_widget(Line::styled(words, model.theme.key()), right);
}

/// The keys that have a meaning now; dim what does nothing now. `? help` stays at the right end.
pub fn footer(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let context = model.context();
    let help = if matches!(context, Context::In(_) | Context::Of(_)) {
        "? help"
    } else {
        ""
    };
    let room = usize::from(area.width).saturating_sub(help.len() + 1);
    let mut spans = Vec::new();
    let mut used = 0;
    for binding in keymap::bindings(context) {
        if binding.short.is_empty() || binding.action == Action::Help {
            continue;
        }
        let Some(key) = binding.keys.first().map(|key| key.name()) else {
            continue;
        };
        let width = key.len() + binding.short.len() + 3;
        if used + width > room {
            break;
        }
        used += width;
        let is_dim = why_not(model, binding.action).is_some();
        let (key_style, style) = if is_dim {
            (model.theme.dim(), model.theme.dim())
        } else {
            (model.theme.key(), model.theme.plain())
        };
        spans.push(Span::styled(format!("{key} "), key_style));
        spans.push(Span::styled(format!("{}  ", binding.short), style));
    }
    frame.render_widget(Line::from(spans), area);
    if !help.is_empty() {
        let width = help.len() as u16;
        let right = Rect {
            x: area.width - width,
            width,
            ..area
        };
        frame.render_widget(Line::styled(help, model.theme.key()), right);
    }
}

/// What is shown when the terminal is too small.
pub fn too_small(model: &Model, frame: &mut Frame<'_>) {
    let words = format!(
        "This window has {} columns and {} rows. At least {} by {} are needed. q quits.",
        model.size.0, model.size.1, SMALLEST.0, SMALLEST.1
    );
    let lines: Vec<Line<'_>> = text::wrap(&words, usize::from(model.size.0))
        .into_iter()
        .map(Line::from)
        .collect();
    frame.render_widget(Paragraph::new(lines), frame.area());
}

/// What is shown while the case is read.
pub fn loading(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    let width = usize::from(area.width).saturating_sub(4).min(60);
    let progress = model.loading.clone().unwrap_or_default();
    let turning = ["|", "/", "-", "\\"]
        .get(model.ticks % 4)
        .copied()
        .unwrap_or("|");
    let stage = if progress.stage.is_empty() {
        "reading the case"
    } else {
        &progress.stage
    };
    let title = if model.title.trim().is_empty() {
        "casepicture"
    } else {
        &model.title
    };
    let mut lines = vec![
        text::line(&text::fit(title, width), model.theme.heading()),
        Line::default(),
        text::line(
            &format!("{turning} {}", text::fit(stage, width.saturating_sub(2))),
            model.theme.plain(),
        ),
    ];
    if progress.total > 0 {
        let share = progress.done.min(progress.total) as f64 / progress.total as f64;
        let filled = (share * width as f64) as usize;
        let bar = format!("{}{}", "█".repeat(filled), "·".repeat(width - filled));
        lines.push(Line::styled(bar, model.theme.available()));
    }
    let left = left::of_known(progress.taken, progress.left);
    if !left.is_empty() {
        lines.push(Line::styled(left, model.theme.dim()));
    }
    lines.push(Line::default());
    lines.push(Line::styled("Esc stops and leaves.", model.theme.dim()));
    let top = area.height.saturating_sub(lines.len() as u16) / 3;
    let inner = Rect {
        x: 2,
        y: top,
        width: area.width.saturating_sub(2),
        height: area.height - top,
    };
    frame.render_widget(Paragraph::new(lines), inner);
}
