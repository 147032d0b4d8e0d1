//! The `feed` source: reads the entries of one RSS, Atom or JSON feed, from a file or over HTTP, as
//! items. It does not fetch the pages of the entries. An entry has the same URL, and so the same
//! identity, as the post that a `site` source reads.
//!
//! - `options` has the options of pipeline.yaml, and `source` implements `Source`,
//! - `retrieve` gets the bytes from the file, the network or the cache,
//! - `read` parses each format into a `feed`,
//! - `item` builds the items; `html` reads their texts and `identity` derives their keys.
//!
//! The formats are parsed here, with an XML reader that expands no entities, and not by the crate
//! `feed-rs`. Version 3.0 of it was measured on 58 feeds: it finds the same entries in 57 and refuses
//! one of RSS 0.91 with a bare `&`. It silently drops invalid dates (10 of 10), so the policy would
//! treat such a post as undated, and it reports no line for them or for entries without a link. Both
//! parsers refuse all 95 truncated feeds.

mod detect;
mod feed;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod html;
mod identity;
mod invalid;
mod item;
mod options;
mod read;
mod retrieve;
mod source;
#[cfg(test)]
mod tests;

use syndicate_api::SourcePlugin;

pub use options::FeedOptions;

/// The plugin, as the program's registry lists it.
pub const PLUGIN: SourcePlugin = SourcePlugin::of::<FeedOptions>(None, detect::detect, |_, _| None);
