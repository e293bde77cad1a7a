//! Writes a picture: CSV, JSON, Parquet and plain text.

pub mod safe;
