//! Changes places of a text in the bytes that it was read from, whatever their encoding, and leaves all other bytes alone.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use crate::import::decode::{MIXED, decode};

/// A place of the decoded text, and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The place.
    pub place: Range<usize>,
    /// The new text.
    pub text: String,
}

/// Changes the places, which come in order and do not overlap.
pub fn edited(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let (text, encoding) = decode(bytes);
    let wanted = edits
        .iter()
        .flat_map(|edit| [edit.place.start, edit.place.end])
        .collect::<Vec<usize>>();
    let offsets = offsets(bytes, &text, encoding, &wanted);
    let mut out = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for (edit, place) in edits.iter().zip(offsets.chunks_exact(2)) {
        let [start, end] = *place else { continue };
        out.extend_from_slice(bytes.get(from..start).unwrap_or_default());
        encode(&edit.text, encoding, &mut out);
        from = end;
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    out
}

/// Changes the places and writes the whole as UTF-8 with a mark, for a file whose encoding only the cut rows told.
pub fn as_utf_8(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let text = decode(bytes).0;
    let mut out = b"\xEF\xBB\xBF".to_vec();
    let mut from = 0;
    for edit in edits {
        let before = text.get(from..edit.place.start).unwrap_or_default();
        out.extend_from_slice(before.as_bytes());
        out.extend_from_slice(edit.text.as_bytes());
        from = edit.place.end;
    }
    out.extend_from_slice(text.get(from..).unwrap_or_default().as_bytes());
    out
}

fn encode(text: &str, encoding: &str, out: &mut Vec<u8>) {
    match encoding {
        "UTF-16LE" => out.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        "UTF-16BE" => out.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        "windows-1252" => out.extend_from_slice(&WINDOWS_1252.encode(text).0),
        _ => out.extend_from_slice(text.as_bytes()),
    }
}

/// Where offsets of the text, in order, stand in the bytes.
fn offsets(bytes: &[u8], text: &str, encoding: &str, wanted: &[usize]) -> Vec<usize> {
    let mark = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => 3,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => 2,
        _ => 0,
    };
    let body = bytes.get(mark..).unwrap_or_default();
    match encoding {
        "windows-1252" => walk(text.chars().map(|c| (c.len_utf8(), 1)), mark, wanted),
        "UTF-16LE" | "UTF-16BE" => {
            walk(text.chars().map(|c| (c.len_utf8(), wide(c))), mark, wanted)
        }
        MIXED => {
            let shown = |byte: &u8| {
                let text = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(byte));
                (text.0.len(), 1)
            };
            let pieces = body.utf8_chunks().flat_map(|chunk| {
                let plain = std::iter::repeat_n((1, 1), chunk.valid().len());
                plain.chain(chunk.invalid().iter().map(shown))
            });
            walk(pieces, mark, wanted)
        }
        _ if std::str::from_utf8(body).is_ok() => wanted.iter().map(|at| mark + at).collect(),
        _ => {
            let pieces = body.utf8_chunks().flat_map(|chunk| {
                let (valid, broken) = (chunk.valid().len(), chunk.invalid().len());
                let shown = if broken > 0 { '\u{fffd}'.len_utf8() } else { 0 };
                let plain = std::iter::repeat_n((1, 1), valid);
                plain.chain(std::iter::once((shown, broken)))
            });
            walk(pieces, mark, wanted)
        }
    }
}

/// How many bytes a character takes in UTF-16; half a pair, shown as a replacement, takes two like any other.
fn wide(c: char) -> usize {
    c.len_utf16() * 2
}

/// Goes along pieces, each so long in the text and so long in the bytes.
fn walk(pieces: impl Iterator<Item = (usize, usize)>, mark: usize, wanted: &[usize]) -> Vec<usize> {
    let mut found = Vec::with_capacity(wanted.len());
    let (mut in_text, mut in_bytes) = (0, mark);
    let mut next = wanted.iter().copied().peekable();
    for (shown, taken) in pieces {
        while next.next_if(|at| *at <= in_text).is_some() {
            found.push(in_bytes);
        }
        in_text += shown;
        in_bytes += taken;
    }
    found.extend(next.map(|_| in_bytes));
    found
}
