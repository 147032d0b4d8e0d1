//! Scans a site: reads its Markdown files and returns items and diagnostics. A bad file does not stop the
//! others. Clashing files are found at the end, when built pages have supplied the URLs.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::iter::{
    IndexedParallelIterator as _, IntoParallelIterator as _, IntoParallelRefMutIterator as _,
    ParallelIterator as _,
};
use rustc_hash::FxHashSet;
use syndicate_api::{Result, SourceScan};

use crate::built::{self, BuiltSite, Joined, Joiner};
use crate::clashes;
use crate::conflict_copies::{self, FoundFile};
use crate::generators::{Acceptance, RouteError};
use crate::incremental::{ItemIndex, ScanFacts};
use crate::likely_copies;
use crate::linked_posts::LinkedPosts;
use crate::options::ContentOption;
use crate::permalink::is_date_part;
use crate::post_file::PostFile;
use crate::read_file::{FileOutcome, ReadPost, read_files};
use crate::scan_notes::{
    combine_note, missing_folders, missing_url_note, no_posts_note, unknown_placeholder,
};
use crate::site::Site;
use crate::unsupported_formats;
use crate::walk::files;

/// The number of files from which they are read in parallel. Starting the threads takes as long as reading this many.
const PARALLEL_FILES: usize = 32;

/// The number of files that a thread reads at a time.
const CHUNK_FILES: usize = 16;

/// The number of files that are read before their results are collected. It bounds the memory for those.
const BATCH_FILES: usize = 4096;

/// Reads the whole site as of `now`.
///
/// # Errors
/// Returns an error if a pattern of the options is not a glob or a folder of posts is missing.
pub(crate) fn scan(site: &Arc<Site>, now: Timestamp) -> Result<SourceScan> {
    if site.options.content == ContentOption::Built {
        return built::scan(site);
    }
    Ok(read_all(site, now)?.finish(None))
}

/// Reads the whole site as of `now`, and indexes its items for later changes. The index is `None` if every change needs a
/// full scan.
///
/// # Errors
/// Returns the same errors as [`scan`].
pub(crate) fn scan_indexed(
    site: &Arc<Site>,
    now: Timestamp,
) -> Result<(SourceScan, Option<ItemIndex>)> {
    if site.options.content == ContentOption::Built {
        return Ok((built::scan(site)?, None));
    }
    let mut index = None;
    let scan = read_all(site, now)?.finish(Some(&mut index));
    Ok((scan, index))
}

/// Reads the files of all content folders.
fn read_all(site: &Arc<Site>, now: Timestamp) -> Result<Scanner<'_>> {
    let selection = site.selection()?;
    let mut scanner = Scanner::new(site, now);
    let mut missing = site.content();
    missing.retain(|folder| folder.required && !site.root.join(&folder.path).is_dir());
    if !missing.is_empty() {
        return Err(missing_folders(site, &missing));
    }
    for folder in site.content() {
        if site.root.join(&folder.path).is_dir() {
            let walked = files(&site.root, &folder.path, &selection);
            let (posts, copies) = conflict_copies::separate_copies(walked.files);
            scanner.read_files(posts);
            scanner.note_copies(copies);
            scanner.note_unsupported(&walked.unsupported);
            for folder in walked.unlisted {
                let shown = site.relative_to_pipeline(&folder.path);
                scanner.scan.faults.push(folder.diagnostic(&shown));
            }
        }
    }
    Ok(scanner)
}

/// Searches for the pages of posts. Reading all files first keeps the code for either in the processor's cache, which
/// saves a fourteenth of the time.
fn find_pages(read: &mut [FileOutcome], joiner: &Joiner<'_>, is_small: bool) {
    let find = |outcome: &mut FileOutcome| outcome.find_page(joiner);
    match is_small {
        true => read.iter_mut().for_each(find),
        false => read.par_iter_mut().for_each(find),
    }
}

/// The state of a scan.
struct Scanner<'a> {
    site: &'a Arc<Site>,
    now: Timestamp,
    scan: SourceScan,
    joiner: Option<Joiner<'a>>,
    read: Vec<Joined>,
    /// The files that were read. One content folder may contain another, so a file may be found twice.
    files: FxHashSet<Arc<str>>,
    /// The copies by sync programs, relative to pipeline.yaml.
    copies: Vec<String>,
    /// The posts in unsupported formats, relative to pipeline.yaml.
    unsupported: Vec<String>,
    /// The line of `syndicate.id`, by the file's path relative to pipeline.yaml.
    id_lines: BTreeMap<String, usize>,
    /// The files that each note is about, by the note.
    notes: BTreeMap<String, Vec<String>>,
    /// The links among the files, if a link to a post is not another post.
    links: LinkedPosts,
    /// The posts without a URL, relative to pipeline.yaml.
    without_url: Vec<(String, RouteError)>,
}

impl<'a> Scanner<'a> {
    /// Starts a scan of `site` as of `now`.
    fn new(site: &'a Arc<Site>, now: Timestamp) -> Self {
        let mut scan = SourceScan::default();
        if site.options.url.is_none() {
            scan.notes.clone_from(&site.conventions.config.url_notes);
        }
        scan.notes.extend_from_slice(&site.conventions.notes);
        Self {
            site,
            now,
            scan,
            joiner: BuiltSite::of(site).map(|built| Joiner::new(built, now)),
            read: Vec::new(),
            files: FxHashSet::default(),
            copies: Vec::new(),
            unsupported: Vec::new(),
            id_lines: BTreeMap::new(),
            notes: BTreeMap::new(),
            links: LinkedPosts::default(),
            without_url: Vec::new(),
        }
    }

    /// Reads files, many of them in parallel.
    fn read_files(&mut self, files: Vec<FoundFile>) {
        let known = &mut self.files;
        let mut is_new = |file: &PostFile| known.insert(Arc::clone(&file.on_disk));
        let files: Vec<_> = files.into_iter().filter(|(file, _)| is_new(file)).collect();
        if self.site.conventions.reads_linked_posts_once {
            self.links.record(self.site, &files);
        }
        if let Some(joiner) = &self.joiner {
            joiner.prepare(files.len());
        }
        let mut files = files.into_iter();
        while files.len() > 0 {
            let batch: Vec<_> = files.by_ref().take(BATCH_FILES).collect();
            let (site, joiner, now) = (self.site, self.joiner.as_ref(), self.now);
            let read_files = |files| read_files((site, joiner.is_some()), files, now);
            let is_small = batch.len() < PARALLEL_FILES;
            let mut read: Vec<FileOutcome> = match is_small {
                true => read_files(batch),
                false => {
                    let chunks = batch.into_par_iter().chunks(CHUNK_FILES);
                    chunks.flat_map_iter(read_files).collect()
                }
            };
            if let Some(joiner) = joiner {
                find_pages(&mut read, joiner, is_small);
            }
            read.into_iter().for_each(|outcome| self.collect(outcome));
        }
    }

    /// Adds the result of reading a file.
    fn collect(&mut self, outcome: FileOutcome) {
        let FileOutcome {
            path,
            id_line,
            result,
        } = outcome;
        self.id_lines
            .extend(id_line.map(|line| (path.clone(), line)));
        match result {
            Ok(ReadPost {
                joined,
                route_error,
                note,
            }) => {
                if let Some(note) = note {
                    self.notes.entry(note).or_default().push(path.clone());
                }
                self.without_url
                    .extend(route_error.map(|error| (path, error)));
                self.read.push(joined);
            }
            Err(diagnostics) => {
                let faults = diagnostics.into_iter().map(|of| of.in_file(&*path));
                self.scan.faults.extend(faults);
            }
        }
    }

    /// Records files that are copies of other files.
    fn note_copies(&mut self, copies: Vec<(PostFile, String)>) {
        for (file, _) in copies {
            if self.files.insert(Arc::clone(&file.on_disk)) {
                self.copies
                    .push(self.site.relative_to_pipeline(&file.on_disk));
            }
        }
    }

    /// Records files in unsupported formats.
    fn note_unsupported(&mut self, files: &[PostFile]) {
        for file in files {
            let is_post = self.site.generator.accepts(file) != Acceptance::Never;
            if is_post
                && unsupported_formats::may_be_post(file)
                && self.files.insert(Arc::clone(&file.on_disk))
            {
                self.unsupported
                    .push(self.site.relative_to_pipeline(&file.on_disk));
            }
        }
    }

    /// Reports the posts without a URL. If no post has a value for a placeholder of the user's pattern, the
    /// pattern itself is reported as invalid.
    fn report_missing_urls(&mut self) {
        let pattern = self.site.options.permalink.as_deref();
        let mut names = self
            .without_url
            .iter()
            .map(|(_, error)| error.placeholder());
        let first = names.next().flatten();
        let is_of_all = self.read.iter().filter(|read| !read.item.draft).count()
            == self.without_url.len()
            && names.all(|name| name == first);
        if let (Some(pattern), Some(name), true) = (pattern, first, is_of_all)
            && !is_date_part(name)
        {
            let fault = unknown_placeholder(&self.site.source, pattern, name);
            self.scan.faults.push(fault);
            return;
        }
        for (path, error) in &self.without_url {
            self.notes
                .entry(missing_url_note(error))
                .or_default()
                .push(path.clone());
        }
    }

    /// Removes what was read by a link to a file that is read otherwise too.
    fn remove_linked_posts(&mut self) {
        let read = self.read.iter().map(|read| read.item.path.as_deref());
        let faults = self.scan.faults.iter().map(|fault| fault.path.as_deref());
        let repeated = self.links.repeated(read.chain(faults).flatten());
        let is_repeated = |path: Option<&str>| path.is_some_and(|path| repeated.contains_key(path));
        self.read
            .retain(|read| !is_repeated(read.item.path.as_deref()));
        self.scan
            .faults
            .retain(|fault| !is_repeated(fault.path.as_deref()));
        self.without_url
            .retain(|(path, _)| !is_repeated(Some(path.as_str())));
        for paths in self.notes.values_mut() {
            paths.retain(|path| !is_repeated(Some(path.as_str())));
        }
        self.notes.retain(|_, paths| !paths.is_empty());
        for (link, file) in repeated {
            let note = format!("it is a link to `{file}`, which is read once");
            self.notes.entry(note).or_default().push(link);
        }
    }

    /// Joins the posts with their pages, separates clashing posts and returns the result. Stores in `index` the index for
    /// later changes.
    fn finish(mut self, index: Option<&mut Option<ItemIndex>>) -> SourceScan {
        self.remove_linked_posts();
        self.report_missing_urls();
        let read = std::mem::take(&mut self.read);
        let mut items = match &self.joiner {
            Some(joiner) => joiner.finish(read),
            None => read.into_iter().map(|read| read.item).collect(),
        };
        let index = index.map(|index| {
            let facts = ScanFacts {
                is_joined: self.joiner.is_some(),
                files: &self.files,
                faults: &self.scan.faults,
                notes: &self.notes,
                without_url: self.without_url.len(),
            };
            *index = ItemIndex::of(self.site, &items, &facts);
            index
        });
        likely_copies::hold(&mut items);
        let (items, clashes) = clashes::separate(items, &self.id_lines);
        if let Some(index) = index.filter(|_| !clashes.is_empty() || !self.links.is_empty()) {
            *index = None;
        }
        self.scan
            .notes
            .extend(self.site.zone_note(items.iter().map(|item| &**item)));
        self.scan.items = items;
        let notes = self.notes.iter();
        let notes = notes.map(|(note, paths)| combine_note(note, paths));
        self.scan.notes.extend(notes);
        self.scan.notes.extend(conflict_copies::note(&self.copies));
        self.scan
            .notes
            .extend(unsupported_formats::notes(&self.unsupported));
        self.scan.faults.extend(clashes);
        if self.scan.items.is_empty() && self.scan.faults.is_empty() {
            self.scan.notes.push(no_posts_note(self.site));
        }
        self.scan
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use syndicate_api::ComponentContext;

    use super::*;
    use crate::tests::{TestSite, today};

    #[test]
    fn removed_file_has_no_fault() {
        let folder = TestSite::new()
            .file("one.md", "---\ntitle: One\n---\n")
            .file("two.md", "---\ntitle: Two\n---\n");
        let place = ComponentContext {
            name: "blog".to_owned(),
            base: folder.path().to_path_buf(),
        };
        let options = serde_json::from_value(json!({"url": "https://example.org"})).unwrap();
        let site = Arc::new(Site::load(&options, &place, &jiff::tz::TimeZone::UTC).unwrap());
        let listed = files(&site.root, ".", &site.selection().unwrap()).files;
        std::fs::rename(folder.path().join("two.md"), folder.path().join("2.md")).unwrap();
        let mut scanner = Scanner::new(&site, today());
        scanner.read_files(listed);
        let scan = scanner.finish(None);
        let titles: Vec<_> = scan
            .items
            .iter()
            .map(|item| item.title.as_deref())
            .collect();
        assert_eq!((titles, scan.faults), (vec![Some("One")], vec![]));
    }

    #[test]
    fn files_of_all_sizes_are_read_in_order() {
        let mut folder = TestSite::new();
        for index in 0..50 {
            let text = match index % 10 {
                3 => "---\ntitle: [\n---\n".to_owned(),
                7 => String::new(),
                _ => {
                    let body = "Words. ".repeat(5_000 * (index % 5));
                    format!("---\ntitle: Post {index}\n---\n{body}\n")
                }
            };
            folder = folder.file(&format!("{index:02}.md"), &text);
        }
        let scan = folder.scan();
        let titles = scan.items.iter().map(|item| item.title.clone().unwrap());
        let posts = (0..50).filter(|index| !matches!(index % 10, 3 | 7));
        let expected = posts.map(|index| format!("Post {index}"));
        assert_eq!(titles.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        assert_eq!(scan.faults.len(), 5);
    }
}
