//! Writes the tables of the packed events, and reads them back.

use std::io::{self, Read, Write};
use std::sync::OnceLock;

use crate::events::PackedEvents;
use crate::fold::{FoldReader, FoldWriter, damaged};
use crate::receipts::UrlForms;
use crate::records::Records;
use crate::table::IndexTable;
use crate::texts::Texts;

impl PackedEvents {
    /// Writes all tables.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn save<W: Write>(&self, fold: &mut FoldWriter<W>) -> io::Result<()> {
        self.texts.save(fold)?;
        self.attempts.save(fold)?;
        self.events.save(fold)?;
        save_table(self.by_id.get(), fold)?;
        save_table(self.by_attempt.get(), fold)?;
        save_number(self.greatest, fold)?;
        save_number(self.greatest_attempt, fold)?;
        fold.u32s(&self.next_of_attempt)?;
        fold.u32s(&self.url_forms.0)
    }

    /// Reads all tables. They must not be used before [`FoldReader::finish`] has checked them.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn load<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Self> {
        Ok(Self {
            texts: Texts::load(fold)?,
            attempts: Records::load(fold)?,
            events: Records::load(fold)?,
            by_id: load_table(fold)?,
            by_attempt: load_table(fold)?,
            greatest: load_number(fold)?,
            greatest_attempt: load_number(fold)?,
            next_of_attempt: fold.u32s()?,
            url_forms: UrlForms(fold.u32s()?),
            ..Self::default()
        })
    }
}

fn save_table<W: Write>(table: Option<&IndexTable>, fold: &mut FoldWriter<W>) -> io::Result<()> {
    fold.number(u64::from(table.is_some()))?;
    table.map_or(Ok(()), |table| table.save(fold))
}

fn load_table<R: Read>(fold: &mut FoldReader<R>) -> io::Result<OnceLock<IndexTable>> {
    Ok(match fold.number()? {
        0 => OnceLock::new(),
        _ => OnceLock::from(IndexTable::load(fold)?),
    })
}

fn save_number<W: Write>(number: Option<u32>, fold: &mut FoldWriter<W>) -> io::Result<()> {
    fold.number(number.map_or(0, |number| u64::from(number) + 1))
}

fn load_number<R: Read>(fold: &mut FoldReader<R>) -> io::Result<Option<u32>> {
    let number = fold.number()?.checked_sub(1);
    let number = number.map(|number| u32::try_from(number).map_err(|_| damaged()));
    number.transpose()
}
