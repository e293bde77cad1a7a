//! Writes a pack as one HTML file: no script, nothing from outside, readable without colour, on paper and aloud.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::document::{Block, Document, Grid, Section};
use super::links::Links;
use crate::report::safe::terminal_safe;

const STYLE: &str = include_str!("style.css");

/// What word processors understand, apart from the rest, on which they give up. They set the words of a drawing as text: these
/// are made small and white for them; in a drawing they have a size and a colour of their own.
const EDITOR_STYLE: &str = "body{font-family:Arial,sans-serif;font-size:10pt}\nh1,h2,h3{font-family:Arial,sans-serif}\nth,td,caption{text-align:left}\n.drawn{font-size:1px;color:#ffffff}\n";

/// Tables in whose cells each line is a point of its own.
const LISTED: [&str; 3] = ["flags", "questions", "disputed"];

/// Writes a pack.
pub fn page(document: &Document) -> String {
    let links = Links::of(document);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(document.logo.is_some()));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                title { (safe(&document.title)) }
                style { (PreEscaped(EDITOR_STYLE)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    @if let Some((kind, bytes)) = &document.logo {
                        img.logo src=(format!("data:{kind};base64,{bytes}")) alt="";
                    }
                    h1 { (safe(&document.title)) }
                    p.notice { (safe(&document.notice)) }
                }
                @if document.sections.len() > 4 { (contents(document)) }
                main { @for part in &document.sections { (section(part, links)) } }
                @if !document.footer.is_empty() { footer { p { (safe(&document.footer)) } } }
            }
        }
    };
    page.into_string() + "\n"
}

/// Nothing may be loaded or run, and the styles are known by their hashes. A logo is inside the file.
fn policy(has_logo: bool) -> String {
    let [editor, style] =
        [EDITOR_STYLE, STYLE].map(|style| base64(&Sha256::digest(style.as_bytes())));
    let images = if has_logo { " img-src data:;" } else { "" };
    format!(
        "default-src 'none'; style-src 'sha256-{editor}' 'sha256-{style}';{images} base-uri 'none'; form-action 'none'"
    )
}

/// Bytes in base 64.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let all = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for at in 0..4 {
            let digit = DIGITS.get((all >> (18 - 6 * at)) as usize & 63);
            let digit = digit.filter(|_| at <= three.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}

fn contents(document: &Document) -> Markup {
    html! {
        nav aria-label="Contents" {
            ol { @for section in &document.sections { li { a href=(format!("#{}", section.id)) { (safe(&section.heading)) } } } }
        }
    }
}

fn section(section: &Section, links: Links) -> Markup {
    html! {
        section id=(section.id) aria-labelledby=(format!("h-{}", section.id)) {
            h2 id=(format!("h-{}", section.id)) { (safe(&section.heading)) }
            @for part in &section.blocks { (block(part, links)) }
        }
    }
}

fn block(block: &Block, links: Links) -> Markup {
    match block {
        Block::Text(text) => html! { p { (lines(text)) } },
        Block::Heading(text) => html! { h3 { (safe(text)) } },
        Block::List(all) => html! { ul { @for line in all { li { (linked(line, links)) } } } },
        Block::Terms(all) => {
            html! { dl { @for (name, text) in all { div { dt { (safe(name)) } dd { (lines(text)) } } } } }
        }
        Block::Table(grid) => table(grid, links),
        Block::Picture(picture) => html! {
            figure.wide[picture.is_wide] {
                span.drawn { (picture.svg) }
                figcaption { (lines(&picture.caption)) }
            }
        },
        Block::Lines(count) => {
            html! { div.write aria-hidden="true" { @for _ in 0..*count { div {} } } }
        }
    }
}

/// Rows of a part of a long table. A browser lays out only the parts that are looked at: 5,000 rows in one table took it two
/// seconds, in parts of a hundred less than half of one.
const PART: usize = 100;

/// A table, in parts where it is long.
fn table(grid: &Grid, links: Links) -> Markup {
    let parts = grid.rows.len().div_ceil(PART);
    if parts <= 1 {
        return one_table(grid, &grid.rows, &grid.caption, links);
    }
    html! {
        @for (at, rows) in grid.rows.chunks(PART).enumerate() {
            div.part { (one_table(grid, rows, &format!("{} Part {} of {parts}.", grid.caption, at + 1), links)) }
        }
    }
}

/// A table keeps its roles when a narrow window sets its rows one below the other. The attributes for lines and for the place
/// in a cell are for word processors, which take no others; the style sheet overrides them.
fn one_table(grid: &Grid, rows: &[Vec<String>], caption: &str, links: Links) -> Markup {
    html! {
        table class=(if grid.is_blank { "blank" } else { grid.name }) role="table" border="1" rules=(if grid.is_blank { "all" } else { "rows" }) {
            caption { (safe(caption)) }
            thead role="rowgroup" {
                tr role="row" { @for column in &grid.columns { th scope="col" role="columnheader" { (column) } } }
            }
            tbody role="rowgroup" { @for row in rows { (table_row(grid, row, links)) } }
        }
    }
}

fn table_row(grid: &Grid, row: &[String], links: Links) -> Markup {
    html! {
        tr role="row" valign="top" {
            @for (at, (column, cell)) in grid.columns.iter().zip(row).enumerate() {
                @if at == 0 && !grid.is_blank {
                    th scope="row" role="rowheader" id=[anchor(grid, cell)] data-head=(column) { (lines(cell)) }
                } @else {
                    td role="cell" data-head=(column) { (shown(grid, column, cell, links)) }
                }
            }
        }
    }
}

/// The name by which a line or a check is linked to.
fn anchor(grid: &Grid, cell: &str) -> Option<String> {
    match grid.name {
        "chronology" => Some(format!("line-{cell}")),
        "flags" => {
            let (number, _) = cell.strip_prefix('F')?.split_once(' ')?;
            Some(format!("check-{number}"))
        }
        _ => None,
    }
}

fn shown(grid: &Grid, column: &str, cell: &str, links: Links) -> Markup {
    match (grid.name, column) {
        ("chronology", "What") => lines_with_kind(cell),
        ("chronology", "Support") | ("uncorroborated" | "conclusions", _) => linked(cell, links),
        (name, _) if LISTED.contains(&name) => listed(cell, links),
        _ => lines(cell),
    }
}

/// Text from outside: what commands, reorders or hides is shown by its number.
fn safe(text: &str) -> String {
    terminal_safe(text).replace(['\n', '\t'], " ")
}

/// Text of several lines.
fn lines(text: &str) -> Markup {
    let shown = terminal_safe(text);
    html! {
        @for (at, line) in shown.split('\n').enumerate() {
            @if at > 0 { br; }
            (line)
        }
    }
}

/// Text whose last line says what kind of line it is.
fn lines_with_kind(text: &str) -> Markup {
    let (told, kind) = text.rsplit_once('\n').unwrap_or((text, ""));
    html! {
        (lines(told))
        @if !kind.is_empty() { br; small { (lines(kind)) } }
    }
}

/// Text whose lines are points of a list.
fn listed(text: &str, links: Links) -> Markup {
    if text.contains('\n') {
        html! { ul { @for line in text.split('\n') { li { (linked(line, links)) } } } }
    } else {
        linked(text, links)
    }
}

/// Text of one line whose numbers of lines and checks are links.
fn linked(text: &str, links: Links) -> Markup {
    if text.contains('\n') {
        lines(text)
    } else {
        links.put(&safe(text))
    }
}
