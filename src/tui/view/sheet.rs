//! Draws the sheet of share or not: what it is about, the question with what each answer means, and at the end its record.

use ratatui::Frame;
use ratatui::widgets::Paragraph;

use super::overlay::open;
use super::page::Page;
use super::{Scene, audit};
use crate::sharing::flow::{End, Flow, Next};
use crate::tui::sheet::Sheet;
use crate::tui::text;

/// Draws the sheet over the view.
pub fn draw(scene: Scene<'_>, sheet: &Sheet, frame: &mut Frame<'_>) {
    let inner = open(scene.model, frame, " Share or not ", frame.area().height);
    let width = usize::from(inner.width);
    let height = usize::from(inner.height);
    let flow = sheet.flow(&scene.picture.vocabulary);
    let mut page = Page::new(scene.theme, width);
    about(sheet, &flow, &mut page);
    let keep = match flow.next() {
        Next::Ask(_) => question(scene, sheet, &flow, height, &mut page),
        Next::Ended(end) => {
            ended(&flow, end, &mut page);
            None
        }
    };
    // of a long page the end is what is asked for
    let skip = keep.unwrap_or_else(|| page.lines.len().saturating_sub(height));
    let lines: Vec<_> = page.lines.into_iter().skip(skip).take(height).collect();
    frame.render_widget(Paragraph::new(lines), inner);
}

fn about(sheet: &Sheet, flow: &Flow<'_>, page: &mut Page) {
    let subject = flow.subject();
    let words = text::fit(
        &subject.about.replace('\n', " "),
        page.width.saturating_mul(2),
    );
    page.text(&words);
    page.field("for", &subject.recipient);
    if let Some(because) = &subject.barrier {
        page.field("on the record", &format!("they may not see it: {because}"));
    }
    let answered = sheet.answers.len();
    if let Some((question, _)) = flow.answers().last() {
        let last = flow.evidence().pop().unwrap_or_default();
        let _ = question;
        page.field(&format!("answer {answered}"), &last);
    }
    if let Some(end) = flow.decided() {
        page.field("so far", end.sentence());
    }
    page.gap();
}

/// The open question. Gives how many lines of the page are left out at its top, so that the selected answer is in sight.
fn question(
    scene: Scene<'_>,
    sheet: &Sheet,
    flow: &Flow<'_>,
    height: usize,
    page: &mut Page,
) -> Option<usize> {
    let question = sheet.question(flow)?;
    let asked = flow.asked(question);
    page.styled(&asked.text, scene.theme.heading());
    if !sheet.said.is_empty() {
        page.item("!", &sheet.said);
    }
    let replies = sheet.replies(flow);
    let typed = format!("> {}_", sheet.typed);
    if replies.is_empty() {
        for meaning in &asked.means {
            page.item("-", &format!("{}: {}", meaning.answer, meaning.says));
        }
        if !asked.suggested.is_empty() {
            page.item("-", &format!("nothing typed: {}", asked.suggested));
        }
        page.styled(&typed, scene.theme.bar());
        hint(scene, page);
        return None;
    }
    page.styled(&typed, scene.theme.bar());
    let top = page.lines.len();
    for (n, reply) in replies.iter().enumerate() {
        let words = format!("{}: {}", reply.answer, reply.says);
        let style = if n == sheet.at {
            scene.theme.selected()
        } else {
            scene.theme.plain()
        };
        let words = if n == sheet.at {
            words
        } else {
            text::fit(&words, page.width)
        };
        page.styled(&words, style);
    }
    let end = page.lines.len();
    hint(scene, page);
    // the line of the selected answer: one line each before it
    let selected = top + sheet.at;
    let _ = end;
    Some((selected + 6).saturating_sub(height))
}

fn hint(scene: Scene<'_>, page: &mut Page) {
    page.gap();
    page.styled(
        "Enter answers. Backspace with nothing typed takes the last answer back. Esc decides nothing.",
        scene.theme.dim(),
    );
}

fn ended(flow: &Flow<'_>, end: End, page: &mut Page) {
    page.text(end.sentence());
    if let Some(record) = flow.record() {
        audit::nine_things(&record, page);
        page.gap();
        page.text(
            "Enter keeps this record. Backspace takes the last answer back. Esc decides nothing.",
        );
    } else {
        page.gap();
        page.text("Nothing is kept. Enter closes; Backspace takes the last answer back.");
    }
}
