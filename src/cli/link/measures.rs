//! Prints how right a run was: a name and a figure a line, for people and for programs.

use std::fmt::Write as _;

use crate::people::scale::truth::Measures;
use crate::report::link::figures::number;

/// Where the figures begin.
const WIDTH: usize = 24;

/// Lays out the measures: the figure is what stands last on a line, `-` where it cannot be computed.
pub fn lines(measures: &Measures) -> String {
    let rate = |rate: Option<f64>| rate.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.6}"));
    let best = measures.best;
    let figures = [
        ("records with truth", measures.records.to_string()),
        ("true pairs", measures.true_pairs.to_string()),
        ("pairwise precision", rate(measures.pairwise.precision)),
        ("pairwise recall", rate(measures.pairwise.recall)),
        ("pairwise F1", rate(measures.pairwise.f1)),
        ("B-cubed precision", rate(measures.bcubed.precision)),
        ("B-cubed recall", rate(measures.bcubed.recall)),
        ("B-cubed F1", rate(measures.bcubed.f1)),
        ("best-threshold F1", rate(best.map(|best| best.f1()))),
        (
            "best threshold",
            best.map_or_else(|| "-".to_owned(), |best| number(best.threshold, 9)),
        ),
        ("average precision", rate(measures.average_precision)),
        ("calibration error", rate(measures.calibration_error)),
        ("true pairs kept", rate(measures.true_pairs_kept)),
    ];
    let mut text = String::new();
    // writing to a string cannot fail
    for (name, figure) in figures {
        let _ = writeln!(text, "{name:WIDTH$}{figure}");
    }
    for bin in measures.bins.iter().filter(|bin| bin.pairs > 0) {
        let name = format!("calibration {:.1} to {:.1}", bin.from, bin.from + 0.1);
        let _ = writeln!(
            text,
            "{name:WIDTH$}pairs {:<9} probability {:.4}  true {:.4}",
            bin.pairs, bin.probability, bin.is_true
        );
    }
    text
}
