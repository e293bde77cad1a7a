//! Judges at a date how the basis of one entry stands: valid, expired, withdrawn, not valid, unknown, and why.
//!
//! The rule, from `UK GDPR` Article 7 and practice guidance on withdrawal: what was shared while consent stood stays
//! lawful; new sharing stops unless another ground stands. A ground that does not rest on consent stands by itself.

use crate::model::basis::RestsOnConsent;
use crate::model::date::{Day, When};
use crate::model::entry::Consent;
use crate::model::fact::BasisStatus;
use crate::model::phrase::Coded;
use crate::model::words::ConsentState;

use super::ground::{Basis, Ground};

/// The consent cells of an entry, as far as a status depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The cell; blank where the codes speak.
    pub state: Coded<ConsentState>,
    /// The first day on which it can have been given.
    pub given: Option<Day>,
    /// The first day on which it may be over.
    pub may_be_over: Option<Day>,
    /// The last day on which it can still have held.
    pub last: Option<Day>,
    /// The first day on which it may have been taken back. A withdrawal binds from its earliest possible day.
    pub withdrawn: Option<Day>,
    /// It was taken back, or ran out, on a day that is not known or cannot be read.
    pub some_day: SomeDay,
}

/// Which ends of consent are spoken of without a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SomeDay {
    /// It was taken back.
    pub withdrawn: bool,
    /// It ran out.
    pub expired: bool,
}

impl SomeDay {
    /// Takes them from an entry's cells.
    pub fn of(consent: &Consent) -> Self {
        let has_no_day = |end: &When| !end.is_known() && !end.raw.is_empty();
        Self {
            withdrawn: has_no_day(&consent.withdrawn_on),
            expired: has_no_day(&consent.expires_on),
        }
    }
}

impl Terms {
    /// Takes them from an entry's cells.
    pub fn of(consent: &Consent) -> Self {
        Self {
            state: consent.state.clone(),
            given: consent.on.start(),
            may_be_over: consent.expires_on.start(),
            last: consent.expires_on.end(),
            withdrawn: consent.withdrawn_on.start(),
            some_day: SomeDay::of(consent),
        }
    }

    fn expiry(&self, day: Day) -> Option<Standing> {
        if self.last.is_some_and(|last| day > last) {
            Some(Standing::new(BasisStatus::Expired, "consent expired"))
        } else if self.may_be_over.is_some_and(|first| day > first) {
            Some(UNKNOWN)
        } else if self.some_day.expired {
            Some(MAY_BE_EXPIRED)
        } else {
            None
        }
    }
}

/// How a basis stands, and the reason that is given when something is withheld for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: BasisStatus,
    /// Why, in a short phrase.
    pub because: &'static str,
}

const VALID: Standing = Standing::new(BasisStatus::Valid, "");
const UNKNOWN: Standing = Standing::new(BasisStatus::Unknown, "basis not recorded");
const MAY_BE_EXPIRED: Standing = Standing::new(BasisStatus::Unknown, "consent may have expired");
const NOT_LAW: Standing = Standing::new(BasisStatus::NotValid, "not law on this date");

impl Standing {
    const fn new(status: BasisStatus, because: &'static str) -> Self {
        Self { status, because }
    }

    /// Nobody recorded enough to tell.
    pub const fn unknown() -> Self {
        UNKNOWN
    }

    /// Orders standings: valid first, then the worst that is known, unknown last.
    fn rank(self) -> u8 {
        match self.status {
            BasisStatus::Valid => 0,
            BasisStatus::NotValid => 1,
            BasisStatus::Withdrawn => 2,
            BasisStatus::Expired => 3,
            BasisStatus::Unknown => 4,
        }
    }

    /// The standing that holds of two: a valid ground carries, else what is known to be wrong beats what nobody knows.
    pub fn or(self, other: Self) -> Self {
        if other.rank() < self.rank() {
            other
        } else {
            self
        }
    }
}

/// Judges an entry's basis on a day.
pub fn standing(basis: &Basis, terms: &Terms, day: Day) -> Standing {
    if basis.refusal {
        return Standing::new(BasisStatus::NotValid, "decided not to share");
    }
    if basis.grounds.is_empty() {
        return without_ground(basis, terms, day);
    }
    basis
        .grounds
        .iter()
        .map(|ground| of_ground(ground, basis, terms, day))
        .fold(UNKNOWN, Standing::or)
}

/// Whether this ground carries the fact on that day.
pub fn carries(ground: &Ground, basis: &Basis, terms: &Terms, day: Day) -> bool {
    !basis.refusal && of_ground(ground, basis, terms, day).status == BasisStatus::Valid
}

fn of_ground(ground: &Ground, basis: &Basis, terms: &Terms, day: Day) -> Standing {
    if !ground.is_law_on(day) {
        return NOT_LAW;
    }
    match ground.rests {
        RestsOnConsent::Yes => consent(terms, ground.state, day),
        RestsOnConsent::Either
            if terms.state.is_blank() && terms.withdrawn.is_none() && !terms.some_day.withdrawn =>
        {
            VALID
        }
        RestsOnConsent::Either => match consent(terms, ground.state, day) {
            // refused or ended, and somebody recorded why it was shared all the same
            standing if basis.no_consent_ground || standing.status == BasisStatus::Valid => VALID,
            _ if terms.state.is(ConsentState::NotRequired) => VALID,
            standing => standing,
        },
        RestsOnConsent::No if ground.ends_with_entry => terms.expiry(day).unwrap_or(VALID),
        // Data Protection Act 2018 Schedule 1 paragraph 18 holds only for one of its listed reasons
        RestsOnConsent::No if ground.needs_reason_without_consent && !basis.no_consent_ground => {
            UNKNOWN
        }
        RestsOnConsent::No => VALID,
    }
}

/// Judges an entry that names no ground: its consent cells, or what a code says of consent, are all there is.
///
/// A code that nobody here can read is no ground to count on: consent that is known to be refused or over stays so
/// beside it. Otherwise it leaves the basis unknown.
fn without_ground(basis: &Basis, terms: &Terms, day: Day) -> Standing {
    let standing = consent(terms, basis.note, day);
    let nothing_to_use = ["consent not asked", "consent asked, no answer yet"];
    match standing.status {
        // consent in the cells is a ground by itself; beside a ground for doing without it is a contradiction
        BasisStatus::Valid if basis.no_consent_ground || basis.unclear => UNKNOWN,
        // nobody named consent as the basis here, so that it was not asked settles nothing
        BasisStatus::NotValid if nothing_to_use.contains(&standing.because) => UNKNOWN,
        _ => standing,
    }
}

/// Judges consent on a day; `asserted` is what a code says where the cell is blank.
fn consent(terms: &Terms, asserted: Option<ConsentState>, day: Day) -> Standing {
    let withdrawn = Standing::new(BasisStatus::Withdrawn, "consent withdrawn");
    let state = match &terms.state {
        Coded::Known(state) => Some(*state),
        Coded::Blank => asserted,
        Coded::Unknown(_) => Some(ConsentState::Unknown),
    };
    match state {
        Some(ConsentState::Refused) => Standing::new(BasisStatus::NotValid, "consent refused"),
        _ if terms.withdrawn.is_some_and(|from| from <= day) => withdrawn,
        Some(ConsentState::Withdrawn) if terms.withdrawn.is_none() => withdrawn,
        // somebody meant a withdrawal by the cell, and it may have been before any day
        _ if terms.some_day.withdrawn => withdrawn,
        Some(ConsentState::Expired) if terms.last.is_none() => {
            Standing::new(BasisStatus::Expired, "consent expired")
        }
        Some(ConsentState::NotAsked) => Standing::new(BasisStatus::NotValid, "consent not asked"),
        Some(ConsentState::Pending) => {
            Standing::new(BasisStatus::NotValid, "consent asked, no answer yet")
        }
        Some(ConsentState::Given | ConsentState::Withdrawn | ConsentState::Expired) => {
            if terms.given.is_some_and(|given| given > day) {
                Standing::new(BasisStatus::NotValid, "consent not given yet")
            } else {
                terms.expiry(day).unwrap_or(VALID)
            }
        }
        Some(ConsentState::NotRequired | ConsentState::Unknown) | None => {
            terms.expiry(day).unwrap_or(UNKNOWN)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phrase::Phrase;
    use crate::sharing::testing::{case, entry, judged, on, with};
    use proptest::prelude::*;

    /// Codes, consent state, expires, withdrawn, as-of, status.
    const TABLE: [(&str, &str, &str, &str, &str, &str); 36] = [
        ("L6-E", "", "", "", "2026-03-01", "valid"),
        ("L6-E", "refused", "", "", "2026-03-01", "valid"),
        ("L6-E", "", "", "", "2018-05-24", "not-valid"),
        ("L6-EA-SG", "", "", "", "2026-02-04", "not-valid"),
        ("L6-EA-SG", "", "", "", "2026-02-05", "valid"),
        ("E-ISD", "", "", "", "2026-09-29", "not-valid"),
        ("E-ISD|L6-E", "", "", "", "2026-09-29", "valid"),
        ("E-ISD", "", "", "", "2026-09-30", "valid"),
        ("C-VRB", "", "", "", "2026-03-01", "valid"),
        ("C-VRB", "given", "", "2026-03-01", "2026-02-28", "valid"),
        (
            "C-VRB",
            "given",
            "",
            "2026-03-01",
            "2026-03-01",
            "withdrawn",
        ),
        (
            "C-VRB",
            "withdrawn",
            "",
            "2026-03-01",
            "2026-02-28",
            "valid",
        ),
        ("C-VRB", "withdrawn", "", "", "2026-02-28", "withdrawn"),
        ("C-VRB", "given", "2026-03-01", "", "2026-03-01", "valid"),
        ("C-VRB", "given", "2026-03-01", "", "2026-03-02", "expired"),
        ("C-VRB", "expired", "", "", "2026-03-02", "expired"),
        ("C-VRB", "refused", "", "", "2026-03-02", "not-valid"),
        ("C-VRB", "not asked", "", "", "2026-03-02", "not-valid"),
        ("C-VRB", "pending", "", "", "2026-03-02", "not-valid"),
        ("C-VRB", "unknown", "", "", "2026-03-02", "unknown"),
        ("C-VRB", "eh?", "", "", "2026-03-02", "unknown"),
        (
            "C-VRB|L6-E",
            "withdrawn",
            "",
            "2025-01-01",
            "2026-03-02",
            "valid",
        ),
        ("C-VRB|N-OVR", "refused", "", "", "2026-03-02", "not-valid"),
        ("C-REF", "", "", "", "2026-03-02", "not-valid"),
        ("C-REF|N-OVR", "", "", "", "2026-03-02", "not-valid"),
        ("C-REF|N-OVR|L6-E", "", "", "", "2026-03-02", "valid"),
        ("C-WDN", "", "", "2026-03-01", "2026-03-02", "withdrawn"),
        ("C-XPD", "", "", "", "2026-03-02", "expired"),
        ("N-RSK", "", "", "", "2026-03-02", "unknown"),
        ("L9-G18", "", "", "", "2026-03-02", "unknown"),
        ("L9-G18|N-RSK", "", "", "", "2026-03-02", "valid"),
        ("U-NR", "", "", "", "2026-03-02", "unknown"),
        ("U-NR", "given", "", "", "2026-03-02", "valid"),
        ("C-SVC", "given", "", "", "2026-03-02", "unknown"),
        ("U-MAP", "refused", "", "", "2026-03-02", "not-valid"),
        ("E-CLC", "refused", "", "", "2026-03-02", "not-valid"),
    ];

    #[test]
    fn a_basis_is_judged_at_the_date() {
        let when = |text: &str| {
            if text.is_empty() {
                crate::model::date::When::default()
            } else {
                on(text)
            }
        };
        for (codes, state, expires, withdrawn, as_of, status) in TABLE {
            let entry = with(entry("gp:1", codes), |entry| {
                entry.consent.state = Coded::read(state);
                entry.consent.expires_on = when(expires);
                entry.consent.withdrawn_on = when(withdrawn);
            });
            let found = judged(&case(vec![entry], Vec::new()), as_of)
                .status
                .phrase();
            assert_eq!(
                found, status,
                "{codes} {state} {expires} {withdrawn} at {as_of}"
            );
        }
    }

    #[test]
    fn consent_that_ended_on_a_day_that_cannot_be_read_is_no_valid_ground() {
        let unread = || crate::model::date::When::unknown("28 Febuary 2026");
        for (codes, withdrawn, status) in [
            ("C-VRB", true, "withdrawn"),
            ("C-VRB", false, "unknown"),
            ("E-MARAC", true, "withdrawn"),
            ("E-MARAC", false, "valid"),
            ("C-VRB|L6-E", true, "valid"),
            ("L6-E", true, "valid"),
        ] {
            let entry = with(entry("gp:1", codes), |entry| {
                let end = if withdrawn {
                    &mut entry.consent.withdrawn_on
                } else {
                    &mut entry.consent.expires_on
                };
                *end = unread();
            });
            let found = judged(&case(vec![entry], Vec::new()), "2026-03-01").status;
            assert_eq!(found.phrase(), status, "{codes} {withdrawn}");
        }
    }

    #[test]
    fn a_ground_of_either_kind_stands_without_consent_until_consent_is_spoken_of() {
        for (codes, state, status) in [
            ("E-MARAC", "", "valid"),
            ("E-MARAC", "given", "valid"),
            ("E-MARAC", "not required", "valid"),
            ("E-MARAC", "refused", "not-valid"),
            ("E-MARAC|N-RSK", "refused", "valid"),
        ] {
            let entry = with(entry("police:1", codes), |e| {
                e.consent.state = Coded::read(state);
            });
            let found = judged(&case(vec![entry], Vec::new()), "2026-03-01").status;
            assert_eq!(found.phrase(), status, "{codes} {state}");
        }
    }

    #[test]
    fn an_expiry_known_to_the_month_is_open_inside_that_month() {
        let month = crate::model::date::When::span(
            "2026-03-01".parse().unwrap(),
            "2026-03-31".parse().unwrap(),
            crate::model::date::Precision::Month,
        );
        let supplied = case(
            vec![with(entry("gp:1", "C-EXP"), |e| {
                e.consent.expires_on = month;
            })],
            Vec::new(),
        );
        for (as_of, status) in [
            ("2026-03-01", "valid"),
            ("2026-03-15", "unknown"),
            ("2026-04-01", "expired"),
        ] {
            assert_eq!(judged(&supplied, as_of).status.phrase(), status, "{as_of}");
        }
    }

    proptest! {
        /// Consent that is over stays over: no later day makes it valid again.
        #[test]
        fn what_is_over_stays_over(first in 0_u64..3000, later in 0_u64..3000, ends in 0_u64..3000, withdrawn in any::<bool>()) {
            let start: Day = "2020-01-01".parse().unwrap();
            let day = |after: u64| start + chrono::Days::new(after);
            let end = crate::model::date::When::day(day(ends));
            let supplied = case(vec![with(entry("gp:1", "C-VRB"), |e| {
                if withdrawn { e.consent.withdrawn_on = end } else { e.consent.expires_on = end }
            })], Vec::new());
            let status = |at: u64| judged(&supplied, &day(at).to_string()).status;
            if status(first) != BasisStatus::Valid {
                prop_assert_ne!(status(first + later), BasisStatus::Valid);
            }
        }

        /// A ground that does not rest on consent stands whatever the consent cells say.
        #[test]
        fn no_consent_cell_touches_another_ground(state in 0_usize..ConsentState::PHRASES.len(), other in 0_usize..4) {
            let codes = ["C-VRB|L6-E", "L6-E|C-REF", "E-S47", "L6-E|U-MAP"][other];
            let state = ConsentState::PHRASES[state].0;
            let supplied = case(vec![with(entry("gp:1", codes), |e| e.consent.state = Coded::Known(state))], Vec::new());
            prop_assert_eq!(judged(&supplied, "2026-03-01").status, BasisStatus::Valid);
        }
    }
}
