//! The sink and the item of an event, as numbers of texts.

use crate::numbers::{read_number, read_optional, write_number, write_optional};
use crate::texts::Texts;

/// The sink and the item of an event.
#[derive(Clone, Copy, Debug)]
pub struct SubjectParts<'p> {
    /// The number of the sink's name.
    pub sink: Option<u32>,
    /// The number of the item's id.
    pub item: Option<u32>,
    count: u64,
    keys: &'p [u8],
}

impl SubjectParts<'_> {
    /// Returns the numbers of the item's keys.
    pub fn keys(&self) -> impl Iterator<Item = u32> + use<'_> {
        let mut rest = self.keys;
        (0..self.count).map(move |_| read_number(&mut rest) as u32)
    }
}

/// Appends the record of a sink and an item.
pub(crate) fn write(
    sink: Option<&str>,
    item: Option<&str>,
    keys: &[&str],
    texts: &mut Texts,
    out: &mut Vec<u8>,
) {
    write_optional(sink.map(|sink| texts.intern(sink)), out);
    let first = keys.first().map(|key| texts.intern(key));
    let item = match item {
        Some(item) if keys.first() == Some(&item) => first,
        item => item.map(|item| texts.intern(item)),
    };
    write_optional(item, out);
    write_number(keys.len() as u64, out);
    if let Some(first) = first {
        write_number(u64::from(first), out);
    }
    for key in keys.iter().skip(1) {
        write_number(u64::from(texts.intern(key)), out);
    }
}

/// Removes a record from the start of `bytes`.
pub(crate) fn read<'p>(bytes: &mut &'p [u8]) -> SubjectParts<'p> {
    let sink = read_optional(bytes);
    let item = read_optional(bytes);
    let count = read_number(bytes);
    let keys = *bytes;
    for _ in 0..count {
        read_number(bytes);
    }
    SubjectParts {
        sink,
        item,
        count,
        keys,
    }
}
