//! A table of numbers, found by a hash of what they stand for.

use std::hash::BuildHasher as _;
use std::io::{self, Read, Write};

use rustc_hash::FxBuildHasher;

use crate::fold::{FoldReader, FoldWriter, damaged};

/// The mark of a free slot.
const FREE: u64 = u64::MAX;

/// Numbers by a hash. Several may have the same one, so each find must be compared.
///
/// The hash is kept beside the number, so that the table grows without reading what the numbers stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct IndexTable {
    /// The number in the upper half and the hash in the lower half of each slot. The length is a power of two.
    slots: Vec<u64>,
    count: usize,
}

impl IndexTable {
    pub(crate) fn insert(&mut self, hash: u32, number: u32) {
        if (self.count + 1) * 4 > self.slots.len() * 3 {
            self.grow((self.slots.len() * 2).max(16));
        }
        self.count += 1;
        put(&mut self.slots, u64::from(number) << 32 | u64::from(hash));
    }

    /// Reserves space for `count` numbers in all.
    pub(crate) fn reserve(&mut self, count: usize) {
        let slots = (count * 4 / 3 + 1).next_power_of_two();
        if slots > self.slots.len() {
            self.grow(slots);
        }
    }

    fn grow(&mut self, length: usize) {
        let mut slots = vec![FREE; length];
        for slot in self.slots.iter().filter(|slot| **slot != FREE) {
            put(&mut slots, *slot);
        }
        self.slots = slots;
    }

    /// Returns the numbers with this hash, in the order in which they were inserted.
    pub(crate) fn find(&self, hash: u32) -> impl Iterator<Item = u32> + use<'_> {
        let mask = self.slots.len().wrapping_sub(1);
        let places = (0..self.slots.len()).map(move |step| (hash as usize + step) & mask);
        let slots = places.map(|place| self.slots[place]);
        let used = slots.take_while(|slot| *slot != FREE);
        used.filter(move |slot| *slot as u32 == hash)
            .map(|slot| (slot >> 32) as u32)
    }

    pub(crate) fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        fold.number(self.count as u64)?;
        fold.u64s(&self.slots)
    }

    pub(crate) fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let count = usize::try_from(fold.number()?).map_err(|_| damaged())?;
        let slots = fold.u64s()?;
        Ok(Self { slots, count })
    }
}

fn put(slots: &mut [u64], slot: u64) {
    let mask = slots.len() - 1;
    let mut place = slot as u32 as usize & mask;
    while slots[place] != FREE {
        place = (place + 1) & mask;
    }
    slots[place] = slot;
}

/// Returns the hash of `bytes`. They are those of the user's own ledger.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let hash = FxBuildHasher.hash_one(bytes);
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_hash_keep_their_order() {
        let mut table = IndexTable::default();
        assert_eq!(table.find(1).count(), 0);
        for number in 0..1000 {
            table.insert(number % 7, number);
        }
        for hash in 0..7 {
            let expected: Vec<u32> = (0..1000).filter(|number| number % 7 == hash).collect();
            assert_eq!(table.find(hash).collect::<Vec<_>>(), expected);
        }
        assert_eq!(table.find(7).count(), 0);
    }
}
