//! What must hold of a case file: nobody else reads it, nothing committed is lost, and tampering shows.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)] // a test may fail by panic

#[path = "case_file/kept.rs"]
mod kept;
#[path = "case_file/made.rs"]
mod made;
