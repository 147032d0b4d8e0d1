//! Updates the scan of a site after some posts were saved: only their files are read. Everything else that changes,
//! such as a config file, a picture or a post whose URL another one has, needs a full scan.

mod index;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Context, IncrementalScan, Item, ItemChange, Result, async_trait, nfc};

pub(crate) use self::index::{ItemIndex, ScanFacts};

use self::index::{FilePlace, place_of_file};
use crate::conflict_copies::has_copy_word;
use crate::post_file::PostFile;
use crate::read_file::read_files;
use crate::site::Site;
use crate::walk::{self, Selection, has_extension};

/// Endings of the names of files that editors create while they save another file.
const SCRATCH_ENDINGS: &[&str] = &["~", ".swp", ".swx", ".swpx", ".tmp"];

/// Folders in which editors keep their settings.
const EDITOR_FOLDERS: &[&str] = &[".obsidian", ".vscode", ".idea"];

/// The scan of a site that is updated when posts are saved.
pub(crate) struct IncrementalSite {
    site: Arc<Site>,
    selection: Selection,
    /// The absolute path of the site's root.
    root: PathBuf,
    index: ItemIndex,
}

/// The effect of a changed path.
enum Effect {
    /// No item changes.
    None,
    /// The item at this place is gone.
    Removed(FilePlace),
    /// A post was read.
    Post(FilePlace, Arc<Item>),
    /// It is not known without a full scan.
    Unknown,
}

impl IncrementalSite {
    /// Returns the scan of `site` whose items `index` has.
    ///
    /// # Errors
    /// Returns an error if a pattern of the options is not a glob.
    pub(crate) fn new(site: Arc<Site>, index: ItemIndex) -> Result<Self> {
        Ok(Self {
            selection: site.selection()?,
            root: std::path::absolute(&site.root)?,
            site,
            index,
        })
    }

    /// Reads the file at `path` again.
    fn read(&self, path: &Path, now: Timestamp) -> Effect {
        let below = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        let Some(on_disk) = below.map(|below| below.replace('\\', "/")) else {
            return Effect::Unknown;
        };
        if is_scratch(&on_disk) {
            return Effect::None;
        }
        let folders = self.site.content();
        let name = nfc(&on_disk);
        let is_post = has_extension(path, self.site.conventions.extensions);
        let Some((place, below)) = place_of_file(&folders, &name).filter(|_| is_post) else {
            return Effect::Unknown;
        };
        let known = self.index.position(&place).ok();
        let is_known = known.is_some();
        let shown = self.site.relative_to_pipeline(&on_disk);
        let has_twin = known.is_some_and(|at| !self.index.is_of_file(at, &shown));
        if self.index.is_reported(&shown) || has_twin || is_section(below) {
            return Effect::Unknown;
        }
        let changes_names = self.site.generator.depends_on_other_pages()
            || self.index.has_copy_names()
            || has_copy_word(&name);
        match std::fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return match (changes_names, is_known) {
                    (true, _) => Effect::Unknown,
                    (false, true) => Effect::Removed(place),
                    (false, false) => Effect::None,
                };
            }
            _ => return Effect::Unknown,
        }
        if is_known {
            let file = PostFile::new(&on_disk, below);
            return self.read_post(place, file, Ok(path.to_owned()), now);
        }
        if changes_names {
            return Effect::Unknown;
        }
        let folder = &folders[place.folder].path;
        match walk::file(&self.site.root, folder, &self.selection, &on_disk) {
            Some((file, found)) => self.read_post(place, file, found, now),
            None => Effect::None,
        }
    }

    fn read_post(
        &self,
        place: FilePlace,
        file: PostFile,
        found: walk::ReadablePath,
        now: Timestamp,
    ) -> Effect {
        match read_files((&self.site, false), vec![(file, found)], now).pop() {
            Some(outcome) => match outcome.into_item() {
                Some(item) => Effect::Post(place, item),
                None => Effect::Unknown,
            },
            None if self.index.position(&place).is_ok() => Effect::Removed(place),
            None => Effect::None,
        }
    }

    /// Applies the effect of a change. Returns `None` if it may change other items.
    fn apply(&mut self, effect: Effect) -> Option<Option<ItemChange>> {
        let (change, is_isolated) = match effect {
            Effect::None => return Some(None),
            Effect::Unknown => return None,
            Effect::Removed(place) => {
                let at = self.index.position(&place).ok()?;
                (ItemChange::Remove(at), self.index.remove(at, &self.site))
            }
            Effect::Post(place, item) => match self.index.position(&place) {
                Ok(at) => {
                    let is_isolated = self.index.replace(at, &self.site, &item);
                    (ItemChange::Replace(at, item), is_isolated)
                }
                Err(at) => {
                    let is_isolated = self.index.insert(at, place, &self.site, &item);
                    (ItemChange::Insert(at, item), is_isolated)
                }
            },
        };
        is_isolated.then_some(Some(change))
    }
}

#[async_trait]
impl IncrementalScan for IncrementalSite {
    async fn update(
        &mut self,
        cx: &Context,
        changed: &[PathBuf],
    ) -> Result<Option<Vec<ItemChange>>> {
        let now = cx.now();
        self.site.folders.forget();
        let effects = changed.iter().map(|path| self.read(path, now));
        let mut effects: Vec<Effect> = effects.collect();
        // A renamed post keeps its URL, so the old file is removed before the new one is added.
        effects.sort_by_key(|effect| matches!(effect, Effect::Post(..)));
        let changes = effects.into_iter().map(|effect| self.apply(effect));
        let changes: Option<Vec<_>> = changes.collect();
        Ok(changes.map(|changes| changes.into_iter().flatten().collect()))
    }
}

/// Returns `true` if editors use the file at `path`, and no generator reads it.
fn is_scratch(path: &str) -> bool {
    let is_editors = path.split('/').any(|part| EDITOR_FOLDERS.contains(&part));
    is_editors || SCRATCH_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Returns `true` if the file at `path` is the page of a section, which other pages inherit values from.
fn is_section(path: &str) -> bool {
    let name = crate::paths::basename(path);
    name.starts_with("_index.")
}

#[cfg(test)]
mod tests;
