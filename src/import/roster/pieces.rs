//! Cuts a file into pieces at row ends and reads them at the same time, with the result of reading it from front to back.
//!
//! Where a row ends cannot be seen without knowing whether one is inside quotes. The pieces are therefore cut by the
//! number of quotes before them, which is right for every well-formed file, and each piece says where it really ended. A
//! piece that begins anywhere else is read again.

use rayon::prelude::*;

use super::fault::Fault;
use super::piece::{Piece, Room, Shape, read};
use crate::model::watch::Watch;

/// What one thread reads at a time: small enough for the numbering tables to stay near.
pub(super) const PIECE_BYTES: usize = 1 << 20;

/// The text of a file from where its data begins, and how to read it.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub text: &'a str,
    pub start: usize,
    pub file: usize,
    pub shape: &'a Shape,
}

/// Reads a file.
///
/// # Errors
/// When the watch says stop.
pub(super) fn read_all(
    task: Task,
    piece_bytes: usize,
    watch: &dyn Watch,
) -> Result<Vec<Piece>, Fault> {
    let starts = starts(task.text.as_bytes(), task.start, piece_bytes);
    let ends = starts.iter().skip(1).copied().chain([task.text.len()]);
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let one = |room: &mut Room, range: (usize, usize)| {
        if watch.is_stopped() {
            return Err(Fault::Stopped);
        }
        let mut piece = read(task.text, range, task.shape, room);
        piece.file = task.file;
        watch.done((range.1 - range.0) as u64);
        Ok(piece)
    };
    let guessed: Vec<Piece> = ranges
        .par_iter()
        .map_init(Room::default, |room, range| one(room, *range))
        .collect::<Result<_, _>>()?;
    let mut pieces = Vec::with_capacity(guessed.len());
    let mut at = task.start;
    for (piece, (from, until)) in guessed.into_iter().zip(ranges) {
        if at >= until {
            continue;
        }
        let piece = if at == from {
            piece
        } else {
            one(&mut Room::default(), (at, until))?
        };
        at = piece.end;
        pieces.push(piece);
    }
    Ok(pieces)
}

/// Where pieces are to begin: at the first row behind each `piece_bytes`, if the quotes before it are closed.
fn starts(bytes: &[u8], start: usize, piece_bytes: usize) -> Vec<usize> {
    let body = bytes.get(start..).unwrap_or_default();
    let quotes: Vec<usize> = body
        .par_chunks(piece_bytes)
        .map(|part| part.iter().filter(|b| **b == b'"').count())
        .collect();
    let mut starts = vec![start];
    let mut open = false;
    for (at, count) in quotes.iter().enumerate() {
        open ^= count % 2 == 1;
        let boundary = start + (at + 1) * piece_bytes;
        if boundary < bytes.len()
            && let Some(found) = row_end(bytes, boundary, open)
            && starts.last().is_some_and(|last| *last < found)
            && found < bytes.len()
        {
            starts.push(found);
        }
    }
    starts
}

/// Where the first row begins behind `at`.
fn row_end(bytes: &[u8], at: usize, mut open: bool) -> Option<usize> {
    // what is further away than a row may be is no row end that helps
    let until = bytes.len().min(at.saturating_add(super::cells::CELL_BYTES));
    // one before, since the boundary may lie behind a line end
    for here in at.saturating_sub(1)..until {
        match bytes.get(here)? {
            b'"' if here >= at => open = !open,
            b'\n' if !open => return Some(here + 1),
            b'\r' if !open && bytes.get(here + 1) != Some(&b'\n') => return Some(here + 1),
            _ => {}
        }
    }
    None
}
