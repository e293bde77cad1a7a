//! Old Excel files, which are small file systems, made by hand so that they can lie.

use super::{beside_a_good_one, is_refused};

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [
        &kind.to_le_bytes()[..],
        &(data.len() as u16).to_le_bytes(),
        data,
    ]
    .concat()
}

fn label((row, column, text): (u16, u16, &str)) -> Vec<u8> {
    let mut data = Vec::new();
    for number in [row, column, 0, text.len() as u16] {
        data.extend(number.to_le_bytes());
    }
    data.push(0);
    data.extend(text.as_bytes());
    record(0x0204, &data)
}

/// The stream of a workbook with one sheet: the size it says it has, and its cells.
fn stream(size: Option<(u32, u32, u16, u16)>, far: Option<(u16, u16)>) -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let globals = |at: u32| {
        let name = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
        [begin(5), record(0x0085, &name), end.clone()].concat()
    };
    let mut stream = globals(globals(0).len() as u32);
    stream.extend(begin(16));
    if let Some((first_row, rows, first_column, columns)) = size {
        let mut data = [first_row.to_le_bytes(), rows.to_le_bytes()].concat();
        for number in [first_column, columns, 0] {
            data.extend(number.to_le_bytes());
        }
        stream.extend(record(0x0200, &data));
    }
    let cells = [
        (0, 0, "entry_id"),
        (0, 1, "date"),
        (0, 2, "text"),
        (1, 0, "e1"),
        (1, 1, "2024-01-01"),
        (1, 2, "hello"),
    ];
    for cell in cells {
        stream.extend(label(cell));
    }
    if let Some((row, column)) = far {
        stream.extend(label((row, column, "x")));
    }
    stream.extend(end);
    stream.resize(stream.len().max(5120), 0);
    stream
}

/// Puts a stream into sectors: 0 says which follows which, 1 is the directory. `turn` sends a sector back to another.
fn file(stream: &[u8], turn: Option<(usize, u32)>) -> Vec<u8> {
    let count = stream.len().div_ceil(512);
    let mut next = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
    next.extend((0..count as u32).map(|at| {
        if at as usize + 1 == count {
            0xFFFF_FFFE
        } else {
            at + 3
        }
    }));
    next.resize(128, 0xFFFF_FFFF_u32);
    if let Some((at, to)) = turn {
        next[at] = to;
    }
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.resize(40, 0);
    let header = [0, 1, 1, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE_u32, 0, 0];
    for number in header {
        bytes.extend(number.to_le_bytes());
    }
    // ten numbers of four bytes end at 80, where the list of tables has given its first
    bytes.resize(512, 0xFF);
    for number in next {
        bytes.extend(number.to_le_bytes());
    }
    let length = if turn.is_some() {
        0xFFFF_FFF0
    } else {
        stream.len() as u32
    };
    for (name, kind, start, length) in [
        ("Root Entry", 5_u8, 0xFFFF_FFFE, 0),
        ("Workbook", 2, 2, length),
    ] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_bytes = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(name_bytes.to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(80, 0xFF);
        entry.resize(116, 0);
        entry.extend(u32::to_le_bytes(start));
        entry.extend(u32::to_le_bytes(length));
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes.resize(1536, 0);
    bytes.extend(stream);
    bytes
}

#[test]
fn a_sound_one_is_used() {
    let built = beside_a_good_one(
        "police/a.xls",
        &file(&stream(Some((0, 2, 0, 3)), None), None),
    );
    assert_eq!(built.code, Some(0), "{:?}", built.rejects);
    assert!(built.stderr.contains("2 facts"), "{}", built.stderr);
}

#[test]
fn one_that_lies_about_its_size_or_goes_round_in_a_circle_is_refused() {
    for (bytes, because) in [
        (file(&stream(None, Some((65_535, 65_535))), None), "cells"),
        (
            file(&stream(Some((0, u32::MAX, 0, 255)), None), None),
            "larger than sheets can be",
        ),
        (
            file(&stream(Some((0, 0x7F_FFFF, 0, 255)), None), None),
            "larger than sheets can be",
        ),
        (
            file(&stream(Some((100, 2, 0, 255)), None), None),
            "larger than sheets can be",
        ),
        (file(&stream(None, None), Some((1, 1))), "circle"),
        (file(&stream(None, None), Some((11, 2))), "circle"),
    ] {
        let built = beside_a_good_one("police/a.xls", &bytes);
        is_refused(&built, "police/a.xls", because);
        assert!(built.peak_kb < 64 * 1024, "{} KB", built.peak_kb);
    }
}

#[test]
fn one_cut_off_anywhere_is_used_in_part_or_refused_without_a_word_of_a_fault() {
    let whole = file(&stream(Some((0, 2, 0, 3)), None), None);
    for length in (8..whole.len()).step_by(97) {
        let built = beside_a_good_one("police/a.xls", &whole[..length]);
        assert!(
            matches!(built.code, Some(0 | 1)),
            "{length}: {:?} {}",
            built.code,
            built.stderr
        );
        assert!(
            !built.stderr.contains("panicked") && !built.stderr.contains("fault of the program"),
            "{length}: {}",
            built.stderr
        );
    }
}
