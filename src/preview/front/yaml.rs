//! One key of a YAML document, set or taken out by editing its lines.

use serde_json::{Map, Value};
use syndicate_api::Hinted;

use super::{by_hand, flow, render};

/// `source` with the key at `path` set to `value`, or taken out for `None`.
pub(super) fn edit(source: &str, path: &[&str], value: Option<&Value>) -> Result<String, Hinted> {
    let line_end = if source.contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut block = Block {
        lines: source.split_inclusive('\n').map(str::to_owned).collect(),
        line_end,
    };
    let all = 0..block.lines.len();
    block.set(all, 0, path, value)?;
    let edited = block.lines.concat();
    if says(&edited)? == expected(source, path, value)? {
        Ok(edited)
    } else {
        Err(by_hand(
            "its front matter is written in a way that cannot be edited without touching the rest",
        ))
    }
}

/// What a document says, without keys that say nothing.
fn says(source: &str) -> Result<Value, Hinted> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    let read: Value = serde_saphyr::from_str_with_options(source, options)
        .map_err(|error| by_hand(format!("its front matter cannot be read as YAML: {error}")))?;
    Ok(pruned(read))
}

fn expected(source: &str, path: &[&str], value: Option<&Value>) -> Result<Value, Hinted> {
    let mut says = says(source)?;
    let mut at = &mut says;
    for key in path {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[*key];
    }
    *at = value.cloned().unwrap_or_default();
    Ok(pruned(says))
}

/// `value` without nulls and empty maps: a block that has lost its last key says nothing.
fn pruned(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map = map.into_iter().map(|(key, value)| (key, pruned(value)));
            let map: Map<String, Value> = map.filter(|(_, value)| !value.is_null()).collect();
            if map.is_empty() {
                Value::Null
            } else {
                Value::Object(map)
            }
        }
        other => other,
    }
}

struct Block {
    lines: Vec<String>,
    line_end: &'static str,
}

type Range = std::ops::Range<usize>;

impl Block {
    /// Sets the key at `path` in the map whose keys stand in `range`, indented by `indent`.
    fn set(
        &mut self,
        range: Range,
        indent: usize,
        path: &[&str],
        value: Option<&Value>,
    ) -> Result<(), Hinted> {
        let Some((key, rest)) = path.split_first() else {
            return Ok(());
        };
        let Some(own) = self.find(range.clone(), indent, key) else {
            if let Some(value) = value {
                let end = self.end_of(range);
                self.splice(end..end, nested(path, value, indent));
            }
            return Ok(());
        };
        let line = self.lines[own.start].trim_end().to_owned();
        let (head, written) = line.split_once(':').unwrap_or((&line, ""));
        let (head, written) = (head.to_owned(), written.trim().to_owned());
        if rest.is_empty() {
            if is_commented(&written) {
                return Err(by_hand(format!(
                    "a comment stands behind `{key}`, which would be lost"
                )));
            }
            let lines = value.map_or_else(Vec::new, |value| render::block(key, value, indent));
            self.splice(own, lines);
            return Ok(());
        }
        match written.as_str() {
            _ if written.starts_with('{') => {
                let edited = flow::edit(&written, rest, value).filter(|_| own.len() == 1);
                let edited = edited.ok_or_else(|| unclear(key))?;
                self.splice(own, vec![format!("{head}: {edited}")]);
                Ok(())
            }
            "" => {
                let inner = own.start + 1..own.end;
                let deeper = self.indent_of(inner.clone()).unwrap_or(indent + 2);
                if deeper <= indent {
                    return Err(unclear(key));
                }
                self.set(inner, deeper, rest, value)
            }
            "true" | "null" | "~" => {
                let lines =
                    value.map_or_else(|| vec![line.clone()], |value| nested(path, value, indent));
                self.splice(own, lines);
                Ok(())
            }
            _ => Err(by_hand(format!(
                "`{key}: {written}` stands in its front matter where a block has to"
            ))),
        }
    }

    /// The lines of `key`: its own, and those that are indented deeper.
    fn find(&self, range: Range, indent: usize, key: &str) -> Option<Range> {
        let start = range.clone().find(|index| {
            let line = &self.lines[*index];
            let name = line.trim_start_matches(' ');
            let named = name.split_once(':').is_some_and(|(name, value)| {
                name.trim_end().trim_matches(['"', '\'']) == key
                    && (value.is_empty() || value.starts_with(char::is_whitespace))
            });
            line.len() - name.len() == indent && named
        })?;
        let mut end = start + 1;
        for index in start + 1..range.end {
            let line = self.lines[index].trim_end();
            let depth = line.len() - line.trim_start_matches(' ').len();
            let belongs = depth > indent || (depth == indent && line[depth..].starts_with("- "));
            if line.is_empty() {
                continue;
            }
            if !belongs {
                break;
            }
            end = index + 1;
        }
        Some(start..end)
    }

    /// Where another key of the map in `range` goes: after the last line that is not blank.
    fn end_of(&self, range: Range) -> usize {
        let start = range.start;
        let last = range
            .rev()
            .find(|index| !self.lines[*index].trim().is_empty());
        last.map_or(start, |last| last + 1)
    }

    /// How deep the first key in `range` is indented.
    fn indent_of(&self, range: Range) -> Option<usize> {
        let lines = range.map(|index| self.lines[index].trim_end());
        let mut keys = lines.filter(|line| {
            let line = line.trim_start();
            !line.is_empty() && !line.starts_with('#')
        });
        keys.next()
            .map(|line| line.len() - line.trim_start_matches(' ').len())
    }

    fn splice(&mut self, range: Range, lines: Vec<String>) {
        let before = range.start.checked_sub(1).map(|at| &mut self.lines[at]);
        if let Some(before) = before.filter(|before| !before.ends_with('\n')) {
            before.push_str(self.line_end);
        }
        let lines = lines
            .into_iter()
            .map(|line| format!("{line}{}", self.line_end));
        self.lines.splice(range, lines.collect::<Vec<_>>());
    }
}

/// The lines that give the key at `path` its value, its last part included.
fn nested(path: &[&str], value: &Value, indent: usize) -> Vec<String> {
    match path {
        [key] => render::block(key, value, indent),
        [key, rest @ ..] => {
            let mut lines = vec![format!("{}{key}:", " ".repeat(indent))];
            lines.extend(nested(rest, value, indent + 2));
            lines
        }
        [] => Vec::new(),
    }
}

/// Whether a comment may follow a value on its line.
fn is_commented(written: &str) -> bool {
    let quoted =
        |mark: char| written.len() > 1 && written.starts_with(mark) && written.ends_with(mark);
    written.contains(" #") && !quoted('"') && !quoted('\'')
}

fn unclear(key: &str) -> Hinted {
    by_hand(format!(
        "`{key}` is written in its front matter in a way that cannot be edited"
    ))
}
