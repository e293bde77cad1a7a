//! A text of rows and cells of any bytes is read or refused.
#![no_main]

use casepicture::import::{Limits, delimited::read_delimited};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = read_delimited(bytes, &Limits::default());
});
