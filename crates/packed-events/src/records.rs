//! Records of different lengths, one after the other.

use std::io::{self, Read, Write};

use crate::fold::{FoldReader, FoldWriter};

/// Records that are found by their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Records {
    bytes: Vec<u8>,
    /// The end of each record in `bytes`.
    ends: Vec<u64>,
}

impl Records {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[number] as usize]
    }

    /// Returns the space after the last record. What is written there belongs to the next one.
    pub(crate) fn open(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Returns what was written after the last record.
    pub(crate) fn opened(&self) -> &[u8] {
        &self.bytes[self.end()..]
    }

    /// Removes what was written after the last record.
    pub(crate) fn discard(&mut self) {
        self.bytes.truncate(self.end());
    }

    /// Ends the record that was written after the last one.
    pub(crate) fn close(&mut self) {
        self.ends.push(self.bytes.len() as u64);
    }

    pub(crate) fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        fold.bytes(&self.bytes)?;
        fold.u64s(&self.ends)
    }

    pub(crate) fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        Ok(Self {
            bytes: fold.bytes()?,
            ends: fold.u64s()?,
        })
    }

    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }
}
