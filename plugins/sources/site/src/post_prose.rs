//! Reads the text of a post by the rules of its generator.

use std::borrow::Cow;
use std::path::Path;

use crate::document::FrontMatter;
use crate::markdown::{self, Prose};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::walk::is_mdx;

/// Parses the text of a post with the extensions of its generator.
pub(crate) fn read_text(site: &Site, file: &PostFile, front: &FrontMatter, body: &str) -> Prose {
    markdown::read_with(&text_of(site, file, front, body), site.conventions.text)
}

/// Returns the text of a post as Markdown with the marker of its excerpt.
pub(crate) fn text_of<'t>(
    site: &Site,
    file: &PostFile,
    front: &FrontMatter,
    body: &'t str,
) -> Cow<'t, str> {
    let text = site.generator.text(front, body);
    if is_mdx(Path::new(&*file.path)) {
        let text = markdown::without_mdx(&text);
        Cow::Owned(markdown::without_expressions(&text).into_owned())
    } else {
        text
    }
}
