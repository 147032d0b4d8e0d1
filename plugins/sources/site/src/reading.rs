//! Reads Markdown files and sorts what it gets into items and faults. No file stops another; two files
//! that are known by the same are told at the end, when their pages have given them their addresses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use syndicate_api::{Fault, Item, Scan};

use crate::built::{Built, Joined, Joiner};
use crate::document::{Document, MAX_BYTES};
use crate::fields;
use crate::flaw::Flaw;
use crate::generators::PostFile;
use crate::site::Site;

/// What was read so far.
pub(crate) struct Reading<'a> {
    site: &'a Site,
    now: Timestamp,
    scan: Scan,
    joiner: Option<Joiner<'a>>,
    read: Vec<Joined>,
    /// Each key and the index of the item that has it.
    keys: BTreeMap<String, usize>,
}

impl<'a> Reading<'a> {
    /// Nothing yet, of a site as it is at `now`.
    pub(crate) fn new(site: &'a Site, now: Timestamp) -> Self {
        let mut scan = Scan::default();
        if site.options.url.is_none() {
            scan.notes.clone_from(&site.generator.facts().url_notes);
        }
        scan.notes.extend(site.generator.notes());
        Self {
            site,
            now,
            scan,
            joiner: Built::of(site).map(|built| Joiner::new(built, now)),
            read: Vec::new(),
            keys: BTreeMap::new(),
        }
    }

    /// Reads files, several at once.
    pub(crate) fn take(&mut self, files: Vec<(PostFile, Result<PathBuf, Flaw>)>) {
        let read: Vec<Read> = files
            .into_par_iter()
            .filter_map(|(file, found)| self.read(&file, found))
            .collect();
        for Read { path, became } in read {
            match became {
                Ok((joined, notes)) => {
                    let notes = notes.into_iter().map(|note| format!("`{path}`: {note}"));
                    self.scan.notes.extend(notes);
                    self.read.push(joined);
                }
                Err(flaw) => self.scan.faults.push(flaw.into_fault(&path)),
            }
        }
    }

    /// What became of one file; nothing where it is no post.
    fn read(&self, file: &PostFile, found: Result<PathBuf, Flaw>) -> Option<Read> {
        let item = match open(self.site, file, found.as_deref()) {
            Opened::Post(document) => fields::item(self.site, file, document, self.now),
            Opened::Other(_) => return None,
            Opened::Unreadable(flaw) => Err(flaw),
        };
        let joined = |item| match (&self.joiner, found) {
            (Some(joiner), Ok(markdown)) => joiner.join(item, markdown),
            _ => Joined::without_page(item),
        };
        Some(Read {
            path: self.site.beside_pipeline(&file.path),
            became: item.map(|(item, notes)| (joined(item), notes)),
        })
    }

    /// Notes that a folder cannot be listed.
    pub(crate) fn miss(&mut self, folder: &str, flaw: Flaw) {
        let fault = flaw.into_fault(&self.site.beside_pipeline(folder));
        self.scan.faults.push(fault);
    }

    /// Keeps an item unless another one has one of its keys.
    fn keep(&mut self, item: Item) {
        let clash = item
            .keys
            .iter()
            .find_map(|key| Some((key, *self.keys.get(key)?)));
        if let Some((key, index)) = clash {
            let other = self.scan.items[index].label();
            self.scan.faults.push(Fault {
                message: format!("it is known as `{key}`, and so is `{other}`"),
                hint: Some("give one of them another address, alias or `syndicate.id`".to_owned()),
                path: item.path.unwrap_or_default(),
                line: None,
                column: None,
            });
            return;
        }
        let index = self.scan.items.len();
        self.keys
            .extend(item.keys.iter().map(|key| (key.clone(), index)));
        self.scan.items.push(item);
    }

    /// All of it.
    pub(crate) fn finish(mut self) -> Scan {
        let read = std::mem::take(&mut self.read);
        let items = match &self.joiner {
            Some(joiner) => joiner.finish(read),
            None => read.into_iter().map(|read| read.item).collect(),
        };
        items.into_iter().for_each(|item| self.keep(item));
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

/// What became of a file.
struct Read {
    /// The file, from the folder of pipeline.yaml.
    path: String,
    /// The item, and what there is to say about it.
    became: Result<(Joined, Vec<String>), Flaw>,
}

/// A file of the content folders.
pub(crate) enum Opened {
    /// A post.
    Post(Document),
    /// None, and why.
    Other(&'static str),
    /// Perhaps one.
    Unreadable(Flaw),
}

/// Opens a file that was `found` there, or could not be.
pub(crate) fn open(site: &Site, file: &PostFile, found: Result<&Path, &Flaw>) -> Opened {
    let generator = &site.generator;
    if !generator.takes(file) {
        return Opened::Other("the generator makes no post of a file with this name");
    }
    let document = found
        .map_err(Flaw::clone)
        .and_then(read)
        .and_then(|bytes| Document::parse(bytes, generator.dialect()));
    let mut document = match document {
        Ok(document) => document,
        Err(flaw) => return Opened::Unreadable(flaw),
    };
    if !document.front.present && !generator.takes_without_front_matter(file) {
        return Opened::Other("it has no front matter");
    }
    document.front.inherited = generator.inherited(file, &document.front);
    if !generator.is_post(file, &document.front) {
        return Opened::Other("the generator makes another kind of page of it");
    }
    Opened::Post(document)
}

/// The bytes of a file, unless it is too large.
fn read(path: &Path) -> Result<Vec<u8>, Flaw> {
    let unreadable = |error: std::io::Error| Flaw::new(format!("it cannot be read: {error}"));
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(Flaw::new(format!(
            "it has {size} bytes, and a post may have {MAX_BYTES}"
        ))
        .hinted("leave it out by `exclude`"));
    }
    std::fs::read(path).map_err(unreadable)
}
