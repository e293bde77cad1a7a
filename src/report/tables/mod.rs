//! The tables of the contract, one file a table. The header names are what other programs are written against.

mod consultations;
mod flags;
mod knock_out;
mod matches;
mod people;
mod questions;
mod rejects;
mod reliance;
mod requests;
mod silence;
mod slots;
mod timeline;

pub use consultations::consultations;
pub use flags::flags;
pub use knock_out::knock_out;
pub use matches::matches;
pub use people::people;
pub use questions::{letters, questions};
pub use rejects::{all as all_rejects, lost_rows, rejects, rejects_of};
pub use reliance::{grouping, reliance, verdict};
pub use requests::requests;
pub use silence::silence;
pub use slots::{disagreements, slots};
pub use timeline::{Keep, lies_between, person_shown, timeline};
