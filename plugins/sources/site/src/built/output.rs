//! The folder that a generator built the site into: its pages, and the file that a web server returns
//! for a URL. All built files are meant to be served, so ignore files have no effect here. Links that
//! lead out of the folder are not followed.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use syndicate_api::{Diagnostic, unicode_forms};

use crate::page;
use crate::paths::{is_file_inside, join, normalize_inside, trim_folder};
use crate::site::Site;
use crate::urls;
use crate::value::cannot_read;
use crate::walk::{NODE_MODULES, has_extension};

/// The file extensions of pages.
const PAGE_EXTENSIONS: &[&str] = &["html", "htm", "xhtml"];

/// The files that a folder's URL returns.
pub(super) const INDEX_FILES: &[&str] = &["index.html", "index.htm", "index.xhtml"];

/// The maximum number of pages that are read. A blog with one post a day needs decades to reach it.
pub(super) const MAX_PAGES: usize = 50_000;

/// The size of the buffer that pages are read into. Larger pages are rare.
const BUFFER_BYTES: usize = 1 << 17;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The output folder of a site.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// The path on disk.
    folder: PathBuf,
    /// The path relative to the site's root.
    name: String,
    /// The path relative to pipeline.yaml.
    pipeline_path: String,
    /// The pages, listed when all of them are first asked for.
    pages: OnceLock<Vec<String>>,
}

impl OutputFolder {
    /// Returns the folder that the options of `site` name; it may be missing on disk.
    pub(super) fn of(site: &Site) -> Option<Self> {
        let name = site.output()?;
        Some(Self {
            folder: site.root.join(&name),
            pipeline_path: site.relative_to_pipeline(&name),
            name,
            pages: OnceLock::new(),
        })
    }

    /// Returns the path relative to pipeline.yaml.
    pub(super) fn pipeline_path(&self) -> &str {
        &self.pipeline_path
    }

    pub(super) fn exists(&self) -> bool {
        self.folder.is_dir()
    }

    /// Returns the pages, sorted by path; at most [`MAX_PAGES`]. They are listed once.
    pub(super) fn pages(&self) -> &[String] {
        self.pages
            .get_or_init(|| self.files(usize::MAX, PAGE_EXTENSIONS))
    }

    /// Lists the pages in parallel. The caller must not be one of the threads that work in parallel, because a thread
    /// that waits takes over other work, which may need the list.
    pub(super) fn list_pages(&self) {
        if self.pages.get().is_none() {
            let pages = sorted(self.pages_below(""));
            self.pages.get_or_init(|| pages);
        }
    }

    /// Lists the files with one of these extensions up to `depth` folders deep, sorted by path; at most
    /// [`MAX_PAGES`].
    pub(super) fn files(&self, depth: usize, extensions: &[&str]) -> Vec<String> {
        let mut files = Vec::new();
        self.list_files("", (depth, MAX_PAGES), extensions, &mut files);
        sorted(files)
    }

    /// Returns the first pages, at most `most`, without visiting the folders of the others.
    pub(super) fn first_pages(&self, most: usize) -> Vec<String> {
        let mut files = Vec::new();
        self.list_files("", (usize::MAX, most), PAGE_EXTENSIONS, &mut files);
        files
    }

    /// Adds the files below `folder` up to `depth` folders deep to `files`, until these are `most`.
    fn list_files(
        &self,
        folder: &str,
        (depth, most): (usize, usize),
        extensions: &[&str],
        files: &mut Vec<String>,
    ) {
        for (path, is_folder) in self.entries(folder, extensions) {
            if files.len() == most {
                return;
            }
            if !is_folder {
                files.push(path);
            } else if depth > 1 {
                self.list_files(&path, (depth - 1, most), extensions, files);
            }
        }
    }

    /// Lists the pages below `folder`, in the order of [`Self::entries`], and reads the folders in parallel.
    fn pages_below(&self, folder: &str) -> Vec<String> {
        let entries = self.entries(folder, PAGE_EXTENSIONS).into_par_iter();
        let lists = entries.map(|(path, is_folder)| match is_folder {
            true => self.pages_below(&path),
            false => vec![path],
        });
        lists.collect::<Vec<_>>().concat()
    }

    /// Returns the folders in `folder` and its files with one of these extensions, sorted by name. Each has `true` if
    /// it is a folder.
    fn entries(&self, folder: &str, extensions: &[&str]) -> Vec<(String, bool)> {
        let Ok(entries) = std::fs::read_dir(self.folder.join(folder)) else {
            return Vec::new();
        };
        let entries = entries.flatten().filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            if name.starts_with('.') || name.contains('\\') || name == NODE_MODULES {
                return None;
            }
            let kind = entry.file_type().ok()?;
            let path = join(folder, &name);
            // A link may lead out of the folder.
            let is_page = has_extension(Path::new(&name), extensions)
                && (kind.is_file() || !kind.is_dir() && self.has(&path));
            (kind.is_dir() || is_page).then_some((path, kind.is_dir()))
        });
        let mut entries: Vec<_> = entries.collect();
        entries.sort_unstable();
        entries
    }

    /// Returns the page that a web server returns for `path`, which is relative to the site's URL and may
    /// be percent-encoded.
    pub(super) fn page_at(&self, path: &str) -> Option<String> {
        let path = urls::decode(path.split(['?', '#']).next()?);
        let path = path.trim_matches('/');
        let own = has_extension(Path::new(path), PAGE_EXTENSIONS).then(|| path.to_owned());
        let indexes = INDEX_FILES.iter().map(|index| format!("{path}/{index}"));
        let named = PAGE_EXTENSIONS.iter().filter(|_| !path.is_empty());
        let named = named.map(|extension| format!("{path}.{extension}"));
        let mut names = own.into_iter().chain(indexes).chain(named);
        names.find_map(|name| self.file_at(&name))
    }

    /// Returns the file at `path`, as the file system names it, if it is inside the folder. A site that was
    /// built on another system may have the name in another Unicode form.
    pub(super) fn file_at(&self, path: &str) -> Option<String> {
        let path = normalize_inside(path)?;
        let mut forms = unicode_forms(&path).into_iter();
        forms.find(|form| self.has(form)).map(Cow::into_owned)
    }

    /// Returns `true` if the file at `path` is a page.
    pub(super) fn is_page(&self, path: &str) -> bool {
        has_extension(Path::new(path), PAGE_EXTENSIONS) && self.has(path)
    }

    /// Returns `true` if `path` is a file inside the folder. Pages that were listed are not looked up again.
    fn has(&self, path: &str) -> bool {
        let is_listed = |pages: &Vec<String>| {
            let found = pages.binary_search_by(|page| page.as_str().cmp(path));
            found.is_ok()
        };
        self.pages.get().is_some_and(is_listed) || is_file_inside(&self.folder, path)
    }

    /// Reads a page up to the maximum size of one, and returns the result of `take`.
    pub(super) fn read_page<T>(
        &self,
        page: &str,
        take: impl FnOnce(&[u8]) -> T,
    ) -> Result<T, Diagnostic> {
        BUFFER.with_borrow_mut(|buffer| {
            let len = read_file(&self.on_disk(page), buffer, page::MAX_BYTES + 1);
            let taken = len.map(|len| take(&buffer[..len])).map_err(cannot_read);
            // A long page would keep its memory.
            buffer.truncate(BUFFER_BYTES);
            buffer.shrink_to(BUFFER_BYTES);
            taken
        })
    }

    /// Reads a page up to the maximum size of one.
    pub(super) fn read(&self, page: &str) -> Result<Vec<u8>, Diagnostic> {
        self.read_up_to(page, page::MAX_BYTES as u64)
    }

    /// Reads at most `most` + 1 bytes of a file.
    pub(super) fn read_up_to(&self, file: &str, most: u64) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        File::open(self.on_disk(file))
            .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            .map_err(cannot_read)?;
        Ok(bytes)
    }

    /// Returns the modification time of `file`, or `None` if it cannot be read.
    pub(super) fn modified(&self, file: &str) -> Option<Timestamp> {
        let metadata = std::fs::metadata(self.on_disk(file)).ok()?;
        Timestamp::try_from(metadata.modified().ok()?).ok()
    }

    /// Returns the path on disk of `file`, a path relative to the output folder.
    pub(super) fn on_disk(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Returns the path of a file relative to pipeline.yaml.
    pub(super) fn relative_to_pipeline(&self, file: &str) -> String {
        join(trim_folder(&self.pipeline_path), file)
    }

    /// Returns the path of a file relative to the site's root.
    pub(super) fn relative_to_root(&self, file: &str) -> String {
        join(trim_folder(&self.name), file)
    }

    /// Converts `path`, relative to pipeline.yaml, to a path relative to the output folder. Returns `None`
    /// if `path` is outside the output folder.
    pub(super) fn strip_folder<'a>(&self, path: &'a str) -> Option<&'a str> {
        match self.pipeline_path.as_str() {
            "." => Some(path),
            pipeline_path => path.strip_prefix(pipeline_path)?.strip_prefix('/'),
        }
    }
}

/// Returns the first [`MAX_PAGES`] files, sorted by path.
fn sorted(mut files: Vec<String>) -> Vec<String> {
    files.truncate(MAX_PAGES);
    files.sort_unstable();
    files
}

/// Reads at most `most` bytes of a file into `buffer`, which grows as needed. Returns the number of bytes.
pub(super) fn read_file(path: &Path, buffer: &mut Vec<u8>, most: usize) -> std::io::Result<usize> {
    let mut file = File::open(path)?;
    let mut len = 0;
    loop {
        if len == buffer.len() {
            buffer.resize((len * 2).clamp(BUFFER_BYTES, most.max(BUFFER_BYTES)), 0);
        }
        let end = buffer.len().min(most);
        match file.read(&mut buffer[len..end])? {
            0 => return Ok(len),
            read => len += read,
        }
    }
}

/// Returns the path of a page's URL relative to the site's URL; for an index file that of its folder.
pub(super) fn url_path(page: &str) -> String {
    match page.rsplit_once('/') {
        Some((folder, name)) if INDEX_FILES.contains(&name) => format!("/{folder}/"),
        None if INDEX_FILES.contains(&page) => "/".to_owned(),
        _ => format!("/{page}"),
    }
}

/// Returns the path of a page without its extension: `a/b` for `a/b.html` and `a/b/index.html`. The
/// name of the home page is empty.
pub(super) fn page_name(page: &str) -> &str {
    let folder = page.rsplit_once('/');
    match folder {
        Some((folder, name)) if INDEX_FILES.contains(&name) => folder,
        None if INDEX_FILES.contains(&page) => "",
        _ => page.rsplit_once('.').map_or(page, |(name, _)| name),
    }
}

/// Returns a URL without the name of an index file.
pub(super) fn without_index(url: &str) -> &str {
    INDEX_FILES
        .iter()
        .find_map(|index| url.strip_suffix(index).filter(|url| url.ends_with('/')))
        .unwrap_or(url)
}
