//! Whether a built page is older than its Markdown. File times alone cannot tell: `git clone` gives
//! all files the time of the clone, in any order, and caches of build servers keep old ones. So a page
//! is taken for outdated only if it looks older *and* does not say what the Markdown says: the title
//! of the front matter, or the beginning of the text. A page that says both will make the card that
//! the Markdown asks for.

use std::borrow::Cow;
use std::path::Path;
use std::time::SystemTime;

use syndicate_api::{FieldOrigin, Item, ItemField};

use crate::document::Document;
use crate::markdown;
use crate::page::{fold, words};
use crate::site::Site;
use crate::walk::is_mdx;

/// How many letters of a text's beginning are looked for; behind them may stand a footnote or a
/// formula, which each generator prints in its own way.
const BEGINNING: usize = 40;

/// A page on this machine.
pub(super) struct BuiltPage<'a> {
    pub(super) on_disk: &'a Path,
    /// Reads it.
    pub(super) bytes: &'a dyn Fn() -> Option<Vec<u8>>,
    /// Whether it shows the text of the post; one that asks for a password holds a cipher.
    pub(super) shows_text: bool,
}

/// What the page lacks although the Markdown has it, in words; `None` for a page that is up to date.
pub(super) fn lacks(
    site: &Site,
    item: &Item,
    markdown: &Path,
    page: &BuiltPage<'_>,
) -> Option<String> {
    if modified(markdown)? <= modified(page.on_disk)? {
        return None;
    }
    let said = words(&(page.bytes)()?);
    let own_title = matches!(
        item.origin.get(&ItemField::Title),
        Some(FieldOrigin::FrontMatter(_))
    );
    if let Some(title) = item.title.as_deref().filter(|_| own_title)
        && !said.contains(&fold(title))
    {
        return Some(format!("the title `{title}`"));
    }
    if !page.shows_text {
        return None;
    }
    let beginning = beginning(site, markdown)?;
    let folded: String = fold(&beginning).chars().take(BEGINNING).collect();
    (!said.contains(&folded)).then(|| "the beginning of the text".to_owned())
}

/// The first paragraph of a file.
fn beginning(site: &Site, file: &Path) -> Option<String> {
    let bytes = std::fs::read(file).ok()?;
    let document = Document::parse(bytes, site.conventions.dialect).ok()?;
    let mut text = site.generator.text(&document.front, &document.body);
    if is_mdx(file) {
        text = Cow::Owned(markdown::without_mdx(&text).into_owned());
    }
    Some(markdown::read(&text).paragraph)
}

fn modified(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).ok()?.modified().ok()
}
