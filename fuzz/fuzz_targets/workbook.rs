//! A workbook of any bytes is read or refused.
#![no_main]

use std::sync::Once;

use casepicture::import::{Limits, workbook::read_workbook};

static HOOK: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // the fuzzer's hook ends the process on a panic that the importer means to catch; one that is not caught still ends it
    HOOK.call_once(|| drop(std::panic::take_hook()));
    let _ = read_workbook(bytes, "xlsx", &Limits::default());
});
