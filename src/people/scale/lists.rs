//! Cells with several values: telephone numbers, e-mail addresses.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::values::keys_of;
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
    let items: Vec<Vec<String>> = texts
        .par_iter()
        .map(|text| {
            let mut seen = FxHashSet::default();
            let parts = text.split(['|', ';', ',']);
            parts
                .filter_map(&read)
                .filter(|item| seen.insert(item.clone()))
                .collect()
        })
        .collect();
    let mut lists = Lists {
        texts: vec![String::new()],
        ..Lists::default()
    };
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    for (cell, items) in items.into_iter().enumerate() {
        let mut first = 0;
        for item in items {
            let next = lists.texts.len() as u32;
            let number = *numbers.entry(item).or_insert_with_key(|item| {
                lists.texts.push(item.clone());
                next
            });
            if first == 0 {
                first = number;
            } else {
                lists.more.entry(cell as u32).or_default().push(number);
            }
        }
        lists.first.push(first);
    }
    lists.keys = keys_of(&lists.texts);
    lists
}
