//! Turns bytes into text: UTF-8 and UTF-16 with or without their marks, else Windows-1252.
//!
//! Every byte has a meaning in Windows-1252, so decoding never fails. What is no text at all is told by [`not_text`].

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::read_error::{Fault, ReadError};

/// The name of UTF-8 in which single bytes stand for characters of Windows-1252.
pub const MIXED: &str = "UTF-8 and windows-1252";

/// How many bytes are looked at to recognise UTF-16 without a mark, or a file that is no text.
const SAMPLE: usize = 64 << 10;

/// Decodes a file; gives the text without its byte order mark, and the name of the encoding.
///
/// The names are `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `UTF-16BE`, `windows-1252` and [`MIXED`].
///
/// A file of UTF-8 with a few bytes that are none, as when rows of two programs were pasted together, stays UTF-8: only those
/// bytes are read as Windows-1252, so that one of them does not spoil every other name.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => (Cow::Borrowed(text), "UTF-8 with BOM"),
            Err(_) => (Cow::Owned(mixed(rest).0), MIXED),
        },
        [0xFF, 0xFE, rest @ ..] => (wide(UTF_16LE, rest), "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => (wide(UTF_16BE, rest), "UTF-16BE"),
        _ => match unmarked_wide(bytes) {
            Some(encoding) => (wide(encoding, bytes), encoding.name()),
            None => narrow(bytes),
        },
    }
}

fn wide(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Cow<'static, str> {
    Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

fn narrow(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), "UTF-8"),
        // a file cut off inside its last character is UTF-8 all the same, if it has other characters beyond ASCII
        Err(fault)
            if fault.error_len().is_none()
                && !bytes.get(..fault.valid_up_to()).unwrap_or(&[]).is_ascii() =>
        {
            (String::from_utf8_lossy(bytes), "UTF-8")
        }
        Err(_) => match mixed(bytes) {
            // by chance text of Windows-1252 hardly ever holds a character of UTF-8
            (text, whole, stray) if whole >= stray => (Cow::Owned(text), MIXED),
            _ => (
                WINDOWS_1252.decode_without_bom_handling(bytes).0,
                "windows-1252",
            ),
        },
    }
}

/// UTF-8 with its stray bytes read as Windows-1252; and how many characters beyond ASCII are whole, and how many bytes stray.
fn mixed(bytes: &[u8]) -> (String, usize, usize) {
    let (mut text, mut whole, mut stray) = (String::with_capacity(bytes.len()), 0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        whole += chunk.valid().chars().filter(|one| !one.is_ascii()).count();
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        stray += chunk.invalid().len();
    }
    (text, whole, stray)
}

/// UTF-16 without a mark: nearly every other byte is zero, and on one side only.
fn unmarked_wide(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.len() < 4 {
        return None;
    }
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.get(1) == Some(&0));
    }
    let pairs = sample.len() / 2;
    let (most, none) = (pairs * 7 / 10, pairs / 20);
    if odd > most && even <= none {
        Some(UTF_16LE)
    } else if even > most && odd <= none {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Files that are often put into a folder of exports and are no text, by their first bytes.
const KNOWN: [(&[u8], &str); 7] = [
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a workbook or another zip file"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a compressed file"),
];

/// Says why these bytes are no text, if they are not: a known other kind of file, or full of zero bytes.
pub fn not_text(bytes: &[u8]) -> Option<ReadError> {
    if let Some((_, kind)) = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(ReadError::new(
            Fault::NotReadable,
            format!("the file is {kind}, not text"),
            "save it as CSV or XLSX, with an ending that fits",
        ));
    }
    let marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if marked || unmarked_wide(bytes).is_some() {
        return None;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = sample.split(|byte| *byte == 0).count() - 1;
    // one stray zero byte in a long file is kept as it is; more than that is no text
    (zeros * 1000 > sample.len() && zeros > 1).then(|| {
        ReadError::new(
            Fault::NotReadable,
            "the file is not text: it holds NUL characters",
            "open it in the program it came from and save it as CSV or XLSX",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wide_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn each_encoding_is_recognised() {
        let text = "name,note\nZoë,café\n";
        let with = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (
                with(b"\xEF\xBB\xBF", text.as_bytes().to_vec()),
                "UTF-8 with BOM",
            ),
            (with(b"\xFF\xFE", wide_bytes(text, true)), "UTF-16LE"),
            (with(b"\xFE\xFF", wide_bytes(text, false)), "UTF-16BE"),
            (wide_bytes(text, true), "UTF-16LE"),
            (wide_bytes(text, false), "UTF-16BE"),
            (b"name,note\nZo\xEB,caf\xE9\n".to_vec(), "windows-1252"),
        ] {
            assert_eq!(decode(&bytes), (Cow::Borrowed(text), name));
            assert_eq!(not_text(&bytes), None, "{name}");
        }
    }

    #[test]
    fn a_smart_quote_of_windows_is_a_quote() {
        assert_eq!(decode(b"Mum\x92s").0, "Mum\u{2019}s");
    }

    #[test]
    fn a_stray_byte_spoils_no_other_name() {
        let (start, rest) = ("name\nGarcía\nZoë\nZo".as_bytes(), b"\xEB\n");
        let text = "name\nGarcía\nZoë\nZoë\n";
        assert_eq!(decode(&[start, rest].concat()), (text.into(), MIXED));
        let marked = [b"\xEF\xBB\xBF", start, rest].concat();
        assert_eq!(decode(&marked), (text.into(), MIXED));
    }

    #[test]
    fn a_file_cut_inside_a_character_stays_utf_8() {
        let (text, name) = decode("Zoë, Zoë".as_bytes().get(..9).unwrap());
        assert_eq!((text.as_ref(), name), ("Zoë, Zo\u{fffd}", "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_refused_and_one_zero_byte_is_not() {
        assert!(not_text(b"%PDF-1.7").is_some_and(|e| e.problem.contains("PDF")));
        assert!(not_text(&[1, 0, 0, 7, 0, 0, 0, 3, 9, 0]).is_some());
        assert_eq!(not_text(b"a,b\n1,x\0y\n"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = (decode(&bytes), not_text(&bytes));
        }

        #[test]
        fn utf_8_comes_back_as_it_was(text in "[^\u{0}\u{feff}]{0,60}") {
            let (read, name) = decode(text.as_bytes());
            prop_assert_eq!(read.as_ref(), text.as_str());
            prop_assert_eq!(name, "UTF-8");
        }
    }
}
