//! Finds the pictures of a bundle. If the front matter names none, the first resource is used that is
//! named like a picture of the post, such as `cover`, in `resources` or as a file ("Open Graph", Hugo's
//! documentation). The translations of a page share the files of their bundles, and a file may have a
//! variant for one language: `cover.de.png` ("Multilingual mode", "Page bundles").

use std::path::Path;

use serde_json::Value;
use syndicate_api::FieldOrigin;

use super::cascade::matches;
use crate::document::FrontMatter;
use crate::paths::{is_file_inside, normalize_inside};
use crate::urls::{decode, is_remote};

/// Globs of names that mark a picture, in order of precedence.
const MARKING_NAMES: &[&str] = &["*feature*", "*cover*", "*thumbnail*"];

/// Extensions of pictures, those that suit a card best first.
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
    /// Returns the picture that the name of a file assigns to the page, relative to the page's folder, and
    /// the origin of the name.
    pub(super) fn picture_by_name(&self, front: &FrontMatter) -> Option<(String, FieldOrigin)> {
        self.folders.iter().find_map(|folder| {
            let mut files = list_pictures(&self.root.join(folder));
            files.retain(|file| !self.is_of_other_language(file));
            find_marked(&files, front)
        })
    }

    /// Returns the file for `target` in the page's language; `None` if that is the file of this name in the
    /// page's own folder.
    pub(super) fn find_shared(&self, target: &str) -> Option<String> {
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
                // The general rules find a file in the page's own folder.
                let is_own_file = Some(folder) == own && *name == target;
                return (!is_own_file).then_some(path);
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

/// Returns the first picture among `files` whose name identifies it as the post's picture, and the origin
/// of the name.
fn find_marked(files: &[String], front: &FrontMatter) -> Option<(String, FieldOrigin)> {
    let named = MARKING_NAMES.iter().find_map(|pattern| {
        let sources = resource_globs(front, pattern);
        let found = files
            .iter()
            .find(|file| sources.iter().any(|source| matches(source, file)));
        Some((
            found?.clone(),
            FieldOrigin::FrontMatter("resources".to_owned()),
        ))
    });
    named.or_else(|| {
        let found = MARKING_NAMES
            .iter()
            .find_map(|pattern| files.iter().find(|file| matches(pattern, file)))?;
        Some((found.clone(), FieldOrigin::Path))
    })
}

/// Returns the file globs of entries in `resources` whose name matches `pattern`.
fn resource_globs<'a>(front: &'a FrontMatter, pattern: &str) -> Vec<&'a str> {
    let resources = front.get("resources").and_then(Value::as_array);
    let text = |resource: &'a Value, key: &str| resource.get(key).and_then(Value::as_str);
    resources
        .into_iter()
        .flatten()
        .filter(|resource| text(resource, "name").is_some_and(|name| matches(pattern, name)))
        .filter_map(|resource| text(resource, "src"))
        .collect()
}

/// Lists the pictures in a folder and its direct subfolders, by extension, then by name.
fn list_pictures(folder: &Path) -> Vec<String> {
    let mut files = names(folder, "");
    for subfolder in names(folder, "").iter().filter(|name| !name.contains('.')) {
        files.extend(names(&folder.join(subfolder), &format!("{subfolder}/")));
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
