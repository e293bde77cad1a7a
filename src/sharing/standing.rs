//! Judges at a date how the basis of one entry stands: valid, expired, withdrawn, not valid, unknown, and why.
//!
//! The rule, from `UK GDPR` Article 7 and practice guidance on withdrawal: what was shared while consent stood stays
//! lawful; new sharing stops unless another ground stands. A ground that does not rest on consent stands by itself.

use crate::model::basis::RestsOnConsent;
use crate::model::date::Day;
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
        }
    }

    fn expiry(&self, day: Day) -> Option<Standing> {
        if self.last.is_some_and(|last| day > last) {
            Some(Standing::new(BasisStatus::Expired, "consent expired"))
        } else if self.may_be_over.is_some_and(|first| day > first) {
            Some(UNKNOWN)
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
        RestsOnConsent::Either if terms.state.is_blank() && terms.withdrawn.is_none() => VALID,
        RestsOnConsent::Either => match consent(terms, ground.state, day) {
            // refused or ended, and somebody recorded why it was shared all the same
            standing if basis.no_consent_ground || standing.status == BasisStatus::Valid => VALID,
            _ if terms.state.is(ConsentState::NotRequired) => VALID,
            standing => standing,
        },
        RestsOnConsent::No if ground.ends_with_entry => terms.expiry(day).unwrap_or(VALID),
        // Data Protection Act 2018 Schedule 1 paragraph 18 holds only for one of its listed reasons
        RestsOnConsent::No if ground.needs_no_consent_ground && !basis.no_consent_ground => UNKNOWN,
        RestsOnConsent::No => VALID,
    }
}

/// Judges an entry that names no ground: its consent cells, or what a code says of consent, are all there is.
fn without_ground(basis: &Basis, terms: &Terms, day: Day) -> Standing {
    if basis.unclear {
        return UNKNOWN;
    }
    let standing = consent(terms, basis.note, day);
    let nothing_to_use = ["consent not asked", "consent asked, no answer yet"];
    match standing.status {
        // consent in the cells is a ground by itself; beside a ground for doing without it is a contradiction
        BasisStatus::Valid if basis.no_consent_ground => UNKNOWN,
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
