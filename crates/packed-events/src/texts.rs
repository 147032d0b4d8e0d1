//! Texts that many events share, each stored once.

use std::io::{self, Read, Write};

use crate::fold::{FoldReader, FoldWriter, damaged};
use crate::numbers::index;
use crate::table::{IndexTable, hash};

/// Texts by their number.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// All texts, one after the other.
    text: String,
    /// The end of each text in `text`.
    ends: Vec<u64>,
    numbers: IndexTable,
}

impl Texts {
    /// Returns the number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns `true` if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the text with this number.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// Returns the number of `text`, if it is there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(text, hash(text.as_bytes()))
    }

    fn find_hashed(&self, text: &str, hash: u32) -> Option<u32> {
        let mut numbers = self.numbers.find(hash);
        numbers.find(|number| self.get(*number) == text)
    }

    /// Returns the number of `text`, which is added unless it is there.
    pub fn intern(&mut self, text: &str) -> u32 {
        let hash = hash(text.as_bytes());
        if let Some(number) = self.find_hashed(text, hash) {
            return number;
        }
        let number = index(self.ends.len());
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
        self.numbers.insert(hash, number);
        number
    }

    pub(crate) fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        fold.bytes(self.text.as_bytes())?;
        fold.u64s(&self.ends)?;
        self.numbers.save(fold)
    }

    pub(crate) fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        let text = String::from_utf8(fold.bytes()?).map_err(|_| damaged())?;
        Ok(Self {
            text,
            ends: fold.u64s()?,
            numbers: IndexTable::load(fold)?,
        })
    }

    /// Reserves space for `count` more texts.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.ends.reserve(count);
        self.numbers.reserve(self.ends.len() + count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_stored_once() {
        let mut texts = Texts::default();
        let all: Vec<String> = (0..500).map(|number| format!("text {number}")).collect();
        for _ in 0..2 {
            for (number, text) in all.iter().enumerate() {
                assert_eq!(texts.intern(text) as usize, number);
                assert_eq!(texts.get(number as u32), text);
            }
        }
        assert_eq!(texts.len(), 500);
        assert_eq!(texts.find("text 500"), None);
        assert_eq!(texts.find("text 42"), Some(42));
    }
}
