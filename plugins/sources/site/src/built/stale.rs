//! Detects built pages that are older than their Markdown. File times alone are not enough: `git clone`
//! gives all files the time of the clone in any order, and build servers cache old files. A page is
//! therefore stale only if its file is older *and* it lacks the title from the front matter or the
//! beginning of the text. A page that contains both gives the same card as the Markdown.

use std::borrow::Cow;
use std::path::Path;
use std::time::SystemTime;

use syndicate_api::{FieldOrigin, Item, ItemField};

use crate::document::Document;
use crate::markdown;
use crate::page::{fold, visible_letters};
use crate::site::Site;
use crate::walk::is_mdx;

/// The number of leading letters of a text that are searched for. Later parts may contain a footnote or
/// a formula, which each generator prints differently.
const COMPARED_LETTERS: usize = 40;

/// A built page on disk.
pub(super) struct BuiltPage<'a> {
    pub(super) on_disk: &'a Path,
    /// Reads the page's bytes.
    pub(super) bytes: &'a dyn Fn() -> Option<Vec<u8>>,
    /// `true` if the page shows the post's text. A page that asks for a password contains ciphertext.
    pub(super) shows_text: bool,
}

/// Describes the content of the Markdown that the page lacks; `None` if the page is up to date.
pub(super) fn missing_content(
    site: &Site,
    item: &Item,
    markdown: &Path,
    page: &BuiltPage<'_>,
) -> Option<String> {
    if modified(markdown)? <= modified(page.on_disk)? {
        return None;
    }
    let shown = visible_letters(&(page.bytes)()?);
    let own_title = matches!(
        item.origin.get(&ItemField::Title),
        Some(FieldOrigin::FrontMatter(_))
    );
    if let Some(title) = item.title.as_deref().filter(|_| own_title)
        && !shown.contains(&fold(title))
    {
        return Some(format!("the title `{title}`"));
    }
    if !page.shows_text {
        return None;
    }
    let beginning = beginning(site, markdown)?;
    let folded: String = fold(&beginning).chars().take(COMPARED_LETTERS).collect();
    (!shown.contains(&folded)).then(|| "the beginning of the text".to_owned())
}

/// Returns the first paragraph of a Markdown file.
fn beginning(site: &Site, file: &Path) -> Option<String> {
    let bytes = std::fs::read(file).ok()?;
    let document = Document::parse(&bytes, site.conventions.syntax).ok()?;
    let mut text = site.generator.text(&document.front, document.body());
    if is_mdx(file) {
        text = Cow::Owned(markdown::without_mdx(&text).into_owned());
    }
    let paragraph = markdown::read(&text).first_paragraph();
    // The page has words where the Markdown has a template tag.
    Some(markdown::before_gap(&paragraph).to_owned())
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).ok()?.modified().ok()
}
