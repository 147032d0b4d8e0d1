//! Entry points for the fuzz targets: the parsers of untrusted input, without any file access.

use crate::document::{Document, FrontMatterSyntax};
use crate::markdown::{TextRules, plain, read_with, without_mdx, without_tags};

/// Parses `bytes` as a Markdown file, in the strictest and the most lenient syntax of front matter.
pub fn front_matter(bytes: &[u8]) {
    let strict = FrontMatterSyntax::default();
    let mut lenient = strict;
    lenient.is_opening_optional = true;
    lenient.yaml.expands_tabs = true;
    lenient.yaml.last_key_wins = true;
    for syntax in [strict, lenient] {
        // Any result is correct as long as parsing returns.
        drop(Document::parse(bytes, syntax));
    }
}

/// Parses `bytes` as the text of a post, and as a title.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rules = TextRules {
        is_smart: true,
        has_emoji: true,
    };
    drop(read_with(&text, rules));
    drop(read_with(&without_mdx(&text), rules));
    drop((plain(&text), without_tags(&text)));
}
