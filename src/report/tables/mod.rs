//! The tables of the contract, one file a table. The header names are what other programs are written against.

mod consultations;
mod flags;
mod matches;
mod people;
mod rejects;
mod reliance;
mod requests;
mod timeline;

pub use consultations::consultations;
pub use flags::flags;
pub use matches::matches;
pub use people::people;
pub use rejects::{all as all_rejects, lost_rows, rejects, rejects_of};
pub use reliance::{grouping, reliance, verdict};
pub use requests::requests;
pub use timeline::{Keep, lies_between, person_shown, timeline};
