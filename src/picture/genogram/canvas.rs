//! A sheet of characters on which lines join where they meet.

use unicode_width::UnicodeWidthChar;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pen {
    /// Unbroken.
    Solid,
    /// Broken.
    Dashed,
    /// Dotted.
    Dotted,
    /// Unbroken, doubled upright.
    Double,
    /// Round a home.
    Loop,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    ways: u8,
    pen: Option<Pen>,
    word: Option<char>,
    /// Whether a wide character of the cell before covers this one.
    is_covered: bool,
}

/// A sheet of characters.
#[derive(Debug, Clone)]
pub struct Canvas {
    width: usize,
    cells: Vec<Cell>,
}

impl Canvas {
    /// An empty sheet.
    pub fn new(width: i32, height: i32) -> Self {
        let (width, height) = (width.max(0) as usize, height.max(0) as usize);
        Self {
            width,
            cells: vec![Cell::default(); width * height],
        }
    }

    fn cell(&mut self, x: i32, y: i32) -> Option<&mut Cell> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if x >= self.width {
            return None;
        }
        self.cells.get_mut(y * self.width + x)
    }

    /// Draws a level or upright piece.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), pen: Pen) {
        let step = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
        if step.0 != 0 && step.1 != 0 {
            return;
        }
        let (forth, back) = match step {
            (1, _) => (RIGHT, LEFT),
            (-1, _) => (LEFT, RIGHT),
            (_, 1) => (DOWN, UP),
            (_, -1) => (UP, DOWN),
            _ => return,
        };
        let (mut x, mut y) = from;
        while (x, y) != to {
            self.mark(x, y, forth, pen);
            (x, y) = (x + step.0, y + step.1);
            self.mark(x, y, back, pen);
        }
    }

    fn mark(&mut self, x: i32, y: i32, way: u8, pen: Pen) {
        if let Some(cell) = self.cell(x, y) {
            cell.ways |= way;
            // a line between people is more than a loop
            if cell.pen.is_none_or(|before| before == Pen::Loop) {
                cell.pen = Some(pen);
            }
        }
    }

    /// Writes words; they cover lines.
    pub fn words(&mut self, x: i32, y: i32, text: &str) {
        let mut x = x;
        for c in text.chars() {
            let columns = c.width().unwrap_or(0) as i32;
            if columns == 0 {
                continue;
            }
            if let Some(cell) = self.cell(x, y) {
                cell.word = Some(c);
            }
            for next in 1..columns {
                if let Some(cell) = self.cell(x + next, y) {
                    cell.is_covered = true;
                }
            }
            x += columns;
        }
    }

    /// The sheet as lines without spaces at their ends.
    pub fn lines(&self) -> Vec<String> {
        if self.width == 0 {
            return Vec::new();
        }
        let rows = self.cells.chunks(self.width);
        rows.map(|row| {
            let shown = row
                .iter()
                .filter(|cell| !cell.is_covered)
                .map(|cell| shown(*cell));
            shown.collect::<String>().trim_end().to_owned()
        })
        .collect()
    }
}

fn shown(cell: Cell) -> char {
    if let Some(word) = cell.word {
        return word;
    }
    let pen = cell.pen.unwrap_or(Pen::Solid);
    let corner = |sharp: char, round: char| if pen == Pen::Loop { round } else { sharp };
    match cell.ways {
        0 => ' ',
        LEFT | RIGHT | 12 => match pen {
            Pen::Solid | Pen::Double => '─',
            Pen::Dashed => '╌',
            Pen::Dotted => '·',
            Pen::Loop => '┄',
        },
        UP | DOWN | 3 => match pen {
            Pen::Solid => '│',
            Pen::Double => '║',
            Pen::Dashed => '╎',
            Pen::Dotted => ':',
            Pen::Loop => '┆',
        },
        10 => corner('┌', '╭'),
        6 => corner('┐', '╮'),
        9 => corner('└', '╰'),
        5 => corner('┘', '╯'),
        11 => '├',
        7 => '┤',
        14 => '┬',
        13 => '┴',
        _ => '┼',
    }
}
