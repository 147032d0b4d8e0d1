//! From bytes to a [`Feed`]: which characters they are, which format they are in, and one reader for
//! each format. A document that breaks off is invalid as a whole, since it is unknown which of its
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
