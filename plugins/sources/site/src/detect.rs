//! What lies in a folder, for `init`. Only names and config files are looked at, and at most a few
//! hundred entries, because the folder may be anybody's home.

use std::path::Path;

use syndicate_api::DetectedSource;

use crate::generators::{Known, Unsupported, is_project_doc, load, recognise, unsupported};
use crate::walk::{FOREIGN, is_markdown};

/// The folders that generators build into, unless they are told otherwise.
const OUTPUTS: &[(&str, &str)] = &[
    ("Astro", "dist"),
    ("Docusaurus", "build"),
    ("Eleventy", "_site"),
    ("Gatsby", "public"),
    ("Hexo", "public"),
    ("Hugo", "public"),
    ("Jekyll", "_site"),
    ("Next.js", "out"),
    ("Pelican", "output"),
    ("Zola", "public"),
];

/// Folders of posts, from the surest to the least; those of one row are equally likely.
const CONTENT: &[&[&str]] = &[
    &["content"],
    &["_posts"],
    &[
        "posts", "post", "blog", "blogs", "articles", "article", "notes", "writing", "writings",
        "essays", "journal", "entries", "news", "weblog", "log", "garden", "thoughts",
    ],
    &["source"],
    &["src"],
    &["docs"],
    &["pages"],
];

/// How many entries of folders are looked at before giving up.
const MAX_ENTRIES: usize = 500;

/// Recognises a site in the folder at `path`.
pub(crate) fn detect(path: &Path) -> Option<DetectedSource> {
    if let Some((known, _)) = recognise(path) {
        return Some(site(known, path, "."));
    }
    if let Some((known, folder)) = below(path) {
        let mut found = site(known, &path.join(&folder), &folder);
        found.confidence -= 10;
        return Some(found);
    }
    if let Some(found) = unsupported(path) {
        return Some(of_unknown_rules(found, path));
    }
    let Some(content) = content(path) else {
        return built_pages(path);
    };
    let option = |key: &str, value: String| (key.to_owned(), value);
    let mut options = vec![option("path", ".".to_owned())];
    options.extend(match content.as_slice() {
        [] => None,
        [folder] => Some(option("content", yaml(folder))),
        folders => {
            let folders: Vec<String> = folders.iter().map(|folder| yaml(folder)).collect();
            Some(option("content", format!("[{}]", folders.join(", "))))
        }
    });
    options.push(option("url", "https://example.com".to_owned()));
    Some(DetectedSource {
        description: "folder of Markdown posts".to_owned(),
        confidence: 10,
        options,
        notes: vec!["fill in `url`: the site's public address".to_owned()],
    })
}

/// A site whose generator's rules are not known: its built pages are read.
fn of_unknown_rules(generator: &Unsupported, root: &Path) -> DetectedSource {
    let option = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let mut options = vec![option("path", ".")];
    let note = match generator.output(root) {
        Some(output) => {
            options.push(option("output", &output));
            options.push(option("content", "false"));
            generator.setup_note(&output)
        }
        None => generator.advice(root),
    };
    DetectedSource {
        description: format!("{} site", generator.name),
        confidence: 50,
        options,
        notes: vec![note],
    }
}

/// A site of a known generator in `root`, which is `folder` as seen from pipeline.yaml. A config that
/// is broken is the generator's all the same; the note tells what is wrong with it.
fn site(known: &Known, root: &Path, folder: &str) -> DetectedSource {
    let notes = match load(known.kind, root) {
        Ok((conventions, _)) => {
            let notes = conventions.config.url_notes.into_iter();
            let notes = notes.chain(conventions.notes);
            notes.chain(conventions.post_rule).collect()
        }
        Err(error) => vec![error.to_string()],
    };
    let path = ("path".to_owned(), yaml(folder));
    let output = output(known.name, root);
    let output = output.map(|folder| ("output".to_owned(), folder.to_owned()));
    DetectedSource {
        description: format!("{} site", known.name),
        confidence: 100,
        options: [path].into_iter().chain(output).collect(),
        notes,
    }
}

/// The folder that a generator has built the site at `root` into.
fn output(generator: &str, root: &Path) -> Option<&'static str> {
    let (_, folder) = OUTPUTS.iter().find(|(name, _)| *name == generator)?;
    root.join(folder)
        .join("index.html")
        .is_file()
        .then_some(*folder)
}

/// A folder in which a site lies ready to be served, and nothing that it was made of.
fn built_pages(path: &Path) -> Option<DetectedSource> {
    let option = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    path.join("index.html").is_file().then(|| DetectedSource {
        description: "folder of built pages".to_owned(),
        confidence: 5,
        options: vec![
            option("path", "."),
            option("output", "."),
            option("content", "false"),
        ],
        notes: vec![
            "look with `syndicate items` which pages are taken for posts; `pages` names them"
                .to_owned(),
        ],
    })
}

/// The name of a folder as YAML: what might be anything but a string stands in quotes.
fn yaml(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    let is_word = matches!(
        name,
        "true" | "false" | "null" | "yes" | "no" | "on" | "off"
    );
    if name == "."
        || name.starts_with(char::is_alphabetic) && name.chars().all(is_plain) && !is_word
    {
        name.to_owned()
    } else {
        serde_json::Value::from(name).to_string()
    }
}

/// A site of a known generator in a folder right below `path`: programs and themes keep theirs in
/// `website`, `docs` or `exampleSite`.
fn below(path: &Path) -> Option<(&'static Known, String)> {
    let mut found = folders(path)
        .into_iter()
        .filter_map(|name| Some((recognise(&path.join(&name))?.0, name)));
    let first = found.next()?;
    // Of several sites none is the obvious one.
    found.next().is_none().then_some(first)
}

/// Returns the folders of posts: none for `path` itself; `None` where there are no posts.
fn content(path: &Path) -> Option<Vec<String>> {
    if has_posts(path, 0, &mut { MAX_ENTRIES }) {
        return Some(Vec::new());
    }
    let folders = folders(path);
    let named = |names: &[&str]| {
        let is_named = |folder: &&String| names.contains(&folder.to_lowercase().as_str());
        let found = folders.iter().filter(is_named);
        let found = found.filter(|name| has_posts(&path.join(name), 3, &mut { MAX_ENTRIES }));
        Some(found.cloned().collect::<Vec<_>>()).filter(|found| !found.is_empty())
    };
    CONTENT.iter().find_map(|names| named(names))
}

/// Returns the names of the folders in `path` that may belong to a site, sorted.
fn folders(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut folders: Vec<String> = entries
        .take(MAX_ENTRIES)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != FOREIGN)
        .collect();
    folders.sort();
    folders
}

/// Whether a Markdown file that may be a post lies in `folder` or up to `depth` folders below it.
fn has_posts(folder: &Path, depth: usize, left: &mut usize) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !hidden => folders.push(path),
            Ok(kind) if kind.is_file() && !hidden && is_post(&path) => return true,
            _ => {}
        }
    }
    depth > 0
        && folders
            .iter()
            .any(|folder| has_posts(folder, depth - 1, left))
}

fn is_post(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    is_markdown(path) && !is_project_doc(&stem)
}
