//! Index of the pictures in a site's folder by name, for references that name a file in any folder, as
//! Obsidian's do ("Embed files", Obsidian's documentation).

use std::collections::HashMap;
use std::path::Path;

use ignore::WalkBuilder;
use syndicate_api::nfc;

use crate::paths::basename;
use crate::walk::NODE_MODULES;

/// The maximum number of files that are visited. A larger folder contains more than one site.
const MAX_FILES: usize = 200_000;

/// The file extensions of pictures.
const EXTENSIONS: &[&str] = &[
    "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp",
];

/// Paths relative to the site's root, by file name in form C and lower case.
#[derive(Debug, Default)]
pub(crate) struct PictureIndex(HashMap<String, Vec<String>>);

impl PictureIndex {
    /// Lists the pictures below `root`, except those in the folder of built pages.
    pub(crate) fn of(root: &Path, output: Option<&str>) -> Self {
        let output = output.map(|output| root.join(output));
        let walk = WalkBuilder::new(root)
            .git_global(false)
            .git_exclude(false)
            .git_ignore(false)
            .filter_entry(move |entry| {
                entry.file_name() != NODE_MODULES && Some(entry.path()) != output.as_deref()
            })
            .build();
        let mut index = Self::default();
        for entry in walk.flatten().take(MAX_FILES) {
            let path = entry.path().strip_prefix(root).ok().and_then(Path::to_str);
            let Some(path) = path.filter(|path| is_picture(path)) else {
                continue;
            };
            let path = path.replace('\\', "/");
            index.0.entry(key(basename(&path))).or_default().push(path);
        }
        for paths in index.0.values_mut() {
            // Obsidian resolves a name to the shortest path.
            paths.sort_by(|a, b| (a.matches('/').count(), a).cmp(&(b.matches('/').count(), b)));
        }
        index
    }

    /// Returns the picture whose path ends with `name`.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let wanted = key(name);
        let paths = self.0.get(basename(&wanted))?;
        let ends = |path: &&String| {
            let path = key(path);
            path == wanted || path.ends_with(&format!("/{wanted}"))
        };
        paths.iter().find(ends).map(String::as_str)
    }
}

fn key(name: &str) -> String {
    nfc(name).to_lowercase()
}

fn is_picture(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, end)| end.to_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}
