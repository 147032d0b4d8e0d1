//! Compares the small sites of `tests/sites` with their own generators: the items of `items` match the
//! generator's records, no post is missing, and none is added. `tests/sites/README.md` describes the
//! records.

mod compare;
mod reading;
mod truth;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

pub(crate) use compare::{Field, compare, is_at, would_be_sent};
pub(crate) use reading::Reading;
pub(crate) use truth::{Truth, lines};

/// Source options that a user must set because the generator's config does not contain them.
const OPTIONS: &[(&str, &str)] = &[(
    "plain",
    ", url: 'https://example.org', permalink: '/:slug/', timezone: Europe/Oslo",
)];

/// Accepted differences from the generator: the site, parts of the difference, and the reason.
const DIFFERENCES: &[(&str, &[&str], &str)] = &[
    (
        "docusaurus",
        &[
            "-unlisted.md: Built",
            "-unlisted.md: Page",
            "/unlisted/index.html: Missing",
        ],
        "a page that no list shows is not announced",
    ),
    (
        "docusaurus",
        &["/dated-name/index.html: Tags"],
        "Docusaurus joins a post's tags to one `article:tag`, and a tag may have a comma",
    ),
    (
        "eleventy",
        &["future.md: Built", "future/index.html: Built"],
        "a post of the future waits for its day, though Eleventy shows it",
    ),
    (
        "pelican",
        &["hidden.md: Draft", "hidden.md: Built", "hidden.md: Page"],
        "a page that no list shows is not announced, so `hidden` is read as a draft",
    ),
];

macro_rules! sites {
    ($($name:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($name)),*];

        $(#[test]
        fn $name() {
            assert_agrees(stringify!($name));
        })*
    };
}

sites! { astro docusaurus eleventy gatsby hexo hugo jekyll next pelican plain zola }

#[test]
fn every_site_is_tested() {
    let entries = std::fs::read_dir(folder()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let sites: BTreeSet<String> = paths
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(sites, NAMES.iter().map(|name| (*name).to_owned()).collect());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

fn assert_agrees(name: &str) {
    let folder = folder().join(name);
    let truth = Truth::of(&folder);
    assert!(!truth.is_empty(), "{name} has no truth");
    let mut found = differences(Reading::Markdown, &folder, name, &truth);
    if folder.join("output").is_dir() {
        found.extend(differences(Reading::Joined, &folder, name, &truth));
        found.extend(differences(Reading::Pages, &folder, name, &truth));
    }
    let expected = DIFFERENCES.iter().filter(|(site, ..)| *site == name);
    for part in expected.flat_map(|(_, parts, _)| *parts) {
        let before = found.len();
        found.retain(|line| !line.contains(part));
        assert!(found.len() < before, "{name}: no longer differs: {part}");
    }
    assert!(found.is_empty(), "{name}: {found:#?}");
}

/// Returns every difference between the generator and the program, one per line.
fn differences(reading: Reading, folder: &Path, name: &str, truth: &[Truth]) -> Vec<String> {
    let options = OPTIONS.iter().find(|(site, _)| *site == name);
    let items = reading.items(folder, ".", options.map_or("", |(_, options)| options));
    let (key, own_key) = match reading {
        Reading::Pages => ("page", "html"),
        Reading::Markdown | Reading::Joined => ("path", "source"),
    };
    let mut items: BTreeMap<&str, &Value> = items
        .iter()
        .map(|item| {
            let path = item[key].as_str().unwrap_or_default();
            (path.split_once('/').unwrap_or_default().1, item)
        })
        .collect();
    let mut found = Vec::new();
    for post in truth {
        let Some(path) = post.text(own_key) else {
            continue;
        };
        let lines = match items.remove(path) {
            None => vec!["Missing".to_owned()],
            Some(item) => post_differences(reading, folder, post, item),
        };
        found.extend(
            lines
                .iter()
                .map(|line| format!("{reading:?} {path}: {line}")),
        );
    }
    found.extend(
        items
            .keys()
            .map(|path| format!("{reading:?} {path}: Added")),
    );
    found
}

fn post_differences(reading: Reading, folder: &Path, post: &Truth, item: &Value) -> Vec<String> {
    let mut found: Vec<String> = Field::ALL
        .into_iter()
        .filter_map(|field| {
            let words = compare(field, reading, post, item)?.err()?;
            Some(format!("{field:?}: {words}"))
        })
        .collect();
    if would_be_sent(item) != post.is_built() {
        let (built, hold) = (post.is_built(), &item["hold"]);
        found.push(format!("Built: {built}, but its hold is {hold}"));
    }
    if let (Reading::Joined, Some(html)) = (reading, post.text("html")) {
        assert!(folder.join("output").join(html).is_file(), "{html}");
        if !is_at(item["page"].as_str(), html) {
            found.push(format!("Page: {html:?} ≠ {}", item["page"]));
        }
    }
    found
}
