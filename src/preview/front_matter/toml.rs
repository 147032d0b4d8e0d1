//! Sets or removes one key of a TOML document by editing its text at the spans that the parser reports.
//! `toml_edit` could write the whole document, but that would lose comments and line endings.

use std::ops::Range;

use serde_json::Value;
use syndicate_api::Diagnostic;
use toml_edit::{Document, Item, Table, Value as Written};

use super::refusal::{changes_others, edit_by_hand, loses_comment, unsupported};
use super::{data, fence, render, table};

/// Sets the key at `path` of `source` to `value`, or removes it for `None`. New lines end in `line_end`.
pub(super) fn edit(
    source: &str,
    line_end: &'static str,
    path: &[&str],
    value: Option<&Value>,
) -> Result<String, Diagnostic> {
    let document = Document::parse(source)
        .map_err(|error| edit_by_hand(format!("invalid TOML in the front matter: {error}")))?;
    let expected = data::with(data(&document), path, value);
    let edit = Edit {
        source,
        path,
        line_end,
    };
    // Multi-line notation is tried first; the quoted notation is the fallback.
    let mut refusal = changes_others();
    for written in notations(value, line_end)? {
        match edit.apply(document.as_table(), written.as_deref()) {
            Ok(edited) => {
                let read = Document::parse(edited.as_str());
                if read.is_ok_and(|read| data(&read) == expected) {
                    return Ok(edited);
                }
            }
            Err(why) => refusal = why,
        }
    }
    Err(refusal)
}

fn data<S>(document: &Document<S>) -> Value {
    data::pruned(table::to_json(document.as_table()))
}

/// Returns the possible notations of `value`, the most readable one first.
fn notations(value: Option<&Value>, line_end: &str) -> Result<Vec<Option<String>>, Diagnostic> {
    Ok(match value {
        None => vec![None],
        // Multi-line strings of TOML are not indented.
        Some(Value::String(text)) if text.contains('\n') && !fence::may_close(text, "+++") => {
            let lines = toml_edit::value(text).to_string();
            let lines = lines.replace('\n', line_end);
            vec![Some(lines), Some(render::quoted(text))]
        }
        Some(Value::String(text)) => vec![Some(render::quoted(text))],
        Some(Value::Bool(flag)) => vec![Some(flag.to_string())],
        Some(Value::Array(values)) => {
            let values = values.iter().filter_map(Value::as_str).map(render::quoted);
            let values: Vec<String> = values.collect();
            vec![Some(format!("[{}]", values.join(", ")))]
        }
        Some(other) => return Err(edit_by_hand(format!("cannot write `{other}` as TOML"))),
    })
}

struct Edit<'e> {
    source: &'e str,
    path: &'e [&'e str],
    line_end: &'static str,
}

impl Edit<'_> {
    /// Returns the text with the key set to `written`, or removed.
    fn apply(&self, root: &Table, written: Option<&str>) -> Result<String, Diagnostic> {
        let mut tables = vec![root];
        for (depth, key) in self.path.iter().enumerate() {
            let Some((name, item)) = tables[depth].get_key_value(key) else {
                return match written {
                    Some(written) => self.add(&tables, written),
                    None => Ok(self.source.to_owned()),
                };
            };
            let is_last = depth + 1 == self.path.len();
            match item {
                Item::Value(value) if is_last => {
                    let span = value.span().ok_or_else(|| unsupported(key))?;
                    return match written {
                        Some(written) => Ok(self.replace(span, written)),
                        None => self.remove(name.span().ok_or_else(|| unsupported(key))?, span.end),
                    };
                }
                Item::Value(Written::InlineTable(inline)) if !inline.is_dotted() => {
                    let span = item.span().ok_or_else(|| unsupported(key))?;
                    let inline = &self.source[span.clone()];
                    let inline = table::edit(inline, &self.path[depth + 1..], written);
                    return Ok(self.replace(span, &inline.ok_or_else(|| unsupported(key))?));
                }
                Item::Table(table) if !is_last => tables.push(table),
                _ => {
                    return Err(edit_by_hand(format!(
                        "unexpected type of `{key}` in the front matter"
                    )));
                }
            }
        }
        Err(edit_by_hand("missing key"))
    }

    fn replace(&self, span: Range<usize>, with: &str) -> String {
        let (before, after) = (&self.source[..span.start], &self.source[span.end..]);
        format!("{before}{with}{after}")
    }

    /// Returns the text without the lines from `key` to `end`.
    fn remove(&self, key: Range<usize>, end: usize) -> Result<String, Diagnostic> {
        let start = self.source[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let after = self.end_of_line(end);
        if !self.source[end..after].trim().is_empty() {
            return Err(loses_comment(self.path.last().unwrap_or(&"")));
        }
        Ok(self.replace(start..after, ""))
    }

    /// Returns the text with the key added to the last of `tables`, which lead from the root down.
    fn add(&self, tables: &[&Table], written: &str) -> Result<String, Diagnostic> {
        let depth = tables.len() - 1;
        let (deepest, missing) = (tables[depth], &self.path[depth..]);
        let is_headed = |table: &&Table| !table.is_dotted() && !table.is_implicit();
        let headed = tables.iter().rposition(is_headed).unwrap_or_default();
        let joins = deepest.is_dotted() || (depth > 0 && headed == depth && missing.len() == 1);
        if joins {
            let header = || deepest.span().map(|span| span.end);
            let last = end_of(deepest).or_else(header);
            let place = self.end_of_line(last.ok_or_else(|| unsupported(self.path[0]))?);
            let line = format!(
                "{} = {written}{}",
                name(&self.path[headed..]),
                self.line_end
            );
            return Ok(self.replace(place..place, &line));
        }
        let (key, above) = self.path.split_last().ok_or_else(changes_others)?;
        let Self {
            source, line_end, ..
        } = self;
        let blank = match source.lines().next_back() {
            Some(last) if !last.trim().is_empty() => line_end,
            _ => "",
        };
        let (above, key) = (name(above), name(&[key]));
        Ok(format!(
            "{source}{blank}[{above}]{line_end}{key} = {written}{line_end}"
        ))
    }

    /// Returns the end of the line that contains `place`.
    fn end_of_line(&self, place: usize) -> usize {
        let rest = &self.source[place..];
        rest.find('\n')
            .map_or(self.source.len(), |at| place + at + 1)
    }
}

/// Renders a dotted key.
fn name(path: &[&str]) -> String {
    let keys: Vec<String> = path
        .iter()
        .map(|key| toml_edit::Key::new(*key).to_string())
        .collect();
    keys.join(".")
}

/// Returns the end of the last value in the body of `table`, without subtables.
fn end_of(table: &Table) -> Option<usize> {
    let ends = table.iter().filter_map(|(_, item)| match item {
        Item::Value(value) => value.span().map(|span| span.end),
        Item::Table(table) if table.is_dotted() => end_of(table),
        _ => None,
    });
    ends.max()
}
