//! Tells a case from an export without the passphrase: a case looks like noise from its first byte on, and no export does.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// How much of a file is looked at: the first page of a case.
const LOOKED_AT: usize = 4096;

/// Of less than this nothing can be said.
const LEAST: usize = 256;

/// How much the sixteen values of half a byte may differ in number (chi-square, 15 degrees of freedom; noise is about 15, and beyond
/// this bound once in a thousand million files).
const UNEVEN: f64 = 80.0;

/// How files begin that are packed, and so look like noise further on. Three bytes at least: a case begins with drawn
/// ones, and one case in 65,536 would begin with any given two.
const KNOWN: [&[u8]; 21] = [
    b"PK\x03\x04", // zip: XLSX, ODS
    b"PK\x05\x06",
    b"PK\x07\x08",
    b"\xD0\xCF\x11\xE0", // OLE: XLS, a workbook under a password
    b"\x1F\x8B\x08",     // gzip
    b"PAR1",             // Parquet
    b"ARROW1",
    b"%PDF",
    b"\x89PNG",
    b"\xFF\xD8\xFF", // JPEG
    b"GIF8",
    b"SQLite format 3",
    b"7z\xBC\xAF",
    b"Rar!",
    b"BZh",
    b"\xFD7zXZ",
    b"\x28\xB5\x2F\xFD", // zstd
    b"\x04\x22\x4D\x18", // lz4
    b"\xEF\xBB\xBF",     // UTF-8 with a mark
    b"age-encryption",
    b"-----BEGIN",
];

/// Whether a path is to be taken for a case: a plain file that looks like noise, whatever it is called. A damaged or cut case is
/// taken for one too, so that it is told as such.
///
/// # Errors
/// When it cannot be read.
pub fn is_case(path: &Path) -> io::Result<bool> {
    if !std::fs::metadata(path)?.is_file() {
        return Ok(false);
    }
    let mut start = Vec::with_capacity(LOOKED_AT);
    File::open(path)?
        .take(LOOKED_AT as u64)
        .read_to_end(&mut start)?;
    Ok(looks_sealed(&start))
}

/// Whether bytes look like the start of a case.
fn looks_sealed(start: &[u8]) -> bool {
    if start.len() < LEAST || KNOWN.iter().any(|known| start.starts_with(known)) {
        return false;
    }
    let high = |byte: u8| usize::from(byte >> 4);
    let low = |byte: u8| usize::from(byte & 15);
    unevenness(start, high) < UNEVEN && unevenness(start, low) < UNEVEN
}

/// How far the counts of the values are from equal.
fn unevenness(bytes: &[u8], half: impl Fn(u8) -> usize) -> f64 {
    let mut counts = [0_u32; 16];
    for &byte in bytes {
        if let Some(count) = counts.get_mut(half(byte)) {
            *count += 1;
        }
    }
    let expected = bytes.len() as f64 / 16.0;
    let off = counts
        .iter()
        .map(|&count| (f64::from(count) - expected).powi(2) / expected);
    off.sum()
}
