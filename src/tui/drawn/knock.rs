//! What falls when agencies are switched off: which conclusions are left without a known origin.

use std::collections::BTreeSet;

use crate::model::id::AgencyId;
use crate::picture::Picture;
use crate::reliance::Conclusion;

/// How a conclusion stands without some agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// Nothing of it is touched.
    Stands,
    /// It loses some of its origins.
    Weaker,
    /// It has no origin left.
    Falls,
    /// It had no known origin to begin with.
    NoOrigin,
}

impl Stand {
    /// What is printed.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Weaker => "weaker",
            Self::Falls => "FALLS",
            Self::NoOrigin => "no origin",
        }
    }
}

/// How a conclusion stands without the agencies that are off.
pub fn stand(conclusion: &Conclusion, off: &BTreeSet<AgencyId>) -> Stand {
    let gone = conclusion.origins.iter().filter(|one| off.contains(*one));
    match (conclusion.origins.len(), gone.count()) {
        (0, _) => Stand::NoOrigin,
        (_, 0) => Stand::Stands,
        (all, gone) if all == gone => Stand::Falls,
        _ => Stand::Weaker,
    }
}

/// What falls, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fall {
    /// How many conclusions there are.
    pub all: usize,
    /// How many have no origin left.
    pub fallen: usize,
    /// How many lose some.
    pub weaker: usize,
}

impl Fall {
    /// Counts what falls without these agencies.
    pub fn of(picture: &Picture, off: &BTreeSet<AgencyId>) -> Self {
        let conclusions = &picture.reliance.conclusions;
        let count = |wanted: Stand| {
            let all = conclusions.iter();
            all.filter(|one| stand(one, off) == wanted).count()
        };
        Self {
            all: conclusions.len(),
            fallen: count(Stand::Falls),
            weaker: count(Stand::Weaker),
        }
    }
}

/// The agencies that can be switched off, by id: all that the knock-out counts.
pub fn switches(picture: &Picture) -> Vec<AgencyId> {
    let counted = picture.reliance.knock_out.unsupported.keys();
    counted.cloned().collect()
}

/// The letter that switches an agency, from the first on; none after Z.
pub fn letter(at: usize) -> Option<char> {
    let at = u8::try_from(at).ok().filter(|at| *at < 26)?;
    Some(char::from(b'A' + at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::sample::picture;
    use proptest::prelude::*;

    #[test]
    fn one_agency_off_takes_as_many_as_the_measure_says() {
        let picture = picture();
        let known = &picture.reliance.knock_out.unsupported;
        assert!(!known.is_empty());
        for (agency, fall) in known {
            let off = BTreeSet::from([agency.clone()]);
            assert_eq!(Fall::of(&picture, &off).fallen, *fall, "{agency}");
        }
    }

    proptest! {
        #[test]
        fn more_agencies_off_never_leave_more_standing(bits in 0u8..8, more in 0u8..8) {
            let picture = picture();
            let ids = switches(&picture);
            let set = |bits: u8| -> BTreeSet<AgencyId> {
                let chosen = ids.iter().enumerate().filter(|(at, _)| bits & (1 << at) > 0);
                chosen.map(|(_, id)| id.clone()).collect()
            };
            let (few, many) = (Fall::of(&picture, &set(bits)), Fall::of(&picture, &set(bits | more)));
            prop_assert!(few.fallen <= many.fallen);
        }
    }
}
