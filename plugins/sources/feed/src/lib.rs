//! The `feed` source: the entries of one RSS, Atom or JSON feed, from a file or from the web, as
//! items. It reads what the feed says and asks no page for more; an entry has the same address, and
//! so the same identity, as the post that a `site` source reads.
//!
//! `options` are the user's, `retrieve` gets the bytes, `read` makes one `feed` of any format, `item` makes
//! items of its entries, with `html` for their texts and `identity` for their keys, and `source` runs it.
//!
//! The formats are read here, over an XML reader that expands no entity, and not by a library for
//! feeds: one has to know of every entry that was left out, of every date that could not be read
//! and of its place, and no feed in the world may take the program down.

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

/// The row of the registry.
pub const PLUGIN: SourcePlugin = SourcePlugin::of::<FeedOptions>(None, detect::detect);
