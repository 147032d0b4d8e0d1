//! Front matter to ask for values. Authors spell one key in many ways (`coverImage`, `cover_image`,
//! `Cover-Image`), so a key that is not there as asked is looked for regardless of case, `_` and
//! `-`.

use serde_json::{Map, Value};

use super::fence::Notation;
use super::layout;
use super::split::Split;
use crate::value::is_blank;

/// The front matter of one file and where it stands in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct FrontMatter {
    /// Its keys and values.
    pub(crate) map: Map<String, Value>,
    /// What holds where these are silent, by the generator's config and the folders around the file.
    pub(crate) inherited: Map<String, Value>,
    /// Whether the file has any, be it an empty one.
    pub(crate) is_present: bool,
    is_yaml: bool,
    source: String,
    first_line: usize,
}

impl FrontMatter {
    pub(super) fn new(map: Map<String, Value>, split: &Split<'_>) -> Self {
        Self {
            map,
            inherited: Map::new(),
            is_present: split.notation.is_some(),
            is_yaml: split.notation == Some(Notation::Yaml),
            source: split.source.to_owned(),
            first_line: split.first_line,
        }
    }

    /// The value at a path of keys joined by dots, unless it is blank. Its own goes before what is
    /// inherited, even if it is blank.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let found = at_path(&self.map, path).or_else(|| at_path(&self.inherited, path));
        found.filter(|value| !is_blank(value))
    }

    /// The first of `paths` that has a value.
    pub(crate) fn first<'a, 'k>(
        &'a self,
        paths: impl IntoIterator<Item = &'k str>,
    ) -> Option<(&'k str, &'a Value)> {
        paths
            .into_iter()
            .find_map(|path| Some((path, self.get(path)?)))
    }

    /// Takes away the value that [`FrontMatter::get`] finds at `path`; `false` where there is none.
    pub(crate) fn remove(&mut self, path: &str) -> bool {
        remove(&mut self.map, path) || remove(&mut self.inherited, path)
    }

    /// The line of the file in which the key at `path` stands, as far as the layout shows it.
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

    /// Whether YAML took the end of the value at `path` for a comment, because it stands in no quotes
    /// and has a `#` after a space.
    pub(crate) fn is_cut_by_comment(&self, path: &str) -> bool {
        self.yaml_source(path).is_some_and(|value| {
            !value.starts_with(['"', '\'', '|', '>', '{', '[', '#']) && value.contains(" #")
        })
    }

    /// Whether the value at `path` stands in quotes, which makes a string of it in YAML.
    pub(crate) fn is_quoted(&self, path: &str) -> bool {
        let source = self.yaml_source(path);
        source.is_some_and(|value| value.starts_with(['"', '\'']))
    }

    /// Whether the null at `path` was written out (`null`, `~`) rather than left empty, as only YAML can.
    pub(crate) fn is_written_null(&self, path: &str) -> bool {
        match self.yaml_source(path) {
            Some(value) => !value.is_empty() && !value.starts_with('#'),
            None => !self.is_yaml,
        }
    }

    /// What follows the key at `path` in its line of YAML.
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

/// Whether `line` gives `key` a value.
fn opens(line: &str, key: &str) -> bool {
    const QUOTES: [char; 3] = ['"', '\'', ' '];
    let line = line.trim_start_matches([' ', '\t', '-', '{']);
    line.split_once([':', '='])
        .is_some_and(|(head, _)| same_key(head.trim_matches(QUOTES), key))
}

/// The member of `map` named `key`, spelled the same or nearly so.
fn member<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).or_else(|| {
        map.iter()
            .find(|(name, _)| same_key(name, key))
            .map(|(_, value)| value)
    })
}

/// Takes the member at a path of keys out of `map`.
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
    fn folded(key: &str) -> impl Iterator<Item = char> {
        key.chars()
            .filter(|c| !matches!(c, '_' | '-'))
            .flat_map(char::to_lowercase)
    }
    folded(one).eq(folded(other))
}
