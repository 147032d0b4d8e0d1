//! Reads Markdown files and sorts what it gets into items and faults. No file stops another; files
//! that clash are found at the end, when their pages have given them their addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use syndicate_api::{Code, Diagnostic, Error, Result, SourceScan, did_you_mean, suggest};

use crate::built::{self, Built, Joined, Joiner};
use crate::clashes::{self, listed};
use crate::conflict_copies;
use crate::document::{Document, MAX_BYTES};
use crate::fields::{self, FileItem};
use crate::generators::{Acceptance, RouteError};
use crate::identity::OWN_ID;
use crate::likely_copies;
use crate::options::Content;
use crate::permalink::{PLACEHOLDERS, is_date_part};
use crate::post_file::PostFile;
use crate::site::Site;
use crate::unread;
use crate::value::{cannot_read, unreadable};
use crate::walk::files;

/// Returns the error for a folder of posts that is missing, with the folder that was probably meant.
fn missing_folder(site: &Site, path: &str) -> Error {
    let shown = site.beside_pipeline(path);
    let entries = std::fs::read_dir(&site.root)
        .into_iter()
        .flatten()
        .flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let names: Vec<String> = names.collect();
    let hint = did_you_mean(path, names.iter().map(String::as_str));
    let hint = hint
        .unwrap_or_else(|| "set `content` to the folder of posts, relative to `path`".to_owned());
    let source = &site.source;
    let message = format!("the folder of posts `{shown}` of source `{source}` is missing");
    Diagnostic::option(&["content"], message)
        .with_hint(hint)
        .into()
}

/// Reads the whole site as it is at `now`.
///
/// # Errors
/// Returns an error if a pattern of the options is not a glob or a folder of posts is missing.
pub(crate) fn scan(site: &Site, now: Timestamp) -> Result<SourceScan> {
    if site.options.content == Content::Built {
        return built::scan(site);
    }
    let selection = site.selection()?;
    let mut reading = Reading::new(site, now);
    for folder in site.content() {
        let there = site.root.join(&folder.path).is_dir();
        if !there && folder.required {
            return Err(missing_folder(site, &folder.path));
        }
        if there {
            let walked = files(&site.root, &folder.path, &selection);
            let (posts, copies) = conflict_copies::split(walked.files);
            reading.take(posts);
            reading.leave_out(copies);
            reading.note_unread(&walked.unread);
            for (folder, diagnostic) in walked.unlisted {
                reading.miss(&folder, diagnostic);
            }
        }
    }
    Ok(reading.finish())
}

/// What was read so far.
struct Reading<'a> {
    site: &'a Site,
    now: Timestamp,
    scan: SourceScan,
    joiner: Option<Joiner<'a>>,
    read: Vec<Joined>,
    /// The files that were read, as one content folder may contain another.
    files: BTreeSet<String>,
    /// The copies that sync programs made, from the folder of pipeline.yaml.
    copies: Vec<String>,
    /// The posts in formats that are not read, from the folder of pipeline.yaml.
    unread: Vec<String>,
    /// The line of `syndicate.id` by the file's path from the folder of pipeline.yaml.
    id_lines: BTreeMap<String, usize>,
    /// The files of which there is the same to say, by that.
    notes: BTreeMap<String, Vec<String>>,
    /// The files of posts without an address, from the folder of pipeline.yaml.
    unrouted: Vec<(String, RouteError)>,
}

impl<'a> Reading<'a> {
    /// Nothing yet, of a site as it is at `now`.
    fn new(site: &'a Site, now: Timestamp) -> Self {
        let mut scan = SourceScan::default();
        if site.options.url.is_none() {
            scan.notes.clone_from(&site.conventions.config.url_notes);
        }
        scan.notes.extend_from_slice(&site.conventions.notes);
        Self {
            site,
            now,
            scan,
            joiner: Built::of(site).map(|built| Joiner::new(built, now)),
            read: Vec::new(),
            files: BTreeSet::new(),
            copies: Vec::new(),
            unread: Vec::new(),
            id_lines: BTreeMap::new(),
            notes: BTreeMap::new(),
            unrouted: Vec::new(),
        }
    }

    /// Reads files, several at once.
    fn take(&mut self, files: Vec<(PostFile, Result<PathBuf, Diagnostic>)>) {
        let known = &mut self.files;
        let mut is_new = |file: &PostFile| known.insert(file.on_disk.clone());
        let files: Vec<_> = files.into_iter().filter(|(file, _)| is_new(file)).collect();
        let read: Vec<Read> = files
            .into_par_iter()
            .filter_map(|(file, found)| self.read(&file, found))
            .collect();
        for Read {
            path,
            id_line,
            became,
        } in read
        {
            self.id_lines
                .extend(id_line.map(|line| (path.clone(), line)));
            match became {
                Ok(Became {
                    joined,
                    unrouted,
                    note,
                }) => {
                    if let Some(note) = note {
                        self.notes.entry(note).or_default().push(path.clone());
                    }
                    self.unrouted.extend(unrouted.map(|error| (path, error)));
                    self.read.push(joined);
                }
                Err(diagnostic) => self.scan.faults.push(diagnostic.in_file(path)),
            }
        }
    }

    /// What became of one file; nothing where it is no post.
    fn read(&self, file: &PostFile, found: Result<PathBuf, Diagnostic>) -> Option<Read> {
        let mut id_line = None;
        let item = match open(self.site, file, found.as_deref()) {
            Opened::Post(document) => {
                let front = &document.front;
                id_line = front.get(OWN_ID).and_then(|_| front.line_of(OWN_ID));
                fields::item(self.site, file, document, self.now)
            }
            Opened::Other(_) => return None,
            Opened::Unreadable(diagnostic) => Err(diagnostic),
        };
        let became = |read: FileItem| Became {
            note: read.protection_note(),
            joined: match (&self.joiner, found) {
                (Some(joiner), Ok(markdown)) => {
                    let is_protected = read.is_protected();
                    joiner.join(read.item, markdown, is_protected)
                }
                _ => Joined::without_page(read.item),
            },
            unrouted: read.unrouted,
        };
        Some(Read {
            path: self.site.beside_pipeline(&file.on_disk),
            id_line,
            became: item.map(became),
        })
    }

    /// Notes that a folder cannot be listed.
    fn miss(&mut self, folder: &str, diagnostic: Diagnostic) {
        let path = self.site.beside_pipeline(folder);
        self.scan.faults.push(diagnostic.in_file(path));
    }

    /// Notes files that are copies of other files.
    fn leave_out(&mut self, copies: Vec<(PostFile, String)>) {
        for (file, _) in copies {
            if self.files.insert(file.on_disk.clone()) {
                self.copies.push(self.site.beside_pipeline(&file.on_disk));
            }
        }
    }

    /// Notes files of formats that are not read.
    fn note_unread(&mut self, files: &[PostFile]) {
        for file in files {
            let is_post = self.site.generator.accepts(file) != Acceptance::Never;
            if is_post && unread::may_be_post(file) && self.files.insert(file.on_disk.clone()) {
                self.unread.push(self.site.beside_pipeline(&file.on_disk));
            }
        }
    }

    /// Reports the posts without an address. A placeholder of the user's pattern for which no post has a
    /// value is a fault of the pattern.
    fn report_unrouted(&mut self) {
        let pattern = self.site.options.permalink.as_deref();
        let mut names = self.unrouted.iter().map(|(_, error)| error.placeholder());
        let first = names.next().flatten();
        let is_of_all = self.read.iter().filter(|read| !read.item.draft).count()
            == self.unrouted.len()
            && names.all(|name| name == first);
        if let (Some(pattern), Some(name), true) = (pattern, first, is_of_all)
            && !is_date_part(name)
        {
            let fault = unknown_placeholder(pattern, name);
            self.scan.faults.push(fault);
            return;
        }
        for (path, error) in &self.unrouted {
            self.notes
                .entry(no_address(error))
                .or_default()
                .push(path.clone());
        }
    }

    /// All of it.
    fn finish(mut self) -> SourceScan {
        self.report_unrouted();
        let read = std::mem::take(&mut self.read);
        let mut items = match &self.joiner {
            Some(joiner) => joiner.finish(read),
            None => read.into_iter().map(|read| read.item).collect(),
        };
        likely_copies::hold(&mut items);
        let (items, clashes) = clashes::separate(items, &self.id_lines);
        self.scan.notes.extend(self.site.zone_note(&items));
        self.scan.items = items;
        let notes = self.notes.iter();
        let notes = notes.map(|(note, paths)| note_of_files(note, paths));
        self.scan.notes.extend(notes);
        self.scan.notes.extend(conflict_copies::note(&self.copies));
        self.scan.notes.extend(unread::notes(&self.unread));
        self.scan.faults.extend(clashes);
        if self.scan.items.is_empty() && self.scan.faults.is_empty() {
            let folders: Vec<String> = self
                .site
                .content()
                .iter()
                .map(|folder| format!("`{}`", self.site.beside_pipeline(&folder.path)))
                .collect();
            self.scan
                .notes
                .push(format!("no post lies in {}", folders.join(" or ")));
        }
        self.scan
    }
}

/// Returns the note about a post without an address.
pub(crate) fn no_address(error: &RouteError) -> String {
    format!("it has no address, since {}", error.reason())
}

/// Returns what there is to say of each of the files at `paths`, as one note.
fn note_of_files(note: &str, paths: &[String]) -> String {
    let names: Vec<&str> = paths.iter().map(String::as_str).collect();
    let names = listed(&names);
    let posts = match paths.len() {
        1 => return format!("{names}: {note}"),
        2 | 3 => names,
        count => format!("{count} posts ({names})"),
    };
    match note.strip_prefix("it has ") {
        Some(rest) => format!("{posts} have {rest}"),
        None => format!("{posts}, each: {note}"),
    }
}

fn unknown_placeholder(pattern: &str, name: &str) -> Diagnostic {
    let message = format!(
        "unknown placeholder `{name}` in the option `permalink`, `{pattern}`: no post has a value for it"
    );
    let diagnostic = Diagnostic::new(Code::InvalidConfig, message);
    match suggest(name, PLACEHOLDERS) {
        Some(hint) => diagnostic.with_hint(hint),
        None => diagnostic,
    }
}

/// What became of a file.
struct Read {
    /// The file, from the folder of pipeline.yaml.
    path: String,
    id_line: Option<usize>,
    became: Result<Became, Diagnostic>,
}

/// The item of a file and what there is to say about it.
struct Became {
    joined: Joined,
    /// Why it has no address.
    unrouted: Option<RouteError>,
    note: Option<String>,
}

/// A file of the content folders.
pub(crate) enum Opened {
    /// A post.
    Post(Document),
    /// None, and why.
    Other(&'static str),
    /// Perhaps one.
    Unreadable(Diagnostic),
}

/// Opens a file that was `found` there, or could not be.
pub(crate) fn open(site: &Site, file: &PostFile, found: Result<&Path, &Diagnostic>) -> Opened {
    let generator = &site.generator;
    let acceptance = generator.accepts(file);
    if acceptance == Acceptance::Never {
        return Opened::Other("the generator makes no post of a file with this name");
    }
    let document = found
        .map_err(Diagnostic::clone)
        .and_then(read)
        .and_then(|bytes| Document::parse(bytes, site.conventions.dialect));
    let mut document = match document {
        Ok(document) => document,
        Err(diagnostic) => return Opened::Unreadable(diagnostic),
    };
    if acceptance == Acceptance::WithFrontMatter && !document.front.present {
        return Opened::Other("it has no front matter");
    }
    if document.is_empty() {
        return Opened::Other("it is empty");
    }
    document.front.inherited = generator.inherited(file, &document.front);
    if !generator.is_post(file, &document.front) {
        return Opened::Other("the generator makes another kind of page of it");
    }
    Opened::Post(document)
}

/// The bytes of a file, unless it is too large.
fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let size = std::fs::metadata(path).map_err(cannot_read)?.len();
    if size > MAX_BYTES {
        return Err(unreadable(format!(
            "it has {size} bytes, and a post may have {MAX_BYTES}"
        ))
        .with_hint("leave it out by `exclude`"));
    }
    std::fs::read(path).map_err(cannot_read)
}
