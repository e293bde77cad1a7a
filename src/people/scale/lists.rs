//! Cells with several values: telephone numbers, e-mail addresses.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::digits::Digits;
use super::values::{self, each_once, keys_of};
use crate::model::roster::{Column, Texts};

/// Lists of numbers or texts in a cell, each by its number: telephone numbers, e-mail addresses.
#[derive(Debug, Default)]
pub struct Lists {
    /// The texts.
    pub texts: Texts,
    /// For blocking: a key a cell, that of its first item; 0 for none.
    pub keys: Vec<u32>,
    /// The first item of each cell's list; 0 is none.
    pub first: Vec<u32>,
    /// The further ones, where there are any.
    pub more: FxHashMap<u32, Vec<u32>>,
}

impl Lists {
    /// For blocking: the key of a cell's first item; 0 is none.
    pub fn key(&self, cell: u32) -> u32 {
        self.keys.get(cell as usize).copied().unwrap_or(0)
    }

    /// The digits of each cell's first item.
    pub fn first_digits(&self) -> Vec<Digits> {
        let texts = (0..self.texts.len() as u32).into_par_iter();
        let digits: Vec<Digits> = texts.map(|of| Digits::of(self.texts.get(of))).collect();
        let first = self.first.par_iter();
        first.map(|item| digits[*item as usize]).collect()
    }

    /// The items of a cell.
    pub fn of(&self, cell: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self
            .first
            .get(cell as usize)
            .copied()
            .filter(|item| *item != 0);
        first
            .into_iter()
            .chain(self.more.get(&cell).into_iter().flatten().copied())
    }
}

/// Reads a column of lists by `read`, which folds one item.
pub fn lists(column: &Column, read: impl Fn(&str) -> Option<Cow<'_, str>> + Sync) -> Lists {
    let values: Vec<&str> = column.values.iter().collect();
    let is_list = |text: &str| text.bytes().any(|byte| matches!(byte, b'|' | b';' | b','));
    // most cells have one item
    let first = values::folded(&values, |text, list| {
        let item = if is_list(text) {
            text.split(SIGNS).find_map(&read)
        } else {
            read(text)
        };
        list.push(&item.unwrap_or_default());
    });
    // further ones come behind all first ones
    let mut all = first;
    let mut further: Vec<(u32, usize)> = Vec::new();
    for (cell, text) in (0..).zip(&values).filter(|(_, text)| is_list(text)) {
        let mut seen = FxHashSet::default();
        let items = text.split(SIGNS).filter_map(&read);
        let items: Vec<Cow<'_, str>> = items.filter(|item| seen.insert(item.clone())).collect();
        for item in items.iter().skip(1) {
            all.push(item);
        }
        if items.len() > 1 {
            further.push((cell, items.len() - 1));
        }
    }
    let (texts, mut first) = each_once(&all);
    let mut behind = first.split_off(values.len()).into_iter();
    let more = further.into_iter();
    let keys = keys_of(&texts);
    Lists {
        keys: first.par_iter().map(|item| keys[*item as usize]).collect(),
        more: more
            .map(|(cell, count)| (cell, behind.by_ref().take(count).collect()))
            .collect(),
        texts,
        first,
    }
}

/// What stands between the items of a cell.
const SIGNS: [char; 3] = ['|', ';', ','];
