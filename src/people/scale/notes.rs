//! What should be known of a run: whom it kept apart against others, and what its passes left out.

use super::Pass;
use crate::model::roster::Roster;

/// So many pairs of those that were refused are named.
const NAMED: usize = 3;

/// A person of more records than this, and of so many times the usual number, is named.
const MANY: f64 = 30.0;
const TIMES: f64 = 10.0;

/// Whom it kept apart that others would have made one person, in a sentence; `None` when it is nobody.
pub fn refused(roster: &Roster, pairs: &[(u32, u32)]) -> Option<String> {
    let named = named(roster, pairs);
    (!pairs.is_empty()).then(|| {
        format!(
            "Joins refused, since they would have made one person of two who are kept apart (as twins, as father and son, by verified numbers, or as records of one agency where --within-source says so): {} ({named}).",
            pairs.len(),
        )
    })
}

/// Which pairs were left undone, since which of them came first would have said who is who; `None` when it is none.
pub fn tied(roster: &Roster, pairs: &[(u32, u32)]) -> Option<String> {
    (!pairs.is_empty()).then(|| {
        format!(
            "Pairs not joined, since one of the two has another candidate who is exactly as likely, and the two candidates are kept apart: {} ({}).",
            pairs.len(),
            named(roster, pairs)
        )
    })
}

/// Which persons are unusually large, the largest first, in a sentence; `None` when none is. Many people who are alike in all
/// that was written down come out as one.
pub fn large(roster: &Roster, person: &[u32]) -> Option<String> {
    let mut sizes = vec![0_u32; person.len()];
    for of in person {
        sizes[*of as usize] += 1;
    }
    let persons = sizes.iter().filter(|size| **size > 0).count();
    let usual = person.len() as f64 / persons.max(1) as f64;
    let most = MANY.max(TIMES * usual);
    let of_each = (0_u32..).zip(&sizes);
    let mut large: Vec<(u32, u32)> = of_each
        .filter(|(_, size)| f64::from(**size) > most)
        .map(|(first, size)| (*size, first))
        .collect();
    large.sort_unstable_by_key(|(size, first)| (std::cmp::Reverse(*size), *first));
    let name =
        |(size, first): &(u32, u32)| format!("{size} records with {}", roster.id(*first as usize));
    let named: Vec<String> = large.iter().take(NAMED).map(name).collect();
    let more = if large.len() > NAMED { "; …" } else { "" };
    (!large.is_empty()).then(|| {
        format!(
            "Persons with unusually many records, more than {most:.0} each, who may be several people alike in all that is written down: {} ({}{more}).",
            large.len(),
            named.join("; ")
        )
    })
}

/// Some of these pairs, by their ids.
fn named(roster: &Roster, pairs: &[(u32, u32)]) -> String {
    let name = |(left, right): &(u32, u32)| {
        format!(
            "{} and {}",
            roster.id(*left as usize),
            roster.id(*right as usize)
        )
    };
    let named: Vec<String> = pairs.iter().take(NAMED).map(name).collect();
    let more = if pairs.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", named.join("; "))
}

/// What a pass left out, in a sentence; `None` when it is nothing.
pub fn left_out(pass: &Pass) -> Option<String> {
    (pass.left_out > 0).then(|| {
        format!(
            "{}: parts of values that too many records share, which were still too large and are compared by other keys only: {}.",
            pass.name, pass.left_out
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::scale::sample;

    #[test]
    fn a_person_with_unusually_many_records_is_told() {
        let ids: Vec<String> = (0..400).map(|at| format!("gp:{at:03}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let roster = sample::roster(&ids);
        // every two are one person, but for the last records, which are one
        let persons = |from: u32| -> Vec<u32> {
            let own = |at: u32| if at < from { at / 2 * 2 } else { from };
            (0..400).map(own).collect()
        };
        assert_eq!(large(&roster, &persons(370)), None, "thirty are not many");
        let told = large(&roster, &persons(360)).unwrap();
        assert!(told.contains("more than 30 each"), "{told}");
        assert!(told.ends_with("1 (40 records with gp:360)."), "{told}");
        // where everyone has many, many are not unusual
        let many: Vec<u32> = (0..400).map(|at| at / 40 * 40).collect();
        assert_eq!(large(&roster, &many), None);
        assert_eq!(large(&sample::roster(&[]), &[]), None);
    }
}
