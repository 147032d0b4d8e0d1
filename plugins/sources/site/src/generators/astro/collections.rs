//! Reads content collections ("Content collections", Astro's documentation): the folder of each
//! collection and the IDs of its entries.

use std::path::Path;
use std::sync::LazyLock;

use config_literals::javascript;
use regex::Regex;
use serde_json::Value;

use super::super::ignore_globs::path_globs;
use crate::paths::{join, relative_to, trim_folder};
use crate::value::scalar;

/// Files that may define collections, relative to the source folder.
const CONFIG_FILES: &[&str] = &[
    "content.config.ts",
    "content.config.mts",
    "content.config.js",
    "content.config.mjs",
    "content/config.ts",
    "content/config.mts",
    "content/config.js",
    "content/config.mjs",
];

/// Matches the definition of a collection.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=\s*defineCollection\(|(\w+)\s*:\s*defineCollection\(")
        .expect("the pattern is a constant")
});

/// Matches `collections = { posts: postCollection }`, which gives a collection its public name.
static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)export\s+const\s+collections\s*(?::[^=\n]+)?=\s*\{(.*?)\n?\}")
        .expect("the pattern is a constant")
});

/// Matches the characters that `github-slugger` removes.
static REMOVED_CHARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control} -]")
        .expect("the pattern is a constant")
});

/// A collection whose entries are the files of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collection {
    pub(super) name: String,
    /// The folder, relative to the site's root.
    pub(super) folder: String,
    /// Globs of entries, relative to `base`. A glob that begins with `!` excludes files.
    patterns: Vec<String>,
    /// The folder that the globs are relative to, relative to the site's root.
    base: String,
}

/// The collections of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Collections {
    /// Collections whose loader names a folder.
    defined: Vec<Collection>,
    /// The folder whose subfolders are collections named like them.
    content: String,
    /// The file that defines them, relative to the site's root.
    pub(super) file: Option<String>,
    /// `true` if a function of the site computes the IDs of entries.
    has_custom_ids: bool,
}

impl Collections {
    pub(super) fn read(root: &Path, source: &str) -> Self {
        let content = join(source, "content");
        let mut names = CONFIG_FILES.iter().map(|name| join(source, name));
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
            defined: parse_collections(&text),
            content,
            file: Some(file),
            has_custom_ids: text.contains("generateId"),
        }
    }

    /// Returns a note for the user if entry IDs cannot be determined.
    pub(super) fn note(&self) -> Option<String> {
        let file = self.file.as_deref().unwrap_or_default();
        self.has_custom_ids.then(|| {
            format!(
                "`{file}` computes entry IDs with a function, which is not run: set `permalink` if the \
                 URLs of posts differ"
            )
        })
    }

    /// Returns `true` if the globs of its collection exclude the file at `path`.
    pub(super) fn excludes(&self, path: &str) -> bool {
        let mut own = self.defined.iter().filter_map(|collection| {
            relative_to(path, &collection.folder)?;
            Some((relative_to(path, &collection.base)?, &collection.patterns))
        });
        let accepts = |(path, patterns): (&str, &Vec<String>)| {
            let (excluding, including): (Vec<&str>, Vec<&str>) = patterns
                .iter()
                .map(|pattern| pattern.trim_start_matches("./"))
                .partition(|pattern| pattern.starts_with('!'));
            let excluding: Vec<&str> = excluding.iter().map(|glob| &glob[1..]).collect();
            let is_included = including.is_empty() || path_globs(&including).is_match(path);
            is_included && !path_globs(&excluding).is_match(path)
        };
        let mut own = own.by_ref().peekable();
        own.peek().is_some() && !own.any(accepts)
    }

    /// Returns the folders of entries, relative to the site's root.
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

    /// Returns the collection of the file at `path`, and the file's path relative to the collection's folder.
    pub(super) fn locate<'a>(&self, path: &'a str) -> Option<(String, &'a str)> {
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

/// Parses the collections whose loader names a folder.
fn parse_collections(text: &str) -> Vec<Collection> {
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
            // A glob may begin with literal folders.
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

/// Returns the public name of the collection in the variable `name`.
fn exported_name<'a>(text: &'a str, name: &'a str) -> &'a str {
    let list = EXPORT.captures(text).and_then(|found| found.get(1));
    let pairs = list.map_or("", |list| list.as_str()).split(',');
    let mut pairs = pairs.filter_map(|pair| pair.split_once(':'));
    let found = pairs.find(|(_, own)| own.trim() == name);
    found.map_or(name, |(key, _)| key.trim().trim_matches(['"', '\'']))
}

/// Returns the ID of the entry at a path without extension: each part is slugified by `github-slugger`,
/// and an `index` has the ID of its folder.
pub(super) fn entry_id(stem: &str) -> String {
    let parts: Vec<String> = stem.split('/').map(github_slug).collect();
    let id = parts.join("/");
    id.strip_suffix("/index").map_or(id.clone(), str::to_owned)
}

/// Slugifies `text` as `github-slugger` does: it keeps letters, marks, digits, `-` and `_` in lower case
/// and replaces each space by `-`.
pub(super) fn github_slug(text: &str) -> String {
    let lower = text.to_lowercase();
    REMOVED_CHARS.replace_all(&lower, "").replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::{Collections, entry_id, parse_collections};

    #[test]
    fn collection_folders_are_parsed() {
        let text = "import { glob } from 'astro/loaders';\n\
            const blog = defineCollection({\n  loader: glob({ base: './src/blog', pattern: '**/*.{md,mdx}' }),\n  schema: z.object({}),\n});\n\
            const docs = defineCollection({ loader: glob({ pattern: 'docs/guide/**/*.md' }) });\n\
            const old = defineCollection({ type: 'content' });\n\
            export const collections = { posts: blog, docs, old };";
        let found = parse_collections(text);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|collection| (collection.name.as_str(), collection.folder.as_str()))
            .collect();
        assert_eq!(found, [("posts", "src/blog"), ("docs", "docs/guide")]);
    }

    #[test]
    fn collection_patterns_exclude_files() {
        let text = "const blog = defineCollection({ loader: glob({ base: './src/blog', \
            pattern: ['**/*.{md,mdx}', '!**/wip/**', '!secret-*'] }) });\n\
            const docs = defineCollection({ loader: glob({ pattern: 'docs/**/[^_]*.md' }) });\n";
        let collections = Collections {
            defined: parse_collections(text),
            ..Collections::default()
        };
        for (path, is_excluded) in [
            ("src/blog/a.md", false),
            ("src/blog/wip/a.md", true),
            ("src/blog/secret-a.mdx", true),
            ("src/blog/deep/secret-a.mdx", false),
            ("docs/x/a.md", false),
            ("docs/x/_a.md", true),
            ("src/pages/a.md", false),
        ] {
            assert_eq!(collections.excludes(path), is_excluded, "{path}");
        }
    }

    #[test]
    fn entry_ids_match_github_slugger() {
        for (stem, expected) in [
            ("First Post", "first-post"),
            ("2024/C# & .NET", "2024/c--net"),
            ("a/index", "a"),
            ("index", "index"),
            ("v1.0_x", "v10_x"),
            ("Ünï 世界", "ünï-世界"),
        ] {
            assert_eq!(entry_id(stem), expected, "{stem}");
        }
    }
}
