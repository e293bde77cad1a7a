//! Takes the weight of one pair apart: the prior, and what each field adds.

use super::calibrate;
use super::compare::{Begun, Comparer, level_of};
use super::fields::{Kind, fields};
use super::fits::misfits;
use super::model::Model;
use super::row::Side;
use super::table::Table;
use super::weigh::Weights;
use crate::model::person::Agreement;
use crate::model::roster::Roster;
use crate::people::model::probability;

/// One field of a pair, explained.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldWeight {
    /// The field.
    pub field: String,
    /// The left record's value, as supplied.
    pub left: String,
    /// The right record's value, as supplied.
    pub right: String,
    /// The level, in words.
    pub level: String,
    /// How the level reads at a glance.
    pub agreement: Agreement,
    /// In bits.
    pub weight: f64,
}

/// A pair, explained: the prior and the fields add up to the weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The left record, bytewise the smaller id.
    pub left: u32,
    /// The right record.
    pub right: u32,
    /// Which prior it starts from, in words.
    pub prior: String,
    /// The prior in bits.
    pub prior_weight: f64,
    /// The fields, in their order.
    pub fields: Vec<FieldWeight>,
    /// In bits.
    pub weight: f64,
    /// What follows from the weight.
    pub probability: f64,
}

/// Explains one pair by a model; the order of the two makes no difference. `None` when there is no such pair, or when the
/// model is one of other fields.
pub fn explain(roster: &Roster, model: &Model, pair: (usize, usize)) -> Option<Explained> {
    let (left, right) = (pair.0.min(pair.1), pair.0.max(pair.1));
    if left == right || right >= roster.len() || !misfits(model, roster).is_empty() {
        return None;
    }
    let table = Table::of(roster);
    let comparer = Comparer::new(&table, fields(roster));
    let weights = Weights::of(model, &comparer.fields, &table);
    let found = comparer.compare(comparer.side(left), comparer.side(right));
    let weighed = comparer.fields.iter().enumerate().map(|(at, spec)| {
        let level = spec.levels.get(level_of(found.pattern, at))?;
        Some(FieldWeight {
            field: spec.name.clone(),
            left: value(roster, spec.kind, left),
            right: value(roster, spec.kind, right),
            level: level.name.to_owned(),
            agreement: level.agreement,
            weight: weights.field(at, &found, &table, comparer.side(left)),
        })
    });
    let agencies = if found.within {
        "one agency"
    } else {
        "two agencies"
    };
    let mut fields = weighed.collect::<Option<Vec<_>>>()?;
    fields.extend(beside(&weights, &found, &table, comparer.side(left)));
    let prior_weight = weights.prior(found.stratum, found.within);
    let weight = prior_weight + fields.iter().map(|field| field.weight).sum::<f64>();
    Some(Explained {
        left: left as u32,
        right: right as u32,
        prior: format!("{agencies}, {}", found.stratum.phrase()),
        prior_weight,
        fields,
        weight,
        probability: probability(weight),
    })
}

/// What counts beside the fields one by one: that a twin may be meant, how many of them do not agree, what files of known truth
/// showed, a rule.
fn beside(weights: &Weights, pair: &Begun, table: &Table, left: Side<'_>) -> Vec<FieldWeight> {
    let damage = weights.damage(pair);
    let unnamed = weights.unnamed(pair);
    let sum = weights.fields(pair, table, left) + unnamed + damage;
    let gain = calibrate::gain(pair.stratum, sum);
    let kept_apart = weights.rules.take_off(pair, sum + gain);
    let rule = weights.rules.speaking(pair);
    let lines = [
        (
            "unnamed",
            "a given name is not known, and twins share a home and a birthday".to_owned(),
            unnamed,
        ),
        ("together", weights.damage_phrase(pair), damage),
        (
            "calibration",
            "as files of known truth showed".to_owned(),
            gain,
        ),
        ("rule", rule.unwrap_or_default().to_owned(), kept_apart),
    ];
    let lines = lines.into_iter().filter(|(_, _, weight)| *weight != 0.0);
    lines
        .map(|(name, why, weight)| FieldWeight {
            field: name.to_owned(),
            left: String::new(),
            right: String::new(),
            level: why,
            agreement: if weight < 0.0 {
                Agreement::Differ
            } else {
                Agreement::Close
            },
            weight,
        })
        .collect()
}

/// A record's value in a field, as supplied.
fn value(roster: &Roster, kind: Kind, record: usize) -> String {
    let given = || joined([roster.given.get(record), roster.middle.get(record)]);
    let or_full = |text: String| {
        if text.is_empty() {
            roster.full.get(record).to_owned()
        } else {
            text
        }
    };
    let column = match kind {
        Kind::Given => return or_full(given()),
        Kind::Family => {
            let others = roster.other.get(record);
            let family = or_full(roster.family.get(record).to_owned());
            return if others.is_empty() {
                family
            } else {
                format!("{family} (also {others})")
            };
        }
        Kind::Order => return or_full(joined([&given(), roster.family.get(record)])),
        Kind::Birth => &roster.birth,
        Kind::Sex => &roster.sex,
        Kind::Postcode => &roster.postcode,
        Kind::Address => &roster.address,
        Kind::Phone => &roster.phone,
        Kind::Email => &roster.email,
        Kind::Number(at) => {
            return roster
                .identifiers
                .get(at)
                .map_or_else(String::new, |(_, column)| column.get(record).to_owned());
        }
        Kind::Text(at) => {
            return roster
                .further
                .get(at)
                .map_or_else(String::new, |(_, column)| column.get(record).to_owned());
        }
    };
    column.get(record).to_owned()
}

fn joined(parts: [&str; 2]) -> String {
    parts.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::watch::Unwatched;
    use crate::people::scale::sample;
    use crate::people::scale::{Options, link};

    #[test]
    fn the_prior_and_the_fields_add_up_to_the_weight_of_the_pair() {
        let mut roster = sample::roster(&["gp:1", "gp:2", "police:3", "police:4"]);
        roster.given = sample::column(&["Amelia", "Piotr", "Amelia", "Ibrahim"]);
        roster.middle = sample::column(&["", "", "Rose", ""]);
        roster.family = sample::column(&["Okafor", "Varga", "Okafer", "Varga"]);
        roster.further = vec![(
            "town".to_owned(),
            sample::column(&["Ely", "Ely", "", "March"]),
        )];
        let linked = link(&roster, &Options::default(), &Unwatched).unwrap();
        for left in 0..roster.len() {
            for right in left + 1..roster.len() {
                let found = explain(&roster, &linked.model, (right, left)).unwrap();
                let sum: f64 = found.fields.iter().map(|field| field.weight).sum();
                assert!((found.prior_weight + sum - found.weight).abs() < 1e-9);
                let key = (left as u32, right as u32);
                let kept = linked
                    .pairs
                    .iter()
                    .find(|pair| (pair.left, pair.right) == key);
                assert!(
                    kept.is_none_or(|pair| pair.weight == found.weight),
                    "{found:?}"
                );
            }
        }
        let found = explain(&roster, &linked.model, (0, 2)).unwrap();
        let given = found
            .fields
            .iter()
            .find(|field| field.field == "given_name")
            .unwrap();
        assert_eq!(
            (given.left.as_str(), given.right.as_str()),
            ("Amelia", "Amelia Rose")
        );
        assert!(found.prior.starts_with("two agencies, "));
        assert_eq!(explain(&roster, &linked.model, (1, 1)), None);
        assert_eq!(explain(&roster, &linked.model, (1, 9)), None);
        assert_eq!(
            explain(&roster, &sample::model(), (0, 1)),
            None,
            "a model of other fields"
        );
    }
}
