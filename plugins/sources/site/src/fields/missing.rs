//! Diagnostics for pictures whose file does not exist, with a suggestion of the file that the author may
//! have meant.

use std::collections::BTreeSet;

use syndicate_api::{Code, Diagnostic, nearest};

use crate::paths::{basename, normalize_inside};
use crate::site::Site;

/// The maximum number of file names that are compared with a missing one in each folder. A folder may
/// contain thousands of pictures.
const COMPARED: usize = 128;

/// Returns the diagnostic of the picture `written` in the file `post`, which was not found in any of
/// `folders`, relative to the site's root.
pub(super) fn missing(site: &Site, folders: &[String], written: &str, post: &str) -> Diagnostic {
    let message = format!("the picture `{written}` is not a file of the site");
    let diagnostic = Diagnostic::new(Code::ImageUnreadable, message).in_file(post);
    diagnostic.with_hint(match near(site, folders, written) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "add the file, or correct the name".to_owned(),
    })
}

/// Returns the diagnostic of a picture whose path is a template expression.
pub(super) fn unreadable(written: &str, post: &str) -> Diagnostic {
    let message = format!("the picture `{written}` is a template expression");
    Diagnostic::new(Code::ImageUnreadable, message)
        .in_file(post)
        .with_hint("write the path itself, or set `output` so that the built page is read")
}

/// Returns the name of a file in one of the folders that is similar to `written`.
fn near(site: &Site, folders: &[String], written: &str) -> Option<String> {
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
