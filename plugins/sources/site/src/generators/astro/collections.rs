//! Content collections ("Content collections", Astro's documentation): which folder belongs to which,
//! and what an entry is called there.

use std::path::Path;
use std::sync::LazyLock;

use config_literals::javascript;
use regex::Regex;
use serde_json::Value;

use super::super::ignore_globs::path_globs;
use crate::paths::{join, relative_to, trim_folder};
use crate::value::scalar;

/// Where collections are defined, below the source folder.
const CONFIGS: &[&str] = &[
    "content.config.ts",
    "content.config.mts",
    "content.config.js",
    "content.config.mjs",
    "content/config.ts",
    "content/config.mts",
    "content/config.js",
    "content/config.mjs",
];

/// The definition of a collection.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=\s*defineCollection\(|(\w+)\s*:\s*defineCollection\(")
        .expect("the pattern is a constant")
});

/// `collections = { posts: postCollection }`, the name under which pages ask for one.
static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)export\s+const\s+collections\s*(?::[^=\n]+)?=\s*\{(.*?)\n?\}")
        .expect("the pattern is a constant")
});

/// What `github-slugger` leaves out.
static DROPPED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control} -]")
        .expect("the pattern is a constant")
});

/// A folder of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collection {
    pub(super) name: String,
    /// Relative to the site's root.
    pub(super) folder: String,
    /// Globs of the files below `base` that are entries, those that begin with `!` of files that are not.
    patterns: Vec<String>,
    /// The folder that the globs are relative to, relative to the site's root.
    base: String,
}

/// The collections of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Collections {
    /// Those whose folder the config names.
    defined: Vec<Collection>,
    /// The folder whose folders are collections by their names.
    content: String,
    /// The file that defines them, relative to the site's root.
    pub(super) file: Option<String>,
    /// Whether a program makes the names of entries.
    makes_ids: bool,
}

impl Collections {
    pub(super) fn read(root: &Path, source: &str) -> Self {
        let content = join(source, "content");
        let mut names = CONFIGS.iter().map(|name| join(source, name));
        let found = names.find_map(|file| {
            let text = std::fs::read_to_string(root.join(&file)).ok()?;
            Some((file, text))
        });
        let Some((file, text)) = found else {
            return Self {
                content,
                ..Self::default()
            };
        };
        Self {
            defined: defined(&text),
            content,
            file: Some(file),
            makes_ids: text.contains("generateId"),
        }
    }

    /// Returns a remark for the user about what cannot be known of the collections.
    pub(super) fn note(&self) -> Option<String> {
        let file = self.file.as_deref().unwrap_or_default();
        self.makes_ids.then(|| {
            format!(
                "`{file}` makes the names of entries by a program, which is not run: set `permalink` \
                 if posts' addresses differ"
            )
        })
    }

    /// Whether the patterns of its collection leave out the file at `path`.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        let mut own = self.defined.iter().filter_map(|collection| {
            relative_to(path, &collection.folder)?;
            Some((relative_to(path, &collection.base)?, &collection.patterns))
        });
        let takes = |(path, patterns): (&str, &Vec<String>)| {
            let (excluding, including): (Vec<&str>, Vec<&str>) = patterns
                .iter()
                .map(|pattern| pattern.trim_start_matches("./"))
                .partition(|pattern| pattern.starts_with('!'));
            let excluding: Vec<&str> = excluding.iter().map(|glob| &glob[1..]).collect();
            let is_included = including.is_empty() || path_globs(&including).is_match(path);
            is_included && !path_globs(&excluding).is_match(path)
        };
        let mut own = own.by_ref().peekable();
        own.peek().is_some() && !own.any(takes)
    }

    /// The folders of entries, relative to the site's root.
    pub(super) fn folders(&self) -> Vec<String> {
        let mut folders = vec![self.content.clone()];
        let own = self
            .defined
            .iter()
            .map(|collection| collection.folder.clone());
        folders.extend(own.filter(|folder| relative_to(folder, &self.content).is_none()));
        folders.dedup();
        folders
    }

    /// The collection of the file at `path`, and the file's path in it.
    pub(super) fn place<'a>(&self, path: &'a str) -> Option<(String, &'a str)> {
        let inside = |collection: &&Collection| relative_to(path, &collection.folder).is_some();
        let deepest = self
            .defined
            .iter()
            .filter(inside)
            .max_by_key(|collection| collection.folder.len());
        if let Some(collection) = deepest {
            return Some((
                collection.name.clone(),
                relative_to(path, &collection.folder)?,
            ));
        }
        let (name, rest) = relative_to(path, &self.content)?.split_once('/')?;
        Some((name.to_owned(), rest))
    }
}

/// The collections whose loader names a folder.
fn defined(text: &str) -> Vec<Collection> {
    let definitions: Vec<(usize, &str)> = DEFINITION
        .captures_iter(text)
        .filter_map(|found| {
            let name = found.get(1).or_else(|| found.get(2))?;
            Some((found.get_match().start(), name.as_str()))
        })
        .collect();
    let loaders = javascript::read_calls(text, "glob").into_iter();
    loaders
        .filter_map(|loader| {
            let (_, name) = definitions
                .iter()
                .rfind(|(start, _)| *start < loader.offset)?;
            let options = loader.argument;
            let base = options.get("base").and_then(Value::as_str).unwrap_or(".");
            let patterns: Vec<String> = match options.get("pattern") {
                Some(Value::Array(patterns)) => patterns.iter().filter_map(scalar).collect(),
                Some(pattern) => scalar(pattern).into_iter().collect(),
                None => Vec::new(),
            };
            // A pattern may name folders as well.
            let pattern = patterns.first().map_or("", String::as_str);
            let fixed: Vec<&str> = pattern
                .split('/')
                .take_while(|part| !part.contains(['*', '{', '[', '(', '?']))
                .collect();
            let folder = if base == "." {
                fixed.join("/")
            } else {
                trim_folder(base).to_owned()
            };
            Some(Collection {
                name: exported_name(text, name).to_owned(),
                folder,
                base: trim_folder(base).trim_matches('.').to_owned(),
                patterns,
            })
        })
        .filter(|collection| !collection.folder.is_empty() && !collection.folder.contains(".."))
        .collect()
}

/// The name under which the collection that is called `name` in its file is known to pages.
fn exported_name<'a>(text: &'a str, name: &'a str) -> &'a str {
    let list = EXPORT.captures(text).and_then(|found| found.get(1));
    let pairs = list.map_or("", |list| list.as_str()).split(',');
    let mut pairs = pairs.filter_map(|pair| pair.split_once(':'));
    let found = pairs.find(|(_, own)| own.trim() == name);
    found.map_or(name, |(key, _)| key.trim().trim_matches(['"', '\'']))
}

/// What an entry is called whose path in its collection has this stem: each part as `github-slugger`
/// writes it, a folder for its `index`.
pub(super) fn id(stem: &str) -> String {
    let parts: Vec<String> = stem.split('/').map(slugged).collect();
    let id = parts.join("/");
    id.strip_suffix("/index").map_or(id.clone(), str::to_owned)
}

/// Returns a slug of `github-slugger`: letters, their marks, digits, `-` and `_` in lower case, with `-`
/// for each blank.
pub(super) fn slugged(text: &str) -> String {
    let lower = text.to_lowercase();
    DROPPED.replace_all(&lower, "").replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::{Collections, defined, id};

    #[test]
    fn folders_of_collections_are_found() {
        let text = "import { glob } from 'astro/loaders';\n\
            const blog = defineCollection({\n  loader: glob({ base: './src/blog', pattern: '**/*.{md,mdx}' }),\n  schema: z.object({}),\n});\n\
            const docs = defineCollection({ loader: glob({ pattern: 'docs/guide/**/*.md' }) });\n\
            const old = defineCollection({ type: 'content' });\n\
            export const collections = { posts: blog, docs, old };";
        let found = defined(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|collection| (collection.name.as_str(), collection.folder.as_str()))
            .collect();
        assert_eq!(found, [("posts", "src/blog"), ("docs", "docs/guide")]);
    }

    #[test]
    fn patterns_leave_files_out() {
        let text = "const blog = defineCollection({ loader: glob({ base: './src/blog', \
            pattern: ['**/*.{md,mdx}', '!**/wip/**', '!secret-*'] }) });\n\
            const docs = defineCollection({ loader: glob({ pattern: 'docs/**/[^_]*.md' }) });\n";
        let collections = Collections {
            defined: defined(text),
            ..Collections::default()
        };
        for (path, is_left_out) in [
            ("src/blog/a.md", false),
            ("src/blog/wip/a.md", true),
            ("src/blog/secret-a.mdx", true),
            ("src/blog/deep/secret-a.mdx", false),
            ("docs/x/a.md", false),
            ("docs/x/_a.md", true),
            ("src/pages/a.md", false),
        ] {
            assert_eq!(collections.leaves_out(path), is_left_out, "{path}");
        }
    }

    #[test]
    fn entries_are_called_as_github_slugs_their_path() {
        for (stem, expected) in [
            ("First Post", "first-post"),
            ("2024/C# & .NET", "2024/c--net"),
            ("a/index", "a"),
            ("index", "index"),
            ("v1.0_x", "v10_x"),
            ("Ünï 世界", "ünï-世界"),
        ] {
            assert_eq!(id(stem), expected, "{stem}");
        }
    }
}
