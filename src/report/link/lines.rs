//! Builds the lines of a large table in parallel pieces and writes them in order.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use crate::model::watch::Watch;
use crate::report::csv;

/// Rows of one piece: some hundred kilobytes.
const PIECE: usize = 8192;

/// Pieces that are built before they are written, so that memory stays small whatever the number of rows.
const AT_ONCE: usize = 32;

/// Digits behind the point of a weight: weights lie on a grid of 1/4096 bit, which four digits tell apart.
const WEIGHT_DIGITS: usize = 4;

/// Digits behind the point of a probability.
const PROBABILITY_DIGITS: usize = 9;

/// Writes `count` lines, which `build` makes for any range of rows; whatever the number of threads, the bytes are the same.
///
/// # Errors
/// What the writer says, or that the watch says stop.
pub fn write(
    count: usize,
    out: &mut dyn Write,
    watch: &dyn Watch,
    build: impl Fn(Range<usize>, &mut Vec<u8>) + Sync,
) -> io::Result<()> {
    let starts: Vec<usize> = (0..count).step_by(PIECE).collect();
    // filled again and again: fresh memory for each piece would cost as much as filling it
    let none = || vec![Vec::new(); AT_ONCE.min(starts.len())];
    let (mut built, mut next): (Vec<Vec<u8>>, Vec<Vec<u8>>) = (none(), none());
    let mut ready = 0;
    // once more than there is to build: what was built is written while the next pieces are
    for some in starts.chunks(AT_ONCE).chain([&[] as &[usize]]) {
        if watch.is_stopped() {
            return Err(io::Error::other("stopped"));
        }
        rayon::in_place_scope(|scope| {
            let (build, next) = (&build, &mut next);
            scope.spawn(move |_| {
                let pieces = some.par_iter().zip(next);
                pieces.for_each(|(&start, piece)| {
                    piece.clear();
                    build(start..count.min(start + PIECE), piece);
                });
            });
            let mut pieces = built.iter().take(ready);
            pieces.try_for_each(|piece| out.write_all(piece))
        })?;
        watch.done((ready * PIECE) as u64);
        std::mem::swap(&mut built, &mut next);
        ready = some.len();
    }
    Ok(())
}

/// Bytes that need no care: asked some ten million times, so that a look is worth more than a question.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric()
            || matches!(byte as u8, b':' | b'-' | b'_' | b'.' | b'/');
        byte += 1;
    }
    plain
};

/// Writes a cell, safe for a spreadsheet, in quotes where it needs them.
pub fn cell(text: &str, piece: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let is_plain = |byte: u8| PLAIN.get(usize::from(byte)).is_some_and(|plain| *plain);
    if bytes.first().is_some_and(u8::is_ascii_alphanumeric) && bytes.iter().all(|b| is_plain(*b)) {
        piece.extend_from_slice(bytes);
        return;
    }
    let text = csv::safe(text);
    if text.contains(['"', ',', '\n']) {
        piece.push(b'"');
        piece.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        piece.push(b'"');
    } else {
        piece.extend_from_slice(text.as_bytes());
    }
}

/// Writes a weight in bits.
pub fn weight(weight: f64, piece: &mut Vec<u8>) {
    number::<WEIGHT_DIGITS>(weight, piece);
}

/// Writes a probability.
pub fn probability(probability: f64, piece: &mut Vec<u8>) {
    number::<PROBABILITY_DIGITS>(probability, piece);
}

/// Writes a number rounded to so many digits behind the point, without noughts at its end.
fn number<const DIGITS: usize>(number: f64, piece: &mut Vec<u8>) {
    const MOST: usize = 32;
    let one = const { 10_u64.pow(DIGITS as u32) };
    let scaled = (number.abs() * one as f64).round() as u64;
    if number < 0.0 && scaled > 0 {
        piece.push(b'-');
    }
    let (mut whole, mut fraction) = (scaled / one, scaled % one);
    let mut digits = [b'0'; MOST];
    // from the last digit to the first, the point between
    let (before, after) = digits.split_at_mut(MOST - DIGITS);
    for digit in after.iter_mut().rev() {
        *digit = b'0' + (fraction % 10) as u8;
        fraction /= 10;
    }
    let mut length = 0;
    for digit in before.iter_mut().rev() {
        *digit = b'0' + (whole % 10) as u8;
        whole /= 10;
        length += 1;
        if whole == 0 {
            break;
        }
    }
    piece.extend_from_slice(before.get(before.len() - length..).unwrap_or_default());
    let used = after
        .iter()
        .rposition(|digit| *digit != b'0')
        .map_or(0, |last| last + 1);
    if used > 0 {
        piece.push(b'.');
        piece.extend_from_slice(after.get(..used).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::watch::Unwatched;

    fn text(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut piece = Vec::new();
        write(&mut piece);
        String::from_utf8(piece).unwrap()
    }

    #[test]
    fn numbers_have_no_more_digits_than_they_need() {
        for (number, written) in [
            (0.0, "0"),
            (-0.00001, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (100.0, "100"),
            (28.060_058_593_75, "28.0601"),
            (1.0 / 4096.0, "0.0002"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(text(|piece| weight(number, piece)), written, "{number}");
        }
        assert_eq!(text(|piece| probability(0.999_999_3, piece)), "0.9999993");
        assert_eq!(text(|piece| probability(0.01, piece)), "0.01");
    }

    #[test]
    fn the_same_bytes_whatever_the_pieces() {
        let mut out = Vec::new();
        let count = PIECE * AT_ONCE + 3;
        write(count, &mut out, &Unwatched, |rows, piece| {
            for row in rows {
                piece.extend_from_slice(format!("{row}\n").as_bytes());
            }
        })
        .unwrap();
        let rows = out.split(|byte| *byte == b'\n').take(count);
        assert!(
            rows.enumerate()
                .all(|(row, line)| line == row.to_string().as_bytes())
        );
        assert!(out.ends_with(format!("\n{}\n", count - 1).as_bytes()));
    }

    proptest! {
        #[test]
        fn a_weight_reads_back_as_the_rounded_one(steps in -4_000_000_i64..4_000_000) {
            let number = steps as f64 / 4096.0;
            let written = text(|piece| weight(number, piece));
            let back: f64 = written.parse().unwrap();
            prop_assert!((back - number).abs() <= 0.000_050_1);
            // nothing shorter reads back the same
            prop_assert_eq!(format!("{back}"), written);
        }

        #[test]
        fn any_cell_reads_back_as_the_table_writer_would_write_it(id in any::<String>()) {
            let written = text(|piece| { cell(&id, piece); piece.extend_from_slice(b",x\n"); });
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(written.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(row.len(), 2);
            prop_assert_eq!(row.get(0).unwrap(), csv::safe(&id));
        }
    }
}
