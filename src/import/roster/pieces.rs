//! Reads a file in pieces at the same time, with the result of reading it from front to back.
//!
//! Where rows begin cannot be told for certain from the middle of a file. Each piece therefore begins where a row seems to
//! begin and says where it ended; a piece that does not begin where the one before ended is read again from there.

use rayon::prelude::*;

use super::fault::Fault;
use super::piece::{Piece, Shape};
use super::reader::{Outcome, Room, Window, first_row, read};
use super::source::Source;
use crate::model::watch::Watch;

/// What one thread reads at a time: small enough to stay near, large enough for its shards not to be tiny.
pub(super) const PIECE_BYTES: usize = 1 << 20;

/// What is read behind a piece at first, for the end of its last row.
const BEHIND: usize = 32 << 10;

/// A row longer than this is no row of people.
const ROW_BYTES: usize = 16 << 20;

/// A file, from where its data begins, and how to read it.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub source: &'a Source,
    pub file: usize,
    pub start: usize,
    pub shape: &'a Shape,
    pub piece_bytes: usize,
}

/// Why a file was not read to its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is no UTF-8, so it is to be decoded first.
    NotUtf8,
    /// Something else.
    Fault(Fault),
}

/// Reads a file.
pub(super) fn read_all(task: Task, watch: &dyn Watch) -> Result<Vec<Piece>, Stop> {
    let length = task.source.length();
    let starts: Vec<usize> = (task.start..length)
        .step_by(task.piece_bytes.max(1))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([length]);
    let ranges: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let guessed: Vec<Option<Piece>> = ranges
        .par_iter()
        .map_init(Room::default, |room, range| {
            let piece = piece(task, *range, range.0 != task.start, room, watch);
            watch.done((range.1 - range.0) as u64);
            piece
        })
        .collect::<Result<_, _>>()?;
    let mut pieces = Vec::with_capacity(guessed.len());
    let mut at = task.start;
    for (guess, (_, until)) in guessed.into_iter().zip(ranges) {
        if at >= until {
            continue;
        }
        let right = guess.filter(|piece| piece.start == at);
        let piece = match right {
            Some(piece) => Some(piece),
            None => piece(task, (at, until), false, &mut Room::default(), watch)?,
        };
        if let Some(piece) = piece {
            at = piece.end;
            pieces.push(piece);
        }
    }
    Ok(pieces)
}

/// Reads the rows that begin in a range: from its first byte, or from where a row seems to begin (`None`: nowhere).
fn piece(
    task: Task,
    (from, until): (usize, usize),
    guess: bool,
    room: &mut Room,
    watch: &dyn Watch,
) -> Result<Option<Piece>, Stop> {
    let mut behind = BEHIND;
    let mut bytes = std::mem::take(&mut room.bytes);
    let before = usize::from(guess);
    loop {
        if watch.is_stopped() {
            return Err(Stop::Fault(Fault::Stopped));
        }
        let offset = from - before;
        let taken = task
            .source
            .bytes((offset, until + behind), &mut bytes)
            .map_err(Stop::Fault)?;
        let window = Window {
            bytes: taken,
            at_end: offset + taken.len() >= task.source.length(),
        };
        let start = if guess {
            first_row(window, before, task.shape)
        } else {
            Some(0)
        };
        let outcome = match start.filter(|start| offset + start < until) {
            None => return Ok(None),
            Some(start) => read(window, (start, until - offset), task.shape, room),
        };
        match outcome {
            Outcome::Read(mut piece) => {
                piece.file = task.file;
                piece.start = offset + start.unwrap_or(0);
                piece.end += offset;
                room.bytes = bytes;
                return Ok(Some(*piece));
            }
            Outcome::NotUtf8 => return Err(Stop::NotUtf8),
            Outcome::Cut if behind > ROW_BYTES => return Err(Stop::Fault(too_long(task, until))),
            Outcome::Cut => behind *= 4,
        }
    }
}

fn too_long(task: Task, at: usize) -> Fault {
    Fault::File {
        file: task.source.name.clone(),
        problem: format!("a row around byte {at} is longer than {} MB", ROW_BYTES >> 20),
        hint: "a line end or a closing quote may be missing there; correct it, or ask for the file again".into(),
    }
}
