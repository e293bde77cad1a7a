//! Writes a picture: the tables of the contract as CSV, JSON, Parquet and plain text, the summary, and the meeting pack.
//!
//! [`tables`] lays a picture out as a [`Table`]; a format writes any table. Whoever asks for a table for a recipient gets it
//! through [`view`], and so through `may_see`.

pub mod csv;
pub mod cut;
pub mod guard;
pub mod json;
pub mod link;
pub mod pack;
pub mod parquet;
pub mod safe;
pub mod summary;
pub mod table;
pub mod tables;
pub mod text;
pub mod view;

pub use table::{Cell, Table};
pub use view::View;
