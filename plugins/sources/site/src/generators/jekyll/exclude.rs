//! Adds files to `exclude` of `_config.yml`. Jekyll publishes every other file in its folder. The config is
//! edited as text to keep comments and order. The result is parsed again and must equal the previous
//! config with the additions.

use std::path::Path;

use serde_json::{Map, Value};
use syndicate_api::Exclusion;

use super::super::config_file;
use super::config::{Config, YAML};
use super::folders::EntryFilter;
use crate::document::yaml;

/// Jekyll 3's default for `exclude`, which a list in the config replaces.
const DEFAULTS: &[&str] = &[
    "Gemfile",
    "Gemfile.lock",
    "node_modules",
    "vendor/bundle/",
    "vendor/cache/",
    "vendor/gems/",
    "vendor/ruby/",
];

/// Returns the edit that keeps the site at `root` from publishing the files `names`; `None` if it does not
/// publish them.
pub(crate) fn exclusion(root: &Path, names: &[&str]) -> Option<Exclusion> {
    let Ok(config) = Config::load(root) else {
        return Some(by_hand("_config.yml", names));
    };
    if !config.folder("source").is_empty() {
        return None;
    }
    let entry_filter = EntryFilter::read(&config);
    let published = names.iter().copied();
    let published: Vec<&str> = published
        .filter(|name| entry_filter.includes(name, name))
        .collect();
    if published.is_empty() {
        return None;
    }
    let file = match config.name.as_str() {
        "" => "_config.yml",
        name => name,
    };
    let text = match config.name.as_str() {
        "" => Some(String::new()),
        name => config_file::read(&root.join(name)).ok(),
    };
    let edited = text.and_then(|text| edit(&text, &published));
    Some(match edited {
        Some(text) => Exclusion::Edit {
            file: file.to_owned(),
            text,
        },
        None => by_hand(file, &published),
    })
}

fn by_hand(file: &str, names: &[&str]) -> Exclusion {
    let names = names.join(", ");
    Exclusion::ByHand(format!(
        "Jekyll would publish files of `syndicate`: add the line `exclude: [{names}]` to `{file}`, or \
         add these names to its `exclude` list"
    ))
}

/// Adds `names` to the list in the config `text`; `None` if that cannot be done safely.
fn edit(text: &str, names: &[&str]) -> Option<String> {
    let before = parse_map(text)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = lines.iter().position(|line| line.starts_with("exclude:"));
    let mut added: Vec<&str> = names.to_vec();
    let edited = match start {
        None if before.contains_key("exclude") => return None,
        None => {
            added = [DEFAULTS, names].concat();
            append_list(text, &added, end)
        }
        Some(start) => {
            let value = lines[start]["exclude:".len()..].trim();
            let (before, after) = match value {
                "" | "[]" => insert_after_items(&lines, start, names, end)?,
                _ => insert_in_brackets(&lines, start, names)?,
            };
            format!("{before}{after}")
        }
    };
    (parse_map(&edited)? == with_names(before, &added)).then_some(edited)
}

/// Appends a new list to the text.
fn append_list(text: &str, names: &[&str], end: &str) -> String {
    let gap = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        end
    };
    let items: String = names
        .iter()
        .map(|name| format!("  - {name}{end}"))
        .collect();
    format!("{text}{gap}exclude:{end}{items}")
}

/// Inserts `names` after the last item of a block list. Returns the text up to there, and the rest.
fn insert_after_items(
    lines: &[&str],
    start: usize,
    names: &[&str],
    end: &str,
) -> Option<(String, String)> {
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let items = lines[start + 1..].iter().enumerate();
    let items = items.take_while(|(_, line)| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || is_item(line)
    });
    let (last, item) = items.filter(|(_, line)| is_item(line)).last()?;
    let indent = &item[..item.len() - item.trim_start().len()];
    let (before, after) = lines.split_at(start + 1 + last + 1);
    let mut before = before.concat();
    if !before.ends_with('\n') {
        before.push_str(end);
    }
    for name in names {
        before.push_str(&format!("{indent}- {name}{end}"));
    }
    Some((before, after.concat()))
}

/// Inserts `names` into the list in brackets on one line. Returns the text up to the insertion and the
/// text after it; `None` without such a list.
fn insert_in_brackets(lines: &[&str], start: usize, names: &[&str]) -> Option<(String, String)> {
    let (inside, rest) = lines[start].rsplit_once(']')?;
    let before = lines[..start].concat();
    let inside = inside.trim_end().trim_end_matches(',');
    let names = names.join(", ");
    Some((
        format!("{before}{inside}, {names}]"),
        format!("{rest}{}", lines[start + 1..].concat()),
    ))
}

/// Parses a config into a map.
fn parse_map(text: &str) -> Option<Map<String, Value>> {
    if text.trim().is_empty() {
        return Some(Map::new());
    }
    match yaml(text, 1, YAML).ok()? {
        Value::Object(map) => Some(map),
        _ => None,
    }
}

fn with_names(mut map: Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let names = names.iter().map(|name| Value::from(*name));
    match map.get_mut("exclude") {
        Some(Value::Array(list)) => list.extend(names),
        _ => {
            map.insert("exclude".to_owned(), names.collect());
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::edit;

    const NAMES: &[&str] = &["pipeline.yaml", "l.jsonl"];

    #[test]
    fn exclude_names_join_existing_list() {
        for (text, expected) in [
            (
                "a: 1\nexclude:\n  - x # why\n\n  - y\n\nb: 2\n",
                "a: 1\nexclude:\n  - x # why\n\n  - y\n  - pipeline.yaml\n  - l.jsonl\n\nb: 2\n",
            ),
            (
                "exclude:\n- x",
                "exclude:\n- x\n- pipeline.yaml\n- l.jsonl\n",
            ),
            (
                "exclude: [x, 'y]']  # why\r\nb: 2\r\n",
                "exclude: [x, 'y]', pipeline.yaml, l.jsonl]  # why\r\nb: 2\r\n",
            ),
        ] {
            assert_eq!(edit(text, NAMES).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn new_exclude_list_keeps_defaults() {
        let text = edit("title: x # y", NAMES).unwrap();
        assert!(text.starts_with("title: x # y\nexclude:\n  - Gemfile\n"));
        assert!(text.ends_with("  - vendor/ruby/\n  - pipeline.yaml\n  - l.jsonl\n"));
        assert!(edit("", NAMES).unwrap().starts_with("exclude:\n"));
    }

    #[test]
    fn other_exclude_forms_are_unchanged() {
        for text in [
            "exclude: x\n",
            "exclude: &names [x]\nother: *names\n",
            "\"exclude\": [x]\n",
            "exclude: [\n  x\n]\n",
            "{title: x}\n",
            "- x\n",
            "exclude: []\n",
            "a: [\n",
        ] {
            assert_eq!(edit(text, NAMES), None, "{text}");
        }
    }
}
