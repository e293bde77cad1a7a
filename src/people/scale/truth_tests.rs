use proptest::prelude::*;

use super::*;
use crate::people::scale::sample::{column as truth, linked};

fn is_near(found: Option<f64>, wanted: f64) {
    assert!(
        found.is_some_and(|found| (found - wanted).abs() < 1e-12),
        "{found:?} is not {wanted}"
    );
}

/// Six records of two people, the last without a truth: 0, 1, 2 are A and 3, 4 are B. Linked are 0 with 1 and 2 with 3.
fn worked() -> Measures {
    let run = linked(
        &[0, 0, 2, 2, 4, 5],
        &[
            (0, 1, 0.95),
            (0, 2, 0.85),
            (1, 5, 0.99),
            (2, 3, 0.85),
            (3, 4, 0.2),
        ],
    );
    measure(&truth(&["A", "A", "A", "B", "B", ""]), &run).unwrap()
}

#[test]
fn pairs_after_clustering_are_counted_as_by_hand() {
    let found = worked();
    assert_eq!((found.records, found.true_pairs), (5, 4));
    // two pairs linked, four true, one of them both
    is_near(found.pairwise.precision, 0.5);
    is_near(found.pairwise.recall, 0.25);
    is_near(found.pairwise.f1, 1.0 / 3.0);
}

#[test]
fn bcubed_is_the_mean_over_records() {
    let found = worked();
    is_near(found.bcubed.precision, (1.0 + 1.0 + 0.5 + 0.5 + 1.0) / 5.0);
    let recall = (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 0.5 + 0.5) / 5.0;
    is_near(found.bcubed.recall, recall);
    is_near(found.bcubed.f1, 2.0 * 0.8 * recall / (0.8 + recall));
}

#[test]
fn the_best_threshold_and_average_precision_are_as_by_hand() {
    let found = worked();
    let best = found.best.unwrap();
    // .95 gives 1/1 and 1/4; .85 gives 2/3 and 2/4; .2 gives 3/4 and 3/4
    assert_eq!(best.threshold, 0.2);
    is_near(Some(best.f1()), 0.75);
    is_near(found.average_precision, (1.0 + 2.0 / 3.0 + 0.75) / 4.0);
    is_near(found.true_pairs_kept, 0.75);
    assert_eq!(found.curve.len(), 3);
}

#[test]
fn calibration_is_weighted_by_pairs() {
    let found = worked();
    is_near(found.calibration_error, (0.05 + 0.7 + 0.8) / 4.0);
    let eighty = found.bins[8];
    assert_eq!((eighty.from, eighty.pairs, eighty.is_true), (0.8, 2, 0.5));
    is_near(Some(eighty.probability), 0.85);
    assert_eq!(
        found.bins.iter().map(|bin| bin.pairs).collect::<Vec<_>>(),
        [0, 0, 1, 0, 0, 0, 0, 0, 2, 1]
    );
}

#[test]
fn without_a_truth_nothing_is_measured_and_nothing_is_made_up() {
    let run = linked(&[0, 1], &[(0, 1, 0.5)]);
    assert_eq!(measure(&truth(&["", ""]), &run), None);
    assert_eq!(measure(&Column::default(), &run), None);
    let found = measure(&truth(&["A", "B"]), &run).unwrap();
    assert_eq!((found.pairwise, found.best), (Rates::default(), None));
    assert_eq!(
        (found.average_precision, found.true_pairs_kept),
        (None, None)
    );
    is_near(found.calibration_error, 0.5);
}

#[test]
fn a_pair_of_probability_one_is_in_the_last_bin() {
    let found = measure(&truth(&["A", "A"]), &linked(&[0, 0], &[(0, 1, 1.0)])).unwrap();
    assert_eq!(found.bins[9].pairs, 1);
    is_near(found.calibration_error, 0.0);
    is_near(found.pairwise.f1, 1.0);
}

proptest! {
    #[test]
    fn counting_by_sorting_equals_counting_every_pair(people in prop::collection::vec((0_u32..4, 0_usize..4), 1..12)) {
        let names = ["", "A", "B", "C"];
        let values: Vec<&str> = people.iter().map(|(_, truth)| names[*truth]).collect();
        // the person is named by its smallest record
        let person: Vec<u32> = people
            .iter()
            .map(|(group, _)| people.iter().position(|(other, _)| other == group).unwrap() as u32)
            .collect();
        let (mut both, mut is_linked, mut is_true) = (0.0, 0.0, 0.0);
        for left in 0..people.len() {
            for right in left + 1..people.len() {
                if values[left].is_empty() || values[right].is_empty() { continue; }
                let (one, same) = (person[left] == person[right], values[left] == values[right]);
                both += f64::from(u8::from(one && same));
                is_linked += f64::from(u8::from(one));
                is_true += f64::from(u8::from(same));
            }
        }
        let found = measure(&truth(&values), &linked(&person, &[]));
        match found {
            None => prop_assert!(values.iter().all(|value| value.is_empty())),
            Some(found) => prop_assert_eq!(found.pairwise, Rates::of(both, is_linked, is_true)),
        }
    }
}
