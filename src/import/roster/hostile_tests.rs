use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

use super::tests::{files, rows};
use super::*;
use crate::model::watch::{Unwatched, Watch};

fn names(bytes: &[u8], piece_bytes: usize) -> Result<Vec<(String, String)>, Fault> {
    let (_folder, paths) = files(&[("a.csv", bytes)]);
    let read = read_by(&paths, &Layout::default(), &Unwatched, Some(piece_bytes))?;
    let file = &read.files[0];
    assert_eq!(file.rows, file.used + file.rejected);
    assert_eq!(file.used, read.roster.len());
    let roster = read.roster;
    Ok((0..roster.len())
        .map(|record| {
            (
                roster.id(record).to_owned(),
                roster.other.get(record).to_owned(),
            )
        })
        .collect())
}

#[test]
fn every_encoding_delimiter_and_line_end_is_read() {
    let text = "record_id,aka\n1,Zoë\n2,\"Ann, Bo; C\"\n3,Łucja\n";
    let wide = |little: bool, text: &str| -> Vec<u8> {
        let unit = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        text.encode_utf16().flat_map(unit).collect()
    };
    let wanted = ["Zoë", "Ann, Bo; C", "Łucja"];
    for (what, bytes) in [
        ("plain", text.as_bytes().to_vec()),
        (
            "marked",
            [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        ),
        (
            "UTF-16LE",
            [b"\xFF\xFE".to_vec(), wide(true, text)].concat(),
        ),
        (
            "UTF-16BE",
            [b"\xFE\xFF".to_vec(), wide(false, text)].concat(),
        ),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("CR", text.replace('\n', "\r").into_bytes()),
        ("no last line end", text.trim_end().as_bytes().to_vec()),
        (
            "tabs",
            text.replacen("1,", "1\t", 1)
                .replace("2,", "2\t")
                .replace("3,", "3\t")
                .replace("id,", "id\t")
                .into_bytes(),
        ),
        (
            "semicolons",
            text.replacen("1,", "1;", 1)
                .replace("2,", "2;")
                .replace("3,", "3;")
                .replace("id,", "id;")
                .into_bytes(),
        ),
        (
            "bars",
            text.replacen("1,", "1|", 1)
                .replace("2,", "2|")
                .replace("3,", "3|")
                .replace("id,", "id|")
                .into_bytes(),
        ),
        ("sep", [b"sep=,\n".as_slice(), text.as_bytes()].concat()),
    ] {
        for piece_bytes in [8, 1 << 20] {
            let read = names(&bytes, piece_bytes).unwrap();
            let read: Vec<&str> = read.iter().map(|(_, name)| name.as_str()).collect();
            assert_eq!(read, wanted, "{what}");
        }
    }
    let windows = names(b"record_id,aka\n1,Zo\xEB\n2,Ren\xE9e\n", 1 << 20).unwrap();
    assert_eq!(windows[1].1, "Renée");
}

#[test]
fn a_file_that_is_no_utf_8_far_behind_is_decoded_from_its_beginning() {
    let mut bytes = b"record_id,aka\n".to_vec();
    for n in 0..120_000 {
        bytes.extend(format!("{n},Name of {n}\n").bytes());
    }
    assert!(bytes.len() > 1 << 20);
    bytes.extend(b"x,Zo\xEB\n");
    let read = names(&bytes, PIECE_BYTES).unwrap();
    assert_eq!(read.len(), 120_001);
    assert!(read.contains(&("a:x".into(), "Zoë".into())));
}

#[test]
fn a_cell_with_many_line_ends_is_one_cell() {
    let lines = "x,y\n".repeat(5_000);
    let text = format!("record_id,aka\n1,\"{lines}\"\n2,B\n");
    for piece_bytes in [64, 1_000, 1 << 20] {
        let read = names(text.as_bytes(), piece_bytes).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].1, lines.trim_end());
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_one_cell_in_a_large_file() {
    let rows = rows(100_000, |n| format!("{n},Name of {n}\n"));
    let text = format!("record_id,aka\nx,\"open\n{rows}");
    for piece_bytes in [10_000, 1 << 20] {
        let read = names(text.as_bytes(), piece_bytes).unwrap();
        assert_eq!(read.len(), 100_001);
        assert!(read.contains(&("a:x".into(), "\"open".into())));
    }
}

#[test]
fn a_row_without_end_is_refused() {
    let mut bytes = b"record_id,aka\n1,A\n2,".to_vec();
    bytes.resize(40 << 20, b'x');
    let fault = names(&bytes, PIECE_BYTES).unwrap_err().to_string();
    assert!(fault.contains("longer than 16 MB"), "{fault}");
}

#[test]
fn zero_bytes_and_control_characters_are_kept_or_the_file_is_refused() {
    let read = names(b"record_id,aka\n1,A\0B\x1b[2J\n", 64).unwrap();
    assert_eq!(read[0].1, "A\0B\u{1b}[2J");
    assert!(names(&[0; 5000], 64).is_err());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let rows = rows(5_000, |n| {
        format!(
            "{},N{},\"S\n{}\",{}/{}/2001\n",
            n % 4_990,
            n % 13,
            n % 611,
            n % 28,
            n % 14
        )
    });
    let text = format!("record_id,given_name,surname,dob\n{rows}");
    let (_folder, paths) = files(&[("a.csv", text.as_bytes())]);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| read_by(&paths, &Layout::default(), &Unwatched, Some(500)).unwrap())
    };
    let one = with(1);
    assert_eq!(one.files[0].rejected, 10);
    assert_eq!(one, with(5));
}

/// Stops after so many steps.
struct StopAfter(AtomicU64);

impl Watch for StopAfter {
    fn stage(&self, _doing: &'static str, _steps: u64) {}

    fn done(&self, _steps: u64) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

#[test]
fn reading_stops_between_pieces() {
    let rows = rows(1_000, |n| format!("{n},N{n}\n"));
    let (_folder, paths) = files(&[("a.csv", format!("record_id,aka\n{rows}").as_bytes())]);
    for steps in [0, 3] {
        let watch = StopAfter(AtomicU64::new(steps));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let read = pool.install(|| read_by(&paths, &Layout::default(), &watch, Some(64)));
        assert_eq!(read, Err(Fault::Stopped));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn pieces_give_what_the_csv_crate_gives(
        cells in prop::collection::vec("[ab,\"\n\r;é]{0,12}", 1..60),
        piece_bytes in 1_usize..200,
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Necessary).from_writer(Vec::new());
        writer.write_record(["record_id", "aka"]).unwrap();
        for (n, cell) in cells.iter().enumerate() {
            writer.write_record([format!("{n:03}").as_str(), cell]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let read = names(&bytes, piece_bytes).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let wanted: Vec<(String, String)> = reader
            .records()
            .map(|row| {
                let row = row.unwrap();
                (format!("a:{}", &row[0]), row[1].trim().to_owned())
            })
            .collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn any_bytes_are_read_or_refused_and_pieces_make_no_difference(
        bytes in prop::collection::vec(prop::sample::select(b"a1\",;\t|\n\r\0\xC3\xA9\xFF' =".to_vec()), 0..300),
        piece_bytes in 1_usize..100,
    ) {
        let mut file = b"record_id,aka\n".to_vec();
        file.extend(&bytes);
        prop_assert_eq!(names(&file, piece_bytes).ok(), names(&file, 1 << 20).ok());
        let _ = names(&bytes, piece_bytes);
    }
}
