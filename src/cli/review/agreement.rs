//! Two readers side by side, in words.

use crate::case::reading::{ANSWERS, Agreement, ENOUGH_PAIRS, Kappa};

/// What is printed of an agreement, a line each.
pub fn lines(agreement: &Agreement) -> Vec<String> {
    let pairs = agreement.readings.len();
    if pairs == 0 {
        return vec!["No pair was answered by two readers yet.".to_owned()];
    }
    let alike = agreement.alike();
    let mut lines = vec![format!(
        "Two readers answered {pairs} {}, {alike} of them alike ({:.0}%).",
        if pairs == 1 { "pair" } else { "pairs" },
        100.0 * alike as f64 / pairs as f64
    )];
    lines.extend(of_kappa(&agreement.kappa(), pairs, alike));
    lines.extend(table(agreement));
    for one in agreement
        .readings
        .iter()
        .filter(|one| one.first != one.second)
    {
        lines.push(format!(
            "{} {}: the first reader said {}, the second {}.",
            one.pair.0,
            one.pair.1,
            one.first.phrase(),
            one.second.phrase()
        ));
    }
    lines
}

fn of_kappa(kappa: &Kappa, pairs: usize, alike: usize) -> Vec<String> {
    match kappa {
        Kappa::NoPairs => Vec::new(),
        Kappa::OneAnswer => vec![
            "Cohen's kappa cannot be said: both gave one and the same answer throughout, as they would by chance."
                .to_owned(),
        ],
        Kappa::Is { kappa, interval: Some((low, high)) } => {
            let mut lines = vec![format!(
                "Cohen's kappa is {kappa:.2}, 95% interval {low:.2} to {high:.2} (1 is full agreement, 0 what chance gives)."
            )];
            if pairs < ENOUGH_PAIRS {
                lines.push(format!(
                    "With fewer than {ENOUGH_PAIRS} pairs the interval is rough: read it as a sign, not as a measure."
                ));
            }
            lines
        }
        Kappa::Is { kappa, interval: None } if alike == pairs => vec![
            format!("Cohen's kappa is {kappa:.2} (1 is full agreement, 0 what chance gives)."),
            format!(
                "There is no interval, since the two never differ; with {pairs} {} they may still do so in up to about {:.0}% of all.",
                if pairs == 1 { "pair" } else { "pairs" },
                upper_share(pairs)
            ),
        ],
        Kappa::Is { kappa, interval: None } => vec![format!(
            "Cohen's kappa is {kappa:.2} (1 is full agreement, 0 what chance gives); there are too few different answers for an interval."
        )],
    }
}

/// The share of differences, in percent, that is still likely (95%) when none was seen in so many pairs: `1 - 0.05^(1/n)`.
fn upper_share(pairs: usize) -> f64 {
    100.0 * (1.0 - 0.05_f64.powf(1.0 / pairs as f64))
}

fn table(agreement: &Agreement) -> Vec<String> {
    let head = ANSWERS
        .map(|answer| format!("{:>10}", answer.phrase()))
        .concat();
    let mut lines = vec![format!("first reader down, second across {head}")];
    for (answer, row) in ANSWERS.iter().zip(agreement.table()) {
        let counts = row.map(|count| format!("{count:>10}")).concat();
        lines.push(format!("{:>32} {counts}", answer.phrase()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::reading::kappa;

    #[test]
    fn small_and_degenerate_samples_are_told_in_words() {
        let told = |table: [[usize; 3]; 3]| {
            let pairs = table.iter().flatten().sum();
            of_kappa(
                &kappa(&table),
                pairs,
                table[0][0] + table[1][1] + table[2][2],
            )
            .join(" ")
        };
        for (table, says) in [
            (
                [[40, 3, 0], [2, 30, 1], [0, 0, 4]],
                "0.86, 95% interval 0.76 to 0.97",
            ),
            ([[5, 1, 0], [1, 5, 0], [0, 0, 0]], "rough"),
            ([[7, 0, 0], [0, 0, 0], [0, 0, 0]], "cannot be said"),
            ([[7, 0, 0], [0, 3, 0], [0, 0, 0]], "up to about 26% of all"),
            (
                [[0, 7, 0], [0, 0, 0], [0, 0, 0]],
                "too few different answers",
            ),
        ] {
            let text = told(table);
            assert!(text.contains(says), "{text}");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
        assert_eq!(lines(&Agreement::default()).len(), 1);
    }
}
