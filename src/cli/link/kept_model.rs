//! Reads a model that an earlier run wrote.

use std::fs;
use std::path::Path;

use super::Failure;
use crate::cli::source::shown;
use crate::model::roster::Roster;
use crate::people::scale::fits::misfits;
use crate::people::scale::model::Model;

/// A model of a few fields has kilobytes; with the frequencies of millions of values, some ten megabytes.
const LARGEST: u64 = 1 << 30;

/// Reads a model that fits this roster. Columns that were found by their headers, and not `asked` for, are left out of the roster
/// where the model does not know them.
///
/// # Errors
/// When it cannot be read, is no model, or is one of other fields.
pub fn read(path: &Path, roster: &mut Roster, asked: &[String]) -> Result<Model, Failure> {
    let told = |problem: String, hint: &str| {
        Failure::new(format!("--model {}: {problem}", shown(path)), hint)
    };
    let about = fs::metadata(path).map_err(|fault| {
        told(
            fault.to_string(),
            "name the model.json that an earlier run wrote",
        )
    })?;
    if !about.is_file() || about.len() > LARGEST {
        return Err(told(
            "this is no file that could hold a model".to_owned(),
            "name the model.json that an earlier run wrote",
        ));
    }
    let bytes = fs::read(path)
        .map_err(|fault| told(fault.to_string(), "check that the file is yours to read"))?;
    let model: Model = serde_json::from_slice(&bytes).map_err(|fault| {
        told(
            format!("this is no model of link: {fault}"),
            "name the model.json that an earlier run wrote",
        )
    })?;
    let is_known = |name: &String| model.fields.iter().any(|field| field.name == *name);
    roster
        .further
        .retain(|(name, _)| asked.contains(name) || is_known(name));
    let misfits = misfits(&model, roster);
    if misfits.is_empty() {
        return Ok(model);
    }
    Err(told(
        format!("it does not fit these files: {}", misfits.join("; ")),
        "use it on files with the columns that it was learnt from (--map and --compare say which), or leave --model out to learn a new one",
    ))
}
