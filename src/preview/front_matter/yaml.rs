//! Sets or removes one key of a YAML document by editing its lines.

use serde_json::Value;
use syndicate_api::Diagnostic;

use super::refusal::{changes_others, edit_by_hand, loses_comment, unsupported};
use super::{comments, data, flow, render};

/// Sets the key at `path` of `source` to `value`, or removes it for `None`. New lines end in `line_end`.
pub(super) fn edit(
    source: &str,
    line_end: &'static str,
    path: &[&str],
    value: Option<&Value>,
) -> Result<String, Diagnostic> {
    let before = data(source)
        .map_err(|error| edit_by_hand(format!("invalid YAML in the front matter: {error}")))?;
    let expected = data::with(before.clone(), path, value);
    // A value that is set already keeps its notation and its comment.
    if value.is_some() && before == expected {
        return Ok(source.to_owned());
    }
    // A new key goes before trailing blank lines, unless they belong to a block scalar above.
    for after_blanks in [false, true] {
        let mut block = Block {
            lines: source.split_inclusive('\n').map(str::to_owned).collect(),
            line_end,
            after_blanks,
        };
        let all = 0..block.lines.len();
        let indent = block.indent_of(all.clone()).unwrap_or_default();
        block.set(all, indent, path, value)?;
        let edited = block.lines.concat();
        if data(&edited).is_ok_and(|data| data == expected) {
            return Ok(edited);
        }
    }
    Err(changes_others())
}

/// Parses a document and removes keys without a value.
fn data(source: &str) -> Result<Value, serde_saphyr::Error> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(source, options).map(data::pruned)
}

struct Block {
    lines: Vec<String>,
    line_end: &'static str,
    after_blanks: bool,
}

type Range = std::ops::Range<usize>;

impl Block {
    /// Sets the key at `path` in the map whose keys are in `range`, indented by `indent`.
    fn set(
        &mut self,
        range: Range,
        indent: usize,
        path: &[&str],
        value: Option<&Value>,
    ) -> Result<(), Diagnostic> {
        let Some((key, rest)) = path.split_first() else {
            return Ok(());
        };
        let Some(own) = self.find(range.clone(), indent, key) else {
            if let Some(value) = value {
                let end = self.insertion_line(range);
                self.splice(end..end, nested(path, value, indent));
            }
            return Ok(());
        };
        let line = self.lines[own.start].clone();
        let (_, written) = line.split_once(':').unwrap_or((&line, ""));
        let written = written.trim();
        let below = own.start + 1..own.end;
        let has_comment = || comments::may_have(written, &self.lines[below.clone()], indent);
        if rest.is_empty() {
            let lines = value.map_or_else(Vec::new, |value| render::block(key, value, indent));
            if self.is_equal(&own, &lines) {
                return Ok(());
            }
            if has_comment() {
                return Err(loses_comment(key));
            }
            self.splice(own, lines);
            return Ok(());
        }
        match written {
            _ if written.starts_with('{') => {
                // A comment after the mapping stays; the parsed result shows whether it is one.
                let comments = written.match_indices(" #").map(|(at, _)| at);
                let ends = std::iter::once(written.len()).chain(comments);
                let mut edits = ends.filter_map(|end| {
                    let map = written[..end].trim_end();
                    Some((map, flow::edit(map, rest, value)?))
                });
                let edit = edits.next().filter(|_| own.len() == 1);
                let (map, edited) = edit.ok_or_else(|| unsupported(key))?;
                self.lines[own.start] = line.replacen(map, &edited, 1);
                Ok(())
            }
            _ if written.is_empty() || written.starts_with('#') => {
                let deeper = self.indent_of(below.clone()).unwrap_or(indent + 2);
                if deeper <= indent {
                    return Err(unsupported(key));
                }
                self.set(below, deeper, rest, value)
            }
            "true" | "null" | "~" => {
                let Some(value) = value else {
                    return Ok(());
                };
                if has_comment() {
                    return Err(loses_comment(key));
                }
                self.splice(own, nested(path, value, indent));
                Ok(())
            }
            _ => Err(edit_by_hand(format!(
                "expected a map below `{key}:` in the front matter, found `{written}`"
            ))),
        }
    }

    /// Returns `true` if the lines in `own` already equal `lines`.
    fn is_equal(&self, own: &Range, lines: &[String]) -> bool {
        let own = self.lines[own.clone()].iter();
        own.map(|line| line.trim_end_matches(['\r', '\n']))
            .eq(lines.iter().map(String::as_str))
    }

    /// Finds the line of `key` and the lines of its value, which are indented deeper.
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
            let belongs = depth > indent
                || (depth == indent && (line[depth..].starts_with("- ") || line[depth..] == *"-"));
            // A comment at the left margin does not end the value.
            if line.is_empty() || (!belongs && line[depth..].starts_with('#')) {
                continue;
            }
            if !belongs {
                break;
            }
            end = index + 1;
        }
        Some(start..end)
    }

    /// Returns the line at which a new key of the map in `range` is inserted.
    fn insertion_line(&self, range: Range) -> usize {
        let start = range.start;
        let is_blank = |index: &usize| self.lines[*index].trim().is_empty();
        let last = range.rev().find(|index| !is_blank(index));
        let end = last.map_or(start, |last| last + 1);
        if self.after_blanks {
            end + (end..self.lines.len()).take_while(is_blank).count()
        } else {
            end
        }
    }

    /// Returns the indentation of the first key in `range`.
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

/// Renders the lines that set the key at `path`, including its parent keys.
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
