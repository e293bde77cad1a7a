//! What the codes of a profile's columns mean.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::data::spellings;
use crate::import::row::parts;
use crate::model::phrase::fold;

/// The codes of a profile.
#[derive(Debug, Default)]
pub struct Codes {
    /// Folded code to its meaning, by folded header.
    of: BTreeMap<String, BTreeMap<String, String>>,
    /// The meanings themselves, folded, by folded header: some systems write them out.
    written: BTreeMap<String, BTreeSet<String>>,
    /// What stands in front of a code.
    strip: Option<Regex>,
}

impl Codes {
    pub(super) fn new(
        data: BTreeMap<String, BTreeMap<String, String>>,
        strip: Option<Regex>,
    ) -> Self {
        let mut codes = Self {
            strip,
            ..Self::default()
        };
        for (names, list) in data {
            for header in spellings(&names) {
                let written = codes.written.entry(header.clone()).or_default();
                written.extend(list.values().map(|meaning| fold(meaning)));
                let of = codes.of.entry(header).or_default();
                of.extend(
                    list.iter()
                        .map(|(code, meaning)| (fold(code), meaning.clone())),
                );
            }
        }
        codes
    }

    /// Whether a column has codes.
    pub(super) fn has(&self, header: &str) -> bool {
        self.of.contains_key(header)
    }

    /// A cell without what stands in front of its code.
    fn bare<'a>(&self, cell: &'a str) -> &'a str {
        let cell = cell.trim();
        let found = self.strip.as_ref().and_then(|strip| strip.find(cell));
        let end = found
            .filter(|found| found.start() == 0)
            .map_or(0, |found| found.end());
        cell.get(end..).unwrap_or(cell).trim()
    }

    /// What a cell means: each part of a list by its code, what is no code as it stands.
    pub(super) fn meaning<'a>(&self, header: &str, cell: &'a str) -> Cow<'a, str> {
        let bare = self.bare(cell);
        let Some(of) = self.of.get(header) else {
            return Cow::Borrowed(bare);
        };
        if let Some(meaning) = Self::code(of, bare) {
            return Cow::Owned(meaning.to_owned());
        }
        let mut any = false;
        let meanings: Vec<&str> = parts(bare)
            .map(|part| {
                let meaning = Self::code(of, self.bare(part));
                any |= meaning.is_some();
                meaning.unwrap_or(part)
            })
            .filter(|part| !part.is_empty())
            .collect();
        if any {
            Cow::Owned(meanings.join("|"))
        } else {
            Cow::Borrowed(bare)
        }
    }

    /// A code by itself, or with its meaning behind it: `N1`, `N1: Abuse`, `N1 - Abuse`.
    fn code<'a>(of: &'a BTreeMap<String, String>, text: &str) -> Option<&'a str> {
        let before = text.split([':', ' ']).next().unwrap_or_default();
        let is_told = before.len() < text.len();
        let meaning = of.get(&fold(text));
        let meaning = meaning.or_else(|| of.get(&fold(before)).filter(|_| is_told));
        meaning.map(String::as_str)
    }

    /// The parts of a cell that stand where a code should and are none.
    pub(super) fn unknown<'a>(&'a self, header: &str, cell: &'a str) -> Vec<&'a str> {
        let (Some(of), Some(written)) = (self.of.get(header), self.written.get(header)) else {
            return Vec::new();
        };
        let bare = self.bare(cell);
        if bare.is_empty() || Self::code(of, bare).is_some() {
            return Vec::new();
        }
        let is_known = |part: &&str| {
            let part = self.bare(part);
            Self::code(of, part).is_some() || written.contains(&fold(part))
        };
        parts(bare).filter(|part| !is_known(part)).collect()
    }
}
