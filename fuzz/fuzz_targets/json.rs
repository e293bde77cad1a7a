//! JSON of any bytes is read or refused.
#![no_main]

use casepicture::import::{Limits, json::read_json};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read_json(bytes, &Limits::default());
});
