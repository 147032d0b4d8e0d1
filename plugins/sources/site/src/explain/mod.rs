//! Explains how one file was read and why: `syndicate items --explain PATH`. A scan does not keep the
//! values that lost. They are found by reading the file again without the value that won.

mod markdown;
mod page;
mod rank;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{FileExplanation, Item, Result, SourceScan, nfc};

use crate::built::{BuiltSite, SiteScan};
use crate::conflict_copies::{APPLE_DOUBLE, separate_copies};
use crate::fields;
use crate::opened_file::{Unopened, open_post};
use crate::options::ContentOption;
use crate::paths::{basename, normalize};
use crate::post_file::PostFile;
use crate::scan::scan;
use crate::scan_notes::missing_url_note;
use crate::site::Site;
use crate::walk::{ReadablePath, files, is_markdown};
use rank::{Offers, rank};

/// Explains the file at `path`, relative to pipeline.yaml; `None` if the site has no such file.
///
/// # Errors
/// Returns an error if the site cannot be read.
pub(crate) fn explain(
    site: &Arc<Site>,
    path: &str,
    now: Timestamp,
) -> Result<Option<FileExplanation>> {
    let path = normalize(path);
    if site.options.content == ContentOption::Built {
        return explain_page(site, path);
    }
    let scan = scan(site, now)?;
    let of_page = |item: &&Arc<Item>| item.page.as_deref() == Some(&path);
    let joined = scan.items.iter().find(of_page);
    let source = joined.and_then(|item| item.path.clone());
    match markdown_file(site, source.as_deref().unwrap_or(&path))? {
        Some(ContentFile::Post(file, found)) => {
            Ok(Some(from_markdown(site, &scan, &file, found, now)))
        }
        Some(ContentFile::Copy(file, reason)) => {
            let path = site.relative_to_pipeline(&file.on_disk);
            Ok(Some(not_a_post(path, reason)))
        }
        None => Ok(hidden_file(site, &path).or_else(|| stray_page(site, path))),
    }
}

/// Explains a built page of a site without Markdown.
fn explain_page(site: &Site, path: String) -> Result<Option<FileExplanation>> {
    let pages = SiteScan::of(site)?;
    let scan = pages.scan();
    Ok(pages.classified_page(&path).map(|classified| {
        let offers = page::offers(&classified.page);
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

/// Explains a page that belongs to no post.
fn stray_page(site: &Site, path: String) -> Option<FileExplanation> {
    let is_page = BuiltSite::of(site)?.has(&path);
    is_page.then(|| not_a_post(path, "it does not belong to the Markdown file of a post"))
}

/// A file of the content folders.
enum ContentFile {
    Post(PostFile, ReadablePath),
    /// A copy by a sync program or a file manager, with the reason why it counts as one.
    Copy(PostFile, String),
}

/// Returns the file of the content folders at `path`.
fn markdown_file(site: &Site, path: &str) -> Result<Option<ContentFile>> {
    let selection = site.selection()?;
    // A path from the command line or from git may have another Unicode form than the file's name.
    let path = nfc(path);
    let is_it = |file: &PostFile| nfc(&site.relative_to_pipeline(&file.on_disk)) == path;
    for folder in site.content() {
        let (posts, copies) = separate_copies(files(&site.root, &folder.path, &selection).files);
        if let Some((file, found)) = posts.into_iter().find(|(file, _)| is_it(file)) {
            return Ok(Some(ContentFile::Post(file, found)));
        }
        if let Some((file, reason)) = copies.into_iter().find(|(file, _)| is_it(file)) {
            return Ok(Some(ContentFile::Copy(file, reason)));
        }
    }
    Ok(None)
}

/// Explains a hidden AppleDouble file, which a walk through the folders does not list.
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
    site: &Arc<Site>,
    scan: &SourceScan,
    file: &PostFile,
    found: ReadablePath,
    now: Timestamp,
) -> FileExplanation {
    let path = site.relative_to_pipeline(&file.on_disk);
    let item = scan
        .items
        .iter()
        .find(|item| item.path.as_deref() == Some(&path));
    let mut explanation = FileExplanation {
        item: item.map(|item| Item::clone(item)),
        reasons: faults_of(scan, &path),
        remarks: item
            .and_then(|item| hold_remark(item))
            .into_iter()
            .collect(),
        path,
        ..FileExplanation::default()
    };
    let mut bytes = Vec::new();
    match open_post(site, file, &found, &mut bytes) {
        Ok(document) => {
            let offers = markdown::offers(site, file, &document, now);
            let mut page = item.and_then(|item| BuiltSite::of(site)?.page(item.page.as_deref()?));
            if let Ok(read) = fields::read_item(site, file, document, now) {
                let url_note = read.route_error.as_ref().map(missing_url_note);
                explanation.remarks.extend(url_note);
                explanation.remarks.extend(read.protection_note());
                page = page.map(|page| page.redact_if_protected(read.is_protected()));
            }
            let of_page = page.as_ref().map_or_else(Offers::new, page::offers);
            explanation.fields = item.map_or_else(Vec::new, |item| rank(item, &of_page, &offers));
            if explanation.reasons.is_empty() {
                let why = "its folder and its name identify it as a post";
                explanation.reasons.push(why.to_owned());
            }
        }
        Err(Unopened::Other(why)) => explanation.reasons.push(why.to_owned()),
        // The diagnostic is already among the faults.
        Err(Unopened::Unreadable(_)) => {}
    }
    explanation
}

/// Returns the diagnostics for the file at `path`.
fn faults_of(scan: &SourceScan, path: &str) -> Vec<String> {
    let faults = scan.faults.iter();
    faults
        .filter(|fault| fault.path.as_deref() == Some(path))
        .map(ToString::to_string)
        .collect()
}

/// Returns the reason why an item is held back, if it is.
fn hold_remark(item: &Item) -> Option<String> {
    let (code, reason) = item.hold.as_ref()?;
    Some(format!("it is held ({code}): {reason}"))
}
