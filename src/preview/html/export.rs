//! Exports the preview as `index.html` and a folder of the pictures that would be uploaded, named by
//! their hashes. The page loads nothing else, so it opens from a disk, an archive or any host.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use memchr::memmem;
use syndicate_api::{Code, Diagnostic, Medium, MediumBytes};

use super::card::hex;
use super::frame::{PageFrame, STYLE, TITLE, page};
use super::queue::queue;
use crate::engine::{Composed, Plan};

/// An exported page and the files that it needs.
pub(crate) struct Exported {
    /// The page in HTML.
    pub index: String,
    /// The pictures by their paths relative to the page.
    pub files: BTreeMap<String, MediumBytes>,
}

/// Forbids scripts, frames, forms and connections.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; \
                      object-src 'none'; frame-src 'none'; connect-src 'none'; form-action 'none'; \
                      base-uri 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
                      <meta name=\"robots\" content=\"noindex\">";

/// Renders `plan` as a standalone page. `file` is the pipeline's file, for display.
#[must_use]
pub(crate) fn export(plan: &Plan, file: &str) -> Exported {
    let media = plan
        .entries
        .iter()
        .filter_map(|entry| entry.composed.as_deref())
        .flat_map(Composed::shown_media);
    let files = media
        .map(|medium| (media_path(medium), medium.bytes.clone()))
        .collect();
    let queue = queue(plan, &media_path, &|_, _| String::new());
    let head = format!("{POLICY}\n<style>\n{STYLE}{}</style>", accents(plan));
    let frame = PageFrame {
        head: &head,
        file,
        above: "",
    };
    Exported {
        index: page(&frame, plan, &queue),
        files,
    }
}

/// Returns the style rules for the accent colours of `plan`.
fn accents(plan: &Plan) -> String {
    let composed = plan
        .entries
        .iter()
        .filter_map(|entry| entry.composed.as_deref());
    let accents = composed.filter_map(|composed| composed.appearance.accent);
    let accents: BTreeSet<String> = accents.map(hex).collect();
    let rule = |hex: String| format!("[data-accent=\"{hex}\"] {{ --accent: {hex}; }}\n");
    accents.into_iter().map(rule).collect()
}

impl Exported {
    /// Writes the page into `folder`, which is created if it does not exist. Pictures of an earlier
    /// export are kept; their names are hashes, so they cannot conflict.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written, if `folder` has a page of another origin, or if a picture has
    /// changed.
    pub(crate) fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let index = folder.join("index.html");
        if is_foreign(&index) {
            let message = format!("`{}` is not a preview", index.display());
            let fault = Diagnostic::new(Code::CommandFailed, message);
            return Err(fault
                .with_hint("name another folder, or delete the file")
                .into());
        }
        for (path, bytes) in &self.files {
            put(&folder.join(path), &bytes.read()?)?;
        }
        put(&index, self.index.as_bytes())
    }
}

/// Returns `true` if there is a file that no export has written.
fn is_foreign(index: &Path) -> bool {
    match std::fs::read(index) {
        Ok(page) => memmem::find(&page, TITLE.as_bytes()).is_none(),
        Err(_) => index.exists(),
    }
}

fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, bytes));
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// Returns the path of a medium relative to the page.
pub(crate) fn media_path(medium: &Medium) -> String {
    let kind = medium.media_type.rsplit('/').next().unwrap_or("bin");
    let is_word = kind.chars().all(|c| c.is_ascii_alphanumeric());
    format!(
        "media/{}.{}",
        medium.sha256(),
        if is_word { kind } else { "bin" }
    )
}
