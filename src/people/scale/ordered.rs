//! Puts many things in the order of a number that each has, which is quicker than comparing them.

/// The items in the order of their numbers, which are below `most`; those of one number stay as they came.
pub fn by_number<T: Copy + Default>(
    items: &[T],
    most: usize,
    number: impl Fn(&T) -> u32,
) -> Vec<T> {
    let mut next = vec![0_u32; most];
    for item in items {
        next[number(item) as usize] += 1;
    }
    let mut sum = 0;
    for place in &mut next {
        sum += std::mem::replace(place, sum);
    }
    let mut ordered = vec![T::default(); items.len()];
    for item in items {
        let place = &mut next[number(item) as usize];
        ordered[*place as usize] = *item;
        *place += 1;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_stable_sort(items in proptest::collection::vec((0..9_u32, any::<u8>()), 0..40)) {
            let mut wanted = items.clone();
            wanted.sort_by_key(|item| item.0);
            prop_assert_eq!(super::by_number(&items, 9, |item| item.0), wanted);
        }
    }
}
