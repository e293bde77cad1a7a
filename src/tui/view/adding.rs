//! Draws the wizard that adds an agency's file: names of files, the columns with samples beside them, what would not be used.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::overlay::open;
use super::page::Page;
use crate::import::check::FileReport;
use crate::model::source::Kept;
use crate::tui::adding::{Adding, Line as Column, Step};
use crate::tui::model::{Model, Overlay};
use crate::tui::text;
use crate::tui::theme::Theme;
use crate::tui::update::offers;

/// So many rejects are listed.
const REJECTS: usize = 200;
/// Letters of a sample beside a column.
const SAMPLE: usize = 18;

/// Draws the wizard.
pub fn draw(model: &Model, adding: &Adding, frame: &mut Frame<'_>) {
    match &adding.step {
        Step::Columns => columns(model, adding, frame),
        Step::Importing => {
            let inner = open(model, frame, " The file is being imported ", 5);
            let words = "The case is written whole or not at all. This may take a moment.";
            let lines = text::wrap(words, usize::from(inner.width));
            let lines: Vec<Line<'_>> = lines.into_iter().map(Line::from).collect();
            frame.render_widget(Paragraph::new(lines), inner);
        }
        _ => offered(model, adding, frame),
    }
}

/// What is asked in a step.
fn question(adding: &Adding) -> (String, &'static str) {
    match &adding.step {
        Step::Path => (
            " Which file? Tab fills in a name ".to_owned(),
            "A CSV, XLSX, ODS or JSON export, as the agency supplied it. Nothing is changed in it.",
        ),
        Step::Table => (
            " Which table of the file? ".to_owned(),
            "The others are read too, where their headers are known.",
        ),
        Step::Column(..) => {
            let header = adding.columns.get(adding.at);
            let header = header.map_or("", |line| line.header.as_str());
            let title = format!(" What is \"{}\"? ", text::fit(header, 30));
            (
                title,
                "Type a part of a column's name, or of a name that agencies give it.",
            )
        }
        Step::Agency => (
            " Whose file is it? ".to_owned(),
            "An agency of this case, or a new one: type its name.",
        ),
        Step::Root => (
            " In which folder of exports is this kept? ".to_owned(),
            "A mapping file is written there and named in its case.toml, so that the next export of this agency is read the same way.",
        ),
        Step::Columns | Step::Importing => (String::new(), ""),
    }
}

/// What is typed, and what is offered for it.
fn offered(model: &Model, adding: &Adding, frame: &mut Frame<'_>) {
    let (title, words) = question(adding);
    let inner = open(model, frame, &title, 18);
    let width = usize::from(inner.width);
    let mut lines: Vec<Line<'_>> = text::wrap(words, width)
        .into_iter()
        .take(3)
        .map(|line| Line::styled(line, model.theme.dim()))
        .collect();
    if adding.step != Step::Table {
        // the end of a long path says more than its beginning
        let typed = text::safe(adding.typed());
        let cut = typed
            .chars()
            .count()
            .saturating_sub(width.saturating_sub(2));
        let typed: String = typed.chars().skip(cut).collect();
        lines.push(Line::styled(
            text::fit(&format!("{typed}_"), width),
            model.theme.bar(),
        ));
    }
    let at = match &adding.step {
        Step::Column(_, at) => *at,
        _ => adding.at,
    };
    let offers = offers(model, adding);
    if offers.is_empty() && adding.step == Step::Path && adding.job.is_none() {
        let words = "No name here is like this. Enter tries the path as it is typed.";
        lines.push(text::line(&text::fit(words, width), model.theme.dim()));
    }
    let room = usize::from(inner.height).saturating_sub(lines.len());
    let top = (at + 1).saturating_sub(room);
    for (n, offer) in offers.iter().enumerate().skip(top).take(room) {
        let style = if n == at {
            model.theme.selected()
        } else {
            model.theme.plain()
        };
        lines.push(text::line(&text::pad(&format!("  {offer}"), width), style));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}

/// The columns, what each is read as, samples beside them; under them how the file would be read.
fn columns(model: &Model, adding: &Adding, frame: &mut Frame<'_>) {
    let title = adding.look.as_ref().map_or("", |look| look.path.as_str());
    let title = format!(" How is {} read? ", text::fit(title, 40));
    let inner = open(model, frame, &title, frame.area().height);
    let width = usize::from(inner.width);
    if let Some(scroll) = adding.rows {
        let lines = rows_page(model, adding, width).into_iter().skip(scroll);
        frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), inner);
        return;
    }
    let mut lines = vec![summary(model, adding, width), heads(model.theme, width)];
    let below = if inner.height >= 14 { 5 } else { 2 };
    let room = usize::from(inner.height).saturating_sub(lines.len() + below + 1);
    let top = (adding.at + 1).saturating_sub(room);
    for (n, column) in adding.columns.iter().enumerate().skip(top).take(room) {
        let line = column_line(model.theme, adding, column, width);
        lines.push(if n == adding.at {
            line.style(model.theme.selected())
        } else {
            line
        });
    }
    frame.render_widget(Paragraph::new(lines), inner);
    let report = Rect {
        y: inner.y + inner.height.saturating_sub(below as u16 + 1),
        height: inner.height.min(below as u16 + 1),
        ..inner
    };
    let lines = report_lines(model, adding, width)
        .into_iter()
        .take(below + 1);
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), report);
}

fn summary(model: &Model, adding: &Adding, width: usize) -> Line<'static> {
    let (count, header) = adding
        .sample()
        .map_or((0, 1), |sample| (sample.below(), sample.header_row()));
    let encoding = adding
        .look
        .as_ref()
        .map_or("", |look| look.encoding.as_str());
    let dates = match adding.date_order {
        None => "found out",
        Some("dmy") => "day first",
        Some("mdy") => "month first",
        Some(_) => "year first",
    };
    let plural = if count == 1 { "" } else { "s" };
    let words = format!(
        "header in row {header} (h, H); dates: {dates} (o); {count} row{plural}, {encoding}"
    );
    text::line(&text::fit(&words, width), model.theme.dim())
}

/// Columns of a header and of what it is read as.
fn room(width: usize) -> (usize, usize) {
    if width >= 70 { (18, 20) } else { (14, 18) }
}

fn heads(theme: Theme, width: usize) -> Line<'static> {
    let (header, column) = room(width);
    let words = format!(
        "  {} {} {}",
        text::pad("in the file", header),
        text::pad("is read as", column),
        "what stands in it"
    );
    Line::styled(text::pad(&words, width), theme.heading())
}

fn column_line(theme: Theme, adding: &Adding, line: &Column, width: usize) -> Line<'static> {
    let (header, column) = room(width);
    let (name, style) = match (line.column, line.by_content) {
        (None, _) => ("- kept as it is".to_owned(), theme.dim()),
        (Some(name), false) => (name.to_owned(), theme.plain()),
        (Some(name), true) => (format!("{name} ?"), theme.key()),
    };
    let samples: Vec<String> = adding
        .sample()
        .into_iter()
        .flat_map(|sample| sample.cells(line.position))
        .take(4)
        .map(|cell| text::fit(cell, SAMPLE))
        .collect();
    let rest = width.saturating_sub(header + column + 4);
    Line::from(vec![
        Span::styled(
            format!("  {} ", text::pad(&line.header, header)),
            theme.bar(),
        ),
        Span::styled(format!("{} ", text::pad(&name, column)), style),
        Span::raw(text::pad(&samples.join(" | "), rest)),
    ])
}

/// How the file would be read, in a few lines.
fn report_lines(model: &Model, adding: &Adding, width: usize) -> Vec<Line<'static>> {
    let theme = model.theme;
    let mut page = Page::new(theme, width);
    match &adding.report {
        None => {
            let turning = ["|", "/", "-", "\\"]
                .get(model.ticks % 4)
                .copied()
                .unwrap_or("|");
            page.styled(&format!("reading it so {turning}"), theme.key());
        }
        Some(Err(problem)) => page.styled(problem, theme.flag(2)),
        Some(Ok(report)) => {
            page.styled(&counts(report), theme.heading());
            if names_nobody(report) {
                page.item("!", NOBODY);
            }
            rejects(report, 4, &mut page);
        }
    }
    page.lines
}

/// What is said of entries that name nobody: they are used all the same, and would be found under no person.
const NOBODY: &str = "No column says whom a row is about, so what it tells would stand under nobody. Is one of those kept as they are a name or an id?";

/// Whether entries would be read and no column says whom they are about.
fn names_nobody(report: &FileReport) -> bool {
    let has = |what: &str| report.counts.iter().any(|(kind, _)| *kind == what);
    let columns = report.sheets.iter().flat_map(|sheet| &sheet.columns);
    let mut meanings = columns.filter_map(|column| column.read_as);
    has("entries") && !has("records") && !meanings.any(|meaning| meaning.starts_with("record_id"))
}

fn counts(report: &FileReport) -> String {
    let (all, used, rejected) = report.rows;
    if report.profile.is_empty() {
        return "Read so, no row can be used.".to_owned();
    }
    let given: Vec<String> = report
        .counts
        .iter()
        .map(|(what, count)| format!("{count} {what}"))
        .collect();
    format!(
        "Read so: {used} of {all} rows used, {rejected} rejected; {}",
        given.join(", ")
    )
}

fn rejects(report: &FileReport, most: usize, page: &mut Page) {
    for reject in report.rejects.iter().take(most) {
        let row = reject
            .row
            .map_or(String::new(), |row| format!("row {row} "));
        let what = match reject.kept {
            Kept::None => "not used",
            Kept::Row => "without this cell",
            Kept::Cell => "kept as given",
        };
        let words = format!("{row}{}: {} ({what})", reject.column, reject.problem);
        page.item("-", &words);
    }
    if report.rejects.len() > most {
        let rest = report.rejects.len() - most;
        page.text(&format!("and {rest} more: r lists them"));
    }
}

/// The first rows of the file as they stand in it, and all that would not be used as given.
fn rows_page(model: &Model, adding: &Adding, width: usize) -> Vec<Line<'static>> {
    let mut page = Page::new(model.theme, width);
    if let Some(Ok(report)) = &adding.report {
        page.heading(&counts(report));
        rejects(report, REJECTS, &mut page);
    }
    page.heading("The first rows, as supplied (r: back to the columns)");
    if let Some(sample) = adding.sample() {
        for (number, cells) in &sample.rows {
            let cells: Vec<String> = cells.iter().map(|cell| text::fit(cell, 60)).collect();
            page.field(&format!("row {number}"), &cells.join(" | "));
        }
    }
    page.lines
}

/// How many lines the rows and rejects take.
pub fn rows_height(model: &Model) -> usize {
    let Some(Overlay::Adding(adding)) = &model.overlay else {
        return 0;
    };
    let width = usize::from(model.size.0.min(90).saturating_sub(4));
    rows_page(model, adding, width).len()
}
