//! Measures frames without a terminal: how long it takes from a key to the finished frame. For benches.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::index::Index;
use super::keymap::Key;
use super::model::Model;
use super::msg::Msg;
use super::update::update;
use super::view;
use crate::picture::Picture;

/// Presses `keys` one after another on a screen of `size` columns and rows, and gives the time from each key to its frame.
/// Jobs that a key starts are not waited for.
pub fn frame_times(picture: Arc<Picture>, size: (u16, u16), keys: &[Key]) -> Vec<Duration> {
    let index = Arc::new(Index::of(&picture));
    let mut model = Model::new("", "", size);
    update(&mut model, Msg::PictureReady(0, picture, index));
    let mut terminal = match Terminal::new(TestBackend::new(size.0, size.1)) {
        Ok(terminal) => terminal,
        Err(never) => match never {},
    };
    let mut times = Vec::with_capacity(keys.len());
    for key in keys {
        let start = Instant::now();
        update(&mut model, Msg::Key(*key));
        let Ok(_) = terminal.draw(|frame| view::draw(&model, frame));
        times.push(start.elapsed());
    }
    times
}
