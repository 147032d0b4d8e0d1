//! The pictures of a bundle. Where its front matter names none, a resource whose name says that it is
//! one, by `resources` or by the file's name, is the post's ("Open Graph", Hugo's documentation). The
//! translations of a page share the files of their bundles, and a file may have a form for one language:
//! `cover.de.png` ("Multilingual mode", "Page bundles").

use std::path::Path;

use serde_json::Value;
use syndicate_api::FieldOrigin;

use super::cascade::matches;
use crate::address::{decode, is_remote};
use crate::document::Front;
use crate::paths::{is_file_inside, normalize_inside};

/// What the name of such a file has in it, the surest first.
const NAMES: &[&str] = &["*feature*", "*cover*", "*thumbnail*"];

/// Endings of pictures, the fitter for a card first.
const EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"];

/// The files of a page and its translations.
pub(super) struct Bundle<'a> {
    pub(super) root: &'a Path,
    /// The page's own folder, then those of its translations, relative to the root.
    pub(super) folders: Vec<String>,
    /// The key of the page's language.
    pub(super) language: &'a str,
    pub(super) other_languages: Vec<&'a str>,
}

impl Bundle<'_> {
    /// The picture that the page has by its name, as a path relative to the folder, and what names it.
    pub(super) fn own_picture(&self, front: &Front) -> Option<(String, FieldOrigin)> {
        self.folders.iter().find_map(|folder| {
            let mut files = pictures(&self.root.join(folder));
            files.retain(|file| !self.is_of_other_language(file));
            of_files(&files, front)
        })
    }

    /// The file that `target` means in the page's language, if that is not the file of this name in the
    /// page's own folder.
    pub(super) fn shared(&self, target: &str) -> Option<String> {
        if is_remote(target) || target.starts_with('/') || target.contains(':') {
            return None;
        }
        let target = decode(target.split(['?', '#']).next().unwrap_or(target));
        let localized = target
            .rsplit_once('.')
            .map(|(stem, extension)| format!("{stem}.{}.{extension}", self.language));
        let own = self.folders.first();
        let paths = self.folders.iter().flat_map(|folder| {
            let names = localized.iter().chain([&target]);
            names.map(move |name| (folder, name))
        });
        for (folder, name) in paths {
            let path = normalize_inside(&format!("{folder}/{name}"));
            if let Some(path) = path.filter(|path| is_file_inside(self.root, path)) {
                // One of the page's own needs no rule of the generator.
                let is_plain = Some(folder) == own && *name == target;
                return (!is_plain).then_some(path);
            }
        }
        None
    }

    fn is_of_other_language(&self, file: &str) -> bool {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let suffix = stem
            .rsplit_once('.')
            .map(|(_, suffix)| suffix.to_lowercase());
        suffix.is_some_and(|suffix| self.other_languages.contains(&suffix.as_str()))
    }
}

/// The picture among `files` that names a post's, and what makes it that.
fn of_files(files: &[String], front: &Front) -> Option<(String, FieldOrigin)> {
    let named = NAMES.iter().find_map(|pattern| {
        let sources = sources(front, pattern);
        let found = files
            .iter()
            .find(|file| sources.iter().any(|source| matches(source, file)));
        Some((
            found?.clone(),
            FieldOrigin::FrontMatter("resources".to_owned()),
        ))
    });
    named.or_else(|| {
        let found = NAMES
            .iter()
            .find_map(|pattern| files.iter().find(|file| matches(pattern, file)))?;
        Some((found.clone(), FieldOrigin::Path))
    })
}

/// The globs of files that `resources` gives a name like `pattern`.
fn sources<'a>(front: &'a Front, pattern: &str) -> Vec<&'a str> {
    let resources = front.get("resources").and_then(Value::as_array);
    let text = |resource: &'a Value, key: &str| resource.get(key).and_then(Value::as_str);
    resources
        .into_iter()
        .flatten()
        .filter(|resource| text(resource, "name").is_some_and(|name| matches(pattern, name)))
        .filter_map(|resource| text(resource, "src"))
        .collect()
}

/// The pictures in a folder and in the folders right below it, the fitter first, then by name.
fn pictures(folder: &Path) -> Vec<String> {
    let mut files = names(folder, "");
    for below in names(folder, "").iter().filter(|name| !name.contains('.')) {
        files.extend(names(&folder.join(below), &format!("{below}/")));
    }
    let mut ranked: Vec<(usize, String)> = files
        .into_iter()
        .filter_map(|file| {
            let extension = file.rsplit_once('.')?.1.to_lowercase();
            let rank = EXTENSIONS.iter().position(|known| **known == extension)?;
            Some((rank, file))
        })
        .collect();
    ranked.sort();
    ranked.into_iter().map(|(_, file)| file).collect()
}

fn names(folder: &Path, prefix: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|name| format!("{prefix}{name}"))
        .collect()
}
