//! The `site` source: reads the Markdown posts of one static site as its generator would, so that
//! each item has the address, title, picture and dates of the page that readers get. It runs no
//! generator and renders no page; what only a built page can tell is not known here.
//!
//! The rooms: `options` is what the user may say, `generators` what each generator does, `site` the
//! two together; `walk` finds files, `document` splits and parses them, `script` reads programs, `markdown` reads their text,
//! `fields` makes an item's fields of all that, `identity` its keys, `source` runs it.

mod address;
mod detect;
mod document;
mod fields;
mod flaw;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod generators;
mod identity;
mod markdown;
mod moment;
mod options;
mod overrides;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "a scan does not join posts with their built pages yet"
    )
)]
mod page;
mod permalink;
mod script;
mod site;
mod slug;
mod source;
#[cfg(test)]
mod tests;
mod walk;

use syndicate_api::SourcePlugin;

pub use generators::Choice;
pub use options::{FieldKeys, SiteOptions};

/// The row of the registry.
pub const PLUGIN: SourcePlugin = SourcePlugin::of::<SiteOptions>(Some("site"), detect::detect);
