//! Writes the tables of a ledger state to a file, and reads them back.
//!
//! The tables of the packed events, of the groups and of the keys are written as they are, so that reading them costs
//! little more than the bytes. What is small or seldom used is derived again.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use packed_events::{FoldReader, FoldWriter, PackedEvents, damaged};

use super::LedgerState;
use super::event_table::EventTable;
use super::groups::{Group, Groups};
use super::key_numbers::KeyNumbers;
use super::key_table::KeyTable;
use super::ledger_state::Contents;

impl Contents {
    pub(super) fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        self.events.save(fold)?;
        self.groups().save(fold)?;
        save_optional(self.last, fold)?;
        fold.u64s(&numbers(self.unsettled().iter().copied()))
    }

    pub(super) fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let (events, groups) = (EventTable::load(fold)?, Groups::load(fold)?);
        let last = load_optional(fold)?;
        let unsettled = fold.u64s()?.into_iter().map(place);
        let unsettled: BTreeSet<usize> = unsettled.collect::<io::Result<_>>()?;
        Ok(Self::of_tables(events, groups, last, unsettled))
    }

    /// Derives what is not in the tables.
    fn derive(&mut self) {
        let heads = self.events.heads.clone();
        heads
            .into_iter()
            .for_each(|place| self.note(place as usize));
    }
}

impl LedgerState {
    /// Writes the tables.
    pub(super) fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        self.contents().save(fold)
    }

    /// Reads the tables from `fold` to its end.
    pub(super) fn load<R: Read>(mut fold: FoldReader<R>) -> io::Result<Self> {
        let mut contents = Contents::load(&mut fold)?;
        fold.finish()?;
        contents.derive();
        Ok(Self::from_contents(contents))
    }
}

impl EventTable {
    fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        self.packed.save(fold)?;
        fold.u32s(&self.heads)?;
        let accounts = self.accounts.iter();
        let accounts: Vec<u32> = accounts.flat_map(|(sink, place)| [*sink, *place]).collect();
        fold.u32s(&accounts)?;
        fold.number(u64::from(self.is_unordered))?;
        fold.number(u64::from(self.has_evidence))
    }

    fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let mut table = Self {
            packed: PackedEvents::load(fold)?,
            heads: fold.u32s()?,
            accounts: pairs(&fold.u32s()?).collect(),
            is_unordered: fold.number()? != 0,
            has_evidence: fold.number()? != 0,
            ..Self::default()
        };
        table.events.grow(table.packed.len());
        table.attempts.grow(table.packed.attempt_count());
        Ok(table)
    }
}

impl Groups {
    fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        let groups = self.groups.iter().flat_map(|group| group.to_numbers());
        fold.u32s(&groups.collect::<Vec<_>>())?;
        fold.u32s(&self.next)?;
        fold.u32s(&self.of_event)?;
        self.by_key.save(fold)?;
        fold.number(self.unlinked.len() as u64)?;
        for (group, keys) in &self.unlinked {
            fold.number(*group as u64)?;
            fold.u32s(&keys.ids)?;
            fold.u32s(&keys.urls)?;
            fold.u32s(&keys.paths)?;
            fold.number(u64::from(keys.has_url))?;
            fold.number(u64::from(keys.has_author_id))?;
        }
        Ok(())
    }

    fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let groups = fold.u32s()?;
        let (groups, _) = groups.as_chunks();
        let groups = groups.iter().map(|group| Group::of_numbers(*group));
        let mut loaded = Self {
            groups: groups.collect(),
            next: fold.u32s()?,
            of_event: fold.u32s()?,
            by_key: KeyTable::load(fold)?,
            ..Self::default()
        };
        for _ in 0..fold.number()? {
            let group = place(fold.number()?)?;
            let keys = KeyNumbers {
                ids: fold.u32s()?,
                urls: fold.u32s()?,
                paths: fold.u32s()?,
                has_url: fold.number()? != 0,
                has_author_id: fold.number()? != 0,
            };
            loaded.unlinked.push((group, keys));
        }
        Ok(loaded)
    }
}

impl KeyTable {
    fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        fold.u32s(&self.first)?;
        fold.number(self.several.len() as u64)?;
        for (key, groups) in &self.several {
            fold.number(u64::from(*key))?;
            fold.u32s(groups)?;
        }
        Ok(())
    }

    fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let mut table = Self {
            first: fold.u32s()?,
            ..Self::default()
        };
        for _ in 0..fold.number()? {
            let key = u32::try_from(fold.number()?).map_err(|_| damaged())?;
            table.several.insert(key, fold.u32s()?);
        }
        Ok(table)
    }
}

fn save_optional<W: Write>(number: Option<usize>, fold: &mut FoldWriter<W>) -> io::Result<()> {
    fold.number(number.map_or(0, |number| number as u64 + 1))
}

fn load_optional<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Option<usize>> {
    fold.number()?.checked_sub(1).map(place).transpose()
}

fn numbers(places: impl Iterator<Item = usize>) -> Vec<u64> {
    places.map(|place| place as u64).collect()
}

fn place(number: u64) -> io::Result<usize> {
    usize::try_from(number).map_err(|_| damaged())
}

fn pairs(numbers: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let (pairs, _) = numbers.as_chunks();
    pairs.iter().map(|[one, other]| (*one, *other))
}
