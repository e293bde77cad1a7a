//! The settings of a case of any bytes is read or refused.
#![no_main]

use casepicture::import::config::read_config;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = read_config(text);
});
