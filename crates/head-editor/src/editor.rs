//! Collects the changes of a page and applies them.

use std::fmt;
use std::ops::Range;

use crate::element::HeadElement;
use crate::scan::PageScan;

/// The page is in UTF-16, which cannot be edited byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsupportedEncoding;

impl fmt::Display for UnsupportedEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the page is in UTF-16")
    }
}

impl std::error::Error for UnsupportedEncoding {}

/// An editor of the head of one page.
#[derive(Debug)]
pub struct HeadEditor<'a> {
    page: &'a [u8],
    scan: PageScan,
    is_utf_8: bool,
    /// The replaced parts of the page, with their new bytes.
    replaced: Vec<(Range<usize>, Vec<u8>)>,
    added: Vec<HeadElement>,
}

impl<'a> HeadEditor<'a> {
    /// Reads a page.
    ///
    /// # Errors
    /// Returns an error if the page is in UTF-16.
    pub fn new(page: &'a [u8]) -> Result<Self, UnsupportedEncoding> {
        let has_mark = page.starts_with(&[0xff, 0xfe]) || page.starts_with(&[0xfe, 0xff]);
        // Every other byte of ASCII in UTF-16 is zero.
        let has_zeros = page.len() > 1 && (page[0] == 0 || page[1] == 0);
        if has_mark || has_zeros {
            return Err(UnsupportedEncoding);
        }
        Ok(Self {
            page,
            scan: PageScan::of(page),
            is_utf_8: std::str::from_utf8(page).is_ok(),
            replaced: Vec::new(),
            added: Vec::new(),
        })
    }

    /// Returns the value of the first element of the same kind as `element` that is not empty.
    #[must_use]
    pub fn value(&self, element: &HeadElement) -> Option<&str> {
        let mut alike = self.scan.elements.iter().filter(|own| own.is_like(element));
        let found = alike.find(|own| !own.value.is_empty());
        found.map(|own| own.value.as_str())
    }

    /// Adds `element` unless the page has one of its kind with a value. Returns `true` if it was added.
    pub fn add_missing(&mut self, element: &HeadElement) -> bool {
        if self.value(element).is_some() {
            return false;
        }
        self.set(element);
        true
    }

    /// Sets the value of the first element of the same kind as `element`, or adds it. Others of its kind are removed.
    pub fn set(&mut self, element: &HeadElement) {
        self.set_all(std::slice::from_ref(element));
    }

    /// Replaces all elements of one kind, that of the first of `elements`. Missing ones are added, surplus ones removed.
    pub fn set_all(&mut self, elements: &[HeadElement]) {
        let Some(kind) = elements.first() else { return };
        let is_ascii = !self.is_utf_8;
        let mut old = self.scan.elements.iter().filter(|own| own.is_like(kind));
        for element in elements {
            match old.next() {
                Some(own) if own.value == element.value => {}
                Some(own) => {
                    let bytes = element.write(is_ascii).into_bytes();
                    self.replaced.push((own.range.clone(), bytes));
                }
                None => self.added.push(element.clone()),
            }
        }
        let surplus = old.map(|own| (own.range.clone(), Vec::new()));
        self.replaced.extend(surplus);
    }

    /// Returns the edited page.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        if !self.added.is_empty() {
            let place = self.scan.place(self.page);
            let elements = self.added.iter().flat_map(|element| {
                let element = element.write(!self.is_utf_8).into_bytes();
                [place.before.clone(), element, place.after.clone()].concat()
            });
            self.replaced.push((place.at..place.at, elements.collect()));
        }
        // Removed elements may be those that new ones follow.
        self.replaced
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut edited = Vec::with_capacity(self.page.len() + 512);
        let mut at = 0;
        for (range, bytes) in self.replaced {
            // An element of two kinds may be replaced by one of each.
            edited.extend_from_slice(&self.page[at..range.start.max(at)]);
            edited.extend_from_slice(&bytes);
            at = range.end;
        }
        edited.extend_from_slice(&self.page[at..]);
        edited
    }
}
