//! How many pairs share given and family name: all of them, those included that no key brings together. In a large file the
//! blocks of common names are split, only those are met that agree in more, and they are one person more often than namesakes are.

use rayon::prelude::*;

use super::compare::level_of;
use super::evidence::Counts;
use super::learn::Learner;
use super::model::Stratum;
use super::values::key;
use crate::people::compare::{family_name, given_name};

/// Records among whom pairs are counted; of larger files so many at equal steps.
const COUNTED: usize = 300_000;

/// The names of a record: from the highest bits on the family name, the word it is called by, the agency (16 bits), and the
/// whole given name where it has several words, since two of those are namesakes only where these are the same.
type Named = u128;

/// Bits below the agency, and below the names.
const AGENCY: u32 = 32;
const NAMES: u32 = 48;

impl Learner<'_> {
    /// How many pairs share both names and no home, across agencies and within one; `blocked` are so large a part of the
    /// pairs that keys bring together.
    pub(super) fn namesake_pairs(&self, blocked: &Counts, part: f64) -> [f64; 2] {
        let step = self.comparer.table.len().div_ceil(COUNTED).max(1);
        let mut named = self.named(step);
        named.par_sort_unstable();
        let larger = (step * step) as f64;
        let within = pairs(&mut named, AGENCY) * larger;
        let all = pairs(&mut named, NAMES) * larger;
        let at_home = self.named_alike_at_home(blocked);
        [all - within - at_home[0] / part, within - at_home[1] / part]
    }

    /// The names of every so-manieth record that has both.
    fn named(&self, step: usize) -> Vec<Named> {
        let table = self.comparer.table;
        if self.comparer.position.given.is_none() || self.comparer.position.family.is_none() {
            return Vec::new();
        }
        let heads = table.given.all.par_iter().map(|name| {
            let whole = u32::from(name.tokens.len() > 1);
            (name.head().map_or(0, |head| key(&head.text)), whole)
        });
        let heads: Vec<(u32, u32)> = heads.collect();
        let rows = table.rows.par_iter().step_by(step);
        rows.filter(|row| row.given != 0 && row.family != 0)
            .map(|row| {
                let (head, has_several) = heads[row.given as usize];
                let whole = row.given_folded * has_several;
                called(row.family_folded, head, row.agency, whole)
            })
            .collect()
    }

    /// How many of the pairs that are counted share both names and a home.
    fn named_alike_at_home(&self, counts: &Counts) -> [f64; 2] {
        let position = &self.comparer.position;
        let level = |pattern, field: Option<usize>| field.map_or(0, |at| level_of(pattern, at));
        let mut sums = [0.0; 2];
        for (seen, count) in counts {
            let given = level(seen.pattern, position.given);
            let family = level(seen.pattern, position.family);
            if seen.stratum == Stratum::Together
                && matches!(given, given_name::SAME..=given_name::SAME_FIRST)
                && matches!(family, family_name::SAME | family_name::FOLDED)
            {
                sums[usize::from(seen.within)] += count;
            }
        }
        sums
    }
}

fn called(family: u32, head: u32, agency: u16, whole: u32) -> Named {
    let names = (u64::from(family) << 32) | u64::from(head);
    (u128::from(names) << NAMES) | (u128::from(agency) << AGENCY) | u128::from(whole)
}

/// How many pairs of those who are the same above so many bits there are, but for those with several given names that differ;
/// they must be sorted, and are still sorted above these bits afterwards.
fn pairs(named: &mut [Named], above: u32) -> f64 {
    let two = |n: usize| (n * n.saturating_sub(1) / 2) as f64;
    let groups = named.par_chunk_by_mut(|a, b| a >> above == b >> above);
    groups
        .map(|group| {
            let whole = |of: &Named| *of as u32;
            let several = group.iter().filter(|of| whole(of) != 0).count();
            let mut differ = two(several);
            if several > 1 {
                group.sort_unstable_by_key(whole);
                let groups = group.chunk_by(|a, b| whole(a) == whole(b));
                for same in groups.filter(|of| whole(&of[0]) != 0) {
                    differ -= two(same.len());
                }
            }
            two(group.len()) - differ
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pairs_are_counted_as_if_each_were_looked_at(
            named in proptest::collection::vec((1..3_u32, 1..3_u32, 0..2_u16, 0..3_u32), 0..40),
        ) {
            let mut sorted: Vec<Named> = named.iter().map(|of| called(of.0, of.1, of.2, of.3)).collect();
            sorted.sort_unstable();
            for (above, agency_counts) in [(AGENCY, true), (NAMES, false)] {
                let is_pair = |a: &(u32, u32, u16, u32), b: &(u32, u32, u16, u32)| {
                    let alike = (a.0, a.1) == (b.0, b.1) && (a.2 == b.2 || !agency_counts);
                    alike && (a.3 == 0 || b.3 == 0 || a.3 == b.3)
                };
                let mut wanted = 0;
                for (at, one) in named.iter().enumerate() {
                    wanted += named[at + 1..].iter().filter(|other| is_pair(one, other)).count();
                }
                prop_assert_eq!(pairs(&mut sorted, above), wanted as f64);
            }
        }
    }
}
