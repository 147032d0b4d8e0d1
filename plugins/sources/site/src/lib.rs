//! The `site` source: reads the posts of one static site. Markdown is read as the site's generator
//! would, so that each item has the address, title, picture and dates of the page that readers get;
//! built pages are read for what they say of themselves; joined, each Markdown file gets the facts of
//! its page. It runs no generator and renders no page.
//!
//! The rooms: `options` is what the user may say, `generators` what each generator does, `site` the
//! two together; `walk` finds files, `document` splits and parses them, `markdown` reads their text;
//! `fields` makes an item's fields of all that,
//! `identity` its keys; `clashes` finds posts that have the same ones, `conflict_copies` and
//! `likely_copies` files that are copies of others. `page` reads one built page, `built` the site that they make. `reading` makes
//! items of files, `explain` tells how, `source` runs it.

mod address;
mod brought;
mod built;
mod clashes;
mod conflict_copies;
mod detect;
mod document;
mod explain;
mod fields;
mod flaw;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod generators;
mod identity;
mod likely_copies;
mod markdown;
mod moment;
mod options;
mod overrides;
mod page;
mod paths;
mod permalink;
mod post_file;
mod reading;
mod site;
mod slug;
mod source;
mod sourced;
#[cfg(test)]
mod tests;
mod value;
mod walk;

use syndicate_api::SourcePlugin;

pub use generators::GeneratorKind;
pub use options::{FieldKeys, SiteOptions};

/// The row of the registry.
pub const PLUGIN: SourcePlugin = SourcePlugin::of::<SiteOptions>(Some("site"), detect::detect);
