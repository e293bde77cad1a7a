//! The screen: model, message, update, view.
//!
//! `model` is plain data, `msg` says what happened, `update` alone changes the model, `view` only reads it. `keymap` is the
//! one table of keys. `terminal` owns the terminal, `run` the loop, `office` the open case, `keeper` and `worker` the threads; nothing else
//! here does input or output.

pub mod action;
pub mod adding;
pub mod choice;
pub mod decided;
mod desk;
pub mod drawn;
pub mod form;
mod idle;
pub mod index;
mod keeper;
pub mod keymap;
pub mod lanes;
pub mod layout;
pub mod left;
pub mod lock;
pub mod log;
pub mod measure;
pub mod model;
pub mod mouse;
pub mod msg;
mod office;
pub mod oneline;
pub mod only;
pub mod pack;
pub mod pack_out;
pub mod pick;
pub mod place;
pub mod rows;
pub mod run;
mod said;
pub mod search;
pub mod sheet;
pub mod stake;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod tour;
pub mod update;
pub mod view;
pub mod viewing;
pub mod worker;

#[cfg(test)]
mod sample;

pub use keymap::markdown;
pub use msg::Progress;
pub use run::{Read, Session, Source, TuiError, run};
pub use theme::Theme;
pub use view::words_markdown;
pub use viewing::ViewAs;
