//! Reads single tags as the tokenizer of the HTML standard does.

use std::ops::Range;

/// A start tag or an end tag.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a [u8],
    pub(crate) is_end: bool,
    attributes: Vec<(&'a [u8], &'a [u8])>,
    /// The position of the tag with its brackets.
    pub(crate) range: Range<usize>,
}

impl<'a> Tag<'a> {
    /// Reads the tag that begins at `start`. Returns `None` if there is none, or if the page ends within it.
    pub(crate) fn read(page: &'a [u8], start: usize) -> Option<Self> {
        let is_end = page.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(is_end);
        let is_letter = page.get(name_start)?.is_ascii_alphabetic();
        let name_end = is_letter.then(|| end_of(page, name_start, b"/>"))?;
        let mut tag = Self {
            name: &page[name_start..name_end],
            is_end,
            attributes: Vec::new(),
            range: start..start,
        };
        let mut at = name_end;
        loop {
            at = skip(page, at, |byte| is_space(byte) || byte == b'/');
            if *page.get(at)? == b'>' {
                tag.range.end = at + 1;
                return Some(tag);
            }
            // An equals sign at the start belongs to the name.
            let end = end_of(page, at + 1, b"/>=");
            let name = &page[at..end];
            at = skip(page, end, is_space);
            let value = match page.get(at)? {
                b'=' => {
                    at = skip(page, at + 1, is_space);
                    let value = value_at(page, at)?;
                    at = value.end + usize::from(matches!(page[at], b'"' | b'\''));
                    &page[value]
                }
                _ => &[],
            };
            tag.attributes.push((name, value));
        }
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// Returns the value of an attribute as written, without quotes and surrounding space.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a [u8]> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(own, _)| own.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| value.trim_ascii())
    }
}

/// Returns the position of a value without its quotes.
fn value_at(page: &[u8], at: usize) -> Option<Range<usize>> {
    match *page.get(at)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, &page[at + 1..])?;
            Some(at + 1..at + 1 + length)
        }
        b'>' => Some(at..at),
        _ => Some(at..skip(page, at, |byte| !is_space(byte) && byte != b'>')),
    }
}

fn end_of(page: &[u8], at: usize, ends: &[u8]) -> usize {
    skip(page, at, |byte| !is_space(byte) && !ends.contains(&byte))
}

/// Returns the position of the first byte from `at` that is not one of the skipped ones.
pub(crate) fn skip(page: &[u8], at: usize, is_skipped: impl Fn(u8) -> bool) -> usize {
    let rest = page.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_skipped(**byte)).count()
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}
