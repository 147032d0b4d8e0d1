//! Models Hugo's content folders ("Content organization", "Page bundles", Hugo's documentation): the
//! language and section of each file, the Markdown files that are resources of a bundle, and the values
//! that sections pass to their pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use memchr::memrchr;
use serde_json::Value;

use super::super::model::Folder;
use super::super::settings::Settings;
use super::cascade::Cascade;
use super::filter::Filter;
use super::languages::Languages;
use crate::document::{Document, Fence, FrontMatterSyntax, LeadingWhitespace, YamlRules};
use crate::paths::{join, relative_to, split_last, trim_folder};
use crate::post_file::PostFile;
use crate::walk::{Selection, files};

/// Extensions of pages. Hugo also reads HTML, if its config allows it.
pub(super) const EXTENSIONS: &[&str] = &["md", "markdown", "mdown", "mkd", "html", "htm"];

/// The accepted syntax of front matter.
pub(super) const SYNTAX: FrontMatterSyntax = FrontMatterSyntax {
    is_opening_optional: false,
    yaml: YamlRules {
        expands_tabs: false,
        last_key_wins: false,
    },
    allows_header: false,
    allows_javascript: false,
    leading: LeadingWhitespace::Any,
    fence: Fence::Prefix,
};

/// The role of a content file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `name.md`.
    Single,
    /// `name/index.md`: the page of a leaf bundle, which owns the other files of the folder.
    Leaf,
    /// `_index.md`: the page of a section.
    Branch,
}

/// The location of a file in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location<'f> {
    /// The index of its language.
    pub(super) language: usize,
    /// The page's folder relative to the content. For a leaf bundle this is the parent of the bundle's
    /// folder, for a section its own folder.
    pub(super) folder: Cow<'f, str>,
    /// The page's name without language and extension; for a leaf bundle, the folder's name.
    pub(super) name: Cow<'f, str>,
    pub(super) role: Role,
}

impl Location<'_> {
    /// Returns the first folder, which is the page's section.
    pub(super) fn section(&self) -> &str {
        self.folder.split('/').next().unwrap_or_default()
    }

    /// Returns the logical path that patterns match, such as `/posts/hello`.
    pub(super) fn path(&self) -> String {
        match (&*self.folder, &*self.name) {
            ("", part) | (part, "") => ["/", part].concat(),
            (folder, name) => ["/", folder, "/", name].concat(),
        }
    }
}

/// A folder that is mounted into the content.
#[derive(Clone, Debug)]
struct Mount {
    source: String,
    /// The mount point in the content; empty for its root.
    target: String,
    /// The index of its language, if all files have the same.
    language: Option<usize>,
    /// Selects the files that are content.
    filter: Filter,
}

/// The content of a site.
#[derive(Debug)]
pub(super) struct ContentTree {
    mounts: Vec<Mount>,
    /// The folders of leaf bundles, relative to the content.
    bundles: BTreeSet<String>,
    /// The folders with an `_index.md`, relative to the content.
    branches: BTreeSet<String>,
    /// The cascades of sections, by language and folder.
    cascades: BTreeMap<(usize, String), Cascade>,
    /// Section pages that cannot be read.
    broken: BTreeSet<String>,
    /// The number of pages in each section, by its name.
    pub(super) sections: BTreeMap<String, usize>,
}

impl ContentTree {
    /// Reads the content of the site at `root`, except ignored files.
    pub(super) fn read(
        root: &Path,
        settings: &Settings,
        languages: &Languages,
        is_ignored: &dyn Fn(&PostFile) -> bool,
    ) -> Self {
        let mut tree = Self {
            mounts: mounts(settings, languages),
            bundles: BTreeSet::new(),
            branches: BTreeSet::new(),
            cascades: BTreeMap::new(),
            broken: BTreeSet::new(),
            sections: BTreeMap::new(),
        };
        let everything = Selection::all(EXTENSIONS);
        let folders = tree.folders().into_iter();
        let listed = folders.flat_map(|folder| files(root, &folder.path, &everything).files);
        let listed = listed.map(|(file, _)| file);
        let listed = listed.filter(|file| !is_ignored(file) && !tree.is_excluded(file));
        let listed: Vec<PostFile> = listed.collect();
        let mut pages = Vec::new();
        for file in &listed {
            let location = tree.locate(file, languages);
            match location.role {
                Role::Branch => tree.record_section(root, file, &location),
                Role::Leaf => {
                    tree.bundles.insert(leaf_bundle_folder(&location));
                    pages.push(location);
                }
                Role::Single => pages.push(location),
            }
        }
        for page in pages.iter().filter(|page| !page.folder.is_empty()) {
            if tree.is_resource(page) {
                continue;
            }
            match tree.sections.get_mut(page.section()) {
                Some(pages) => *pages += 1,
                None => {
                    tree.sections.insert(page.section().to_owned(), 1);
                }
            }
        }
        tree
    }

    /// Records a section and the values that it passes to its pages.
    fn record_section(&mut self, root: &Path, file: &PostFile, location: &Location<'_>) {
        self.branches.insert(location.folder.to_string());
        let read = std::fs::read(root.join(&*file.on_disk)).ok();
        match read.as_deref().map(|bytes| Document::parse(bytes, SYNTAX)) {
            Some(Ok(document)) => {
                if let Some(value) = document.front.get("cascade") {
                    let key = (location.language, location.folder.to_string());
                    self.cascades.insert(key, Cascade::read(value));
                }
            }
            _ => {
                self.broken.insert(file.path.to_string());
            }
        }
    }

    /// Returns the folders that contain posts.
    pub(super) fn folders(&self) -> Vec<Folder> {
        let inside = |mount: &Mount| {
            let others = self
                .mounts
                .iter()
                .filter(|other| other.source != mount.source);
            others
                .into_iter()
                .any(|other| relative_to(&mount.source, &other.source).is_some())
        };
        let mut paths: Vec<&str> = self
            .mounts
            .iter()
            .filter(|mount| !inside(mount))
            .map(|mount| mount.source.as_str())
            .collect();
        paths.sort_unstable();
        paths.dedup();
        let required = paths.len() == 1;
        let folder = |path: &str| Folder {
            path: path.to_owned(),
            required,
        };
        paths.into_iter().map(folder).collect()
    }

    /// Returns the mounts that contain a file, with the file's path in each.
    fn mounts_of<'f>(&self, file: &'f PostFile) -> impl Iterator<Item = (&Mount, &'f str)> {
        let mounts = self.mounts.iter();
        mounts.filter_map(|mount| Some((mount, relative_to(&file.path, &mount.source)?)))
    }

    /// Returns `true` if all mounts that contain a file exclude it.
    pub(super) fn is_excluded(&self, file: &PostFile) -> bool {
        let mut mounts = self.mounts_of(file).peekable();
        mounts.peek().is_some() && mounts.all(|(mount, rest)| !mount.filter.accepts(rest))
    }

    pub(super) fn locate<'f>(&self, file: &'f PostFile, languages: &Languages) -> Location<'f> {
        let mount = self.mounts_of(file);
        let mount = mount.min_by_key(|(mount, rest)| (!mount.filter.accepts(rest), rest.len()));
        // A folder that only the user names is content in the default language.
        let (language, target, rest) = match mount {
            Some((mount, rest)) => (mount.language, mount.target.as_str(), rest),
            None => (None, "", file.content_path()),
        };
        let path = match target {
            "" => Cow::Borrowed(rest),
            target => join(target, rest).into(),
        };
        let (folder, mut name) = split_last_of(path);
        let last_dot = |name: &str| memrchr(b'.', name.as_bytes()).filter(|dot| *dot > 0);
        if let Some(dot) = last_dot(&name) {
            truncate(&mut name, dot);
        }
        let suffix = last_dot(&name)
            .and_then(|dot| Some((dot, languages.find_by_suffix(&name[dot + 1..])?)));
        let language = match suffix {
            Some((dot, language)) => {
                truncate(&mut name, dot);
                Some(language)
            }
            None => language,
        };
        let (folder, name, role) = match &*name {
            "_index" => (folder, "".into(), Role::Branch),
            "index" => {
                let (around, own) = split_last_of(folder);
                (around, own, Role::Leaf)
            }
            _ => (folder, name, Role::Single),
        };
        Location {
            language: language.unwrap_or(languages.default),
            folder,
            name,
            role,
        }
    }

    /// Returns the folders on disk that are mounted at `path` in the content, one for each language with its
    /// own content.
    pub(super) fn sources_of(&self, path: &str) -> impl Iterator<Item = String> {
        self.mounts
            .iter()
            .filter_map(move |mount| Some(join(&mount.source, relative_to(path, &mount.target)?)))
    }

    /// Returns `true` if the page is a resource of a bundle, which has no URL.
    pub(super) fn is_resource(&self, page: &Location<'_>) -> bool {
        if self.bundles.is_empty() {
            return false;
        }
        let mut folder = &*page.folder;
        loop {
            if self.bundles.contains(folder) && !folder.is_empty() {
                return true;
            }
            match split_last(folder) {
                ("", _) => return false,
                (around, _) => folder = around,
            }
        }
    }

    /// Returns `true` if `path` is a section page that cannot be read.
    pub(super) fn is_broken(&self, path: &str) -> bool {
        self.broken.contains(path)
    }

    /// Returns the names of the sections that contain the page, from the outermost. Every top-level folder
    /// is a section, a deeper folder only if it has an `_index.md`.
    pub(super) fn sections_of<'a>(&self, page: &'a Location<'_>) -> Vec<&'a str> {
        let folder = &*page.folder;
        let ends = folder
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([folder.len()]);
        let deepest = ends
            .filter(|end| *end > 0)
            .enumerate()
            .filter(|(depth, end)| *depth == 0 || self.branches.contains(&folder[..*end]))
            .last();
        let path = deepest.map_or("", |(_, end)| &folder[..end]);
        path.split('/').filter(|part| !part.is_empty()).collect()
    }

    /// Returns `true` if no section passes values to its pages.
    pub(super) fn has_no_cascades(&self) -> bool {
        self.cascades.is_empty()
    }

    /// Returns the cascades of the sections that contain the page, from the innermost.
    pub(super) fn cascades_of(&self, page: &Location<'_>) -> impl Iterator<Item = &Cascade> {
        let ancestors = std::iter::successors(Some(&*page.folder), |folder| {
            (!folder.is_empty()).then_some(split_last(folder).0)
        });
        ancestors.filter_map(|folder| self.cascades.get(&(page.language, folder.to_owned())))
    }
}

/// Returns what [`split_last`] returns.
fn split_last_of(path: Cow<'_, str>) -> (Cow<'_, str>, Cow<'_, str>) {
    match path {
        Cow::Borrowed(path) => {
            let (folder, name) = split_last(path);
            (folder.into(), name.into())
        }
        Cow::Owned(path) => {
            let (folder, name) = split_last(&path);
            (folder.to_owned().into(), name.to_owned().into())
        }
    }
}

/// Removes the end of a text that begins at `end`.
fn truncate(text: &mut Cow<'_, str>, end: usize) {
    match text {
        Cow::Borrowed(whole) => *whole = &whole[..end],
        Cow::Owned(whole) => whole.truncate(end),
    }
}

/// Returns the folder of a leaf bundle.
fn leaf_bundle_folder(location: &Location<'_>) -> String {
    join(&location.folder, &location.name)
}

/// Returns the content mounts of `module.mounts`, otherwise the languages' folders, otherwise
/// `contentDir` ("Module configuration", Hugo's documentation).
fn mounts(settings: &Settings, languages: &Languages) -> Vec<Mount> {
    let named = settings.get("module.mounts").and_then(Value::as_array);
    let named: Vec<Mount> = named
        .into_iter()
        .flatten()
        .filter_map(|mount| {
            let text = |key: &str| mount.get(key).and_then(Value::as_str);
            Some(Mount {
                source: trim_folder(text("source")?).to_owned(),
                target: relative_to(trim_folder(text("target")?), "content")?.to_owned(),
                language: mount_language(mount).and_then(|key| languages.find_by_suffix(key)),
                filter: Filter::read(mount),
            })
        })
        .collect();
    if !named.is_empty() {
        return named;
    }
    let whole = settings.text("contentdir");
    let whole = trim_folder(whole.as_deref().unwrap_or("content")).to_owned();
    let mut mounts: Vec<Mount> = Vec::new();
    for (index, language) in languages.all.iter().enumerate() {
        let source = language.content.as_ref().unwrap_or(&whole);
        match mounts.iter_mut().find(|mount| mount.source == *source) {
            // In a folder that languages share, file names determine the language.
            Some(shared) => shared.language = None,
            None => mounts.push(Mount {
                source: source.clone(),
                target: String::new(),
                language: Some(index),
                filter: Filter::default(),
            }),
        }
    }
    mounts
}

/// Returns the language of a mount: `lang`, or since version 0.153 the only language of its matrix.
fn mount_language(mount: &Value) -> Option<&str> {
    if let Some(lang) = mount.get("lang") {
        return lang.as_str();
    }
    match mount.get("sites")?.get("matrix")?.get("languages")? {
        Value::Array(languages) if languages.len() == 1 => languages[0].as_str(),
        languages => languages.as_str(),
    }
}
