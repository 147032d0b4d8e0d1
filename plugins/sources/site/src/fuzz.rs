//! What the fuzz targets call: the readers of strangers' bytes, without any file.

use crate::document::{Dialect, Document};

/// Reads `bytes` as a Markdown file, in the strictest and the most lenient dialect of front matter.
pub fn front_matter(bytes: &[u8]) {
    let strict = Dialect::default();
    let mut lenient = strict;
    lenient.headless = true;
    lenient.tabs = true;
    for dialect in [strict, lenient] {
        // Whatever comes out is right as long as something does.
        drop(Document::parse(bytes.to_vec(), dialect));
    }
}
