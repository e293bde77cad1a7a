//! Tests of [`super`].

use super::*;
use proptest::prelude::*;

/// Kept pairs, by left, right, each with its weight.
fn pairs(list: &[(u32, u32, f64)]) -> Vec<Pair> {
    let pair = |&(left, right, weight): &(u32, u32, f64)| Pair {
        left,
        right,
        weight,
        probability: 1.0 / (1.0 + (-weight).exp2()),
    };
    list.iter().map(pair).collect()
}

#[test]
fn a_chain_of_near_misses_is_no_person() {
    let all = |_, _| true;
    let join = |records, pairs: &[Pair], cut, may: &(dyn Fn(u32, u32) -> bool + Sync)| {
        join(records, pairs, cut, may, |_, _| false).person
    };
    let chain = pairs(&[(0, 1, 3.0), (1, 2, 2.0)]);
    assert_eq!(join(4, &chain, 0.5, &all), [0, 0, 2, 3]);
    let firm = pairs(&[(0, 1, 3.0), (0, 2, -1.0), (1, 2, 2.0)]);
    assert_eq!(join(4, &firm, 0.5, &all), [0, 0, 0, 3]);
    assert_eq!(join(4, &firm, 0.5, &|left, _| left == 0), [0, 0, 2, 3]);
    assert_eq!(join(2, &pairs(&[(0, 1, -1.0)]), 0.5, &all), [0, 1]);
    assert!(join(0, &[], 0.5, &all).is_empty());
}

#[test]
fn one_who_has_moved_is_known_by_one_firm_pair_and_two_groups_are_not() {
    let person = |records, list: &[(u32, u32, f64)]| {
        join(records, &pairs(list), 0.5, |_, _| true, |_, _| false).person
    };
    let three = [(0, 1, 12.0), (0, 2, 12.0), (1, 2, 12.0)];
    for (weight, of_last) in [(9.0, 0), (8.0, 3)] {
        let mut list = three.to_vec();
        list.insert(2, (0, 3, weight));
        assert_eq!(person(4, &list), [0, 0, 0, of_last], "{weight}");
    }
    // from whichever side it is looked at
    for weak in [(0, 3, -1.0), (1, 2, -1.0)] {
        let list = [(0, 1, 12.0), (0, 2, 9.5), weak, (2, 3, 12.0)];
        assert_eq!(person(4, &list), [0, 0, 2, 2], "{weak:?}");
    }
}

#[test]
fn two_who_are_kept_apart_are_no_person_through_a_third() {
    let through = pairs(&[
        (0, 1, 9.0),
        (0, 3, 8.0),
        (1, 2, 4.0),
        (1, 3, 7.0),
        (2, 3, 6.0),
    ]);
    let all = |_, _| true;
    let found = join(5, &through, 0.5, all, |_, _| false);
    assert_eq!(found.person, [0, 0, 0, 0, 4]);
    assert!(found.refused.is_empty());
    let found = join(5, &through, 0.5, all, |x, y| (x, y) == (0, 2));
    assert_eq!(found.person, [0, 0, 2, 0, 4]);
    assert_eq!(found.refused, [(0, 2)]);
}

#[test]
fn of_two_equal_candidates_who_are_kept_apart_neither_is_taken_whatever_the_order() {
    let all = |_, _| true;
    for (one, x, y) in [(0, 1, 2), (1, 0, 2), (2, 0, 1)] {
        let apart = |a, b| (a, b) == (x, y);
        let pair = |a: u32, b: u32, weight: f64| (a.min(b), a.max(b), weight);
        let sorted = |mut list: Vec<(u32, u32, f64)>| {
            list.sort_by_key(|of| (of.0, of.1));
            pairs(&list)
        };
        let equal = sorted(vec![pair(one, x, 5.0), pair(one, y, 5.0)]);
        let found = join(3, &equal, 0.5, all, apart);
        assert_eq!(found.person, [0, 1, 2], "{one}");
        assert_eq!(found.tied.len(), 2);
        // the stronger one is taken; and of two who may be one person both
        let stronger = sorted(vec![pair(one, x, 5.0), pair(one, y, 4.0)]);
        let found = join(3, &stronger, 0.5, all, apart);
        assert_eq!(found.person[one as usize], found.person[x as usize]);
        assert!(found.tied.is_empty());
        let both = sorted(vec![pair(one, x, 5.0), pair(one, y, 5.0), pair(x, y, 5.0)]);
        assert_eq!(join(3, &both, 0.5, all, |_, _| false).person, [0, 0, 0]);
    }
}

proptest! {
    #[test]
    fn no_person_holds_two_who_are_kept_apart(
        list in proptest::collection::btree_map((0..9_u32, 1..5_u32), 0..9_i8, 0..30),
        apart in proptest::collection::btree_set((0..13_u32, 0..13_u32), 0..12),
    ) {
        // a pair kept apart is none that could be wanted
        let list: Vec<(u32, u32, f64)> = list
            .into_iter()
            .map(|((left, more), weight)| (left, left + more, f64::from(weight)))
            .filter(|(left, right, _)| !apart.contains(&(*left, *right)))
            .collect();
        let kept_apart = |x: u32, y: u32| apart.contains(&(x, y));
        let found = join(13, &pairs(&list), 0.6, |_, _| true, kept_apart);
        for (x, y) in apart.iter().filter(|(x, y)| x < y) {
            prop_assert_ne!(found.person[*x as usize], found.person[*y as usize]);
        }
    }

    #[test]
    fn clusters_settled_alone_are_as_if_settled_with_all_others(
        list in proptest::collection::btree_map((0..12_u32, 1..6_u32), -6..9_i8, 0..30),
    ) {
        let list: Vec<(u32, u32, f64)> = list
            .into_iter()
            .map(|((left, more), weight)| (left, left + more, f64::from(weight)))
            .collect();
        let pairs = pairs(&list);
        let found = join(20, &pairs, 0.6, |_, _| true, |_, _| false);
        prop_assert_eq!(found.person, settled_at_once(20, &pairs, |_, _| false));
    }

    #[test]
    fn three_records_are_settled_as_any_others(
        weights in proptest::collection::vec((-2..5_i8, -2..9_i8, -2..9_i8), 4),
        apart in proptest::collection::btree_set((0..12_u32, 1..3_u32), 0..8),
    ) {
        let three = |(of, (one, two, three)): (u32, (i8, i8, i8))| {
            let first = 3 * of;
            [(first, first + 1, one), (first, first + 2, two), (first + 1, first + 2, three)]
        };
        let list = (0..).zip(weights).flat_map(three);
        let list: Vec<(u32, u32, f64)> = list
            .map(|(left, right, weight)| (left, right, f64::from(weight)))
            .collect();
        let pairs = pairs(&list);
        let kept_apart = |x: u32, y: u32| apart.contains(&(x, y - x));
        let found = join(12, &pairs, 0.6, |_, _| true, kept_apart);
        prop_assert_eq!(found.person, settled_at_once(12, &pairs, kept_apart));
    }
}

/// The persons of records that are settled as one cluster.
fn settled_at_once(
    records: u32,
    pairs: &[Pair],
    kept_apart: impl Fn(u32, u32) -> bool,
) -> Vec<u32> {
    let mut together: Vec<u32> = (0..records).collect();
    let settle = std::cell::RefCell::new(&mut together);
    let whole = Cluster::of(pairs, (0.6_f64 / 0.4).log2());
    whole.settled(
        (|pair: &Pair| pair.probability >= 0.6, kept_apart),
        |record, of| settle.borrow_mut()[record as usize] = of,
    );
    together
}
