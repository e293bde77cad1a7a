//! Reads single values of `case.toml` and says what was expected where one is wrong.

use std::ops::Range;

use toml::de::DeValue;

use super::ImportError;
use super::config::{Section, line_of};
use crate::model::date::Day;
use crate::model::id::AgencyId;
use crate::model::phrase::Phrase;

/// One value with its key and where it stands.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) key: &'a str,
    pub(super) value: &'a DeValue<'a>,
    pub(super) span: Range<usize>,
}

/// Prints words in quotes, in order.
pub(super) fn quoted_list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

impl<'a> Place<'a> {
    /// An error about this value.
    pub(super) fn wrong(&self, is: &str, expected: &str) -> ImportError {
        let value = self.text.get(self.span.clone()).unwrap_or("");
        let value = value.lines().next().unwrap_or("");
        ImportError::Config {
            problem: format!(
                "line {}: {} = {value} is {is}",
                line_of(self.text, self.span.start),
                self.key
            ),
            hint: format!("expected {expected}"),
        }
    }

    pub(super) fn text(&self) -> Result<String, ImportError> {
        self.value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.wrong("no text", "text in double quotes"))
    }

    pub(super) fn flag(&self) -> Result<bool, ImportError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.wrong("not yes or no", "true or false, without quotes"))
    }

    /// A whole or broken number that is finite.
    pub(super) fn number(&self) -> Result<f64, ImportError> {
        let written = match self.value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        written
            .and_then(|digits| digits.replace('_', "").parse().ok())
            .filter(|number: &f64| number.is_finite())
            .ok_or_else(|| self.wrong("no number", "a number without quotes"))
    }

    /// A number that counts something.
    pub(super) fn not_negative(&self, expected: &str) -> Result<f64, ImportError> {
        let number = self.number()?;
        if number < 0.0 {
            return Err(self.wrong("below zero", expected));
        }
        Ok(number)
    }

    pub(super) fn id(&self) -> Result<AgencyId, ImportError> {
        let text = self.text()?;
        if text.chars().any(char::is_alphanumeric) {
            Ok(AgencyId::new(&text))
        } else {
            Err(self.wrong("no agency id", "letters, digits and `-`"))
        }
    }

    /// A day, as a date of TOML or as text.
    pub(super) fn day(&self) -> Result<Day, ImportError> {
        let written = match self.value {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        written
            .parse()
            .map_err(|_| self.wrong("no day", "a day such as 2026-03-01"))
    }

    /// `first/last`, both days included.
    pub(super) fn period(&self) -> Result<(Day, Day), ImportError> {
        let text = self.value.as_str().unwrap_or("");
        let days = text.split_once('/').and_then(|(first, last)| {
            let day = |text: &str| text.trim().parse::<Day>().ok();
            Some((day(first)?, day(last)?))
        });
        match days {
            Some((first, last)) if first <= last => Ok((first, last)),
            Some(_) => Err(self.wrong("the wrong way round", "the first day, then the last")),
            None => Err(self.wrong("no period", "two days such as \"2024-01-01/2026-03-01\"")),
        }
    }

    /// One word of a closed list.
    pub(super) fn word<T: Phrase>(&self, what: &str) -> Result<T, ImportError> {
        T::read(&self.text()?).ok_or_else(|| {
            let words: Vec<&str> = T::PHRASES.iter().map(|(_, phrase, _)| *phrase).collect();
            self.wrong(
                &format!("not {what}"),
                &format!("one of {}", quoted_list(&words)),
            )
        })
    }

    /// A path under the folder, with `/`.
    pub(super) fn path(&self) -> Result<String, ImportError> {
        let text = self.text()?.replace('\\', "/");
        let drive = text.as_bytes().get(1) == Some(&b':');
        if text.starts_with('/') || drive {
            return Err(self.wrong("not under the folder", "a path under the folder of exports"));
        }
        let mut parts = Vec::new();
        for part in text.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    return Err(self.wrong(
                        "not under the folder",
                        "a path under the folder of exports, without `..`",
                    ));
                }
                part => parts.push(part),
            }
        }
        if parts.is_empty() {
            return Err(self.wrong("no path", "a file under the folder of exports"));
        }
        Ok(parts.join("/"))
    }

    /// A table.
    pub(super) fn section(&self) -> Result<Section<'a>, ImportError> {
        match self.value.as_table() {
            Some(table) => Ok(Section {
                text: self.text,
                table,
            }),
            None => Err(self.wrong("no table", &format!("a table: [{}]", self.key))),
        }
    }

    /// Tables written as `[[key]]`.
    pub(super) fn sections(&self) -> Result<Vec<Section<'a>>, ImportError> {
        let wrong = || self.wrong("no list of tables", &format!("tables: [[{}]]", self.key));
        let list = self.value.as_array().ok_or_else(wrong)?;
        list.iter()
            .map(|item| match item.get_ref().as_table() {
                Some(table) => Ok(Section {
                    text: self.text,
                    table,
                }),
                None => Err(wrong()),
            })
            .collect()
    }
}
