//! Builds a page of text line by line: headings, labelled values, paragraphs.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::tui::text;
use crate::tui::theme::Theme;

/// Columns of a label.
const LABEL: usize = 16;
/// No more of one value than this many bytes is shown; it is all in the file.
const LONGEST: usize = 20_000;

/// A page that is being built.
pub struct Page {
    /// The colours.
    pub theme: Theme,
    /// Columns there are.
    pub width: usize,
    /// The lines so far.
    pub lines: Vec<Line<'static>>,
}

impl Page {
    /// An empty page.
    pub fn new(theme: Theme, width: usize) -> Self {
        Self {
            theme,
            width,
            lines: Vec::new(),
        }
    }

    /// An empty line, unless the page is empty.
    pub fn gap(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
    }

    /// A heading after an empty line.
    pub fn heading(&mut self, words: &str) {
        self.gap();
        self.styled(words, self.theme.heading());
    }

    /// A paragraph.
    pub fn text(&mut self, words: &str) {
        self.styled(words, self.theme.plain());
    }

    /// A paragraph in a style.
    pub fn styled(&mut self, words: &str, style: Style) {
        for line in text::wrap(&cut(words), self.width) {
            self.lines.push(Line::styled(line, style));
        }
    }

    /// A paragraph indented by two columns behind a sign.
    pub fn item(&mut self, sign: &str, words: &str) {
        let indent = text::columns(sign) + 1;
        for (n, line) in text::wrap(&cut(words), self.width.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let lead = if n == 0 {
                format!("{sign} ")
            } else {
                " ".repeat(indent)
            };
            self.lines.push(Line::from(vec![
                Span::styled(lead, self.theme.key()),
                Span::raw(line),
            ]));
        }
    }

    /// A label and its value; nothing when the value is blank.
    pub fn field(&mut self, label: &str, value: &str) {
        if value.trim().is_empty() {
            return;
        }
        // a header may be as long as a cell: it must leave room for the value
        let room = LABEL.max(text::columns(&text::fit(label, self.width / 2)) + 1);
        for (n, line) in text::wrap(&cut(value), self.width.saturating_sub(room))
            .into_iter()
            .enumerate()
        {
            let label = if n == 0 { label } else { "" };
            let label = Span::styled(format!("{} ", text::pad(label, room - 1)), self.theme.key());
            self.lines.push(Line::from(vec![label, Span::raw(line)]));
        }
    }
}

fn cut(words: &str) -> String {
    if words.len() <= LONGEST {
        return words.to_owned();
    }
    let end = (0..=LONGEST)
        .rev()
        .find(|at| words.is_char_boundary(*at))
        .unwrap_or(0);
    let rest = words.len() - end;
    format!(
        "{} … ({rest} bytes more in the file)",
        words.get(..end).unwrap_or("")
    )
}
