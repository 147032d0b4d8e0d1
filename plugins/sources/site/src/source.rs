//! The running source: it walks the content folders, reads each file once and sorts what it gets into
//! items and faults. No file stops another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use syndicate_api::{Context, Error, Fault, Item, Place, Result, Scan, Source, async_trait};

use crate::built::{self, Built, Joined, Joiner};
use crate::document::{Document, MAX_BYTES};
use crate::fields;
use crate::flaw::Flaw;
use crate::generators::PostFile;
use crate::options::{Content, SiteOptions};
use crate::site::{Site, root};
use crate::walk::{Selection, files};

/// A site whose posts are read.
#[derive(Debug)]
pub(crate) struct SiteSource {
    options: SiteOptions,
    place: Place,
}

impl SiteSource {
    /// The source that these options describe.
    pub(crate) fn new(options: SiteOptions, place: &Place) -> Result<Self> {
        let root = root(&options, place);
        if !root.is_dir() {
            return Err(Error::msg(format!(
                "the folder `{}` of source `{}` is not there (set its `path`)",
                root.display(),
                place.name
            )));
        }
        Ok(Self {
            options,
            place: place.clone(),
        })
    }
}

#[async_trait]
impl Source for SiteSource {
    async fn scan(&self, cx: &Context) -> Result<Scan> {
        let (options, place, now) = (self.options.clone(), self.place.clone(), cx.now());
        tokio::task::spawn_blocking(move || scan(&options, &place, now)).await?
    }

    fn roots(&self) -> Vec<PathBuf> {
        let root = root(&self.options, &self.place);
        // With a broken config, any change of the site may be the one that mends it.
        let Ok(site) = Site::load(&self.options, &self.place) else {
            return vec![root];
        };
        let output = Built::of(&site).map(|built| built.folder());
        let content = site.content().into_iter().map(|folder| folder.path);
        let statics = site.generator.statics().into_iter();
        let statics = statics.filter(|folder| folder != "." && root.join(folder).is_dir());
        let mut folders: Vec<PathBuf> = content
            .chain(statics)
            .map(|folder| match folder.as_str() {
                "." | "" => root.clone(),
                folder => root.join(folder),
            })
            .chain(output)
            .collect();
        folders.sort();
        folders.dedup_by(|folder, outer| folder.starts_with(outer));
        let configs = site.generator.config_files().into_iter();
        folders.extend(configs.map(|file| root.join(file)));
        folders
    }
}

/// The site, with the address that its pages tell where nothing else does.
fn load(options: &SiteOptions, place: &Place) -> Result<Site> {
    let site = Site::load(options, place)?;
    let told = || Built::of(&site).and_then(|built| built.base());
    Ok(match site.base.is_none().then(told).flatten() {
        Some(base) => site.at(base),
        None => site,
    })
}

/// Reads the whole site as it is at `now`.
fn scan(options: &SiteOptions, place: &Place, now: Timestamp) -> Result<Scan> {
    let site = load(options, place)?;
    if options.content == Content::Built {
        return built::scan(&site);
    }
    let selection = Selection::new(options, site.generator.extensions())?;
    let mut reading = Reading::new(&site, now);
    for folder in site.content() {
        let there = site.root.join(&folder.path).is_dir();
        if !there && folder.required {
            return Err(Error::msg(format!(
                "the folder of posts `{}` is not there (set `content` of source `{}`)",
                site.beside_pipeline(&folder.path),
                site.source
            )));
        }
        if there {
            let walked = files(&site.root, &folder.path, &selection);
            for (file, found) in walked.files {
                reading.take(&file, found);
            }
            let unlisted = walked.unlisted.into_iter();
            let faults = unlisted.map(|(path, flaw)| flaw.into_fault(&site.beside_pipeline(&path)));
            reading.scan.faults.extend(faults);
        }
    }
    Ok(reading.finish())
}

/// What was read so far.
struct Reading<'a> {
    site: &'a Site,
    now: Timestamp,
    scan: Scan,
    joiner: Option<Joiner<'a>>,
    read: Vec<Joined>,
    /// Each key and the index of the item that has it.
    keys: BTreeMap<String, usize>,
}

impl<'a> Reading<'a> {
    fn new(site: &'a Site, now: Timestamp) -> Self {
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

    /// Reads one file.
    fn take(&mut self, file: &PostFile, found: Result<PathBuf, Flaw>) {
        if !self.site.generator.takes(file) {
            return;
        }
        let path = self.site.beside_pipeline(&file.path);
        let read = found
            .as_ref()
            .map_err(Flaw::clone)
            .and_then(|path| read(path))
            .and_then(|bytes| Document::parse(bytes, self.site.generator.dialect()));
        let mut document = match read {
            Ok(document) => document,
            Err(flaw) => return self.scan.faults.push(flaw.into_fault(&path)),
        };
        if !document.front.present && !self.site.generator.takes_without_front_matter(file) {
            return;
        }
        document.front.inherited = self.site.generator.inherited(file, &document.front);
        if !self.site.generator.is_post(file, &document.front) {
            return;
        }
        match fields::item(self.site, file, document, self.now) {
            Ok((item, notes)) => {
                let notes = notes.into_iter().map(|note| format!("`{path}`: {note}"));
                self.scan.notes.extend(notes);
                self.read.push(match (&self.joiner, found) {
                    (Some(joiner), Ok(markdown)) => joiner.join(item, markdown),
                    _ => Joined::without_page(item),
                });
            }
            Err(flaw) => self.scan.faults.push(flaw.into_fault(&path)),
        }
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

    fn finish(mut self) -> Scan {
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
