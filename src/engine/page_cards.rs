//! Gives built pages without a picture for link cards the drawn card of their post, so that platforms that read the page
//! show the picture that other sinks send.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use head_editor::{CardPicture, HeadEditor, UnsupportedEncoding};
use rayon::prelude::*;
use syndicate_api::{Code, Diagnostic, Drawing, Item};
use url::Url;

use super::copies::write_changed;
use super::page_file::find_page;
use super::post_card::post_card;
use super::{PipelineScan, StageChain};

/// The folder of the cards in the built site. Pictures in it are replaced when a card changes.
const FOLDER: &str = "syndicate-cards";

/// Digits of a card's digest in the name of its file.
const DIGITS: usize = 24;

/// Length of the start of a PNG file with width and height.
const PNG_START: usize = 24;

/// The result for the page of one post.
#[derive(Debug)]
pub(crate) enum PageCard {
    /// The page has the card, and was changed for it.
    Added {
        /// The path of the page.
        page: PathBuf,
        /// The path of the picture.
        picture: PathBuf,
    },
    /// An earlier run added the same card.
    Kept,
    /// The page names a picture already.
    HasPicture,
    /// The post has a picture of its own, which its page does not name.
    OwnPicture,
    /// The built site has no page in UTF-8 for the post.
    NoPage,
    /// The card cannot be drawn, or a file cannot be read or written.
    Failed(Diagnostic),
}

/// Adds the cards of all posts in `scanned` to their pages in `folder`. Returns what was done with the page of each post.
pub(crate) fn add_page_cards<'s>(
    stages: &StageChain,
    scanned: &'s PipelineScan,
    folder: &Path,
) -> Vec<(&'s Item, PageCard)> {
    let published = scanned.items.par_iter();
    let published = published.filter(|(_, item)| !item.draft && item.url.is_some());
    let drawing = Mutex::new(());
    published
        .map(|(source, item)| {
            let done = add_card(stages, (*source, item), (folder, &drawing));
            let done = done
                .unwrap_or_else(|fault| PageCard::Failed(fault.in_file(item.label().to_owned())));
            (&**item, done)
        })
        .collect()
}

fn add_card(
    stages: &StageChain,
    (source, item): (usize, &Item),
    (folder, drawing): (&Path, &Mutex<()>),
) -> Result<PageCard, Diagnostic> {
    let url = item.url.as_deref().unwrap_or_default();
    let known = item.page.as_ref().map(|page| stages.base.join(page));
    let Some(page) = find_page(folder, known.as_deref(), url) else {
        return Ok(PageCard::NoPage);
    };
    let html = fs::read(&page).map_err(|error| unreadable(&page, &error))?;
    let mut head = match HeadEditor::new(&html) {
        Ok(head) => head,
        Err(UnsupportedEncoding) => return Ok(PageCard::NoPage),
    };
    if head.picture().is_some_and(|picture| !is_own(picture)) {
        return Ok(PageCard::HasPicture);
    }
    if has_own_picture(item) {
        return Ok(PageCard::OwnPicture);
    }
    let card = post_card(stages, source, item)?;
    let name = format!("{}.png", card.id().get(..DIGITS).unwrap_or(card.id()));
    let picture = folder.join(FOLDER).join(&name);
    let pixels = match read_size(&picture) {
        Some(pixels) => pixels,
        None => draw(&card, &picture, drawing)?,
    };
    let base = item.site.url.clone().or_else(|| origin(url));
    let base = base.unwrap_or_default();
    let address = format!("{}/{FOLDER}/{name}", base.trim_end_matches('/'));
    let added = CardPicture {
        url: &address,
        pixels,
        alt: item.title.as_deref().unwrap_or_default(),
    };
    head.add_picture(&added, is_own);
    let changed = head.finish();
    if changed == html {
        return Ok(PageCard::Kept);
    }
    write_changed(&page, &changed).map_err(|error| unwritable(&page, &error))?;
    Ok(PageCard::Added { page, picture })
}

/// Draws `card` into `file`, and returns its size. Posts with the same title and date share a file, so files are written
/// one at a time.
fn draw(card: &Drawing, file: &Path, writing: &Mutex<()>) -> Result<(u32, u32), Diagnostic> {
    let drawn = card.draw()?;
    let _writing = writing.lock().unwrap_or_else(PoisonError::into_inner);
    write_changed(file, &drawn.bytes).map_err(|error| unwritable(file, &error))?;
    Ok(drawn.pixels)
}

/// Returns `true` if the picture at this address was added by an earlier run.
fn is_own(address: &str) -> bool {
    address.contains(&format!("/{FOLDER}/"))
}

/// Returns `true` if the post has a picture that is neither drawn nor an earlier card, which a source may read back from
/// the page.
fn has_own_picture(item: &Item) -> bool {
    item.image.as_ref().is_some_and(|image| {
        let place = image.url.as_deref().or(image.file.as_deref());
        image.drawing.is_none() && !place.is_some_and(is_own)
    })
}

/// Returns width and height of the PNG file, if it is there.
fn read_size(file: &Path) -> Option<(u32, u32)> {
    let bytes = fs::read(file).ok()?;
    let start = bytes.get(..PNG_START)?;
    let number = |at: usize| Some(u32::from_be_bytes(start.get(at..at + 4)?.try_into().ok()?));
    start.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    Some((number(16)?, number(20)?))
}

fn origin(url: &str) -> Option<String> {
    let origin = Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

fn unreadable(file: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot read `{}`: {error}", file.display());
    Diagnostic::new(Code::UnreadableFile, message).with_hint("build the site again")
}

fn unwritable(file: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write `{}`: {error}", file.display());
    Diagnostic::new(Code::UnreadableFile, message).with_hint("name a folder that can be written")
}
