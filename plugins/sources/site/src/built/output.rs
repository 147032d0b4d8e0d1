//! The folder that a generator built the site into: which pages lie in it, and which file a reader
//! gets at an address. Whatever is built is there to be served, so no ignore file holds here; a link
//! that leads out of the folder is not followed.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use jiff::Timestamp;
use syndicate_api::{Diagnostic, unicode_forms};

use crate::page;
use crate::paths::{is_file_inside, join, normalize_inside, trim_folder};
use crate::site::Site;
use crate::urls;
use crate::value::cannot_read;
use crate::walk::{NODE_MODULES, has_extension};

/// The extensions of pages.
const PAGE_EXTENSIONS: &[&str] = &["html", "htm", "xhtml"];

/// The file that a folder's address stands for.
const INDEX_FILES: &[&str] = &["index.html", "index.htm", "index.xhtml"];

/// No more pages of a site are read; a blog of a post a day has as many, lists included, in decades.
pub(super) const MAX_PAGES: usize = 50_000;

/// The output folder of a site.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// On this machine.
    folder: PathBuf,
    /// Relative to the site's root.
    name: String,
    /// Relative to pipeline.yaml.
    pipeline_path: String,
}

impl OutputFolder {
    /// The folder that the options of `site` name; it need not be there.
    pub(super) fn of(site: &Site) -> Option<Self> {
        let name = site.output()?;
        Some(Self {
            folder: site.root.join(&name),
            pipeline_path: site.relative_to_pipeline(&name),
            name,
        })
    }

    /// Relative to pipeline.yaml.
    pub(super) fn pipeline_path(&self) -> &str {
        &self.pipeline_path
    }

    pub(super) fn exists(&self) -> bool {
        self.folder.is_dir()
    }

    /// The pages, sorted by path; at most [`MAX_PAGES`].
    pub(super) fn pages(&self) -> Vec<String> {
        self.files(usize::MAX, PAGE_EXTENSIONS)
    }

    /// The files with one of these extensions up to `depth` folders deep, sorted by path.
    pub(super) fn files(&self, depth: usize, extensions: &'static [&'static str]) -> Vec<String> {
        let walk = WalkBuilder::new(&self.folder)
            .standard_filters(false)
            .hidden(true)
            .max_depth(Some(depth))
            .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != NODE_MODULES)
            .sort_by_file_path(Path::cmp)
            .build();
        let files = walk.flatten().filter_map(|entry| {
            let relative = entry.path().strip_prefix(&self.folder).ok()?.to_str()?;
            let relative = relative.replace('\\', "/");
            let is_file = entry.file_type().is_some_and(|kind| !kind.is_dir());
            let fits = is_file && has_extension(entry.path(), extensions);
            (fits && self.has(&relative)).then_some(relative)
        });
        let mut files: Vec<String> = files.take(MAX_PAGES).collect();
        files.sort();
        files
    }

    /// The page that readers get at `path`, which is below the site's address and may be encoded.
    pub(super) fn page_at(&self, path: &str) -> Option<String> {
        let path = urls::decode(path.split(['?', '#']).next()?);
        let path = path.trim_matches('/');
        let mut names: Vec<String> = Vec::new();
        if has_extension(Path::new(path), PAGE_EXTENSIONS) {
            names.push(path.to_owned());
        }
        names.extend(INDEX_FILES.iter().map(|index| format!("{path}/{index}")));
        if !path.is_empty() {
            names.extend(
                PAGE_EXTENSIONS
                    .iter()
                    .map(|extension| format!("{path}.{extension}")),
            );
        }
        names.into_iter().find_map(|name| self.file_at(&name))
    }

    /// Returns the file at `path`, as the file system names it, if it is one and lies in the folder.
    /// A site that was built on another system may have the name in another Unicode form.
    pub(super) fn file_at(&self, path: &str) -> Option<String> {
        let path = normalize_inside(path)?;
        let mut forms = unicode_forms(&path).into_iter();
        forms.find(|form| self.has(form)).map(Cow::into_owned)
    }

    /// Whether a page lies at `path`.
    pub(super) fn is_page(&self, path: &str) -> bool {
        has_extension(Path::new(path), PAGE_EXTENSIONS) && self.has(path)
    }

    fn has(&self, path: &str) -> bool {
        is_file_inside(&self.folder, path)
    }

    /// The beginning of a page, as much as is read of one.
    pub(super) fn read(&self, page: &str) -> Result<Vec<u8>, Diagnostic> {
        self.read_up_to(page, page::MAX_BYTES as u64)
    }

    /// The beginning of a file.
    pub(super) fn read_up_to(&self, file: &str, most: u64) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        File::open(self.on_disk(file))
            .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            .map_err(cannot_read)?;
        Ok(bytes)
    }

    /// Returns when a file of the folder was written.
    pub(super) fn modified(&self, file: &str) -> Option<Timestamp> {
        let metadata = std::fs::metadata(self.on_disk(file)).ok()?;
        Timestamp::try_from(metadata.modified().ok()?).ok()
    }

    /// A file of the folder on this machine.
    pub(super) fn on_disk(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// A file of the folder relative to pipeline.yaml.
    pub(super) fn relative_to_pipeline(&self, file: &str) -> String {
        join(trim_folder(&self.pipeline_path), file)
    }

    /// A file of the folder relative to the site's root.
    pub(super) fn relative_to_root(&self, file: &str) -> String {
        join(trim_folder(&self.name), file)
    }

    /// The file of the folder that lies at `path`, which is relative to pipeline.yaml.
    pub(super) fn strip_folder<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.pipeline_path.as_str() {
            "." => Some(path),
            pipeline_path => path.strip_prefix(pipeline_path)?.strip_prefix('/'),
        }
    }
}

/// The path at which readers get a page, below the site's address: the folder's for its index.
pub(super) fn url_path(page: &str) -> String {
    match page.rsplit_once('/') {
        Some((folder, name)) if INDEX_FILES.contains(&name) => format!("/{folder}/"),
        None if INDEX_FILES.contains(&page) => "/".to_owned(),
        _ => format!("/{page}"),
    }
}

/// The path of a page as a name without its extension: `a/b` for `a/b.html` and `a/b/index.html`,
/// empty for the site's first page.
pub(super) fn page_name(page: &str) -> &str {
    let folder = page.rsplit_once('/');
    match folder {
        Some((folder, name)) if INDEX_FILES.contains(&name) => folder,
        None if INDEX_FILES.contains(&page) => "",
        _ => page.rsplit_once('.').map_or(page, |(name, _)| name),
    }
}

/// An address without the name of its index page.
pub(super) fn without_index(url: &str) -> &str {
    INDEX_FILES
        .iter()
        .find_map(|index| url.strip_suffix(index).filter(|url| url.ends_with('/')))
        .unwrap_or(url)
}
