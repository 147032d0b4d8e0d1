//! Parses the bytes of a document into a [`Feed`]: detects the charset and the format, then uses the
//! reader of that format. A truncated document is invalid as a whole, because it is unknown which
//! entries are missing.

mod atom;
mod charset;
mod document;
mod json;
mod media;
mod namespace;
mod rss;
mod values;
mod web_page;
mod xml;

pub(crate) use document::read;
