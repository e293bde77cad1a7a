//! Looks into an old Excel file before the reader does: at chains of sectors that go round in a circle, and at cells far
//! out, between which the reader would lay out everything.
//!
//! Such a file is a small file system: sectors, a table that says which sector follows which, and a directory. What is
//! too damaged to be walked here is left to the reader, which refuses it.

use super::Limits;
use super::read_error::ReadError;
use super::workbook::damaged;

/// The largest sheet of the old Excel, which a file may announce whatever it holds.
const LARGEST_SHEET: u64 = (1 << 16) * (1 << 8);
/// Numbers from here on are no sectors but marks, the end of a chain among them.
const MARKS: u32 = 0xFFFF_FFFA;
/// Cells with a value: numbers, texts, truth values, formulas.
const CELLS: [u16; 8] = [
    0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00BD,
];

/// Refuses a file whose cells span more than the limits, or whose sectors go round in a circle.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let Some(mut store) = Store::open(bytes) else {
        return Ok(());
    };
    let entries = store.directory()?;
    for entry in &entries {
        // the small ones are read from within another stream, and no further than their length
        if entry.length >= 4096 || entry.is_root {
            store.must_end(entry.start)?;
        }
    }
    let book = entries
        .iter()
        .find(|entry| ["workbook", "book"].contains(&entry.name.as_str()));
    let Some(book) = book else { return Ok(()) };
    let stream = if book.length >= 4096 {
        store.chain(book.start, book.length)
    } else {
        let root = entries.first();
        let small = root.map_or_else(Vec::new, |root| store.chain(root.start, root.length));
        store.small_chain(&small, book.start, book.length)
    };
    check_stream(&stream, limits)
}

/// One stream of the directory.
struct Entry {
    name: String,
    start: u32,
    length: usize,
    is_root: bool,
}

struct Store<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    small_next: u32,
    first: u32,
    /// Sectors from which the chain is known to end.
    ends: Vec<bool>,
}

impl<'a> Store<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut store = Self {
            bytes,
            sector,
            next: Vec::new(),
            small_next: u32_at(bytes, 60)?,
            first: u32_at(bytes, 48)?,
            ends: Vec::new(),
        };
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?);
        let mut more = u32_at(bytes, 68)?;
        let most = bytes.len() / sector + 1;
        for _ in 0..most {
            if more >= MARKS {
                break;
            }
            tables.extend(numbers(store.sector(more)?));
            more = tables.pop()?;
        }
        for table in tables.into_iter().filter(|table| *table < MARKS) {
            let part = numbers(store.sector(table)?);
            store.next.extend(part);
            if store.next.len() > most + 2048 {
                break;
            }
        }
        store.ends = vec![false; store.next.len()];
        Some(store)
    }

    /// A sector; the last one may be cut off.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let from = (number as usize + 1).checked_mul(self.sector)?;
        let to = (from + self.sector).min(self.bytes.len());
        self.bytes.get(from..to)
    }

    /// Refuses a chain that comes back to itself: the reader would follow it until the memory is full.
    fn must_end(&mut self, start: u32) -> Result<(), ReadError> {
        let mut walked = Vec::new();
        let mut at = start;
        while let Some(next) = self.next.get(at as usize) {
            if self.ends.get(at as usize) == Some(&true) {
                break;
            }
            if walked.len() > self.next.len() {
                return Err(damaged("its sectors go round in a circle"));
            }
            walked.push(at);
            at = *next;
        }
        for at in walked {
            if let Some(ends) = self.ends.get_mut(at as usize) {
                *ends = true;
            }
        }
        Ok(())
    }

    /// The bytes of a chain that is known to end, `length` of them at most.
    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut at = start;
        while let (Some(sector), true) = (self.sector(at), bytes.len() < length) {
            let take = sector.len().min(length - bytes.len());
            bytes.extend_from_slice(sector.get(..take).unwrap_or(sector));
            match self.next.get(at as usize) {
                Some(next) if *next < MARKS => at = *next,
                _ => break,
            }
        }
        bytes
    }

    /// A stream below 4096 bytes, in pieces of 64 within another one.
    fn small_chain(&mut self, within: &[u8], start: u32, length: usize) -> Vec<u8> {
        if self.must_end(self.small_next).is_err() {
            return Vec::new();
        }
        let next = numbers(&self.chain(self.small_next, self.bytes.len()));
        let mut bytes = Vec::new();
        let mut at = start as usize;
        while bytes.len() < length {
            let Some(piece) = within.get(at * 64..(at * 64 + 64).min(within.len())) else {
                break;
            };
            let take = piece.len().min(length - bytes.len());
            bytes.extend_from_slice(piece.get(..take).unwrap_or(piece));
            match next.get(at) {
                Some(next) if *next < MARKS => at = *next as usize,
                _ => break,
            }
        }
        bytes
    }

    fn directory(&mut self) -> Result<Vec<Entry>, ReadError> {
        self.must_end(self.first)?;
        self.must_end(self.small_next)?;
        let bytes = self.chain(self.first, self.bytes.len());
        let entries = bytes
            .chunks_exact(128)
            .enumerate()
            .filter_map(|(at, entry)| {
                let units = entry.get(..64)?.chunks_exact(2);
                let name: Vec<u16> = units
                    .map(|pair| u16_at(pair, 0).unwrap_or_default())
                    .take_while(|unit| *unit != 0)
                    .collect();
                Some(Entry {
                    name: String::from_utf16_lossy(&name).to_ascii_lowercase(),
                    start: u32_at(entry, 116)?,
                    length: u32_at(entry, 120)? as usize,
                    is_root: at == 0,
                })
            });
        Ok(entries.collect())
    }
}

/// Goes through the records of the workbook, and from each place where a sheet is said to begin.
fn check_stream(stream: &[u8], limits: &Limits) -> Result<(), ReadError> {
    let sheets: Vec<usize> = records(stream)
        .filter(|(kind, _)| *kind == 0x0085)
        .filter_map(|(_, data)| u32_at(data, 0).map(|at| at as usize))
        .collect();
    let mut total = 0_u64;
    let mut seen = std::collections::BTreeSet::new();
    for at in sheets {
        // many names for one place are counted, but not walked again
        if seen.insert(at) && seen.len() > 1024 {
            return Err(damaged("it has more than 1024 sheets"));
        }
        total = total.saturating_add(span(stream.get(at..).unwrap_or(&[]))?);
        if total > limits.workbook_cells as u64 {
            let most = limits.workbook_cells;
            return Err(ReadError::limit(
                "workbook_cells",
                format!("the workbook has more than {most} cells"),
            ));
        }
    }
    Ok(())
}

/// How many cells lie between the first and the last one of a sheet.
fn span(sheet: &[u8]) -> Result<u64, ReadError> {
    let (mut first, mut last) = ((u64::MAX, u64::MAX), (0, 0));
    let mut depth = 0_usize;
    for (kind, data) in records(sheet) {
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            0x0200 => announced(data)?,
            kind if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    continue;
                };
                // a record of several numbers in a row ends with its last column
                let end = if kind == 0x00BD {
                    u16_at(data, data.len().saturating_sub(2))
                        .unwrap_or(column)
                        .max(column)
                } else {
                    column
                };
                first = (first.0.min(row.into()), first.1.min(column.into()));
                last = (last.0.max(row.into()), last.1.max(end.into()));
            }
            _ => {}
        }
    }
    if first.0 == u64::MAX {
        return Ok(0);
    }
    Ok((last.0 - first.0 + 1) * (last.1 - first.1 + 1))
}

/// The size that a sheet says it has, for which the reader makes room.
fn announced(data: &[u8]) -> Result<(), ReadError> {
    let ends = match data.len() {
        10 => (u16_at(data, 2).map(u64::from), u16_at(data, 6)),
        14 | 16 => (u32_at(data, 4).map(u64::from), u16_at(data, 10)),
        _ => return Ok(()),
    };
    let (Some(rows), Some(columns)) = ends else {
        return Ok(());
    };
    let begins = match data.len() {
        10 => u16_at(data, 0).map(u64::from),
        _ => u32_at(data, 0).map(u64::from),
    };
    let is_turned = begins.is_some_and(|begin| rows > 0 && begin > rows);
    if rows * u64::from(columns) > LARGEST_SHEET || is_turned {
        return Err(damaged("a sheet says that it is larger than sheets can be"));
    }
    Ok(())
}

/// The records of a stream: kind and data, up to the first that is cut off.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let kind = u16_at(rest, 0)?;
        let length = u16_at(rest, 2)? as usize;
        let data = rest.get(4..4 + length)?;
        rest = rest.get(4 + length..).unwrap_or(&[]);
        Some((kind, data))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.chunks_exact(4);
    fours.filter_map(|four| u32_at(four, 0)).collect()
}
