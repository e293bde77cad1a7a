//! The section on how right the run was, where the file says who is who.

use maud::{Markup, html};

use super::super::figures::{count, number, percent, probability};
use super::chart::{Line, curves};
use super::cutoff::log_odds;
use super::{Run, count_cell};
use crate::people::scale::truth::{Bin, Measures, Rates};

/// How right it was; nothing where no truth is known.
pub fn section(run: &Run<'_>) -> Markup {
    let Some(measures) = run.measures else {
        return html! {};
    };
    let line = |value: fn(&crate::people::scale::truth::Point) -> f64| {
        measures
            .curve
            .iter()
            .map(|point| (point.weight, value(point)))
            .collect::<Vec<_>>()
    };
    html! {
        section {
            h2 { "How right it was" }
            p { "The file says who is who for " (count(measures.records)) " records, which makes " (count(measures.true_pairs))
                " true pairs. This was used for measuring only." }
            (rates(measures))
            (others(measures))
            (curves("Precision and recall, had pairs been taken one by one from a weight on", &[
                Line { name: "precision", points: line(|point| point.precision) },
                Line { name: "recall", points: line(|point| point.recall) },
            ], log_odds(run.linked.model.threshold)))
            (calibration(&measures.bins))
        }
    }
}

fn cell(rate: Option<f64>) -> Markup {
    html! { td.n { (rate.map_or_else(|| "-".to_owned(), |rate| format!("{rate:.4}"))) } }
}

fn rates(measures: &Measures) -> Markup {
    let row = |name: &str, rates: &Rates| {
        html! { tr { th scope="row" { (name) } (cell(rates.precision)) (cell(rates.recall)) (cell(rates.f1)) } }
    };
    html! {
        div.wide {
            table {
                thead { tr {
                    th scope="col" { "after clustering" }
                    th.n scope="col" { "precision" } th.n scope="col" { "recall" } th.n scope="col" { "F1" }
                } }
                tbody {
                    (row("pairs of records in one person", &measures.pairwise))
                    (row("B-cubed: averaged over records", &measures.bcubed))
                }
            }
        }
    }
}

fn others(measures: &Measures) -> Markup {
    html! {
        ul {
            @if let Some(kept) = measures.true_pairs_kept {
                li { (percent(kept)) " of the true pairs were kept as a pair; the others were not compared, or looked too unlike." }
            }
            @if let Some(best) = measures.best {
                li { "With truth in hand the best threshold would have been " (probability(best.threshold)) ": F1 " (number(best.f1(), 4)) ", taking pairs one by one." }
            }
            @if let Some(average) = measures.average_precision { li { "Average precision " (number(average, 4)) "." } }
            @if let Some(error) = measures.calibration_error {
                li { "Calibration error " (number(error, 4)) ": by so much a probability is wrong on average." }
            }
        }
    }
}

fn calibration(bins: &[Bin]) -> Markup {
    html! {
        div.wide {
            table {
                caption { "Calibration: in each bin the mean probability should be the share that is true." }
                thead { tr {
                    th scope="col" { "probability from" }
                    th.n scope="col" { "pairs" } th.n scope="col" { "mean probability" } th.n scope="col" { "share true" }
                } }
                tbody {
                    @for bin in bins {
                        tr {
                            th scope="row" { (number(bin.from, 1)) }
                            (count_cell(bin.pairs))
                            (cell((bin.pairs > 0).then_some(bin.probability)))
                            (cell((bin.pairs > 0).then_some(bin.is_true)))
                        }
                    }
                }
            }
        }
    }
}
