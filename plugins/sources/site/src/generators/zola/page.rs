//! Parses the path and name of a file ("Page", "Multilingual sites", Zola's documentation): language,
//! folders, slug and date.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::post_file::PostFile;

/// Matches a date with an optional time, and the rest of a name.
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?(?:\s?[_-]\s?(.+))?$")
        .expect("the pattern is a constant")
});

/// Matches a date among the parts of a path.
static DATED_PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|/)(\d{4})[/-](\d{2})[/-](\d{2})(?:[/_-]|$)")
        .expect("the pattern is a constant")
});

/// Returns the date in a path, in the form `2026-11-22`.
pub(super) fn date_in_path(path: &str) -> Option<String> {
    let found = DATED_PATH.captures(path)?;
    let part = |index| found.get(index).map_or("", |part| part.as_str());
    let date: Date = format!("{}-{}-{}", part(1), part(2), part(3))
        .parse()
        .ok()?;
    Some(date.to_string())
}

/// The location of a file in the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The code of its language, if it is not the default one.
    pub(super) language: Option<String>,
    /// The folders of its path; for a page that is a folder, the parents of that folder.
    pub(super) folders: Vec<String>,
    /// The name from which the slug is made: the file's without language and extension, or the folder's.
    pub(super) name: String,
    /// `true` if the page is a folder, `name/index.md`.
    pub(super) is_folder: bool,
    /// `true` if it is the page of a section, `_index.md`.
    pub(super) is_section: bool,
}

impl Page {
    /// Parses the path of a file on a site with these additional languages.
    pub(super) fn parse(file: &PostFile, content: &str, languages: &[String]) -> Self {
        // A folder that only the user names is content as well.
        let below = file.path.strip_prefix(content);
        let path = below
            .and_then(|path| path.strip_prefix('/'))
            .unwrap_or(file.content_path());
        let mut folders: Vec<String> = path.split('/').map(str::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        let stem = name
            .rsplit_once('.')
            .map_or(name.as_str(), |(stem, _)| stem);
        let (stem, language) = match stem.split_once('.') {
            Some((stem, code)) if languages.iter().any(|known| known == code) => {
                (stem, Some(code.to_owned()))
            }
            _ => (stem, None),
        };
        let is_folder = stem == "index" && !folders.is_empty();
        let folder = folders.pop_if(|_| is_folder);
        Self {
            language,
            name: folder.unwrap_or_else(|| stem.to_owned()),
            folders,
            is_folder,
            is_section: stem == "_index",
        }
    }

    /// Splits the name into the date that it begins with and the rest.
    pub(super) fn split_date(&self) -> (Option<Date>, Option<&str>) {
        let Some(found) = DATED.captures(&self.name) else {
            return (None, None);
        };
        let date = found.get(1).and_then(|date| date.as_str().parse().ok());
        let rest = found.get(2).map(|rest| rest.as_str());
        (date, rest.filter(|_| date.is_some()))
    }
}

/// The setting `slugify.paths`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Slugify {
    /// ASCII letters and digits in lower case, separated by hyphens.
    #[default]
    On,
    /// Unchanged, without characters that file systems reject.
    Safe,
    /// Unchanged.
    Off,
}

impl Slugify {
    pub(super) fn from_name(name: Option<&str>) -> Self {
        match name {
            Some("safe") => Self::Safe,
            Some("off") => Self::Off,
            _ => Self::On,
        }
    }

    pub(super) fn apply(self, name: &str) -> String {
        match self {
            Self::On => ::slug::slugify(name),
            Self::Safe => {
                let kept = name.trim_end_matches([' ', '.']);
                kept.replace(['<', '>', ':', '"', '/', '|', '?', '*', '\\'], "")
            }
            Self::Off => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, Slugify};
    use crate::post_file::PostFile;

    #[test]
    fn slugs_match_zola() {
        for (name, on, safe, off) in [
            (
                "extra_syntax",
                "extra-syntax",
                "extra_syntax",
                "extra_syntax",
            ),
            ("tes t", "tes-t", "tes t", "tes t"),
            ("dot. ", "dot", "dot", "dot. "),
            ("日本", "ri-ben", "日本", "日本"),
            ("héhé (hey)", "hehe-hey", "héhé (hey)", "héhé (hey)"),
            ("a:b/c", "a-b-c", "abc", "a:b/c"),
        ] {
            for (mode, expected) in [
                (Slugify::On, on),
                (Slugify::Safe, safe),
                (Slugify::Off, off),
            ] {
                assert_eq!(mode.apply(name), expected, "{name} {mode:?}");
            }
        }
    }

    #[test]
    fn name_with_leading_date() {
        for (name, date, rest) in [
            ("2016-10-08_a-post", Some("2016-10-08"), Some("a-post")),
            ("2016-10-08 - a post", Some("2016-10-08"), Some("a post")),
            ("2018-02-03T10:00:00Z-x", Some("2018-02-03"), Some("x")),
            ("2016-10-08", Some("2016-10-08"), None),
            ("2016-13-08-x", None, None),
            ("2016-10-08x", None, None),
            ("post-2016-10-08", None, None),
        ] {
            let file = PostFile::new(&format!("content/{name}.md"), &format!("{name}.md"));
            let page = Page::parse(&file, "content", &[]);
            let (found, after) = page.split_date();
            let found = found.map(|date| date.to_string());
            assert_eq!((found.as_deref(), after), (date, rest), "{name}");
        }
    }
}
