#![doc = include_str!("../README.md")]

mod attachment;
mod built;
mod clashes;
mod conflict_copies;
mod content_version;
mod detect;
mod document;
mod exclude;
mod explain;
mod fields;
#[cfg(feature = "fuzz")]
pub mod fuzz;
mod generators;
mod identity;
mod incremental;
mod likely_copies;
mod linked_posts;
mod markdown;
mod opened_file;
mod options;
mod overrides;
mod page;
mod paths;
mod permalink;
mod picture_index;
mod post_file;
mod post_prose;
mod post_text;
mod read_file;
mod scan;
mod scan_notes;
mod site;
mod site_folders;
mod slug;
mod source;
#[cfg(test)]
mod tests;
mod unlisted;
mod unsupported_formats;
mod urls;
mod value;
mod vanished;
mod walk;

use syndicate_api::SourcePlugin;

pub use generators::GeneratorKind;
pub use options::{FieldKeys, SiteOptions};

/// The plugin's entry in the registry.
pub const PLUGIN: SourcePlugin =
    SourcePlugin::of::<SiteOptions>(Some("site"), detect::detect, exclude::exclude);
