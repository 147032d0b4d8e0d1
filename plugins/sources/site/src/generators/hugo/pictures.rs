//! The picture that a bundle's own files give a post, where its front matter names none ("Open Graph",
//! Hugo's documentation): a resource whose name says that it is one, by `resources` or by the file's
//! name.

use std::path::Path;

use serde_json::Value;
use syndicate_api::Origin;

use super::cascade::matches;
use crate::document::Front;

/// What the name of such a file has in it, the surest first.
const NAMES: &[&str] = &["*feature*", "*cover*", "*thumbnail*"];

/// Endings of pictures, the fitter for a card first.
const EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"];

/// The picture of the bundle in `folder`, as a path relative to it, and what names it.
pub(super) fn of_bundle(root: &Path, folder: &str, front: &Front) -> Option<(String, Origin)> {
    let files = pictures(&root.join(folder));
    let named = NAMES.iter().find_map(|pattern| {
        let sources = sources(front, pattern);
        let found = files
            .iter()
            .find(|file| sources.iter().any(|source| matches(source, file)));
        Some((found?.clone(), Origin::FrontMatter("resources".to_owned())))
    });
    named.or_else(|| {
        let found = NAMES
            .iter()
            .find_map(|pattern| files.iter().find(|file| matches(pattern, file)))?;
        Some((found.clone(), Origin::Path))
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
