//! Two-reader agreement: what a second reader says who did not see the first one's answers, beside those answers.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::decision::{Decision, Sameness, Verdict};
use crate::model::id::{DecisionId, RecordId};

/// Two records, the bytewise smaller id first.
pub type PairOf = (RecordId, RecordId);

/// The answers in the order of the table.
pub const ANSWERS: [Sameness; 3] = [Sameness::Same, Sameness::Different, Sameness::NotSure];

/// One pair that both answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The records.
    pub pair: PairOf,
    /// What the first reader said.
    pub first: Sameness,
    /// What the second said.
    pub second: Sameness,
    /// Their two decisions.
    pub decisions: (DecisionId, DecisionId),
    /// Whether the two differ and nobody has put that to the question yet.
    pub is_to_queue: bool,
}

/// How far two readers agree.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agreement {
    /// The pairs that both answered, by ids.
    pub readings: Vec<Reading>,
}

/// Cohen's kappa, or in words why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Kappa {
    /// No pair was answered by both.
    NoPairs,
    /// Both gave one and the same answer throughout, so that chance alone would have them agree.
    OneAnswer,
    /// It can be said.
    Is {
        /// Agreement beyond chance: 1 is all, 0 is what chance gives, below 0 is less than that.
        kappa: f64,
        /// The 95% interval; `None` where the readers agree throughout, or never, and the formula has no width.
        interval: Option<(f64, f64)>,
    },
}

/// From so many pairs on the interval, which is one for large samples, can be relied on.
pub const ENOUGH_PAIRS: usize = 30;

impl Agreement {
    /// Finds the pairs that both answered. Of a second reader's answers the last on a pair counts. The first reader's is the
    /// last that anybody else gave before it, or the first after it where there was none; an answer that its reader took back
    /// does not count, one that was put to the question again does.
    pub fn of(decisions: &[Decision]) -> Self {
        let mut seconds: BTreeMap<PairOf, &Decision> = BTreeMap::new();
        let mut firsts: BTreeMap<PairOf, Vec<&Decision>> = BTreeMap::new();
        for decision in decisions
            .iter()
            .filter(|one| !is_taken_back(one, decisions))
        {
            match &decision.verdict {
                Verdict::SecondReading { left, right, .. } => {
                    seconds.insert((left.clone(), right.clone()), decision);
                }
                Verdict::Persons { left, right, .. } => {
                    let pair = (left.clone(), right.clone());
                    firsts.entry(pair).or_default().push(decision);
                }
                _ => {}
            }
        }
        let readings = seconds.into_iter().filter_map(|(pair, second)| {
            let answers = firsts.get(&pair)?;
            let mut others = answers.iter().filter(|one| one.by != second.by);
            let before = others.clone().rfind(|one| one.number < second.number);
            let first = before.or_else(|| others.next())?;
            let latest = answers.last()?;
            let (said, say) = (answer(first)?, answer(second)?);
            Some(Reading {
                is_to_queue: said != say && latest.id == first.id && first.withdrawn_by.is_none(),
                pair,
                first: said,
                second: say,
                decisions: (first.id.clone(), second.id.clone()),
            })
        });
        Self {
            readings: readings.collect(),
        }
    }

    /// How often the first reader gave the answer of a row and the second that of a column, in the order of [`ANSWERS`].
    pub fn table(&self) -> [[usize; 3]; 3] {
        let mut table = [[0; 3]; 3];
        let place = |answer: Sameness| ANSWERS.iter().position(|one| *one == answer);
        for reading in &self.readings {
            let cell = place(reading.first).zip(place(reading.second));
            if let Some(count) = cell.and_then(|(row, column)| table.get_mut(row)?.get_mut(column))
            {
                *count += 1;
            }
        }
        table
    }

    /// How many pairs both answered alike.
    pub fn alike(&self) -> usize {
        let alike = self.readings.iter();
        alike.filter(|one| one.first == one.second).count()
    }

    /// Cohen's kappa with its 95% interval.
    pub fn kappa(&self) -> Kappa {
        kappa(&self.table())
    }

    /// What puts the differences to the question again.
    pub fn questions(&self) -> Vec<Verdict> {
        let open = self.readings.iter().filter(|one| one.is_to_queue);
        open.map(|one| Verdict::Contested {
            one: one.decisions.0.clone(),
            other: one.decisions.1.clone(),
        })
        .collect()
    }
}

/// What a second reader is asked: the pairs that somebody else answered and those that are open, without those that this
/// reader answered already, be it as first or as second; by ids, so that the order tells nothing of the answers.
pub fn for_second_reader(
    decisions: &[Decision],
    open: impl IntoIterator<Item = PairOf>,
    reader: &str,
) -> BTreeSet<PairOf> {
    let mut asked: BTreeSet<PairOf> = open.into_iter().collect();
    let mut own = BTreeSet::new();
    for decision in decisions.iter().filter(|one| one.withdrawn_by.is_none()) {
        let (Verdict::Persons { left, right, .. } | Verdict::SecondReading { left, right, .. }) =
            &decision.verdict
        else {
            continue;
        };
        let pair = (left.clone(), right.clone());
        if decision.by == reader {
            own.insert(pair);
        } else if matches!(decision.verdict, Verdict::Persons { .. }) {
            asked.insert(pair);
        }
    }
    asked.retain(|pair| !own.contains(pair));
    asked
}

/// Whether whoever decided it took it back; what was put to the question again was not.
fn is_taken_back(decision: &Decision, decisions: &[Decision]) -> bool {
    let by = decision.withdrawn_by.and_then(|number| {
        let mut all = decisions.iter();
        all.find(|one| one.number == number)
    });
    by.is_some_and(|by| matches!(by.verdict, Verdict::Withdrawn { .. }))
}

fn answer(decision: &Decision) -> Option<Sameness> {
    match &decision.verdict {
        Verdict::Persons { same, .. } | Verdict::SecondReading { same, .. } => Some(*same),
        _ => None,
    }
}

/// Cohen's kappa of a table of counts, the first reader's answers down and the second's across.
///
/// Kappa is that of J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
/// (1960). The interval is kappa ± 1.96 standard errors, cut at -1 and 1, with the large-sample error for a kappa that is not
/// taken to be 0 of J. L. Fleiss, J. Cohen and B. S. Everitt, "Large sample standard errors of kappa and weighted kappa",
/// Psychological Bulletin 72 (1969): with p the shares of the table, `a_i` those of its rows and `b_i` of its columns, `e` the
/// agreement expected by chance and n the pairs,
///
/// `n (1 - e)² se² = Σ p_ii (1 - (a_i + b_i)(1 - k))² + (1 - k)² Σ_{i≠j} p_ij (b_i + a_j)² - (k - e (1 - k))²`.
pub fn kappa(table: &[[usize; 3]; 3]) -> Kappa {
    let pairs: usize = table.iter().flatten().sum();
    if pairs == 0 {
        return Kappa::NoPairs;
    }
    let pairs = pairs as f64;
    let shares = table.map(|row| row.map(|count| count as f64 / pairs));
    let rows = shares.map(|row| row.iter().sum::<f64>());
    let columns = shares.iter().fold([0.0; 3], |sums, row| {
        [sums[0] + row[0], sums[1] + row[1], sums[2] + row[2]]
    });
    let observed = shares[0][0] + shares[1][1] + shares[2][2];
    let expected: f64 = rows
        .iter()
        .zip(columns)
        .map(|(row, column)| row * column)
        .sum();
    if 1.0 - expected < 1e-12 {
        return Kappa::OneAnswer;
    }
    let kappa = (observed - expected) / (1.0 - expected);
    let off = 1.0 - kappa;
    let mut variance = -(kappa - expected * off).powi(2);
    for (at, cells) in shares.iter().enumerate() {
        for (across, share) in cells.iter().enumerate() {
            variance += if at == across {
                share * (1.0 - (rows[at] + columns[at]) * off).powi(2)
            } else {
                share * (off * (columns[at] + rows[across])).powi(2)
            };
        }
    }
    // what is left of a difference of equal numbers is no width
    let interval = (variance > 1e-12).then(|| {
        let error = (variance / pairs).sqrt() / (1.0 - expected);
        (
            (kappa - 1.96 * error).max(-1.0),
            (kappa + 1.96 * error).min(1.0),
        )
    });
    Kappa::Is { kappa, interval }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decision::settle;
    use proptest::prelude::*;

    fn parts(kappa: &Kappa) -> (f64, Option<(f64, f64)>) {
        match kappa {
            Kappa::Is { kappa, interval } => (*kappa, *interval),
            other => panic!("{other:?}"),
        }
    }

    /// The worked example of chapter 18 of Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions" (2003): kappa .68
    /// and its standard error .09.
    #[test]
    fn a_published_table_gives_the_published_kappa_and_error() {
        let (kappa, interval) = parts(&kappa(&[[75, 1, 4], [5, 4, 1], [0, 0, 10]]));
        let (low, high) = interval.unwrap();
        assert!((kappa - 0.676).abs() < 0.001, "{kappa}");
        assert!(
            ((high - low) / 2.0 / 1.96 - 0.088).abs() < 0.001,
            "{low} {high}"
        );
    }

    #[test]
    fn what_cannot_be_said_is_said_in_words_and_never_as_a_number() {
        assert_eq!(kappa(&[[0; 3]; 3]), Kappa::NoPairs);
        assert_eq!(kappa(&[[9, 0, 0], [0, 0, 0], [0, 0, 0]]), Kappa::OneAnswer);
        // all alike over two answers: no error to compute a width from
        assert_eq!(
            parts(&kappa(&[[5, 0, 0], [0, 5, 0], [0, 0, 0]])),
            (1.0, None)
        );
        // each gave one answer, never the same
        assert_eq!(
            parts(&kappa(&[[0, 7, 0], [0, 0, 0], [0, 0, 0]])),
            (0.0, None)
        );
        // one pair, answered differently
        assert_eq!(parts(&kappa(&[[0, 1, 0], [0, 0, 0], [0, 0, 0]])).1, None);
        // always the opposite
        let (opposite, _) = parts(&kappa(&[[0, 5, 0], [5, 0, 0], [0, 0, 0]]));
        assert!((opposite + 1.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn kappa_is_a_number_within_bounds_and_the_same_for_both_readers(cells in prop::array::uniform9(0_usize..30)) {
            let table = [[cells[0], cells[1], cells[2]], [cells[3], cells[4], cells[5]], [cells[6], cells[7], cells[8]]];
            let turned = [[cells[0], cells[3], cells[6]], [cells[1], cells[4], cells[7]], [cells[2], cells[5], cells[8]]];
            if let (Kappa::Is { kappa: one, interval }, Kappa::Is { kappa: other, .. }) = (kappa(&table), kappa(&turned)) {
                prop_assert!((-1.0..=1.0 + 1e-9).contains(&one));
                prop_assert!((one - other).abs() < 1e-9);
                if let Some((low, high)) = interval {
                    prop_assert!(low <= one + 1e-9 && one <= high + 1e-9 && (-1.0..=1.0).contains(&low) && high <= 1.0);
                }
            }
        }
    }

    fn persons(number: u32, by: &str, right: &str, same: Sameness) -> Decision {
        Decision::plain(
            number,
            Verdict::Persons {
                left: record("a:1"),
                right: record(right),
                same,
            },
            by,
        )
    }

    fn second(number: u32, by: &str, right: &str, same: Sameness) -> Decision {
        Decision::plain(
            number,
            Verdict::SecondReading {
                left: record("a:1"),
                right: record(right),
                same,
            },
            by,
        )
    }

    fn record(id: &str) -> RecordId {
        RecordId::read(id, &crate::model::id::AgencyId::new("a"))
    }

    fn answers(decisions: &[Decision]) -> Vec<(Sameness, Sameness, bool)> {
        let agreement = Agreement::of(decisions);
        let readings = agreement.readings.iter();
        readings
            .map(|one| (one.first, one.second, one.is_to_queue))
            .collect()
    }

    #[test]
    fn the_answers_before_any_dispute_are_compared() {
        use Sameness::{Different, NotSure, Same};
        let mut all = vec![
            persons(1, "A", "b:1", Same),
            persons(2, "A", "b:1", Different),
            second(3, "B", "b:1", Same),
            // the first answers later
            second(4, "B", "b:2", NotSure),
            persons(5, "A", "b:2", NotSure),
            // nobody else answered
            second(6, "B", "b:3", Same),
            persons(7, "B", "b:3", Same),
        ];
        assert_eq!(
            answers(&all),
            [(Different, Same, true), (NotSure, NotSure, false)]
        );
        let question = Agreement::of(&all).questions();
        assert_eq!(question.len(), 1);
        all.push(Decision::plain(
            8,
            question.into_iter().next().unwrap(),
            "B",
        ));
        settle(&mut all);
        // the difference is a question now, and still one of the readings; it is not queued twice
        assert_eq!(
            answers(&all),
            [(Different, Same, false), (NotSure, NotSure, false)]
        );
        all.push(persons(9, "C", "b:1", Same));
        settle(&mut all);
        assert_eq!(answers(&all)[0], (Different, Same, false));
        // what a reader took back is no answer
        all.push(Decision::plain(
            10,
            Verdict::Withdrawn {
                of: vec![DecisionId::new("4")],
            },
            "B",
        ));
        settle(&mut all);
        assert_eq!(answers(&all), [(Different, Same, false)]);
    }

    #[test]
    fn the_second_reader_is_asked_what_others_answered_and_what_is_open() {
        let all = vec![
            persons(1, "A", "b:1", Sameness::Same),
            persons(2, "B", "b:2", Sameness::Same),
            persons(3, "A", "b:3", Sameness::Same),
            second(4, "B", "b:3", Sameness::Same),
        ];
        let open = [
            (record("a:1"), record("b:2")),
            (record("a:1"), record("b:0")),
        ];
        let asked = for_second_reader(&all, open, "B");
        let rights: Vec<&str> = asked.iter().map(|(_, right)| right.as_str()).collect();
        assert_eq!(rights, ["b:0", "b:1"]);
    }
}
