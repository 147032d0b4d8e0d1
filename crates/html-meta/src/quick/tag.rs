//! Scans the tags of a page as the tokenizer of the HTML standard does, as far as their markup is usual.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};

use super::references::{self, Context};

/// The meaning of a byte in a tag outside the values of attributes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    Name,
    Space,
    Slash,
    Equals,
    End,
    Unusual,
}

static CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Name; 256];
    let mut at = 0;
    while at < SPACES.len() {
        classes[SPACES[at] as usize] = ByteClass::Space;
        at += 1;
    }
    classes[b'/' as usize] = ByteClass::Slash;
    classes[b'=' as usize] = ByteClass::Equals;
    classes[b'>' as usize] = ByteClass::End;
    classes[b'"' as usize] = ByteClass::Unusual;
    classes[b'\'' as usize] = ByteClass::Unusual;
    classes[b'<' as usize] = ByteClass::Unusual;
    classes[0] = ByteClass::Unusual;
    classes
};

/// The white space of the HTML standard.
const SPACES: [u8; 5] = [b' ', b'\t', b'\n', b'\r', 0x0c];

/// An attribute as written.
#[derive(Clone, Copy, Debug)]
struct Attribute<'a> {
    name: &'a [u8],
    value: &'a [u8],
}

/// The attributes of a tag.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a>(Vec<Attribute<'a>>);

/// A value of an attribute that cannot be decoded.
#[derive(Debug)]
pub(super) struct Undecodable;

impl<'a> Attributes<'a> {
    /// Scans the attributes of a tag. `at` is the position after its name. Returns the position after its `>`, or
    /// `None` if the markup is unusual or ends within the tag.
    pub(super) fn scan(&mut self, bytes: &'a [u8], mut at: usize) -> Option<usize> {
        self.0.clear();
        let class_at = |at: usize| Some(CLASSES[usize::from(*bytes.get(at)?)]);
        loop {
            let mut class = class_at(at)?;
            while matches!(class, ByteClass::Space | ByteClass::Slash) {
                at += 1;
                class = class_at(at)?;
            }
            let start = at;
            while class == ByteClass::Name {
                at += 1;
                class = class_at(at)?;
            }
            if at == start {
                return (class == ByteClass::End).then_some(at + 1);
            }
            if class == ByteClass::Unusual {
                return None;
            }
            let name = &bytes[start..at];
            at = skip_space(bytes, at);
            let value = if *bytes.get(at)? == b'=' {
                at = skip_space(bytes, at + 1);
                let value = value_at(bytes, at)?;
                at += value.len();
                value
            } else {
                &[]
            };
            let value = match value {
                [b'"' | b'\'', inside @ .., _] => inside,
                value => value,
            };
            self.0.push(Attribute { name, value });
        }
    }

    /// Returns the trimmed value of an attribute, or `None` if it is missing or blank.
    pub(super) fn get(&self, name: &str) -> Result<Option<Cow<'a, str>>, Undecodable> {
        let Some(attribute) = self.find(name) else {
            return Ok(None);
        };
        let value = references::decode(attribute.value, Context::Attribute).ok_or(Undecodable)?;
        let value = match value {
            Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
            Cow::Owned(value) if value.trim().len() == value.len() => Cow::Owned(value),
            Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
        };
        Ok(Some(value).filter(|value| !value.is_empty()))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns the first attribute with this name; browsers ignore all others.
    fn find(&self, name: &str) -> Option<&Attribute<'a>> {
        self.0
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name.as_bytes()))
    }
}

/// Returns the value at the start of `bytes[at..]` with its quotes, or `None` if it is missing or not closed.
fn value_at(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let rest = &bytes[at..];
    let len = match *rest.first()? {
        quote @ (b'"' | b'\'') => memchr(quote, &rest[1..])? + 2,
        b'>' => return None,
        _ => {
            let end = |byte: &u8| is_space(*byte) || *byte == b'>';
            let len = rest.iter().position(end)?;
            // An unquoted value that ends in a quote would lose it.
            if rest[..len].contains(&b'"') || rest[..len].contains(&b'\'') {
                return None;
            }
            len
        }
    };
    Some(&rest[..len])
}

/// Returns the name at the start of `bytes`.
pub(super) fn name_at(bytes: &[u8]) -> &[u8] {
    let end = |byte: &u8| is_space(*byte) || matches!(byte, b'/' | b'>');
    &bytes[..bytes.iter().position(end).unwrap_or(bytes.len())]
}

/// Returns the position of the end tag of an element whose content is plain text. `at` is the start of the
/// content.
pub(super) fn end_tag(bytes: &[u8], at: usize, name: &str) -> Option<usize> {
    let starts = memchr_iter(b'<', &bytes[at..]).map(|found| at + found);
    let is_end = |start: &usize| {
        let rest = &bytes[start + 1..];
        rest.first() == Some(&b'/')
            && rest.len() > name.len() + 1
            && name_at(&rest[1..]).eq_ignore_ascii_case(name.as_bytes())
    };
    starts.into_iter().find(is_end)
}

/// Returns the position of the first byte from `at` that is not white space.
pub(super) fn skip_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes[at..].iter();
    let spaces = rest.take_while(|byte| is_space(**byte)).count();
    at + spaces
}

fn is_space(byte: u8) -> bool {
    CLASSES[usize::from(byte)] == ByteClass::Space
}
