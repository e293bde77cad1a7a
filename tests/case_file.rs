//! What must hold of a case file: nobody else reads it, nothing committed is lost, and tampering shows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)] // a test may fail by panic

#[path = "case_file/kept.rs"]
mod kept;
#[path = "case_file/killed.rs"]
mod killed;
#[path = "case_file/log.rs"]
mod log;
#[path = "case_file/made.rs"]
mod made;
#[path = "case_file/sealed.rs"]
mod sealed;
#[path = "case_file/versions.rs"]
mod versions;
