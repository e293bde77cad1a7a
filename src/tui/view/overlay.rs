//! What lies over a view: the page of keys, the palette, the box in which a text is typed or one of several is chosen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Paragraph};

use super::glossary;
use super::page::Page;
use super::timeline::short_date;
use super::{Scene, page};
use crate::case::DraftOf;
use crate::model::decision::About;
use crate::model::id::EntryId;
use crate::tui::choice::{Choice, fact_of};
use crate::tui::form::Form;
use crate::tui::keymap::{self, Context};
use crate::tui::model::{Model, Overlay};
use crate::tui::update::why_not_under;
use crate::tui::{search, text};

/// Draws what lies over the view, if anything does.
pub fn draw(scene: Scene<'_>, frame: &mut Frame<'_>) {
    match &scene.model.overlay {
        Some(Overlay::Help(scroll)) => help(scene.model, *scroll, frame),
        Some(Overlay::Palette(query, at)) => palette(scene.model, query, *at, frame),
        Some(Overlay::Text(of, typed)) => written(scene, of, typed, frame),
        Some(Overlay::Choice(choice)) => offered(scene, choice, frame),
        Some(Overlay::Pick(pick)) => super::pick::draw(scene, pick, frame),
        Some(Overlay::OneLine(form)) => super::oneline::draw(scene, form, frame),
        Some(Overlay::Share(sheet)) => super::sheet::draw(scene, sheet, frame),
        Some(Overlay::Adding(adding)) => super::adding::draw(scene.model, adding, frame),
        Some(Overlay::Name(text, _)) => name(scene.model, text, frame),
        Some(Overlay::Search) | None => {}
    }
}

/// A box over the body that leaves the status and the keys in sight.
pub fn open(model: &Model, frame: &mut Frame<'_>, title: &str, height: u16) -> Rect {
    let whole = frame.area();
    let width = whole.width.min(90).saturating_sub(2);
    let status = model.status_lines().len() as u16;
    let height = height.min(whole.height.saturating_sub(3 + status));
    let area = Rect::new((whole.width - width) / 2, 2, width, height);
    let block = Block::bordered()
        .title(title.to_owned())
        .border_style(model.theme.key());
    let inner = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inner
}

fn help_page(model: &Model) -> Page {
    let width = usize::from(model.size.0.min(90).saturating_sub(4));
    let mut page = page::Page::new(model.theme, width);
    let (form, view) = (model.place().form, model.view.name());
    let (context, name) = match form {
        Form::List => (Context::In(model.view), view.to_owned()),
        form => (Context::Of(form), format!("{view}, {}", form.name())),
    };
    page.heading(&format!("Keys in {name}"));
    for binding in keymap::bindings(context) {
        page.field(&keymap::key_names(binding), &binding.words());
    }
    page.heading("Words");
    let words = glossary::of_form(form).iter();
    for (word, meaning) in words.chain(glossary::words(model.view)) {
        page.field(word, meaning);
    }
    page
}

/// How many lines the page of keys has.
pub fn help_height(model: &Model) -> usize {
    help_page(model).lines.len()
}

fn help(model: &Model, scroll: usize, frame: &mut Frame<'_>) {
    let inner = open(model, frame, " Help ", frame.area().height);
    let lines: Vec<Line<'_>> = help_page(model).lines.into_iter().skip(scroll).collect();
    frame.render_widget(Paragraph::new(lines), inner);
}

fn palette(model: &Model, query: &str, at: usize, frame: &mut Frame<'_>) {
    let inner = open(model, frame, " Any action: type a part of its words ", 20);
    let width = usize::from(inner.width);
    frame.render_widget(
        text::line(&format!(": {query}_"), model.theme.bar()),
        Rect { height: 1, ..inner },
    );
    let room = usize::from(inner.height.saturating_sub(1));
    let top = (at + 1).saturating_sub(room);
    let found = search::actions(query);
    if found.is_empty() {
        let area = Rect {
            y: inner.y + 1,
            height: 1,
            ..inner
        };
        frame.render_widget(
            text::line("No action has these words.", model.theme.dim()),
            area,
        );
    }
    for (line, (n, binding)) in found
        .into_iter()
        .enumerate()
        .skip(top)
        .take(room)
        .enumerate()
    {
        let is_dim = why_not_under(model, binding.action, None).is_some();
        let style = match (n == at, is_dim) {
            (true, _) => model.theme.selected(),
            (false, true) => model.theme.dim(),
            (false, false) => model.theme.plain(),
        };
        let words = format!(
            "{} {}",
            text::pad(&keymap::key_names(binding), 16),
            binding.words()
        );
        let area = Rect {
            y: inner.y + 1 + line as u16,
            height: 1,
            ..inner
        };
        frame.render_widget(Line::styled(text::pad(&words, width), style), area);
    }
}

/// A text that is being typed, under what it is about.
fn written(scene: Scene<'_>, of: &DraftOf, typed: &str, frame: &mut Frame<'_>) {
    let picture = scene.picture;
    let (title, about) = match of {
        DraftOf::Reason(flag) => {
            let flags = picture.flags.flags.iter();
            let named = flags.filter(|one| one.id == *flag);
            (
                " Why is this so? The flag stays, with the reason ",
                named.map(|one| one.sentence.clone()).collect(),
            )
        }
        DraftOf::Note(About::Entry(entry)) => (
            " A note on this fact; an empty one takes it away ",
            in_short(scene, entry),
        ),
        DraftOf::Note(About::Record(record)) => (" A note on this record ", record.to_string()),
        DraftOf::Note(About::Case) => (" A note on the case ", String::new()),
        DraftOf::Conclusion(entry) => (" A conclusion ", in_short(scene, entry)),
        DraftOf::Share(subject, _) => (" Share or not ", subject.about.clone()),
    };
    let inner = open(scene.model, frame, title, 10);
    let width = usize::from(inner.width);
    let mut lines: Vec<Line<'_>> = text::wrap(&about, width)
        .into_iter()
        .take(3)
        .map(Line::from)
        .collect();
    lines.push(Line::default());
    let typed = text::wrap(&format!("{typed}_"), width);
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let skip = typed.len().saturating_sub(room);
    let typed = typed.into_iter().skip(skip);
    lines.extend(typed.map(|line| Line::styled(line, scene.theme.bar())));
    frame.render_widget(Paragraph::new(lines), inner);
}

/// The date and the text of the fact that an entry tells.
fn in_short(scene: Scene<'_>, entry: &EntryId) -> String {
    let supplied = &scene.picture.supplied;
    let lead = fact_of(scene.picture, entry).and_then(|fact| supplied.entries.get(fact.lead));
    lead.map_or(String::new(), |lead| {
        format!("{} {}", short_date(&lead.when), text::fit(&lead.text, 200))
    })
}

/// What is offered for a fact, under what is typed.
fn offered(scene: Scene<'_>, choice: &Choice, frame: &mut Frame<'_>) {
    let offers = choice.offers(scene.picture);
    let inner = open(scene.model, frame, choice.question(), 14);
    let width = usize::from(inner.width);
    let mut lines = vec![
        Line::from(text::fit(&in_short(scene, &choice.entry), width)),
        text::line(
            &text::fit(&format!("> {}_", choice.query), width),
            scene.theme.bar(),
        ),
    ];
    if offers.is_empty() {
        lines.push(Line::styled("Nothing has these words.", scene.theme.dim()));
    }
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let top = (choice.at + 1).saturating_sub(room);
    for (n, offer) in offers.iter().enumerate().skip(top).take(room) {
        let sign = if offer.holds { "*" } else { " " };
        let style = if n == choice.at {
            scene.theme.selected()
        } else {
            scene.theme.plain()
        };
        lines.push(text::line(
            &text::pad(&format!("{sign} {}", offer.words), width),
            style,
        ));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}

fn name(model: &Model, typed: &str, frame: &mut Frame<'_>) {
    let inner = open(model, frame, " Who decides? ", 7);
    let width = usize::from(inner.width);
    let words = if model.is_kept {
        "Every decision, and every look at what is withheld, is kept with a name. Type yours; Enter goes on."
    } else {
        "Every decision is kept with a name. Type yours; Enter goes on."
    };
    let mut lines: Vec<Line<'_>> = text::wrap(words, width)
        .into_iter()
        .map(Line::from)
        .collect();
    lines.push(Line::default());
    lines.push(text::line(
        &text::fit(&format!("{typed}_"), width),
        model.theme.bar(),
    ));
    frame.render_widget(Paragraph::new(lines), inner);
}
