//! Detects a site in a folder, for `init`. Only file names and config files are read, and at most a few
//! hundred entries, because the folder may be a home directory.

use std::path::Path;

use syndicate_api::{DetectedGenerator, DetectedSource, Diagnostic};

use crate::generators::{
    KnownGenerator, UnsupportedGenerator, find_unsupported, is_project_doc, load, recognise,
};
use crate::walk::{NODE_MODULES, is_markdown};

/// The default output folder of each generator.
const OUTPUT_FOLDERS: &[(&str, &str)] = &[
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

/// Names of folders of posts, most likely first; those in one row are equally likely.
const CONTENT_FOLDERS: &[&[&str]] = &[
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

/// The maximum number of folder entries that are visited.
const MAX_ENTRIES: usize = 500;

/// Recognises a site in the folder at `path`.
pub(crate) fn detect(path: &Path) -> Option<DetectedSource> {
    if let Some((known, _)) = recognise(path) {
        return Some(known_site(known, path, "."));
    }
    if let Some((known, folder)) = site_in_subfolder(path) {
        let mut found = known_site(known, &path.join(&folder), &folder);
        found.confidence -= 10;
        return Some(found);
    }
    if let Some(found) = find_unsupported(path) {
        return Some(unsupported_site(found, path));
    }
    let Some(content) = content_folders(path) else {
        return built_pages(path);
    };
    let option = |key: &str, value: String| (key.to_owned(), value);
    let mut options = vec![option("path", ".".to_owned())];
    options.extend(match content.as_slice() {
        [] => None,
        [folder] => Some(option("content", yaml_string(folder))),
        folders => {
            let folders: Vec<String> = folders.iter().map(|folder| yaml_string(folder)).collect();
            Some(option("content", format!("[{}]", folders.join(", "))))
        }
    });
    options.push(option("url", "https://example.com".to_owned()));
    Some(DetectedSource {
        description: "folder of Markdown posts".to_owned(),
        confidence: 10,
        options,
        notes: vec!["set `url` to the site's public URL".to_owned()],
        generator: None,
    })
}

/// Returns a site whose generator's rules are not implemented; its built pages are read instead.
fn unsupported_site(generator: &UnsupportedGenerator, root: &Path) -> DetectedSource {
    let option = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let mut options = vec![option("path", ".")];
    let output = generator.output(root);
    let note = match &output {
        Some(output) => {
            options.push(option("output", output));
            options.push(option("content", "false"));
            generator.setup_note(output)
        }
        None => generator.advice(root),
    };
    DetectedSource {
        description: format!("{} site", generator.name),
        confidence: 50,
        options,
        notes: vec![note],
        generator: Some(DetectedGenerator {
            name: generator.name,
            folder: ".".to_owned(),
            output,
        }),
    }
}

/// Returns a site of a known generator in `root`, which is `folder` relative to pipeline.yaml. A site
/// with a broken config is still detected; a note contains the error.
fn known_site(known: &KnownGenerator, root: &Path, folder: &str) -> DetectedSource {
    let notes = match load(known.kind, root) {
        Ok((conventions, _)) => {
            let notes = conventions.config.url_notes.into_iter();
            let notes = notes.chain(conventions.notes);
            notes.chain(conventions.post_rule).collect()
        }
        Err(error) => vec![match error.downcast_ref::<Diagnostic>() {
            Some(diagnostic) => diagnostic.to_line(),
            None => error.to_string(),
        }],
    };
    let path = ("path".to_owned(), yaml_string(folder));
    let output = output_folder(known.name, root);
    let output = output.map(|folder| ("output".to_owned(), folder.to_owned()));
    DetectedSource {
        description: format!("{} site", known.name),
        confidence: 100,
        options: [path].into_iter().chain(output).collect(),
        notes,
        generator: Some(DetectedGenerator {
            name: known.name,
            folder: folder.to_owned(),
            output: default_output(known.name).map(str::to_owned),
        }),
    }
}

/// Returns the output folder of the generator if it exists in the site at `root`.
fn output_folder(generator: &str, root: &Path) -> Option<&'static str> {
    default_output(generator).filter(|folder| root.join(folder).join("index.html").is_file())
}

/// Returns the default output folder of the generator.
fn default_output(generator: &str) -> Option<&'static str> {
    let row = OUTPUT_FOLDERS.iter().find(|(name, _)| *name == generator);
    row.map(|(_, folder)| *folder)
}

/// Detects a folder of built pages without their sources.
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
            "run `syndicate items` to see which pages are read as posts; select others with `pages`"
                .to_owned(),
        ],
        generator: None,
    })
}

/// Writes the name of a folder as YAML, with quotes if it could be parsed as something else.
fn yaml_string(name: &str) -> String {
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

/// Finds a site of a known generator in a direct subfolder of `path`: programs and themes keep theirs
/// in `website`, `docs` or `exampleSite`.
fn site_in_subfolder(path: &Path) -> Option<(&'static KnownGenerator, String)> {
    let mut found = list_folders(path)
        .into_iter()
        .filter_map(|name| Some((recognise(&path.join(&name))?.0, name)));
    let first = found.next()?;
    // With several sites, none is the obvious choice.
    found.next().is_none().then_some(first)
}

/// Returns the folders of posts; `None` if no posts are found. The list is empty if `path` itself
/// contains posts.
fn content_folders(path: &Path) -> Option<Vec<String>> {
    if has_posts(path, 0, &mut { MAX_ENTRIES }) {
        return Some(Vec::new());
    }
    let folders = list_folders(path);
    let named = |names: &[&str]| {
        let is_named = |folder: &&String| names.contains(&folder.to_lowercase().as_str());
        let found = folders.iter().filter(is_named);
        let found = found.filter(|name| has_posts(&path.join(name), 3, &mut { MAX_ENTRIES }));
        Some(found.cloned().collect::<Vec<_>>()).filter(|found| !found.is_empty())
    };
    CONTENT_FOLDERS.iter().find_map(|names| named(names))
}

/// Returns the sorted names of the folders in `path` that may belong to a site.
fn list_folders(path: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut folders: Vec<String> = entries
        .take(MAX_ENTRIES)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != NODE_MODULES)
        .collect();
    folders.sort();
    folders
}

/// Returns `true` if `folder`, or a folder up to `depth` levels below it, contains a possible post.
/// `remaining` is the number of entries that may still be visited.
fn has_posts(folder: &Path, depth: usize, remaining: &mut usize) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        if *remaining == 0 {
            return false;
        }
        *remaining -= 1;
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
            .any(|folder| has_posts(folder, depth - 1, remaining))
}

fn is_post(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    is_markdown(path) && !is_project_doc(&stem)
}
