//! Compares incremental scans with full ones after random edits.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use syndicate_api::testkit::trials;
use syndicate_api::{IncrementalScan, Item, ItemChange, SourceScan};

use crate::tests::{TestSite, block_on, context, source, today};

/// Names of files. Some of them are copies of others, sections or not posts at all.
const NAMES: &[&str] = &[
    "a.md",
    "b.md",
    "c.md",
    "c 2.md",
    "c copy.md",
    "2026-05-20-d.md",
    "e/index.md",
    "e/f.md",
    "e/_index.md",
    "README.md",
    "a.md~",
    "data.yml",
    "ü.md",
    "u\u{308}.md",
];

/// A post that each site has from the beginning.
const SAVED: &str = "2026-01-02-z.md";

/// Lines of front matter, of which each post has some.
const LINES: &[&str] = &[
    "title: One",
    "title: Two",
    "date: 2026-05-20",
    "date: 2026-05-21T23:30:00Z",
    "slug: same",
    "aliases: [/old/]",
    "aliases: [/posts/a/]",
    "syndicate: {id: one}",
    "draft: true",
    "permalink: /posts/a/",
    "canonical_url: https://example.net/x/",
    "date: no date",
    "password: secret",
    "cascade: {draft: true}",
];

/// An edit of a file by index of its name.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, Vec<usize>),
    Remove(usize),
    Rename(usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let name = 0..NAMES.len();
    let lines = prop::collection::vec(0..LINES.len(), 0..4);
    prop_oneof![
        4 => (name.clone(), lines).prop_map(|(name, lines)| Edit::Write(name, lines)),
        1 => name.clone().prop_map(Edit::Remove),
        1 => (name.clone(), name).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

/// Makes the edit below `folder`, and returns the changed paths.
fn make(folder: &std::path::Path, edit: &Edit, number: usize) -> Vec<PathBuf> {
    let path = |name: &usize| folder.join(NAMES[*name]);
    match edit {
        Edit::Write(name, lines) => {
            let mut lines: Vec<&str> = lines.iter().map(|line| LINES[*line]).collect();
            lines.sort_by_key(|line| line.split(':').next());
            lines.dedup_by_key(|line| line.split(':').next());
            let text = format!("---\n{}\n---\nText {number}.\n", lines.join("\n"));
            fs::write(path(name), text).unwrap();
            vec![path(name)]
        }
        Edit::Remove(name) => {
            fs::remove_file(path(name)).ok();
            vec![path(name)]
        }
        Edit::Rename(from, to) => {
            fs::rename(path(from), path(to)).ok();
            vec![path(from), path(to)]
        }
    }
}

fn apply(items: &mut Vec<Arc<Item>>, changes: Vec<ItemChange>) {
    for change in changes {
        match change {
            ItemChange::Insert(at, item) => items.insert(at, item),
            ItemChange::Replace(at, item) => items[at] = item,
            ItemChange::Remove(at) => drop(items.remove(at)),
        }
    }
}

/// Returns the differences between two scans.
fn differences(one: &SourceScan, other: &SourceScan) -> Vec<String> {
    let lines = |scan: &SourceScan| {
        let items = scan.items.iter().map(|item| format!("{:?}", item.keys));
        let faults = scan.faults.iter().map(|fault| format!("{fault:?}"));
        let notes = scan.notes.iter().cloned();
        items.chain(faults).chain(notes).collect::<Vec<String>>()
    };
    let items = one.items.iter().zip(&other.items);
    let mut unequal = items.filter(|(one, other)| one != other);
    if let Some((one, other)) = unequal.next() {
        return vec![format!("{one:?}"), format!("{other:?}")];
    }
    let (one, other) = (lines(one), lines(other));
    if one == other {
        return Vec::new();
    }
    let only = |of: &[String], not: &[String]| {
        let only = of.iter().filter(|line| !not.contains(line));
        only.cloned().collect::<Vec<String>>()
    };
    let both = [only(&one, &other), only(&other, &one)].concat();
    [vec!["the order or".to_owned()], both].concat()
}

/// A watched site, scanned incrementally where possible.
struct WatchedSite {
    site: TestSite,
    /// The folder of posts.
    folder: PathBuf,
    scan: SourceScan,
    incremental: Option<Box<dyn IncrementalScan>>,
}

impl WatchedSite {
    fn new(site: TestSite, folder: &str) -> Self {
        let folder = site.path().join(folder);
        fs::create_dir_all(folder.join("e")).unwrap();
        for name in ["2026-01-01-y.md", SAVED] {
            let text = format!("---\ntitle: {name}\ndate: 2026-01-01\n---\nText of {name}.\n");
            fs::write(folder.join(name), text).unwrap();
        }
        let mut watched = Self {
            site,
            folder,
            scan: SourceScan::default(),
            incremental: None,
        };
        watched.scan_all();
        watched
    }

    fn scan_all(&mut self) {
        let source = source(self.site.path(), self.site.options()).unwrap();
        let scanned = block_on(source.scan_and_watch(&context(today())));
        (self.scan, self.incremental) = scanned.unwrap();
    }

    /// Makes the edits, updates the scan, and compares it with a full one.
    fn change(&mut self, edits: &[Edit], number: usize) {
        let changed = edits
            .iter()
            .flat_map(|edit| make(&self.folder, edit, number));
        let changed: Vec<PathBuf> = changed.collect();
        let update = self.incremental.as_mut().and_then(|incremental| {
            block_on(incremental.update(&context(today()), &changed)).unwrap()
        });
        match update {
            Some(changes) => apply(&mut self.scan.items, changes),
            None => self.scan_all(),
        }
        let differences = differences(&self.scan, &self.site.scan_today());
        assert!(differences.is_empty(), "{edits:?}: {differences:#?}");
    }
}

/// The sites, each with its folder of posts.
fn sites() -> Vec<WatchedSite> {
    let plain = TestSite::new()
        .option("url", json!("https://example.org"))
        .option("permalink", json!("/posts/:slug/"));
    let rooted = TestSite::new()
        .option("content", json!("."))
        .option("url", json!("https://example.org"))
        .option("permalink", json!("/posts/:slug/"));
    let jekyll = TestSite::new().file(
        "_config.yml",
        "url: https://example.org\npermalink: /:title/\nkramdown: {}\n",
    );
    let hugo = TestSite::new()
        .file("hugo.toml", "baseURL = 'https://example.org/'\n")
        .file("content/posts/x.md", "---\ntitle: X\n---\nX.\n");
    let hexo = TestSite::hexo("permalink: :title/\n");
    vec![
        WatchedSite::new(plain.option("content", json!("posts")), "posts"),
        WatchedSite::new(rooted, "."),
        WatchedSite::new(jekyll, "_posts"),
        WatchedSite::new(hugo, "content/posts"),
        WatchedSite::new(hexo, "source/_posts"),
    ]
}

#[test]
fn incremental_scan_equals_full_scan() {
    let mut config = Config::with_cases(trials(12));
    config.failure_persistence = None;
    let steps = prop::collection::vec(prop::collection::vec(edit(), 1..3), 1..12);
    TestRunner::new(config)
        .run(&steps, |steps| {
            for site in &mut sites() {
                for (number, edits) in steps.iter().enumerate() {
                    site.change(edits, number);
                }
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn saved_post_is_read_alone() {
    for site in &mut sites() {
        let saved = site.folder.join(SAVED);
        fs::write(
            &saved,
            "---\ntitle: New\ndate: 2026-01-01\n---\nNew text.\n",
        )
        .unwrap();
        let incremental = site.incremental.as_mut().unwrap();
        let changes = block_on(incremental.update(&context(today()), &[saved])).unwrap();
        let Some([ItemChange::Replace(_, item)]) = changes.as_deref() else {
            panic!("{changes:?}");
        };
        assert_eq!(item.title.as_deref(), Some("New"));
    }
}
