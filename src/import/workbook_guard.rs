//! Looks at a workbook before it is opened: what kind it is, and what it would unpack to.
//!
//! The sizes in a zip's directory may lie, so every member is unpacked once, into nothing, and counted. What cannot be
//! unpacked here is left to the reader to complain about, which knows whether it needs it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Limits;
use super::read_error::{Fault, ReadError};
use super::workbook::damaged;
use super::workbook_repeats;
use super::workbook_xls;

/// A kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Excel since 2007.
    Xlsx,
    /// Excel before.
    Xls,
    /// LibreOffice.
    Ods,
}

/// A workbook that cannot be opened without its password.
pub(super) fn locked() -> ReadError {
    ReadError::new(
        Fault::NotReadable,
        "the workbook is locked with a password",
        "open it with the password and save it without one",
    )
}

/// Tells the kind of a workbook, and refuses one that unpacks to more than the limits.
pub(super) fn check(bytes: &[u8], extension: &str, limits: &Limits) -> Result<Kind, ReadError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        workbook_xls::check(bytes, limits)?;
        return Ok(Kind::Xls);
    }
    if !bytes.starts_with(b"PK") {
        return Err(no_workbook(bytes, extension));
    }
    // the directory of a zip ends in its last 64 KB; looking for it all through a large file takes long
    let tail = bytes
        .get(bytes.len().saturating_sub(66_000)..)
        .unwrap_or(bytes);
    if !tail.windows(4).any(|window| window == b"PK\x05\x06") {
        return Err(damaged("the end of the file is missing"));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| damaged("the end of the file is missing"))?;
    let names: Vec<String> = zip
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .collect();
    let has = |name: &str| names.iter().any(|file| file == name);
    let kind = if has("content.xml") {
        Kind::Ods
    } else if has("xl/workbook.bin") {
        return Err(ReadError::new(
            Fault::NotReadable,
            "binary workbooks (XLSB) are not read",
            "save it as XLSX",
        ));
    } else if names.iter().any(|file| file.starts_with("xl/")) {
        Kind::Xlsx
    } else {
        return Err(ReadError::new(
            Fault::NotReadable,
            "this is a zip file and no workbook",
            "unpack it, and put the files it holds into the folder",
        ));
    };
    let declared = (0..zip.len())
        .filter_map(|at| zip.by_index_raw(at).ok().map(|file| file.size()))
        .fold(0_u64, u64::saturating_add);
    weigh(declared, bytes, limits)?;
    let mut unpacked = 0;
    for at in 0..zip.len() {
        let Ok(mut file) = zip.by_index(at) else {
            continue;
        };
        let name = file.name().map(|name| name.to_ascii_lowercase());
        let name = name.as_deref().unwrap_or_default();
        let is_content = kind == Kind::Ods && name == "content.xml";
        let is_texts = kind == Kind::Xlsx && name.ends_with("sharedstrings.xml");
        let left = limits.workbook_bytes.saturating_sub(unpacked) + 1;
        let mut content = Vec::new();
        unpacked += if is_content || is_texts {
            // an error here comes again when the workbook is read
            let _ = file.by_ref().take(left).read_to_end(&mut content);
            content.len() as u64
        } else {
            count(file.by_ref().take(left))
        };
        weigh(unpacked, bytes, limits)?;
        if is_content {
            workbook_repeats::check(&content, limits)?;
        }
        if is_texts && tells_too_many(&content) {
            return Err(damaged("it names more texts than it holds"));
        }
    }
    Ok(kind)
}

/// Whether the table of texts says that it holds more than it has room for: the reader makes room for as many as it says.
fn tells_too_many(content: &[u8]) -> bool {
    let most = content.len().max(1 << 20) as u64;
    let is_number_too_large = |digits: &[u8]| {
        let number = std::str::from_utf8(digits)
            .ok()
            .filter(|digits| !digits.is_empty());
        number.is_some_and(|digits| {
            digits.parse::<u64>().is_ok_and(|n| n > most) || digits.len() > 18
        })
    };
    content
        .split(|byte| *byte == b'<')
        .filter(|tag| {
            let name = tag
                .split(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                .next();
            name.is_some_and(|name| name == b"sst" || name.ends_with(b":sst"))
        })
        .flat_map(|tag| tag.split(|byte| !byte.is_ascii_digit()))
        .any(is_number_too_large)
}

/// Reads to the end or to the first error, and counts.
fn count(mut reader: impl Read) -> u64 {
    let mut buffer = [0_u8; 32 << 10];
    let mut sum = 0;
    while let Ok(n @ 1..) = reader.read(&mut buffer) {
        sum += n as u64;
    }
    sum
}

fn weigh(unpacked: u64, bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if unpacked > limits.workbook_bytes {
        let most = limits.workbook_bytes;
        return Err(ReadError::limit(
            "workbook_bytes",
            format!("the workbook unpacks to more than {most} bytes"),
        ));
    }
    // below a megabyte the ratio says nothing about harm, and a small file of one repeated row passes it easily
    if unpacked > 1 << 20 && unpacked / limits.workbook_ratio.max(1) > bytes.len() as u64 {
        let most = limits.workbook_ratio;
        return Err(ReadError::limit(
            "workbook_ratio",
            format!("the workbook unpacks to more than {most} times its size"),
        ));
    }
    Ok(())
}

/// Systems often write a web page or a CSV and name it `.xls`.
fn no_workbook(bytes: &[u8], extension: &str) -> ReadError {
    let start = bytes.get(..512).unwrap_or(bytes);
    let hint = if super::decode::not_text(start).is_some() {
        "open it in the program it came from and save it as XLSX or CSV"
    } else if start.trim_ascii_start().starts_with(b"<") {
        "it is a web page or XML: open it in a spreadsheet program and save it as XLSX"
    } else {
        "it is text: if it is a CSV file, give it the ending .csv"
    };
    ReadError::new(
        Fault::NotReadable,
        format!("the file ends in .{extension} but is no workbook"),
        hint,
    )
}
