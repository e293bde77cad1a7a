//! What a pack is made of, whatever it is written as: sections of paragraphs, tables and pictures.

use maud::Markup;

/// A pack.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The title; it holds no name.
    pub title: String,
    /// A line at the top that says for whom and how to keep it.
    pub notice: String,
    /// A line at the end, of the hub's template.
    pub footer: String,
    /// A picture at the top, of the hub's template: its media type and its bytes in base 64.
    pub logo: Option<(&'static str, String)>,
    /// The sections in order.
    pub sections: Vec<Section>,
}

impl Document {
    /// How many rows its tables have.
    pub fn rows(&self) -> usize {
        let blocks = self.sections.iter().flat_map(|section| &section.blocks);
        blocks
            .map(|block| {
                if let Block::Table(grid) = block {
                    grid.rows.len()
                } else {
                    0
                }
            })
            .sum()
    }
}

/// A part of a pack under one heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What a template and a link call it.
    pub id: &'static str,
    /// The heading.
    pub heading: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// An empty section.
    pub fn new(id: &'static str, heading: &str) -> Self {
        Self {
            id,
            heading: heading.to_owned(),
            blocks: Vec::new(),
        }
    }

    /// Adds a paragraph.
    pub fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Text(text.into()));
    }

    /// Adds a heading below the section's.
    pub fn head(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a list, if there is anything to list.
    pub fn list(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block::List(lines));
        }
    }

    /// Adds a table.
    pub fn table(&mut self, table: Grid) {
        self.blocks.push(Block::Table(table));
    }
}

/// Something in a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A heading of the second rank.
    Heading(String),
    /// Lines one below the other.
    List(Vec<String>),
    /// Names with what belongs to them.
    Terms(Vec<(String, String)>),
    /// A table.
    Table(Grid),
    /// A picture; what stands around it in the section says the same in words.
    Picture(Picture),
    /// Empty lines to write on, so many.
    Lines(usize),
}

/// A picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The drawing, as inline SVG.
    pub svg: Markup,
    /// What is said below it.
    pub caption: String,
    /// Whether it needs a page on its side.
    pub is_wide: bool,
}

/// A table of texts. A line feed in a cell begins a new line in it.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The name of its file when tables are written apart.
    pub name: &'static str,
    /// What it is a table of.
    pub caption: String,
    /// The heads of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, each as long as the heads.
    pub rows: Vec<Vec<String>>,
    /// Whether it is empty on purpose, to be filled in by hand.
    pub is_blank: bool,
}

impl Grid {
    /// An empty table.
    pub fn new(name: &'static str, caption: impl Into<String>, columns: &[&'static str]) -> Self {
        Self {
            name,
            caption: caption.into(),
            columns: columns.to_vec(),
            ..Self::default()
        }
    }
}
