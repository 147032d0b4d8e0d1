//! Diagnostics for pictures whose file does not exist, with a suggestion of the file that the author may
//! have meant.

use std::collections::BTreeSet;
use std::sync::Arc;

use syndicate_api::{Code, Diagnostic, FileSpan, LazyDiagnostic, nearest};

use crate::paths::{basename, normalize_inside};
use crate::site::Site;

/// The maximum number of file names that are compared with a missing one in each folder. A folder may
/// contain thousands of pictures.
const COMPARED: usize = 128;

/// A picture whose file is unknown.
pub(super) struct MissingPicture {
    pub(super) site: Arc<Site>,
    /// The post's file, as the file system has it, relative to the site's root.
    pub(super) post: Arc<str>,
    /// The folder with the post's own files, relative to the site's root.
    pub(super) asset_folder: Option<Box<str>>,
    /// The reference as the author wrote it.
    pub(super) written: Box<str>,
    /// `true` if the reference is a template expression.
    pub(super) is_template: bool,
}

impl MissingPicture {
    /// Returns the diagnostic with the line of the reference. It is made when it is asked for.
    pub(super) fn diagnostic(self, line: Option<usize>) -> LazyDiagnostic {
        LazyDiagnostic::new(move || {
            let diagnostic = match self.is_template {
                true => self.unreadable(),
                false => self.not_found(),
            };
            let post = self.site.relative_to_pipeline(&self.post);
            diagnostic.in_file(post).at(line.map(FileSpan::of_line))
        })
    }

    fn unreadable(&self) -> Diagnostic {
        let message = format!("the picture `{}` is a template expression", self.written);
        Diagnostic::new(Code::ImageUnreadable, message)
            .with_hint("write the path itself, or set `output` so that the built page is read")
    }

    fn not_found(&self) -> Diagnostic {
        let message = format!("the picture `{}` is not a file of the site", self.written);
        let beside = self.post.rsplit_once('/').map_or("", |(folder, _)| folder);
        let statics = self.site.conventions.static_folders.iter();
        let folders: Vec<&str> = self
            .asset_folder
            .as_deref()
            .into_iter()
            .chain([beside])
            .chain(statics.map(String::as_str))
            .collect();
        let diagnostic = Diagnostic::new(Code::ImageUnreadable, message);
        diagnostic.with_hint(match near(&self.site, &folders, &self.written) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "add the file, or correct the name".to_owned(),
        })
    }
}

/// Returns the name of a file in one of the folders that is similar to `written`.
fn near(site: &Site, folders: &[&str], written: &str) -> Option<String> {
    let written = crate::urls::decode(written.split(['?', '#']).next().unwrap_or(written));
    let (inner, name) = written.rsplit_once('/').unwrap_or(("", &written));
    let first = |name: &str| name.chars().next().map(|c| c.to_lowercase().to_string());
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_lowercase()
    };
    let mut names = BTreeSet::new();
    for folder in folders {
        let Some(folder) = normalize_inside(&format!("{folder}/{inner}")) else {
            continue;
        };
        if !site.folders.exists(&site.root, &folder) {
            continue;
        }
        let entries = std::fs::read_dir(site.root.join(folder))
            .into_iter()
            .flatten()
            .flatten();
        let files = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let is_like = |other: &String| first(other) == first(name) || stem(other) == stem(name);
        names.extend(files.filter(is_like).take(COMPARED));
    }
    let lower = name.to_lowercase();
    let only_case = names.iter().find(|other| other.to_lowercase() == lower);
    let found = only_case.cloned().or_else(|| {
        let same_stem = names.iter().find(|other| stem(other) == stem(name));
        let names = names.iter().map(String::as_str);
        same_stem
            .cloned()
            .or_else(|| nearest(basename(name), names).map(str::to_owned))
    })?;
    Some(if inner.is_empty() {
        found
    } else {
        format!("{inner}/{found}")
    })
}
