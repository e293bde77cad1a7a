//! Puts many things in order that have a number each, which is quicker than comparing all of them with each other.

use rayon::prelude::*;

/// Parts that the numbers are divided into: each stays near the processor while it is put in order.
const PARTS: usize = 256;
/// How many shares of the lists are divided side by side.
const SHARES: usize = 16;

/// The items of all lists in the order of their numbers, which are below `most`, and of what `order` says among those of one
/// number; items for which both are the same come in any order.
pub fn by_number<T: Copy + Send + Sync, K: Ord>(
    lists: &[Vec<T>],
    most: usize,
    number: impl Fn(&T) -> u32 + Sync,
    order: impl Fn(&T) -> K + Sync,
) -> Vec<T> {
    let each = most.div_ceil(PARTS).max(1);
    let divided: Vec<Vec<Vec<T>>> = lists
        .par_chunks(lists.len().div_ceil(SHARES).max(1))
        .map(|some| {
            let mut parts = vec![Vec::new(); PARTS];
            for item in some.iter().flatten() {
                parts[number(item) as usize / each].push(*item);
            }
            parts
        })
        .collect();
    let parts: Vec<Vec<T>> = (0..PARTS)
        .into_par_iter()
        .map(|part| {
            let mut own: Vec<T> = divided.iter().flat_map(|of| &of[part]).copied().collect();
            own.sort_unstable_by_key(|item| (number(item), order(item)));
            own
        })
        .collect();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_sort(
            lists in vec(vec((0..900_u32, any::<u8>()), 0..40), 0..30), more in 0..300_usize,
        ) {
            let mut wanted = lists.concat();
            wanted.sort_unstable();
            prop_assert_eq!(super::by_number(&lists, 900 + more, |item| item.0, |item| item.1), wanted);
        }
    }
}
