//! Cells with several values: telephone numbers, e-mail addresses.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::values::{each_once, keys_of};
use crate::model::roster::Column;

/// Lists of numbers or texts in a cell, each by its number: telephone numbers, e-mail addresses.
#[derive(Debug, Default)]
pub struct Lists {
    /// The texts.
    pub texts: Vec<String>,
    /// For blocking: a key a text; 0 for none.
    pub keys: Vec<u32>,
    /// The first item of each cell's list; 0 is none.
    pub first: Vec<u32>,
    /// The further ones, where there are any.
    pub more: FxHashMap<u32, Vec<u32>>,
}

impl Lists {
    /// For blocking: the key of a cell's first item; 0 is none.
    pub fn key(&self, cell: u32) -> u32 {
        let first = self.first.get(cell as usize);
        first.map_or(0, |item| self.keys[*item as usize])
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
pub fn lists(column: &Column, read: impl Fn(&str) -> Option<String> + Sync) -> Lists {
    let texts: Vec<&str> = column.values.iter().collect();
    let is_list = |text: &str| text.bytes().any(|byte| matches!(byte, b'|' | b';' | b','));
    let parts = |text: &str| -> Vec<String> {
        let mut seen = FxHashSet::default();
        let parts = text.split(['|', ';', ',']).filter_map(&read);
        parts.filter(|item| seen.insert(item.clone())).collect()
    };
    // most cells have one item
    let mut items: Vec<(String, Vec<String>)> = texts
        .par_iter()
        .map(|text| {
            if !is_list(text) {
                return (read(text).unwrap_or_default(), Vec::new());
            }
            let mut parts = parts(text);
            let more = parts.split_off(parts.len().min(1));
            (parts.pop().unwrap_or_default(), more)
        })
        .collect();
    let mut all = Vec::with_capacity(items.len());
    for (first, more) in &mut items {
        all.push(std::mem::take(first));
        all.append(&mut more.clone());
    }
    let (texts, numbers) = each_once(all);
    let mut lists = Lists {
        keys: keys_of(&texts),
        texts,
        ..Lists::default()
    };
    let mut numbers = numbers.into_iter();
    for (cell, (_, more)) in items.into_iter().enumerate() {
        lists.first.push(numbers.next().unwrap_or(0));
        if !more.is_empty() {
            let more = numbers.by_ref().take(more.len()).collect();
            lists.more.insert(cell as u32, more);
        }
    }
    lists
}
