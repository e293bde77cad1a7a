//! The section on the cut-off: where it lies among the weights, and what the model expects of it.

use maud::{Markup, html};

use super::super::figures::{bits, counted, number, percent, probability};
use super::Run;
use super::chart::{Bar, histogram};

/// The cut-off.
pub fn section(run: &Run<'_>) -> Markup {
    let model = &run.linked.model;
    let expected = &model.expected;
    let at = log_odds(model.threshold);
    let above = run
        .linked
        .pairs
        .iter()
        .filter(|pair| pair.probability >= model.threshold)
        .count();
    html! {
        section {
            h2 { "The cut-off" }
            p {
                "Pairs are linked from probability " (probability(model.threshold)) " on"
                @if let Some(at) = at { " (" (bits(at)) " bits)" } ". "
                (counted(above as u64, "pair", "pairs")) " of " (counted(run.linked.pairs.len() as u64, "kept pair", "kept pairs"))
                " lie there. A pair that would join what is kept apart is not linked all the same."
            }
            @if above > 0 {
            p {
                "Without having seen any truth, the model expects that " (percent(expected.precision)) " of the linked pairs are true, and that "
                (percent(expected.recall)) " of the true pairs are linked, of those that are compared and that it can tell (F1 " (number(expected.f1, 4)) ")."
            }
            }
            (histogram("Pairs kept, by weight", &bars(run), at))
        }
    }
}

/// The weight that a probability is, where it is one.
pub fn log_odds(probability: f64) -> Option<f64> {
    (probability > 0.0 && probability < 1.0).then(|| (probability / (1.0 - probability)).log2())
}

/// The kept pairs by whole bits; those beyond the ends are counted at the ends.
fn bars(run: &Run<'_>) -> Vec<Bar> {
    const FROM: i64 = -8;
    const UNTIL: i64 = 60;
    let mut counts = vec![0_u64; (UNTIL - FROM) as usize];
    for pair in &run.linked.pairs {
        let at = (pair.weight.floor() as i64).clamp(FROM, UNTIL - 1) - FROM;
        if let Some(count) = counts.get_mut(at as usize) {
            *count += 1;
        }
    }
    let used = counts
        .iter()
        .rposition(|count| *count > 0)
        .map_or(0, |last| last + 1);
    let bars = counts.iter().take(used).enumerate();
    bars.map(|(at, count)| Bar {
        from: (at as i64 + FROM) as f64,
        count: *count,
    })
    .skip_while(|bar| bar.count == 0)
    .collect()
}
