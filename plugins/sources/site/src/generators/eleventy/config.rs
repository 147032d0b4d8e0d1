//! Reads the literals of Eleventy's config file ("Configuration", Eleventy's documentation) without
//! running it.

use std::path::Path;
use std::sync::LazyLock;

use config_literals::javascript;
use globset::GlobSet;
use regex::Regex;
use serde_json::{Map, Value};
use syndicate_api::Result;

use super::super::config_file;
use super::super::ignore_globs::{matches_within, path_globs};
use super::scripts::Flags;
use crate::paths::{join, normalize_inside, relative_to, trim_folder};

/// The names of Eleventy's config file, in its order of precedence.
pub(in super::super) const NAMES: &[&str] = &[
    ".eleventy.js",
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    "eleventy.config.ts",
];

/// The file that names Eleventy as a package.
pub(in super::super) const PACKAGE: &str = "package.json";

/// The config of an Eleventy site.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The file's name; empty if the site has no config file.
    pub(super) name: String,
    /// The folder of templates, relative to the site's root; empty for the root itself.
    pub(super) input: String,
    /// Folders without pages, relative to the site's root.
    pub(super) excluded_folders: Vec<String>,
    /// Globs of `ignores.add`, relative to the site's root.
    pub(super) ignored: GlobSet,
    /// The folder of global data, relative to the site's root.
    pub(super) data: String,
    /// The folder of layouts, relative to the site's root.
    pub(super) layouts: String,
    /// Other names of layouts, each with the path of the layout.
    pub(super) layout_aliases: Vec<(String, String)>,
    /// Folders whose files are copied to the site's root URL, relative to the site's root.
    pub(super) passthrough_folders: Vec<String>,
    /// The setting `pathPrefix`, which is appended to the site's URL.
    pub(super) prefix: String,
    /// The marker at the end of an excerpt.
    pub(super) separator: Option<String>,
    /// `true` if global data computes the permalinks of all pages.
    pub(super) computes_permalinks: bool,
    /// `true` if the config adds `markdown` to the extensions, of which `md` is the only one for Markdown.
    pub(super) has_markdown_extension: bool,
    /// The major version of Eleventy, if `package.json` names it.
    pub(super) version: Option<u32>,
}

impl Config {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let package = std::fs::read_to_string(root.join(PACKAGE));
        let package = package
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        let package: Value = package.unwrap_or_default();
        let (name, text) = match config_file::find(root, NAMES) {
            Some(name) => (name, config_file::read(&root.join(name))?),
            None => ("", String::new()),
        };
        Ok(Self {
            name: name.to_owned(),
            version: version(&package),
            ..Self::parse(&text, Flags::read(&package))
        })
    }

    /// Reads the text of a config file, whose settings `flags` override.
    fn parse(text: &str, flags: Flags) -> Self {
        let names = javascript::read_constants(text, &Map::new());
        let returned = javascript::read_default_export(text, &Map::new()).unwrap_or_default();
        // Version 3 also allows exporting the settings as `config`.
        let settings = [
            names.get("config").and_then(Value::as_object),
            Some(&returned),
        ];
        let setting = |path: [&str; 2], method: &str| -> Option<String> {
            let called = javascript::read_arguments(text, method).pop();
            let called = called.and_then(|value| value.as_str().map(str::to_owned));
            called.or_else(|| {
                let found = settings.iter().flatten().find_map(|map| {
                    path.iter().filter(|key| !key.is_empty()).try_fold(
                        None,
                        |value: Option<&Value>, key| {
                            Some(Some(match value {
                                None => map.get(*key)?,
                                Some(value) => value.get(key)?,
                            }))
                        },
                    )?
                });
                found?.as_str().map(str::to_owned)
            })
        };
        let input = flags
            .input
            .or_else(|| setting(["dir", "input"], "setInputDirectory"));
        let input = input.unwrap_or_default();
        let input = trim_folder(&input).to_owned();
        let inside = |path: [&str; 2], method: &str, usual: &str| {
            let folder = setting(path, method).unwrap_or_else(|| usual.to_owned());
            normalize_inside(&join(&input, trim_folder(&folder)))
        };
        let output = flags
            .output
            .or_else(|| setting(["dir", "output"], "setOutputDirectory"));
        let prefix = flags
            .path_prefix
            .or_else(|| setting(["pathPrefix", ""], "setPathPrefix"));
        let data = inside(["dir", "data"], "setDataDirectory", "_data");
        let includes = inside(["dir", "includes"], "setIncludesDirectory", "_includes");
        let layouts = match setting(["dir", "layouts"], "setLayoutsDirectory") {
            Some(folder) => normalize_inside(&join(&input, trim_folder(&folder))),
            None => includes.clone(),
        };
        let excluded_folders = [
            includes,
            layouts.clone(),
            data.clone(),
            Some(trim_folder(output.as_deref().unwrap_or("_site")).to_owned()),
        ];
        Self {
            name: String::new(),
            excluded_folders: excluded_folders
                .into_iter()
                .flatten()
                .filter(|folder| !folder.is_empty() && *folder != input)
                .collect(),
            ignored: parse_ignored(text),
            data: data.unwrap_or_else(|| "_data".to_owned()),
            layouts: layouts.unwrap_or_else(|| "_includes".to_owned()),
            layout_aliases: layout_aliases(text),
            passthrough_folders: passthrough_folders(text),
            prefix: prefix.unwrap_or_default(),
            separator: separator(text),
            computes_permalinks: computes_permalinks(text),
            has_markdown_extension: has_markdown_extension(text),
            version: None,
            input,
        }
    }

    /// Returns `true` if a file is ignored or in a folder without pages.
    pub(super) fn is_excluded(&self, path: &str) -> bool {
        let mut folders = self.excluded_folders.iter();
        folders.any(|folder| relative_to(path, folder).is_some())
            || matches_within(&self.ignored, "", path)
    }
}

/// Reads the globs of `eleventyConfig.ignores.add` ("Ignore Template Files").
fn parse_ignored(text: &str) -> GlobSet {
    let mut globs = javascript::read_arguments(text, "ignores.add");
    globs.retain(Value::is_string);
    let globs = globs.iter().filter_map(Value::as_str);
    let globs: Vec<&str> = globs
        .map(|glob| glob.trim_start_matches("./").trim_end_matches('/'))
        .collect();
    path_globs(&globs)
}

/// Returns the major version of Eleventy that a `package.json` requires.
fn version(package: &Value) -> Option<u32> {
    let lists = ["dependencies", "devDependencies"];
    let mut asked = lists
        .iter()
        .filter_map(|list| package.get(list)?.get("@11ty/eleventy"));
    let asked = asked.next()?.as_str()?;
    let from = asked.find(|c: char| c.is_ascii_digit())?;
    let digits = asked[from..].split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// Matches `addLayoutAlias("post", "layouts/post.njk")`.
static LAYOUT_ALIAS: LazyLock<Regex> = LazyLock::new(|| {
    let call = r#"addLayoutAlias\(\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']"#;
    Regex::new(call).expect("the pattern is a constant")
});

/// Reads the other names of layouts ("Layout Aliasing").
fn layout_aliases(text: &str) -> Vec<(String, String)> {
    let calls = LAYOUT_ALIAS.captures_iter(text);
    calls
        .map(|call| (call[1].to_owned(), call[2].to_owned()))
        .collect()
}

/// Reads the folders that are copied to the root of the site ("Passthrough File Copy").
fn passthrough_folders(text: &str) -> Vec<String> {
    let calls = javascript::read_arguments(text, "addPassthroughCopy");
    let maps = calls.iter().filter_map(Value::as_object).flatten();
    maps.filter(|(_, target)| {
        let target = target.as_str();
        target.is_some_and(|target| trim_folder(target.trim_start_matches('/')).is_empty())
    })
    .map(|(folder, _)| trim_folder(folder).to_owned())
    .collect()
}

/// Reads the separator of excerpts, which are disabled by default ("Custom Front Matter Options").
fn separator(text: &str) -> Option<String> {
    let options = javascript::read_arguments(text, "setFrontMatterParsingOptions").pop()?;
    options
        .get("excerpt")
        .filter(|excerpt| !excerpt.is_null())?;
    let own = options.get("excerpt_separator").and_then(Value::as_str);
    Some(own.unwrap_or("---").to_owned())
}

/// Returns `true` if `addExtension` names `markdown` ("Custom Templates").
fn has_markdown_extension(text: &str) -> bool {
    let added = javascript::read_arguments(text, "addExtension");
    let is_markdown = |value: &Value| value.as_str() == Some("markdown");
    added.iter().any(|value| {
        let mut list = value.as_array().into_iter().flatten();
        is_markdown(value) || list.any(is_markdown)
    })
}

/// Returns `true` if global data sets the permalink of every page.
fn computes_permalinks(text: &str) -> bool {
    let names = javascript::read_arguments(text, "addGlobalData");
    let mut names = names.iter().filter_map(Value::as_str);
    let computes = names.any(|name| match name {
        "permalink" | "eleventyComputed.permalink" => true,
        "eleventyComputed" => text.contains("permalink"),
        _ => false,
    });
    // A program that reads the page's own permalink is assumed to pass it on, unless the page is a draft.
    computes && !text.contains("data.permalink")
}

/// Returns `true` if `root` contains an Eleventy site: a config file, or Eleventy in `package.json`.
pub(in super::super) fn is_site(root: &Path) -> Result<bool> {
    let package = || std::fs::read_to_string(root.join(PACKAGE));
    let is_named = || package().is_ok_and(|text| text.contains("\"@11ty/eleventy\""));
    Ok(config_file::find(root, NAMES).is_some() || is_named())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Config, Flags, version};

    #[test]
    fn folders_from_all_config_forms() {
        for text in [
            "module.exports = function (c) { return {dir: {input: './src/', data: '../data'}, pathPrefix: '/p/'}; };",
            "export default function (c) { c.setInputDirectory('src'); c.setDataDirectory(\"../data\"); }\n\
             export const config = { pathPrefix: '/p/' };",
            "module.exports = {dir: {input: 'src', data: '../data'}, pathPrefix: '/p/'};",
        ] {
            let config = Config::parse(text, Flags::default());
            assert_eq!(config.input, "src", "{text}");
            assert_eq!(config.data, "data", "{text}");
            assert_eq!(config.prefix, "/p/", "{text}");
            assert!(config.is_excluded("src/_includes/x.md") && config.is_excluded("_site/a.md"));
            assert!(!config.is_excluded("src/posts/a.md"));
        }
    }

    #[test]
    fn passthrough_excerpts_and_computed_permalinks() {
        let parse = |text: &str| Config::parse(text, Flags::default());
        let config = parse(
            "module.exports = (c) => {\n  c.addPassthroughCopy({'./public/': '/', 'img': 'img'});\n  \
             c.addPassthroughCopy('css');\n  c.setFrontMatterParsingOptions({excerpt: true});\n  \
             c.addGlobalData('eleventyComputed.permalink', () => (data) => data.x);\n}",
        );
        assert_eq!(config.passthrough_folders, ["public"]);
        assert_eq!(config.separator.as_deref(), Some("---"));
        assert!(config.computes_permalinks);
        for (data, computes) in [
            (
                "'eleventyComputed', {permalink: () => (data) => data.x}",
                true,
            ),
            ("'eleventyComputed', {title: () => 'x'}", false),
            (
                "'eleventyComputed.permalink', () => (data) => data.draft ? false : data.permalink",
                false,
            ),
        ] {
            let config = parse(&format!(
                "module.exports = (c) => {{ c.addGlobalData({data}); }}"
            ));
            assert_eq!(config.computes_permalinks, computes, "{data}");
        }
        assert_eq!(parse("").input, "");
    }

    #[test]
    fn version_from_package_json() {
        for (asked, expected) in [("^2.0.1", Some(2)), ("3.1.2", Some(3)), ("latest", None)] {
            let package = json!({"devDependencies": {"@11ty/eleventy": asked}});
            assert_eq!(version(&package), expected, "{asked}");
        }
        assert_eq!(version(&Value::Null), None);
    }
}
