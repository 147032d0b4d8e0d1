//! What became of one file and why: `syndicate items --explain PATH`. The values that a field could
//! have had are not kept while the site is read; they are found by reading the file again, with
//! whatever won taken away.

mod markdown;
mod page;
mod rank;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use syndicate_api::{Diagnostic, FileExplanation, Item, Result, SourceScan, nfc};

use crate::built::{Built, SiteScan};
use crate::conflict_copies::{APPLE_DOUBLE, split};
use crate::fields;
use crate::options::Content;
use crate::paths::{basename, normalize};
use crate::post_file::PostFile;
use crate::reading::{Opened, no_address, open, scan};
use crate::site::Site;
use crate::walk::{files, is_markdown};
use rank::{Offers, rank};

/// What became of the file at `path`, relative to pipeline.yaml; `None` where the site has no such
/// file.
///
/// # Errors
/// When the site cannot be read at all.
pub(crate) fn explain(site: &Site, path: &str, now: Timestamp) -> Result<Option<FileExplanation>> {
    let path = normalize(path);
    if site.options.content == Content::Built {
        return page_alone(site, path);
    }
    let scan = scan(site, now)?;
    let of_page = |item: &&Item| item.page.as_deref() == Some(&path);
    let joined = scan.items.iter().find(of_page);
    let source = joined.and_then(|item| item.path.clone());
    match markdown_file(site, source.as_deref().unwrap_or(&path))? {
        Some(ContentFile::Post(file, found)) => {
            Ok(Some(from_markdown(site, &scan, &file, found, now)))
        }
        Some(ContentFile::Copy(file, reason)) => {
            let path = site.beside_pipeline(&file.on_disk);
            Ok(Some(not_a_post(path, reason)))
        }
        None => Ok(hidden_file(site, &path).or_else(|| stray_page(site, path))),
    }
}

/// A built page of a site without Markdown.
fn page_alone(site: &Site, path: String) -> Result<Option<FileExplanation>> {
    let pages = SiteScan::of(site)?;
    let scan = pages.scan();
    Ok(pages.classified(&path).map(|classified| {
        let offers = page::offers(classified.page);
        let faults = faults_of(&scan, &path);
        let item = classified.item.filter(|_| faults.is_empty());
        FileExplanation {
            fields: item
                .as_ref()
                .map_or_else(Vec::new, |item| rank(item, &offers, &Offers::new())),
            path,
            reasons: if faults.is_empty() {
                classified.reasons
            } else {
                faults
            },
            item,
            remarks: Vec::new(),
        }
    }))
}

/// A page that was made of no post.
fn stray_page(site: &Site, path: String) -> Option<FileExplanation> {
    let is_page = Built::of(site)?.has(&path);
    is_page.then(|| not_a_post(path, "it is the page of no Markdown file that is a post"))
}

/// A file of the content folders.
enum ContentFile {
    Post(PostFile, Result<PathBuf, Diagnostic>),
    /// A copy that a sync program or a file manager made of another file, and why it counts as one.
    Copy(PostFile, String),
}

/// Returns the file of the content folders at `path`.
fn markdown_file(site: &Site, path: &str) -> Result<Option<ContentFile>> {
    let selection = site.selection()?;
    // A path that is typed or read from git may have another Unicode form than the file's name.
    let path = nfc(path);
    let is_it = |file: &PostFile| nfc(&site.beside_pipeline(&file.on_disk)) == path;
    for folder in site.content() {
        let (posts, copies) = split(files(&site.root, &folder.path, &selection).files);
        if let Some((file, found)) = posts.into_iter().find(|(file, _)| is_it(file)) {
            return Ok(Some(ContentFile::Post(file, found)));
        }
        if let Some((file, reason)) = copies.into_iter().find(|(file, _)| is_it(file)) {
            return Ok(Some(ContentFile::Copy(file, reason)));
        }
    }
    Ok(None)
}

/// Returns the reason why a file is not a post that no walk through the folders finds.
fn hidden_file(site: &Site, path: &str) -> Option<FileExplanation> {
    let is_hidden = basename(path).starts_with("._") && is_markdown(Path::new(path));
    let is_there = || site.pipeline_folder.join(path).is_file();
    (is_hidden && is_there()).then(|| not_a_post(path.to_owned(), APPLE_DOUBLE))
}

fn not_a_post(path: String, reason: impl Into<String>) -> FileExplanation {
    FileExplanation {
        path,
        reasons: vec![reason.into()],
        ..FileExplanation::default()
    }
}

fn from_markdown(
    site: &Site,
    scan: &SourceScan,
    file: &PostFile,
    found: Result<PathBuf, Diagnostic>,
    now: Timestamp,
) -> FileExplanation {
    let path = site.beside_pipeline(&file.on_disk);
    let item = scan
        .items
        .iter()
        .find(|item| item.path.as_deref() == Some(&path));
    let mut explanation = FileExplanation {
        item: item.cloned(),
        reasons: faults_of(scan, &path),
        remarks: item.and_then(hold_remark).into_iter().collect(),
        path,
        ..FileExplanation::default()
    };
    match open(site, file, found.as_deref()) {
        Opened::Post(document) => {
            let offers = markdown::offers(site, file, &document, now);
            let mut page = item.and_then(|item| Built::of(site)?.page(item.page.as_deref()?));
            if let Ok(read) = fields::item(site, file, document, now) {
                let address = read.unrouted.as_ref().map(no_address);
                explanation.remarks.extend(address);
                explanation.remarks.extend(read.protection_note());
                page = page.map(|page| page.for_all_readers(read.is_protected()));
            }
            let of_page = page.as_ref().map_or_else(Offers::new, page::offers);
            explanation.fields = item.map_or_else(Vec::new, |item| rank(item, &of_page, &offers));
            if explanation.reasons.is_empty() {
                let why = "its folder and its name make a post of it";
                explanation.reasons.push(why.to_owned());
            }
        }
        Opened::Other(why) => explanation.reasons.push(why.to_owned()),
        // It is among the faults.
        Opened::Unreadable(_) => {}
    }
    explanation
}

/// Returns the faults of the file at `path`.
fn faults_of(scan: &SourceScan, path: &str) -> Vec<String> {
    let faults = scan.faults.iter();
    faults
        .filter(|fault| fault.path.as_deref() == Some(path))
        .map(ToString::to_string)
        .collect()
}

/// Why an item waits or stays.
fn hold_remark(item: &Item) -> Option<String> {
    let (code, reason) = item.hold.as_ref()?;
    Some(format!("it waits or stays ({code}): {reason}"))
}
