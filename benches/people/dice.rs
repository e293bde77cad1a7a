//! Chance that is the same on every run: a xorshift generator and the draws made with it.

/// A xorshift64* generator.
pub struct Dice(u64);

impl Dice {
    /// Starts at a seed; near seeds give unlike draws.
    pub fn new(seed: u64) -> Self {
        // one round of splitmix spreads small seeds over all bits, and the or keeps the state from being zero
        let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(state | 1)
    }

    /// Draws 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Draws a number from 0 up to and without `end`.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// Draws a number between the two, both included.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        least + self.below((most - least + 1) as usize) as i32
    }

    /// Draws from 0 up to and without 1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Holds with this chance.
    pub fn is(&mut self, chance: f64) -> bool {
        self.share() < chance
    }

    /// Picks one, each as likely as the others.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Picks a place by weights that were added up.
    pub fn place(&mut self, sums: &[f64]) -> usize {
        let at = self.share() * sums.last().copied().unwrap_or(0.0);
        sums.partition_point(|&sum| sum <= at)
            .min(sums.len().saturating_sub(1))
    }
}

/// Adds up the weights 1/(rank + shift)^power of `count` ranks: how often the common and the rare of something are seen.
pub fn skew(count: usize, shift: f64, power: f64) -> Vec<f64> {
    let mut sum = 0.0;
    (0..count)
        .map(|rank| {
            sum += (rank as f64 + shift).powf(-power);
            sum
        })
        .collect()
}
