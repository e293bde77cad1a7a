//! Counts the cells that an ODS sheet would unfold to, before the reader unfolds them.
//!
//! ODS writes equal neighbours once, with how often they repeat. `LibreOffice` fills every sheet to its last corner that way
//! with empty cells, which cost nothing; a cell with something in it that repeats over all rows and columns would fill
//! the memory. The text is scanned for the few tags that matter; it is not parsed.

use super::Limits;
use super::read_error::ReadError;

/// The largest sheet of `LibreOffice`.
const MOST_ROWS: u64 = 1 << 20;
const MOST_COLUMNS: u64 = 1 << 14;

/// Refuses a sheet that unfolds to more cells, or more bytes, than the limits, and says whether a cell covers several rows.
pub(super) fn check(content: &[u8], limits: &Limits) -> Result<bool, ReadError> {
    let mut sheet = Sheet::default();
    let mut is_merged = false;
    let mut total = 0_u64;
    for tag in content.split(|byte| *byte == b'<') {
        if tag.starts_with(b"table:table-row") {
            sheet.end_row();
            sheet.repeats = repeats(tag, b"rows-repeated").min(MOST_ROWS);
        } else if tag.starts_with(b"table:table-cell")
            || tag.starts_with(b"table:covered-table-cell")
        {
            let times = repeats(tag, b"columns-repeated").min(MOST_COLUMNS);
            sheet.empty += times;
            sheet.times = times;
            is_merged |= repeats(tag, b"number-rows-spanned") > 1;
            // a value or a formula, with or without a text inside
            if find(tag, b"office:value")
                .or(find(tag, b"formula="))
                .is_some()
            {
                sheet.fill(tag.len());
            }
        } else if tag.starts_with(b"text:") && sheet.times > 0 {
            sheet.fill(tag.len());
        } else if tag.starts_with(b"/table:table>") {
            sheet.end_row();
            total = total.saturating_add(sheet.cells());
            let bytes = sheet.bytes;
            sheet = Sheet::default();
            if total > limits.workbook_cells as u64 {
                let most = limits.workbook_cells;
                let problem = format!("the workbook has more than {most} cells");
                return Err(ReadError::limit("workbook_cells", problem));
            }
            if bytes > limits.workbook_bytes {
                let most = limits.workbook_bytes;
                let problem = format!("the workbook unfolds to more than {most} bytes");
                return Err(ReadError::limit("workbook_bytes", problem));
            }
        }
    }
    Ok(is_merged)
}

/// What is known of the sheet so far.
#[derive(Default)]
struct Sheet {
    /// How often the row repeats.
    repeats: u64,
    /// How often the cell repeats.
    times: u64,
    /// Cells of the row up to here.
    empty: u64,
    /// Cells of the row up to the last one with something in it.
    width: u64,
    /// Bytes of the row's cells, each as often as it repeats.
    row_bytes: u64,
    /// The widest row with something in it.
    widest: u64,
    /// Rows up to the last one with something in it, and all rows.
    filled_rows: u64,
    rows: u64,
    bytes: u64,
}

impl Sheet {
    fn fill(&mut self, bytes: usize) {
        self.width = self.empty;
        let bytes = (bytes as u64).saturating_mul(self.times);
        self.row_bytes = self.row_bytes.saturating_add(bytes);
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.repeats);
        if self.width > 0 {
            self.filled_rows = self.rows;
            self.widest = self.widest.max(self.width);
            let bytes = self.row_bytes.saturating_mul(self.repeats);
            self.bytes = self.bytes.saturating_add(bytes);
        }
        (
            self.repeats,
            self.times,
            self.empty,
            self.width,
            self.row_bytes,
        ) = (0, 0, 0, 0, 0);
    }

    fn cells(&self) -> u64 {
        self.filled_rows.saturating_mul(self.widest)
    }
}

/// The number behind an attribute; one when it is not there.
fn repeats(tag: &[u8], attribute: &[u8]) -> u64 {
    let Some(at) = find(tag, attribute) else {
        return 1;
    };
    let digits: Vec<u8> = tag
        .iter()
        .skip(at + attribute.len())
        .skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>')
        .take_while(|byte| byte.is_ascii_digit())
        .copied()
        .collect();
    match std::str::from_utf8(&digits) {
        Ok("") | Err(_) => 1,
        Ok(digits) => digits.parse().unwrap_or(u64::MAX),
    }
}

fn find(tag: &[u8], what: &[u8]) -> Option<usize> {
    tag.windows(what.len()).position(|window| window == what)
}
