//! What lies in a folder, for `init`. Only names and config files are looked at, and at most a few
//! hundred entries, because the folder may be anybody's home.

use std::path::Path;

use syndicate_api::Detection;

use crate::generators::{Known, is_project_doc, load, recognise};
use crate::walk::{FOREIGN, is_markdown};

/// Config files of generators whose own rules are not known here.
const OTHERS: &[(&str, &str)] = &[("mkdocs.yml", "MkDocs"), ("conf.py", "Nikola or Sphinx")];

/// The folders that generators build into, unless they are told otherwise.
const OUTPUTS: &[(&str, &str)] = &[
    ("Astro", "dist"),
    ("Docusaurus", "build"),
    ("Eleventy", "_site"),
    ("Gatsby", "public"),
    ("Hexo", "public"),
    ("Hugo", "public"),
    ("Jekyll", "_site"),
    ("MkDocs", "site"),
    ("Next.js", "out"),
    ("Pelican", "output"),
    ("Zola", "public"),
];

/// Folders that posts usually lie in, from the surest to the least.
const CONTENT: &[&str] = &[
    "content", "_posts", "posts", "blog", "source", "src", "articles", "docs", "pages",
];

/// How many entries of folders are looked at before giving up.
const MAX_ENTRIES: usize = 500;

/// Recognises a site in the folder at `path`.
pub(crate) fn detect(path: &Path) -> Option<Detection> {
    if let Some((known, _)) = recognise(path) {
        return Some(site(known, path, "."));
    }
    if let Some((known, folder)) = below(path) {
        let mut found = site(known, &path.join(&folder), &folder);
        found.weight -= 10;
        return Some(found);
    }
    let Some(content) = content(path) else {
        return built_pages(path);
    };
    let mut options = vec![("path".to_owned(), ".".to_owned())];
    if let Some(folder) = content {
        options.push(("content".to_owned(), folder.to_owned()));
    }
    let generator = other_generator(path);
    let output = generator.and_then(|generator| output(generator, path));
    let notes = match (output, generator) {
        (Some(folder), _) => {
            options.push(("output".to_owned(), folder.to_owned()));
            vec![format!(
                "each post gets its address from its page in `{folder}`"
            )]
        }
        (None, generator) => {
            options.push(("url".to_owned(), "https://example.com".to_owned()));
            let permalink = generator.map(|generator| {
                format!(
                    "this is a site of {generator}, whose own rules are not read yet: build it and \
                     set `output`, or set `permalink` to the pattern of its posts' addresses"
                )
            });
            let url = "fill in `url`: the site's public address".to_owned();
            [url].into_iter().chain(permalink).collect()
        }
    };
    Some(Detection {
        what: "folder of Markdown posts".to_owned(),
        weight: 10,
        options,
        notes,
    })
}

/// A site of a known generator in `root`, which is `folder` as seen from pipeline.yaml. A config that
/// is broken is the generator's all the same; the note tells what is wrong with it.
fn site(known: &Known, root: &Path, folder: &str) -> Detection {
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
    Detection {
        what: format!("{} site", known.name),
        weight: 100,
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
fn built_pages(path: &Path) -> Option<Detection> {
    let option = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    path.join("index.html").is_file().then(|| Detection {
        what: "folder of built pages".to_owned(),
        weight: 5,
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
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    let mut folders: Vec<String> = entries
        .take(MAX_ENTRIES)
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && name != FOREIGN)
        .collect();
    folders.sort();
    let mut found = folders
        .into_iter()
        .filter_map(|name| Some((recognise(&path.join(&name))?.0, name)));
    let first = found.next()?;
    // Of several sites none is the obvious one.
    found.next().is_none().then_some(first)
}

/// The folder of posts: `Some(None)` is `path` itself, `None` that there is none.
fn content(path: &Path) -> Option<Option<&'static str>> {
    let mut left = MAX_ENTRIES;
    if has_posts(path, 0, &mut left) {
        return Some(None);
    }
    let folder = CONTENT
        .iter()
        .copied()
        .find(|name| has_posts(&path.join(name), 3, &mut { MAX_ENTRIES }))?;
    Some(Some(folder))
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

/// The generator whose config file lies here.
fn other_generator(path: &Path) -> Option<&'static str> {
    let known = OTHERS.iter().find(|(name, _)| path.join(name).is_file());
    known.map(|(_, generator)| *generator)
}
