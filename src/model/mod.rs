//! Plain data and the vocabulary of the field. Nothing here reads a file, and nothing is decided here.

pub mod agency;
mod asked;
pub mod basis;
pub mod case;
pub mod date;
pub mod decision;
pub mod entry;
pub mod fact;
pub mod id;
pub mod identifier;
pub mod person;
pub mod phrase;
pub mod record;
pub mod roster;
pub mod settings;
pub mod slot;
pub mod source;
mod standing;
pub mod supply;
pub mod watch;
pub mod words;
