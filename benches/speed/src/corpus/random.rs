//! A small generator of pseudo-random numbers, SplitMix64, whose numbers never change with a library's version.

/// A generator of pseudo-random numbers.
pub(super) struct Random(u64);

impl Random {
    /// Creates the generator of this seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `least` up to, but without, `end`.
    pub(super) fn between(&mut self, least: usize, end: usize) -> usize {
        least + (self.next() % (end - least) as u64) as usize
    }

    /// Returns `true` in `percent` of all cases.
    pub(super) fn in_percent(&mut self, percent: usize) -> bool {
        self.between(0, 100) < percent
    }

    /// Returns one of `choices`.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.between(0, choices.len())]
    }
}
