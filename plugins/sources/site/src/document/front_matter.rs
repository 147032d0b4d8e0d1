//! Front matter as a map that is queried by key. Authors spell the same key in many ways
//! (`coverImage`, `cover_image`, `Cover-Image`), so a key that is not found exactly is looked up
//! again, ignoring case, `_` and `-`.

use serde_json::{Map, Value};

use super::fence::FrontMatterFormat;
use super::key_filter::KeyFilter;
use super::layout;
use super::split::Split;
use crate::value::is_blank;

/// The front matter of one file and its position in the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter {
    /// Keys and values written in the file.
    pub(crate) map: Map<String, Value>,
    /// Default values from the generator's config and the folders around the file.
    pub(crate) inherited: Map<String, Value>,
    /// `true` if the file has front matter, even if it is empty.
    pub(crate) is_present: bool,
    /// The filter of `map`'s keys.
    filter: KeyFilter,
    is_yaml: bool,
    source: String,
    first_line: usize,
}

impl FrontMatter {
    pub(super) fn new(map: Map<String, Value>, split: &Split<'_>) -> Self {
        Self {
            filter: KeyFilter::of(&map),
            map,
            inherited: Map::new(),
            is_present: split.format.is_some(),
            is_yaml: split.format == Some(FrontMatterFormat::Yaml),
            source: split.source.to_owned(),
            first_line: split.first_line,
        }
    }

    /// Returns the value at a path of keys joined by dots, unless it is blank. A value of the file
    /// overrides an inherited one even if it is blank.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let may_have_first = || {
            let dot = path.bytes().position(|byte| byte == b'.');
            dot.is_some_and(|dot| self.filter.may_have(&path[..dot]))
        };
        let may_have =
            self.filter.may_begin(path) && (self.filter.may_have(path) || may_have_first());
        let own = may_have.then(|| at_path(&self.map, path)).flatten();
        let around = || (!self.inherited.is_empty()).then(|| at_path(&self.inherited, path))?;
        own.or_else(around).filter(|value| !is_blank(value))
    }

    /// Returns `true` if [`FrontMatter::get`] finds the value at `path` in the file itself.
    pub(crate) fn is_own(&self, path: &str) -> bool {
        at_path(&self.map, path).is_some()
    }

    /// Returns `false` if the front matter certainly has no key of those that `wanted` was made of. They must include the
    /// first part of each path.
    pub(crate) fn may_have_any(&self, wanted: &KeyFilter) -> bool {
        let mut inherited = self.inherited.keys();
        self.filter.may_share(wanted)
            || inherited.any(|key| wanted.may_have(key) || key.contains('.'))
    }

    /// Returns the first of `paths` that has a value, and that value.
    pub(crate) fn first<'a, 'k>(
        &'a self,
        paths: impl IntoIterator<Item = &'k str>,
    ) -> Option<(&'k str, &'a Value)> {
        paths
            .into_iter()
            .find_map(|path| Some((path, self.get(path)?)))
    }

    /// Removes the value that [`FrontMatter::get`] finds at `path`. Returns `false` if it has none.
    pub(crate) fn remove(&mut self, path: &str) -> bool {
        remove(&mut self.map, path) || remove(&mut self.inherited, path)
    }

    /// Returns the line of the key at `path`, counted from 1 in the file. The line is found by indentation;
    /// `None` if no line matches.
    pub(crate) fn line_of(&self, path: &str) -> Option<usize> {
        let mut whole = layout::lines(&self.source, self.is_yaml);
        if let Some(line) = whole.find(|line| line.depth == 0 && opens(line.text, path)) {
            return Some(self.first_line + line.index);
        }
        let mut lines = layout::lines(&self.source, self.is_yaml);
        let mut found: Option<layout::Line<'_>> = None;
        for key in path.split('.') {
            let above = found.as_ref().map(|line| line.depth);
            let is_below = |line: &layout::Line<'_>| !self.is_yaml || Some(line.depth) > above;
            let mut below = lines.by_ref().take_while(is_below);
            match below.find(|line| opens(line.text, key)) {
                Some(line) => found = Some(line),
                None => break,
            }
        }
        found.map(|line| self.first_line + line.index)
    }

    /// Returns `true` if YAML reads the end of the value at `path` as a comment, because the value is not
    /// quoted and contains ` #`.
    pub(crate) fn is_cut_by_comment(&self, path: &str) -> bool {
        self.yaml_source(path).is_some_and(|value| {
            !value.starts_with(['"', '\'', '|', '>', '{', '[', '#']) && value.contains(" #")
        })
    }

    /// Returns `true` if the YAML value at `path` is quoted, which makes it a string.
    pub(crate) fn is_quoted(&self, path: &str) -> bool {
        let source = self.yaml_source(path);
        source.is_some_and(|value| value.starts_with(['"', '\'']))
    }

    /// Returns `true` if the null at `path` is written out (`null`, `~`). Only YAML can leave it empty.
    pub(crate) fn is_written_null(&self, path: &str) -> bool {
        match self.yaml_source(path) {
            Some(value) => !value.is_empty() && !value.starts_with('#'),
            None => !self.is_yaml,
        }
    }

    /// Returns the text after the key at `path` on its YAML line.
    fn yaml_source(&self, path: &str) -> Option<&str> {
        let line = self.line_of(path).filter(|_| self.is_yaml)?;
        let (_, value) = self
            .source
            .lines()
            .nth(line - self.first_line)?
            .split_once(':')?;
        Some(value.trim())
    }
}

fn at_path<'a>(map: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    member(map, path).or_else(|| {
        let (first, rest) = path.split_once('.')?;
        rest.split('.')
            .try_fold(member(map, first)?, |value, key| match value {
                Value::Object(map) => member(map, key),
                Value::Array(values) => values.get(key.parse::<usize>().ok()?),
                _ => None,
            })
    })
}

/// Returns `true` if `line` assigns a value to `key`.
fn opens(line: &str, key: &str) -> bool {
    const QUOTES: [char; 3] = ['"', '\'', ' '];
    let line = line.trim_start_matches([' ', '\t', '-', '{']);
    let end = line.bytes().position(|byte| matches!(byte, b':' | b'='));
    let head = end.map(|end| line[..end].trim_matches(QUOTES));
    head.is_some_and(|head| same_key(head, key))
}

/// Returns the member of `map` named `key`, ignoring case, `_` and `-` if no name is equal.
fn member<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).or_else(|| {
        map.iter()
            .find(|(name, _)| same_key(name, key))
            .map(|(_, value)| value)
    })
}

/// Removes the member at a path of keys from `map`. Returns `false` if it has none.
fn remove(map: &mut Map<String, Value>, path: &str) -> bool {
    let (key, rest) = match path.split_once('.') {
        Some((key, rest)) => (key, Some(rest)),
        None => (path, None),
    };
    let named = |map: &Map<String, Value>| {
        let mut names = map.keys();
        names.find(|name| same_key(name, key)).cloned()
    };
    if map.remove(path).is_some() {
        return true;
    }
    let Some(name) = named(map) else {
        return false;
    };
    match (rest, map.get_mut(&name)) {
        (Some(rest), Some(Value::Object(inner))) => remove(inner, rest),
        (Some(_), _) => false,
        (None, _) => map.remove(&name).is_some(),
    }
}

fn same_key(one: &str, other: &str) -> bool {
    fn folded_ascii(key: &str) -> impl Iterator<Item = u8> {
        let letters = key.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    fn folded(key: &str) -> impl Iterator<Item = char> {
        key.chars()
            .filter(|c| !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
    }
    // Most pairs differ in their first letters.
    let letter = |key: &str| key.bytes().next().filter(u8::is_ascii_alphanumeric);
    if let (Some(one), Some(other)) = (letter(one), letter(other))
        && !one.eq_ignore_ascii_case(&other)
    {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return folded_ascii(one).eq(folded_ascii(other));
    }
    folded(one).eq(folded(other))
}
