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
    frame_times_of(&(picture, index), size, keys)
}

/// The same with what is looked up in the picture at hand already, as the worker gives it.
pub fn frame_times_of(
    (picture, index): &(Arc<Picture>, Arc<Index>),
    size: (u16, u16),
    keys: &[Key],
) -> Vec<Duration> {
    let (picture, index) = (Arc::clone(picture), Arc::clone(index));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::FactId;
    use crate::tui::sample;
    use crate::tui::search;

    /// The sample with its facts repeated until there are 100,000.
    fn large() -> Arc<Picture> {
        let mut picture = (*sample::picture()).clone();
        let mut timeline = (*picture.timeline).clone();
        let few = timeline.facts.clone();
        timeline.facts = few.iter().cycle().take(100_000).cloned().collect();
        for (at, fact) in timeline.facts.iter_mut().enumerate() {
            fact.id = FactId::new(&format!("f{at:06}"));
        }
        picture.answers = (0..100_000)
            .map(|at| picture.answers[at % few.len()].clone())
            .collect();
        picture.timeline = Arc::new(timeline);
        Arc::new(picture)
    }

    /// The median time of a frame, in microseconds.
    fn median(picture: &Arc<Picture>, size: (u16, u16)) -> u128 {
        use Key::{Char, Down, End, Enter, Esc, PageDown, Tab, Up};
        let round = [
            Down, Down, PageDown, PageDown, Up, Tab, Down, Esc, End, Up, Enter, Esc,
        ];
        let mut keys = vec![Char('4')];
        keys.extend(round.iter().cycle().take(240));
        let mut times = frame_times(Arc::clone(picture), size, &keys);
        times.sort();
        times[times.len() / 2].as_micros()
    }

    #[test]
    fn a_frame_costs_what_is_visible_however_many_facts_there_are() {
        let (few, many) = (sample::picture(), large());
        for size in [(80, 24), (200, 50)] {
            let (few, many) = (median(&few, size), median(&many, size));
            // the list is full in one and has six rows in the other; a pass over all facts would cost far more
            assert!(many < few * 4 + 4_000, "{size:?}: {few} and {many} µs");
        }
    }

    #[test]
    fn a_frame_of_the_lanes_costs_what_is_visible_too() {
        use Key::{Char, Down, Left, Right, Up};
        let median = |picture: &Arc<Picture>, size: (u16, u16)| {
            let round = [Left, Right, Down, Char('+'), Left, Char('-'), Up, Char('.')];
            let mut keys = vec![Char('4'), Char('v')];
            keys.extend(round.iter().cycle().take(160));
            let mut times = frame_times(Arc::clone(picture), size, &keys);
            times.sort();
            times[times.len() / 2].as_micros()
        };
        let (few, many) = (sample::picture(), large());
        for size in [(80, 24), (200, 50)] {
            let (few, many) = (median(&few, size), median(&many, size));
            assert!(many < few * 4 + 4_000, "{size:?}: {few} and {many} µs");
        }
    }

    #[test]
    fn a_search_finds_the_same_facts_among_many() {
        let picture = large();
        let all: Vec<usize> = (0..6_000).collect();
        let found = search::facts(&picture, &all, "shouting police", &|| false);
        assert_eq!(found.map(|found| found.len()), Some(1_000));
        assert_eq!(
            search::facts(&picture, &all, "x", &|| true),
            None,
            "a stopped search gives nothing"
        );
    }
}
