//! Looks at a workbook before it is opened: what kind it is, and what it would unpack to.
//!
//! The sizes in a zip's directory may lie, so every member is unpacked once, into nothing, and counted. What cannot be
//! unpacked here is left to the reader to complain about, which knows whether it needs it.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::Limits;
use super::read_error::{Fault, ReadError};
use super::workbook::damaged;
use super::{workbook_repeats, workbook_xls, workbook_xml};

/// A kind of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Excel since 2007.
    Xlsx,
    /// Excel before.
    Xls,
    /// `LibreOffice`.
    Ods,
}

/// What is known of a workbook before it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Looked {
    /// What kind it is.
    pub kind: Kind,
    /// Whether cells are merged (XLSX), or merged over several rows (ODS). Of XLS the reader knows that at once.
    pub is_merged: bool,
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
pub(super) fn check(bytes: &[u8], extension: &str, limits: &Limits) -> Result<Looked, ReadError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        workbook_xls::check(bytes, limits)?;
        return Ok(Looked {
            kind: Kind::Xls,
            is_merged: false,
        });
    }
    if !bytes.starts_with(b"PK") {
        return Err(no_workbook(bytes, extension));
    }
    if !has_directory(bytes) {
        return Err(damaged("the end of the file is missing"));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| damaged("the end of the file is missing"))?;
    let kind = kind_of(&zip)?;
    let declared = (0..zip.len())
        .filter_map(|at| zip.by_index_raw(at).ok().map(|file| file.size()))
        .fold(0_u64, u64::saturating_add);
    weigh(declared, bytes, limits)?;
    let (mut unpacked, mut is_merged) = (0, false);
    for at in 0..zip.len() {
        let Ok(mut file) = zip.by_index(at) else {
            continue;
        };
        let name = file
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default();
        let left = limits.workbook_bytes.saturating_sub(unpacked) + 1;
        let mut counted = Counted {
            inner: file.by_ref().take(left),
            bytes: 0,
        };
        let told = inspect(&name, kind, &mut counted, limits);
        // what is left of a member that is refused is counted too: a limit passed is the better reason
        drain(&mut counted);
        unpacked += counted.bytes;
        weigh(unpacked, bytes, limits)?;
        is_merged |= told?;
    }
    Ok(Looked { kind, is_merged })
}

/// Tells the kind of a zipped workbook by what it holds.
fn kind_of(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<Kind, ReadError> {
    let names: Vec<String> = zip
        .file_names()
        .filter_map(|name| name.ok().map(std::borrow::Cow::into_owned))
        .collect();
    let has = |name: &str| names.iter().any(|file| file == name);
    if has("content.xml") {
        Ok(Kind::Ods)
    } else if has("xl/workbook.bin") {
        Err(ReadError::new(
            Fault::NotReadable,
            "binary workbooks (XLSB) are not read",
            "save it as XLSX",
        ))
    } else if names.iter().any(|file| file.starts_with("xl/")) {
        Ok(Kind::Xlsx)
    } else {
        Err(ReadError::new(
            Fault::NotReadable,
            "this is a zip file and no workbook",
            "unpack it, and put the files it holds into the folder",
        ))
    }
}

/// Whether a zip's directory ends in its last 64 KB, as it must; looking for it all through a large file takes long.
fn has_directory(bytes: &[u8]) -> bool {
    let tail = bytes
        .get(bytes.len().saturating_sub(66_000)..)
        .unwrap_or(bytes);
    tail.windows(4).any(|window| window == b"PK\x05\x06")
}

/// Looks inside a member that the workbook reader would parse; says whether cells are merged in it.
fn inspect(
    name: &str,
    kind: Kind,
    member: &mut impl Read,
    limits: &Limits,
) -> Result<bool, ReadError> {
    if kind == Kind::Ods && name == "content.xml" {
        let mut content = Vec::new();
        // an error here comes again when the workbook is read
        let _ = member.read_to_end(&mut content);
        let is_merged = workbook_repeats::check(&content, limits)?;
        workbook_xml::check(name, content.as_slice())?;
        return Ok(is_merged);
    }
    if kind == Kind::Xlsx && name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
        let mut content = Vec::new();
        // an error here comes again when the workbook is read
        let _ = member.read_to_end(&mut content);
        if tells_too_many(&content) {
            return Err(damaged("it names more texts than it holds"));
        }
        return workbook_xml::check(name, content.as_slice());
    }
    let extension = std::path::Path::new(name).extension();
    if extension.is_some_and(|extension| extension == "xml" || extension == "rels") {
        return workbook_xml::check(name, BufReader::new(member));
    }
    Ok(false)
}

/// Whether the table of texts says that it holds more than it has room for: the reader makes room for as many as it says.
fn tells_too_many(content: &[u8]) -> bool {
    let most = content.len().max(1 << 20) as u64;
    let is_too_large = |digits: &[u8]| {
        let number = std::str::from_utf8(digits).ok();
        number.is_some_and(|digits| {
            digits.len() > 18 || digits.parse::<u64>().is_ok_and(|number| number > most)
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
        .any(is_too_large)
}

/// A reader that counts what passes.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Reads to the end or to the first error.
fn drain(mut reader: impl Read) {
    let mut buffer = [0_u8; 8 << 10];
    while let Ok(1..) = reader.read(&mut buffer) {}
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
