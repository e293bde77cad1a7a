//! Remembers what pairs of values gave, so that the two spellings of a name are compared once.

use std::sync::atomic::{AtomicU64, Ordering};

/// Remembers what a pair of values gave. A newer pair takes the place of an older one; what is remembered is always right.
#[derive(Debug)]
pub struct Memory {
    places: Vec<AtomicU64>,
    /// How many there are, as a power of two.
    power: u32,
}

/// Numbers of values up to this fit a remembered pair.
const MOST_VALUES: u32 = 1 << 28;

/// Pairs of names, or texts, remembered at a time, as a power of two: few enough for the processor to have them at hand.
pub const NAMES: u32 = 18;
/// Pairs of streets: they come again soon or not at all, and what costs little to find out again is not worth much room.
pub const STREETS: u32 = 15;

impl Memory {
    /// Remembers nothing yet, and so many pairs at a time, as a power of two.
    pub fn new(power: u32) -> Self {
        Self {
            places: (0..1 << power).map(|_| AtomicU64::new(0)).collect(),
            power,
        }
    }

    /// What the pair gave, else what `compute` gives, which must be below 255.
    pub fn get(&self, a: u32, b: u32, compute: impl FnOnce() -> usize) -> usize {
        if a >= MOST_VALUES || b >= MOST_VALUES {
            return compute();
        }
        let pair = (u64::from(a) << 28) | u64::from(b);
        let place = (pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - self.power)) as usize;
        let Some(place) = self.places.get(place) else {
            return compute();
        };
        let kept = place.load(Ordering::Relaxed);
        if kept >> 8 == pair && kept & 255 != 0 {
            return (kept & 255) as usize - 1;
        }
        let found = compute();
        place.store((pair << 8) | (found as u64 + 1), Ordering::Relaxed);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_computed_once_and_never_mistaken_for_another() {
        let memory = Memory::new(STREETS);
        let of = |a: u32, b: u32| (a as usize * 7 + b as usize) % 13;
        for _ in 0..2 {
            for a in 0..700 {
                for b in 0..700 {
                    assert_eq!(memory.get(a, b, || of(a, b)), of(a, b));
                }
            }
        }
        let once = || panic!("it is remembered");
        assert_eq!(memory.get(699, 699, once), of(699, 699));
        let too_many = MOST_VALUES + 5;
        assert_eq!(memory.get(too_many, 1, || 3), 3);
        assert_eq!(
            memory.get(too_many, 1, || 4),
            4,
            "too large a number is not kept"
        );
    }
}
